"""Whether the office lives, proved by work that moves: a row that comes back, and arrivals that do not grow old."""

import asyncio
import secrets
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import partial

from bot.running.upkeep import Upkeep
from storage.database import pulse
from storage.database.database import Database, Transaction
from storage.mail import inbox

PATIENCE = 3.0
"""Seconds the database gets to keep a row before we call ourselves not ready."""
SILENCE = 60.0
"""Seconds in which a database that does not hang answers somebody, be it with a refusal: for a lock it waits 10 itself,
for the network 30."""
GOOD_FOR = 1.0
"""Seconds a proof counts: whoever asks again and again does not keep the disk busy."""
ROOM = 8192
"""Bytes of a proof: two pages, so that it needs room of its own."""
LOOK_EVERY = 5.0
TOO_OLD = 60.0
"""Seconds an arrival may be the next in line before something must have stopped."""


def seconds() -> float:
    """The loop's clock: the system's may jump."""
    return asyncio.get_running_loop().time()


@dataclass
class Pulse:
    """Looks who is next in line, and proves on demand that a row can be kept."""

    database: Database
    channels: Collection[str]
    """Those that are served: nobody works off what came for another."""
    _next: int | None = None
    _since: float = 0.0
    """Since when that one is the next."""
    _proved: float = -GOOD_FOR
    _proving: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def work(self) -> None:
        """Until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(LOOK_EVERY)

    async def look(self) -> None:
        following = await self.database.transact(self._next_in_line)
        if following is None or following != self._next:
            self._next, self._since = following, seconds()

    def _next_in_line(self, tx: Transaction) -> int | None:
        return next((letter.id for letter in inbox.waiting(tx, list(self.channels), 1)), None)

    def stands_still(self) -> bool:
        """Whether the same arrival has been the next for too long."""
        return self._next is not None and seconds() - self._since > TOO_OLD

    async def hangs(self, upkeep: Upkeep) -> bool:
        """Whether something neither works nor says why: nothing but a new process would heal that.

        Who is refused goes on trying: on a full disk, behind a lock or without a database a new process could not even
        start, and would not be started again.
        """
        before = self.database.answers
        try:
            await self.prove(SILENCE)
        except TimeoutError:  # or many wait before us, each of them for a lock
            return self.database.answers == before
        except Exception:
            return False
        return self.stands_still() and not upkeep.stumbled

    async def prove(self, within: float = PATIENCE) -> bool:
        """Whether a row comes back as it was written, in so many seconds. Raises what the database says otherwise."""
        async with asyncio.timeout(within), self._proving:
            if seconds() - self._proved < GOOD_FOR:
                return True
            kept = await self.database.transact(partial(pulse.beat, proof=secrets.token_bytes(ROOM)))
            if kept:
                self._proved = seconds()
            return kept
