"""Notices of which only the approved words could be sent: the next message of the person brings them whole."""

from handlers.announcement.running.words import replaced
from handlers.conversation.approved import NEWS_TOKEN
from handlers.conversation.converse import repeat
from handlers.conversation.message import Message, read
from handlers.conversation.turn import Turn
from handlers.conversation.words import say
from storage.broadcasts import archive
from storage.database.database import Row
from storage.database.moment import moment
from storage.mail import deliveries, outbox


def bring(turn: Turn) -> None:
    """The person wrote, so free words are allowed again: what waits is sent in full, before the answer."""
    if turn.known is None:
        return
    rows = deliveries.unread(turn.tx, turn.chat.channel, turn.chat.address)
    told = [overtaken(turn, row) or still_to_say(row) for row in rows]
    for notice in filter(None, told):
        outbox.put(turn.tx, turn.chat.channel, turn.chat.address, "reply", notice.written(), turn.now)
        turn.brought += 1
    if rows:
        deliveries.retold(turn.tx, turn.chat.channel, turn.chat.address, turn.now)


def overtaken(turn: Turn, row: Row) -> Message | None:
    """An announcement that was corrected before its words were read says so above them, and asks nothing more."""
    if row["recipient_id"] is None:
        return None
    old = archive.behind(turn.tx, row["recipient_id"])
    newer = archive.replaced_by(turn.tx, old.id)
    return None if newer is None else replaced(turn, old, newer).said().to(turn.language)


def still_to_say(row: Row) -> Message | None:
    """The full words of a notice whose template only said that there is news; None when it said everything."""
    notice, sent_at = read(row["body"]), moment(row["settled_at"])
    late = bool(notice.late_after) and sent_at > moment(notice.late_after)
    template = notice.late_template if late else notice.template
    if template is None or NEWS_TOKEN not in template.buttons:
        return None
    text = f"{notice.late_note}\n\n{notice.text}" if late else notice.text
    return Message(text, notice.choices, notice.words, notice.document, language=notice.language)


def news(turn: Turn, rest: str) -> None:  # noqa: ARG001
    """`/kabar`, and the button under a notice: the news itself is the answer, an open question stays open."""
    if not turn.brought:
        repeat(turn, say("Tidak ada kabar baru."))
