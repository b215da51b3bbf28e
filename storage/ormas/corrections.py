"""What leaders say should stand in the register, until an officer accepts or refuses it."""

from dataclasses import dataclass
from datetime import datetime

from storage.database.database import NotFound, Row, Transaction
from storage.database.moment import stamp


@dataclass(frozen=True, slots=True)
class Correction:
    """`fact` and `value` as in storage/ormas/registry.py; both decisions are times, and the first one counts."""

    id: int
    organisation_id: int
    person_id: int
    fact: str
    value: str
    accepted: bool
    refused: bool
    decided_by: int | None
    reason: str | None

    @property
    def code(self) -> str:
        return f"KOR-{self.id:04d}"

    @property
    def open(self) -> bool:
        return not self.accepted and not self.refused


def read(row: Row) -> Correction:
    return Correction(
        row["id"],
        row["organisation_id"],
        row["person_id"],
        row["fact"],
        row["value"],
        row["accepted_at"] is not None,
        row["refused_at"] is not None,
        row["decided_by"],
        row["reason"],
    )


def propose(tx: Transaction, organisation_id: int, person_id: int, fact: str, value: str, now: datetime) -> Correction:
    row = tx.one(
        """INSERT INTO corrections (organisation_id, person_id, fact, value, proposed_at)
        VALUES (:organisation, :person, :fact, :value, :now) RETURNING *""",
        organisation=organisation_id,
        person=person_id,
        fact=fact,
        value=value,
        now=stamp(now),
    )
    assert row is not None
    return read(row)


def get(tx: Transaction, correction_id: int) -> Correction:
    """Raises NotFound when there is none."""
    row = tx.one("SELECT * FROM corrections WHERE id = :id", id=correction_id)
    if row is None:
        raise NotFound("no such correction")
    return read(row)


OPEN = "SELECT * FROM corrections WHERE accepted_at IS NULL AND refused_at IS NULL "


def waiting(tx: Transaction, at_most: int) -> list[Correction]:
    """What nobody decided yet, the oldest first."""
    return [read(row) for row in tx.all(OPEN + "ORDER BY id LIMIT :most", most=at_most)]


def open_of_person(tx: Transaction, person_id: int) -> list[Correction]:
    return [read(row) for row in tx.all(OPEN + "AND person_id = :person ORDER BY id", person=person_id)]


def open_of_organisation(tx: Transaction, organisation_id: int) -> list[Correction]:
    return [read(row) for row in tx.all(OPEN + "AND organisation_id = :id ORDER BY id", id=organisation_id)]


DECIDE = """UPDATE corrections SET {}, decided_by = :officer
  WHERE id = :id AND accepted_at IS NULL AND refused_at IS NULL"""


def accept(tx: Transaction, correction_id: int, officer_id: int, now: datetime) -> bool:
    """True for the one officer who was first."""
    sql = DECIDE.format("accepted_at = :now")
    return tx.run(sql, id=correction_id, officer=officer_id, now=stamp(now)) == 1


def refuse(tx: Transaction, correction_id: int, officer_id: int, reason: str, now: datetime) -> bool:
    """True for the one officer who was first."""
    sql = DECIDE.format("refused_at = :now, reason = :reason")
    return tx.run(sql, id=correction_id, officer=officer_id, reason=reason, now=stamp(now)) == 1


def forget(tx: Transaction, person_id: int) -> None:
    """The person was erased: what nobody decided goes; of the rest no words stay."""
    tx.run(
        "DELETE FROM corrections WHERE person_id = :person AND accepted_at IS NULL AND refused_at IS NULL",
        person=person_id,
    )
    tx.run("UPDATE corrections SET value = '', reason = NULL WHERE person_id = :person", person=person_id)
