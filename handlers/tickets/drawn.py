"""When the office hears of what came without a name: at a moment drawn by lot, so that no notice tells the minute.

Danger, and whatever has to be acted upon, rings at once (`situation.may_wait` of the office profile names the rest).
"""

import secrets
from datetime import datetime, timedelta

from handlers.conversation.turn import Work
from handlers.tickets.officer.staff import current, ring_softly
from storage.machine import reminders
from storage.machine.reminders import Reminder
from storage.tickets.tickets import Ticket

NOTICE = "ticket-unnamed"
WITHIN, WATCHED_WITHIN = timedelta(minutes=60), timedelta(minutes=20)
"""The longest wait for a notice; in the office's hours, and at any hour for a report of the situation that may wait."""


def drawn(longest: timedelta) -> timedelta:
    """From a fifth of it up, by lot, to the second."""
    seconds = int(longest.total_seconds())
    return timedelta(seconds=seconds // 5 + secrets.randbelow(seconds - seconds // 5 + 1))


def later(work: Work) -> datetime:
    """In the office's hours: what came at night is told in the first hour of the morning."""
    clock = work.office.working_time(work.now.tzinfo)
    due = clock.opens_at(work.now) + drawn(WITHIN)
    return due if clock.is_open(due) else clock.opens_at(due) + drawn(WITHIN)


def ring_later(work: Work, ticket: Ticket) -> None:
    reminders.set(work.tx, NOTICE, ticket.id, "", later(work))


def ring(work: Work, reminder: Reminder) -> str:
    """Nobody is told of what somebody found in the queue before."""
    ticket = current(work, reminder.subject_id)
    if not ticket.open or ticket.assigned_to or ticket.responded_at:
        return "void"
    ring_softly(work, ticket)
    return "sent"
