"""An officer's own word inside a talk: a note is kept in the office, another verb is asked about, nothing is sent."""

import re

from handlers.conversation.turn import Turn
from handlers.conversation.words import say
from handlers.tickets.officer.staff import note
from storage.tickets.tickets import Ticket

INSIDE = re.compile(
    r"\s*([a-z]+(?: (?:ulang|kembali|tiket))?)(\s*[:;]|\s+[–—-](?=\s))?\s*(.*)", re.IGNORECASE | re.DOTALL
)
"""A first word, what may part it from the rest, and the rest."""
NOTE_WORDS = frozenset({"catat", "catatan", "note", "notes", "memo", "internal"})


def meant_for_office(turn: Turn, ticket: Ticket, said: str) -> bool:
    """An officer's own word inside a talk is never sent: a note is kept, anything else is asked about."""
    found = INSIDE.match(said)
    word = found[1].casefold() if found else ""
    verbs = {a.verb for a in turn.catalogue.actions.values() if a.roles and "TNY" in a.prefixes and a.verb}
    if found is None or word not in verbs | NOTE_WORDS or not (word in NOTE_WORDS or found[2] or not found[3]):
        return False
    if word in NOTE_WORDS and found[2] and found[3]:
        note(turn, ticket, "noted", found[3], inside=True)
        turn.say(say("Dicatat untuk petugas saja, tidak dikirim ke pengirim: “{words}”", words=found[3]))
        return True
    turn.say(
        say("Ini belum dikirim ke pengirim, karena diawali kata kerja petugas: “{word}”.", word=found[1]),
        say("Untuk catatan petugas, tulis: catat: lalu isinya. Untuk pengirim, tulis tanpa kata itu di depan."),
        choices=turn.catalogue.choices(("catat", "tutup-tiket", "lain"), ticket.id, ticket.code),
    )
    return True
