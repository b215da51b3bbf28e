"""The updates Telegram keeps for one bot until they are confirmed, by polling or by webhook."""

import asyncio
import json
import time
from collections import deque
from contextlib import suppress
from itertools import islice
from typing import NamedTuple

from aiohttp import ClientError, ClientSession, ClientTimeout

from .calls import Call, Json, Refused
from .chats import Bell

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
MOST_AT_ONCE, LONGEST_POLL = 100, 50
FIRST_RETRY, LONGEST_RETRY = 0.05, 1.0
# A confirmation this far beyond the queue speaks of ids from before they were renumbered.
FAR_AHEAD = 10_000
CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first"


class Update(NamedTuple):
    id: int
    body: bytes


class Updates:
    """`pending` is what the bot has not confirmed; `polls` counts getUpdates, `polled` rings with each."""

    def __init__(self) -> None:
        self.pending: deque[Update] = deque()
        self.next_id = 500_000_001
        self.polls, self.polled = 0, Bell()
        self.allowed_updates: list[str] | None = None
        self.webhook, self.secret = "", ""
        self.deliver_twice = False
        self._last_error: Json = {}
        self._arrived = Bell()
        self._poll: asyncio.Future[None] | None = None
        self._pump: asyncio.Task[None] | None = None

    def push(self, update: Json) -> int:
        """Queue an update (without its id, which is given here)."""
        return self.push_bytes(json.dumps({"update_id": self.next_id} | update).encode())

    def push_bytes(self, body: bytes) -> int:
        """Queue these very bytes; what is no JSON at all is only sensible over a webhook."""
        update = Update(self.next_id, body)
        self.next_id += 1
        self.pending.append(update)
        self._wake()
        return update.id

    def renumber(self, next_id: int) -> None:
        """After a week without updates Telegram goes on with other ids."""
        self.next_id = next_id

    async def poll(self, call: Call) -> bytes:
        """One getUpdates; a second one at the same time ends the first with a conflict, as Telegram does."""
        if self.webhook:
            raise Refused(WEBHOOK_ACTIVE, 409)
        self._end_poll(Refused(CONFLICT, 409))
        self._note_poll(call)
        self._confirm(_number(call, "offset", 0))
        if not self.pending and (seconds := min(_number(call, "timeout", 0), LONGEST_POLL)) > 0:
            await self._wait(seconds)
        return self._batch(_number(call, "limit", MOST_AT_ONCE))

    def _note_poll(self, call: Call) -> None:
        self.polls += 1
        self.polled.ring()
        if isinstance(allowed := call.params.get("allowed_updates"), list):
            self.allowed_updates = allowed

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            while len(self.pending) > -offset:
                self.pending.popleft()
        elif offset <= self.next_id + FAR_AHEAD:
            while self.pending and self.pending[0].id < offset:
                self.pending.popleft()

    async def _wait(self, seconds: float) -> None:
        poll = self._poll = asyncio.get_running_loop().create_future()
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await poll
        if self._poll is poll:
            self._poll = None

    def _batch(self, limit: int) -> bytes:
        bodies = [update.body for update in islice(self.pending, min(limit, MOST_AT_ONCE))]
        return b'{"ok":true,"result":[' + b",".join(bodies) + b"]}"

    def _wake(self) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)
        self._arrived.ring()

    def _end_poll(self, error: Refused) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(error)

    def set_webhook(self, call: Call) -> bool:
        """Deliver from now on by POST, one after the other; an empty URL goes back to polling."""
        self.webhook = str(call.params.get("url", ""))
        self.secret = str(call.params.get("secret_token", ""))
        if str(call.params.get("drop_pending_updates", "")).lower() == "true":
            self.pending.clear()
        self._stop_pump()
        if self.webhook:
            self._end_poll(Refused(CONFLICT, 409))
            self._pump = asyncio.get_running_loop().create_task(self._deliver_all())
        return True

    def delete_webhook(self, call: Call) -> bool:
        return self.set_webhook(Call(call.method, call.params | {"url": ""}))

    def webhook_info(self) -> Json:
        waiting = len(self.pending)
        info = {"url": self.webhook, "has_custom_certificate": False, "pending_update_count": waiting}
        return info | self._last_error

    async def _deliver_all(self) -> None:
        headers = {"Content-Type": "application/json"}
        if self.secret:
            headers[SECRET_HEADER] = self.secret
        async with ClientSession(headers=headers, timeout=ClientTimeout(total=30)) as session:
            while True:
                if not self.pending:
                    await self._arrived.wait()
                    continue
                await self._deliver(session, self.pending[0])
                self.pending.popleft()

    async def _deliver(self, session: ClientSession, update: Update) -> None:
        """Again and again until it is taken: at least once, in the order of the ids."""
        pause = FIRST_RETRY
        while not await self._post(session, update.body):
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_RETRY)
        if self.deliver_twice:
            await self._post(session, update.body)

    async def _post(self, session: ClientSession, body: bytes) -> bool:
        try:
            async with session.post(self.webhook, data=body) as answer:
                await answer.read()
                if answer.status == 200:
                    return True
                problem = f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except (ClientError, TimeoutError) as error:
            problem = f"Connection failed: {type(error).__name__}"
        self._last_error = {"last_error_date": int(time.time()), "last_error_message": problem}
        return False

    def _stop_pump(self) -> None:
        if self._pump is not None:
            self._pump.cancel()
            self._pump = None

    async def stop(self) -> None:
        pump = self._pump
        self._stop_pump()
        self._wake()
        if pump is not None:
            with suppress(asyncio.CancelledError):
                await pump


def _number(call: Call, name: str, default: int) -> int:
    value = call.params.get(name, default)
    return value if isinstance(value, int) else default
