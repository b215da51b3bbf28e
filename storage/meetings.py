"""Meetings and the slots they hold. The state is derived from times, never stored."""

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from storage import outbox
from storage.database import NotFound, Row, Transaction
from storage.moment import maybe, moment, stamp


@dataclass(frozen=True, slots=True)
class Slot:
    host: str
    starts_at: datetime
    ends_at: datetime
    meeting_id: int


@dataclass(frozen=True, slots=True)
class Meeting:
    """One request and all that came of it."""

    id: int
    code: str
    person_id: int
    organisation_id: int
    purpose: str
    host: str
    topic: str
    attendees: tuple[str, ...]
    head_count: int
    access: tuple[str, ...]
    letter_id: int | None
    starts_at: datetime
    ends_at: datetime
    requested_at: datetime
    sequence: int
    assigned_to: int | None
    approved_at: datetime | None
    approved_by: int | None
    proposed_start: datetime | None
    proposed_end: datetime | None
    rejected_at: datetime | None
    cancelled_at: datetime | None
    confirmed_at: datetime | None
    held_at: datetime | None
    missed_at: datetime | None
    minutes: str | None

    @property
    def state(self) -> str:
        """One word, derived: what happened last decides."""
        if self.cancelled_at:
            return "cancelled"
        if self.rejected_at:
            return "rejected"
        if self.held_at:
            return "held"
        if self.missed_at:
            return "missed"
        if self.proposed_start:
            return "proposed"
        return "approved" if self.approved_at else "waiting"

    @property
    def open(self) -> bool:
        return self.state in ("waiting", "proposed", "approved")


@dataclass(frozen=True, slots=True)
class Request:
    """What a leader asks for."""

    person_id: int
    organisation_id: int
    purpose: str
    host: str
    topic: str
    attendees: tuple[str, ...]
    head_count: int
    access: tuple[str, ...]
    letter_id: int | None
    starts_at: datetime
    ends_at: datetime


def read(row: Row) -> Meeting:
    return Meeting(
        id=row["id"],
        code=row["code"],
        person_id=row["person_id"],
        organisation_id=row["organisation_id"],
        purpose=row["purpose"],
        host=row["host"],
        topic=row["topic"],
        attendees=tuple(json.loads(row["attendees"])),
        head_count=row["head_count"],
        access=tuple(json.loads(row["access"])),
        letter_id=row["letter_id"],
        starts_at=moment(row["starts_at"]),
        ends_at=moment(row["ends_at"]),
        requested_at=moment(row["requested_at"]),
        sequence=row["sequence"],
        assigned_to=row["assigned_to"],
        approved_at=maybe(row["approved_at"]),
        approved_by=row["approved_by"],
        proposed_start=maybe(row["proposed_start"]),
        proposed_end=maybe(row["proposed_end"]),
        rejected_at=maybe(row["rejected_at"]),
        cancelled_at=maybe(row["cancelled_at"]),
        confirmed_at=maybe(row["confirmed_at"]),
        held_at=maybe(row["held_at"]),
        missed_at=maybe(row["missed_at"]),
        minutes=row["minutes"],
    )


def get(tx: Transaction, meeting_id: int) -> Meeting:
    """Raises NotFound when there is none."""
    row = tx.one("SELECT * FROM meetings WHERE id = :id", id=meeting_id)
    if row is None:
        raise NotFound("no such meeting")
    return read(row)


def by_code(tx: Transaction, code: str) -> Meeting | None:
    row = tx.one("SELECT * FROM meetings WHERE code = :code", code=code)
    return None if row is None else read(row)


def of_person(tx: Transaction, person_id: int, at_most: int) -> list[Meeting]:
    rows = tx.all(
        "SELECT * FROM meetings WHERE person_id = :person ORDER BY id DESC LIMIT :at_most",
        person=person_id,
        at_most=at_most,
    )
    return [read(row) for row in rows]


def waiting(tx: Transaction) -> list[Meeting]:
    """What waits for the office, the oldest first."""
    rows = tx.all(
        """SELECT * FROM meetings WHERE approved_at IS NULL AND rejected_at IS NULL AND cancelled_at IS NULL
        AND held_at IS NULL AND missed_at IS NULL AND proposed_start IS NULL ORDER BY requested_at, id"""
    )
    return [read(row) for row in rows]


def unrecorded(tx: Transaction, now: datetime) -> list[Meeting]:
    """Approved and over, but nobody wrote down yet whether they came; the oldest first."""
    rows = tx.all(
        """SELECT * FROM meetings WHERE approved_at IS NOT NULL AND rejected_at IS NULL AND cancelled_at IS NULL
        AND held_at IS NULL AND missed_at IS NULL AND proposed_start IS NULL AND starts_at <= :now
        ORDER BY starts_at, id""",
        now=stamp(now),
    )
    return [read(row) for row in rows]


def next_code(tx: Transaction) -> str:
    """`AUD-0147`: one more than the last, never used again."""
    row = tx.one(
        """INSERT INTO counters VALUES ('AUD', 1)
        ON CONFLICT (name) DO UPDATE SET last = counters.last + 1 RETURNING last"""
    )
    assert row is not None
    return f"AUD-{row['last']:04d}"


def request(tx: Transaction, asked: Request, now: datetime) -> Meeting:
    """Record a request and hold its slot."""
    row = tx.one(
        """INSERT INTO meetings (code, person_id, organisation_id, purpose, host, topic, attendees, head_count,
          access, letter_id, starts_at, ends_at, requested_at)
        VALUES (:code, :person, :organisation, :purpose, :host, :topic, :attendees, :head_count,
          :access, :letter, :starts_at, :ends_at, :now) RETURNING *""",
        code=next_code(tx),
        person=asked.person_id,
        organisation=asked.organisation_id,
        purpose=asked.purpose,
        host=asked.host,
        topic=asked.topic,
        attendees=json.dumps(asked.attendees, ensure_ascii=False),
        head_count=asked.head_count,
        access=json.dumps(asked.access),
        letter=asked.letter_id,
        starts_at=stamp(asked.starts_at),
        ends_at=stamp(asked.ends_at),
        now=stamp(now),
    )
    assert row is not None
    meeting = read(row)
    hold(tx, meeting, asked.starts_at, asked.ends_at)
    return meeting


def hold(tx: Transaction, meeting: Meeting, starts_at: datetime, ends_at: datetime) -> None:
    """Hold a slot. The key (host, start) makes two holders of one slot impossible, whatever the callers do."""
    tx.run(
        "INSERT INTO slots VALUES (:host, :starts_at, :ends_at, :meeting)",
        host=meeting.host,
        starts_at=stamp(starts_at),
        ends_at=stamp(ends_at),
        meeting=meeting.id,
    )


def release(tx: Transaction, meeting_id: int, now: datetime) -> None:
    """Everything the meeting holds is free again at once, and what was about to be said of its time is taken back."""
    tx.run("DELETE FROM slots WHERE meeting_id = :id", id=meeting_id)
    outbox.take_back(tx, subject(meeting_id), now)


def subject(meeting_id: int) -> str:
    """What an outgoing reminder of this meeting is about."""
    return f"meeting:{meeting_id}"


def slots_between(tx: Transaction, first: date, last: date, zone: tzinfo | None) -> list[Slot]:
    """What is held from the first to the last day (inclusive) of the office's calendar."""
    rows = tx.all(
        "SELECT * FROM slots WHERE starts_at >= :start AND starts_at < :end",
        start=stamp(datetime.combine(first, time.min, zone)),
        end=stamp(datetime.combine(last + timedelta(days=1), time.min, zone)),
    )
    return [Slot(row["host"], moment(row["starts_at"]), moment(row["ends_at"]), row["meeting_id"]) for row in rows]


OPEN = "id = :id AND rejected_at IS NULL AND cancelled_at IS NULL AND held_at IS NULL AND missed_at IS NULL"
"""Every change is compare-and-set: it says which state it starts from; the second of two finds nothing to change."""

NEXT = "sequence + CASE WHEN approved_at IS NULL AND sequence = 0 THEN 0 ELSE 1 END"
"""The number of the next calendar file: nought until the first one was sent, then one more with every change."""


def approve(tx: Transaction, meeting_id: int, officer_id: int, now: datetime) -> bool:
    return (
        tx.run(
            f"""UPDATE meetings SET approved_at = :now, approved_by = :officer, sequence = {NEXT}
        WHERE {OPEN} AND approved_at IS NULL AND proposed_start IS NULL""",
            id=meeting_id,
            officer=officer_id,
            now=stamp(now),
        )
        == 1
    )


def reject(tx: Transaction, meeting_id: int, now: datetime) -> bool:
    return (
        tx.run(
            f"UPDATE meetings SET rejected_at = :now, sequence = {NEXT} WHERE {OPEN} AND approved_at IS NULL",
            id=meeting_id,
            now=stamp(now),
        )
        == 1
    )


def propose(
    tx: Transaction, meeting: Meeting, starts_at: datetime, ends_at: datetime, officer_id: int, now: datetime
) -> bool:
    """Offer another time; both the old and the new slot are held until the leader answers."""
    changed = tx.run(
        f"""UPDATE meetings SET proposed_at = :now, proposed_start = :starts_at, proposed_end = :ends_at,
          assigned_to = :officer WHERE {OPEN} AND proposed_start IS NULL""",
        id=meeting.id,
        starts_at=stamp(starts_at),
        ends_at=stamp(ends_at),
        officer=officer_id,
        now=stamp(now),
    )
    if changed:
        hold(tx, meeting, starts_at, ends_at)
    return bool(changed)


def accept(tx: Transaction, meeting: Meeting, now: datetime) -> bool:
    """The leader takes the offered time: it is agreed by both sides, so it is approved."""
    changed = tx.run(
        f"""UPDATE meetings SET starts_at = proposed_start, ends_at = proposed_end, approved_at = :now,
          approved_by = assigned_to, confirmed_at = NULL,
          sequence = {NEXT}, proposed_start = NULL, proposed_end = NULL, proposed_at = NULL
        WHERE {OPEN} AND proposed_start IS NOT NULL""",
        id=meeting.id,
        now=stamp(now),
    )
    if changed and meeting.proposed_start and meeting.proposed_end:
        release(tx, meeting.id, now)
        hold(tx, meeting, meeting.proposed_start, meeting.proposed_end)
    return bool(changed)


def decline(tx: Transaction, meeting: Meeting, now: datetime) -> bool:
    """The leader cannot come then: the request waits again with its first time."""
    changed = tx.run(
        f"""UPDATE meetings SET proposed_start = NULL, proposed_end = NULL, proposed_at = NULL
        WHERE {OPEN} AND proposed_start IS NOT NULL""",
        id=meeting.id,
    )
    if changed:
        release(tx, meeting.id, now)
        hold(tx, meeting, meeting.starts_at, meeting.ends_at)
    return bool(changed)


def reschedule(tx: Transaction, meeting: Meeting, starts_at: datetime, ends_at: datetime, now: datetime) -> bool:
    """The leader moves it: it waits for the office again, its old slot is free at once."""
    changed = tx.run(
        f"""UPDATE meetings SET starts_at = :starts_at, ends_at = :ends_at, approved_at = NULL, approved_by = NULL,
          confirmed_at = NULL, proposed_start = NULL, proposed_end = NULL, proposed_at = NULL,
          sequence = {NEXT} WHERE {OPEN}""",
        id=meeting.id,
        starts_at=stamp(starts_at),
        ends_at=stamp(ends_at),
    )
    if changed:
        release(tx, meeting.id, now)
        hold(tx, meeting, starts_at, ends_at)
    return bool(changed)


def cancel(tx: Transaction, meeting_id: int, now: datetime) -> bool:
    changed = tx.run(
        f"UPDATE meetings SET cancelled_at = :now, sequence = {NEXT} WHERE {OPEN}", id=meeting_id, now=stamp(now)
    )
    if changed:
        release(tx, meeting_id, now)
    return bool(changed)


def assign(tx: Transaction, meeting_id: int, officer_id: int) -> bool:
    return tx.run(f"UPDATE meetings SET assigned_to = :officer WHERE {OPEN}", id=meeting_id, officer=officer_id) == 1


def confirm(tx: Transaction, meeting_id: int, now: datetime) -> bool:
    """The leader says they will come."""
    return (
        tx.run(
            f"UPDATE meetings SET confirmed_at = :now WHERE {OPEN} AND approved_at IS NOT NULL",
            id=meeting_id,
            now=stamp(now),
        )
        == 1
    )


def record(tx: Transaction, meeting_id: int, came: bool, minutes: str | None, now: datetime) -> bool:
    """After the meeting: whether they came, and the minutes."""
    column = "held_at" if came else "missed_at"
    return (
        tx.run(
            f"UPDATE meetings SET {column} = :now, minutes = :minutes WHERE {OPEN} AND approved_at IS NOT NULL",
            id=meeting_id,
            minutes=minutes,
            now=stamp(now),
        )
        == 1
    )
