"""Feeds announcements: one small step in a transaction of its own, again and again, between the turns of people."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.channels.channel import Channel
from bot.outbound.pace import Limits
from handlers.announcement.running import run
from handlers.conversation.catalogue import Catalogue
from handlers.conversation.turn import Work
from handlers.office.profile import Office
from storage.broadcasts import messengers
from storage.broadcasts.messengers import Messenger
from storage.database.database import Database, Transaction

EVERY = 0.5
"""Seconds between two looks while nothing is pressing; what waits in the outbox lasts longer than that."""
SAID_EVERY = 60.0
"""Seconds between two times we say which messengers serve."""
BREATH = 0.02
"""Seconds between two steps of a long list: whoever wrote meanwhile has their turn."""


@dataclass
class Feeder:
    """Keeps what is decided going; holds nothing in memory."""

    database: Database
    channels: Mapping[str, Channel]
    limits: Mapping[str, Limits]
    office: Office
    catalogue: Catalogue
    clock: Callable[[], datetime]
    spoke: Callable[[], None]
    """Called when something may have been written to the outbox."""

    async def work(self) -> None:
        """Until cancelled."""
        said = -SAID_EVERY
        while True:
            if (now := asyncio.get_running_loop().time()) - said >= SAID_EVERY:
                await self.database.transact(self.say_what_serves)
                said = now
            more = await self.step()
            self.spoke()
            await asyncio.sleep(BREATH if more else EVERY)

    async def step(self) -> bool:
        """One step; whether there is more to do at once."""
        return await self.database.transact(self._step)

    def _step(self, tx: Transaction) -> bool:
        return run.turn(Work(tx, self.office, self.catalogue, self.clock()))

    def say_what_serves(self, tx: Transaction) -> None:
        """Which messengers there are, and what each allows: plans are made from it."""
        messengers.set(tx, [self._described(channel) for channel in self.channels.values()], self.clock())

    def _described(self, channel: Channel) -> Messenger:
        window = channel.rules.window
        return Messenger(
            channel.name,
            int(self.limits[channel.name].per_second),
            channel.rules.reach,
            None if window is None else int(window.total_seconds() // 3600),
            channel.edits,
        )
