"""What was promised at a meeting: what, who, by when, and whether it was kept."""

from dataclasses import dataclass
from datetime import date, datetime

from storage.database.database import NotFound, Row, Transaction
from storage.database.moment import day, maybe, stamp


@dataclass(frozen=True, slots=True)
class Promise:
    """`who` is "office" or "organisation"."""

    id: int
    meeting_id: int
    what: str
    who: str
    due_on: date
    made_by: int
    kept_at: datetime | None


def read(row: Row) -> Promise:
    return Promise(
        row["id"],
        row["meeting_id"],
        row["what"],
        row["who"],
        day(row["due_on"]),
        row["made_by"],
        maybe(row["kept_at"]),
    )


def make(tx: Transaction, meeting_id: int, what: str, who: str, due_on: date, made_by: int, now: datetime) -> Promise:
    row = tx.one(
        """INSERT INTO promises (meeting_id, what, who, due_on, made_at, made_by)
        VALUES (:meeting, :what, :who, :due_on, :now, :made_by) RETURNING *""",
        meeting=meeting_id,
        what=what,
        who=who,
        due_on=due_on.isoformat(),
        made_by=made_by,
        now=stamp(now),
    )
    assert row is not None
    return read(row)


def get(tx: Transaction, promise_id: int) -> Promise:
    """Raises NotFound when there is none."""
    row = tx.one("SELECT * FROM promises WHERE id = :id", id=promise_id)
    if row is None:
        raise NotFound("no such promise")
    return read(row)


def of_meeting(tx: Transaction, meeting_id: int) -> list[Promise]:
    rows = tx.all("SELECT * FROM promises WHERE meeting_id = :meeting ORDER BY id", meeting=meeting_id)
    return [read(row) for row in rows]


def keep(tx: Transaction, promise_id: int, officer_id: int, now: datetime) -> bool:
    """True for the one officer who was first."""
    return (
        tx.run(
            "UPDATE promises SET kept_at = :now, kept_by = :officer WHERE id = :id AND kept_at IS NULL",
            id=promise_id,
            officer=officer_id,
            now=stamp(now),
        )
        == 1
    )
