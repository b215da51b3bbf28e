"""One-time codes that link two messengers of one person: stored hashed, for one asker, expiring."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.database.database import NotFound, Row, Transaction
from storage.database.moment import moment, stamp

KEPT = timedelta(days=1)
"""How long a code that is over is remembered, so that its buttons still get a kind answer."""


@dataclass(frozen=True, slots=True)
class LinkCode:
    """`person_id` made it in `channel`; `asked_by` typed it in `asked_from`; `wished` when they said yes to it."""

    id: int
    person_id: int
    channel: str
    expires_at: datetime
    asked_by: int | None
    asked_from: str
    wished: bool
    closed: bool

    def open(self, now: datetime) -> bool:
        return not self.closed and now < self.expires_at


def read(row: Row) -> LinkCode:
    return LinkCode(
        row["id"],
        row["person_id"],
        row["channel"],
        moment(row["expires_at"]),
        row["asked_by"],
        row["asked_from"] or "",
        row["wished_at"] is not None,
        row["closed_at"] is not None,
    )


def renew(tx: Transaction, person_id: int, hash: str, channel: str, now: datetime, expires_at: datetime) -> None:
    """A new code takes the place of the person's older ones. What is long over is forgotten on the way."""
    tx.run("DELETE FROM link_codes WHERE expires_at < :before", before=stamp(now - KEPT))
    close_of(tx, person_id, now)
    tx.run(
        """INSERT INTO link_codes (hash, person_id, channel, made_at, expires_at)
        VALUES (:hash, :person, :channel, :now, :expires_at)""",
        hash=hash,
        person=person_id,
        channel=channel,
        now=stamp(now),
        expires_at=stamp(expires_at),
    )


def get(tx: Transaction, code_id: int) -> LinkCode:
    """Raises NotFound when there is none."""
    row = tx.one("SELECT * FROM link_codes WHERE id = :id", id=code_id)
    if row is None:
        raise NotFound("no such link code")
    return read(row)


def find(tx: Transaction, hash: str, now: datetime) -> LinkCode | None:
    """The open code that was typed."""
    row = tx.one(
        "SELECT * FROM link_codes WHERE hash = :hash AND closed_at IS NULL AND expires_at > :now",
        hash=hash,
        now=stamp(now),
    )
    return None if row is None else read(row)


def ask(tx: Transaction, code_id: int, person_id: int, channel: str) -> bool:
    """True for the one who typed it first, however often: from then on it is theirs alone."""
    return (
        tx.run(
            """UPDATE link_codes SET asked_by = :person, asked_from = :channel
        WHERE id = :id AND closed_at IS NULL AND (asked_by IS NULL OR asked_by = :person)""",
            id=code_id,
            person=person_id,
            channel=channel,
        )
        == 1
    )


def wish(tx: Transaction, code_id: int, now: datetime) -> None:
    """The one who typed it said yes; the one who made it is asked now."""
    tx.run("UPDATE link_codes SET wished_at = :now WHERE id = :id", id=code_id, now=stamp(now))


def close(tx: Transaction, code_id: int, now: datetime) -> bool:
    """True for whoever is first: after that it is good for nothing."""
    sql = "UPDATE link_codes SET closed_at = :now WHERE id = :id AND closed_at IS NULL"
    return tx.run(sql, id=code_id, now=stamp(now)) == 1


def close_of(tx: Transaction, person_id: int, now: datetime) -> None:
    """Every open code this person made."""
    sql = "UPDATE link_codes SET closed_at = :now WHERE person_id = :person AND closed_at IS NULL"
    tx.run(sql, person=person_id, now=stamp(now))


def close_about(tx: Transaction, person_id: int, now: datetime) -> None:
    """Every open code this person made or typed."""
    close_of(tx, person_id, now)
    sql = "UPDATE link_codes SET closed_at = :now WHERE asked_by = :person AND closed_at IS NULL"
    tx.run(sql, person=person_id, now=stamp(now))


def forget(tx: Transaction, person_id: int) -> None:
    """The person was erased: nothing can be linked to them any more."""
    tx.run("DELETE FROM link_codes WHERE person_id = :person OR asked_by = :person", person=person_id)
