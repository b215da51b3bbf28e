"""Who was erased and which tickets were emptied, by marks that are the same in every copy of a database.

A mark names nobody: a number, and the day a record was begun, so that a number given twice is not taken for the same.
"""

from storage.database.database import Row, Transaction

PEOPLE = "SELECT id, id AS record, created_at AS at FROM people WHERE erased_at IS "
TICKETS = "SELECT id, code AS record, opened_at AS at FROM tickets WHERE emptied_at IS "


def mark(kind: str, row: Row) -> str:
    return f"{kind} {row['record']} {row['at'][:10]}"


def gone(tx: Transaction, since: str = "") -> list[str]:
    """Marks of everything that was erased or emptied from then on (a stored time)."""
    people = tx.all(f"{PEOPLE} NOT NULL AND erased_at >= :since ORDER BY id", since=since)
    tickets = tx.all(f"{TICKETS} NOT NULL AND emptied_at >= :since ORDER BY id", since=since)
    return [*(mark("person", row) for row in people), *(mark("ticket", row) for row in tickets)]


def people_here(tx: Transaction) -> dict[str, int]:
    """Ids of everybody who is not erased, by their mark."""
    return {mark("person", row): row["id"] for row in tx.all(f"{PEOPLE} NULL")}


def tickets_here(tx: Transaction) -> dict[str, int]:
    """Ids of tickets that are not emptied, by their mark."""
    return {mark("ticket", row): row["id"] for row in tx.all(f"{TICKETS} NULL")}
