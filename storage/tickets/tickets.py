"""Tickets: what an ormas sent and what the office does with it. The state is derived from times, never stored."""

import json
import secrets
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from storage.database.database import NotFound, Row, Transaction
from storage.database.moment import day, hour_of, maybe, stamp

NAMED, HIDDEN, ANONYMOUS = "named", "hidden", "anonymous"
SHORTEST = 6
"""Digits of a number that is drawn; more as soon as these are hard to find."""
DRAWS = 5
IDS = 10**15
"""Ids are drawn below this: fifteen digits, which every button and every JSON reader keeps whole."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """One ticket. `person_id` is None for an anonymous one, whose `opened_at` is known only to the hour.

    `facts` are the answers in the words of the form, by the name of their question.
    """

    id: int
    code: str
    kind: str
    privacy: str
    person_id: int | None
    organisation_id: int | None
    kecamatan: str
    field: str
    level: str
    period: str
    title: str
    facts: dict[str, str]
    check_code: str | None
    opened_at: datetime
    respond_by: datetime
    due_at: datetime
    responded_at: datetime | None
    assigned_to: int | None
    wanted_by: date | None
    asked_at: datetime | None
    asked_for: str
    verified_at: datetime | None
    verified_by: int | None
    merged_into: int | None
    closed_at: datetime | None
    closed_by: int | None
    result: str | None
    reopened: int
    rating: int | None

    @property
    def open(self) -> bool:
        return self.closed_at is None

    @property
    def state(self) -> str:
        """One word, derived: what happened last decides."""
        if self.closed_at:
            return self.result or "done"
        if self.asked_at:
            return "asked"
        return "taken" if self.assigned_to else "waiting"

    @property
    def anonymous(self) -> bool:
        return self.privacy == ANONYMOUS

    def late(self, now: datetime) -> bool:
        """Past its time, while it is the office's turn."""
        return self.open and self.asked_at is None and self.next_by <= now

    @property
    def next_by(self) -> datetime:
        """When the office owes its next word: the first answer, then the end."""
        return self.due_at if self.responded_at else min(self.respond_by, self.due_at)


@dataclass(frozen=True, slots=True)
class NewTicket:
    """What is handed in. Texts are empty where a kind has no such thing."""

    kind: str
    prefix: str
    title: str
    facts: dict[str, str]
    respond_by: datetime
    due_at: datetime
    privacy: str = NAMED
    person_id: int | None = None
    organisation_id: int | None = None
    kecamatan: str = ""
    field: str = ""
    level: str = ""
    period: str = ""
    secret_hash: str | None = None
    check_code: str | None = None


FIELDS = tuple(field.name for field in fields(Ticket))
TIMES = tuple(name for name in FIELDS if name.endswith(("_at", "_by")) and name not in ("verified_by", "closed_by"))


def read(row: Row) -> Ticket:
    values: dict[str, Any] = {name: row[name] for name in FIELDS}
    values |= {name: maybe(row[name]) for name in TIMES if name != "wanted_by"}
    values["facts"] = json.loads(row["facts"])
    values["wanted_by"] = day(row["wanted_by"]) if row["wanted_by"] else None
    return Ticket(**values)


def free_code(tx: Transaction, prefix: str) -> str:
    """A number nobody holds or held: drawn, so that it tells nothing; digits, so that it can be read aloud."""
    for digits in range(SHORTEST, 10):
        for _ in range(DRAWS):
            code = f"{prefix}-{10 ** (digits - 1) + secrets.randbelow(9 * 10 ** (digits - 1))}"
            if tx.one("SELECT 1 AS one FROM tickets WHERE code = :code", code=code) is None:
                return code
    raise ValueError(f"no number is left for {prefix}")


def open_ticket(tx: Transaction, new: NewTicket, now: datetime) -> Ticket:
    """Write it down. An anonymous one keeps neither the person nor the minute; only a named one a field of work."""
    anonymous = new.privacy == ANONYMOUS
    row = tx.one(
        """INSERT INTO tickets (id, code, kind, privacy, person_id, organisation_id, kecamatan, field, level, period,
          title, facts, secret_hash, check_code, opened_at, respond_by, due_at)
        VALUES (:id, :code, :kind, :privacy, :person, :organisation, :kecamatan, :field, :level, :period,
          :title, :facts, :secret, :check, :opened, :respond_by, :due_at) RETURNING *""",
        id=secrets.randbelow(IDS - 1) + 1,
        code=free_code(tx, new.prefix),
        kind=new.kind,
        privacy=new.privacy,
        person=None if anonymous else new.person_id,
        organisation=None if anonymous else new.organisation_id,
        kecamatan=new.kecamatan,
        field=new.field if new.privacy == NAMED else "",
        level=new.level,
        period=new.period,
        title=new.title,
        facts=json.dumps(new.facts, ensure_ascii=False),
        secret=new.secret_hash,
        check=new.check_code,
        opened=stamp(hour_of(now) if anonymous else now),
        respond_by=stamp(new.respond_by),
        due_at=stamp(new.due_at),
    )
    assert row is not None
    return read(row)


def get(tx: Transaction, ticket_id: int) -> Ticket:
    """Raises NotFound when there is none."""
    row = tx.one("SELECT * FROM tickets WHERE id = :id", id=ticket_id)
    if row is None:
        raise NotFound("no such ticket")
    return read(row)


def by_code(tx: Transaction, code: str) -> Ticket | None:
    row = tx.one("SELECT * FROM tickets WHERE code = :code", code=code)
    return None if row is None else read(row)


def by_secret(tx: Transaction, secret_hash: str) -> Ticket | None:
    """The anonymous ticket whose code this is. Hashes of random codes are compared, never the codes."""
    row = tx.one("SELECT * FROM tickets WHERE secret_hash = :hash", hash=secret_hash)
    return None if row is None else read(row)


def by_check_code(tx: Transaction, check_code: str) -> Ticket | None:
    row = tx.one("SELECT * FROM tickets WHERE check_code = :code", code=check_code)
    return None if row is None else read(row)


def renew_secret(tx: Transaction, ticket_id: int, old: str, new: str) -> bool:
    """A code is good once: the next one takes its place. True for whoever used it first."""
    sql = "UPDATE tickets SET secret_hash = :new WHERE id = :id AND secret_hash = :old"
    return tx.run(sql, id=ticket_id, old=old, new=new) == 1


OPEN = "id = :id AND closed_at IS NULL"
"""Every change is compare-and-set: the second of two finds nothing to change."""


def take(tx: Transaction, ticket_id: int, officer_id: int) -> bool:
    """True for the one officer who was first."""
    sql = f"UPDATE tickets SET assigned_to = :officer WHERE {OPEN} AND assigned_to IS NULL"
    return tx.run(sql, id=ticket_id, officer=officer_id) == 1


def forward(tx: Transaction, ticket_id: int, officer_id: int | None, wanted_by: date | None) -> bool:
    """Into the hands of a colleague, to be done by a day; for None, out of anybody's hands."""
    return (
        tx.run(
            f"UPDATE tickets SET assigned_to = :officer, wanted_by = :wanted_by WHERE {OPEN}",
            id=ticket_id,
            officer=officer_id,
            wanted_by=wanted_by.isoformat() if wanted_by else None,
        )
        == 1
    )


def respond(tx: Transaction, ticket_id: int, now: datetime) -> None:
    """The office said its first word."""
    tx.run(
        "UPDATE tickets SET responded_at = :now WHERE id = :id AND responded_at IS NULL", id=ticket_id, now=stamp(now)
    )


def ask(tx: Transaction, ticket_id: int, what_for: str, now: datetime) -> bool:
    """It is the leader's turn: the clock stands still. A second question keeps the time of the first."""
    return (
        tx.run(
            f"UPDATE tickets SET asked_at = coalesce(asked_at, :now), asked_for = :what_for WHERE {OPEN}",
            id=ticket_id,
            what_for=what_for,
            now=stamp(now),
        )
        == 1
    )


def heard(tx: Transaction, ticket_id: int, respond_by: datetime, due_at: datetime) -> bool:
    """The leader answered: it is the office's turn again, with the time that was left."""
    return (
        tx.run(
            f"""UPDATE tickets SET asked_at = NULL, asked_for = '', respond_by = :respond_by, due_at = :due_at
            WHERE {OPEN} AND asked_at IS NOT NULL""",
            id=ticket_id,
            respond_by=stamp(respond_by),
            due_at=stamp(due_at),
        )
        == 1
    )


def verify(tx: Transaction, ticket_id: int, officer_id: int, now: datetime) -> bool:
    """True for the one officer who was first."""
    return (
        tx.run(
            "UPDATE tickets SET verified_at = :now, verified_by = :officer WHERE id = :id AND verified_at IS NULL",
            id=ticket_id,
            officer=officer_id,
            now=stamp(now),
        )
        == 1
    )


def close(tx: Transaction, ticket_id: int, officer_id: int | None, result: str, now: datetime) -> bool:
    """True for whoever was first; `officer_id` is None where the clock or the leader closed it."""
    return (
        tx.run(
            f"""UPDATE tickets SET closed_at = :now, closed_by = :officer, result = :result, asked_at = NULL,
              asked_for = '', responded_at = coalesce(responded_at, :now) WHERE {OPEN}""",
            id=ticket_id,
            officer=officer_id,
            result=result,
            now=stamp(now),
        )
        == 1
    )


def reopen(tx: Transaction, ticket_id: int, due_at: datetime) -> bool:
    return (
        tx.run(
            """UPDATE tickets SET closed_at = NULL, closed_by = NULL, result = NULL, merged_into = NULL,
              reopened = reopened + 1, due_at = :due_at WHERE id = :id AND closed_at IS NOT NULL
              AND emptied_at IS NULL""",
            id=ticket_id,
            due_at=stamp(due_at),
        )
        == 1
    )


def merge(tx: Transaction, ticket_id: int, into: int, officer_id: int, now: datetime) -> bool:
    """One of two reports of the same thing is closed and points to the other."""
    if not close(tx, ticket_id, officer_id, "merged", now):
        return False
    tx.run("UPDATE tickets SET merged_into = :into WHERE id = :id", id=ticket_id, into=into)
    return True


def rate(tx: Transaction, ticket_id: int, rating: int) -> bool:
    """1 (not content) to 4 (very content); once for each time it was closed."""
    sql = """UPDATE tickets SET rating = :rating, rated_round = reopened WHERE id = :id AND closed_at IS NOT NULL
      AND (rated_round IS NULL OR rated_round < reopened)"""
    return tx.run(sql, id=ticket_id, rating=rating) == 1
