"""Against floods: how many tickets somebody may open, and whether an officer asked them to wait."""

from datetime import timedelta

from handlers.conversation.turn import Turn
from handlers.conversation.words import Text, say
from handlers.slot import in_full
from storage import mutes, ticket_events, ticket_queue
from storage.tickets import Ticket

EMERGENCY = say("110 (polisi) atau 112 (darurat)")
"""National numbers: the same in every district."""
MOST_WORDS = 60
"""Messages of a sender into one ticket in an hour (our choice): more than anybody types, less than a flood."""


def refusal(turn: Turn) -> Text | None:
    """Why this person cannot open a ticket now; None when they can. Danger has its own numbers, always said."""
    until = mutes.muted_until(turn.tx, turn.person.id, turn.now)
    if until is not None:
        return say(
            "Mohon maaf, sampai {when} kiriman baru dari Bapak/Ibu kami tahan dahulu atas keputusan petugas. "
            "Yang sudah dikirim tetap kami layani. Dalam keadaan bahaya hubungi {emergency}.",
            when=in_full(turn, until),
            emergency=EMERGENCY,
        )
    rules = turn.office.tickets
    for hours, most in ((1, rules.per_hour), (24, rules.per_day)):
        since = turn.now - timedelta(hours=hours)
        if ticket_queue.sent_since(turn.tx, turn.person.id, since) >= most:
            return say(
                "Bapak/Ibu sudah mengirim {count} kiriman dalam {hours} jam terakhir. Supaya semua terlayani, mohon "
                "kirim lagi {when}. Dalam keadaan bahaya hubungi {emergency}.",
                count=most,
                hours=hours,
                when=say("satu jam lagi") if hours == 1 else say("besok"),
                emergency=EMERGENCY,
            )
    return None


def words_refusal(turn: Turn, ticket: Ticket) -> Text | None:
    """Why the sender cannot add words to this ticket now; None when they can."""
    since = turn.now - timedelta(hours=1)
    if ticket_events.of_sender_since(turn.tx, ticket.id, since) < MOST_WORDS:
        return None
    return say(
        "Sudah {count} pesan dalam satu jam untuk {code}, jadi pesan ini tidak kami teruskan. Mohon lanjutkan satu jam "
        "lagi, supaya petugas sempat membaca. Dalam keadaan bahaya hubungi {emergency}.",
        count=MOST_WORDS,
        code=ticket.code,
        emergency=EMERGENCY,
    )


def anonymous_refusal(turn: Turn) -> Text | None:
    """Nobody is counted who wants to stay unknown, so all of them share one limit an hour."""
    if ticket_queue.anonymous_in_hour(turn.tx, turn.now) < turn.office.tickets.anonymous_per_hour:
        return None
    return say(
        "Saat ini terlalu banyak kiriman tanpa nama. Mohon coba lagi satu jam lagi, atau kirim dengan nama. "
        "Dalam keadaan bahaya hubungi {emergency}.",
        emergency=EMERGENCY,
    )
