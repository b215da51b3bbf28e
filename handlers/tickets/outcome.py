"""Telling the sender of a ticket: in their chat where they are known, else behind the code they hold."""

from collections.abc import Sequence

from handlers.conversation.turn import Choice, Turn
from handlers.conversation.words import Text, say
from handlers.telling.officers import let_know
from handlers.telling.templates import TICKET
from handlers.tickets.words import RATINGS, state_of
from storage.people import people
from storage.tickets import events, queue, talks, tickets
from storage.tickets.tickets import Ticket


def tell_sender(turn: Turn, ticket: Ticket, *text: Text, choices: Sequence[Choice] = ()) -> None:
    """Tell whoever sent it, and tell the officer whether that was possible."""
    if ticket.person_id is None:
        turn.add(say("Pengirim tidak menyebut nama, jadi tidak dapat kami kabari. Ia membacanya saat memakai kodenya."))
        return
    state = state_of(tickets.get(turn.tx, ticket.id), mine=True)
    approved = TICKET(office=turn.office.long_name, code=ticket.code, state=state)
    let_know(turn, people.get(turn.tx, ticket.person_id), *text, choices=choices, approved=approved)


def conclude(turn: Turn, ticket: Ticket, result: str) -> None:
    """The ticket was closed: the bot answers again, and the sender says how content they are."""
    talks.end(turn.tx, ticket.id)
    tell_sender(
        turn,
        ticket,
        say("{code} sudah selesai.", code=ticket.code),
        result,
        say("Bagaimana layanan kami untuk {code}? Penilaian Bapak/Ibu membantu kami.", code=ticket.code),
        choices=rating_choices(ticket),
    )
    conclude_gathered(turn, ticket, result)


def conclude_gathered(turn: Turn, ticket: Ticket, result: str) -> None:
    """Reports of the same thing end with it: their senders are owed the same answer."""
    for other in queue.merged_into(turn.tx, ticket.id):
        events.add(turn.tx, other.id, "closed", turn.now, officer_id=turn.person.id, words=result)
        tell_sender(turn, other, say("{code} sudah selesai.", code=other.code), result)
        conclude_gathered(turn, other, result)


def rating_choices(ticket: Ticket) -> list[Choice]:
    """A press for each degree; typed by name and number, as under a notice."""
    return [
        Choice(f"a.nilai.{ticket.code}-{degree}", label, f"nilai {degree} {ticket.code}")
        for degree, label in RATINGS.items()
    ]
