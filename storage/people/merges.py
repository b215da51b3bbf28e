"""Two records of one person put together, and taken apart again: which rows moved is remembered, so nothing is lost."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.database.database import NotFound, Row, Transaction
from storage.database.moment import stamp
from storage.machine import audit
from storage.people import link_codes, merge_conflicts, people
from storage.people.merge_conflicts import Aside
from storage.people.people import Person

COLUMNS: dict[str, tuple[str, ...]] = {
    "consents.person_id": ("id",),
    "chats.person_id": ("channel", "address"),
    "roles.person_id": ("role",),
    "join_codes.used_by": ("hash",),
    "organisations.added_by": ("id",),
    "memberships.person_id": ("id",),
    "memberships.verified_by": ("id",),
    "drafts.person_id": ("id",),
    "attachments.person_id": ("id",),
    "meetings.person_id": ("id",),
    "meetings.assigned_to": ("id",),
    "meetings.approved_by": ("id",),
    "history.person_id": ("id",),
    "promises.made_by": ("id",),
    "promises.kept_by": ("id",),
    "preferences.person_id": ("id",),
    "corrections.person_id": ("id",),
    "corrections.decided_by": ("id",),
    "ready_papers.person_id": ("id",),
    "tickets.person_id": ("id",),
    "tickets.assigned_to": ("id",),
    "tickets.verified_by": ("id",),
    "tickets.closed_by": ("id",),
    "ticket_events.officer_id": ("id",),
    "talks.person_id": ("ticket_id",),
    "canned_replies.written_by": ("id",),
    "mutes.person_id": ("id",),
    "mutes.muted_by": ("id",),
    "broadcasts.written_by": ("id",),
    "broadcasts.override_by": ("id",),
    "broadcasts.approved_by": ("id",),
    "broadcasts.decided_by": ("id",),
    "broadcasts.reviewed_by": ("id",),
    "broadcasts.paused_by": ("id",),
    "broadcasts.cancelled_by": ("id",),
    "recipients.person_id": ("id",),
    "segments.written_by": ("id",),
    "jobs.person_id": ("id",),
    "proposals.proposed_by": ("id",),
    "proposals.decided_by": ("id",),
    "told.officer_id": ("parcel_id",),
}
"""Every column that names a person, with what tells one row of it from another. A test compares it with the tables."""
STAY = {"merges.kept_id", "merges.merged_id", "link_codes.person_id", "link_codes.asked_by", "guesses.person_id"}
"""Columns that speak of linking itself, and of guesses, which count for an hour and have nothing to tell them apart.

(The audit keeps who it was, too: it is only ever added to.)"""


@dataclass(frozen=True, slots=True)
class Merge:
    """`moved`: by column, the keys of the rows that changed hands. `aside`: what gave way, to be put back."""

    id: int
    kept_id: int
    merged_id: int
    reason: str
    moved: dict[str, list[list[Any]]]
    aside: Aside
    undone: bool

    @property
    def chats(self) -> list[tuple[str, str]]:
        """Channel and address of the chats that came with it."""
        return [(channel, address) for channel, address in self.moved.get("chats.person_id", ())]

    @property
    def doubted(self) -> list[int]:
        """Memberships that were verified under another name than the person has now."""
        return [row[0] for row in self.aside.get("verified", ())]


def read(row: Row) -> Merge:
    return Merge(
        row["id"],
        row["kept_id"],
        row["merged_id"],
        row["reason"],
        json.loads(row["moved"]),
        json.loads(row["aside"]),
        row["undone_at"] is not None,
    )


def get(tx: Transaction, merge_id: int) -> Merge:
    """Raises NotFound when there is none."""
    row = tx.one("SELECT * FROM merges WHERE id = :id", id=merge_id)
    if row is None:
        raise NotFound("no such merge")
    return read(row)


def into(tx: Transaction, person_id: int) -> list[Merge]:
    """What was merged into this person and still is, the oldest first."""
    rows = tx.all("SELECT * FROM merges WHERE kept_id = :person AND undone_at IS NULL ORDER BY id", person=person_id)
    return [read(row) for row in rows]


def behind(tx: Transaction, person_id: int) -> list[int]:
    """Everyone who is part of this person now, also by way of somebody between."""
    direct = [merge.merged_id for merge in into(tx, person_id)]
    return [one for other in direct for one in (other, *behind(tx, other))]


def merge(tx: Transaction, kept_id: int, merged_id: int, reason: str, now: datetime) -> Merge:
    """Everything of one person becomes another's. Raises ValueError unless both are there, and two."""
    kept, merged = whole(tx, kept_id), whole(tx, merged_id)
    if kept_id == merged_id:
        raise ValueError("nobody is merged with themselves")
    gained = merged.roles - kept.roles
    for person_id in (kept_id, merged_id):
        link_codes.close_about(tx, person_id, now)
    aside = merge_conflicts.give_way(tx, kept, merged, stamp(now))
    moved = {column: move(tx, column, kept_id, merged_id) for column in COLUMNS}
    merge_conflicts.lay_aside(tx, merged_id, aside)
    merge_conflicts.inherit(tx, kept_id, merged_id)
    row = tx.one(
        """INSERT INTO merges (kept_id, merged_id, at, reason, moved, aside)
        VALUES (:kept, :merged, :now, :reason, :moved, :aside) RETURNING *""",
        kept=kept_id,
        merged=merged_id,
        now=stamp(now),
        reason=reason,
        moved=json.dumps({column: keys for column, keys in moved.items() if keys}),
        aside=json.dumps(aside),
    )
    assert row is not None
    done = read(row)
    note(tx, done, "merged", sorted(gained), now)
    return done


def whole(tx: Transaction, person_id: int) -> Person:
    """Somebody who is neither erased nor part of another. Raises ValueError."""
    row = tx.one(
        """SELECT p.id FROM people p WHERE p.id = :id AND p.erased_at IS NULL AND NOT EXISTS
          (SELECT 1 FROM merges m WHERE m.merged_id = p.id AND m.undone_at IS NULL)""",
        id=person_id,
    )
    if row is None:
        raise ValueError("there is no such person any more")
    return people.get(tx, person_id)


def note(tx: Transaction, merge: Merge, what: str, roles: list[str], now: datetime) -> None:
    """Into the audit, under both persons, with the roles that changed hands."""
    actor = " ".join(sorted(people.get(tx, merge.kept_id).roles))
    for own, other in ((merge.kept_id, merge.merged_id), (merge.merged_id, merge.kept_id)):
        why = " ".join([f"person:{other}", merge.reason, *roles])
        audit.add(tx, merge.kept_id, actor, what, f"person:{own}", why, now)


def move(tx: Transaction, column: str, kept_id: int, merged_id: int) -> list[list[Any]]:
    """The keys of the rows that now name the kept person."""
    table, name = column.split(".")
    keys = COLUMNS[column]
    unless = f" AND NOT {merge_conflicts.UNLESS[column]}" if column in merge_conflicts.UNLESS else ""
    values = {"kept": kept_id, "merged": merged_id}
    rows = tx.all(
        f"UPDATE {table} SET {name} = :kept WHERE {name} = :merged{unless} RETURNING {', '.join(keys)}", **values
    )
    return sorted([row[key] for key in keys] for row in rows)


def undo(tx: Transaction, merge_id: int, now: datetime) -> bool:
    """Two persons again: what came goes back if it is still there. False when it was undone before.

    What was made since stays with the kept person. Raises ValueError when that one is gone or part of another.
    """
    merge = get(tx, merge_id)
    if merge.undone:
        return False
    whole(tx, merge.kept_id)
    tx.run("UPDATE merges SET undone_at = :now WHERE id = :id", id=merge_id, now=stamp(now))
    link_codes.close_about(tx, merge.kept_id, now)
    merge_conflicts.park(tx, merge.aside)
    for column, keys in merge.moved.items():
        for key in keys:
            move_back(tx, column, key, merge)
    merge_conflicts.put_back(tx, merge.kept_id, merge.merged_id, merge.aside)
    note(tx, merge, "separated", sorted(people.get(tx, merge.merged_id).roles), now)
    return True


def move_back(tx: Transaction, column: str, key: list[Any], merge: Merge) -> None:
    table, name = column.split(".")
    same = " AND ".join(f"{part} = :k_{part}" for part in COLUMNS[column])
    keys = {f"k_{part}": value for part, value in zip(COLUMNS[column], key, strict=True)}
    tx.run(
        f"UPDATE {table} SET {name} = :merged WHERE {name} = :kept AND {same}",
        kept=merge.kept_id,
        merged=merge.merged_id,
        **keys,
    )


def hand_on(tx: Transaction, kept_id: int, merged_id: int) -> None:
    """What had been linked to a record that is merged for good can still be parted, now from the kept one.

    A name borrowed then is the kept person's own by now.
    """
    for link in into(tx, merged_id):
        tx.run(
            "UPDATE merges SET kept_id = :kept, aside = :aside WHERE id = :id",
            kept=kept_id,
            aside=json.dumps(link.aside | {"name": []}),
            id=link.id,
        )


def forget(tx: Transaction, person_id: int) -> None:
    """The person was erased: which rows and chats were theirs is not kept either."""
    sql = "UPDATE merges SET moved = '{}', aside = '{}' WHERE kept_id = :person OR merged_id = :person"
    tx.run(sql, person=person_id)


def readdress(tx: Transaction, channel: str, old: str, new: str) -> None:
    """A chat that once came with a merge is found at another address: it would go back with it from there."""
    for row in tx.all("SELECT id, moved FROM merges WHERE undone_at IS NULL"):
        moved = json.loads(row["moved"])
        chats = moved.get("chats.person_id", [])
        if [channel, old] in chats:
            moved["chats.person_id"] = [[channel, new] if chat == [channel, old] else chat for chat in chats]
            tx.run("UPDATE merges SET moved = :moved WHERE id = :id", id=row["id"], moved=json.dumps(moved))
