"""How somebody can be reached just now, in words for an officer: said before anything is sent, never after."""

from datetime import timedelta

from handlers.conversation.turn import Work
from handlers.conversation.words import Text, lines, say
from handlers.telling.may_send import window_left
from storage.mail import deliveries
from storage.people import people
from storage.people.people import Chat

MESSENGERS = {"telegram": "Telegram", "whatsapp": "WhatsApp", "web": "web", "plain": "terminal"}
"""Proper names; they are the same in every language."""
REASONS: dict[str, Text] = {
    "stopped": say("yang bersangkutan berhenti menerima kabar"),
    "unreachable": say("obrolannya ditutup"),
    "no consent": say("belum ada persetujuan"),
    "no advertising": say("pengumuman dimatikan di WhatsApp"),
    "advertising: an admin said no": say("templatnya digolongkan promosi, dan admin menahannya"),
    "expired": say("sudah tidak berlaku"),
    "no longer true": say("sudah tidak berlaku"),
}
"""Why something was not sent, by the words of the gate (handlers/telling/may_send.py)."""
CODES: dict[str, Text] = {
    "131026": say("gagal dikirim, nomor itu tidak dapat menerima pesan WhatsApp ini"),
    "131049": say("WhatsApp sedang menahan pesan dari kantor untuk orang ini"),
    "131050": say("yang bersangkutan berhenti menerima kabar"),
    "131047": say("jendela 24 jam tertutup"),
    "daily reach used up": say("jatah harian WhatsApp sudah terpakai"),
    "window closed": say("jendela 24 jam tertutup"),
    "Forbidden: bot was blocked": say("bot diblokir oleh yang bersangkutan"),
    "Forbidden": say("obrolannya ditutup"),
}
"""Why a messenger did not take something, by how its reason begins (bot/channels/*/failure.py)."""
STATES: dict[str, Text] = {
    "sent": say("terkirim"),
    "delivered": say("tersampaikan"),
    "read": say("dibaca"),
}


def reach_lines(work: Work, person_id: int) -> Text:
    """Where notices go, whether free words are allowed there and for how long, and what became of the last one."""
    person = people.get(work.tx, person_id)
    chat = work.reachable(person)
    if chat is None:
        chats = people.chats(work.tx, person_id)
        return lines(say("Kabar: tidak dapat dikirim lewat bot"), last_line(work, chats[0]) if chats else "")
    return lines(window_line(work, chat), last_line(work, chat))


def window_line(work: Work, chat: Chat) -> Text:
    left = window_left(chat.channel, None if chat.closed else chat.seen_at, work.now)
    messenger = MESSENGERS.get(chat.channel, chat.channel)
    if left is None:
        return ""
    if left == timedelta(0):
        return say("{messenger}: jendela 24 jam tertutup, kabar dikirim sebagai templat.", messenger=messenger)
    return say(
        "{messenger}: jendela 24 jam terbuka {hours} jam {minutes} menit lagi.",
        messenger=messenger,
        hours=left // timedelta(hours=1),
        minutes=left % timedelta(hours=1) // timedelta(minutes=1),
    )


def last_line(work: Work, chat: Chat) -> Text:
    """Only where the provider tells, or when it was not sent."""
    row = deliveries.last_notice(work.tx, chat.channel, chat.address)
    if row is None:
        return ""
    if row["outcome"] in ("withheld", "expired", "refused", "unknown"):
        return say("Kabar terakhir tidak sampai: {why}.", why=why(row["reason"]))
    if row["outcome"] is None:
        return say("Kabar terakhir belum sampai: {why}. Kami coba lagi.", why=why(row["reason"]))
    state = STATES.get(row["state"] or "")
    return say("Kabar terakhir: {state}.", state=state) if state else ""


def why(reason: str | None) -> Text:
    """Why something was not sent or did not arrive, for an officer."""
    reason = (reason or "").removeprefix("gave up: ")
    known = next((words for begins, words in CODES.items() if reason.startswith(begins)), say("gagal dikirim"))
    return REASONS.get(reason, known)
