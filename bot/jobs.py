"""Works off slow jobs beside the turns: reading in short transactions, drawing in a process that can be ended."""

import asyncio
import logging
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.announced import Announced
from bot.fetch import Shelf
from bot.making import Making
from bot.recap import Recapping
from handlers.announcements import table
from handlers.conversation.catalogue import Catalogue
from handlers.conversation.turn import Work
from handlers.office import Office
from handlers.recap import ask
from storage import jobs
from storage.database import Database, Transaction
from storage.jobs import Job

LOG = logging.getLogger(__name__)
EVERY = 1.0
"""Seconds between two looks."""
TRIES = 3
PAUSE = timedelta(seconds=10)
LEASE = timedelta(minutes=15)
"""After which a job counts as left by a process that died."""
LIMIT = 300.0
"""Seconds a child may take; a table of two hundred thousand lines takes about half of that."""
DRAW = (sys.executable, "-m", "bot.draw")
ROOT = Path(__file__).parents[1]
MAKERS: dict[str, type[Making]] = {ask.JOB: Recapping, table.JOB: Announced}
KNOWN = ("PATH", "PYTHONPATH", "LANG", "SYSTEMROOT")
"""Variables a child needs: no token is among them."""


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
            await self.database.transact(lambda tx: self._failed(tx, job))
        self.spoke()
        return True

    def maker(self, job: Job) -> Making:
        making = MAKERS[job.kind]
        return making(self.database, self.shelf, self.office, self.clock().tzinfo, self.told, self.draw)

    def told(self, tx: Transaction) -> Work:
        return Work(tx, self.office, self.catalogue, self.clock())

    def _failed(self, tx: Transaction, job: Job) -> None:
        if job.attempts >= TRIES:
            self.maker(job).give_up(tx, job)
        else:
            jobs.later(tx, job.id, self.clock() + job.attempts * PAUSE)

    def surroundings(self) -> dict[str, str]:
        """What a child gets to know of our environment, and where it may keep what it learnt about fonts."""
        known = {name: os.environ[name] for name in KNOWN if name in os.environ}
        return known | {"MPLCONFIGDIR": str(self.shelf.folder.resolve() / "drawing")}

    async def draw(self, what: str, source: Path, to: Path) -> None:
        """Let a child do it. Raises Broken, and TimeoutError for one that takes too long; neither leaves it running."""
        child = await asyncio.create_subprocess_exec(
            *self.program,
            what,
            *absolute(source, to),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            cwd=ROOT,
            env=self.surroundings(),
        )
        try:
            async with asyncio.timeout(self.limit):
                _, said = await child.communicate()
        finally:
            if child.returncode is None:
                child.kill()
                await child.wait()
        if child.returncode:
            raise Broken(f"status {child.returncode}, {kind_of_fault(said)}")


def absolute(*files: Path) -> list[str]:
    """A child starts in another folder."""
    return [str(file.resolve()) for file in files]


def kind_of_fault(said: bytes) -> str:
    """The last line of a traceback without its words, which may hold what a person wrote."""
    lines = said.decode(errors="replace").strip().splitlines()
    return lines[-1].partition(":")[0] if lines else "no words"


def told_briefly(fault: Exception) -> str:
    return f"Broken: {fault}" if isinstance(fault, Broken) else type(fault).__name__
