"""Who may open no tickets for a while, why, and by whom it was decided. It ends by itself."""

from datetime import datetime

from storage.database.database import Transaction
from storage.database.moment import moment, stamp


def mute(tx: Transaction, person_id: int, until: datetime, why: str, officer_id: int, now: datetime) -> None:
    tx.run(
        """INSERT INTO mutes (person_id, until, why, muted_by, at)
        VALUES (:person, :until, :why, :officer, :now)""",
        person=person_id,
        until=stamp(until),
        why=why,
        officer=officer_id,
        now=stamp(now),
    )


def muted_until(tx: Transaction, person_id: int, now: datetime) -> datetime | None:
    """When it ends; None when the person may write."""
    row = tx.one(
        """SELECT until FROM mutes WHERE person_id = :person AND until > :now AND lifted_at IS NULL
        ORDER BY until DESC LIMIT 1""",
        person=person_id,
        now=stamp(now),
    )
    return None if row is None else moment(row["until"])


def lift(tx: Transaction, person_id: int, now: datetime) -> bool:
    """Before its time. True when there was one."""
    sql = "UPDATE mutes SET lifted_at = :now WHERE person_id = :person AND until > :now AND lifted_at IS NULL"
    return tx.run(sql, person=person_id, now=stamp(now)) > 0
