"""A Telegram Bot API on this machine: real HTTP, true offsets, published limits, faults on purpose."""

import argparse
import asyncio
import json
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Self

from aiohttp import web

from .calls import Call, Refused, read_call
from .control import control
from .faults import SENDING, Ending, Fault, Faults
from .limits import Breach, check
from .methods import Methods
from .rates import Rates
from .updates import Updates

TOKEN = "7000000001:loopback-only-not-a-secret-0000000"
KEEP = 100_000
LONGEST_HANG = 60.0
UNAUTHORIZED = Refused("Unauthorized", 401)
NOT_FOUND = Refused("Not Found", 404)


class BotApi:
    """The server of one bot. `calls` and `violations` tell what it did; `keep` bounds what is remembered.

    With `rates` it takes only so much.
    """

    def __init__(
        self, token: str = TOKEN, *, faults: Faults | None = None, keep: int = KEEP, rates: Rates | None = None
    ) -> None:
        self.token, self.rates = token, rates
        self.faults = faults or Faults()
        self.methods = Methods(int(token.partition(":")[0]), keep)
        self.updates = Updates()
        self.calls: deque[Call] = deque(maxlen=keep)
        self.violations: list[str] = []
        self._keep = keep
        self._stopping = asyncio.Event()
        self._runner: web.ServerRunner | None = None
        self._own: dict[str, Callable[[Call], Any]] = {
            "setWebhook": self.updates.set_webhook,
            "deleteWebhook": self.updates.delete_webhook,
            "getWebhookInfo": lambda _: self.updates.webhook_info(),
        }
        names = self.methods.names | self._own.keys() | {"getUpdates"}
        self._names = {name.lower(): name for name in names}

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self, port: int = 0, host: str = "127.0.0.1") -> None:
        self._runner = web.ServerRunner(web.Server(self._serve, access_log=None), shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()

    async def stop(self) -> None:
        self._stopping.set()
        await self.updates.stop()
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def url(self) -> str:
        if self._runner is None:
            raise RuntimeError("the server is not started")
        host, port = self._runner.addresses[0][:2]
        return f"http://{host}:{port}"

    def calls_of(self, method: str, chat: int | None = None) -> list[Call]:
        return [call for call in self.calls if call.method == method and chat in (None, call.chat)]

    async def _serve(self, request: web.BaseRequest) -> web.StreamResponse:
        path = request.path
        if path.startswith("/bot"):
            token, _, name = path[4:].partition("/")
            return await self._authorized(request, token, name)
        if path.startswith("/file/bot"):
            token, _, name = path[9:].partition("/")
            return self._download(token, name)
        if path.startswith("/loopback/"):
            return await control(self.methods, self.updates, self.violations, request)
        return _refuse(NOT_FOUND)

    async def _authorized(self, request: web.BaseRequest, token: str, name: str) -> web.StreamResponse:
        if token != self.token:
            return _refuse(UNAUTHORIZED)
        method = self._names.get(name.lower())
        if method is None:
            return _refuse(NOT_FOUND)
        try:
            call = await read_call(request, method)
        except Refused as refused:
            return _refuse(refused)
        return await self._take(request, call)

    async def _take(self, request: web.BaseRequest, call: Call) -> web.StreamResponse:
        self.calls.append(call)
        try:
            check(call)
        except Breach as breach:
            return _refuse(self._note(call, breach))
        if self.rates is not None and call.method in SENDING and (refused := self.rates.take()) is not None:
            call.outcome = refused.description
            return _refuse(refused)
        fault = self.faults.of(call)
        if fault is None:
            return _respond(*await self._perform(call))
        return await self._fail(request, call, fault)

    async def _perform(self, call: Call) -> tuple[int, bytes]:
        try:
            body = await self._result(call)
        except Breach as breach:
            return breach.code, self._note(call, breach).body()
        except Refused as refused:
            call.outcome = refused.description
            return refused.code, refused.body()
        call.outcome, call.effect = "ok", True
        return 200, body

    async def _result(self, call: Call) -> bytes:
        if call.method == "getUpdates":
            return await self.updates.poll(call)
        act = self._own.get(call.method, self.methods.perform)
        return b'{"ok":true,"result":' + json.dumps(act(call)).encode() + b"}"

    def _note(self, call: Call, breach: Breach) -> Breach:
        call.outcome = breach.description
        if len(self.violations) < self._keep:
            self.violations.append(breach.sentence)
        return breach

    async def _fail(self, request: web.BaseRequest, call: Call, fault: Fault) -> web.StreamResponse:
        status, body = await self._perform(call) if fault.effect else (fault.status, b"")
        call.outcome = fault.name
        if fault.effect and (fault.body is not None or fault.ending is not Ending.WHOLE):
            self.methods.unheard(call)
        if fault.body is not None:
            status, body = fault.status, fault.body
        await self._pause(fault.delay)
        if fault.ending is Ending.HUNG:
            await self._pause(LONGEST_HANG)
        answer = _respond(status, body, "text/html" if fault.html else "application/json")
        if fault.ending is Ending.HALF:
            await _half(request, body)
        if fault.ending is not Ending.WHOLE and request.transport is not None:
            # What is returned after this finds the connection closed and goes nowhere.
            request.transport.close()
        return answer

    async def _pause(self, seconds: float) -> None:
        if seconds > 0:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), seconds)

    def _download(self, token: str, path: str) -> web.StreamResponse:
        if token != self.token:
            return _refuse(UNAUTHORIZED)
        for stored in self.methods.files.values():
            if stored.path == path:
                return _respond(200, stored.content, "application/octet-stream")
        return _refuse(NOT_FOUND)


def _respond(status: int, body: bytes, content_type: str = "application/json") -> web.Response:
    return web.Response(status=status, body=body, headers={"Content-Type": content_type})


def _refuse(refused: Refused) -> web.Response:
    return _respond(refused.code, refused.body())


async def _half(request: web.BaseRequest, body: bytes) -> None:
    """Promise the whole length, send half of it."""
    length = {"Content-Type": "application/json", "Content-Length": str(len(body))}
    answer = web.StreamResponse(headers=length)
    await answer.prepare(request)
    await answer.write(body[: len(body) // 2])


async def serve_alone(port: int) -> None:
    api = BotApi()
    await api.start(port)
    print(f"{api.url} token {api.token}", flush=True)
    try:
        await asyncio.Event().wait()
    finally:
        await api.stop()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    with suppress(KeyboardInterrupt):
        asyncio.run(serve_alone(parser.parse_args().port))
