"""What always comes again, as timers like all others: set anew by the clock and by each that fires, never twice."""

from collections.abc import Callable

from handlers.conversation.turn import Work
from handlers.report import duty
from handlers.situation import digest
from handlers.tickets import retention
from storage.machine.reminders import Reminder

Fire = Callable[[Work, Reminder], str]


def keep(work: Work) -> None:
    """The next of each kind is set. A timer that is set or done already stays as it is, whatever the clock says."""
    retention.set_reminders(work)
    digest.set_reminders(work)
    duty.set_reminders(work)


def again(fire: Fire) -> Fire:
    """Fire, and see to it that there is a next time."""

    def fired(work: Work, reminder: Reminder) -> str:
        keep(work)
        return fire(work, reminder)

    return fired


FIRES: dict[str, Fire] = {
    retention.EMPTYING: again(retention.empty),
    digest.DIGEST: again(digest.send),
    duty.DUTY: again(duty.remind),
}
AT_NIGHT = frozenset({retention.EMPTYING})
"""Kinds that disturb nobody."""
