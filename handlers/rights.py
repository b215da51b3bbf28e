"""Who may do what with which kind of ticket: one table, tested cell by cell. What is not in it, nobody may."""

from collections.abc import Mapping

from storage.people import Person
from storage.tickets import HIDDEN, Ticket

ROLES = ("owner", "officer", "duty", "approver", "admin")
"""`owner` is whoever sent the ticket; `duty` are the officers who watch over the region (piket)."""
OFFICE = frozenset({"officer", "approver", "admin"})
WATCH = frozenset({"duty", "approver"})
"""The only two roles that see situation reports, and the names somebody asked to hide."""
OWNER = frozenset({"owner"})
NOBODY: frozenset[str] = frozenset()

KINDS = ("laporan", "situasi", "masukan", "klarifikasi", "percakapan")
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
        "export": office - {"duty"},
        "mute": office,
        **dict.fromkeys(WORKED, office),
    }


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
    roles = person.roles | (OWNER if ticket.person_id == person.id else NOBODY)
    return bool(roles & RIGHTS[ticket.kind].get(action, NOBODY))


def may_name(person: Person, ticket: Ticket) -> bool:
    """Whether this person may be told who sent it."""
    return may(person, ticket, "hidden-name" if ticket.privacy == HIDDEN else "name")


def kinds_for(person: Person, action: str = "take") -> tuple[str, ...]:
    """The kinds this person may do something with, as one of the office."""
    return tuple(kind for kind in KINDS if person.roles & (RIGHTS[kind].get(action, NOBODY) - OWNER))


def holders(kind: str, action: str = "take") -> frozenset[str]:
    """The roles that may do something with tickets of a kind."""
    return RIGHTS[kind].get(action, NOBODY) - OWNER
