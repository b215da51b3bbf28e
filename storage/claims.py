"""Taking what is due from the outbox: nobody else takes it meanwhile; given back, or found again after a crash."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from storage.database import Row, Transaction
from storage.moment import stamp
from storage.outbox import BULK, Parcel, read

CLAIM = """UPDATE outbox SET claimed_at = :now, attempts = attempts + 1 WHERE id IN (
    SELECT id FROM outbox o WHERE settled_at IS NULL AND claimed_at IS NULL AND channel = :channel
    AND priority {which} :bulk AND due_at <= :now
    AND (o.kind = 'query' OR NOT EXISTS (SELECT 1 FROM outbox e WHERE e.channel = o.channel AND e.address = o.address
      AND e.settled_at IS NULL AND e.claimed_at IS NULL AND e.id < o.id AND e.attempts > 0))
    AND NOT EXISTS (SELECT 1 FROM outbox q WHERE q.channel = o.channel AND q.address = o.address
      AND q.settled_at IS NULL AND q.id < o.id AND q.priority <= o.priority ORDER BY q.id LIMIT 1 OFFSET 3)
    ORDER BY priority, id LIMIT :at_most)
  RETURNING id, channel, address, kind, priority, body, attempts, expires_at, written_at, topic"""
"""A parcel waits behind an earlier one of the same chat that is to be tried again: order is kept per person. And no
more than four of a chat are in hand at once, so that one busy chat leaves room for everybody else."""


SINGLE, MANY = CLAIM.format(which="<"), CLAIM.format(which=">=")


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
