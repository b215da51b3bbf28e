"""What goes out: written in the turn, claimed by the sender, settled with one of four outcomes.

sent, refused (never again as it is), unknown (it may have arrived) and, while neither, waiting for `due_at`.
`expired` and `withheld` say that we ourselves decided not to send.
"""

from dataclasses import dataclass
from datetime import datetime

from storage.broadcasts import recipients
from storage.database.database import NotFound, Row, Transaction
from storage.database.moment import maybe, moment, stamp
from storage.mail import told

ANY = -1
"""Whichever attempt it was."""
WHISPER = "whisper"
REPLY, NOTICE, BULK = 0, 1, 2
"""Priorities: an answer to a person goes before everything the office starts by itself."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One outgoing item. `kind` decides what happens when nobody knows whether it arrived (bot/outbound/send.py)."""

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
    recipient_id: int | None = None,
) -> int:
    """Write a parcel, which the sender takes once the turn is committed; its id.

    `subject` lets it be taken back until then; `recipient_id` is the line of a ledger that follows it.
    """
    row = tx.one(
        """INSERT INTO outbox (channel, address, kind, priority, body, written_at, due_at, expires_at, subject,
          topic, recipient_id)
        VALUES (:channel, :address, :kind, :priority, :body, :now, :due_at, :expires_at, :subject, :topic,
          :recipient) RETURNING id""",
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
        recipient=recipient_id,
    )
    assert row is not None
    return int(row["id"])


def whisper(tx: Transaction, channel: str, address: str, kind: str, body: str, now: datetime) -> None:
    """Like `put`, for somebody who wants to stay unknown: neither words nor address stay once it is settled."""
    put(tx, channel, address, WHISPER if kind == "reply" else kind, body, now, subject=WHISPER)


def take_back(tx: Transaction, subject: str, now: datetime) -> int:
    """What it says is no longer so (the meeting moved): nothing of it that still waits is sent."""
    return tx.run(
        """UPDATE outbox SET settled_at = :now, outcome = 'withheld', reason = 'no longer true'
        WHERE subject = :subject AND settled_at IS NULL AND claimed_at IS NULL""",
        subject=subject,
        now=stamp(now),
    )


def hurry(tx: Transaction, subject: str, now: datetime) -> None:
    """It waited for something to take its place, and something else comes: it goes now, before that."""
    tx.run(
        """UPDATE outbox SET due_at = :now WHERE subject = :subject AND settled_at IS NULL AND claimed_at IS NULL
        AND attempts = 0 AND due_at > :now""",
        subject=subject,
        now=stamp(now),
    )


def in_line(tx: Transaction, subject: str, before: datetime) -> dict[str, int]:
    """How many parcels of an announcement go out before then, by channel; what waits for another day is not in line."""
    rows = tx.all(
        """SELECT channel, count(*) AS n FROM outbox WHERE subject = :subject AND settled_at IS NULL
        AND recipient_id IS NOT NULL AND due_at < :before GROUP BY channel""",
        subject=subject,
        before=stamp(before),
    )
    return {row["channel"]: int(row["n"]) for row in rows}


def receipt(tx: Transaction, parcel_id: int) -> str | None:
    """The provider's name for what it took; None when it took nothing (yet)."""
    row = tx.one("SELECT receipt FROM outbox WHERE id = :id AND outcome = 'sent'", id=parcel_id)
    return row["receipt"] or None if row else None


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
    """The same to another address, as a parcel of its own; a line of a ledger follows it there."""
    row = tx.one(
        """INSERT INTO outbox (channel, address, kind, priority, body, written_at, due_at, expires_at, subject, topic,
          recipient_id)
        SELECT :channel, :address, kind, priority, body, :now, :now, expires_at, subject, topic, recipient_id
        FROM outbox WHERE id = :id RETURNING id, recipient_id""",
        id=parcel_id,
        channel=channel,
        address=address,
        now=stamp(now),
    )
    if row is not None:
        told.moved(tx, parcel_id, row["id"])
    if row is not None and row["recipient_id"] is not None:
        recipients.moved(tx, parcel_id, row["id"], channel, address)


def judged(tx: Transaction, parcel_id: int, form: str, reason: str) -> None:
    """What the gate said: in which form it goes, and why."""
    tx.run("UPDATE outbox SET form = :form, reason = :reason WHERE id = :id", id=parcel_id, form=form, reason=reason)


KNOWN = """kind <> 'whisper' AND coalesce(subject, '') <> 'whisper'
  AND EXISTS (SELECT 1 FROM chats c WHERE c.channel = outbox.channel AND c.address = outbox.address)"""
"""Somebody who agreed. For anybody else, and of a whisper, neither words nor address stay once it is settled."""
SAID_ELSEWHERE = "kind = 'broadcast' AND form IS NULL"
"""What went to many, where nothing is told of it later: its words stand in the announcement, once for all."""
UNNAMED = "CASE WHEN kind = 'whisper' OR subject = 'whisper' THEN NULL ELSE coalesce(receipt, :receipt) END"
"""A provider's name for what it took may hold a telephone number: it is not kept of a whisper."""


def settle(
    tx: Transaction,
    parcel_id: int,
    outcome: str,
    now: datetime,
    *,
    reason: str | None = None,
    receipt: str | None = None,
    attempt: int = ANY,
) -> bool:
    """The end of a parcel. `receipt` is the provider's name for what it took; `attempt` the only one this ends.

    A provider may say that an attempt failed before it answers to it: then that answer ends nothing (False).
    """
    row = tx.one(
        f"""UPDATE outbox SET settled_at = :now, outcome = :outcome, reason = coalesce(:reason, reason),
          receipt = {UNNAMED}, body = CASE WHEN {KNOWN} AND NOT ({SAID_ELSEWHERE}) THEN body ELSE '' END,
          address = CASE WHEN {KNOWN} THEN address ELSE '' END
        WHERE id = :id AND settled_at IS NULL
          AND (:attempt < 0 OR attempts = :attempt AND claimed_at IS NOT NULL) RETURNING recipient_id, kind, subject""",
        id=parcel_id,
        attempt=attempt,
        outcome=outcome,
        reason=reason,
        receipt=receipt,
        now=stamp(now),
    )
    if row is not None and WHISPER in (row["kind"], row["subject"]):
        tx.leave_no_trace()
    if row is not None and row["recipient_id"] is not None:
        recipients.settled(tx, row["recipient_id"], parcel_id, outcome, reason, now)
    return row is not None


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


def due_now(tx: Transaction, now: datetime) -> None:
    """The clock went back: what was written "in the future" does not wait for it."""
    tx.run(
        """UPDATE outbox SET due_at = :now, written_at = :now
        WHERE settled_at IS NULL AND claimed_at IS NULL AND written_at > :now""",
        now=stamp(now),
    )


def move(tx: Transaction, channel: str, address: str, to: str) -> None:
    """A group became a supergroup: what waits for it goes to its new address."""
    tx.run(
        "UPDATE outbox SET address = :to WHERE channel = :channel AND address = :address AND settled_at IS NULL",
        channel=channel,
        address=address,
        to=to,
    )


def withhold(tx: Transaction, channel: str, address: str, reason: str, now: datetime) -> None:
    """Nothing more to this address: what waits there is settled unsent."""
    rows = tx.all(
        """UPDATE outbox SET settled_at = :now, outcome = 'withheld', reason = :reason, body = '',
          address = CASE WHEN kind = 'whisper' OR subject = 'whisper' THEN '' ELSE address END
        WHERE channel = :channel AND address = :address AND settled_at IS NULL AND claimed_at IS NULL
        RETURNING id, recipient_id, kind, subject""",
        channel=channel,
        address=address,
        reason=reason,
        now=stamp(now),
    )
    if any(WHISPER in (row["kind"], row["subject"]) for row in rows):
        tx.leave_no_trace()
    for row in rows:
        if row["recipient_id"] is not None:
            recipients.settled(tx, row["recipient_id"], row["id"], "withheld", reason, now)


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
        WHERE settled_at IS NOT NULL AND written_at < :before AND (body <> '' OR address <> '')""",
        before=stamp(before),
    )
