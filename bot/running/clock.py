"""The clock: ticks and nothing else. What is due is found in the database each time: a tick may be late or missed."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from bot.running.erasures import Erasures
from handlers.conversation.catalogue import Catalogue
from handlers.conversation.fault import told
from handlers.conversation.turn import Work
from handlers.identity.guesses import WITHIN
from handlers.office.profile import Office
from handlers.remind import due
from handlers.standing import keep
from storage.database.database import Database, Transaction
from storage.machine import jobs
from storage.mail import attachments, deliveries, inbox, outbox, transcript
from storage.people import chat_guesses, coarser, join_codes

if TYPE_CHECKING:
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

LOG = logging.getLogger(__name__)
REMIND_EVERY = 5
TIDY_EVERY = 600
"""Seconds between two looks."""
KEYS_KEPT = timedelta(days=30)
"""How long a provider's name of an arrival is remembered: far longer than any of them repeats one."""
STRANGERS_KEPT = timedelta(hours=1)
"""How long our own page shows its lines to someone who has not agreed."""
WHISPERS_KEPT = timedelta(minutes=10)
"""How long our own page shows the code of an anonymous report."""
MADE_KEPT = timedelta(days=1)
"""How long a file we made is kept once it was sent."""
BATCHES = 100
"""Rounds in one tick, each its own transaction: a long backlog never blocks the turns of people."""


@dataclass
class Clock:
    """Reminders every few seconds, tidying now and then."""

    database: Database
    office: Office
    catalogue: Catalogue
    now: Callable[[], datetime]
    raw_days: int
    spoke: Callable[[], None]
    """Called when something was written to the outbox."""
    erasures: Erasures | None = None
    """Where what was erased is written down, so that no copy brings it back."""
    _scheduler: "AsyncIOScheduler | None" = None

    def start(self) -> None:
        from apscheduler.schedulers.asyncio import AsyncIOScheduler  # 70 ms, after the doors are open

        from bot.running.ticks import Every

        one = {"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
        self._scheduler = scheduler = AsyncIOScheduler(timezone="UTC")
        scheduler.add_job(partial(self.quietly, self.remind), Every(REMIND_EVERY), **one)
        scheduler.add_job(partial(self.quietly, self.tidy), Every(TIDY_EVERY), **one)
        scheduler.start()

    def stop(self) -> None:
        scheduler, self._scheduler = self._scheduler, None
        if scheduler is not None:
            scheduler.shutdown(wait=False)

    async def quietly(self, work: Callable[[], Awaitable[None]]) -> None:
        """Nothing is raised into the scheduler: it clears the frames of a traceback, other people's among them.

        What was due is due still at the next tick.
        """
        try:
            await work()
        except Exception as fault:
            LOG.error("a tick stumbled (%s); what was due is looked for again", told(fault))

    async def watch(self) -> None:
        """Until cancelled: when the system's clock goes back, the ticks are set anew, or they would wait for it."""
        await self.database.transact(self._keep)
        last = self.now()
        while True:
            await asyncio.sleep(REMIND_EVERY)
            last, before = self.now(), last
            if last < before:
                LOG.warning("the system's clock went back; the ticks are set anew")
                await self.went_back()

    async def went_back(self) -> None:
        """Nothing waits for a time that comes a second time."""
        await self.database.transact(self._due_now)
        if self._scheduler is not None:
            self.stop()
            self.start()
        self.spoke()

    async def remind(self) -> None:
        """Everything that is due, in rounds."""
        for _ in range(BATCHES):
            if not await self.database.transact(lambda tx: due(Work(tx, self.office, self.catalogue, self.now()))):
                return
            self.spoke()

    async def tidy(self) -> None:
        """Forget what need not be kept."""
        emptied = await self.database.transact(self._tidy)
        if self.erasures is not None:
            await self.erasures.keep(self.database, self.now())
        if emptied:
            LOG.info("emptied %d old messages", emptied)

    def _due_now(self, tx: Transaction) -> None:
        now = self.now()
        for box in (outbox, attachments, jobs):
            box.due_now(tx, now)

    def _keep(self, tx: Transaction) -> None:
        keep(Work(tx, self.office, self.catalogue, self.now()))

    def _tidy(self, tx: Transaction) -> int:
        tx.leave_no_trace()
        self._keep(tx)
        now = self.now()
        old = now - timedelta(days=self.raw_days)
        join_codes.tidy(tx, old)
        chat_guesses.tidy(tx, now - WITHIN)
        coarser.widen(tx, now)
        deliveries.tidy(tx, old)
        transcript.forget_strangers(tx, now - STRANGERS_KEPT)
        transcript.forget_whispers(tx, now - WHISPERS_KEPT)
        transcript.tidy(tx, old)
        jobs.tidy(tx, now - MADE_KEPT, now)
        return inbox.tidy(tx, old, now - KEYS_KEPT) + outbox.tidy(tx, old)
