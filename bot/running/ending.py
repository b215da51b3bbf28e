"""The end, when a service manager asks for it: in order if possible, and come to whatever hangs."""

import asyncio
import os
import signal
import sys
import threading
from contextlib import suppress
from types import FrameType

LIMIT = 30.0
"""Seconds until we go as we are. A kill harms nothing: what was on its way is found by the next start."""


def end_on_signal(ended: asyncio.Event) -> None:
    """SIGTERM and Ctrl-C set `ended`. Not by the loop's own means: a loop that hangs would never hear of it."""
    loop = asyncio.get_running_loop()

    def asked(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        last_resort()
        with suppress(RuntimeError):  # the loop is closed: we are nearly gone
            loop.call_soon_threadsafe(ended.set)

    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, asked)


def last_resort() -> None:
    """Whatever still runs then, threads too, runs no longer."""
    timer = threading.Timer(LIMIT, go)
    timer.daemon = True
    timer.start()


def go() -> None:
    """Status 0: the stop was asked for. A log that hangs as well is not waited for."""
    said = threading.Thread(target=complain, daemon=True)
    said.start()
    said.join(1.0)
    os._exit(0)


def complain() -> None:
    os.write(sys.stderr.fileno(), f"stopping took longer than {LIMIT:g} s; ended as it was\n".encode())
