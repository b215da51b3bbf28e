"""When someone is reminded of a meeting or a promise: rows, set from the facts, checked against them when due."""

from datetime import date, datetime, timedelta

from handlers.conversation.turn import Work
from storage.database.moment import stamp
from storage.machine import reminders
from storage.meetings.meetings import Meeting
from storage.meetings.promises import Promise

RINGS = ("undecided-day-before", "undecided-hours-before", "undecided-over")
"""Timers of a request that nobody answers."""


def set_reminders(work: Work, meeting: Meeting) -> None:
    """The working day before, some hours before, and afterwards for the record. What is past already is not set."""
    eve, shortly = before(work, meeting)
    over = meeting.ends_at + timedelta(minutes=work.office.reminders.outcome_after_minutes)
    set_ahead(work, meeting, {"day-before": eve, "hours-before": shortly, "outcome": over})


def set_rings(work: Work, meeting: Meeting) -> None:
    """A request waits for the office: it rings before its time, and once more when that has passed undecided."""
    set_ahead(work, meeting, dict(zip(RINGS, (*before(work, meeting), meeting.starts_at), strict=True)))


def before(work: Work, meeting: Meeting) -> tuple[datetime, datetime]:
    """The working day before, and some hours before."""
    rules, start = work.office.reminders, meeting.starts_at.astimezone(work.now.tzinfo)
    eve = work.office.calendar.working_day_before(start.date())
    return datetime.combine(eve, rules.working_day_before_at, work.now.tzinfo), start - timedelta(
        hours=rules.hours_before
    )


def set_ahead(work: Work, meeting: Meeting, times: dict[str, datetime]) -> None:
    """Timers of the meeting as it is timed now; what is past already is not set."""
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
