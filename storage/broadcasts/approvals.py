"""Who decides about an announcement: the author hands it in, frozen by its hash; somebody else decides."""

import json
from datetime import datetime

from storage.broadcasts import broadcasts
from storage.broadcasts import files as broadcast_files
from storage.broadcasts.broadcasts import URGENT, Broadcast
from storage.database.database import Transaction
from storage.database.moment import stamp

OPEN = "submitted_at IS NOT NULL AND approved_at IS NULL AND rejected_at IS NULL AND cancelled_at IS NULL"
"""Handed in, and nobody has decided yet."""
HELD = "submitted_at IS NULL AND rejected_at IS NULL AND cancelled_at IS NULL"
"""In its author's hands."""


def changed(tx: Transaction, changes: str, broadcast_id: int, state: str, now: datetime, **values: object) -> bool:
    """True for the one who was first: the second finds another state."""
    sql = f"UPDATE broadcasts SET {changes} WHERE id = :id AND {state}"
    return tx.run(sql, id=broadcast_id, now=stamp(now), **values) == 1


def submit(tx: Transaction, broadcast_id: int, now: datetime) -> str | None:
    """Freeze it: the hash of everything a reader or an approver sees; None when it is not in its author's hands."""
    count_version(tx, broadcasts.get(tx, broadcast_id))
    digest = broadcasts.fresh_digest(tx, broadcasts.get(tx, broadcast_id))
    frozen = "submitted_at = :now, hash = :digest, returned_at = NULL"
    return digest if changed(tx, frozen, broadcast_id, HELD, now, digest=digest) else None


def count_version(tx: Transaction, broadcast: Broadcast) -> None:
    """What was changed since it was returned is another version."""
    before = returned(tx, broadcast)
    if broadcast.state == "returned" and before is not None and before != written(tx, broadcast):
        tx.run("UPDATE broadcasts SET version = version + 1 WHERE id = :id", id=broadcast.id)


def written(tx: Transaction, broadcast: Broadcast) -> dict[str, str | None]:
    """Its content and files, as they are set beside an earlier version."""
    files = [f"{file.name} {file.sha256}" for file in broadcast_files.of(tx, broadcast.id)]
    return broadcast.content.columns() | {"files": "\n".join(files)}


def returned(tx: Transaction, broadcast: Broadcast) -> dict[str, str | None] | None:
    """What it said when it was returned last; None when it never was."""
    row = tx.one(
        "SELECT content FROM returned_versions WHERE broadcast_id = :id ORDER BY version DESC LIMIT 1", id=broadcast.id
    )
    return None if row is None else dict(json.loads(row["content"]))


def approve(tx: Transaction, broadcast_id: int, officer_id: int, seen: str, now: datetime) -> bool:
    """Only somebody else than its author, and only what they saw (`seen` is its hash)."""
    if broadcasts.fresh_digest(tx, broadcasts.get(tx, broadcast_id)) != seen:
        return False
    return changed(
        tx,
        "approved_at = :now, approved_by = :officer, decided_by = :officer",
        broadcast_id,
        f"{OPEN} AND hash = :seen AND written_by <> :officer",
        now,
        officer=officer_id,
        seen=seen,
    )


def send_back(tx: Transaction, broadcast_id: int, officer_id: int, note: str, now: datetime) -> bool:
    """To its author, who may change it and hand it in again; what it said is kept to be compared with."""
    broadcast = broadcasts.get(tx, broadcast_id)
    content = json.dumps(written(tx, broadcast), ensure_ascii=False)
    back = "submitted_at = NULL, hash = NULL, returned_at = :now, decided_by = :officer, note = :note"
    back += ", override_by = NULL, override_why = NULL"  # it was about words that may be others next time
    first = changed(tx, back, broadcast_id, OPEN, now, officer=officer_id, note=note)
    if first:
        tx.run(
            """INSERT INTO returned_versions VALUES (:id, :version, :content)
            ON CONFLICT (broadcast_id, version) DO UPDATE SET content = :content""",
            id=broadcast.id,
            version=broadcast.version,
            content=content,
        )
    return first


def return_all(tx: Transaction, note: str, now: datetime) -> int:
    """A backup took the place of the database: what waited in it for a decision may have been sent since. How many."""
    return tx.run(
        f"""UPDATE broadcasts SET submitted_at = NULL, hash = NULL, returned_at = :now, note = :note,
          override_by = NULL, override_why = NULL WHERE {OPEN}""",
        note=note,
        now=stamp(now),
    )


def reject(tx: Transaction, broadcast_id: int, officer_id: int, why: str, now: datetime) -> bool:
    rejected = "rejected_at = :now, decided_by = :officer, note = :why"
    return changed(tx, rejected, broadcast_id, OPEN, now, officer=officer_id, why=why)


def override(tx: Transaction, broadcast_id: int, officer_id: int, why: str) -> bool:
    """What stopped it is set aside by an approver; the reason stays in the archive. Never its author."""
    sql = f"""UPDATE broadcasts SET override_by = :officer, override_why = :why
      WHERE id = :id AND {OPEN} AND written_by <> :officer"""
    return tx.run(sql, id=broadcast_id, officer=officer_id, why=why) == 1


def urgent(tx: Transaction, broadcast_id: int, officer_id: int, why: str, now: datetime) -> bool:
    """Of the urgent topic alone: it goes out at once, by one person who says why, and is looked at afterwards."""
    return changed(
        tx,
        "approved_at = :now, urgent_why = :why, decided_by = :officer",
        broadcast_id,
        f"{OPEN} AND topic = '{URGENT}' AND hash IS NOT NULL",
        now,
        officer=officer_id,
        why=why,
    )


def review(tx: Transaction, broadcast_id: int, officer_id: int, words: str, now: datetime) -> bool:
    """What went out at once was looked at by somebody who neither wrote nor sent it."""
    return changed(
        tx,
        "reviewed_at = :now, reviewed_by = :officer, review = :words",
        broadcast_id,
        "urgent_why IS NOT NULL AND reviewed_at IS NULL AND written_by <> :officer AND decided_by <> :officer",
        now,
        officer=officer_id,
        words=words,
    )


def discard(tx: Transaction, broadcast_id: int, person_id: int, now: datetime) -> bool:
    """Thrown away by its author before anybody decided."""
    return changed(
        tx,
        "cancelled_at = :now, cancelled_why = 'discarded', cancelled_by = :person",
        broadcast_id,
        "written_by = :person AND approved_at IS NULL AND rejected_at IS NULL AND cancelled_at IS NULL",
        now,
        person=person_id,
    )


def waiting(tx: Transaction) -> list[Broadcast]:
    """What waits for somebody to decide, the oldest first."""
    return [broadcasts.read(row) for row in tx.all(f"SELECT * FROM broadcasts WHERE {OPEN} ORDER BY submitted_at, id")]


def to_review(tx: Transaction) -> list[Broadcast]:
    """What went out at once and was not looked at yet."""
    rows = tx.all("SELECT * FROM broadcasts WHERE urgent_why IS NOT NULL AND reviewed_at IS NULL ORDER BY id")
    return [broadcasts.read(row) for row in rows]


def drafts_of(tx: Transaction, person_id: int) -> list[Broadcast]:
    """What somebody has in their hands, the newest first."""
    rows = tx.all(f"SELECT * FROM broadcasts WHERE written_by = :person AND {HELD} ORDER BY id DESC", person=person_id)
    return [broadcasts.read(row) for row in rows]
