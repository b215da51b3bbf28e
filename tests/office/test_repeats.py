"""When an announcement comes again: weeks, months with and without their last days, days before a date."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from handlers.announcement.running.repeats import Rule, expiry, next_start

WIB = ZoneInfo("Asia/Jakarta")


def on(year: int, month: int, day: int, hour: int = 9) -> datetime:
    return datetime(year, month, day, hour, tzinfo=WIB)


WEEK: Rule = {"every": "week"}
MONTH: Rule = {"every": "month"}
BEFORE: Rule = {"before": [30, 7, 1, 0], "date": "2027-02-14"}
MONDAY = on(2026, 11, 23)


@pytest.mark.parametrize(
    ("rule", "first", "now", "following"),
    [
        ({}, MONDAY, MONDAY, None),
        (WEEK, MONDAY, MONDAY, on(2026, 11, 30)),
        (WEEK, MONDAY, MONDAY - timedelta(hours=1), on(2026, 11, 30)),
        (WEEK, MONDAY, on(2026, 12, 25, 23), on(2026, 12, 28)),
        (MONTH, on(2026, 12, 31), on(2026, 12, 31), on(2027, 1, 31)),
        (MONTH, on(2026, 12, 31), on(2027, 1, 31), on(2027, 2, 28)),
        (MONTH, on(2026, 12, 31), on(2027, 2, 28), on(2027, 3, 31)),
        (MONTH, on(2027, 11, 30), on(2028, 1, 30, 10), on(2028, 2, 29)),
        (MONTH, MONDAY, on(2027, 6, 1), on(2027, 6, 23)),
        (MONTH, MONDAY, on(2027, 6, 23, 8), on(2027, 6, 23)),
        (BEFORE, on(2027, 1, 15), on(2027, 1, 15), on(2027, 2, 7)),
        (BEFORE, on(2027, 1, 15), on(2027, 2, 10), on(2027, 2, 13)),
        (BEFORE, on(2027, 1, 15), on(2027, 2, 13, 10), on(2027, 2, 14)),
        (BEFORE, on(2027, 1, 15), on(2027, 2, 14), None),
    ],
)
def test_the_next_time_is_the_first_that_is_still_to_come(
    rule: Rule, first: datetime, now: datetime, following: datetime | None
) -> None:
    assert next_start(rule, first, now) == following


def test_it_ends_as_long_after_its_start_as_the_first() -> None:
    assert expiry(MONDAY, None, MONDAY) is None
    assert expiry(MONDAY, MONDAY + timedelta(days=2), on(2027, 3, 1)) == on(2027, 3, 3)
