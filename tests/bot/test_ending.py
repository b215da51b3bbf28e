"""A stop that was asked for comes, whatever hangs: the loop itself, a thread, a task that will not be ended."""

import asyncio
import signal
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HANGS = {
    "the loop": "while True: pass",
    "a thread": "await asyncio.to_thread(time.sleep, 600)",
    "a thread nobody waits for": "threading.Thread(target=time.sleep, args=(600,)).start(); await ended.wait()",
    "a task that will not be ended": "await stubborn()",
}
PROGRAM = """
import asyncio, contextlib, sys, threading, time
from bot.running import ending

ending.LIMIT = 0.5

async def stubborn():
    while True:
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.sleep(600)

async def main():
    ended = asyncio.Event()
    ending.end_on_signal(ended)
    print("ready", flush=True)
    {hangs}

if sys.argv[1] == "uvloop":
    import uvloop
    uvloop.run(main())
else:
    asyncio.run(main())
"""


@pytest.mark.parametrize("loop", ["asyncio", "uvloop"])
@pytest.mark.parametrize("hangs", HANGS)
async def test_a_stop_comes_whatever_hangs(hangs: str, loop: str) -> None:
    program = PROGRAM.replace("{hangs}", HANGS[hangs])
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", program, loop), cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    assert child.stdout is not None
    try:
        assert await asyncio.wait_for(child.stdout.readline(), 60) == b"ready\n"
        child.send_signal(signal.SIGTERM)
        _, said = await asyncio.wait_for(child.communicate(), 60)
    finally:
        if child.returncode is None:
            child.kill()
    assert child.returncode == 0
    assert said.decode().splitlines()[-1] == "stopping took longer than 0.5 s; ended as it was"
