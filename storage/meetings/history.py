"""What happened to a meeting, in order, by whom and why: told to both sides in words."""

from datetime import datetime

from storage.database.database import Row, Transaction
from storage.database.moment import stamp


def add(tx: Transaction, meeting_id: int, person_id: int, what: str, why: str | None, now: datetime) -> None:
    tx.run(
        "INSERT INTO history (meeting_id, at, person_id, what, why) VALUES (:meeting, :now, :person, :what, :why)",
        meeting=meeting_id,
        now=stamp(now),
        person=person_id,
        what=what,
        why=why,
    )


def of_meeting(tx: Transaction, meeting_id: int) -> list[Row]:
    """Rows of at, person_id, what, why, in order."""
    return tx.all("SELECT * FROM history WHERE meeting_id = :meeting ORDER BY id", meeting=meeting_id)


def forget(tx: Transaction, person_id: int) -> None:
    """Take a person's own words out of the history; that something happened stays."""
    tx.run("UPDATE history SET why = NULL WHERE person_id = :person", person=person_id)
