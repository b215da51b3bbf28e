"""Lists of tickets: what waits for the office, what a person sent. Each is read along an index, few rows at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.database.database import Transaction
from storage.database.moment import hour_of, moment, stamp
from storage.tickets.tickets import Ticket, read

COUNTED = 100
"""No more than these are counted: a queue of ten thousand is "more than a hundred"."""


FEW = 5
"""Fewer reports without a name than these are told in no group by place: a place with one of them is a person."""
NEXT_BY = "(CASE WHEN responded_at IS NULL AND respond_by < due_at THEN respond_by ELSE due_at END)"
"""When the office owes its next word: the very expression the indexes are made of."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which of the open tickets. Empty means all."""

    kinds: tuple[str, ...]
    """Those the person may see; never empty of meaning: no kinds, no tickets."""
    kecamatan: str = ""
    assigned_to: int | None = None
    unassigned: bool = False
    overdue: bool = False
    first: tuple[str, ...] = ()
    """Levels that come before everything else, whatever is owed when."""


def where(chosen: Filter) -> str:
    parts = ["kind = :kind", "closed_at IS NULL"]
    if chosen.kecamatan:
        parts += ["kecamatan = :kecamatan", may_be_told(chosen)]
    if chosen.unassigned:
        parts.append("assigned_to IS NULL")
    if chosen.assigned_to is not None:
        parts.append("assigned_to = :assigned_to")
    if chosen.overdue:
        parts.append(f"{NEXT_BY} <= :now AND asked_at IS NULL")
    return " AND ".join(parts)


def may_be_told(chosen: Filter) -> str:
    """Under a place: what has a name, what is dangerous, and what gives no name where there are enough of them."""
    first = "".join(f", :first{place}" for place in range(len(chosen.first)))
    crowd = """SELECT count(*) FROM tickets n WHERE n.kind = :kind AND n.closed_at IS NULL
      AND n.kecamatan = :kecamatan AND n.privacy = 'anonymous'"""
    danger = f"level <> '' AND level IN (''{first})"
    return f"(privacy <> 'anonymous' OR {danger} OR ({crowd}) >= {FEW})"


def waiting(tx: Transaction, chosen: Filter, at_most: int, now: datetime) -> list[Ticket]:
    """Open tickets: danger first, then the one owed first. Walks along an index, then the best of all."""
    found: dict[int, Ticket] = {}
    for kind in chosen.kinds:
        for level in ("", *chosen.first):
            of_level = " AND level = :level AND level <> ''" if level else ""
            rows = tx.all(
                f"SELECT * FROM tickets WHERE {where(chosen)}{of_level} ORDER BY {NEXT_BY}, id LIMIT :at_most",
                **values(chosen, kind, now),
                level=level,
                at_most=at_most,
            )
            found |= {ticket.id: ticket for ticket in map(read, rows)}
    return sorted(found.values(), key=lambda one: (one.level not in chosen.first, one.next_by, one.id))[:at_most]


def count(tx: Transaction, chosen: Filter, now: datetime) -> int:
    """How many, counted no further than `COUNTED`."""
    total = 0
    for kind in chosen.kinds:
        walk = f"SELECT 1 AS one FROM tickets WHERE {where(chosen)} ORDER BY {NEXT_BY}, id LIMIT :most"
        sql = f"SELECT count(*) AS n FROM ({walk}) AS counted"
        row = tx.one(sql, **values(chosen, kind, now), most=COUNTED - total)
        total += int(row["n"]) if row else 0
    return total


def values(chosen: Filter, kind: str, now: datetime) -> dict[str, object]:
    first = {f"first{place}": level for place, level in enumerate(chosen.first)}
    told = {"kecamatan": chosen.kecamatan, "assigned_to": chosen.assigned_to, "now": stamp(now)}
    return {"kind": kind, **told, **first}


def of_person(tx: Transaction, person_id: int, at_most: int) -> list[Ticket]:
    """What a person sent: what is still open first, of each the newest first."""
    rows = tx.all(
        """SELECT * FROM tickets WHERE person_id = :person
        ORDER BY CASE WHEN closed_at IS NULL THEN 0 ELSE 1 END, opened_at DESC, id LIMIT :at_most""",
        person=person_id,
        at_most=at_most,
    )
    return [read(row) for row in rows]


def count_of_person(tx: Transaction, person_id: int) -> int:
    row = tx.one("SELECT count(*) AS n FROM tickets WHERE person_id = :person", person=person_id)
    return int(row["n"]) if row else 0


def open_of_person(tx: Transaction, person_id: int) -> list[Ticket]:
    rows = tx.all(
        "SELECT * FROM tickets WHERE person_id = :person AND closed_at IS NULL ORDER BY opened_at, id", person=person_id
    )
    return [read(row) for row in rows]


def sent_since(tx: Transaction, person_id: int, since: datetime, kinds: Sequence[str]) -> int:
    """How many tickets of these kinds a person opened since then."""
    rows = tx.all(
        "SELECT kind FROM tickets WHERE person_id = :person AND opened_at > :since",
        person=person_id,
        since=stamp(since),
    )
    return sum(row["kind"] in kinds for row in rows)


def open_alike(tx: Transaction, ticket: Ticket, at_most: int) -> list[Ticket]:
    """Other open tickets of the same kind and kecamatan, the newest first: what it could be a repetition of."""
    rows = tx.all(
        """SELECT * FROM tickets WHERE kind = :kind AND kecamatan = :kecamatan AND closed_at IS NULL AND id <> :id
        ORDER BY opened_at DESC, id LIMIT :at_most""",
        kind=ticket.kind,
        kecamatan=ticket.kecamatan,
        id=ticket.id,
        at_most=at_most,
    )
    return [read(row) for row in rows]


def clarified(tx: Transaction, at_most: int) -> list[Ticket]:
    """Clarifications the office has closed and whose words are still kept, the last one first."""
    rows = tx.all(
        """SELECT * FROM tickets WHERE kind = 'klarifikasi' AND closed_at IS NOT NULL AND emptied_at IS NULL
        AND result IN ('done', 'merged') ORDER BY closed_at DESC LIMIT :at_most""",
        at_most=at_most,
    )
    return [read(row) for row in rows]


def merged_into(tx: Transaction, ticket_id: int) -> list[Ticket]:
    rows = tx.all("SELECT * FROM tickets WHERE merged_into = :id ORDER BY opened_at, id", id=ticket_id)
    return [read(row) for row in rows]


def to_empty(tx: Transaction, kind: str, before: datetime, at_most: int) -> list[int]:
    """Closed so long ago that their words are not kept any longer."""
    rows = tx.all(
        """SELECT id FROM tickets WHERE kind = :kind AND closed_at < :before AND emptied_at IS NULL
        ORDER BY closed_at LIMIT :at_most""",
        kind=kind,
        before=stamp(before),
        at_most=at_most,
    )
    return [int(row["id"]) for row in rows]


def anonymous_in_hour(tx: Transaction, now: datetime, kinds: Sequence[str]) -> int:
    """How many anonymous tickets of these kinds this hour has seen."""
    found = 0
    for kind in kinds:
        row = tx.one(
            """SELECT count(*) AS n FROM tickets
            WHERE kind = :kind AND opened_at = :hour AND privacy = 'anonymous'""",
            kind=kind,
            hour=stamp(hour_of(now)),
        )
        found += int(row["n"]) if row else 0
    return found


def recent_waits(tx: Transaction, kind: str, at_most: int) -> list[timedelta]:
    """How long the last senders waited for the first word of an officer."""
    rows = tx.all(
        """SELECT opened_at, responded_at FROM tickets WHERE kind = :kind AND responded_at IS NOT NULL
        ORDER BY opened_at DESC LIMIT :at_most""",
        kind=kind,
        at_most=at_most,
    )
    return [moment(row["responded_at"]) - moment(row["opened_at"]) for row in rows]
