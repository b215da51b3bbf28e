"""What goes out: written in the turn, claimed by the sender, settled with one of four outcomes.

sent, refused (never again as it is), unknown (it may have arrived) and, while neither, waiting for `due_at`.
`expired` and `withheld` say that we ourselves decided not to send.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.database import NotFound, Row, Transaction
from storage.moment import maybe, moment, stamp

ANY = -1
"""Whichever attempt it was."""
REPLY, NOTICE, BULK = 0, 1, 2
"""Priorities: an answer to a person goes before everything the office starts by itself."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One outgoing item. `kind` decides what happens when nobody knows whether it arrived (bot/send.py)."""

    id: int
    channel: str
    address: str
    kind: str
    priority: int
    body: str
    attempts: int
    expires_at: datetime | None
    written_at: datetime
    topic: str | None = None
    form: str = "free"
    """`free` words, or the `template` they have."""


def put(
    tx: Transaction,
    channel: str,
    address: str,
    kind: str,
    body: str,
    now: datetime,
    *,
    priority: int = REPLY,
    due_at: datetime | None = None,
    expires_at: datetime | None = None,
    subject: str | None = None,
    topic: str | None = None,
) -> None:
    """Write a parcel; the sender takes it once the turn is committed. `subject` lets it be taken back until then."""
    tx.run(
        """INSERT INTO outbox (channel, address, kind, priority, body, written_at, due_at, expires_at, subject,
          topic)
        VALUES (:channel, :address, :kind, :priority, :body, :now, :due_at, :expires_at, :subject, :topic)""",
        channel=channel,
        address=address,
        kind=kind,
        priority=priority,
        body=body,
        now=stamp(now),
        due_at=stamp(due_at or now),
        expires_at=stamp(expires_at) if expires_at else None,
        subject=subject,
        topic=topic,
    )


def take_back(tx: Transaction, subject: str, now: datetime) -> int:
    """What it says is no longer so (the meeting moved): nothing of it that still waits is sent."""
    return tx.run(
        """UPDATE outbox SET settled_at = :now, outcome = 'withheld', reason = 'no longer true'
        WHERE subject = :subject AND settled_at IS NULL AND claimed_at IS NULL""",
        subject=subject,
        now=stamp(now),
    )


CLAIM = """UPDATE outbox SET claimed_at = :now, attempts = attempts + 1 WHERE id IN (
    SELECT id FROM outbox o WHERE settled_at IS NULL AND claimed_at IS NULL AND channel = :channel AND due_at <= :now
    AND (o.kind = 'query' OR NOT EXISTS (SELECT 1 FROM outbox e WHERE e.channel = o.channel AND e.address = o.address
      AND e.settled_at IS NULL AND e.claimed_at IS NULL AND e.id < o.id AND e.attempts > 0))
    AND NOT EXISTS (SELECT 1 FROM outbox q WHERE q.channel = o.channel AND q.address = o.address
      AND q.settled_at IS NULL AND q.id < o.id AND q.priority <= o.priority ORDER BY q.id LIMIT 1 OFFSET 3)
    ORDER BY priority, id LIMIT :at_most)
  RETURNING id, channel, address, kind, priority, body, attempts, expires_at, written_at, topic"""
"""A parcel waits behind an earlier one of the same chat that is to be tried again: order is kept per person. And no
more than four of a chat are in hand at once, so that one busy chat leaves room for everybody else."""


def claim(tx: Transaction, channels: Sequence[str], at_most: int, now: datetime) -> list[Parcel]:
    """Take what is due, replies first; nobody else takes it while it is claimed."""
    rows: list[Row] = []
    for channel in channels:
        rows += tx.all(CLAIM, channel=channel, at_most=at_most, now=stamp(now))
    return sorted(map(read, rows), key=lambda parcel: (parcel.priority, parcel.id))


def read(row: Row) -> Parcel:
    return Parcel(
        row["id"],
        row["channel"],
        row["address"],
        row["kind"],
        row["priority"],
        row["body"],
        row["attempts"],
        maybe(row["expires_at"]),
        moment(row["written_at"]),
        row["topic"],
    )


def get(tx: Transaction, parcel_id: int) -> Parcel:
    """Raises NotFound."""
    row = tx.one("SELECT * FROM outbox WHERE id = :id", id=parcel_id)
    if row is None:
        raise NotFound("no such parcel")
    return read(row)


def waiting_notices(tx: Transaction, channel: str, address: str) -> list[int]:
    """What the office started by itself and has not sent yet."""
    rows = tx.all(
        """SELECT id FROM outbox WHERE channel = :channel AND address = :address AND settled_at IS NULL
          AND claimed_at IS NULL AND priority > :reply ORDER BY id""",
        channel=channel,
        address=address,
        reply=REPLY,
    )
    return [row["id"] for row in rows]


def copy(tx: Transaction, parcel_id: int, channel: str, address: str, now: datetime) -> None:
    """The same to another address, as a parcel of its own."""
    tx.run(
        """INSERT INTO outbox (channel, address, kind, priority, body, written_at, due_at, expires_at, subject, topic)
        SELECT :channel, :address, kind, priority, body, :now, :now, expires_at, subject, topic
        FROM outbox WHERE id = :id""",
        id=parcel_id,
        channel=channel,
        address=address,
        now=stamp(now),
    )


def judged(tx: Transaction, parcel_id: int, form: str, reason: str) -> None:
    """What the gate said: in which form it goes, and why."""
    tx.run("UPDATE outbox SET form = :form, reason = :reason WHERE id = :id", id=parcel_id, form=form, reason=reason)


KNOWN = "EXISTS (SELECT 1 FROM chats c WHERE c.channel = outbox.channel AND c.address = outbox.address)"
"""Somebody who agreed. For anybody else neither the words nor the address stay once the parcel is settled."""


def settle(
    tx: Transaction,
    parcel_id: int,
    outcome: str,
    now: datetime,
    *,
    reason: str | None = None,
    receipt: str | None = None,
    attempt: int = ANY,
) -> None:
    """The end of a parcel. `receipt` is the provider's name for what it took; `attempt` the only one this ends.

    A provider may say that an attempt failed before it answers to it: then that answer ends nothing.
    """
    tx.run(
        f"""UPDATE outbox SET settled_at = :now, outcome = :outcome, reason = coalesce(:reason, reason),
          receipt = coalesce(:receipt, receipt),
          body = CASE WHEN {KNOWN} THEN body ELSE '' END, address = CASE WHEN {KNOWN} THEN address ELSE '' END
        WHERE id = :id AND settled_at IS NULL
          AND (:attempt < 0 OR attempts = :attempt AND claimed_at IS NOT NULL)""",
        id=parcel_id,
        attempt=attempt,
        outcome=outcome,
        reason=reason,
        receipt=receipt,
        now=stamp(now),
    )


def again(tx: Transaction, parcel_id: int, due_at: datetime, reason: str, *, unknown: bool = False) -> None:
    """Give it back to be tried at `due_at`; `unknown` counts that it may have arrived already."""
    tx.run(
        """UPDATE outbox SET claimed_at = NULL, due_at = :due_at, reason = :reason, unknowns = unknowns + :unknown
        WHERE id = :id AND settled_at IS NULL""",
        id=parcel_id,
        due_at=stamp(due_at),
        reason=reason,
        unknown=int(unknown),
    )


def postpone(tx: Transaction, parcel_id: int, due_at: datetime, reason: str) -> None:
    """Give it back untried, not to be taken before `due_at`."""
    tx.run(
        """UPDATE outbox SET claimed_at = NULL, attempts = attempts - 1, due_at = :due_at, reason = :reason
        WHERE id = :id AND settled_at IS NULL""",
        id=parcel_id,
        due_at=stamp(due_at),
        reason=reason,
    )


def doubts(tx: Transaction, parcel_id: int) -> int:
    """How often it may have arrived already without our knowing."""
    row = tx.one("SELECT unknowns FROM outbox WHERE id = :id", id=parcel_id)
    return int(row["unknowns"]) if row else 0


def due_now(tx: Transaction, now: datetime) -> None:
    """The clock went back: what was written "in the future" does not wait for it."""
    tx.run(
        """UPDATE outbox SET due_at = :now, written_at = :now
        WHERE settled_at IS NULL AND claimed_at IS NULL AND written_at > :now""",
        now=stamp(now),
    )


def release(tx: Transaction, parcel_ids: Iterable[int]) -> None:
    """Give back, untouched, what was claimed but never tried."""
    for parcel_id in parcel_ids:
        tx.run(
            """UPDATE outbox SET claimed_at = NULL, attempts = attempts - 1
            WHERE id = :id AND settled_at IS NULL""",
            id=parcel_id,
        )


def move(tx: Transaction, channel: str, address: str, to: str) -> None:
    """A group became a supergroup: what waits for it goes to its new address."""
    tx.run(
        "UPDATE outbox SET address = :to WHERE channel = :channel AND address = :address AND settled_at IS NULL",
        channel=channel,
        address=address,
        to=to,
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


def withhold(tx: Transaction, channel: str, address: str, reason: str, now: datetime) -> None:
    """Nothing more to this address: what waits there is settled unsent."""
    tx.run(
        """UPDATE outbox SET settled_at = :now, outcome = 'withheld', reason = :reason, body = ''
        WHERE channel = :channel AND address = :address AND settled_at IS NULL AND claimed_at IS NULL""",
        channel=channel,
        address=address,
        reason=reason,
        now=stamp(now),
    )


def counts(tx: Transaction) -> dict[str, int]:
    """How many parcels ended how, what waits, and how often nobody could say (`maybe_twice`)."""
    rows = tx.all("SELECT coalesce(outcome, 'waiting') AS outcome, count(*) AS n FROM outbox GROUP BY 1")
    doubts = tx.one(
        """SELECT coalesce(sum(unknowns), 0) + coalesce(sum(CASE WHEN outcome = 'unknown' THEN 1 ELSE 0 END), 0) AS n
        FROM outbox"""
    )
    return {row["outcome"]: int(row["n"]) for row in rows} | {"maybe_twice": int(doubts["n"]) if doubts else 0}


def tidy(tx: Transaction, before: datetime) -> int:
    """Empty the words of what was settled long ago; the ledger of outcomes stays."""
    return tx.run(
        """UPDATE outbox SET body = '', address = ''
        WHERE settled_at IS NOT NULL AND written_at < :before AND body <> ''""",
        before=stamp(before),
    )
