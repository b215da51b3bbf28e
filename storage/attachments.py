"""Files people sent: first only where their channel has them, then stored under the hash of what is in them."""

import json
from dataclasses import dataclass
from datetime import datetime

from storage.database import NotFound, Row, Transaction
from storage.moment import stamp


@dataclass(frozen=True, slots=True)
class Attachment:
    """`name`, `type` and `size` (bytes) are the sender's claims until `sha256` says it was fetched and judged."""

    id: int
    person_id: int
    channel: str
    address: str
    remote: str
    name: str
    type: str
    size: int | None
    attempts: int
    sha256: str | None
    refused: bool
    reason: str | None


def read(row: Row) -> Attachment:
    return Attachment(
        row["id"],
        row["person_id"],
        row["channel"],
        row["address"],
        row["remote"],
        row["name"],
        row["type"],
        row["size"],
        row["attempts"],
        row["sha256"],
        row["refused_at"] is not None,
        row["reason"],
    )


def add(
    tx: Transaction,
    person_id: int,
    channel: str,
    address: str,
    remote: str,
    name: str,
    type: str,
    size: int | None,
    now: datetime,
) -> int:
    """Note a file to be fetched; its id."""
    row = tx.one(
        """INSERT INTO attachments (person_id, channel, address, remote, name, type, size, received_at, due_at)
        VALUES (:person, :channel, :address, :remote, :name, :type, :size, :now, :now) RETURNING id""",
        person=person_id,
        channel=channel,
        address=address,
        remote=remote,
        name=name,
        type=type,
        size=size,
        now=stamp(now),
    )
    assert row is not None
    return int(row["id"])


def get(tx: Transaction, attachment_id: int) -> Attachment:
    """Raises NotFound when there is none."""
    row = tx.one("SELECT * FROM attachments WHERE id = :id", id=attachment_id)
    if row is None:
        raise NotFound("no such attachment")
    return read(row)


def of_person(tx: Transaction, person_id: int) -> list[Attachment]:
    return [read(row) for row in tx.all("SELECT * FROM attachments WHERE person_id = :p ORDER BY id", p=person_id)]


def waiting(tx: Transaction, channel: str, now: datetime, at_most: int = 8) -> list[Attachment]:
    """What is still to be fetched from a channel."""
    rows = tx.all(
        """SELECT * FROM attachments WHERE channel = :channel AND due_at <= :now
        AND stored_at IS NULL AND refused_at IS NULL ORDER BY due_at LIMIT :at_most""",
        channel=channel,
        now=stamp(now),
        at_most=at_most,
    )
    return [read(row) for row in rows]


def stored(tx: Transaction, attachment_id: int, sha256: str, type: str, size: int, now: datetime) -> bool:
    """Fetched and judged: `type` is what its content says. False when it was forgotten meanwhile."""
    changed = tx.run(
        """UPDATE attachments SET stored_at = :now, sha256 = :sha256, type = :type, size = :size
        WHERE id = :id AND refused_at IS NULL""",
        id=attachment_id,
        sha256=sha256,
        type=type,
        size=size,
        now=stamp(now),
    )
    return changed == 1


def later(tx: Transaction, attachment_id: int, due_at: datetime) -> None:
    """Fetching failed: try again then."""
    tx.run(
        "UPDATE attachments SET attempts = attempts + 1, due_at = :due_at WHERE id = :id",
        id=attachment_id,
        due_at=stamp(due_at),
    )


def refuse(tx: Transaction, attachment_id: int, reason: str, now: datetime) -> None:
    """It will not be kept: not what we asked for, or not to be had."""
    tx.run(
        "UPDATE attachments SET refused_at = :now, reason = :reason WHERE id = :id AND refused_at IS NULL",
        id=attachment_id,
        reason=reason,
        now=stamp(now),
    )


def shared(tx: Transaction, sha256: str) -> bool:
    """Whether anybody's attachment is this stored file."""
    return tx.one("SELECT 1 AS one FROM attachments WHERE sha256 = :sha256", sha256=sha256) is not None


def hashes(tx: Transaction) -> set[str]:
    """Of every stored file somebody still needs."""
    return {row["sha256"] for row in tx.all("SELECT DISTINCT sha256 FROM attachments WHERE sha256 IS NOT NULL")}


def unused(tx: Transaction, before: datetime, now: datetime) -> int:
    """Forget what came before then and belongs to no request and no open form; how many."""
    drafts = tx.all("""SELECT answers FROM drafts WHERE answers LIKE '%"letter"%'""")
    needed = {json.loads(row["answers"]).get("letter") for row in drafts}
    rows = tx.all(
        """SELECT id FROM attachments WHERE received_at < :before AND (name <> '' OR sha256 IS NOT NULL)
        AND id NOT IN (SELECT letter_id FROM meetings WHERE letter_id IS NOT NULL)""",
        before=stamp(before),
    )
    left = [row["id"] for row in rows if str(row["id"]) not in needed]
    for attachment_id in left:
        tx.run(
            """UPDATE attachments SET remote = '', name = '', address = '', sha256 = NULL,
              refused_at = coalesce(refused_at, :now), reason = 'unused' WHERE id = :id""",
            id=attachment_id,
            now=stamp(now),
        )
    return len(left)


def forget(tx: Transaction, person_id: int, now: datetime) -> list[str]:
    """Erase a person's files; the hashes nobody else's file shares, to be deleted from disk."""
    mine = {a.sha256 for a in of_person(tx, person_id) if a.sha256}
    tx.run(
        """UPDATE attachments SET remote = '', name = '', address = '', sha256 = NULL, refused_at = :now,
          reason = 'erased' WHERE person_id = :person""",
        person=person_id,
        now=stamp(now),
    )
    return [sha256 for sha256 in sorted(mine) if not shared(tx, sha256)]
