"""What the ledger tells: counts while it runs, and line by line afterwards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from storage.database.database import Row, Transaction
from storage.database.moment import maybe

WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many lines ended how. `by_channel`: messenger to outcome to number; "" is for those without a messenger."""

    by_channel: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    delivered: int = 0
    read: int = 0
    answered: int = 0

    def of(self, outcome: str) -> int:
        return sum(told.get(outcome, 0) for told in self.by_channel.values())

    @property
    def listed(self) -> int:
        return sum(sum(told.values()) for told in self.by_channel.values())

    @property
    def waiting(self) -> int:
        return self.of(WAITING)

    @property
    def sent(self) -> int:
        return self.of("sent")

    @property
    def failed(self) -> int:
        return self.of("failed")

    @property
    def unknown(self) -> int:
        return self.of("unknown")

    @property
    def tried(self) -> int:
        """What the network was asked to take."""
        return self.sent + self.failed + self.unknown


def counts(tx: Transaction, broadcast_id: int) -> Counts:
    """Read from indexes alone: some milliseconds for ten thousand lines, a third of a second for a million."""
    rows = tx.all(
        """SELECT outcome, channel, count(*) AS n FROM recipients WHERE broadcast_id = :id
        GROUP BY broadcast_id, outcome, channel""",
        id=broadcast_id,
    )
    told: dict[str, dict[str, int]] = {}
    for row in rows:
        told.setdefault(row["channel"] or "", {})[row["outcome"] or WAITING] = int(row["n"])
    more = [number(tx, broadcast_id, f"{fact} IS NOT NULL") for fact in ("delivered_at", "read_at", "answer")]
    return Counts(told, *more)


def number(tx: Transaction, broadcast_id: int, fact: str) -> int:
    row = tx.one(f"SELECT count(*) AS n FROM recipients WHERE broadcast_id = :id AND {fact}", id=broadcast_id)
    return int(row["n"]) if row else 0


def answers(tx: Transaction, broadcast_id: int) -> dict[str, int]:
    """How many gave which answer."""
    rows = tx.all(
        """SELECT answer, count(*) AS n FROM recipients WHERE broadcast_id = :id AND answer IS NOT NULL
        GROUP BY answer ORDER BY answer""",
        id=broadcast_id,
    )
    return {row["answer"]: int(row["n"]) for row in rows}


@dataclass(frozen=True, slots=True)
class Line:
    """One recipient by name. `sent_at` is when it was settled, however that was."""

    id: int
    person_id: int
    name: str | None
    channel: str | None
    outcome: str
    reason: str | None
    sent_at: datetime | None
    delivered_at: datetime | None
    read_at: datetime | None
    answer: str | None
    answered_at: datetime | None


def read(row: Row) -> Line:
    same = {name: row[name] for name in ("id", "person_id", "name", "channel", "outcome", "reason", "answer")}
    times: dict[str, Any] = {name: maybe(row[name]) for name in ("delivered_at", "read_at", "answered_at")}
    return Line(sent_at=maybe(row["settled_at"]), **same, **times)


COLUMNS = """r.id, r.person_id, p.name, r.channel, coalesce(r.outcome, 'waiting') AS outcome, r.reason, r.settled_at,
  r.delivered_at, r.read_at, r.answer, r.answered_at"""


def lines(
    tx: Transaction, broadcast_id: int, after: int = 0, at_most: int = 500, outcomes: Sequence[str] = ()
) -> list[Line]:
    """A page of lines in their order, those after the line `after`; only of these outcomes, if some are named."""
    named = {f"o{place}": outcome for place, outcome in enumerate(outcomes)}
    which = f"r.outcome IN ({', '.join(f':{name}' for name in named)})" if named else "1 = 1"
    return page(tx, broadcast_id, which, after, at_most, named)


def silent(tx: Transaction, broadcast_id: int, after: int = 0, at_most: int = 500) -> list[Line]:
    """Who has not answered: those it reached and those it did not."""
    return page(tx, broadcast_id, "r.answer IS NULL", after, at_most, {})


def unsure(tx: Transaction, broadcast_id: int, after: int = 0, at_most: int = 500) -> list[Line]:
    """Of whom nobody can say whether it arrived: it is not sent to them again by itself."""
    return lines(tx, broadcast_id, after, at_most, ("unknown",))


def page(
    tx: Transaction, broadcast_id: int, which: str, after: int, at_most: int, values: Mapping[str, str]
) -> list[Line]:
    sql = f"""SELECT {COLUMNS} FROM recipients r JOIN people p ON p.id = r.person_id
      WHERE r.broadcast_id = :id AND r.id > :after AND {which} ORDER BY r.id LIMIT :at_most"""
    return [read(row) for row in tx.all(sql, id=broadcast_id, after=after, at_most=at_most, **values)]
