"""The office's own people: who they are, telling all of them, writing down what they did."""

from collections.abc import Sequence

from handlers.conversation.approved import Filled
from handlers.conversation.message import Document
from handlers.conversation.turn import Choice, Turn, Work
from handlers.conversation.words import Text, say
from storage.machine import audit as ledger
from storage.people import people
from storage.people.people import Person

OFFICERS = frozenset({"officer", "approver", "admin"})
APPROVERS = frozenset({"approver", "admin"})
ADMINS = frozenset({"admin"})
"""Who decides about what others wrote."""


def to_officers(work: Work, *text: Text, choices: Sequence[Choice] = (), but: int | None = None) -> None:
    """A card to everyone who holds an officer's role, `but` one."""
    for officer in people.with_roles(work.tx, OFFICERS):
        if officer.id != but:
            work.tell(officer, *text, choices=choices)


def called(officer: Person) -> Text:
    """An officer's name; their number as long as they gave none."""
    return officer.name or say("Petugas {number}", number=officer.id)


def audit(turn: Turn, what: str, subject: str, why: str | None = None) -> None:
    """Write down an officer's deed: who, in which role, what, on what record, when and why."""
    ledger.add(turn.tx, turn.person.id, " ".join(sorted(turn.person.roles)), what, subject, why, turn.now)


UNREACHED = say(
    "Perhatian: yang bersangkutan tidak dapat dihubungi lewat bot (berhenti menerima pesan atau menutup obrolan). "
    "Mohon dihubungi dengan cara lain."
)


ON_ITS_WAY = say("Kabar untuk yang bersangkutan sedang dikirim. Bila tidak sampai, Bapak/Ibu kami beri tahu.")
"""True when it is said: what becomes of it is told later (handlers/telling/unreached.py)."""


def let_know(
    turn: Turn,
    person: Person,
    *text: Text,
    choices: Sequence[Choice] = (),
    document: Document | None = None,
    approved: Filled | None = None,
) -> None:
    """Tell somebody what an officer decided, and tell the officer whether that somebody can be told."""
    reached = turn.tell(person, *text, choices=choices, document=document, approved=approved)
    turn.add(ON_ITS_WAY if reached else UNREACHED)
