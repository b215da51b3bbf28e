"""One-time codes that give a role: stored hashed, used once, expiring; and how often someone guessed."""

from datetime import datetime

from storage.database.database import Transaction
from storage.database.moment import hour_of, stamp


def add(tx: Transaction, hash: str, role: str, now: datetime, expires_at: datetime) -> None:
    tx.run(
        "INSERT INTO join_codes (hash, role, made_at, expires_at) VALUES (:hash, :role, :now, :expires_at)",
        hash=hash,
        role=role,
        now=stamp(now),
        expires_at=stamp(expires_at),
    )


def use(tx: Transaction, hash: str, person_id: int, now: datetime) -> str | None:
    """The role, for the one who is first and in time; None otherwise."""
    row = tx.one(
        """UPDATE join_codes SET used_at = :now, used_by = :person
        WHERE hash = :hash AND used_at IS NULL AND expires_at > :now RETURNING role""",
        hash=hash,
        person=person_id,
        now=stamp(now),
    )
    return None if row is None else str(row["role"])


def guess(tx: Transaction, person_id: int, now: datetime) -> None:
    """Somebody typed a code that does not hold. The hour is kept: it may be the code of a report without a name."""
    tx.run("INSERT INTO guesses VALUES (:person, :hour)", person=person_id, hour=stamp(hour_of(now)))


def guesses(tx: Transaction, person_id: int, since: datetime) -> int:
    """How many since then; each counts from the full hour it was made in, so that nobody waits longer than was said."""
    row = tx.one(
        "SELECT count(*) AS n FROM guesses WHERE person_id = :person AND at > :since",
        person=person_id,
        since=stamp(since),
    )
    return int(row["n"]) if row else 0


def tidy(tx: Transaction, before: datetime) -> None:
    tx.run("DELETE FROM guesses WHERE at < :before", before=stamp(before))
    tx.run("DELETE FROM join_codes WHERE expires_at < :before", before=stamp(before))
