"""The office's working days: hours, holidays and joint leave of the profile, asked for in every turn."""

from datetime import date, time, timedelta
from functools import lru_cache

WEEKDAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
FAR = 366
"""Days looked ahead or back at the most, whatever a profile says."""
REMEMBERED = 1024

Span = tuple[time, time]


class WorkingCalendar:
    """Answers about days; each answer is computed once."""

    def __init__(self, hours: dict[str, list[Span]], closed: frozenset[date]) -> None:
        self._hours = [tuple(hours.get(name, ())) for name in WEEKDAYS]
        self._closed = closed
        self.working_days_after = lru_cache(REMEMBERED)(self._working_days_after)
        self.working_day_before = lru_cache(REMEMBERED)(self._working_day_before)

    def spans(self, day: date) -> tuple[Span, ...]:
        """The hours in which guests are received that day; none on holidays and joint leave."""
        return () if day in self._closed else self._hours[day.weekday()]

    def works_on(self, day: date) -> bool:
        return bool(self.spans(day))

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
