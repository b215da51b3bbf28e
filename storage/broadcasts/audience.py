"""Who an announcement is for, and how each is reached: one query that the plan counts and the ledger writes down."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from storage.broadcasts import messengers, segments
from storage.broadcasts.broadcasts import Broadcast
from storage.broadcasts.segments import Condition
from storage.database.database import Row, Transaction
from storage.database.moment import stamp

SLICE = 2_000
"""People looked at in one transaction: some tens of milliseconds, so that nobody's turn waits long for it."""
END = "SELECT max(id) AS upto FROM (SELECT id FROM people WHERE id > :after ORDER BY id LIMIT :at_most) s"
UNWANTED = """EXISTS (SELECT 1 FROM preferences w WHERE w.person_id = p.id AND w.topic = :topic AND w.wanted = 0
  AND NOT EXISTS (SELECT 1 FROM preferences l WHERE l.person_id = p.id AND l.topic = w.topic AND l.id > w.id))"""
REASON = f"""CASE WHEN p.erased_at IS NOT NULL
    OR NOT EXISTS (SELECT 1 FROM consents s WHERE s.person_id = p.id AND s.withdrawn_at IS NULL) THEN 'no consent'
  WHEN p.stopped_at IS NOT NULL THEN 'stopped'
  WHEN {UNWANTED} THEN 'topic'
  WHEN c.person_id IS NULL THEN CASE WHEN EXISTS (SELECT 1 FROM chats a WHERE a.person_id = p.id)
    THEN 'unreachable' ELSE 'no chat' END END"""
"""Why somebody is not written to; NULL when they are."""
OPEN = "{chat}.person_id = p.id AND {chat}.unreachable_at IS NULL AND {chat}.channel IN (SELECT name FROM messengers)"
BETTER = """(n.seen_at > c.seen_at OR n.seen_at = c.seen_at AND (n.used > c.used
  OR n.used = c.used AND (n.channel, n.address) < (c.channel, c.address)))"""
"""The chat used last is taken: times are kept to the hour, ranks tell within it."""
ELSEWHERE = """(CASE WHEN n.channel <> e.channel THEN 1 ELSE 0 END, n.seen_at, n.used, n.channel, n.address)
  > (CASE WHEN c.channel <> e.channel THEN 1 ELSE 0 END, c.seen_at, c.used, c.channel, c.address)"""
"""In a second round, one in another messenger than the first time."""

FREE = """CASE WHEN a.channel = :bound AND (a.seen_at <= :since OR a.closed_at >= a.seen_at) THEN 0 ELSE 1 END"""
"""Whether free words are allowed there now; one messenger at the most binds them to a window."""


@dataclass(frozen=True, slots=True)
class Query:
    """SELECT and values; still asks for :after and :upto, the people it looks at."""

    sql: str
    values: dict[str, Any]


def query(broadcast: Broadcast) -> Query:
    """person_id, channel, address, seen_at, closed_at, reason: one row for each person it is for."""
    whom = condition(broadcast)
    earlier, better = "", BETTER
    values = dict(whom.values) | {"topic": broadcast.content.topic}
    if broadcast.follows is not None:
        earlier = "LEFT JOIN recipients e ON e.person_id = p.id AND e.broadcast_id = :follows"
        better, values["follows"] = ELSEWHERE, broadcast.follows
    sql = f"""SELECT p.id AS person_id, c.channel, c.address, c.seen_at, c.closed_at, {REASON} AS reason
      FROM people p {earlier} LEFT JOIN chats c ON {OPEN.format(chat="c")}
        AND NOT EXISTS (SELECT 1 FROM chats n WHERE {OPEN.format(chat="n")} AND {better})
      WHERE p.id > :after AND p.id <= :upto AND {whom.sql}"""
    return Query(sql, values)


def condition(broadcast: Broadcast) -> Condition:
    """Whom it is for: the segment, or exactly those of an earlier one."""
    if broadcast.replaces is not None:
        return segments.condition({"reached": broadcast.replaces})
    if broadcast.follows is not None:
        return segments.condition({"silent": broadcast.follows})
    return segments.condition(broadcast.content.segment)


def upto(tx: Transaction, after: int, at_most: int = SLICE) -> int | None:
    """The last person of the next slice; None when there is nobody left."""
    row = tx.one(END, after=after, at_most=at_most)
    return None if row is None or row["upto"] is None else int(row["upto"])


def counted(tx: Transaction, broadcast: Broadcast, after: int, last: int, now: datetime) -> list[Row]:
    """Of one slice: channel, whether free words are allowed (1, 0), reason, n."""
    asked = query(broadcast)
    return tx.all(
        f"SELECT a.channel, {FREE} AS free, a.reason, count(*) AS n FROM ({asked.sql}) a GROUP BY 1, 2, 3",
        after=after,
        upto=last,
        **asked.values,
        **windows(tx, now),
    )


@dataclass(frozen=True, slots=True)
class Ormas:
    """How many ormas a segment speaks of, how many of them have nobody to write to, and the first of those by name."""

    total: int
    without: int
    silent: list[str]


CONSENTED = (
    "p.erased_at IS NULL AND EXISTS (SELECT 1 FROM consents s WHERE s.person_id = p.id AND s.withdrawn_at IS NULL)"
)
SPOKEN_FOR = f"""EXISTS (SELECT 1 FROM memberships m JOIN people p ON p.id = m.person_id
  WHERE m.organisation_id = o.id AND m.verified_at IS NOT NULL AND m.refused_at IS NULL AND m.ended_at IS NULL
  AND {CONSENTED} AND p.stopped_at IS NULL AND NOT {UNWANTED}
  AND EXISTS (SELECT 1 FROM chats c WHERE {OPEN.format(chat="c")}))"""


def ormas(tx: Transaction, broadcast: Broadcast, at_most: int) -> Ormas | None:
    """None where the segment is not about ormas, but about people: those of an earlier announcement, a position."""
    if broadcast.replaces is not None or broadcast.follows is not None:
        return None
    whom = segments.of_organisations(broadcast.content.segment)
    if whom is None:
        return None
    values = dict(whom.values) | {"topic": broadcast.content.topic}
    row = tx.one(
        f"""SELECT count(*) AS n, sum(CASE WHEN {SPOKEN_FOR} THEN 0 ELSE 1 END) AS silent
        FROM organisations o WHERE {whom.sql}""",
        **values,
    )
    names = tx.all(
        f"""SELECT o.name FROM organisations o WHERE {whom.sql} AND NOT {SPOKEN_FOR}
        ORDER BY o.name, o.id LIMIT :at_most""",
        at_most=at_most,
        **values,
    )
    assert row is not None
    return Ormas(int(row["n"]), int(row["silent"] or 0), [str(one["name"]) for one in names])


def windows(tx: Transaction, now: datetime) -> dict[str, str]:
    """Which messenger binds free words to a window, and since when somebody must have written."""
    bound = [one for one in messengers.serving(tx).values() if one.window_hours is not None]
    hours = bound[0].window_hours if bound else None
    return {"bound": bound[0].name if bound else "", "since": stamp(now - timedelta(hours=hours or 0))}


def unreached(tx: Transaction, broadcast: Broadcast, after: int, last: int, at_most: int) -> list[Row]:
    """Of one slice, the first who cannot be written to: person_id, name, reason."""
    asked = query(broadcast)
    return tx.all(
        f"""SELECT a.person_id, q.name, a.reason FROM ({asked.sql}) a JOIN people q ON q.id = a.person_id
        WHERE a.reason IS NOT NULL ORDER BY a.person_id LIMIT :at_most""",
        after=after,
        upto=last,
        at_most=at_most,
        **asked.values,
    )
