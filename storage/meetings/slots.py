"""Slots of hosts, held by meetings: one key makes two holders impossible."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from storage.database.database import Transaction
from storage.database.moment import moment, stamp
from storage.mail import outbox


@dataclass(frozen=True, slots=True)
class Slot:
    host: str
    starts_at: datetime
    ends_at: datetime
    meeting_id: int


def hold(tx: Transaction, host: str, meeting_id: int, starts_at: datetime, ends_at: datetime) -> None:
    """Hold a slot. The key (host, start) makes two holders of one slot impossible, whatever the callers do."""
    tx.run(
        "INSERT INTO slots VALUES (:host, :starts_at, :ends_at, :meeting)",
        host=host,
        starts_at=stamp(starts_at),
        ends_at=stamp(ends_at),
        meeting=meeting_id,
    )


def release(tx: Transaction, meeting_id: int, now: datetime) -> None:
    """Everything the meeting holds is free again at once, and what was about to be said of its time is taken back."""
    tx.run("DELETE FROM slots WHERE meeting_id = :id", id=meeting_id)
    outbox.take_back(tx, subject(meeting_id), now)


def keep(tx: Transaction, meeting_id: int, starts_at: datetime) -> None:
    """Only the slot it took place in stays; one that was merely offered is free again."""
    tx.run("DELETE FROM slots WHERE meeting_id = :id AND starts_at <> :kept", id=meeting_id, kept=stamp(starts_at))


def subject(meeting_id: int) -> str:
    """What an outgoing reminder of this meeting is about."""
    return f"meeting:{meeting_id}"


def between(tx: Transaction, first: date, last: date, zone: tzinfo | None) -> list[Slot]:
    """What is held from the first to the last day (inclusive) of the office's calendar."""
    rows = tx.all(
        "SELECT * FROM slots WHERE starts_at >= :start AND starts_at < :end",
        start=stamp(datetime.combine(first, time.min, zone)),
        end=stamp(datetime.combine(last + timedelta(days=1), time.min, zone)),
    )
    return [Slot(row["host"], moment(row["starts_at"]), moment(row["ends_at"]), row["meeting_id"]) for row in rows]
