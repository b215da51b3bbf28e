"""Who talks with whom just now: what a person writes goes to that ticket until the talk is over."""

from datetime import datetime

from storage.database.database import Transaction
from storage.database.moment import stamp


def begin(tx: Transaction, person_id: int, ticket_id: int, now: datetime) -> None:
    """One talk at a time: a new one takes the place of an older one."""
    tx.run(
        """INSERT INTO talks VALUES (:person, :ticket, :now)
        ON CONFLICT (person_id) DO UPDATE SET ticket_id = :ticket, since = :now""",
        person=person_id,
        ticket=ticket_id,
        now=stamp(now),
    )


def of_person(tx: Transaction, person_id: int) -> int | None:
    """The ticket this person talks in."""
    row = tx.one("SELECT ticket_id FROM talks WHERE person_id = :person", person=person_id)
    return None if row is None else int(row["ticket_id"])


def in_ticket(tx: Transaction, ticket_id: int) -> list[int]:
    """Everybody whose words go to this ticket."""
    rows = tx.all("SELECT person_id FROM talks WHERE ticket_id = :ticket ORDER BY person_id", ticket=ticket_id)
    return [int(row["person_id"]) for row in rows]


def leave(tx: Transaction, person_id: int) -> bool:
    return tx.run("DELETE FROM talks WHERE person_id = :person", person=person_id) == 1


def end(tx: Transaction, ticket_id: int) -> None:
    """The ticket is closed: everybody talks to the bot again."""
    tx.run("DELETE FROM talks WHERE ticket_id = :ticket", ticket=ticket_id)
