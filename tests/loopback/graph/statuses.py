"""What Meta tells later about a message of ours: sent, delivered, read or failed, in any order."""

import asyncio
import random
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum

from .errors import Json
from .shapes import Line, Names, status_value
from .webhook import Webhook
from .window import MovableClock

BEFORE_THE_ANSWER = 1.0
"""Seconds the HTTP answer waits for the statuses that are to come before it."""


class Order(Enum):
    """How the statuses of one message come."""

    IN_ORDER = "sent, delivered, read"
    REVERSED = "read, delivered, sent"
    SHUFFLED = "by chance"
    DUPLICATED = "each of them twice"
    EARLY = "in order, before the HTTP answer"
    TOGETHER = "all in one POST"
    NEVER = "not at all"


@dataclass(frozen=True, slots=True)
class Sent:
    """A message of ours that was taken; `failure` is why it will not arrive."""

    wamid: str
    person: int | None
    names: Names
    by_number: bool
    data: str | None
    failure: int | None = None


@dataclass(slots=True)
class _Planned:
    error: int
    person: int | None
    times: int


class Statuses:
    """`order` and `reads` hold for what is sent from then on; `told` is every status, as it was first meant."""

    def __init__(self, webhook: Webhook, line: Line, clock: MovableClock, seed: int = 0) -> None:
        self.order, self.reads = Order.IN_ORDER, True
        self.told: list[tuple[str, str]] = []
        self._webhook, self._line, self._clock = webhook, line, clock
        self._dice = random.Random(seed)
        self._planned: list[_Planned] = []

    def fails(self, error: int, *, person: int | None = None, times: int = 1) -> None:
        """The next messages (to this person) are taken with 200 and fail later with this error."""
        self._planned.append(_Planned(error, person, times))

    def planned_failure(self, person: int | None) -> int | None:
        for planned in self._planned:
            if planned.person in (None, person):
                planned.times -= 1
                if planned.times <= 0:
                    self._planned.remove(planned)
                return planned.error
        return None

    async def follow(self, sent: Sent) -> None:
        """Start telling; returns at once, unless the statuses are to come before the HTTP answer."""
        states = ["failed"] if sent.failure is not None else ["sent", "delivered"] + ["read"] * self.reads
        if self.order is Order.NEVER:
            return
        self.told += [(sent.wamid, state) for state in states]
        task = self._webhook.run(self._tell(self._parcels(sent, states)))
        if self.order is Order.EARLY:
            with suppress(TimeoutError):
                await asyncio.wait_for(asyncio.shield(task), BEFORE_THE_ANSWER)

    def _parcels(self, sent: Sent, states: list[str]) -> list[bytes]:
        values = [self._value(sent, state) for state in states]
        if self.order is Order.TOGETHER:
            return [self._webhook.parcel([("messages", value) for value in values])]
        if self.order is Order.REVERSED:
            values.reverse()
        elif self.order is Order.SHUFFLED:
            self._dice.shuffle(values)
        elif self.order is Order.DUPLICATED:
            values = [value for value in values for _ in range(2)]
        return [self._webhook.parcel([("messages", value)]) for value in values]

    def _value(self, sent: Sent, state: str) -> Json:
        status: Json = {"id": sent.wamid, "status": state, "timestamp": self._clock.stamp}
        if sent.data is not None:
            status["biz_opaque_callback_data"] = sent.data
        return status_value(self._line, sent.names, sent.by_number, status, sent.failure)

    async def _tell(self, parcels: Sequence[bytes]) -> None:
        for parcel in parcels:
            await self._webhook.deliver(parcel)
