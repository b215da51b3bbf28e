"""What always comes again, as timers like all others: set anew by the clock and by each that fires, never twice."""

from collections.abc import Callable

from handlers import digest, report_duty, retention
from handlers.conversation.turn import Work
from storage.reminders import Reminder

Fire = Callable[[Work, Reminder], str]


def keep(work: Work) -> None:
    """The next of each kind is set. A timer that is set or done already stays as it is, whatever the clock says."""
    retention.set_reminders(work)
    digest.set_reminders(work)
    report_duty.set_reminders(work)


def again(fire: Fire) -> Fire:
    """Fire, and see to it that there is a next time."""

    def fired(work: Work, reminder: Reminder) -> str:
        keep(work)
        return fire(work, reminder)

    return fired


FIRES: dict[str, Fire] = {
    retention.EMPTYING: again(retention.empty),
    digest.DIGEST: again(digest.send),
    report_duty.DUTY: again(report_duty.remind),
}
AT_NIGHT = frozenset({retention.EMPTYING})
"""Kinds that disturb nobody."""
