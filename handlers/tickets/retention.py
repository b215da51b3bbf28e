"""Words of closed tickets are kept as long as the office profile says, and not a night longer."""

import logging
from datetime import datetime, time, timedelta

from handlers.conversation.turn import Work
from storage.machine import audit, reminders
from storage.machine.reminders import Reminder
from storage.tickets import emptying

LOG = logging.getLogger(__name__)
EMPTYING = "tickets-emptied"
AT = time(2)
"""At night, when nobody waits."""
TOGETHER = 100
"""Tickets emptied in one transaction."""
CLOCK, ROLE = 0, "clock"
"""Who the audit names: no person, the office's own clock."""


def set_reminders(work: Work) -> None:
    """The next night, for each kind."""
    tonight = datetime.combine(work.now.date(), AT, work.now.tzinfo)
    due_at = tonight if tonight > work.now else tonight + timedelta(days=1)
    for kind in work.office.tickets.kept_days:
        reminders.set(work.tx, EMPTYING, 0, basis(due_at, kind, 0), due_at)


def basis(night: datetime, kind: str, emptied: int) -> str:
    return f"{night.date().isoformat()} {kind} {emptied}"


def empty(work: Work, reminder: Reminder) -> str:
    """Some tickets, and a timer for the rest; the last of them writes down how many it were that night."""
    night, kind, before = reminder.basis.split()
    days = work.office.tickets.kept_days.get(kind)
    if days is None:
        return "void"
    limit = work.now - timedelta(days=days)
    now_emptied = emptying.empty(work.tx, kind, limit, TOGETHER, work.now)
    emptied = int(before) + now_emptied
    if now_emptied == TOGETHER:
        reminders.set(work.tx, EMPTYING, 0, f"{night} {kind} {emptied}", work.now)
    elif emptied:
        LOG.info("%s: emptied %d tickets of the kind %s, kept for %d days", night, emptied, kind, days)
        why = f"{emptied} tickets closed before {limit.date().isoformat()}"
        audit.add(work.tx, CLOCK, ROLE, EMPTYING, kind, why, work.now)
    return "sent"
