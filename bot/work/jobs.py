"""Works off slow jobs beside the turns: reading in short transactions, drawing in a process that can be ended."""

import asyncio
import logging
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot import child
from bot.inbound.fetch import Shelf
from bot.work.announced import Announced
from bot.work.making import Making
from bot.work.recap import Recapping
from handlers.announcement.writing import table
from handlers.conversation.catalogue import Catalogue
from handlers.conversation.turn import Work
from handlers.office.profile import Office
from handlers.recap import ask
from storage.database.database import Database, Transaction
from storage.database.faults import of_the_database
from storage.machine import jobs
from storage.machine.jobs import Job

LOG = logging.getLogger(__name__)
EVERY = 1.0
"""Seconds between two looks."""
TRIES = 3
PAUSE = timedelta(seconds=10)
LEASE = timedelta(minutes=15)
"""After which a job counts as left by a process that died."""
LIMIT = 300.0
"""Seconds a child may take; a table of two hundred thousand lines takes about half of that."""
DRAW = (sys.executable, "-m", "bot.work.draw")
MAKERS: dict[str, type[Making]] = {ask.JOB: Recapping, table.JOB: Announced}


class Broken(Exception):
    """A child ended without having done its work."""


@dataclass
class Jobs:
    """One job at a time."""

    database: Database
    shelf: Shelf
    office: Office
    catalogue: Catalogue
    clock: Callable[[], datetime]
    spoke: Callable[[], None]
    program: Sequence[str] = DRAW
    limit: float = LIMIT

    async def work(self) -> None:
        """Until cancelled."""
        while True:
            if not await self.work_once():
                await asyncio.sleep(EVERY)

    async def work_once(self) -> bool:
        """The job that waits longest; False when none does. One that fails is tried again, then said to have failed."""
        now = self.clock()
        job = await self.database.transact(lambda tx: jobs.begin(tx, now, now + LEASE))
        if job is None:
            return False
        try:
            if job.attempts > TRIES:
                raise Broken("it ended our own process each time")
            await self.maker(job).make(job)
        except Exception as fault:
            LOG.error("job %d (%s), attempt %d: %s", job.id, job.kind, job.attempts, told_briefly(fault))
            failed = self._set_back if of_the_database(fault) else self._failed
            await self.database.transact(lambda tx: failed(tx, job))
        self.spoke()
        return True

    def maker(self, job: Job) -> Making:
        making = MAKERS[job.kind]
        return making(self.database, self.shelf, self.office, self.clock().tzinfo, self.told, self.draw)

    def told(self, tx: Transaction) -> Work:
        return Work(tx, self.office, self.catalogue, self.clock())

    def _set_back(self, tx: Transaction, job: Job) -> None:
        jobs.again(tx, job, self.clock() + PAUSE)

    def _failed(self, tx: Transaction, job: Job) -> None:
        if job.attempts >= TRIES:
            self.maker(job).give_up(tx, job)
        else:
            jobs.later(tx, job.id, self.clock() + job.attempts * PAUSE)

    async def draw(self, what: str, source: Path, to: Path) -> None:
        """Let a child do it. Raises Broken, and TimeoutError for one that takes too long; neither leaves it running."""
        learnt = {"MPLCONFIGDIR": str(self.shelf.folder.resolve() / "drawing")}  # what it knows about fonts
        ended = await child.run([*self.program, what, *child.absolute(source, to)], self.limit, learnt)
        if ended.status:
            raise Broken(f"status {ended.status}, {kind_of_fault(ended.complained)}")


def kind_of_fault(said: bytes) -> str:
    """The last line of a traceback without its words, which may hold what a person wrote."""
    lines = said.decode(errors="replace").strip().splitlines()
    return lines[-1].partition(":")[0] if lines else "no words"


def told_briefly(fault: Exception) -> str:
    return f"Broken: {fault}" if isinstance(fault, Broken) else type(fault).__name__
