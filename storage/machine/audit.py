"""Who did what, when and why: only ever added to (the database itself refuses anything else)."""

from datetime import datetime

from storage.database.database import Row, Transaction
from storage.database.moment import stamp


def add(tx: Transaction, person_id: int, role: str, what: str, subject: str, why: str | None, now: datetime) -> None:
    tx.run(
        """INSERT INTO audit (at, person_id, role, what, subject, why)
        VALUES (:now, :person, :role, :what, :subject, :why)""",
        now=stamp(now),
        person=person_id,
        role=role,
        what=what,
        subject=subject,
        why=why,
    )


def of_subject(tx: Transaction, subject: str) -> list[Row]:
    """Everything done to a record, in order: at, person_id, role, what, why."""
    return tx.all("SELECT * FROM audit WHERE subject = :subject ORDER BY id", subject=subject)


def of_person(tx: Transaction, person_id: int) -> list[Row]:
    return tx.all("SELECT at, what, subject, why FROM audit WHERE person_id = :person ORDER BY id", person=person_id)
