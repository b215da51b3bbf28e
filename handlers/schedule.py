"""When someone is reminded of a meeting or a promise: rows, set from the facts, checked against them when due."""

from datetime import date, datetime, timedelta

from handlers.conversation.turn import Work
from storage import reminders
from storage.meetings import Meeting
from storage.moment import stamp
from storage.promises import Promise


def set_reminders(work: Work, meeting: Meeting) -> None:
    """The working day before, some hours before, and afterwards for the record. What is past already is not set."""
    rules, start = work.office.reminders, meeting.starts_at.astimezone(work.now.tzinfo)
    eve = work.office.calendar.working_day_before(start.date())
    times = {
        "day-before": datetime.combine(eve, rules.working_day_before_at, work.now.tzinfo),
        "hours-before": start - timedelta(hours=rules.hours_before),
        "outcome": meeting.ends_at + timedelta(minutes=rules.outcome_after_minutes),
    }
    for kind, due_at in times.items():
        if due_at > work.now:
            reminders.set(work.tx, kind, meeting.id, stamp(meeting.starts_at), due_at)


def set_promise_reminder(work: Work, promise: Promise, day: date) -> None:
    """On the morning of `day`; of the next working day when that morning is over."""
    due_at = datetime.combine(day, work.office.reminders.promise_at, work.now.tzinfo)
    if due_at <= work.now:
        later = work.office.calendar.working_days_after(work.now.date(), 1)
        due_at = datetime.combine(later, work.office.reminders.promise_at, work.now.tzinfo)
    reminders.set(work.tx, "promise", promise.id, promise.due_on.isoformat(), due_at)
