"""Signed deliveries: again and again until each is answered with 200, in whatever parcels a test likes."""

import asyncio
import hashlib
import hmac
import json
from collections import deque
from collections.abc import Coroutine, Iterator, Sequence
from contextlib import contextmanager, suppress
from copy import deepcopy
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector

from .errors import Json

SIGNATURE = "X-Hub-Signature-256"
PAUSE, PATIENCE, AT_ONCE = 0.2, 120.0, 32
Change = tuple[str, Json]
"""The field a change is about, and its value."""


class Webhook:
    """`callback_url` is called; what is not answered 200 within `patience` seconds ends in `given_up`."""

    def __init__(self, app_secret: str, waba_id: str, keep: int) -> None:
        self.callback_url = ""
        self.app_secret, self.waba_id = app_secret, waba_id
        self.pause, self.patience, self.duplicate = PAUSE, PATIENCE, False
        self.taken: deque[bytes] = deque(maxlen=keep)
        self.given_up: list[bytes] = []
        self.refusals = 0
        self._batch: list[Change] | None = None
        self._running: set[asyncio.Task[Any]] = set()
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._session: ClientSession | None = None

    def sign(self, body: bytes) -> str:
        return "sha256=" + hmac.new(self.app_secret.encode(), body, hashlib.sha256).hexdigest()

    def push(self, value: Json, field: str = "messages") -> None:
        """Deliver one change by itself, or with the others of the batch that is open."""
        if self._batch is not None:
            self._batch.append((field, value))
        else:
            self.push_bytes(self.parcel([(field, value)]))

    def push_bytes(self, body: bytes) -> None:
        """Deliver these very bytes, signed."""
        self.run(self.deliver(body))

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Everything people do inside goes out in one POST."""
        self._batch = []
        try:
            yield
        finally:
            changes, self._batch = self._batch, None
            if changes:
                self.push_bytes(self.parcel(changes))

    def parcel(self, changes: Sequence[Change]) -> bytes:
        """Several changes in one body: in turn as an entry, as a change, and inside the value before it."""
        entries: list[Json] = []
        for place, (field, value) in enumerate(changes):
            last = entries[-1]["changes"][-1] if entries else None
            if last is None or place % 3 == 0:
                entries.append({"id": self.waba_id, "changes": [{"field": field, "value": deepcopy(value)}]})
            elif place % 3 == 2 and last["field"] == field:
                _merge(last["value"], value)
            else:
                entries[-1]["changes"].append({"field": field, "value": deepcopy(value)})
        body = json.dumps({"object": "whatsapp_business_account", "entry": entries}, separators=(",", ":"))
        return body.replace("/", "\\/").encode()

    def run(self, work: Coroutine[Any, Any, Any]) -> "asyncio.Task[Any]":
        """Beside everything else, until the server stops."""
        task = asyncio.get_running_loop().create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def deliver(self, body: bytes) -> bool:
        """At least once; False when nobody took it for too long. First come, first tried: nothing is left behind."""
        async with self._slots:
            return await self._delivered(body)

    async def _delivered(self, body: bytes) -> bool:
        loop = asyncio.get_running_loop()
        until = loop.time() + self.patience
        while not await self._posted(body):
            self.refusals += 1
            if loop.time() >= until:
                self.given_up.append(body)
                return False
            await asyncio.sleep(self.pause)
        self.taken.append(body)
        if self.duplicate:
            await self._posted(body)
        return True

    async def _posted(self, body: bytes) -> bool:
        if not self.callback_url:
            return False
        try:
            return await self.post(body, self.sign(body)) == 200
        except (ClientError, TimeoutError, OSError):
            return False

    async def post(self, body: bytes, signature: str | None) -> int:
        """One POST with this signature, right or wrong; the HTTP status it was answered with."""
        headers = {"Content-Type": "application/json", "User-Agent": "facebookexternalua"}
        if signature is not None:
            headers[SIGNATURE] = signature
        async with self._client().post(self.callback_url, data=body, headers=headers) as answer:
            await answer.read()
            return answer.status

    async def verify(self, word: str, challenge: str = "1158201444") -> bool:
        """The first call: whether the challenge comes back for this word."""
        query = {"hub.mode": "subscribe", "hub.challenge": challenge, "hub.verify_token": word}
        async with self._client().get(self.callback_url, params=query) as answer:
            return answer.status == 200 and await answer.text() == challenge

    async def settled(self, within: float = 10.0) -> None:
        """Until nothing waits to be delivered."""
        async with asyncio.timeout(within):
            while self._running:
                await asyncio.wait(self._running)

    def _client(self) -> ClientSession:
        if self._session is None:
            self._session = ClientSession(timeout=ClientTimeout(total=10), connector=TCPConnector(limit=AT_ONCE))
        return self._session

    async def stop(self) -> None:
        for task in list(self._running):
            task.cancel()
        for task in list(self._running):
            with suppress(asyncio.CancelledError):
                await task
        if self._session is not None:
            await self._session.close()


def _merge(into: Json, value: Json) -> None:
    """Lists are joined, everything else is the same anyway."""
    for name, content in value.items():
        if isinstance(content, list):
            known = into.setdefault(name, [])
            known += [one for one in content if name != "contacts" or one not in known]
