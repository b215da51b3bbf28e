"""Looking back at announcements: every one, its corrections, and what stands in its place now."""

from storage.broadcasts import broadcasts
from storage.broadcasts.broadcasts import Broadcast
from storage.broadcasts.segments import ROUNDS
from storage.database.database import Transaction

NEWEST = 2**62
"""No number of an announcement reaches it."""


def page(tx: Transaction, before_id: int | None = None, at_most: int = 10) -> list[Broadcast]:
    """Every one that was ever handed in, the newest first, those before `before_id`."""
    rows = tx.all(
        """SELECT * FROM broadcasts WHERE (submitted_at IS NOT NULL OR returned_at IS NOT NULL) AND id < :before
        ORDER BY id DESC LIMIT :at_most""",
        before=NEWEST if before_id is None else before_id,
        at_most=at_most,
    )
    return [broadcasts.read(row) for row in rows]


def genuine(tx: Transaction, at_most: int = 500) -> list[Broadcast]:
    """What people may have got, the newest first: what a pasted text is compared with."""
    rows = tx.all(
        "SELECT * FROM broadcasts WHERE started_at IS NOT NULL ORDER BY id DESC LIMIT :at_most", at_most=at_most
    )
    return [broadcasts.read(row) for row in rows]


def rounds(tx: Transaction, broadcast_id: int) -> list[int]:
    """The ids of it and of those that asked the silent of it again."""
    return [row["id"] for row in tx.all(ROUNDS.format(value=":id"), id=broadcast_id)]


def replaced_by(tx: Transaction, broadcast_id: int) -> Broadcast | None:
    """The newest correction that went out, of it or of what it asked again; None when it still stands."""
    row = tx.one(
        """SELECT * FROM broadcasts WHERE replaces_id = :id AND started_at IS NOT NULL ORDER BY id DESC LIMIT 1""",
        id=broadcast_id,
    )
    if row is None:
        follows = broadcasts.get(tx, broadcast_id).follows
        return None if follows is None else replaced_by(tx, follows)
    return replaced_by(tx, row["id"]) or broadcasts.read(row)


def behind(tx: Transaction, recipient_id: int) -> Broadcast:
    """The announcement a line of a ledger belongs to."""
    row = tx.one(
        "SELECT b.* FROM broadcasts b JOIN recipients r ON r.broadcast_id = b.id WHERE r.id = :id", id=recipient_id
    )
    assert row is not None
    return broadcasts.read(row)


def chain(tx: Transaction, broadcast_id: int) -> list[Broadcast]:
    """All versions of it, the oldest first."""
    first = broadcasts.get(tx, broadcast_id)
    while first.replaces is not None:
        first = broadcasts.get(tx, first.replaces)
    return [first, *later(tx, first.id)]


def later(tx: Transaction, broadcast_id: int) -> list[Broadcast]:
    rows = tx.all("SELECT * FROM broadcasts WHERE replaces_id = :id ORDER BY id", id=broadcast_id)
    return [one for row in rows for one in (broadcasts.read(row), *later(tx, row["id"]))]
