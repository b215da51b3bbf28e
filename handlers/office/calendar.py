"""The office's working days: hours, holidays and joint leave of the profile, asked for in every turn."""

from bisect import bisect_left, bisect_right
from datetime import date, time, timedelta
from functools import lru_cache
from itertools import accumulate

WEEKDAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
FAR = 366
"""Days looked ahead or back at the most, whatever a profile says."""
REMEMBERED = 1024
DAYS = range(1, date.max.toordinal() + 1)
"""Every day there is, as Python numbers them; the first is a Monday."""

Span = tuple[time, time]


class WorkingCalendar:
    """Answers about days; what takes long is computed once."""

    def __init__(self, hours: dict[str, list[Span]], closed: frozenset[date]) -> None:
        self._hours = [tuple(hours.get(name, ())) for name in WEEKDAYS]
        self._closed = closed
        self._regular = tuple(accumulate((bool(spans) for spans in self._hours), initial=0))
        self._lost = sorted(day for day in closed if self._hours[day.weekday()])
        self.working_days_after = lru_cache(REMEMBERED)(self._working_days_after)
        self.working_day_before = lru_cache(REMEMBERED)(self._working_day_before)
        self.numbered = lru_cache(REMEMBERED)(self._numbered)

    def spans(self, day: date) -> tuple[Span, ...]:
        """The hours of that day; none on holidays and joint leave."""
        return () if day in self._closed else self._hours[day.weekday()]

    def works_on(self, day: date) -> bool:
        return bool(self.spans(day))

    @property
    def never_works(self) -> bool:
        """Whether a profile has no hours on any day of the week."""
        return not self._regular[-1]

    def number(self, day: date) -> int:
        """How many working days lie before `day`, from the year 1 on: a working day's number. Computed, not counted."""
        weeks, weekday = divmod(day.toordinal() - 1, 7)
        return weeks * self._regular[-1] + self._regular[weekday] - bisect_left(self._lost, day)

    def _numbered(self, number: int) -> date:
        """The working day with that number: the last day before which no more lie. Raises OverflowError beyond all."""
        ordinal = bisect_right(DAYS, number, key=lambda ordinal: self.number(date.fromordinal(ordinal)))
        if ordinal == len(DAYS):
            raise OverflowError("no calendar goes that far")
        return date.fromordinal(ordinal)

    def _working_days_after(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`."""
        for offset in range(1, FAR):
            later = day + timedelta(days=offset)
            count -= self.works_on(later)
            if count <= 0:
                return later
        return day + timedelta(days=FAR)

    def _working_day_before(self, day: date) -> date:
        """The last working day before `day`."""
        before = (day - timedelta(days=offset) for offset in range(1, FAR))
        return next((earlier for earlier in before if self.works_on(earlier)), day - timedelta(days=1))
