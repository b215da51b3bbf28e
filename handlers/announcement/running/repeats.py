"""When an announcement comes again: every week, every month, or some days before a date."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

Rule = Mapping[str, Any]
"""{"every": "week"}, {"every": "month"}, or {"before": [30, 7, 1, 0], "date": "2027-02-14"}; empty: once."""


def next_start(rule: Rule, first: datetime, now: datetime) -> datetime | None:
    """The first time after `now`, at the hour of the `first`; None when there is none any more.

    Both are in the office's zone. A month without that day has its last day instead, and the month after it has
    that day again. Times that were slept over are not made up for.
    """
    if "before" in rule:
        return before(rule, first, now)
    if rule.get("every") == "week":
        weeks = max(0, (now - first) // timedelta(weeks=1)) + 1
        return first + timedelta(weeks=weeks)
    if rule.get("every") == "month":
        return monthly(first, now)
    return None


def before(rule: Rule, first: datetime, now: datetime) -> datetime | None:
    """The days before a date, each at the hour of the first."""
    day = date.fromisoformat(rule["date"])
    times = (at_hour_of(first, day - timedelta(days=days)) for days in rule["before"])
    return min((at for at in times if at > now), default=None)


def at_hour_of(first: datetime, day: date) -> datetime:
    return first.replace(year=day.year, month=day.month, day=day.day)


def monthly(first: datetime, now: datetime) -> datetime:
    months = max(0, (now.year - first.year) * 12 + now.month - first.month)
    found = in_month(first, months)
    return found if found > now and months else in_month(first, months + 1)


def in_month(first: datetime, later: int) -> datetime:
    """So many months later, on the same day of the month or the last there is."""
    year, month = divmod(first.month - 1 + later, 12)
    last = monthrange(first.year + year, month + 1)[1]
    return first.replace(year=first.year + year, month=month + 1, day=min(first.day, last))


def expiry(first: datetime, first_end: datetime | None, start: datetime) -> datetime | None:
    """As long after the new start as it was after the first."""
    return None if first_end is None else start + (first_end - first)
