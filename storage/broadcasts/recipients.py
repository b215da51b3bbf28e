"""The ledger of an announcement: one row for each recipient, written before the first is sent to, true afterwards.

A row follows its newest parcel (storage/mail/outbox.py tells): sent, failed, withheld, unknown, expired or, when what
waited was taken back for good, cancelled. Without an outcome it still waits.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.broadcasts import audience
from storage.broadcasts.broadcasts import Broadcast
from storage.database.database import Row, Transaction
from storage.database.moment import hour_of, maybe, stamp

OUTCOMES = ("sent", "failed", "withheld", "unknown", "expired", "cancelled")
CALLED = {"refused": "failed"}
"""What an outbox calls otherwise."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """One line of the ledger."""

    id: int
    person_id: int
    broadcast_id: int
    channel: str | None
    address: str | None
    parcel_id: int | None
    outcome: str | None
    reason: str | None
    settled_at: datetime | None
    delivered_at: datetime | None
    read_at: datetime | None
    answer: str | None
    answered_at: datetime | None


def read(row: Row) -> Recipient:
    times: dict[str, Any] = {
        name: maybe(row[name]) for name in ("settled_at", "delivered_at", "read_at", "answered_at")
    }
    same = ("id", "person_id", "broadcast_id", "channel", "address", "parcel_id", "outcome", "reason", "answer")
    return Recipient(**{name: row[name] for name in same}, **times)


LIST = """INSERT INTO recipients (person_id, broadcast_id, channel, address, settled_at, outcome, reason)
  SELECT a.person_id, :broadcast, CASE WHEN a.reason IS NULL THEN a.channel END,
    CASE WHEN a.reason IS NULL THEN a.address END, CASE WHEN a.reason IS NOT NULL THEN :now END,
    CASE WHEN a.reason IS NOT NULL THEN 'withheld' END, a.reason FROM ({query}) a WHERE 1 = 1 ORDER BY a.person_id
  ON CONFLICT (person_id, broadcast_id) DO NOTHING"""


def list_slice(tx: Transaction, broadcast: Broadcast, now: datetime, at_most: int = audience.SLICE) -> bool:
    """Write down the next people it is for, where the last slice ended; False once everybody is on the list."""
    last = audience.upto(tx, broadcast.listed_upto, at_most)
    if last is None:
        sql = "UPDATE broadcasts SET listed_at = :now WHERE id = :id AND listed_at IS NULL"
        tx.run(sql, id=broadcast.id, now=stamp(now))
        return False
    asked = audience.query(broadcast)
    listed = tx.run(
        LIST.format(query=asked.sql),
        broadcast=broadcast.id,
        now=stamp(now),
        after=broadcast.listed_upto,
        upto=last,
        **asked.values,
    )
    sql = "UPDATE broadcasts SET listed_upto = :last, listed = listed + :listed WHERE id = :id"
    tx.run(sql, id=broadcast.id, last=last, listed=listed)
    return True


def next_in_line(tx: Transaction, broadcast_id: int, channel: str, at_most: int) -> list[Row]:
    """Who is next in one messenger: id, person_id, address, language, screen (NULL: that chat is gone, or was moved to
    a person who has a line of their own)."""
    return tx.all(
        """SELECT r.id, r.person_id, r.address, p.language, c.screen FROM recipients r
        JOIN people p ON p.id = r.person_id LEFT JOIN chats c ON c.channel = r.channel AND c.address = r.address
          AND c.person_id = r.person_id
        WHERE r.broadcast_id = :id AND r.channel = :channel AND r.queued_at IS NULL AND r.settled_at IS NULL
        ORDER BY r.id LIMIT :at_most""",
        id=broadcast_id,
        channel=channel,
        at_most=at_most,
    )


def queued(tx: Transaction, recipient_id: int, parcel_id: int, now: datetime) -> None:
    """A parcel for this line is in the outbox."""
    sql = "UPDATE recipients SET queued_at = :now, parcel_id = :parcel WHERE id = :id AND settled_at IS NULL"
    tx.run(sql, id=recipient_id, parcel=parcel_id, now=stamp(now))


def moved(tx: Transaction, parcel_id: int, to_parcel: int, channel: str, address: str) -> None:
    """The line follows a copy of its parcel to another chat of the same person."""
    tx.run(
        """UPDATE recipients SET parcel_id = :new, channel = :channel, address = :address
        WHERE parcel_id = :old AND id = (SELECT recipient_id FROM outbox WHERE id = :old)""",
        old=parcel_id,
        new=to_parcel,
        channel=channel,
        address=address,
    )


def requeue(tx: Transaction, subject: str, reason: str, now: datetime) -> int:
    """What waits in the outbox is taken back, and its lines wait again as if it had never been there; how many."""
    rows = tx.all(
        """UPDATE outbox SET settled_at = :now, outcome = 'withheld', reason = :reason, body = ''
        WHERE subject = :subject AND settled_at IS NULL AND claimed_at IS NULL RETURNING id, recipient_id""",
        subject=subject,
        reason=reason,
        now=stamp(now),
    )
    for row in rows:
        sql = "UPDATE recipients SET queued_at = NULL, parcel_id = NULL WHERE id = :id AND parcel_id = :parcel"
        tx.run(sql, id=row["recipient_id"], parcel=row["id"])
    return len(rows)


def settled(
    tx: Transaction, recipient_id: int, parcel_id: int, outcome: str, reason: str | None, now: datetime
) -> None:
    """What became of a parcel becomes of its line, unless that follows another parcel by now."""
    tx.run(
        """UPDATE recipients SET settled_at = :now, outcome = :outcome, reason = :reason
        WHERE id = :id AND parcel_id = :parcel""",
        id=recipient_id,
        parcel=parcel_id,
        outcome=CALLED.get(outcome, outcome),
        reason=None if outcome == "sent" else reason,
        now=stamp(now),
    )


def reopened(tx: Transaction, recipient_id: int, parcel_id: int) -> None:
    """It certainly did not arrive and is sent once more: the line waits again."""
    tx.run(
        """UPDATE recipients SET settled_at = NULL, outcome = NULL, reason = NULL, delivered_at = NULL
        WHERE id = :id AND parcel_id = :parcel""",
        id=recipient_id,
        parcel=parcel_id,
    )


def told(tx: Transaction, recipient_id: int, parcel_id: int, state: str, at: datetime) -> None:
    """The provider tells: what was in doubt was sent; delivered and read have their hours.

    A minute would tell that somebody had their telephone in hand when a report without a name came.
    """
    tx.run(
        """UPDATE recipients SET outcome = 'sent', settled_at = coalesce(settled_at, :at), reason = NULL,
          delivered_at = CASE WHEN :state = 'sent' THEN delivered_at ELSE coalesce(delivered_at, :at) END,
          read_at = CASE WHEN :state = 'read' THEN coalesce(read_at, :at) ELSE read_at END
        WHERE id = :id AND parcel_id = :parcel""",
        id=recipient_id,
        parcel=parcel_id,
        state=state,
        at=stamp(hour_of(at)),
    )


def withhold(tx: Transaction, recipient_id: int, reason: str, now: datetime) -> None:
    """A line that cannot be sent to at all."""
    sql = """UPDATE recipients SET settled_at = :now, outcome = 'withheld', reason = :reason
      WHERE id = :id AND settled_at IS NULL"""
    tx.run(sql, id=recipient_id, reason=reason, now=stamp(now))


def close_slice(tx: Transaction, broadcast_id: int, outcome: str, now: datetime, at_most: int) -> bool:
    """Settle lines that still wait and are not in the outbox; False when there are none any more."""
    changed = tx.run(
        """UPDATE recipients SET settled_at = :now, outcome = :outcome WHERE id IN (SELECT id FROM recipients
          WHERE broadcast_id = :id AND queued_at IS NULL AND settled_at IS NULL LIMIT :at_most)""",
        id=broadcast_id,
        outcome=outcome,
        at_most=at_most,
        now=stamp(now),
    )
    return changed > 0


def waits(tx: Transaction, broadcast_id: int) -> bool:
    """Whether a line has no outcome yet."""
    sql = "SELECT 1 AS one FROM recipients WHERE broadcast_id = :id AND outcome IS NULL LIMIT 1"
    return tx.one(sql, id=broadcast_id) is not None


def of(tx: Transaction, broadcast_id: int, person_id: int) -> Recipient | None:
    """Somebody's line; None when it was not for them."""
    row = tx.one(
        "SELECT * FROM recipients WHERE person_id = :person AND broadcast_id = :id", person=person_id, id=broadcast_id
    )
    return None if row is None else read(row)


def answer(tx: Transaction, broadcast_id: int, person_id: int, answer: str, now: datetime) -> bool:
    """The last answer counts, and proves that it was read. False when it was not for them."""
    return (
        tx.run(
            """UPDATE recipients SET answer = :answer, answered_at = :now, read_at = coalesce(read_at, :hour)
            WHERE broadcast_id = :id AND person_id = :person""",
            id=broadcast_id,
            person=person_id,
            answer=answer,
            now=stamp(now),
            hour=stamp(hour_of(now)),
        )
        == 1
    )


def readdress(tx: Transaction, channel: str, old: str, new: str) -> None:
    """A chat is found at another address: lines that wait for it go along. Called before the chat itself moves."""
    tx.run(
        """UPDATE recipients SET address = :new WHERE channel = :channel AND address = :old AND person_id =
          (SELECT person_id FROM chats WHERE channel = :channel AND address = :old)""",
        channel=channel,
        old=old,
        new=new,
    )


def forget(tx: Transaction, person_id: int, now: datetime) -> None:
    """The person was erased: their lines are counted, and say nothing of them."""
    tx.run(
        """UPDATE recipients SET address = NULL, outcome = coalesce(outcome, 'withheld'),
          reason = CASE WHEN outcome IS NULL THEN 'erased' ELSE reason END, settled_at = coalesce(settled_at, :now)
        WHERE person_id = :person""",
        person=person_id,
        now=stamp(now),
    )
