"""What happened to a ticket, in order: by an officer, or by whoever opened it (named by the ticket alone)."""

from dataclasses import dataclass
from datetime import datetime

from storage.database.database import Row, Transaction
from storage.database.moment import moment, stamp


@dataclass(frozen=True, slots=True)
class Event:
    """`inside` is for officers only."""

    id: int
    at: datetime
    officer_id: int | None
    what: str
    words: str | None
    inside: bool


def read(row: Row) -> Event:
    return Event(row["id"], moment(row["at"]), row["officer_id"], row["what"], row["words"], bool(row["inside"]))


def add(
    tx: Transaction,
    ticket_id: int,
    what: str,
    now: datetime,
    *,
    officer_id: int | None = None,
    words: str | None = None,
    inside: bool = False,
) -> int:
    """Write it down; its id."""
    row = tx.one(
        """INSERT INTO ticket_events (ticket_id, at, officer_id, what, words, inside)
        VALUES (:ticket, :now, :officer, :what, :words, :inside) RETURNING id""",
        ticket=ticket_id,
        now=stamp(now),
        officer=officer_id,
        what=what,
        words=words,
        inside=int(inside),
    )
    assert row is not None
    return int(row["id"])


def of_ticket(tx: Transaction, ticket_id: int) -> list[Event]:
    rows = tx.all("SELECT * FROM ticket_events WHERE ticket_id = :ticket ORDER BY id", ticket=ticket_id)
    return [read(row) for row in rows]


def of_sender_since(tx: Transaction, ticket_id: int, since: datetime) -> int:
    """How often its sender wrote since then."""
    row = tx.one(
        """SELECT count(*) AS n FROM ticket_events WHERE ticket_id = :ticket AND what IN ('said', 'replied')
        AND at > :since""",
        ticket=ticket_id,
        since=stamp(since),
    )
    return int(row["n"]) if row else 0


def last_to_leader(tx: Transaction, ticket_id: int) -> Event | None:
    """The last thing an officer said or asked, in words the leader read."""
    row = tx.one(
        """SELECT * FROM ticket_events WHERE ticket_id = :ticket AND officer_id IS NOT NULL AND inside = 0
        AND words IS NOT NULL ORDER BY id DESC LIMIT 1""",
        ticket=ticket_id,
    )
    return None if row is None else read(row)


def forget(tx: Transaction, ticket_id: int) -> None:
    """Take every word out; that something happened stays."""
    tx.run("UPDATE ticket_events SET words = NULL WHERE ticket_id = :ticket", ticket=ticket_id)
