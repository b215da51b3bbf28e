"""The parts of a ticket an officer can ask for once more, and which of them its sender still owes."""

import re

from handlers.conversation.questions.file_kinds import called
from handlers.conversation.turn import Turn, Work
from handlers.conversation.words import Text, Words, in_language, say
from handlers.telling.rights import may_name
from storage.tickets import files as ticket_files
from storage.tickets.files import TicketFile
from storage.tickets.tickets import Ticket

OF_FILE = re.compile(r"(\d{1,6})\. .*", re.DOTALL)
"""How a file is named among the parts: two names may begin alike, its number is its own."""


def parts(turn: Turn, ticket: Ticket) -> dict[str, Text]:
    """Every file and every answer of a ticket, by the key a button carries; files first."""
    files = ticket_files.of_ticket(turn.tx, ticket.id)
    answers: dict[str, Text] = {f"f{place}": Words(label) for place, label in enumerate(ticket.facts)}
    return {f"b{file.id}": file_label(turn, ticket, file) for file in files} | answers


def file_label(turn: Turn, ticket: Ticket, file: TicketFile) -> Text:
    """With its number. A name may be that of somebody whose name is hidden."""
    name = " ".join(file.name.split()) if may_name(turn.person, ticket) else called(file.type)
    return say("{number}. {name}", number=file.number, name=name)


def key_of(label: Text) -> str:
    """How a part stands among those that are owed."""
    return in_language(label, "id")


def owed(ticket: Ticket) -> list[str]:
    """The parts that were asked for and did not come yet."""
    return ticket.asked_for.split("\n") if ticket.asked_at and ticket.asked_for else []


def is_file(part: str) -> bool:
    return OF_FILE.fullmatch(part) is not None


def named(work: Work, ticket: Ticket, part: str) -> Text:
    """A part in the words of its sender: a file by the name they gave it."""
    found = OF_FILE.fullmatch(part)
    files = ticket_files.of_ticket(work.tx, ticket.id) if found else []
    name = next((file.name for file in files if found and file.number == int(found[1])), "")
    return name or Words(part)
