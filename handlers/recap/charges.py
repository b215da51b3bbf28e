"""What may cost money on WhatsApp this month, in a few lines under a recap.

Source: price change of the WhatsApp Business Platform of 1 October 2026, as its providers tell it (office profile,
`whatsapp`): free-form messages are charged when delivered, the first on each number and month are free.
"""

from datetime import datetime

from handlers.conversation.turn import Work
from handlers.conversation.words import Text, lines, say
from storage.mail.charges import Counted, charged

CHANNEL = "whatsapp"


def charge_lines(work: Work) -> Text:
    """Nothing where nothing went out on WhatsApp this month."""
    counted = charged(work.tx, CHANNEL, month_of(work.now))
    return lines(free_line(work, counted), template_line(counted), BILL) if counted.anything else ""


BILL = say("Yang dihitung: pesan keluar dari nomor ini. Yang menentukan biaya tetap tagihan Meta.")


def month_of(now: datetime) -> datetime:
    return now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def free_line(work: Work, counted: Counted) -> Text:
    """Both ways of counting: what was reported, and what nobody has reported on (yet)."""
    free = work.office.whatsapp.free_messages
    if free is None:
        return say(
            "WhatsApp bulan ini: {delivered} pesan biasa dilaporkan sampai, {unreported} belum dilaporkan.",
            delivered=counted.delivered,
            unreported=counted.unreported,
        )
    return say(
        "WhatsApp bulan ini: {delivered} pesan biasa dilaporkan sampai, {unreported} belum dilaporkan; {free} yang "
        "pertama gratis.",
        delivered=counted.delivered,
        unreported=counted.unreported,
        free=free,
    )


def template_line(counted: Counted) -> Text:
    return say(
        "Templat: {delivered} dilaporkan sampai, {unreported} belum dilaporkan; semuanya berbayar.",
        delivered=counted.templates,
        unreported=counted.templates_unreported,
    )
