"""Nobody decides about what is theirs: their own request, correction, membership or ormas. (Tickets: `rights.py`.)

One person on two messengers is one person here. Who wrote without a name is nobody: that cannot be known.
"""

from handlers.conversation.turn import Turn
from handlers.conversation.words import Text, listed, paragraphs, say
from handlers.telling.officers import OFFICERS, called
from storage.database.database import Transaction
from storage.meetings.meetings import Meeting
from storage.ormas import organisations
from storage.ormas.corrections import Correction
from storage.ormas.organisations import Membership
from storage.ormas.registry import Record
from storage.people import people
from storage.people.people import Person

NAMED = 3
"""Of the colleagues who may decide, so many are named."""


def own(tx: Transaction, person: Person, matter: Meeting | Correction | Membership | Record) -> bool:
    """Whether it is about this person, or about an ormas they belong to."""
    if isinstance(matter, Record):
        return belongs(tx, person, matter.id)
    if matter.person_id == person.id:
        return True
    if isinstance(matter, Membership):
        return belongs(tx, person, matter.organisation.id)
    return isinstance(matter, Correction) and belongs(tx, person, matter.organisation_id)


def belongs(tx: Transaction, person: Person, organisation_id: int) -> bool:
    """Verified or not: whoever says that they lead it has a stake in it."""
    return organisations.in_organisation(tx, person.id, organisation_id) is not None


def refusal(turn: Turn, matter: Meeting | Correction | Membership | Record) -> Text | None:
    """Why this person cannot decide about it, and who can; None when they can."""
    return for_others(turn, OFFICERS) if own(turn.tx, turn.person, matter) else None


def for_others(turn: Turn, roles: frozenset[str]) -> Text:
    """A kind no, with whom to ask."""
    others = [called(one) for one in people.with_roles(turn.tx, roles) if one.id != turn.person.id]
    return paragraphs(
        say("Ini urusan Bapak/Ibu sendiri, jadi mohon petugas lain yang memutuskan. Tidak ada yang diubah."),
        say("Yang dapat memutuskan: {names}.", names=listed(others[:NAMED]))
        if others
        else say("Belum ada petugas lain yang bergabung; admin dapat membuatkan kode undangan."),
    )
