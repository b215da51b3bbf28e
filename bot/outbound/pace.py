"""How fast we may speak: for the whole channel, and in one chat."""

from collections import OrderedDict
from dataclasses import dataclass, field

SLOWER, SLOWEST = 0.7, 1 / 30
"""What is left of a rate that proved too high, and the least that is ever left of it."""
RECOVERY = 300.0
"""Seconds in which a rate grows from nothing to what it was: slowly, for each step too far costs everybody a wait."""


@dataclass
class Bucket:
    """A token bucket: `rate` a second, `burst` at once. Times are seconds of a steady clock."""

    rate: float
    burst: float
    most: float = field(init=False)
    """The rate it finds its way back to."""
    level: float = field(init=False)
    at: float = 0.0

    def __post_init__(self) -> None:
        self.level, self.most = self.burst, self.rate

    def free(self, now: float) -> float:
        """How many may be taken. Only looks: what is not sent must not count."""
        passed = max(0.0, now - self.at)
        self.level = min(self.burst, self.level + passed * self.rate)
        self.rate = min(self.most, self.rate + passed * self.most / RECOVERY)
        self.at = max(now, self.at)
        return self.level

    def wait(self, now: float) -> float:
        """Seconds until one may be taken."""
        return max(0.0, (1 - self.free(now)) / self.rate + self.at - now)

    def take(self) -> None:
        """One is used; who comes next waits for it."""
        self.level -= 1

    def slow(self, until: float, left: float = 0.0) -> None:
        """The rate was too high: from `until` on it is lower, and begins with what is `left`, without a burst."""
        self.rate = max(self.rate * SLOWER, self.most * SLOWEST)
        self.level, self.at = min(self.level, left), max(self.at, until)


@dataclass(frozen=True)
class Limits:
    """What a provider allows. Bulk and notices get `per_second`, with a `burst` that is small enough for any one second
    to stay within the provider's limit; replies obey the chat's own pace, and `in_all` where the provider counts
    strictly."""

    per_second: float
    per_chat: float
    chat_burst: float
    per_group: float | None = None
    group_burst: float = 5
    """Of a chat whose address starts with "-" (Telegram's groups)."""
    in_all: float | None = None
    in_all_burst: float = 16
    """Messages a second of every kind, and so many at once."""

    @property
    def burst(self) -> float:
        return max(1.0, self.per_second / 6)


def telegram(allowed: int) -> Limits:
    """So many messages a second, 1 a second in a chat, 20 a minute in a group, short bursts allowed.

    Bot FAQ, "My bot is hitting limits".

    A fifth of the rate stays free for replies, and no second holds more than is allowed of every kind: a backlog after
    a restart is no reason to be told to wait.
    """
    return Limits(
        per_second=allowed * 0.8,
        per_chat=1.0,
        chat_burst=20,
        per_group=20 / 60,
        in_all=allowed * 26 / 30,
        in_all_burst=max(1.0, allowed * 4 / 30),
    )


TELEGRAM = telegram(30)
"""About 30, unless something else was agreed with Telegram."""
WHATSAPP = Limits(per_second=60, per_chat=1 / 6, chat_burst=45, in_all=66, in_all_burst=9)
"""80 messages a second from a number, one in six seconds to the same person, 45 at once (Cloud API, throughput and
pair rate limits). What goes over is refused for everybody, so no
second may hold more than 75: after a pause of the machine several go at once. A quarter is never for what goes to
many."""
FOR_AN_ANSWER = 1.0
"""What goes to many leaves so much of what may go at once."""
OWN_PAGE = Limits(per_second=1000, per_chat=50, chat_burst=100)
"""Our own web page and terminal: no provider to spare."""
REMEMBERED = 10_000
"""Chats whose pace is remembered; the least recent are forgotten, by then their buckets are full again."""


SAME_FLOOD = 1.0
"""Seconds: two chats told to wait for about as long are one flood, so everybody waits."""
REMEMBER_HOLD = 86_400.0
"""Seconds after which a chat's hold is surely over and forgotten."""


class Pace:
    """When the next message of a channel may go. Holds (`retry_after`) win over buckets."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._everybody = Bucket(limits.per_second, limits.burst)
        self._in_all = Bucket(limits.in_all, limits.in_all_burst) if limits.in_all else None
        self._chats: OrderedDict[str, Bucket] = OrderedDict()
        self._held: dict[str, float] = {}
        self.held_until = 0.0

    def wait(self, address: str, bulk: bool, now: float) -> float:
        """Seconds until this chat may be written to."""
        waits = [self.held_until - now, self._held.get(address, 0.0) - now, self._bucket(address).wait(now)]
        if bulk:
            waits.append(self._everybody.wait(now))
        if self._in_all:
            waits.append(self._in_all.wait(now))
        return max(0.0, *waits)

    def room(self, now: float) -> int:
        """How many messages of what goes to many may go at this moment."""
        if now < self.held_until:
            return 0
        rooms = [self._everybody.free(now)]
        if self._in_all:
            rooms.append(self._in_all.free(now) - FOR_AN_ANSWER)
        return max(0, int(min(rooms)))

    def take(self, address: str, bulk: bool) -> None:
        """This chat is written to, now or after the wait."""
        self._bucket(address).take()
        if bulk:
            self._everybody.take()
        if self._in_all:
            self._in_all.take()

    def hold(self, address: str | None, until: float) -> None:
        """The provider said to wait: this chat, or (None) everybody, who then go on more slowly.

        It says so to each message that was under way; that is one flood, and slows us once.
        """
        others = [chat for chat, end in self._held.items() if chat != address and abs(end - until) < SAME_FLOOD]
        if address is None or others:
            if until > self.held_until + SAME_FLOOD:
                self._everybody.slow(until)
                if self._in_all:
                    self._in_all.slow(until, FOR_AN_ANSWER)
            self.held_until = max(self.held_until, until)
        if address is not None:
            self._held = {chat: end for chat, end in self._held.items() if end > until - REMEMBER_HOLD}
            self._held[address] = max(self._held.get(address, 0.0), until)

    def _bucket(self, address: str) -> Bucket:
        bucket = self._chats.pop(address, None) or self._new(address)
        self._chats[address] = bucket
        if len(self._chats) > REMEMBERED:
            self._chats.popitem(last=False)
        return bucket

    def _new(self, address: str) -> Bucket:
        limits = self._limits
        if limits.per_group is not None and address.startswith("-"):
            return Bucket(limits.per_group, limits.group_burst)
        return Bucket(limits.per_chat, limits.chat_burst)
