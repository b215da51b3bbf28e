"""Names of parties and candidates the office must not speak for: an admin keeps the list."""

from datetime import datetime

from storage.database import Transaction
from storage.moment import stamp


def everyone(tx: Transaction) -> dict[int, str]:
    """The names by their id, in order."""
    rows = tx.all("SELECT id, name FROM neutral_names WHERE removed_at IS NULL ORDER BY lower(name), id")
    return {row["id"]: row["name"] for row in rows}


def add(tx: Transaction, name: str) -> int:
    row = tx.one("INSERT INTO neutral_names (name) VALUES (:name) RETURNING id", name=name)
    assert row is not None
    return int(row["id"])


def remove(tx: Transaction, name_id: int, now: datetime) -> str | None:
    """The name that was removed; None when it was not there any more."""
    row = tx.one(
        "UPDATE neutral_names SET removed_at = :now WHERE id = :id AND removed_at IS NULL RETURNING name",
        id=name_id,
        now=stamp(now),
    )
    return None if row is None else str(row["name"])
