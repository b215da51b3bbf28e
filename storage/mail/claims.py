"""Taking what is due from the outbox: nobody else takes it meanwhile; given back, or found again after a crash."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from storage.database.database import Row, Transaction
from storage.database.moment import stamp
from storage.mail.outbox import BULK, Parcel, read

CLAIM = """UPDATE outbox SET claimed_at = :now, attempts = attempts + 1 WHERE id IN (
    SELECT id FROM outbox o WHERE settled_at IS NULL AND claimed_at IS NULL AND channel = :channel
    AND priority {which} :bulk AND due_at <= :now
    AND (o.kind = 'query'
      OR NOT EXISTS (SELECT 1 FROM outbox e WHERE {lane} AND e.claimed_at IS NULL
        AND (e.due_at > :now OR e.attempts > 0) AND (o.expires_at IS NULL OR e.due_at < o.expires_at))
      AND NOT EXISTS (SELECT 1 FROM outbox e WHERE {lane} ORDER BY e.id LIMIT 1 OFFSET 3))
    ORDER BY priority, id LIMIT :at_most)
  RETURNING id, channel, address, kind, priority, body, attempts, expires_at, written_at, topic"""
"""A parcel waits behind an earlier one of its lane that waits, whatever for, or is to be tried again: what was written
first is seen first. Only what would be of no use by then goes before it. And no more than four of a lane are in hand at
once, so that one busy chat leaves room for everybody else."""
LANE = """e.channel = o.channel AND e.address = o.address AND e.settled_at IS NULL AND e.id < o.id
      AND e.priority = o.priority AND e.kind <> 'query' AND (e.kind = 'menu') = (o.kind = 'menu')"""
"""What goes to a chat one after the other: the answers, the notices, what goes to many, the menus. None of these waits
for another: an answer does not wait for a notice. The answer to a button has no order to keep."""
URGENT = " AND (coalesce(e.topic, '') = 'darurat') = (coalesce(o.topic, '') = 'darurat')"
"""What warns of danger waits for no news."""


SINGLE = CLAIM.format(which="<", lane=LANE)
MANY = CLAIM.format(which=">=", lane=LANE + URGENT)


class Lane(NamedTuple):
    """What goes to a chat one after the other."""

    channel: str
    address: str
    priority: int
    menu: bool

    @classmethod
    def of(cls, parcel: Parcel) -> "Lane":
        return cls(parcel.channel, parcel.address, parcel.priority, parcel.kind == "menu")


def claim(tx: Transaction, channels: Sequence[str], at_most: int, now: datetime) -> list[Parcel]:
    """Take what is due and no bulk, replies first; nobody else takes it while it is claimed."""
    rows: list[Row] = []
    for channel in channels:
        rows += tx.all(SINGLE, channel=channel, at_most=at_most, now=stamp(now), bulk=BULK)
    return sorted(map(read, rows), key=lambda parcel: (parcel.priority, parcel.id))


def claim_bulk(tx: Transaction, channel: str, at_most: int, now: datetime) -> list[Parcel]:
    """Take as much of what goes to many as may go at once, the oldest first."""
    rows = tx.all(MANY, channel=channel, at_most=at_most, now=stamp(now), bulk=BULK)
    return sorted(map(read, rows), key=lambda parcel: parcel.id)


def release(tx: Transaction, parcel_ids: Iterable[int]) -> None:
    """Give back, untouched, what was claimed but never tried."""
    for parcel_id in parcel_ids:
        tx.run(
            """UPDATE outbox SET claimed_at = NULL, attempts = attempts - 1
            WHERE id = :id AND settled_at IS NULL""",
            id=parcel_id,
        )


def orphans(tx: Transaction, channels: Iterable[str]) -> list[Parcel]:
    """Claimed by a process that died before it could say what came of it."""
    rows: list[Row] = []
    for channel in channels:
        rows += tx.all(
            """SELECT * FROM outbox WHERE settled_at IS NULL AND claimed_at IS NOT NULL AND channel = :channel
            ORDER BY id""",
            channel=channel,
        )
    return [read(row) for row in rows]


def waits(tx: Transaction, parcel_id: int) -> bool:
    """Whether it is still to be sent."""
    return tx.one("SELECT 1 AS one FROM outbox WHERE id = :id AND settled_at IS NULL", id=parcel_id) is not None


def followed(tx: Transaction, parcel: Parcel) -> bool:
    """Whether others of its lane wait behind it (storage/mail/claims.py)."""
    row = tx.one(
        """SELECT 1 AS one FROM outbox WHERE channel = :channel AND address = :address AND settled_at IS NULL
          AND id > :id AND priority = :priority AND kind NOT IN ('query', 'menu') LIMIT 1""",
        channel=parcel.channel,
        address=parcel.address,
        id=parcel.id,
        priority=parcel.priority,
    )
    return row is not None


def doubts(tx: Transaction, parcel_id: int) -> int:
    """How often it may have arrived already without our knowing."""
    row = tx.one("SELECT unknowns FROM outbox WHERE id = :id", id=parcel_id)
    return int(row["unknowns"]) if row else 0
