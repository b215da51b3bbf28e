"""Parts of a ticket that are missing or cannot be read: an officer asks for each of them again with one press."""

import re

from handlers.conversation.catalogue import Action
from handlers.conversation.file_kinds import called
from handlers.conversation.turn import Choice, Turn
from handlers.conversation.words import Text, Words, in_language, lines, say
from handlers.rights import may, may_name
from handlers.tickets import deadlines
from handlers.tickets.kinds import PREFIXES
from handlers.tickets.outcome import tell_sender
from handlers.tickets.sender import REPLY
from handlers.tickets.staff import NOT_THERE, STAFF, guarded, note
from handlers.tickets.words import headline
from storage import ticket_files, tickets
from storage.database import NotFound
from storage.ticket_files import TicketFile
from storage.tickets import Ticket

PART = re.compile(r"(\d{1,16})-([fb])(\d{1,16})", re.ASCII)
"""A ticket and one of its answers (by its place) or files (by its number)."""
OFFERED = 9


def parts(turn: Turn, ticket: Ticket) -> dict[str, Text]:
    """Every answer and file of a ticket, by the key a button carries."""
    answers: dict[str, Text] = {f"f{place}": Words(label) for place, label in enumerate(ticket.facts)}
    files = ticket_files.of_ticket(turn.tx, ticket.id)
    return answers | {f"b{file.id}": file_label(turn, ticket, file) for file in files}


def file_label(turn: Turn, ticket: Ticket, file: TicketFile) -> Text:
    """With its number: two names may begin alike. A name may be that of somebody whose name is hidden."""
    name = file.name if may_name(turn.person, ticket) else called(file.type)
    return say("{number}. {name}", number=file.number, name=name)


def offer(turn: Turn, ticket: Ticket) -> None:
    """The list of parts; a press asks for one, and the list stays for the next."""
    found = list(parts(turn, ticket).items())[:OFFERED]
    turn.say(
        headline(ticket),
        say("Bagian mana yang perlu dikirim ulang? Begitu dipilih, pengirim langsung diberi tahu."),
        choices=[Choice(f"a.ulang.{ticket.id}-{key}", short(label, turn.language)) for key, label in found],
    )


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
    if label is None or not may(turn.person, ticket, "again"):
        turn.say(NOT_THERE)
        return
    if ticket.asked_for == in_language(label, "id"):
        turn.say(say("{part} untuk {code} sudah diminta. Pengirim sudah diberi tahu.", part=label, code=ticket.code))
        return
    if not tickets.ask(turn.tx, ticket.id, in_language(label, "id"), turn.now):
        turn.say(say("{code} sudah ditutup.", code=ticket.code))
        return
    if found[2] == "b":
        ticket_files.missing(turn.tx, int(found[3]), turn.now)
    tickets.respond(turn.tx, ticket.id, turn.now)
    note(turn, ticket, "again", in_language(label, "id"))
    deadlines.wait_for_leader(turn, tickets.get(turn.tx, ticket.id))
    offer(turn, ticket)
    tell_sender(
        turn,
        ticket,
        lines(
            say("Untuk {code}, mohon dikirim ulang: {part}.", code=ticket.code, part=label),
            say("Bagian itu belum kami terima atau belum dapat dibaca. Tekan Balas untuk mengirimnya."),
        ),
        choices=[REPLY.on(ticket.id, ticket.code)],
    )


OFFER = Action("minta-ulang", guarded("again", offer), say("Minta kirim ulang"), "minta ulang", STAFF, PREFIXES)
ASK_AGAIN = Action("ulang", ask_again, roles=STAFF, numbered=False)
ACTIONS = [OFFER, ASK_AGAIN]
