"""A report without a name: nothing we keep leads to who sent it, and a code, good once, leads back to it.

See docs/decisions/0014-anonymous-reports.md.
"""

from datetime import timedelta

from handlers.conversation.form import Form
from handlers.conversation.turn import Turn
from handlers.join import ALPHABET, digest, drawn
from storage import tickets, traces
from storage.moment import maybe
from storage.tickets import Ticket

LETTERS = 12
JUST_NOW = timedelta(minutes=1)


def new_secret() -> str:
    """A code nobody can guess (sixty bits). Only its hash is kept."""
    return drawn(LETTERS, ALPHABET)


def forget_sender(turn: Turn, form: Form) -> None:
    """Everything said since the form was begun goes, and what is about to be said leaves no name either."""
    began = maybe(traces.opened_at(turn.tx, turn.person.id, form.name)) or turn.now
    traces.wipe(turn.tx, turn.person.id, began, turn.now)
    turn.whisper()


def used(turn: Turn, code: str) -> tuple[Ticket, str] | None:
    """The ticket behind a code, and the code that takes its place; None when it is not good (any more)."""
    ticket = tickets.by_secret(turn.tx, digest(code))
    if ticket is None:
        return None
    fresh = new_secret()
    if not tickets.renew_secret(turn.tx, ticket.id, digest(code), digest(fresh)):
        return None
    traces.wipe(turn.tx, turn.person.id, turn.now - JUST_NOW, turn.now)
    turn.whisper()
    return ticket, fresh
