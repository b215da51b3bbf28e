"""Against floods: how many tickets somebody may open, and whether an officer asked them to wait."""

from collections.abc import Sequence
from datetime import timedelta

from handlers.conversation.turn import Turn
from handlers.conversation.words import Text, say
from handlers.office.moments import in_full
from handlers.tickets.kinds import KINDS
from storage.tickets import events, mutes, queue
from storage.tickets.tickets import Ticket

EMERGENCY = say("110 (polisi) atau 112 (darurat)")
"""National numbers: the same in every district."""
MOST_WORDS = 60
"""Messages of a sender into one ticket in an hour (our choice): more than anybody types, less than a flood."""


URGENT, TALK = "situasi", "percakapan"
ORDINARY = tuple(kind for kind in KINDS if kind not in (URGENT, TALK))
"""What shares one limit; the others have their own, so that nothing else closes the way to a person."""


def refusal(turn: Turn, kind: str) -> Text | None:
    """Why this person cannot open a ticket now; None when they can. Danger has its own numbers, always said."""
    rules = turn.office.tickets
    if kind == URGENT:
        return urgent_refusal(turn)
    if (refused := muted_words(turn)) is not None:
        return refused
    if kind == TALK:
        return too_many(turn, 1, rules.talks_per_hour, (TALK,))
    return too_many(turn, 1, rules.per_hour, ORDINARY) or too_many(turn, 24, rules.per_day, ORDINARY)


def urgent_refusal(turn: Turn) -> Text | None:
    """Only a flood of the same is stopped, and of somebody who was asked to wait a smaller one."""
    muted = mutes.muted_until(turn.tx, turn.person.id, turn.now) is not None
    rules = turn.office.situation
    return too_many(turn, 1, rules.muted_per_hour if muted else rules.per_hour, (URGENT,))


def muted_words(turn: Turn) -> Text | None:
    until = mutes.muted_until(turn.tx, turn.person.id, turn.now)
    if until is None:
        return None
    return say(
        "Mohon maaf, sampai {when} kiriman baru dari Bapak/Ibu kami tahan dahulu atas keputusan petugas. "
        "Yang sudah dikirim tetap kami layani. Dalam keadaan bahaya hubungi {emergency}.",
        when=in_full(turn, until),
        emergency=EMERGENCY,
    )


def too_many(turn: Turn, hours: int, most: int, kinds: Sequence[str]) -> Text | None:
    if queue.sent_since(turn.tx, turn.person.id, turn.now - timedelta(hours=hours), kinds) < most:
        return None
    return say(
        "Bapak/Ibu sudah mengirim {count} kiriman dalam {hours} jam terakhir. Supaya semua terlayani, mohon "
        "kirim lagi {when}. Dalam keadaan bahaya hubungi {emergency}.",
        count=most,
        hours=hours,
        when=say("satu jam lagi") if hours == 1 else say("besok"),
        emergency=EMERGENCY,
    )


def words_refusal(turn: Turn, ticket: Ticket) -> Text | None:
    """Why the sender cannot add words to this ticket now; None when they can."""
    since = turn.now - timedelta(hours=1)
    if events.of_sender_since(turn.tx, ticket.id, since) < MOST_WORDS:
        return None
    return say(
        "Sudah {count} pesan dalam satu jam untuk {code}, jadi pesan ini tidak kami teruskan. Mohon lanjutkan satu jam "
        "lagi, supaya petugas sempat membaca. Dalam keadaan bahaya hubungi {emergency}.",
        count=MOST_WORDS,
        code=ticket.code,
        emergency=EMERGENCY,
    )


def anonymous_refusal(turn: Turn, kind: str) -> Text | None:
    """Nobody is counted who wants to stay unknown, so all share one limit an hour; reports of a situation their own."""
    rules, kinds = (turn.office.situation, (URGENT,)) if kind == URGENT else (turn.office.tickets, ORDINARY)
    if queue.anonymous_in_hour(turn.tx, turn.now, kinds) < rules.anonymous_per_hour:
        return None
    return say(
        "Saat ini terlalu banyak kiriman tanpa nama. Mohon coba lagi satu jam lagi, atau kirim dengan nama. "
        "Dalam keadaan bahaya hubungi {emergency}.",
        emergency=EMERGENCY,
    )
