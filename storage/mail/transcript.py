"""The web chat's own record of both sides, as a messenger would keep it: its history over a reload."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.database.database import Row, Transaction
from storage.database.moment import stamp

NEWEST = 200
"""Lines a page shows."""
WHISPER = "whisper-"
"""Before the key of a line that is not kept: it holds the code of somebody who wants to stay unknown."""


@dataclass(frozen=True, slots=True)
class Line:
    """One message on the page; `body` is what the page shows (text, choices, words, document)."""

    id: int
    key: str
    address: str
    mine: bool
    body: dict[str, Any]
    at: str


def read(row: Row) -> Line:
    return Line(row["id"], row["key"], row["address"], bool(row["mine"]), json.loads(row["body"]), row["at"])


def add(tx: Transaction, address: str, mine: bool, body: dict[str, Any], key: str, now: datetime) -> Line | None:
    """Add a line once per `key`; None when it was there already."""
    row = tx.one(
        """INSERT INTO transcript (address, mine, body, key, at) VALUES (:address, :mine, :body, :key, :now)
        ON CONFLICT (key) DO NOTHING RETURNING *""",
        address=address,
        mine=int(mine),
        body=json.dumps(body, ensure_ascii=False),
        key=key,
        now=stamp(now),
    )
    return None if row is None else read(row)


def change(tx: Transaction, address: str, line_id: int, body: dict[str, Any]) -> bool:
    """Other words on a line; False when it is not there (any more)."""
    sql = "UPDATE transcript SET body = :body WHERE address = :address AND id = :id AND mine = 0"
    return tx.run(sql, address=address, id=line_id, body=json.dumps(body, ensure_ascii=False)) == 1


def after(tx: Transaction, address: str, line_id: int, at_most: int = NEWEST) -> list[Line]:
    """The newest lines after `line_id`, the oldest of them first."""
    rows = tx.all(
        "SELECT * FROM transcript WHERE address = :address AND id > :id ORDER BY id DESC LIMIT :at_most",
        address=address,
        id=line_id,
        at_most=at_most,
    )
    return [read(row) for row in reversed(rows)]


def number(tx: Transaction, address: str, key: str) -> int | None:
    """The id of the line with this key; None when it is not there (any more)."""
    row = tx.one("SELECT id FROM transcript WHERE address = :address AND key = :key", address=address, key=key)
    return None if row is None else int(row["id"])


def get(tx: Transaction, address: str, line_id: int) -> Line | None:
    """One line of this address; None when it is not there (any more) or somebody else's."""
    row = tx.one("SELECT * FROM transcript WHERE address = :address AND id = :id", address=address, id=line_id)
    return None if row is None else read(row)


def forget(tx: Transaction, address: str) -> None:
    """The person asked to be forgotten."""
    tx.run("DELETE FROM transcript WHERE address = :address", address=address)


def forget_strangers(tx: Transaction, before: datetime) -> None:
    """Lines of people who never agreed are not kept."""
    tx.run(
        """DELETE FROM transcript WHERE at < :before AND NOT EXISTS
          (SELECT 1 FROM chats c WHERE c.channel = 'web' AND c.address = transcript.address)""",
        before=stamp(before),
    )


def forget_whispers(tx: Transaction, before: datetime) -> None:
    """Time enough to write the code down."""
    tx.run("DELETE FROM transcript WHERE at < :before AND key LIKE :key", before=stamp(before), key=f"{WHISPER}%")


def tidy(tx: Transaction, before: datetime) -> None:
    """Old lines go, as old messages go everywhere else."""
    tx.run("DELETE FROM transcript WHERE at < :before", before=stamp(before))
