"""Parts of a ticket that are missing or cannot be read: an officer asks for each of them again with one press."""

import re

from handlers.conversation.catalogue import Action
from handlers.conversation.turn import Choice, Turn
from handlers.conversation.words import Text, in_language, say
from handlers.telling.rights import may_name
from handlers.tickets import deadlines
from handlers.tickets.kinds import PREFIXES
from handlers.tickets.officer.parts import is_file, key_of, named, owed, parts
from handlers.tickets.officer.staff import NOT_THERE, STAFF, guarded, note, refusal
from handlers.tickets.outcome import tell_sender
from handlers.tickets.sender.follow import REPLY
from handlers.tickets.words import headline
from storage.database.database import NotFound
from storage.tickets import files, tickets
from storage.tickets.tickets import Ticket

PART = re.compile(r"(\d{1,16})-([fb])(\d{1,16})", re.ASCII)
"""A ticket and one of its answers (by its place) or files (by its number)."""
ROWS = 9
"""As many parts as stand in a list beside "Cukup"; more are numbered text, with their names in full."""


def offer(turn: Turn, ticket: Ticket) -> None:
    """The list of parts; a press asks for one, and the list stays for the next."""
    turn.say(
        headline(ticket),
        say("Bagian mana yang perlu dikirim ulang? Begitu dipilih, pengirim langsung kami kirimi kabar."),
        choices=left(turn, ticket),
    )


def left(turn: Turn, ticket: Ticket) -> list[Choice]:
    """Every part that was not asked for yet, and the way out."""
    asked = owed(ticket)
    found = [(key, label) for key, label in parts(turn, ticket).items() if key_of(label) not in asked]
    return [
        *(
            Choice(f"a.ulang.{ticket.id}-{key}", label if len(found) > ROWS else short(label, turn.language))
            for key, label in found
        ),
        Choice(f"a.cukup-ulang.{ticket.id}", say("Cukup")),
    ]


def short(label: Text, language: str) -> str:
    """So that it fits a row of a list (24 characters)."""
    said = in_language(label, language)
    return said if len(said) <= 24 else said[:23] + "…"


def ask_again(turn: Turn, argument: str) -> None:
    """`a.ulang.812-f2`."""
    found = PART.fullmatch(argument)
    if found is None:
        raise NotFound(argument)
    ticket = tickets.get(turn.tx, int(found[1]))
    label = parts(turn, ticket).get(found[2] + found[3])
    refused = refusal(turn, ticket, "again")
    if label is None or refused is not None:
        turn.say(refused or NOT_THERE)
        return
    part, asked = key_of(label), owed(ticket)
    if part in asked:
        turn.say(
            say("{part} untuk {code} sudah diminta kepada pengirim.", part=label, code=ticket.code),
            choices=left(turn, ticket),
        )
        return
    if not tickets.ask(turn.tx, ticket.id, "\n".join([*asked, part]), turn.now):
        turn.say(say("{code} sudah ditutup.", code=ticket.code))
        return
    if found[2] == "b":
        files.missing(turn.tx, int(found[3]), turn.now)
    tickets.respond(turn.tx, ticket.id, turn.now)
    note(turn, ticket, "again", part)
    ticket = tickets.get(turn.tx, ticket.id)
    deadlines.wait_for_leader(turn, ticket)
    turn.say(
        say("Sudah diminta: {part}. Ada lagi?", part=label_of(turn, ticket, label)),
        choices=left(turn, ticket),
    )
    tell_sender(turn, ticket, wish(turn, ticket, part), choices=[REPLY.on(ticket.id, ticket.code)])


def wish(turn: Turn, ticket: Ticket, part: str) -> Text:
    """What is asked for, in words that say whether to send or to write."""
    told = named(turn, ticket, part)
    if is_file(part):
        return say("Untuk {code}, mohon dikirim lagi: {part}; yang tadi belum terbaca.", code=ticket.code, part=told)
    return say("Untuk {code}, mohon diperiksa dan ditulis lagi: {part}.", code=ticket.code, part=told)


def label_of(turn: Turn, ticket: Ticket, label: Text) -> Text:
    """A part in the officer's words: without its number, where its name is theirs to read."""
    return named(turn, ticket, key_of(label)) if may_name(turn.person, ticket) else label


def enough(turn: Turn, ticket: Ticket) -> None:
    """The officer has asked for all there was to ask for."""
    turn.say(say("Baik. Kami kabari begitu pengirim {code} membalas.", code=ticket.code))


OFFER = Action("minta-ulang", guarded("again", offer), say("Minta kirim ulang"), "minta ulang", STAFF, PREFIXES)
ASK_AGAIN = Action("ulang", ask_again, roles=STAFF, numbered=False)
ENOUGH = Action("cukup-ulang", guarded("again", enough), say("Cukup"), roles=STAFF, prefixes=PREFIXES)
ACTIONS = [OFFER, ASK_AGAIN, ENOUGH]
