"""Public words that wait for a second person: proposed by one, approved or returned by another, once."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.database.database import NotFound, Row, Transaction
from storage.database.moment import stamp

OPEN = "approved_at IS NULL AND returned_at IS NULL"


@dataclass(frozen=True, slots=True)
class Proposal:
    """`facts` is what would stand there; `subject_id` the record it changes, 0 for a new one."""

    id: int
    kind: str
    subject_id: int
    facts: Mapping[str, Any]
    proposed_by: int | None
    open: bool
    approved: bool
    decided_by: int | None

    @property
    def code(self) -> str:
        return f"USL-{self.id:04d}"


def read(row: Row) -> Proposal:
    return Proposal(
        row["id"],
        row["kind"],
        row["subject_id"],
        json.loads(row["facts"]),
        row["proposed_by"],
        row["approved_at"] is None and row["returned_at"] is None,
        row["approved_at"] is not None,
        row["decided_by"],
    )


def propose(
    tx: Transaction, kind: str, subject_id: int, facts: Mapping[str, Any], person_id: int | None, now: datetime
) -> Proposal:
    row = tx.one(
        """INSERT INTO proposals (kind, subject_id, facts, proposed_by, proposed_at)
        VALUES (:kind, :subject, :facts, :person, :now) RETURNING *""",
        kind=kind,
        subject=subject_id,
        facts=json.dumps(facts, ensure_ascii=False, sort_keys=True),
        person=person_id,
        now=stamp(now),
    )
    assert row is not None
    return read(row)


def get(tx: Transaction, proposal_id: int) -> Proposal:
    """Raises NotFound when there is none."""
    row = tx.one("SELECT * FROM proposals WHERE id = :id", id=proposal_id)
    if row is None:
        raise NotFound("no such proposal")
    return read(row)


def approve(tx: Transaction, proposal_id: int, officer_id: int, note: str | None, now: datetime) -> bool:
    """True for the one who was first; never for whoever proposed it. `note`: why a finding was let through."""
    return decide(tx, "approved_at", proposal_id, officer_id, note, now)


def send_back(tx: Transaction, proposal_id: int, officer_id: int, note: str, now: datetime) -> bool:
    """True for the one who was first."""
    return decide(tx, "returned_at", proposal_id, officer_id, note, now)


def decide(tx: Transaction, at: str, proposal_id: int, officer_id: int, note: str | None, now: datetime) -> bool:
    return (
        tx.run(
            f"""UPDATE proposals SET {at} = :now, decided_by = :officer, note = :note
            WHERE id = :id AND {OPEN} AND (proposed_by IS NULL OR proposed_by <> :officer)""",
            id=proposal_id,
            officer=officer_id,
            note=note,
            now=stamp(now),
        )
        == 1
    )


def waiting(tx: Transaction) -> list[Proposal]:
    """What nobody has decided yet, the oldest first."""
    return [read(row) for row in tx.all(f"SELECT * FROM proposals WHERE {OPEN} ORDER BY id")]


def open_about(tx: Transaction, kind: str, subject_id: int) -> Proposal | None:
    """What waits already about this record."""
    row = tx.one(
        f"SELECT * FROM proposals WHERE kind = :kind AND subject_id = :subject AND {OPEN} ORDER BY id LIMIT 1",
        kind=kind,
        subject=subject_id,
    )
    return None if row is None else read(row)
