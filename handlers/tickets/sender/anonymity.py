"""A report without a name: nothing we keep leads to who sent it, and a code, good once, leads back to it.

See docs/decisions/0014-anonymous-reports.md.
"""

from datetime import timedelta

from handlers.conversation.form import Form
from handlers.conversation.turn import Turn, Work
from handlers.conversation.words import Text, day_in_full, say
from handlers.office.codes import digest, drawn
from storage.database.moment import maybe
from storage.tickets import anonymity, tickets
from storage.tickets.tickets import Ticket

LETTERS = 12
FIRST_TRIES = timedelta(days=1)
JUST_NOW = timedelta(minutes=10)
"""What led to the code, also where it was worked off late."""


def new_secret() -> str:
    """A code nobody can guess (sixty bits). Only its hash is kept."""
    return drawn(LETTERS)


def kept_line(work: Work, ticket: Ticket) -> Text:
    """When its words are gone: a day once it is closed, before that how long after it."""
    days = work.office.tickets.kept_days.get(ticket.kind)
    if days is None:
        return ""
    if ticket.closed_at is None:
        return say("Isinya kami hapus {days} hari sesudah ditutup.", days=days)
    last = (ticket.closed_at.astimezone(work.now.tzinfo) + timedelta(days=days + 1)).date()
    return say("Isinya kami hapus paling lambat {day}.", day=day_in_full(last))


def forget_sender(turn: Turn, form: Form) -> None:
    """Everything said since the form was begun goes, and what is about to be said leaves no name either.

    The day before goes too: who writes without a name may have begun with it, and thought better of it.
    """
    began = maybe(anonymity.take_draft(turn.tx, turn.person.id, form.name)) or turn.now
    since = min(began, turn.now - FIRST_TRIES)
    anonymity.wipe(turn.tx, turn.person.id, since, turn.now)
    turn.erased_files += anonymity.wipe_files(turn.tx, turn.person.id, since)
    turn.whisper()


def used(turn: Turn, code: str) -> tuple[Ticket, str] | None:
    """The ticket behind a code, and the code that takes its place; None when it is not good (any more)."""
    anonymity.wipe(turn.tx, turn.person.id, turn.now - JUST_NOW, turn.now)
    turn.whisper()  # a wrong code too: it may be one letter away from the right one
    ticket, fresh = tickets.by_secret(turn.tx, digest(code)), new_secret()
    if ticket is None or not tickets.renew_secret(turn.tx, ticket.id, digest(code), digest(fresh)):
        return None
    return ticket, fresh
