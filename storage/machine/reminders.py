"""Timers as rows. `basis` is the fact a reminder was made for; when that fact has changed, the reminder is void."""

from dataclasses import dataclass
from datetime import datetime

from storage.database.database import Row, Transaction
from storage.database.moment import moment, stamp


@dataclass(frozen=True, slots=True)
class Reminder:
    id: int
    kind: str
    subject_id: int
    basis: str
    due_at: datetime


def read(row: Row) -> Reminder:
    return Reminder(row["id"], row["kind"], row["subject_id"], row["basis"], moment(row["due_at"]))


def set(tx: Transaction, kind: str, subject_id: int, basis: str, due_at: datetime) -> None:
    """Set a timer; setting the same one twice sets one."""
    tx.run(
        """INSERT INTO reminders (kind, subject_id, basis, due_at) VALUES (:kind, :subject, :basis, :due_at)
        ON CONFLICT DO NOTHING""",
        kind=kind,
        subject=subject_id,
        basis=basis,
        due_at=stamp(due_at),
    )


def due(tx: Transaction, now: datetime, at_most: int = 100) -> list[Reminder]:
    """What is due and not done, the oldest first."""
    rows = tx.all(
        "SELECT * FROM reminders WHERE done_at IS NULL AND due_at <= :now ORDER BY due_at, id LIMIT :at_most",
        now=stamp(now),
        at_most=at_most,
    )
    return [read(row) for row in rows]


def due_of_kind(tx: Transaction, kind: str, now: datetime, at_most: int = 100) -> list[Reminder]:
    """Only what cannot wait until the morning."""
    rows = tx.all(
        """SELECT * FROM reminders WHERE done_at IS NULL AND due_at <= :now AND kind = :kind
        ORDER BY due_at, id LIMIT :at_most""",
        kind=kind,
        now=stamp(now),
        at_most=at_most,
    )
    return [read(row) for row in rows]


def waiting(tx: Transaction, kind: str, subject_id: int, basis: str) -> list[Reminder]:
    """What is still to come about one fact of a record, the next first."""
    rows = tx.all(
        """SELECT * FROM reminders WHERE kind = :kind AND subject_id = :subject AND basis = :basis
        AND done_at IS NULL ORDER BY due_at""",
        kind=kind,
        subject=subject_id,
        basis=basis,
    )
    return [read(row) for row in rows]


def done(tx: Transaction, reminder_id: int, outcome: str, now: datetime) -> None:
    """Once and for all: a clock that jumps back finds nothing to do again."""
    tx.run(
        "UPDATE reminders SET done_at = :now, outcome = :outcome WHERE id = :id AND done_at IS NULL",
        id=reminder_id,
        outcome=outcome,
        now=stamp(now),
    )
