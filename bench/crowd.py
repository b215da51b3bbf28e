"""Many people writing at once: how fast each of them is answered, and with what."""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress

from tests.loopback.bot_api import BotApi
from tests.loopback.chats import Bell, Chat, Screen
from tests.loopback.shapes import message_of, private_chat, text_of, user

FIRST_PERSON = 1_000_000
LONGEST_RUSH = 180.0


class Walker:
    """One person on the way through the texts; `asked_at` holds what is still unanswered."""

    def __init__(self, api: BotApi, number: int, texts: Sequence[str]) -> None:
        self.person = user(FIRST_PERSON + number, f"Warga {number}")
        self.chat = api.methods.meet(private_chat(self.person))
        self.texts = deque(text.replace("{n}", str(number)) for text in texts)
        self.asked_at: deque[float] = deque()
        self.replies: list[str] = []


class Crowd:
    """People numbered from `first`; a reply is any new message to the chat, edits do not count.

    `lateness` is our own: how long after its time each update of a stream was sent.
    """

    def __init__(self, api: BotApi, texts: Sequence[str], first: int, count: int) -> None:
        self._api = api
        self.walkers = [Walker(api, number, texts) for number in range(first, first + count)]
        self.updates = count * len(texts)
        self.latencies: list[float] = []
        self.lateness: list[float] = []
        self.last_reply = time.monotonic()
        self._said, self._heard = 0, Bell()
        self._by_chat = {walker.chat.id: walker for walker in self.walkers}
        self._go_on: Callable[[Walker], None] = lambda _: None
        api.methods.on_shown = self._shown

    async def rush(self) -> float:
        """Everyone at once, each saying the next thing the moment the reply is there; returns the seconds."""
        if not self.updates:
            return 0.0
        done, began = asyncio.Event(), time.monotonic()

        def go_on(walker: Walker) -> None:
            if walker.texts and not walker.asked_at:
                self._say(walker)
            elif len(self.latencies) >= self.updates:
                done.set()

        self._go_on = go_on
        for walker in self.walkers:
            go_on(walker)
        with suppress(TimeoutError):
            async with asyncio.timeout(LONGEST_RUSH):
                await done.wait()
        return self.last_reply - began

    async def stream(self, rate: float, updates: int) -> None:
        """So many updates a second, one person after the other, whether or not replies come."""
        began = time.monotonic()
        for number in range(updates):
            due = began + number / rate
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            self.lateness.append(time.monotonic() - due)
            self._say(self.walkers[self._said % len(self.walkers)])

    async def settle(self, quiet: float) -> None:
        """Until everything is answered, or nothing has come for so many seconds."""
        with suppress(TimeoutError):
            while self._waiting():
                async with asyncio.timeout(quiet):
                    await self._heard.wait()

    def _waiting(self) -> bool:
        return any(walker.asked_at for walker in self.walkers)

    def _say(self, walker: Walker) -> None:
        message_id = self._api.methods.next_message_id()
        message = message_of(message_id, walker.person, walker.chat.raw) | text_of(walker.texts.popleft())
        walker.asked_at.append(time.monotonic())
        self._said += 1
        self._api.updates.push({"message": message})

    def _shown(self, chat: Chat, screen: Screen) -> None:
        walker = self._by_chat.get(chat.id)
        if walker is None or screen.method != "sendMessage":
            return
        self.last_reply = time.monotonic()
        walker.replies.append(screen.text)
        if walker.asked_at:
            self.latencies.append(self.last_reply - walker.asked_at.popleft())
        self._heard.ring()
        self._go_on(walker)
