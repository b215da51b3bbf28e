"""An inbox without a database: it keeps, or it says that the disk is full."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from storage.mail.inbox import Arrival
from tests.loopback.chats import Bell


@dataclass
class Inbox:
    """Keeps what arrives, each key once; the first `failing` times the disk is full."""

    failing: int = 0
    kept: dict[str, bytes] = field(default_factory=dict)
    times: int = 0
    bell: Bell = field(default_factory=Bell)

    async def __call__(self, arrivals: Sequence[Arrival]) -> None:
        self.times += 1
        self.bell.ring()
        if self.times <= self.failing:
            raise OSError("disk full")
        self.kept |= {arrival.key: arrival.raw for arrival in arrivals}

    async def has(self, *numbers: int) -> None:
        async with asyncio.timeout(5):
            while not {str(number) for number in numbers} <= self.kept.keys():
                await self.bell.wait()
