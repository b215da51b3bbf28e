"""Which days and hours a host can receive guests: always computed from the profile and the slots held."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from handlers.conversation.turn import Work
from handlers.conversation.words import Text, day_in_full, say
from storage import meetings
from storage.meetings import Slot


def last_day(work: Work) -> date:
    """The horizon: the nearer of so many calendar days and so many working days."""
    rules, today = work.office.meeting, work.now.date()
    return min(
        today + timedelta(days=rules.horizon_days),
        work.office.working_days_after(today, rules.horizon_working_days),
    )


def earliest(work: Work) -> datetime:
    """The minimum notice: the later of so many hours and the start of so many working days on."""
    rules = work.office.meeting
    soonest = work.now + timedelta(hours=rules.notice_hours)
    if not rules.notice_working_days:
        return soonest
    first = work.office.working_days_after(work.now.date(), rules.notice_working_days)
    return max(soonest, datetime.combine(first, time.min, work.now.tzinfo))


def grid(work: Work, host: str, day: date) -> Iterator[tuple[datetime, datetime]]:
    """Every start and end a host's day has room for, held or not."""
    rules = work.office.hosts[host]
    length, step = timedelta(minutes=rules.minutes), timedelta(minutes=rules.minutes + rules.buffer_minutes)
    for opens, closes in work.office.spans(day):
        start = datetime.combine(day, opens, work.now.tzinfo)
        while start + length <= datetime.combine(day, closes, work.now.tzinfo):
            yield start, start + length
            start += step


def clashes(start: datetime, end: datetime, slot: Slot, buffer: timedelta) -> bool:
    return start < slot.ends_at + buffer and slot.starts_at < end + buffer


def free_hours(work: Work, host: str, day: date, moving: int | None = None) -> list[datetime]:
    """Starts that can be asked for; `moving` is a meeting whose own slot does not stand in its way."""
    held = [slot for slot in meetings.slots_on(work.tx, day, work.now.tzinfo) if slot.meeting_id != moving]
    mine = [slot for slot in held if slot.host == host]
    rules = work.office.hosts[host]
    if len(mine) >= rules.per_day or len(held) >= work.office.meeting.per_day or day > last_day(work):
        return []
    buffer, soonest = timedelta(minutes=rules.buffer_minutes), earliest(work)
    return [
        start
        for start, end in grid(work, host, day)
        if start >= soonest and not any(clashes(start, end, slot, buffer) for slot in mine)
    ]


def free_days(work: Work, host: str, moving: int | None = None) -> list[date]:
    """The next days with room, as many as the profile offers at once."""
    found: list[date] = []
    day, last = work.now.date(), last_day(work)
    while day <= last and len(found) < work.office.meeting.days_offered:
        if free_hours(work, host, day, moving):
            found.append(day)
        day += timedelta(days=1)
    return found


def why_not(work: Work, host: str, day: date, moving: int | None = None) -> Text | None:
    """Why nobody can come that day, in a sentence; None when they can."""
    named = day_in_full(day)
    if day < work.now.date():
        return say("{day} sudah lewat.", day=named)
    if day in work.office.holidays:
        return say("{day} hari libur ({holiday}), kantor tutup.", day=named, holiday=work.office.holidays[day])
    if day in work.office.joint_leave:
        return say("{day} cuti bersama, kantor tutup.", day=named)
    if not work.office.works_on(day):
        return say("{day} kantor tutup.", day=named)
    if day > last_day(work):
        return say("{day} masih terlalu jauh; paling jauh {last}.", day=named, last=day_in_full(last_day(work)))
    if day < earliest(work).date():
        return say("{day} terlalu dekat; paling cepat {first}.", day=named, first=day_in_full(earliest(work).date()))
    if not free_hours(work, host, day, moving):
        return say("{day} sudah penuh atau jam layanannya sudah lewat.", day=named)
    return None
