"""What a service manager that started us is told (sd_notify(3)): we serve, work moves, we stop."""

import asyncio
import logging
import os
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress

LOG = logging.getLogger(__name__)
SERVING, MOVING, STOPPING = "READY=1", "WATCHDOG=1", "STOPPING=1"
BEATS = 6
"""Words that work moves in the time after which systemd gives us up: some may come late on a busy machine."""


def tell(word: str) -> None:
    """One datagram. Nothing depends on it for us: whoever cannot be told ends us by its own rules."""
    place = os.environ.get("NOTIFY_SOCKET", "")
    if not place:
        return
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as line:
            line.setblocking(False)
            line.sendto(word.encode(), "\0" + place[1:] if place.startswith("@") else place)
    except OSError as fault:
        LOG.warning("the service manager was not told %s (%s)", word, type(fault).__name__)


def patience() -> float:
    """Seconds of silence after which we are given up (`WatchdogSec` of the unit); 0: we are not watched."""
    meant = os.environ.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
    with suppress(ValueError):
        return int(os.environ.get("WATCHDOG_USEC", "0")) / 1_000_000 if meant else 0.0
    return 0.0


async def beat(hangs: Callable[[], Awaitable[bool]]) -> None:
    """Says that work moves, as long as it does, until cancelled."""
    if not patience():
        return
    while True:
        if not await hangs():
            tell(MOVING)
        await asyncio.sleep(patience() / BEATS)
