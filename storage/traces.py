"""What would tell who wrote an anonymous report: raw messages, answers, page lines. Taken out as soon as it is sent.

What stays of them (that a message came and was answered) names nobody and knows its time only to the hour.
"""

from datetime import datetime

from storage import people
from storage.database import Transaction
from storage.moment import hour_of, stamp
from storage.people import Chat


def wipe(tx: Transaction, person_id: int, since: datetime, now: datetime) -> None:
    """Everything in a person's chats since then, in and out."""
    for chat in people.chats(tx, person_id):
        wipe_chat(tx, chat, since, now)


def wipe_chat(tx: Transaction, chat: Chat, since: datetime, now: datetime) -> None:
    place = {"channel": chat.channel, "address": chat.address, "since": stamp(since)}
    hour = stamp(hour_of(now))
    tx.run(
        """UPDATE inbox SET raw = :nothing, address = NULL, received_at = :hour, done_at = :hour
        WHERE channel = :channel AND address = :address AND received_at >= :since AND done_at IS NOT NULL""",
        nothing=b"",
        hour=hour,
        **place,
    )
    tx.run(
        """UPDATE outbox SET body = '', address = '', receipt = NULL, written_at = :hour, due_at = :hour,
          claimed_at = NULL, settled_at = :hour, state_at = NULL
        WHERE channel = :channel AND address = :address AND written_at >= :since AND priority = 0
          AND settled_at IS NOT NULL""",
        hour=hour,
        **place,
    )
    tx.run(
        """UPDATE outbox SET kind = CASE WHEN kind = 'reply' THEN 'whisper' ELSE kind END, subject = 'whisper'
        WHERE channel = :channel AND address = :address AND written_at >= :since AND priority = 0
          AND settled_at IS NULL""",
        **place,
    )
    if chat.channel == "web":
        tx.run(
            "DELETE FROM transcript WHERE address = :address AND at >= :since",
            address=chat.address,
            since=stamp(since),
        )
    tx.run(
        "UPDATE chats SET seen_at = :hour WHERE channel = :channel AND address = :address AND seen_at > :hour",
        channel=chat.channel,
        address=chat.address,
        hour=hour,
    )


def opened_at(tx: Transaction, person_id: int, form: str) -> str | None:
    """When this person began the form they are filling in."""
    row = tx.one("SELECT opened_at FROM drafts WHERE person_id = :person AND form = :form", person=person_id, form=form)
    return None if row is None else str(row["opened_at"])
