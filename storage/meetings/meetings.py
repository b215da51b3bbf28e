"""Meetings and the slots they hold. The state is derived from times, never stored."""

import json
from dataclasses import asdict, dataclass, fields
from datetime import datetime

from storage.database.database import NotFound, Row, Transaction
from storage.database.moment import maybe, stamp
from storage.mail import outbox
from storage.meetings import slots


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


FIELDS = tuple(field.name for field in fields(Meeting))
TIMES = tuple(name for name in FIELDS if name.endswith(("_at", "_start", "_end")))
LISTS = ("attendees", "access")
RUNNING = "rejected_at IS NULL AND cancelled_at IS NULL AND held_at IS NULL AND missed_at IS NULL"


def read(row: Row) -> Meeting:
    values = {name: row[name] for name in FIELDS}
    values |= {name: maybe(row[name]) for name in TIMES}
    values |= {name: tuple(json.loads(row[name])) for name in LISTS}
    return Meeting(**values)


def get(tx: Transaction, meeting_id: int) -> Meeting:
    """Raises NotFound when there is none."""
    row = tx.one("SELECT * FROM meetings WHERE id = :id", id=meeting_id)
    if row is None:
        raise NotFound("no such meeting")
    return read(row)


def by_code(tx: Transaction, code: str) -> Meeting | None:
    row = tx.one("SELECT * FROM meetings WHERE code = :code", code=code)
    return None if row is None else read(row)


def found(tx: Transaction, condition: str, **values: object) -> list[Meeting]:
    return [read(row) for row in tx.all(f"SELECT * FROM meetings WHERE {condition}", **values)]


def of_person(tx: Transaction, person_id: int, at_most: int) -> list[Meeting]:
    """What a person asked for: what is still open first, of each the newest first."""
    order = f"ORDER BY CASE WHEN {RUNNING} THEN 0 ELSE 1 END, id DESC LIMIT :at_most"
    return found(tx, f"person_id = :person {order}", person=person_id, at_most=at_most)


def waiting(tx: Transaction, now: datetime) -> list[Meeting]:
    """What waits for the office, also because its proposal went by without an answer; the oldest first."""
    undecided = "approved_at IS NULL AND proposed_start IS NULL"
    lapsed = "proposed_start <= :now AND (approved_at IS NULL OR starts_at > :now)"
    return found(tx, f"{RUNNING} AND ({undecided} OR {lapsed}) ORDER BY requested_at, id", now=stamp(now))


def assigned(tx: Transaction, officer_id: int) -> list[Meeting]:
    """What one officer has in hand and is not over, the next first."""
    return found(tx, f"assigned_to = :officer AND {RUNNING} ORDER BY starts_at, id", officer=officer_id)


def unrecorded(tx: Transaction, now: datetime) -> list[Meeting]:
    """Approved and over, but nobody wrote down yet whether they came; the oldest first."""
    over = f"approved_at IS NOT NULL AND {RUNNING} AND starts_at <= :now ORDER BY starts_at, id"
    return found(tx, over, now=stamp(now))


def ahead(tx: Transaction, person_id: int, now: datetime) -> int:
    """How many open requests of a person hold a time that is still to come."""
    later = f"person_id = :person AND {RUNNING} AND (starts_at > :now OR proposed_start > :now)"
    return len(found(tx, later, person=person_id, now=stamp(now)))


def count(tx: Transaction, person_id: int) -> int:
    """How many requests a person ever made."""
    row = tx.one("SELECT count(*) AS n FROM meetings WHERE person_id = :person", person=person_id)
    return int(row["n"]) if row else 0


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
    values = asdict(asked) | {name: stamp(getattr(asked, name)) for name in ("starts_at", "ends_at")}
    values |= {name: json.dumps(getattr(asked, name), ensure_ascii=False) for name in LISTS}
    row = tx.one(
        """INSERT INTO meetings (code, person_id, organisation_id, purpose, host, topic, attendees, head_count,
          access, letter_id, starts_at, ends_at, requested_at)
        VALUES (:code, :person_id, :organisation_id, :purpose, :host, :topic, :attendees, :head_count,
          :access, :letter_id, :starts_at, :ends_at, :now) RETURNING *""",
        **values,
        code=next_code(tx),
        now=stamp(now),
    )
    assert row is not None
    meeting = read(row)
    slots.hold(tx, meeting.host, meeting.id, asked.starts_at, asked.ends_at)
    return meeting


OPEN = f"id = :id AND {RUNNING}"
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
    sql = f"UPDATE meetings SET rejected_at = :now, sequence = {NEXT} WHERE {OPEN} AND approved_at IS NULL"
    return tx.run(sql, id=meeting_id, now=stamp(now)) == 1


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
        outbox.take_back(tx, slots.subject(meeting.id), now)  # a reminder on its way would speak of the first time
        slots.hold(tx, meeting.host, meeting.id, starts_at, ends_at)
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
        slots.release(tx, meeting.id, now)
        slots.hold(tx, meeting.host, meeting.id, meeting.proposed_start, meeting.proposed_end)
    return bool(changed)


def decline(tx: Transaction, meeting: Meeting, now: datetime) -> bool:
    """The leader cannot come then: the request waits again with its first time, also when that was agreed before.

    The office asked to move, so nothing is agreed until it answers; both calendars are told (a new sequence).
    """
    changed = tx.run(
        f"""UPDATE meetings SET proposed_start = NULL, proposed_end = NULL, proposed_at = NULL,
          sequence = CASE WHEN approved_at IS NULL THEN sequence ELSE sequence + 1 END,
          approved_at = NULL, approved_by = NULL, confirmed_at = NULL
        WHERE {OPEN} AND proposed_start IS NOT NULL""",
        id=meeting.id,
    )
    if changed:
        slots.release(tx, meeting.id, now)
        slots.hold(tx, meeting.host, meeting.id, meeting.starts_at, meeting.ends_at)
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
        slots.release(tx, meeting.id, now)
        slots.hold(tx, meeting.host, meeting.id, starts_at, ends_at)
    return bool(changed)


def cancel(tx: Transaction, meeting_id: int, now: datetime) -> bool:
    changed = tx.run(
        f"UPDATE meetings SET cancelled_at = :now, sequence = {NEXT} WHERE {OPEN}", id=meeting_id, now=stamp(now)
    )
    if changed:
        slots.release(tx, meeting_id, now)
    return bool(changed)


def assign(tx: Transaction, meeting_id: int, officer_id: int) -> bool:
    return tx.run(f"UPDATE meetings SET assigned_to = :officer WHERE {OPEN}", id=meeting_id, officer=officer_id) == 1


def confirm(tx: Transaction, meeting_id: int, now: datetime) -> bool:
    """The leader says they will come."""
    sql = f"UPDATE meetings SET confirmed_at = :now WHERE {OPEN} AND approved_at IS NOT NULL"
    return tx.run(sql, id=meeting_id, now=stamp(now)) == 1


def record(tx: Transaction, meeting_id: int, came: bool, minutes: str | None, now: datetime) -> bool:
    """After the meeting: whether they came, and the minutes."""
    column = "held_at" if came else "missed_at"
    changed = tx.run(
        f"""UPDATE meetings SET {column} = :now, minutes = :minutes,
          proposed_start = NULL, proposed_end = NULL, proposed_at = NULL WHERE {OPEN} AND approved_at IS NOT NULL""",
        id=meeting_id,
        minutes=minutes,
        now=stamp(now),
    )
    if changed:
        slots.keep(tx, meeting_id, get(tx, meeting_id).starts_at)
    return bool(changed)
