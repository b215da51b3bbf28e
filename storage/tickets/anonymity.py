"""What would tell who wrote an anonymous report: raw messages, answers, page lines. Taken out as soon as it is sent.

What stays of them (that a message came and was answered) names nobody and knows its time only to the hour.
"""

from collections.abc import Mapping
from datetime import datetime

from storage.database.database import Transaction
from storage.database.moment import hour_of, maybe, stamp
from storage.mail import attachments
from storage.people import people, stays
from storage.people.people import Chat


def wipe(tx: Transaction, person_id: int, since: datetime, now: datetime) -> None:
    """Everything in a person's chats since then, in and out; not what the office told them by itself."""
    tx.leave_no_trace()
    for chat in people.chats(tx, person_id):
        wipe_chat(tx, chat, since, now)


def wipe_files(tx: Transaction, person_id: int, since: datetime) -> list[str]:
    """Files sent since then that belong to nothing: taken out of the form again, or refused. Hashes to delete."""
    gone: set[str] = set()
    needed = attachments.in_drafts(tx)
    rows = tx.all(
        """SELECT id, sha256, preview FROM attachments WHERE person_id = :person AND received_at >= :since
        AND id NOT IN (SELECT letter_id FROM meetings WHERE letter_id IS NOT NULL)
        AND id NOT IN (SELECT attachment_id FROM ticket_files WHERE attachment_id IS NOT NULL)
        AND NOT EXISTS (SELECT 1 FROM broadcast_files b WHERE b.sha256 IN (attachments.sha256, attachments.preview))""",
        person=person_id,
        since=stamp(since),
    )
    for row in rows:
        if row["id"] not in needed:
            attachments.remove(tx, row["id"])
            gone |= {one for one in (row["sha256"], row["preview"]) if one}
    return [one for one in sorted(gone) if not attachments.shared(tx, one)]


def wipe_chat(tx: Transaction, chat: Chat, since: datetime, now: datetime) -> None:
    place, hour = {"channel": chat.channel, "address": chat.address}, stamp(hour_of(now))
    tx.run(
        f"""UPDATE inbox SET {stays.emptied("inbox")} WHERE channel = :channel AND address = :address
          AND received_at >= :since AND (done_at IS NOT NULL OR parked_at IS NOT NULL)""",
        nothing=b"",
        hour=hour,
        since=stamp(since),
        **place,
    )
    wipe_answers(tx, place, stamp(since), hour)
    if chat.channel == "web":
        tx.run(
            """DELETE FROM transcript WHERE address = :address AND at >= :since AND key NOT IN
              (SELECT 'out-' || id FROM outbox WHERE channel = 'web' AND address = :address AND priority > 0)""",
            address=chat.address,
            since=stamp(since),
        )
    set_back(tx, chat)


def set_back(tx: Transaction, chat: Chat) -> None:
    """The chat was last used when the newest message was that is still kept; without any, when the person began.

    A later hour would stand alone: of everybody else who wrote in it, a message is kept.
    """
    kept = "SELECT max(received_at) AS at FROM inbox WHERE channel = :channel AND address = :address"
    began = "SELECT p.created_at AS at FROM people p JOIN chats c ON c.person_id = p.id"
    place = {"channel": chat.channel, "address": chat.address}
    newest = tx.one(kept, **place)
    first = tx.one(f"{began} WHERE c.channel = :channel AND c.address = :address", **place)
    at = maybe(newest["at"] if newest else None) or maybe(first["at"] if first else None)
    if at is not None:
        sql = "UPDATE chats SET seen_at = :hour WHERE channel = :channel AND address = :address AND seen_at > :hour"
        tx.run(sql, hour=stamp(hour_of(at)), **place)


def wipe_answers(tx: Transaction, place: Mapping[str, str], since: str, hour: str) -> None:
    """What was answered; of what is still on its way, neither words nor address stay once it is settled."""
    answers = "channel = :channel AND address = :address AND written_at >= :since AND priority = 0"
    tx.run(
        f"UPDATE outbox SET {stays.emptied('outbox')} WHERE {answers} AND settled_at IS NOT NULL",
        since=since,
        hour=hour,
        **place,
    )
    tx.run(
        f"""UPDATE outbox SET kind = CASE WHEN kind = 'reply' THEN 'whisper' ELSE kind END, subject = 'whisper'
        WHERE {answers} AND settled_at IS NULL""",
        since=since,
        **place,
    )


def take_draft(tx: Transaction, person_id: int, form: str) -> str | None:
    """The answers of the form that was just sent go; when it was begun."""
    sql = "DELETE FROM drafts WHERE person_id = :person AND form = :form AND about = '' RETURNING opened_at"
    row = tx.one(sql, person=person_id, form=form)
    return None if row is None else str(row["opened_at"])
