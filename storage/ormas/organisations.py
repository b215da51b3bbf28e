"""Ormas, and who speaks for which."""

from dataclasses import dataclass
from datetime import datetime

from storage.database.database import NotFound, Row, Transaction
from storage.database.moment import stamp


@dataclass(frozen=True, slots=True)
class Organisation:
    id: int
    name: str
    kind: str
    field: str
    kecamatan: str

    @property
    def code(self) -> str:
        return code(self.id)


def code(organisation_id: int) -> str:
    """How people name an ormas: ORM-0012."""
    return f"ORM-{organisation_id:04d}"


@dataclass(frozen=True, slots=True)
class Membership:
    """Someone's place in an ormas. Until an officer verifies it, requests are marked "belum diverifikasi"."""

    id: int
    person_id: int
    organisation: Organisation
    position: str
    verified: bool
    refused: bool


MEMBERSHIP = """SELECT m.*, o.name, o.kind, o.field, o.kecamatan FROM memberships m
  JOIN organisations o ON o.id = m.organisation_id WHERE m.ended_at IS NULL """


def read(row: Row) -> Organisation:
    return Organisation(row["id"], row["name"], row["kind"], row["field"], row["kecamatan"])


def read_membership(row: Row) -> Membership:
    organisation = Organisation(row["organisation_id"], row["name"], row["kind"], row["field"], row["kecamatan"])
    return Membership(
        row["id"],
        row["person_id"],
        organisation,
        row["position"],
        row["verified_at"] is not None,
        row["refused_at"] is not None,
    )


def names(tx: Transaction) -> dict[int, str]:
    """The name of every known ormas by its id, in order: hundreds in a district, so a search looks at all of them."""
    return {row["id"]: row["name"] for row in tx.all("SELECT id, name FROM organisations ORDER BY name, id")}


def get(tx: Transaction, organisation_id: int) -> Organisation:
    """Raises NotFound when there is none."""
    row = tx.one("SELECT * FROM organisations WHERE id = :id", id=organisation_id)
    if row is None:
        raise NotFound("no such organisation")
    return read(row)


def add(tx: Transaction, name: str, kind: str, field: str, kecamatan: str, added_by: int | None, now: datetime) -> int:
    """Add an ormas; its id."""
    row = tx.one(
        """INSERT INTO organisations (name, kind, field, kecamatan, added_by, added_at)
        VALUES (:name, :kind, :field, :kecamatan, :added_by, :now) RETURNING id""",
        name=name,
        kind=kind,
        field=field,
        kecamatan=kecamatan,
        added_by=added_by,
        now=stamp(now),
    )
    assert row is not None
    return int(row["id"])


def join(tx: Transaction, person_id: int, organisation_id: int, position: str, now: datetime) -> int:
    """Put a person in an ormas, unverified; the membership's id. Another position there is to be verified again."""
    known = tx.one(
        """UPDATE memberships SET position = :position,
          verified_at = CASE WHEN position = :position THEN verified_at END
        WHERE person_id = :person AND organisation_id = :organisation AND ended_at IS NULL AND refused_at IS NULL
        RETURNING id""",
        person=person_id,
        organisation=organisation_id,
        position=position,
    )
    row = known or tx.one(
        """INSERT INTO memberships (person_id, organisation_id, position, added_at)
        VALUES (:person, :organisation, :position, :now) RETURNING id""",
        person=person_id,
        organisation=organisation_id,
        position=position,
        now=stamp(now),
    )
    assert row is not None
    return int(row["id"])


def of_person(tx: Transaction, person_id: int) -> list[Membership]:
    """Where a person stands, refused ones left out."""
    rows = tx.all(MEMBERSHIP + "AND m.person_id = :person AND m.refused_at IS NULL ORDER BY m.id", person=person_id)
    return [read_membership(row) for row in rows]


def membership(tx: Transaction, membership_id: int) -> Membership:
    """Raises NotFound when there is none."""
    row = tx.one(MEMBERSHIP + "AND m.id = :id", id=membership_id)
    if row is None:
        raise NotFound("no such membership")
    return read_membership(row)


def in_organisation(tx: Transaction, person_id: int, organisation_id: int) -> Membership | None:
    row = tx.one(
        MEMBERSHIP + "AND m.person_id = :person AND m.organisation_id = :organisation AND m.refused_at IS NULL",
        person=person_id,
        organisation=organisation_id,
    )
    return None if row is None else read_membership(row)


def leaders(tx: Transaction, organisation_id: int) -> list[Membership]:
    """The verified leaders of an ormas, the longest known first."""
    rows = tx.all(
        MEMBERSHIP + "AND m.organisation_id = :organisation AND m.verified_at IS NOT NULL AND m.refused_at IS NULL "
        "ORDER BY m.id",
        organisation=organisation_id,
    )
    return [read_membership(row) for row in rows]


def unverified(tx: Transaction, at_most: int = 100) -> list[Membership]:
    """Members an officer has not looked at yet, the oldest first."""
    rows = tx.all(
        MEMBERSHIP + "AND m.verified_at IS NULL AND m.refused_at IS NULL ORDER BY m.id LIMIT :at_most", at_most=at_most
    )
    return [read_membership(row) for row in rows]


def verify(tx: Transaction, membership_id: int, officer_id: int, now: datetime) -> bool:
    """True for the one officer who was first."""
    return (
        tx.run(
            """UPDATE memberships SET verified_at = :now, verified_by = :officer
        WHERE id = :id AND verified_at IS NULL AND refused_at IS NULL AND ended_at IS NULL""",
            id=membership_id,
            officer=officer_id,
            now=stamp(now),
        )
        == 1
    )


def doubt(tx: Transaction, person_id: int) -> list[Membership]:
    """Who they are has changed: what was verified of this person is to be verified again. What that concerns."""
    rows = tx.all(
        """UPDATE memberships SET verified_at = NULL, verified_by = NULL
        WHERE person_id = :person AND verified_at IS NOT NULL AND refused_at IS NULL AND ended_at IS NULL
        RETURNING id""",
        person=person_id,
    )
    return [membership(tx, row["id"]) for row in sorted(rows, key=lambda row: int(row["id"]))]


def refuse(tx: Transaction, membership_id: int, officer_id: int, now: datetime) -> bool:
    """True for the one officer who was first."""
    return (
        tx.run(
            """UPDATE memberships SET refused_at = :now, verified_by = :officer
        WHERE id = :id AND verified_at IS NULL AND refused_at IS NULL AND ended_at IS NULL""",
            id=membership_id,
            officer=officer_id,
            now=stamp(now),
        )
        == 1
    )


def leave(tx: Transaction, person_id: int, now: datetime) -> None:
    """The person asked to be forgotten: their memberships end and their position is no longer named."""
    tx.run(
        "UPDATE memberships SET ended_at = :now, position = '' WHERE person_id = :person AND ended_at IS NULL",
        person=person_id,
        now=stamp(now),
    )
    tx.run("UPDATE organisations SET added_by = NULL WHERE added_by = :person", person=person_id)
