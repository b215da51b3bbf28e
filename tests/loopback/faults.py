"""What goes wrong on purpose: scripted for the next call, or by chance with a seed."""

import math
import random
import time
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum

from .calls import Call, Refused

SENDING = ("sendMessage", "sendDocument", "sendPhoto", "editMessageText", "editMessageReplyMarkup")
HTML_PAGE = b"<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"


class Ending(Enum):
    """How the connection ends."""

    WHOLE = "the whole answer"
    HALF = "half an answer"
    DROPPED = "no answer, connection closed"
    HUNG = "no answer, connection open"


@dataclass(frozen=True, slots=True)
class Fault:
    """`effect`: the message reached the person all the same; `body` None: the true answer is given."""

    name: str
    effect: bool = False
    status: int = 200
    body: bytes | None = None
    html: bool = False
    ending: Ending = Ending.WHOLE
    delay: float = 0.0
    hold: float = 0.0
    whole_bot: bool = False


def refusal(name: str, refused: Refused) -> Fault:
    return Fault(name, status=refused.code, body=refused.body())


def too_many(retry_after: int, *, whole_bot: bool = False) -> Fault:
    """429 that also holds the chat, or the whole bot, until the time is over."""
    description = f"Too Many Requests: retry after {retry_after}"
    body = Refused(description, 429, retry_after=retry_after).body()
    return Fault("429", status=429, body=body, hold=retry_after, whole_bot=whole_bot)


def migrated(to: int) -> Fault:
    description = "Bad Request: group chat was upgraded to a supergroup chat"
    return refusal("migrated", Refused(description, migrate_to_chat_id=to))


def broken(status: int, *, html: bool = False, effect: bool = False) -> Fault:
    """500, 502, 504 and the like; mostly before the effect, sometimes after it."""
    body = HTML_PAGE if html else Refused("Internal Server Error", status).body()
    return Fault(f"{status}{' HTML' if html else ''}", effect, status, body, html)


def slow(seconds: float) -> Fault:
    return Fault("slow", effect=True, delay=seconds)


TOO_MANY_BARE = refusal("429 bare", Refused("Too Many Requests", 429))
BLOCKED = refusal("blocked", Refused("Forbidden: bot was blocked by the user", 403))
WRONG_TOKEN = refusal("401", Refused("Unauthorized", 401))
BAD_JSON = Fault("bad JSON", effect=True, body=b'{"ok": true, "result": {')
WRONG_SHAPE = Fault("wrong shape", effect=True, body=b'{"ok": true, "result": {"message": "unexpected"}}')
DROPPED_BEFORE = Fault("dropped before the effect", ending=Ending.DROPPED)
DROPPED_AFTER = Fault("dropped after the effect", effect=True, ending=Ending.DROPPED)
HALF = Fault("half an answer", effect=True, ending=Ending.HALF)
HUNG = Fault("hung before the effect", ending=Ending.HUNG)
HUNG_AFTER = Fault("hung after the effect", effect=True, ending=Ending.HUNG)


@dataclass(slots=True)
class _Scripted:
    method: str | None
    chat: int | None
    fault: Fault
    times: int | None

    def fits(self, call: Call) -> bool:
        return self.method in (None, call.method) and self.chat in (None, call.chat)


class Faults:
    """The plan of one server; with `chances` each chat gets the same faults for the same seed."""

    def __init__(
        self, seed: int = 0, chances: Mapping[Fault, float] | None = None, methods: Collection[str] = SENDING
    ) -> None:
        self.seed, self.chances, self.methods = seed, dict(chances or {}), frozenset(methods)
        self.hasty: list[Call] = []
        self._script: list[_Scripted] = []
        self._holds: dict[int | None, float] = {}
        self._turns: Counter[tuple[str, int | None]] = Counter()

    def next(self, method: str | None, fault: Fault, *, chat: int | None = None, times: int | None = 1) -> None:
        """The next `times` calls of this method (None: any) to this chat (None: any); None: until `clear`."""
        self._script.append(_Scripted(method, chat, fault, times))

    def clear(self) -> None:
        self._script.clear()
        self._holds.clear()
        self.chances.clear()

    def of(self, call: Call) -> Fault | None:
        """What happens to this call; asked once for each call, in the order of arrival."""
        if not (self._script or self._holds or self.chances):
            return None
        if (held := self._held(call)) is not None:
            return held
        fault = self._scripted(call) or self._by_chance(call)
        if fault is not None and fault.hold:
            self._holds[None if fault.whole_bot else call.chat] = time.monotonic() + fault.hold
        return fault

    def _held(self, call: Call) -> Fault | None:
        """A call that does not wait for `retry_after` gets the rest of it once more, and is remembered."""
        if call.chat is None:
            return None
        until = max(self._holds.get(call.chat, 0.0), self._holds.get(None, 0.0))
        left = until - time.monotonic()
        if left <= 0:
            return None
        self.hasty.append(call)
        return too_many(math.ceil(left))

    def _scripted(self, call: Call) -> Fault | None:
        for entry in self._script:
            if entry.fits(call):
                if entry.times is not None:
                    entry.times -= 1
                    if entry.times <= 0:
                        self._script.remove(entry)
                return entry.fault
        return None

    def _by_chance(self, call: Call) -> Fault | None:
        if not self.chances or call.method not in self.methods:
            return None
        turn = (call.method, call.chat)
        self._turns[turn] += 1
        # Keyed by chat and turn, not by arrival: how the chats interleave does not change what each one gets.
        dice = random.Random(f"{self.seed}:{turn}:{self._turns[turn]}").random()
        for fault, chance in self.chances.items():
            if dice < chance:
                return fault
            dice -= chance
        return None
