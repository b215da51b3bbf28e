"""Names of parties and candidates the office must not speak for, and what else they are called: an admin keeps them."""

from datetime import datetime

from storage.database.database import Transaction
from storage.database.moment import stamp


def everyone(tx: Transaction) -> dict[int, str]:
    """Every name, nickname and symbol by its id, in order."""
    rows = tx.all("SELECT id, name FROM neutral_names WHERE removed_at IS NULL ORDER BY lower(name), id")
    return {row["id"]: row["name"] for row in rows}


def listed(tx: Transaction) -> dict[str, list[str]]:
    """Names in order, each with what else it is called."""
    rows = tx.all(
        """SELECT whole.id, whole.name, other.name AS alias FROM neutral_names whole
        LEFT JOIN neutral_names other ON other.alias_of = whole.id AND other.removed_at IS NULL
        WHERE whole.removed_at IS NULL AND whole.alias_of IS NULL ORDER BY lower(whole.name), whole.id, other.id"""
    )
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row["name"], []).extend([row["alias"]] if row["alias"] else [])
    return found


def add(tx: Transaction, name: str, alias_of: int | None = None) -> int:
    """A name, or what else the name with that id is called; its id."""
    row = tx.one(
        "INSERT INTO neutral_names (name, alias_of) VALUES (:name, :alias_of) RETURNING id",
        name=name,
        alias_of=alias_of,
    )
    assert row is not None
    return int(row["id"])


def remove(tx: Transaction, name_id: int, now: datetime) -> str | None:
    """With all it is called. The name that was removed; None when it was not there any more."""
    row = tx.one(
        "UPDATE neutral_names SET removed_at = :now WHERE id = :id AND removed_at IS NULL RETURNING name",
        id=name_id,
        now=stamp(now),
    )
    tx.run(
        "UPDATE neutral_names SET removed_at = :now WHERE alias_of = :id AND removed_at IS NULL",
        id=name_id,
        now=stamp(now),
    )
    return None if row is None else str(row["name"])
