"""The periods an ormas reports on: halves of a year, or years, as the office profile says."""

from dataclasses import dataclass
from datetime import date, timedelta

from handlers.conversation.words import MONTHS, Text, say
from handlers.office.ticket_rules import ReportRules


@dataclass(frozen=True, slots=True)
class Period:
    """`key` is how it is stored: the year and the number of the period in it."""

    key: str
    first: date
    last: date
    due: date
    """The last day on which a report on it is in time."""

    @property
    def label(self) -> Text:
        return say(
            "{first} sampai {last} {year}",
            first=MONTHS[self.first.month - 1],
            last=MONTHS[self.last.month - 1],
            year=self.last.year,
        )


def period_of(day: date, rules: ReportRules) -> Period:
    """The period a day lies in."""
    number = (day.month - 1) // rules.months
    first = date(day.year, number * rules.months + 1, 1)
    following = first.month + rules.months
    end = date(first.year + 1, 1, 1) if following > 12 else date(first.year, following, 1)
    last = end - timedelta(days=1)
    return Period(f"{first.year}-{number + 1}", first, last, last + timedelta(days=rules.due_days_after))


def of_key(key: str, rules: ReportRules) -> Period | None:
    """The period with this key; None where the rules know no such period (any more)."""
    year, _, number = key.partition("-")
    if not (year.isdecimal() and number.isdecimal() and 1 <= int(number) <= -(-12 // rules.months)):
        return None
    return period_of(date(int(year), (int(number) - 1) * rules.months + 1, 1), rules)


def before(period: Period, rules: ReportRules) -> Period:
    return period_of(period.first - timedelta(days=1), rules)


def reportable(today: date, rules: ReportRules) -> list[Period]:
    """What can be reported on now, the likeliest first: the period before, while its time runs."""
    current = period_of(today, rules)
    last = before(current, rules)
    likely = [last, current] if today <= last.due else [current, last]
    return [*likely, before(last, rules)]
