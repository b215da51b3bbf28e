"""What two records cannot both bring into one: what gives way when they are merged, and stands again when they part."""

from typing import Any

from storage.database.database import Transaction
from storage.people.people import Person

Aside = dict[str, list[list[Any]]]
"""What gave way: drafts, roles, memberships that ended, verifications; and whether the name is a borrowed one."""
UNLESS = {
    "roles.person_id": "EXISTS (SELECT 1 FROM roles k WHERE k.person_id = :kept AND k.role = roles.role)",
    "drafts.person_id": """EXISTS (SELECT 1 FROM drafts k WHERE k.person_id = :kept AND k.form = drafts.form
      AND k.about = drafts.about)""",
    "talks.person_id": "EXISTS (SELECT 1 FROM talks k WHERE k.person_id = :kept)",
    "recipients.person_id": """EXISTS (SELECT 1 FROM recipients k WHERE k.person_id = :kept
      AND k.broadcast_id = recipients.broadcast_id)""",
}
"""What the kept person has already, and can have only once, does not move."""
PARKED = "~"
"""Before what a draft is about, while two of them change places: a person has one draft about one thing."""
TWICE = """SELECT m.id FROM memberships m JOIN memberships other ON other.organisation_id = m.organisation_id
  WHERE m.person_id IN (:kept, :merged) AND other.person_id IN (:kept, :merged) AND other.person_id <> m.person_id
  AND m.ended_at IS NULL AND m.refused_at IS NULL AND other.ended_at IS NULL AND other.refused_at IS NULL
  AND (CASE WHEN m.verified_at IS NULL THEN 1 ELSE 0 END, m.added_at, m.id)
    > (CASE WHEN other.verified_at IS NULL THEN 1 ELSE 0 END, other.added_at, other.id) ORDER BY m.id"""
"""Of two memberships in one ormas, the one that is not verified, or else the later one."""


def give_way(tx: Transaction, kept: Person, merged: Person, now: str) -> Aside:
    """Before anything moves: of two that cannot both be, one gives way, and it is written down which."""
    both = {"kept": kept.id, "merged": merged.id}
    borrowed = merged.name is not None and not kept.name
    verified = doubt(tx, merged.id) if other_name(kept.name, merged.name) else []
    twice = tx.all(TWICE, **both)
    for row in twice:
        tx.run("UPDATE memberships SET ended_at = :now WHERE id = :id", id=row["id"], now=now)
    older = tx.all(
        """UPDATE drafts SET about = :mark || about WHERE person_id = :kept AND EXISTS (SELECT 1 FROM drafts d
          WHERE d.person_id = :merged AND d.form = drafts.form AND d.about = drafts.about
          AND d.touched_at > drafts.touched_at) RETURNING id""",
        mark=PARKED,
        **both,
    )
    return {
        "verified": verified,
        "ended": [[row["id"], now] for row in twice],
        "drafts": [[row["id"]] for row in older],
        "name": [[merged.id]] if borrowed else [],
    }


def other_name(kept: str | None, merged: str | None) -> bool:
    return bool(kept and merged) and str(kept).casefold().split() != str(merged).casefold().split()


def doubt(tx: Transaction, merged_id: int) -> list[list[Any]]:
    """What was verified under one name is to be verified again under the other, as after a change of name."""
    names = ("id", "position", "verified_at", "verified_by")
    rows = tx.all(
        f"""SELECT {", ".join(names)} FROM memberships WHERE person_id = :merged
        AND verified_at IS NOT NULL AND refused_at IS NULL AND ended_at IS NULL ORDER BY id""",
        merged=merged_id,
    )
    for row in rows:
        tx.run("UPDATE memberships SET verified_at = NULL, verified_by = NULL WHERE id = :id", id=row["id"])
    return [[row[name] for name in names] for row in rows]


def lay_aside(tx: Transaction, merged_id: int, aside: Aside) -> None:
    """After everything moved: what the kept person has already. A role that stayed would make a ghost an officer."""
    for (draft_id,) in aside["drafts"]:
        unpark(tx, draft_id, merged_id)
    roles = tx.all("DELETE FROM roles WHERE person_id = :merged RETURNING role, since", merged=merged_id)
    aside["roles"] = sorted([row["role"], row["since"]] for row in roles)


def park(tx: Transaction, aside: Aside) -> None:
    """Before anything moves back: the drafts that gave way make room."""
    for (draft_id,) in aside["drafts"]:
        tx.run("UPDATE drafts SET about = :mark || about WHERE id = :id", id=draft_id, mark=PARKED)


def unpark(tx: Transaction, draft_id: int, person_id: int) -> None:
    tx.run(
        "UPDATE drafts SET person_id = :person, about = substr(about, 2) WHERE id = :id",
        id=draft_id,
        person=person_id,
    )


def inherit(tx: Transaction, kept_id: int, merged_id: int) -> None:
    """The kept person's own name and language; one BERHENTI, said anywhere, holds for both."""
    tx.run(
        """UPDATE people SET name = coalesce(name, (SELECT m.name FROM people m WHERE m.id = :merged)),
          stopped_at = coalesce(stopped_at, (SELECT m.stopped_at FROM people m WHERE m.id = :merged))
        WHERE id = :kept""",
        kept=kept_id,
        merged=merged_id,
    )


def put_back(tx: Transaction, kept_id: int, merged_id: int, aside: Aside) -> None:
    """What gave way stands again, unless something newer stands there now."""
    for (draft_id,) in aside["drafts"]:
        taken = """SELECT 1 AS one FROM drafts l JOIN drafts k ON k.form = l.form AND k.about = substr(l.about, 2)
          WHERE l.id = :id AND k.person_id = :kept"""
        if tx.one(taken, id=draft_id, kept=kept_id):
            tx.run("DELETE FROM drafts WHERE id = :id", id=draft_id)
        else:
            unpark(tx, draft_id, kept_id)
    for role, since in aside["roles"]:
        given = "INSERT INTO roles VALUES (:merged, :role, :since) ON CONFLICT DO NOTHING"
        tx.run(given, merged=merged_id, role=role, since=since)
    for membership_id, ended_at in aside["ended"]:
        again = "UPDATE memberships SET ended_at = NULL WHERE id = :id AND ended_at = :ended_at"
        tx.run(again, id=membership_id, ended_at=ended_at)
    for membership_id, position, verified_at, verified_by in aside["verified"]:
        tx.run(
            """UPDATE memberships SET verified_at = :at, verified_by = :by WHERE id = :id AND position = :position
            AND verified_at IS NULL AND refused_at IS NULL AND ended_at IS NULL""",
            id=membership_id,
            position=position,
            at=verified_at,
            by=verified_by,
        )
    part(tx, kept_id, merged_id, bool(aside["name"]))


def part(tx: Transaction, kept_id: int, merged_id: int, borrowed: bool) -> None:
    """A name that was only borrowed goes; whether they want to be written to is what they said last, for both."""
    people_of = {"kept": kept_id, "merged": merged_id}
    if borrowed:
        tx.run(
            "UPDATE people SET name = NULL WHERE id = :kept AND name = (SELECT name FROM people WHERE id = :merged)",
            **people_of,
        )
    tx.run(
        "UPDATE people SET stopped_at = (SELECT stopped_at FROM people WHERE id = :kept) WHERE id = :merged",
        **people_of,
    )
