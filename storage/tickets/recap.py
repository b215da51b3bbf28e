"""Counts over a period: tickets that came in, how long they took, reports of the situation, meetings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.database.database import Row, Transaction
from storage.database.moment import maybe, moment, stamp
from storage.tickets.queue import NEXT_BY

LATE = f"""responded_at > respond_by OR closed_at > due_at
  OR (closed_at IS NULL AND asked_at IS NULL AND {NEXT_BY} <= :now)"""
"""Whether a word of the office came after its time, or is owed since then."""


@dataclass(frozen=True, slots=True)
class Line:
    """One ticket as it stands in a table. `sender` and `organisation` only where it was sent with a name."""

    id: int
    code: str
    kind: str
    privacy: str
    title: str
    period: str
    sender: str
    organisation: str
    kecamatan: str
    field: str
    opened_at: datetime
    responded_at: datetime | None
    closed_at: datetime | None
    result: str | None
    late: bool
    reopened: int
    rating: int | None


def count(tx: Transaction, kinds: Sequence[str], since: datetime, until: datetime, at_most: int) -> int:
    """How many came in from `since` on and before `until`, counted no further than `at_most`."""
    total = 0
    for kind in kinds:
        row = tx.one(
            """SELECT count(*) AS n FROM (SELECT 1 AS one FROM tickets WHERE kind = :kind AND opened_at >= :since
              AND opened_at < :until LIMIT :most) AS counted""",
            kind=kind,
            since=stamp(since),
            until=stamp(until),
            most=at_most - total,
        )
        total += int(row["n"]) if row else 0
    return total


def lines(
    tx: Transaction, kind: str, since: datetime, until: datetime, now: datetime, after: Line | None, at_most: int
) -> list[Line]:
    """The next tickets of a kind, by time; after the last one that was read, so that no read is long."""
    rows = tx.all(
        f"""SELECT t.*, CASE WHEN {LATE} THEN 1 ELSE 0 END AS late, p.name AS sender, o.name AS organisation
        FROM tickets t LEFT JOIN people p ON p.id = t.person_id AND t.privacy = 'named'
        LEFT JOIN organisations o ON o.id = t.organisation_id AND t.privacy = 'named'
        WHERE t.kind = :kind AND t.opened_at >= :since AND t.opened_at < :until
          AND (t.opened_at > :after OR t.id > :id) ORDER BY t.opened_at, t.id LIMIT :at_most""",
        kind=kind,
        since=stamp(after.opened_at if after else since),
        until=stamp(until),
        now=stamp(now),
        after=stamp(after.opened_at) if after else "",
        id=after.id if after else 0,
        at_most=at_most,
    )
    return [line(row) for row in rows]


def line(row: Row) -> Line:
    return Line(
        row["id"],
        row["code"],
        row["kind"],
        row["privacy"],
        row["title"],
        row["period"],
        row["sender"] or "",
        row["organisation"] or "",
        row["kecamatan"],
        row["field"],
        moment(row["opened_at"]),
        maybe(row["responded_at"]),
        maybe(row["closed_at"]),
        row["result"],
        bool(row["late"]),
        row["reopened"],
        row["rating"],
    )


def situations(tx: Transaction, since: datetime) -> list[Row]:
    """Reports of the situation since then: level, kecamatan, verified and unnamed (0 or 1), n."""
    return tx.all(
        """SELECT level, kecamatan, CASE WHEN verified_at IS NULL THEN 0 ELSE 1 END AS verified,
          CASE WHEN privacy = 'anonymous' THEN 1 ELSE 0 END AS unnamed, count(*) AS n
        FROM tickets WHERE kind = 'situasi' AND opened_at >= :since GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4""",
        since=stamp(since),
    )


def meetings(tx: Transaction, since: datetime, until: datetime) -> dict[str, int]:
    """Meetings whose time lies in the period, by their state (as storage/meetings/meetings.py derives it)."""
    rows = tx.all(
        """SELECT CASE WHEN cancelled_at IS NOT NULL THEN 'cancelled' WHEN rejected_at IS NOT NULL THEN 'rejected'
          WHEN held_at IS NOT NULL THEN 'held' WHEN missed_at IS NOT NULL THEN 'missed'
          WHEN proposed_start IS NOT NULL THEN 'proposed' WHEN approved_at IS NOT NULL THEN 'approved'
          ELSE 'waiting' END AS state, count(*) AS n
        FROM meetings WHERE starts_at >= :since AND starts_at < :until GROUP BY 1""",
        since=stamp(since),
        until=stamp(until),
    )
    return {row["state"]: int(row["n"]) for row in rows}
