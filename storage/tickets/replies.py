"""Answers prepared beforehand: each for one kind of ticket and one moment of it. A change is a new one."""

from dataclasses import dataclass
from datetime import datetime

from storage.database.database import NotFound, Row, Transaction
from storage.database.moment import stamp


@dataclass(frozen=True, slots=True)
class CannedReply:
    id: int
    kind: str
    moment: str
    title: str
    words: str


def read(row: Row) -> CannedReply:
    return CannedReply(row["id"], row["kind"], row["moment"], row["title"], row["words"])


def write(tx: Transaction, kind: str, moment: str, title: str, words: str, admin_id: int, now: datetime) -> int:
    row = tx.one(
        """INSERT INTO canned_replies (kind, moment, title, words, written_by, written_at)
        VALUES (:kind, :moment, :title, :words, :admin, :now) RETURNING id""",
        kind=kind,
        moment=moment,
        title=title,
        words=words,
        admin=admin_id,
        now=stamp(now),
    )
    assert row is not None
    return int(row["id"])


def get(tx: Transaction, reply_id: int) -> CannedReply:
    """Raises NotFound when there is none, or it was removed."""
    row = tx.one("SELECT * FROM canned_replies WHERE id = :id AND removed_at IS NULL", id=reply_id)
    if row is None:
        raise NotFound("no such reply")
    return read(row)


def fitting(tx: Transaction, kind: str, moment: str) -> list[CannedReply]:
    """For this kind and moment, in the order of their titles."""
    rows = tx.all(
        """SELECT * FROM canned_replies WHERE kind = :kind AND moment = :moment AND removed_at IS NULL
        ORDER BY title, id""",
        kind=kind,
        moment=moment,
    )
    return [read(row) for row in rows]


def everyone(tx: Transaction) -> list[CannedReply]:
    rows = tx.all("SELECT * FROM canned_replies WHERE removed_at IS NULL ORDER BY kind, moment, title, id")
    return [read(row) for row in rows]


def remove(tx: Transaction, reply_id: int, now: datetime) -> bool:
    sql = "UPDATE canned_replies SET removed_at = :now WHERE id = :id AND removed_at IS NULL"
    return tx.run(sql, id=reply_id, now=stamp(now)) == 1
