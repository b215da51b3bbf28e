"""The Graph API of one WhatsApp number: real HTTP, published limits, signed webhooks, faults on purpose."""

import asyncio
import hashlib
import hmac
import json
import re
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Self

from aiohttp import web

from tests.loopback.calls import Refused, read_call
from tests.loopback.faults import Ending, Fault

from .account import Account
from .errors import Breach, GraphError, Json
from .faults import GraphFaults
from .media import ADDRESS, Media
from .messages import GraphCall, Messages
from .phones import Phones, World
from .shapes import Line
from .statuses import Statuses
from .templates import Templates
from .webhook import Webhook
from .window import MovableClock

TOKEN = "EAAloopbackOnlyNotASecret000000000000000000"
APP_SECRET, VERIFY_TOKEN = "0123456789abcdef0123456789abcdef", "kata-sandi-webhook"
KEEP = 100_000
LONGEST_HANG = 60.0
VERSION = re.compile(r"v\d{2}\.\d")

Act = Callable[[GraphCall], Awaitable[Json]]


class GraphApi:
    """The server. `calls`, `violations` and `messages.rates.throttled` tell what the office did."""

    def __init__(self, token: str = TOKEN, *, faults: GraphFaults | None = None, keep: int = KEEP) -> None:
        self.token, self.app_secret, self.verify_token = token, APP_SECRET, VERIFY_TOKEN
        self.line = Line()
        self.phone_number_id, self.waba_id, self.app_id = (
            self.line.phone_number_id,
            self.line.waba_id,
            self.line.app_id,
        )
        self.faults = faults or GraphFaults()
        self.clock, self.templates = MovableClock(), Templates()
        self.media = Media(self.clock)
        self.webhook = Webhook(self.app_secret, self.waba_id, keep)
        self.phones = Phones(World(self.webhook, self.media, self.clock, self.line))
        self.statuses = Statuses(self.webhook, self.line, self.clock)
        self.messages = Messages(self.phones, self.media, self.templates, self.statuses, self.clock)
        self.account = Account(self.line, self.templates, self.webhook)
        self.calls: deque[GraphCall] = deque(maxlen=keep)
        self.violations: list[str] = []
        self.needs_proof = False
        self._stopping = asyncio.Event()
        self._runner: web.ServerRunner | None = None

    @property
    def app_token(self) -> str:
        return f"{self.app_id}|{self.app_secret}"

    @property
    def callback_url(self) -> str:
        return self.webhook.callback_url

    @callback_url.setter
    def callback_url(self, url: str) -> None:
        self.webhook.callback_url = url

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
        await self.webhook.stop()
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def url(self) -> str:
        if self._runner is None:
            raise RuntimeError("the server is not started")
        host, port = self._runner.addresses[0][:2]
        return f"http://{host}:{port}"

    def calls_of(self, method: str, person: int | None = None) -> list[GraphCall]:
        return [call for call in self.calls if call.method == method and person in (None, call.chat)]

    async def _serve(self, request: web.BaseRequest) -> web.StreamResponse:
        try:
            self._authorize(request)
            if request.path == ADDRESS:
                return await self._download(request)
            method, act = self._find(request)
            call = await self._read(request, method)
            self._prove(call, _token(request))
        except GraphError as refused:
            return _refuse(refused)
        return await self._take(request, call, act)

    def _authorize(self, request: web.BaseRequest) -> None:
        if _token(request) not in (self.token, self.app_token):
            raise GraphError(190, message="Invalid OAuth access token - Cannot parse access token")

    def _prove(self, call: GraphCall, token: str) -> None:
        """A proof that is given must be right, even where none is needed."""
        proof = call.params.pop("appsecret_proof", None)
        if proof is None and self.needs_proof:
            raise GraphError(100, message="API calls from the server require an appsecret_proof argument")
        right = hmac.new(self.app_secret.encode(), token.encode(), hashlib.sha256).hexdigest()
        if proof is not None and proof != right:
            raise GraphError(100, message="Invalid appsecret_proof provided in the API argument")

    def _find(self, request: web.BaseRequest) -> tuple[str, Act]:
        """What this address does: the name faults know it by, and the deed."""
        _, version, *rest = request.path.rstrip("/").split("/")
        if not VERSION.fullmatch(version) or not rest:
            raise GraphError(2500, status=400, message="Unknown path components")
        found = self._routes(request).get((request.method, *rest))
        if found is None and len(rest) == 1 and rest[0] in self.media:
            return "media_url", _at_once(lambda call: self.media.facts(rest[0], self.url))
        if found is None:
            told = f"Unsupported {request.method.lower()} request. Object with ID '{rest[0]}' does not exist"
            raise GraphError(100, message=told)
        return found

    def _routes(self, request: web.BaseRequest) -> dict[tuple[str, ...], tuple[str, Act]]:
        account, number, waba = self.account, self.phone_number_id, self.waba_id
        address = f"{self.url}{request.path}"
        return {
            ("POST", number, "messages"): ("messages", self.messages.send),
            ("POST", number, "media"): ("media", _at_once(self.media.upload)),
            ("GET", number): ("phone_number", _at_once(account.phone_number)),
            ("GET", "debug_token"): ("debug_token", _at_once(lambda call: account.debug_token(call, self.token))),
            ("GET", waba, "message_templates"): (
                "message_templates",
                _at_once(lambda call: account.message_templates(call, address)),
            ),
            ("GET", waba, "subscribed_apps"): ("subscribed_apps", _at_once(lambda _: account.subscribed_apps())),
            ("POST", waba, "subscribed_apps"): ("subscribed_apps", _at_once(lambda _: account.subscribe())),
            ("GET", self.app_id, "subscriptions"): ("subscriptions", self._subscriptions(request)),
        }

    def _subscriptions(self, request: web.BaseRequest) -> Act:
        """The app itself asks for these, not a user of it."""
        if _token(request) == self.app_token:
            return _at_once(lambda _: self.account.subscriptions())
        return _at_once(_needs_app_token)

    async def _read(self, request: web.BaseRequest, method: str) -> GraphCall:
        try:
            call = await read_call(request, method)
        except Refused as refused:
            raise GraphError(100, message=f"(#100) {refused.description}") from None
        call.params.pop("access_token", None)
        phone = self.messages.about(call.params) if method == "messages" else None
        if method == "messages" and "status" in call.params:
            method = "read"  # the sign that we have read theirs: no fault meant for a message meets it
        return GraphCall(method, call.params, call.files, phone=phone)

    async def _take(self, request: web.BaseRequest, call: GraphCall, act: Act) -> web.StreamResponse:
        self.calls.append(call)
        try:
            if call.method in ("messages", "read"):
                self.messages.check(call.params)
        except Breach as breach:
            return _refuse(self._note(call, breach))
        fault = self.faults.of(call)
        if fault is None:
            return _respond(*await self._perform(call, act))
        return await self._fail(request, call, act, fault)

    async def _perform(self, call: GraphCall, act: Act) -> tuple[int, bytes]:
        try:
            body = json.dumps(await act(call)).encode()
        except Breach as breach:
            return breach.code, self._note(call, breach).body()
        except GraphError as refused:
            call.outcome = refused.description
            return refused.code, refused.body()
        call.outcome, call.effect = "ok", True
        return 200, body

    def _note(self, call: GraphCall, breach: Breach) -> Breach:
        call.outcome = breach.description
        self.violations.append(breach.sentence)
        return breach

    async def _fail(self, request: web.BaseRequest, call: GraphCall, act: Act, fault: Fault) -> web.StreamResponse:
        status, body = await self._perform(call, act) if fault.effect else (fault.status, b"")
        call.outcome = fault.name
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

    async def _download(self, request: web.BaseRequest) -> web.StreamResponse:
        """The bytes of a file, at the address the media told; a fault may happen here too."""
        stored = self.media.fetched(request.query.get("mid", ""), request.query.get("ext", ""))
        call = GraphCall("download", dict(request.query), phone=None)
        self.calls.append(call)
        if stored is None:
            return web.Response(status=404, body=b"")
        fault = self.faults.of(call)
        if fault is not None:
            return await self._fail(request, call, _at_once(lambda _: {}), fault)
        call.outcome, call.effect = "ok", True
        return _respond(200, stored.content, stored.mime)


def _token(request: web.BaseRequest) -> str:
    bearer = request.headers.get("Authorization", "")
    return bearer.removeprefix("Bearer ") if bearer.startswith("Bearer ") else request.query.get("access_token", "")


def _at_once(act: Callable[[GraphCall], Json]) -> Act:
    async def done(call: GraphCall) -> Json:
        return act(call)

    return done


def _needs_app_token(_: GraphCall) -> Json:
    raise GraphError(15)


def _respond(status: int, body: bytes, content_type: str = "application/json") -> web.Response:
    return web.Response(status=status, body=body, headers={"Content-Type": content_type})


def _refuse(refused: GraphError) -> web.Response:
    return _respond(refused.code, refused.body())


async def _half(request: web.BaseRequest, body: bytes) -> None:
    """Promise the whole length, send half of it."""
    length = {"Content-Type": "application/json", "Content-Length": str(len(body))}
    answer = web.StreamResponse(headers=length)
    await answer.prepare(request)
    await answer.write(body[: len(body) // 2])
