"""When something is drafted from a stage: some days before its first day, in the morning."""

from datetime import datetime, time, timedelta

from handlers.conversation.turn import Work
from handlers.election.names_first import ask_for_names
from storage.elections.stages import Stage
from storage.machine import reminders
from storage.machine.reminders import Reminder

ALERT = "stage-alert"


def basis(stage: Stage, days: int) -> str:
    """What the timer was made for: a stage that was changed since has timers of its own."""
    return f"{stage.version}.{days}"


def days_of(reminder: Reminder) -> int:
    """How many days before the stage it was set for."""
    return int(reminder.basis.partition(".")[2])


def set_timers(work: Work, stage: Stage) -> None:
    """Only what is still to come: nothing is drafted afterwards. A stage that is close asks for names, too."""
    ask_for_names(work, stage)
    if stage.starts_on is None:
        return
    rules = work.office.election
    for days in rules.alert_days:
        day = stage.starts_on - timedelta(days=days)
        due = datetime.combine(day, time(rules.alert_hour), work.now.tzinfo)
        if due > work.now:
            reminders.set(work.tx, ALERT, stage.id, basis(stage, days), due)
