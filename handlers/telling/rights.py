"""Who may do what with which kind of ticket: one table, tested cell by cell. What is not in it, nobody may."""

from collections.abc import Mapping

from handlers.office.ticket_rules import KINDS
from storage.people.people import Person
from storage.tickets.tickets import HIDDEN, Ticket

ROLES = ("owner", "officer", "duty", "approver", "admin")
"""`owner` is whoever sent the ticket; `duty` are the officers who watch over the region (piket)."""
OFFICE = frozenset({"officer", "approver", "admin"})
WATCH = frozenset({"duty", "approver"})
"""The only two roles that see situation reports, and the names somebody asked to hide."""
OWNER = frozenset({"owner"})
NOBODY: frozenset[str] = frozenset()

WORKED = ("take", "forward", "ask", "note", "answer", "close", "reopen", "again")
"""What an officer does with a ticket in their hands; `again` asks for one part of it once more."""


def handled_by(office: frozenset[str]) -> dict[str, frozenset[str]]:
    """What every kind has in common, for the roles that handle it."""
    return {
        "see": office | OWNER,
        "files": office | OWNER,
        "original": office,
        "reply": OWNER,
        "rate": OWNER,
        "want-again": OWNER,
        "name": office,
        "hidden-name": WATCH,
        "reveal": frozenset({"approver"}),
        "export": office - {"duty"},
        "mute": office,
        **dict.fromkeys(WORKED, office),
    }


DECIDES = frozenset({*WORKED, "verify", "merge", "mute", "talk", "announce"})
"""What nobody does with a ticket of their own, whatever their role: a colleague does."""

RIGHTS: Mapping[str, Mapping[str, frozenset[str]]] = {
    "laporan": handled_by(OFFICE),
    "situasi": handled_by(WATCH) | {"verify": WATCH, "merge": WATCH, "export": NOBODY, "announce": NOBODY},
    "masukan": handled_by(OFFICE),
    "klarifikasi": handled_by(OFFICE) | {"announce": OFFICE},
    "percakapan": handled_by(OFFICE) | {"talk": OFFICE},
}
"""kind -> action -> roles."""


def may(person: Person, ticket: Ticket, action: str) -> bool:
    """Whether this person may do that with this ticket."""
    if own(person, ticket, action):
        return False
    roles = person.roles | (OWNER if ticket.person_id == person.id else NOBODY)
    return bool(roles & RIGHTS[ticket.kind].get(action, NOBODY))


def own(person: Person, ticket: Ticket, action: str) -> bool:
    """Whether they might do it with another ticket of this kind, and it is theirs. Nobody else is told that it is:
    one that a colleague handed to its sender without knowing is handed on by them."""
    if ticket.person_id != person.id or action not in DECIDES:
        return False
    handed_on = action == "forward" and ticket.assigned_to == person.id
    return bool(person.roles & holders(ticket.kind, action)) and not handed_on


def may_name(person: Person, ticket: Ticket) -> bool:
    """Whether this person may be told who sent it."""
    return may(person, ticket, "hidden-name" if ticket.privacy == HIDDEN else "name")


def kinds_for(person: Person, action: str = "take") -> tuple[str, ...]:
    """The kinds this person may do something with, as one of the office."""
    return tuple(kind for kind in KINDS if person.roles & (RIGHTS[kind].get(action, NOBODY) - OWNER))


def holders(kind: str, action: str = "take") -> frozenset[str]:
    """The roles that may do something with tickets of a kind."""
    return RIGHTS[kind].get(action, NOBODY) - OWNER
