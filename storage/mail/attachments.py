"""Files people sent: first only where their channel has them, then stored under the hash of what is in them."""

import json
import re
from dataclasses import dataclass
from datetime import datetime

from storage.database.database import NotFound, Row, Transaction
from storage.database.moment import maybe, stamp

LETTER, FILES = "letter", "files"
"""What a file is for: the letter of a meeting, or anything else somebody sends."""


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
    purpose: str
    note: str
    seconds: int | None
    preview: str | None
    """The hash of what tells nothing of place, time, camera or author: of a picture that for reading, else a copy."""

    @property
    def stored(self) -> bool:
        return self.sha256 is not None

    @property
    def pictured(self) -> bool:
        """Whether `preview` is a picture of it."""
        return self.preview is not None and self.type.startswith("image/")

    @property
    def shown(self) -> str | None:
        """What goes out to others: a picture without its place, and everything else as it was sent (signed, say)."""
        return self.preview if self.pictured else self.sha256


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
        row["purpose"],
        row["note"],
        row["seconds"],
        row["preview"],
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
    *,
    purpose: str = LETTER,
    note: str = "",
    seconds: int | None = None,
) -> int:
    """Note a file to be fetched; its id. `purpose` says by which rules it is judged; `note` is its caption."""
    row = tx.one(
        """INSERT INTO attachments (person_id, channel, address, remote, name, type, size, received_at, due_at,
          purpose, note, seconds)
        VALUES (:person, :channel, :address, :remote, :name, :type, :size, :now, :now, :purpose, :note, :seconds)
        RETURNING id""",
        person=person_id,
        channel=channel,
        address=address,
        remote=remote,
        name=name,
        type=type,
        size=size,
        purpose=purpose,
        note=note,
        seconds=seconds,
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


def newest_at(tx: Transaction, person_id: int) -> datetime | None:
    """When this person sent a file last, of those that are still with us."""
    row = tx.one("SELECT max(received_at) AS at FROM attachments WHERE person_id = :person", person=person_id)
    return maybe(row["at"]) if row else None


def sent_since(tx: Transaction, person_id: int, since: datetime) -> int:
    """How many files this person sent since then, of those that are no ticket's yet."""
    sql = "SELECT count(*) AS n FROM attachments WHERE person_id = :person AND received_at > :since"
    row = tx.one(sql, person=person_id, since=stamp(since))
    return int(row["n"]) if row else 0


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


def stored(
    tx: Transaction, attachment_id: int, sha256: str, type: str, size: int, now: datetime, preview: str | None = None
) -> bool:
    """Fetched and judged: `type` is what its content says. False when it was forgotten meanwhile."""
    changed = tx.run(
        """UPDATE attachments SET stored_at = :now, sha256 = :sha256, type = :type, size = :size, preview = :preview
        WHERE id = :id AND refused_at IS NULL""",
        id=attachment_id,
        sha256=sha256,
        type=type,
        size=size,
        preview=preview,
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


def due_now(tx: Transaction, now: datetime) -> None:
    """The clock went back: nothing waits for a time that comes a second time."""
    tx.run(
        "UPDATE attachments SET due_at = :now WHERE stored_at IS NULL AND refused_at IS NULL AND due_at > :now",
        now=stamp(now),
    )


def refuse(tx: Transaction, attachment_id: int, reason: str, now: datetime) -> None:
    """It will not be kept: not what we asked for, or not to be had."""
    tx.run(
        "UPDATE attachments SET refused_at = :now, reason = :reason WHERE id = :id AND refused_at IS NULL",
        id=attachment_id,
        reason=reason,
        now=stamp(now),
    )


def remove(tx: Transaction, attachment_id: int) -> None:
    """The whole row: what is left of it would still tell who sent something, and when."""
    tx.run("DELETE FROM attachments WHERE id = :id", id=attachment_id)


KEPT = (
    ("attachments", "sha256"),
    ("attachments", "preview"),
    ("ticket_files", "sha256"),
    ("ticket_files", "preview"),
    ("made_files", "sha256"),
    ("broadcast_files", "sha256"),
)
"""Where hashes of stored files stand."""


def shared(tx: Transaction, sha256: str) -> bool:
    """Whether anybody's file is this stored one."""
    looks = (f"SELECT 1 AS one FROM {table} WHERE {column} = :sha256" for table, column in KEPT)
    return any(tx.one(sql, sha256=sha256) is not None for sql in looks)


def hashes(tx: Transaction) -> set[str]:
    """Of every stored file somebody still needs."""
    looks = (f"SELECT DISTINCT {column} AS sha256 FROM {table} WHERE {column} IS NOT NULL" for table, column in KEPT)
    return {row["sha256"] for sql in looks for row in tx.all(sql)}


def unused(tx: Transaction, before: datetime) -> int:
    """Forget what came before then and belongs to no request, no ticket and no open form; how many.

    The whole row: it would tell that somebody sent something which is in no ticket of theirs, and when.
    """
    needed = in_drafts(tx)
    rows = tx.all(
        """SELECT id FROM attachments WHERE received_at < :before
        AND id NOT IN (SELECT letter_id FROM meetings WHERE letter_id IS NOT NULL)
        AND id NOT IN (SELECT attachment_id FROM ticket_files WHERE attachment_id IS NOT NULL)""",
        before=stamp(before),
    )
    left = [row["id"] for row in rows if row["id"] not in needed]
    for attachment_id in left:
        remove(tx, attachment_id)
    return len(left)


HELD = re.compile(r"(?:suara:)?(\d{1,18}(?:,\d{1,18})*)")
"""How answers hold files: ids with commas between, or one voice note."""


def in_drafts(tx: Transaction) -> set[int]:
    """Ids that answers of open forms may hold. A number that only looks like one keeps a file for longer, no more."""
    answers = [json.loads(row["answers"]).values() for row in tx.all("SELECT answers FROM drafts")]
    held = [found[1] for of_draft in answers for answer in of_draft if (found := HELD.fullmatch(answer))]
    return {int(number) for ids in held for number in ids.split(",")}


def forget(tx: Transaction, person_id: int, now: datetime) -> list[str]:
    """Erase a person's files; the hashes nobody else's file shares, to be deleted from disk."""
    mine = {sha256 for a in of_person(tx, person_id) for sha256 in (a.sha256, a.preview) if sha256}
    tx.run(
        """UPDATE attachments SET remote = '', name = '', address = '', note = '', sha256 = NULL, preview = NULL,
          refused_at = :now, reason = 'erased' WHERE person_id = :person""",
        person=person_id,
        now=stamp(now),
    )
    return [sha256 for sha256 in sorted(mine) if not shared(tx, sha256)]
