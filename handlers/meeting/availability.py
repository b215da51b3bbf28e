"""Which days and hours a host can receive guests: always computed from the profile and the slots held."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cached_property

from handlers.conversation.turn import Work
from handlers.conversation.words import Text, day_in_full, say
from storage.meetings import slots
from storage.meetings.slots import Slot


class Availability:
    """A host's free time as it is in this transaction; what is held is read once.

    `moving` is a meeting whose own slot does not stand in its way.
    """

    def __init__(self, work: Work, host: str, moving: int | None = None) -> None:
        self._work, self._moving = work, moving
        self._host, self._rules = host, work.office.hosts[host]
        self._free: dict[date, list[datetime]] = {}

    @cached_property
    def last_day(self) -> date:
        """The horizon: the nearer of so many calendar days and so many working days."""
        rules, today = self._work.office.meeting, self._work.now.date()
        return min(
            today + timedelta(days=rules.horizon_days),
            self._work.office.calendar.working_days_after(today, rules.horizon_working_days),
        )

    @cached_property
    def earliest(self) -> datetime:
        """The minimum notice: the later of so many hours and the start of so many working days on."""
        rules, now = self._work.office.meeting, self._work.now
        soonest = now + timedelta(hours=rules.notice_hours)
        if not rules.notice_working_days:
            return soonest
        first = self._work.office.calendar.working_days_after(now.date(), rules.notice_working_days)
        return max(soonest, datetime.combine(first, time.min, now.tzinfo))

    @cached_property
    def _held(self) -> dict[date, list[Slot]]:
        """What is held, by day, from today to the horizon."""
        zone, days = self._work.now.tzinfo, dict[date, list[Slot]]()
        for slot in slots.between(self._work.tx, self._work.now.date(), self.last_day, zone):
            if slot.meeting_id != self._moving:
                days.setdefault(slot.starts_at.astimezone(zone).date(), []).append(slot)
        return days

    def free_hours(self, day: date) -> list[datetime]:
        """Starts that can be asked for."""
        if day not in self._free:
            self._free[day] = list(self._find(day)) if day <= self.last_day else []
        return self._free[day]

    def _find(self, day: date) -> Iterator[datetime]:
        held = self._held.get(day, [])
        mine = [slot for slot in held if slot.host == self._host]
        if len(mine) >= self._rules.per_day or len(held) >= self._work.office.meeting.per_day:
            return
        buffer = timedelta(minutes=self._rules.buffer_minutes)
        for start, end in self._grid(day):
            if start >= self.earliest and not any(clashes(start, end, slot, buffer) for slot in mine):
                yield start

    def _grid(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """Every start and end the day has room for, held or not."""
        zone, length = self._work.now.tzinfo, timedelta(minutes=self._rules.minutes)
        step = length + timedelta(minutes=self._rules.buffer_minutes)
        for opens, closes in self._work.office.calendar.spans(day):
            start, end = datetime.combine(day, opens, zone), datetime.combine(day, closes, zone)
            while start + length <= end:
                yield start, start + length
                start += step

    def free_days(self) -> list[date]:
        """The next days with room, as many as the profile offers at once."""
        found: list[date] = []
        day = self._work.now.date()
        while day <= self.last_day and len(found) < self._work.office.meeting.days_offered:
            if self.free_hours(day):
                found.append(day)
            day += timedelta(days=1)
        return found

    def why_not(self, day: date) -> Text | None:
        """Why nobody can come that day, in a sentence; None when they can."""
        if self.free_hours(day):
            return None
        return self._closed(day) or self._not_now(day)

    def _closed(self, day: date) -> Text | None:
        office, named = self._work.office, day_in_full(day)
        if day < self._work.now.date():
            return say("{day} sudah lewat.", day=named)
        if day in office.holidays:
            return say("{day} hari libur ({holiday}), kantor tutup.", day=named, holiday=office.holidays[day])
        if day in office.joint_leave:
            return say("{day} cuti bersama, kantor tutup.", day=named)
        return None if office.calendar.works_on(day) else say("{day} kantor tutup.", day=named)

    def _not_now(self, day: date) -> Text:
        named = day_in_full(day)
        if day > self.last_day:
            return say("{day} masih terlalu jauh; paling jauh {last}.", day=named, last=day_in_full(self.last_day))
        if day < self.earliest.date():
            first = day_in_full(self.earliest.date())
            return say("{day} terlalu dekat; paling cepat {first}.", day=named, first=first)
        return say("{day} sudah penuh atau jam layanannya sudah lewat.", day=named)


def clashes(start: datetime, end: datetime, slot: Slot, buffer: timedelta) -> bool:
    """Whether two meetings of one host would be nearer than the buffer."""
    return start < slot.ends_at + buffer and slot.starts_at < end + buffer
