"""What was erased stays erased: a list beside the key, outside every backup, replayed on a copy that is put back.

Each line is a hash under the office's key (bot/key.py). It tells nothing without the database it is about, and with it
only that somebody was erased, which the database tells as well.
"""

import logging
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.key import take_key
from bot.settings import Settings
from handlers.office.codes import sealed
from storage.database.database import Database, Transaction
from storage.database.moment import stamp
from storage.machine import drafts
from storage.meetings import history, meetings
from storage.people import erased, own_data
from storage.tickets import anonymity, emptying, events, queue, tickets
from storage.tickets.tickets import ANONYMOUS

LOG = logging.getLogger(__name__)
NAME = "erased.list"
DAY_BEFORE = timedelta(days=1)
"""What goes with a form that gives no name, as when it is sent."""


LONG_ENOUGH = timedelta(days=1)
"""Looked back each time: a turn may be committed later than its time, and a clock set right."""


@dataclass
class Erasures:
    """The list; `at` is its file."""

    at: Path
    _since: str = ""
    """When the database was asked last."""

    async def keep(self, database: Database, now: datetime) -> None:
        """Write down what was erased since the last time; at the start, everything that is not written down yet."""
        found = await database.transact(lambda tx: erased.gone(tx, self._since))
        try:
            self.write(map(sealed, found))
        except OSError as fault:
            LOG.error("%s cannot be written (%s): a copy that is put back brings the erased back", self.at, fault)
        else:
            self._since = stamp(now - LONG_ENOUGH)

    def write(self, hashes: Iterable[str]) -> None:
        """Append what is new, readable by its owner only, and on the disk before anybody relies on it."""
        new = set(hashes) - self.read()
        if not new:
            return
        self.at.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(self.at, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a") as kept:
            kept.writelines(f"{one}\n" for one in sorted(new))
            kept.flush()
            os.fsync(kept.fileno())

    def read(self) -> set[str]:
        return set(self.at.read_text().split()) if self.at.exists() else set()


def list_of(settings: Settings) -> Erasures:
    """Beside the key, whose hashes it holds; the key is read too, where there is one."""
    if settings.key_file.exists():
        take_key(settings.key_file)
    return Erasures(settings.key_file.with_name(NAME))


def replay(tx: Transaction, known: set[str], now: datetime) -> int:
    """Erase once more what was erased after this copy was made; how many people and tickets that were.

    A form without a name that was open in that moment goes too, with all that was said on the way to it.
    """
    tx.leave_no_trace()
    people = [person for mark, person in erased.people_here(tx).items() if sealed(mark) in known]
    for person in people:
        erase(tx, person, now)
    old = [ticket for mark, ticket in erased.tickets_here(tx).items() if sealed(mark) in known]
    for ticket in old:
        emptying.empty_one(tx, ticket, now)
    return len(people) + len(old) + drop_unnamed(tx, now)


def erase(tx: Transaction, person_id: int, now: datetime) -> None:
    """As /hapus does, with nobody to be told: what runs ends, and files lose their last owner and are swept."""
    own_data.erase(tx, person_id, now)
    for meeting in meetings.of_person(tx, person_id, 1000):
        if meeting.open and meetings.cancel(tx, meeting.id, now):
            history.add(tx, meeting.id, person_id, "cancelled", None, now)
    for ticket in queue.open_of_person(tx, person_id):
        tickets.close(tx, ticket.id, None, "withdrawn", now)
        events.add(tx, ticket.id, "withdrawn", now)


def drop_unnamed(tx: Transaction, now: datetime) -> int:
    """Open forms without a name, and the last day of the chats they were begun in."""
    found = [(draft, began) for draft, began in drafts.everybodys(tx) if draft.answers.get("privacy") == ANONYMOUS]
    for draft, began in found:
        drafts.close(tx, draft.id)
        anonymity.wipe(tx, draft.person_id, began - DAY_BEFORE, now)
        anonymity.wipe_files(tx, draft.person_id, began - DAY_BEFORE)
    return len(found)
