"""How long `/antrean` and `/status` keep the database busy with a million tickets: the real turn, its SQL timed.

`python -m bench.queue`; how many tickets can be said: `python -m bench.queue 100000`.
"""

import asyncio
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from handlers import CATALOGUE, respond
from handlers.conversation.message import Incoming, Kind
from handlers.conversation.turn import Turn
from handlers.office.profile import load_office
from handlers.office.ticket_rules import KINDS
from handlers.tickets.kinds import KINDS as NAMED
from storage.database.database import Row, Transaction, open_sqlite
from storage.database.moment import stamp
from storage.ormas import organisations
from storage.people import people
from storage.people.people import Chat

T = TypeVar("T")
ORMAS, LEADERS, OFFICERS, OPEN_SHARE = 10_000, 20_000, 10, 0.02
ROUNDS, TOGETHER = 30, 10_000
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
ASKED = (
    "/antrean",
    "/antrean saya",
    "/antrean baru",
    "/antrean lewat",
    "/antrean kajen",
    "/antrean masukan",
    "/status",
)
OFFICE = load_office()


class Timed:
    """A transaction that knows how long its statements took."""

    dialect = "sqlite"

    def __init__(self, tx: Transaction) -> None:
        self._tx, self.seconds = tx, 0.0

    def _clocked(self, work: Callable[[], T]) -> T:
        began = perf_counter()
        try:
            return work()
        finally:
            self.seconds += perf_counter() - began

    def run(self, sql: str, **values: Any) -> int:
        return self._clocked(lambda: self._tx.run(sql, **values))

    def one(self, sql: str, **values: Any) -> Row | None:
        return self._clocked(lambda: self._tx.one(sql, **values))

    def all(self, sql: str, **values: Any) -> list[Row]:
        return self._clocked(lambda: self._tx.all(sql, **values))

    def leave_no_trace(self) -> None:
        self._tx.leave_no_trace()

    @contextmanager
    def attempt(self) -> Iterator[None]:
        with self._tx.attempt():
            yield


def settle_in(tx: Transaction) -> None:
    """Everybody there is."""
    for number in range(ORMAS):
        place = list(OFFICE.kecamatan)[number % len(OFFICE.kecamatan)]
        organisations.add(tx, f"Forum {number}", "skt", "sosial", place, None, NOW)
    for number in range(LEADERS):
        person = people.agree(tx, Chat("telegram", str(number)), OFFICE.privacy.version, "id", NOW)
        people.rename(tx, person.id, f"Pengurus {number}")
        organisations.join(tx, person.id, number % ORMAS + 1, "Ketua", NOW)
        if number < OFFICERS:
            for role in ("officer", "approver"):
                people.grant(tx, person.id, role, NOW)


def fill(tx: Transaction, first: int, last: int, dice: random.Random) -> None:
    for number in range(first, last):
        kind = dice.choice(KINDS)
        opened = NOW - timedelta(minutes=dice.randrange(5 * 365 * 24 * 60))
        due = opened + timedelta(days=20)
        running = dice.random() < OPEN_SHARE
        tx.run(
            """INSERT INTO tickets (id, code, kind, privacy, person_id, organisation_id, kecamatan, field, level,
              period, title, facts, opened_at, respond_by, due_at, responded_at, assigned_to, closed_at, result)
            VALUES (:id, :code, :kind, 'named', :person, :organisation, :kecamatan, 'sosial', '', '2026-2',
              'Lampu jalan mati', '{"Isi": "Lampu jalan mati"}', :opened, :opened, :due, :responded, :officer,
              :closed, :result)""",
            id=dice.randrange(10**15),
            code=f"{NAMED[kind].prefix}-{number + 1_000_000}",
            kind=kind,
            person=dice.randrange(LEADERS) + 1,
            organisation=dice.randrange(ORMAS) + 1,
            kecamatan=dice.choice(list(OFFICE.kecamatan)),
            opened=stamp(opened),
            due=stamp(due),
            responded=None if running and dice.random() < 0.5 else stamp(opened),
            officer=dice.randrange(OFFICERS) + 1 if not running or dice.random() < 0.5 else None,
            closed=None if running else stamp(due),
            result=None if running else "done",
        )


def ask(tx: Transaction, said: str, address: str) -> tuple[float, float]:
    """Milliseconds of the database, and of the whole turn."""
    timed = Timed(tx)
    began = perf_counter()
    chat = people.chat_of(timed, "telegram", address)
    incoming = Incoming("telegram", address, Kind.TEXT, text=said)
    turn = Turn(timed, OFFICE, CATALOGUE, NOW, incoming, chat, people.get(timed, chat.person_id or 0))
    respond(turn, "")
    return timed.seconds * 1000, (perf_counter() - began) * 1000


async def measure(tickets: int, folder: Path) -> None:
    database = await open_sqlite(folder / "queue.db")
    dice = random.Random(26)
    try:
        await database.transact(settle_in)
        for first in range(0, tickets, TOGETHER):
            await database.transact(partial(fill, first=first, last=min(first + TOGETHER, tickets), dice=dice))
        print(f"{tickets} tickets, {OPEN_SHARE:.0%} open, {ORMAS} ormas; median and worst of {ROUNDS}, in ms")
        print(f"{'':20}{'database':>18}{'whole turn':>18}")
        for said in ASKED:
            turns = [partial(ask, said=said, address=str(number % OFFICERS)) for number in range(ROUNDS)]
            taken = [await database.transact(turn) for turn in turns]
            busy, whole = [b for b, _ in taken], [w for _, w in taken]
            print(f"{said:20}{median(busy):>9.2f}{max(busy):>9.2f}{median(whole):>9.2f}{max(whole):>9.2f}")
    finally:
        await database.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        asyncio.run(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000, Path(made)))
