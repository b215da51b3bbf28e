"""What providers tell after a send: statuses move forward only, early ones are kept until they fit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.broadcasts import recipients
from storage.database.database import Row, Transaction
from storage.database.moment import hour_of, maybe, stamp
from storage.mail.outbox import UNNAMED

RANK = {"sent": 1, "delivered": 2, "read": 3, "failed": 4}
"""A status of a lower rank than the one that is known says nothing new; a failure ends it."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What is known about a parcel a status is about."""

    id: int
    channel: str
    address: str
    kind: str
    settled: bool
    state: str | None
    form: str | None
    attempts: int
    has_template: bool
    recipient_id: int | None


def find(tx: Transaction, channel: str, receipt: str, parcel_id: int | None, recipients: Sequence[str]) -> Sent | None:
    """The parcel: by its provider's name for it; before that is known by our own number, if it went to that recipient.

    A number alone proves nothing: of a database that was put back, the same number is another message.
    """
    row = None
    if receipt:
        row = tx.one(
            "SELECT * FROM outbox WHERE channel = :channel AND receipt = :receipt AND form IS NOT NULL",
            channel=channel,
            receipt=receipt,
        )
    if row is None and parcel_id is not None:
        row = tx.one(
            f"SELECT * FROM outbox WHERE id = :id AND channel = :channel AND {UNDER_WAY}", id=parcel_id, channel=channel
        )
        row = row if row is not None and row["address"] in recipients else None
    return None if row is None else read(row)


UNDER_WAY = """coalesce(receipt, '') = '' AND (outcome IN ('sent', 'unknown')
  OR settled_at IS NULL AND (claimed_at IS NOT NULL OR unknowns > 0))"""
"""It may be with its provider, who has not named it yet."""


def hushed(tx: Transaction, channel: str, parcel_id: int | None) -> bool:
    """Whether this is about a whisper: then nothing of it is kept."""
    row = tx.one(
        """SELECT 1 AS one FROM outbox WHERE id = :id AND channel = :channel
        AND (kind = 'whisper' OR subject = 'whisper')""",
        id=parcel_id or 0,
        channel=channel,
    )
    return row is not None


def read(row: Row) -> Sent:
    settled, template = row["settled_at"] is not None, '"template":' in row["body"]
    return Sent(
        row["id"],
        row["channel"],
        row["address"],
        row["kind"],
        settled,
        row["state"],
        row["form"],
        row["attempts"],
        template,
        row["recipient_id"],
    )


def forward(tx: Transaction, sent: Sent, state: str, receipt: str, at: datetime) -> bool:
    """Note a status; False when it says nothing new. What waited for it, unsure, is settled as sent."""
    if RANK[state] <= RANK.get(sent.state or "", 0):
        return False
    tx.run(
        f"""UPDATE outbox SET state = :state, state_at = :at, receipt = {UNNAMED},
          outcome = CASE WHEN outcome = 'unknown' AND :state <> 'failed' THEN 'sent' ELSE outcome END WHERE id = :id""",
        id=sent.id,
        state=state,
        at=stamp(hour_of(at)),  # when somebody read something tells when they were there
        receipt=receipt,
    )
    if sent.recipient_id is not None and state != "failed":
        recipients.told(tx, sent.recipient_id, sent.id, state, at)
    return True


def fail(tx: Transaction, sent: Sent, reason: str, now: datetime) -> None:
    """The provider took it and could not deliver it: what was called sent is refused."""
    tx.run(
        """UPDATE outbox SET settled_at = coalesce(settled_at, :now), outcome = 'refused', reason = :reason
        WHERE id = :id""",
        id=sent.id,
        now=stamp(now),
        reason=reason,
    )
    if sent.recipient_id is not None:
        recipients.settled(tx, sent.recipient_id, sent.id, "refused", reason, now)


def reopen(tx: Transaction, sent: Sent, due_at: datetime, reason: str) -> bool:
    """Put it back to be sent once more: it is certain that it did not arrive. False when its words are not kept."""
    reopened = tx.run(
        """UPDATE outbox SET settled_at = NULL, claimed_at = NULL, outcome = NULL, state = NULL, receipt = NULL,
          due_at = :due_at, reason = :reason WHERE id = :id AND body <> ''""",
        id=sent.id,
        due_at=stamp(due_at),
        reason=reason,
    )
    if reopened and sent.recipient_id is not None:
        recipients.reopened(tx, sent.recipient_id, sent.id)
    return bool(reopened)


def repeat_last(tx: Transaction, sent: Sent, now: datetime) -> None:
    """An older answer goes out once more: what was shown last is shown again behind it."""
    tx.run(
        """INSERT INTO outbox (channel, address, kind, priority, body, written_at, due_at)
        SELECT channel, address, kind, priority, body, :now, :now FROM outbox WHERE id = (
          SELECT max(id) FROM outbox WHERE id > :id AND channel = :channel AND address = :address AND kind = 'reply')
        AND body <> '' AND (claimed_at IS NOT NULL OR settled_at IS NOT NULL)""",
        id=sent.id,
        channel=sent.channel,
        address=sent.address,
        now=stamp(now),
    )


def keep_early(tx: Transaction, channel: str, receipt: str, state: str, at: datetime, now: datetime) -> None:
    """Nobody knows yet what this status is about."""
    tx.run(
        """INSERT INTO early_statuses (channel, receipt, state, at, kept_at)
        VALUES (:channel, :receipt, :state, :at, :now)""",
        channel=channel,
        receipt=receipt,
        state=state,
        at=stamp(at),
        now=stamp(now),
    )


def catch_up(tx: Transaction, channel: str, receipt: str) -> None:
    """A parcel was just given its receipt: what was told about it before is now understood."""
    rows = tx.all(
        "SELECT state, at FROM early_statuses WHERE channel = :channel AND receipt = :receipt",
        channel=channel,
        receipt=receipt,
    )
    for row in sorted(rows, key=lambda early: RANK[early["state"]]):
        sent = find(tx, channel, receipt, None, ())
        at = maybe(row["at"])
        if sent is not None and at is not None:
            forward(tx, sent, row["state"], receipt, at)
    if rows:
        tx.run(
            "DELETE FROM early_statuses WHERE channel = :channel AND receipt = :receipt",
            channel=channel,
            receipt=receipt,
        )


def tidy(tx: Transaction, before: datetime) -> None:
    """Statuses nothing ever fitted: somebody else sends from this number too."""
    tx.run("DELETE FROM early_statuses WHERE kept_at < :before", before=stamp(before))


def close_window(tx: Transaction, channel: str, address: str, now: datetime) -> None:
    """The provider says that only approved words may be sent there, until the person writes again."""
    tx.run(
        "UPDATE chats SET closed_at = :now WHERE channel = :channel AND address = :address",
        now=stamp(now),
        channel=channel,
        address=address,
    )


def reach(tx: Transaction, channel: str, address: str, now: datetime) -> tuple[int, datetime | None]:
    """Others we wrote to first in the last 24 hours, and when the first of them was written to."""
    row = tx.one(
        """SELECT count(DISTINCT address) AS n, min(at) AS first FROM (
            SELECT address, settled_at AS at FROM outbox
            WHERE channel = :channel AND form = 'template' AND outcome = 'sent' AND settled_at > :since
          UNION ALL SELECT address, NULL AS at FROM outbox
            WHERE channel = :channel AND form = 'template' AND settled_at IS NULL AND claimed_at IS NOT NULL) s
        WHERE address <> :address""",
        channel=channel,
        address=address,
        since=stamp(now - timedelta(hours=24)),
    )
    return (0, None) if row is None else (int(row["n"]), maybe(row["first"]))


def unread(tx: Transaction, channel: str, address: str) -> list[Row]:
    """Notices whose full words have not been seen yet, since only their template was sent.

    body, settled_at, and recipient_id, the line of an announcement's ledger.
    """
    return tx.all(
        """SELECT body, settled_at, recipient_id FROM outbox
        WHERE channel = :channel AND address = :address
          AND form = 'template' AND retold_at IS NULL AND outcome = 'sent' AND body <> '' ORDER BY id""",
        channel=channel,
        address=address,
    )


def retold(tx: Transaction, channel: str, address: str, now: datetime) -> None:
    tx.run(
        """UPDATE outbox SET retold_at = :now WHERE channel = :channel AND address = :address
          AND form = 'template' AND retold_at IS NULL AND outcome = 'sent'""",
        channel=channel,
        address=address,
        now=stamp(hour_of(now)),
    )


def last_notice(tx: Transaction, channel: str, address: str) -> Row | None:
    """What became of the last notice there: outcome (none while it waits), reason, state."""
    return tx.one(
        """SELECT outcome, reason, state FROM outbox WHERE channel = :channel AND address = :address AND kind = 'notice'
          AND (settled_at IS NOT NULL OR claimed_at IS NULL AND reason IS NOT NULL AND reason <> 'pace')
        ORDER BY id DESC LIMIT 1""",
        channel=channel,
        address=address,
    )
