"""The process that judges one document: what it says, and what becomes of one that bursts, hangs or wants too much."""

import sys
from pathlib import Path

import pytest

from bot.child import KNOWN
from bot.judging.aside import Aside
from bot.judging.refused import Refused
from tests.made import PDF

LOCKED = (Path(__file__).parents[1] / "files" / "user_password.pdf").read_bytes()


async def test_a_child_tells_what_a_document_is_and_why_it_is_refused(tmp_path: Path) -> None:
    assert await Aside().judge(kept(tmp_path, PDF)) == "application/pdf"
    with pytest.raises(Refused) as refused:
        await Aside().judge(kept(tmp_path, LOCKED))
    assert refused.value.reason == "locked"


BURSTS = "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"
HUNGRY = "import bot.judging.judge_alone as a; a.keep_within_limits(); bytes(2 * a.MEMORY)"
BUSY = "import bot.judging.judge_alone as a; a.SECONDS = 1; a.keep_within_limits()\nwhile True: pass"


@pytest.mark.parametrize("program", [BURSTS, BUSY], ids=["bursts", "never ends"])
async def test_a_reader_that_fails_over_a_file_refuses_it(tmp_path: Path, program: str) -> None:
    with pytest.raises(Refused) as refused:
        await Aside((sys.executable, "-c", program)).judge(kept(tmp_path, PDF))
    assert refused.value.reason == "broken"


async def test_a_reader_gets_little_memory(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="ended with 1"):
        await Aside((sys.executable, "-c", HUNGRY)).judge(kept(tmp_path, PDF))


async def test_a_reader_that_hangs_is_ended_and_the_file_tried_again(tmp_path: Path) -> None:
    with pytest.raises(TimeoutError):
        await Aside((sys.executable, "-c", "import time; time.sleep(60)"), limit=0.5).judge(kept(tmp_path, PDF))


async def test_a_reader_knows_nothing_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_TOKEN", "1:rahasia")
    program = f"import os; print('type', sorted(set(os.environ) - {set(KNOWN) | {'LC_CTYPE'}!r}))"
    assert await Aside((sys.executable, "-c", program)).judge(kept(tmp_path, PDF)) == "[]"


async def test_the_office_itself_never_loads_the_reader(tmp_path: Path) -> None:
    """What is loaded stays: the office is small because others read for it."""
    program = """import asyncio, sys, bot.app
from bot.judging.aside import Aside
from pathlib import Path
assert asyncio.run(Aside().judge(Path(sys.argv[1]))) == "application/pdf"
print("type", {"pikepdf", "lxml"} & set(sys.modules))"""
    assert await Aside((sys.executable, "-c", program)).judge(kept(tmp_path, PDF)) == "set()"


def kept(folder: Path, content: bytes) -> Path:
    path = folder / "file"
    path.write_bytes(content)
    return path
