"""Who may come in, and for how long: connections are counted, so that there are always descriptors for our own work.

aiohttp does the rest: it bounds a head in bytes, in lines and (PATIENT) in seconds. A body is bounded where it is read.
"""

import asyncio
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, cast

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.channels.callers import Callers, home

if sys.platform != "win32":
    import resource

PATIENT: Final[dict[str, Any]] = {"keepalive_timeout": 30.0, "lingering_time": 5.0, "auto_decompress": False}
"""Seconds for a head, the first and every further one; seconds that a body nobody reads may still come in; and no body
is unpacked, for a few bytes can be many."""
OURS: Final = 64
"""Descriptors at least that no connection takes: database, providers, files that are fetched and judged."""
MOST: Final = 4096
"""Connections at most, whatever the system would allow."""
ANSWER: Final = 20 * 60.0
"""Seconds that the caller may take to read it."""


def connections_at_most() -> int:
    """As many as leave us a quarter of our descriptors, and each connection one for a file it asks for."""
    if sys.platform == "win32":
        return MOST
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return MOST
    return max(8, min((soft - max(OURS, soft // 4)) // 2, MOST))


class Inside:
    """The connections that are open. When they are as many as may be, whoever was idle longest makes room; nobody's
    address takes more than a quarter, but for a proxy of ours."""

    def __init__(self, callers: Callers, most: int) -> None:
        self._callers, self._most = callers, most
        self._open: dict[asyncio.BaseTransport, Connection] = {}
        self._of: Counter[str] = Counter()

    def enter(self, one: "Connection") -> bool:
        """False for one too many."""
        if not self._callers.trusts(one.peer) and self._of[one.caller] >= self._most // 4:
            return False
        if len(self._open) >= self._most and not self._made_room():
            return False
        self._open[one.transport] = one
        self._of[one.caller] += 1
        return True

    def leave(self, one: "Connection") -> None:
        if self._open.pop(one.transport, None) is not None:
            self._of[one.caller] -= 1
            if not self._of[one.caller]:
                del self._of[one.caller]

    def _made_room(self) -> bool:
        """Let go whoever waits longest without having asked for anything; False when all are busy."""
        idle = min((one for one in self._open.values() if not one.busy), key=lambda one: one.since, default=None)
        if idle is not None:
            self.leave(idle)
            idle.transport.abort()
        return idle is not None

    @contextmanager
    def served(self, transport: asyncio.BaseTransport | None) -> Iterator[None]:
        """While a request of this connection is answered."""
        one = self._open.get(transport) if transport else None
        if one is None:
            yield
            return
        one.busy = True
        try:
            yield
        finally:
            one.busy, one.since = False, time.monotonic()


INSIDE: Final = web.AppKey("inside", Inside)


class Connection(asyncio.Protocol):
    """One connection: hands everything on to aiohttp's own, once it may come in."""

    transport: asyncio.Transport
    peer = caller = ""
    busy = False

    def __init__(self, inside: Inside, handler: asyncio.Protocol) -> None:
        self._inside, self._handler = inside, handler
        self._entered, self.since = False, time.monotonic()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self.peer = str((transport.get_extra_info("peername") or ("",))[0])
        self.caller = home(self.peer)
        self._entered = self._inside.enter(self)
        if self._entered:
            self._handler.connection_made(transport)
        else:
            self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self._inside.leave(self)
        if self._entered:
            self._handler.connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._entered:
            self._handler.data_received(data)

    def eof_received(self) -> bool | None:
        return self._handler.eof_received() if self._entered else None

    def pause_writing(self) -> None:
        self._handler.pause_writing()

    def resume_writing(self) -> None:
        self._handler.resume_writing()


class Entrance(web.TCPSite):
    """Listens as aiohttp does, and lets in who may come in."""

    def __init__(self, runner: web.AppRunner, host: str, port: int, inside: Inside) -> None:
        super().__init__(runner, host, port)
        self._at, self._inside = (host, port), inside

    async def start(self) -> None:
        await web.BaseSite.start(self)
        handlers = self._runner.server
        assert handlers is not None
        self._server = await asyncio.get_running_loop().create_server(
            lambda: Connection(self._inside, handlers()), *self._at, backlog=self._backlog
        )


@web.middleware
async def orderly(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Nothing packed comes in; and an answer is over when its last byte is sent, which has its time."""
    if request.headers.get("Content-Encoding", "identity").strip().lower() not in ("", "identity"):
        return web.Response(status=415, text="Content-Encoding\n")
    inside = request.app.get(INSIDE)
    if inside is None:
        return await handler(request)
    with inside.served(request.transport):
        response = await handler(request)
        try:
            async with asyncio.timeout(ANSWER):
                await response.prepare(request)
                await response.write_eof()
        except (ConnectionError, TimeoutError):
            if request.transport is not None:
                request.transport.abort()
        return response
