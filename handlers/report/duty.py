"""The duty to report activities: leaders of an ormas that has not reported are reminded, some days around the end."""

from datetime import datetime, time, timedelta

from handlers.conversation.turn import Choice, Stale, Work
from handlers.conversation.words import Text, day_in_full, say
from handlers.register.ends import days_left
from handlers.report.periods import Period, of_key, reportable
from handlers.telling.templates import REPORT
from storage.machine import reminders
from storage.machine.reminders import Reminder
from storage.ormas import duty, organisations
from storage.people import people

DUTY = "report-due"
TOGETHER = 50
"""Ormas told in one transaction."""
STALE_DAYS = 30
"""After which the last reminder, should it still be on its way, is not sent."""


def set_reminders(work: Work) -> None:
    """For every period that can be reported on: each day that is still to come."""
    for period in reportable(work.now.date(), work.office.report):
        for offset in offsets(work):
            due_at = moment_of(work, period, offset)
            if due_at > work.now:
                reminders.set(work.tx, DUTY, 0, basis(period, offset, 0), due_at)


def offsets(work: Work) -> list[int]:
    """Days from the end of the time on which leaders are told, in order: before it they are negative."""
    rules = work.office.report
    return sorted([*(-days for days in rules.remind_days_before), *rules.remind_days_after])


def moment_of(work: Work, period: Period, offset: int) -> datetime:
    day = period.due + timedelta(days=offset)
    return datetime.combine(day, time(work.office.report.remind_hour), work.now.tzinfo)


def basis(period: Period, offset: int, after: int) -> str:
    """Made for this period and its end; `after` is the last ormas that was told."""
    return f"{period.key} {period.due.isoformat()} {offset} {after}"


def remind(work: Work, reminder: Reminder) -> str:
    """Some ormas, and a timer for those behind them. Whoever has reported by now hears nothing."""
    key, due, offset, after = reminder.basis.split()
    period = of_key(key, work.office.report)
    if period is None or period.due.isoformat() != due or int(offset) not in offsets(work):
        return "void"
    following = next((later for later in offsets(work) if later > int(offset)), None)
    if following is not None and moment_of(work, period, following) <= work.now:
        return "overtaken"
    waiting = duty.to_remind(work.tx, key, int(after), TOGETHER)
    until = moment_of(work, period, following or int(offset) + STALE_DAYS)
    told = sum(tell_leaders(work, period, organisation_id, until) for organisation_id in waiting)
    if len(waiting) == TOGETHER:
        reminders.set(work.tx, DUTY, 0, basis(period, int(offset), waiting[-1]), work.now)
    return "sent" if told else "nobody"


def tell_leaders(work: Work, period: Period, organisation_id: int, until: datetime) -> int:
    """How many of the verified leaders could be reached."""
    told: dict[str, Text] = {
        "organisation": organisations.get(work.tx, organisation_id).name,
        "period": period.label,
        "day": day_in_full(period.due),
        "left": left_in_words((period.due - work.now.date()).days),
    }
    return sum(
        work.tell(
            people.get(work.tx, leader.person_id),
            say(
                "Pengingat: laporan kegiatan {organisation} untuk {period} belum kami terima, "
                "paling lambat {day} ({left}).",
                **told,
            ),
            say(
                "Dasarnya {basis}. Isiannya bisa dicicil; foto dan berkas boleh menyusul.",
                basis=work.office.report.basis,
            ),
            choices=[Choice("c.laporan", say("Kirim laporan"), "laporan")],
            stale=Stale(until, until, duty.subject(organisation_id, period.key)),
            approved=REPORT(office=work.office.long_name, **told),
        )
        for leader in organisations.leaders(work.tx, organisation_id)
    )


def left_in_words(left: int) -> Text:
    return days_left(left) if left >= 0 else say("{days} hari yang lalu", days=-left)
