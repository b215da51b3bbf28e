"""Deadlines are counted in working days: nights, breaks, weekends, holidays and joint leave take nothing of them."""

from datetime import date, datetime, time, timedelta, tzinfo
from fractions import Fraction
from math import ceil

from handlers.office.calendar import FAR, WorkingCalendar


def minute_of(hour: time) -> int:
    return hour.hour * 60 + hour.minute


class WorkingTime:
    """Every working day counts one, however long it is; within it, the share of its open minutes that are over.

    It knows whole minutes of the wall clock: seconds of a moment are left out, and a moment that would fall within
    a minute becomes the next one, so that no deadline comes too early. A pause keeps what is left:
    `left = between(paused, due)`, then `due = after(resumed, left)`.
    """

    def __init__(self, calendar: WorkingCalendar, zone: tzinfo | None) -> None:
        """`zone` is the office's, as its moments carry it. Raises ValueError for None: whose hours would be meant?"""
        if zone is None:
            raise ValueError("working time needs a time zone")
        self._calendar = calendar
        self._zone = zone

    def between(self, start: datetime, end: datetime) -> Fraction:
        """The working days from one moment to another; negative when `end` is the earlier one."""
        return self._position(end) - self._position(start)

    def after(self, moment: datetime, days: Fraction | int) -> datetime:
        """The first moment that many working days later; `moment` itself for none.

        Negative days lead back, to the first moment with that much before `moment`. An office that never opens
        answers FAR days later. Raises OverflowError beyond the year 9999.
        """
        if self._calendar.never_works:
            return self._local(moment) + timedelta(days=FAR if days > 0 else 0)
        reached = self._reached(self._position(moment) + days)
        return reached if days < 0 else max(self._local(moment), reached)

    def is_open(self, moment: datetime) -> bool:
        """Whether somebody works then; at the minute of closing no longer."""
        now = self._local(moment)
        return any(opens <= minute_of(now.time()) < closes for opens, closes in self._minutes(now.date()))

    def opens_at(self, moment: datetime) -> datetime:
        """`moment` when the office is open, else when it opens next; FAR days later when it does not in that time."""
        now = self._local(moment)
        if self.is_open(now):
            return now
        for day in (now.date(), self._calendar.working_days_after(now.date(), 1)):
            for opens, _ in self._minutes(day):
                if (opening := self._at(day, opens)) > now:
                    return opening
        return now + timedelta(days=FAR)

    def _position(self, moment: datetime) -> Fraction:
        """Working days that are over. Only the difference of two positions means something."""
        now = self._local(moment)
        spans, minute = self._minutes(now.date()), minute_of(now.time())
        over = sum(max(min(minute, closes) - opens, 0) for opens, closes in spans)
        return self._calendar.number(now.date()) + Fraction(over, length(spans) or 1)

    def _reached(self, position: Fraction) -> datetime:
        """The first minute of that position: a full working day is reached at its closing, not the morning after."""
        number = ceil(position) - 1
        day = self._calendar.numbered(number)
        spans = self._minutes(day)
        left = ceil((position - number) * length(spans))
        for opens, closes in spans:
            if left <= closes - opens:
                break
            left -= closes - opens
        return self._at(day, opens + left)

    def _minutes(self, day: date) -> list[tuple[int, int]]:
        return [(minute_of(opens), minute_of(closes)) for opens, closes in self._calendar.spans(day)]

    def _local(self, moment: datetime) -> datetime:
        return moment.astimezone(self._zone)

    def _at(self, day: date, minute: int) -> datetime:
        return datetime.combine(day, time(*divmod(minute, 60)), self._zone)


def length(spans: list[tuple[int, int]]) -> int:
    return sum(closes - opens for opens, closes in spans)
