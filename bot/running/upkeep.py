"""Everything that serves everybody goes on, whatever happens to it, until it is asked to end."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from bot.channels.channel import Unwelcome
from bot.settings import WrongSetting

LOG = logging.getLogger(__name__)
PAUSE, LONGEST = timedelta(seconds=2), timedelta(seconds=30)
"""Before what stumbled goes on; twice as long each time, up to this."""
WELL = 60.0
"""Seconds after which what goes on counts as well again."""


@dataclass
class Upkeep:
    """Starts again what stumbled, after a pause that grows."""

    ended: asyncio.Event
    """Set when it is time to go."""
    refused: WrongSetting | None = None
    """Why nothing may go on."""
    _resting: int = 0
    """How many parts stumbled and have not gone on yet."""
    _went_on: float | None = None
    """When the last of them did, on the loop's clock."""

    @property
    def stumbled(self) -> bool:
        """Whether something has, and has not gone on for a while since."""
        just = asyncio.get_running_loop().time() - PAUSE.total_seconds()
        return self._resting > 0 or (self._went_on is not None and self._went_on > just)

    async def go_on(self, work: Callable[[], Awaitable[None]]) -> None:
        """Until it ends by itself: a database that was away for a while is no reason to stay down."""
        pause, loop = PAUSE, asyncio.get_running_loop()
        while True:
            began = loop.time()
            try:
                return await work()
            except Unwelcome as refused:
                self.refused = WrongSetting(f"{refused}.")
                return self.ended.set()
            except (Exception, asyncio.CancelledError) as fault:
                if asked_to_end():
                    raise
                pause = PAUSE if loop.time() - began > WELL else pause
                LOG.error("%s stumbled (%s); going on in %d s", spoken(work), type(fault).__name__, pause.seconds)
                await self._rest(pause)
                pause = min(2 * pause, LONGEST)

    async def _rest(self, pause: timedelta) -> None:
        self._resting += 1
        try:
            await asyncio.sleep(pause.total_seconds())
        finally:
            self._resting -= 1
            self._went_on = asyncio.get_running_loop().time()


def asked_to_end() -> bool:
    """Whether somebody ended this task, rather than something in it that was waited for."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def spoken(work: Callable[[], Awaitable[None]]) -> str:
    """Its name for the log."""
    return str(getattr(work.func if isinstance(work, partial) else work, "__qualname__", "a door"))


async def ended(tasks: Sequence["asyncio.Task[None]"]) -> None:
    for task in tasks:
        task.cancel()
    for task in tasks:
        with suppress(asyncio.CancelledError, Exception):  # it is ended: what it died of was said before
            await task
