"""How fast we may speak: for the whole channel, and in one chat."""

from collections import OrderedDict
from dataclasses import dataclass, field


@dataclass
class Bucket:
    """A token bucket: `rate` a second, `burst` at once. Times are seconds of a steady clock."""

    rate: float
    burst: float
    level: float = field(init=False)
    at: float = 0.0

    def __post_init__(self) -> None:
        self.level = self.burst

    def wait(self, now: float) -> float:
        """Seconds until one may be taken. Only looks: what is not sent must not count."""
        self.level = min(self.burst, self.level + max(0.0, now - self.at) * self.rate)
        self.at = max(now, self.at)
        return max(0.0, (1 - self.level) / self.rate)

    def take(self) -> None:
        """One is used; who comes next waits for it."""
        self.level -= 1


@dataclass(frozen=True)
class Limits:
    """What a provider allows. Bulk and notices get a share of `per_second`; replies obey the chat's own pace, and
    `in_all` where the provider counts strictly."""

    per_second: float
    per_chat: float
    chat_burst: float
    per_group: float | None = None
    group_burst: float = 5
    """Of a chat whose address starts with "-" (Telegram's groups)."""
    in_all: float | None = None
    in_all_burst: float = 16
    """Messages a second of every kind, and so many at once."""


TELEGRAM = Limits(per_second=30 * 0.8, per_chat=1.0, chat_burst=20, per_group=20 / 60)
"""About 30 messages a second, 1 a second in a chat, 20 a minute in a group, short bursts allowed (Bot FAQ, "My bot is
hitting limits").

A fifth of the rate stays free for replies."""
WHATSAPP = Limits(per_second=80 * 0.6, per_chat=1 / 6, chat_burst=45, in_all=50, in_all_burst=10)
"""80 messages a second from a number, one in six seconds to the same person, 45 at once (Cloud API, throughput and
pair rate limits). What goes over is refused for everybody, so a
third stays unused: after a pause of the machine several go at once."""
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
        self._everybody = Bucket(limits.per_second, limits.per_second)
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

    def take(self, address: str, bulk: bool) -> None:
        """This chat is written to, now or after the wait."""
        self._bucket(address).take()
        if bulk:
            self._everybody.take()
        if self._in_all:
            self._in_all.take()

    def hold(self, address: str | None, until: float) -> None:
        """The provider said to wait: this chat, or (None) everybody."""
        others = [chat for chat, end in self._held.items() if chat != address and abs(end - until) < SAME_FLOOD]
        if address is None or others:
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
