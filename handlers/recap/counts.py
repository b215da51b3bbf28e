"""The numbers of a recap, counted line by line, for the kinds of ticket that somebody may take out of the office."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil

from handlers.conversation.turn import Work
from handlers.office.working_time import WorkingTime
from handlers.recap.periods import Span
from handlers.report.periods import Period, period_of
from storage.ormas import duty as report_duty
from storage.ormas.duty import Group
from storage.tickets import recap
from storage.tickets.recap import Line

UNANSWERED = ("withdrawn", "merged")
"""Results of tickets that tell nothing of how quick the office is."""
PAGE = 500
"""Tickets read in one go."""


@dataclass
class Tally:
    """What is told of tickets. Waits are working days, by kind; a pause for the answer of the sender counts in."""

    totals: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By kind and one of `opened`, `closed`, `late`, `rated`, `stars`."""
    places: Counter[str] = field(default_factory=Counter)
    fields: Counter[str] = field(default_factory=Counter)
    """By kecamatan, and by the main field of the ormas."""
    first: dict[str, list[float]] = field(default_factory=dict)
    """Until the first answer."""
    end: dict[str, list[float]] = field(default_factory=dict)
    """Until it was done."""

    def add(self, lines: Iterable[Line], clock: WorkingTime) -> None:
        for line in lines:
            told = {"opened": 1, "closed": int(line.closed_at is not None), "late": int(line.late)}
            told |= {"rated": int(line.rating is not None), "stars": line.rating or 0}
            self.totals.update({(line.kind, what): number for what, number in told.items()})
            self.places[line.kecamatan] += 1
            self.fields[line.field] += 1
            if (first := days(clock, line, line.responded_at)) is not None:
                self.first.setdefault(line.kind, []).append(first)
            if line.result == "done" and (end := days(clock, line, line.closed_at)) is not None:
                self.end.setdefault(line.kind, []).append(end)

    def settle(self) -> None:
        """Everything is added: put the waits in order, once and for all."""
        for waits in (*self.first.values(), *self.end.values()):
            waits.sort()

    def total(self, what: str, kind: str = "") -> int:
        """Of one kind, or of all."""
        return sum(number for (of, told), number in self.totals.items() if told == what and kind in ("", of))


@dataclass(frozen=True)
class Recap:
    span: Span
    kinds: tuple[str, ...]
    tally: Tally
    meetings: dict[str, int]
    duty: list[tuple[Period, list[Group]]]

    @property
    def empty(self) -> bool:
        return not self.tally.totals and not self.meetings


def recap_of(work: Work, span: Span, kinds: tuple[str, ...], tally: Tally) -> Recap:
    """What was tallied, and what beside tickets belongs into a recap."""
    since, until = span.moments(work.now.tzinfo)
    duty = [(period, report_duty.groups(work.tx, period.key)) for period in report_periods(work, span)]
    return Recap(span, kinds, tally, recap.meetings(work.tx, since, until), duty)


def report_periods(work: Work, span: Span) -> list[Period]:
    """Periods of the report duty that lie in this one, or that it lies in; none that has not begun."""
    found, day = [], span.start
    while day < span.end and day <= work.now.date():
        period = period_of(day, work.office.report)
        found.append(period)
        day = period.last.fromordinal(period.last.toordinal() + 1)
    return found


def many(work: Work, span: Span, kinds: tuple[str, ...], limit: int) -> bool:
    """Whether there are more tickets than that."""
    since, until = span.moments(work.now.tzinfo)
    return recap.count(work.tx, kinds, since, until, limit + 1) > limit


def page(work: Work, span: Span, kind: str, after: Line | None) -> list[Line]:
    """The next lines of the table; fewer than `PAGE` are the last."""
    since, until = span.moments(work.now.tzinfo)
    return recap.lines(work.tx, kind, since, until, work.now, after, PAGE)


def tally_all(work: Work, span: Span, kinds: Iterable[str]) -> Tally:
    """All of them in one transaction: only where they are few."""
    tally, clock = Tally(), work.office.working_time(work.now.tzinfo)
    for kind in kinds:
        after = None
        while lines := page(work, span, kind, after):
            tally.add(lines, clock)
            after = lines[-1]
    tally.settle()
    return tally


def days(clock: WorkingTime, line: Line, at: datetime | None) -> float | None:
    """Working days from when it came in; None for what tells nothing of the office."""
    return None if at is None or line.result in UNANSWERED else float(clock.between(line.opened_at, at))


def within(waits: list[float], percent: int) -> float:
    """The time within which that many of a hundred were done (nearest rank); `waits` are in order."""
    return waits[ceil(len(waits) * percent / 100) - 1]
