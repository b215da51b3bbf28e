"""Under systemd, which wants to be told: a socket of the test's own stands for it."""

import asyncio
import resource
import secrets
import socket
import tempfile
from collections.abc import Iterator

import aiohttp
import pytest

from tests.process.office import Process

WITHIN = 60.0
WATCHED = "3000000"
"""Microseconds, as systemd says them: six words in three seconds."""


class Systemd:
    """What listens there."""

    def __init__(self, place: str) -> None:
        self.place = place
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        self._socket.bind("\0" + place[1:] if place.startswith("@") else place)

    async def hears(self) -> str:
        async with asyncio.timeout(WITHIN):
            return (await asyncio.get_running_loop().sock_recv(self._socket, 4096)).decode()

    async def hears_only(self, word: str, until: str) -> None:
        """Any number of the one, then the other."""
        while (heard := await self.hears()) != until:
            assert heard == word

    def forgets(self) -> None:
        """What was said and not heard yet."""
        try:
            while True:
                self._socket.recv(4096)
        except BlockingIOError:
            return

    def close(self) -> None:
        self._socket.close()


@pytest.fixture(params=["path", "abstract"])
def systemd(request: pytest.FixtureRequest) -> Iterator[Systemd]:
    with tempfile.TemporaryDirectory() as folder:
        place = f"{folder}/notify" if request.param == "path" else f"@rumah-kedua-{secrets.token_hex(8)}"
        systemd = Systemd(place)
        yield systemd
        systemd.close()


def allow(process: Process, length: int) -> None:
    """The system refuses files of more bytes, as a full disk does."""
    assert process._process is not None
    resource.prlimit(process._process.pid, resource.RLIMIT_FSIZE, (length, resource.RLIM_INFINITY))


async def ready(process: Process) -> bool:
    async with aiohttp.ClientSession() as session, session.get(f"{process.url}/readyz") as answer:
        return answer.status == 200


async def test_it_says_when_it_serves_that_it_moves_and_when_it_stops(process: Process, systemd: Systemd) -> None:
    process.settings |= {"NOTIFY_SOCKET": systemd.place, "WATCHDOG_USEC": WATCHED}
    await process.start()
    await systemd.hears_only("WATCHDOG=1", until="READY=1")
    assert await ready(process)
    for _ in range(3):
        assert await systemd.hears() == "WATCHDOG=1"
    assert await process.stop() == 0
    await systemd.hears_only("WATCHDOG=1", until="STOPPING=1")


@pytest.mark.parametrize("systemd", ["path"], indirect=True)
async def test_a_full_disk_is_not_ready_and_no_reason_to_be_started_again(process: Process, systemd: Systemd) -> None:
    """A new process could not even open the database there, and would stay down once there is room again."""
    process.settings |= {"NOTIFY_SOCKET": systemd.place, "WATCHDOG_USEC": WATCHED}
    await process.start()
    allow(process, 100)
    async with asyncio.timeout(WITHIN):
        while await ready(process):  # noqa: ASYNC110  # somebody else's state
            await asyncio.sleep(0.3)
    systemd.forgets()
    for _ in range(3):
        assert await systemd.hears() == "WATCHDOG=1"
    assert not await ready(process)
    allow(process, resource.RLIM_INFINITY)
    assert await process.stop() == 0


@pytest.mark.parametrize("place", ["", "/nowhere/notify"])
async def test_nobody_who_listens_is_no_reason_to_stay_down(process: Process, place: str) -> None:
    process.settings |= {"NOTIFY_SOCKET": place}
    await process.start()
    assert await process.stop() == 0
    assert ("was not told READY=1" in process.errors()) == bool(place)


@pytest.mark.parametrize("systemd", ["path"], indirect=True)
async def test_who_is_not_watched_says_nothing_in_between(process: Process, systemd: Systemd) -> None:
    """Neither without `WatchdogSec`, nor when another process is meant."""
    process.settings |= {"NOTIFY_SOCKET": systemd.place, "WATCHDOG_USEC": "600000", "WATCHDOG_PID": "1"}
    await process.start()
    assert await systemd.hears() == "READY=1"
    await asyncio.sleep(1)
    assert await process.stop() == 0
    assert await systemd.hears() == "STOPPING=1"
