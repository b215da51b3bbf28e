"""Working time for any office, against somebody who looks at every single minute; and the laws of pauses."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.office.calendar import WEEKDAYS, Span, WorkingCalendar
from handlers.office.profile import load_office
from handlers.office.working_time import WorkingTime

WIB = ZoneInfo("Asia/Jakarta")
MINUTE = timedelta(minutes=1)
FIRST = datetime(2026, 12, 23, tzinfo=WIB)
"""Christmas, two Fridays and the turn of the year lie in the days after it."""
DAYS = 11
SHIPPED = load_office()

Week = dict[str, list[Span]]


class Patient:
    """Knows the hours and nothing else, and looks at one minute after the other."""

    def __init__(self, week: Week, closed: frozenset[date]) -> None:
        self.week, self.closed = week, closed
        self.clock = WorkingTime(WorkingCalendar(week, closed), WIB)

    def open(self, minute: datetime) -> bool:
        spans = [] if minute.date() in self.closed else self.week.get(WEEKDAYS[minute.weekday()], [])
        return any(opens <= minute.time() < closes for opens, closes in spans)

    def minutes(self, start: datetime) -> Iterator[datetime]:
        while True:
            yield start
            start += MINUTE

    def counted(self, start: datetime, end: datetime) -> Fraction:
        total, share, today = Fraction(0), Fraction(0), None
        for minute in self.minutes(start):
            if minute >= end:
                return total
            if minute.date() != today:
                today, share = minute.date(), self.share(minute)
            if self.open(minute):
                total += share
        raise AssertionError

    def share(self, minute: datetime) -> Fraction:
        """What one open minute of this day is worth."""
        midnight = minute.replace(hour=0, minute=0)
        opened = sum(self.open(midnight + n * MINUTE) for n in range(24 * 60))
        return Fraction(1, opened or 1)


def spans_of(edges: list[int]) -> list[Span]:
    hours = [time(*divmod(minute, 60)) for minute in sorted(edges)]
    return list(zip(hours[::2], hours[1::2], strict=False))


few_spans = st.lists(st.integers(0, 24 * 60 - 1), max_size=6, unique=True).map(spans_of)
any_week = st.fixed_dictionaries(dict.fromkeys(WEEKDAYS, few_spans))
closed_days = st.frozensets(st.integers(-2, DAYS + 2).map(lambda ahead: FIRST.date() + timedelta(ahead)), max_size=6)
offices = st.builds(Patient, st.just(SHIPPED.office_hours) | any_week, st.just(SHIPPED.closed) | closed_days)
anywhere = st.integers(0, DAYS * 24 * 60).map(lambda minutes: FIRST + minutes * MINUTE)
seconds = st.timedeltas(timedelta(0), timedelta(seconds=59))
promises = st.integers(1, 2000).map(lambda part: Fraction(part, 450)) | st.integers(1, 60)


@st.composite
def at_edges(draw: st.DrawFn, office: Patient) -> datetime:
    """When hours begin or end, or a minute beside it: where mistakes live."""
    day = FIRST.date() + timedelta(draw(st.integers(0, DAYS - 1)))
    edges = [edge for span in office.week.get(WEEKDAYS[day.weekday()], []) for edge in span]
    edge = draw(st.sampled_from(edges or [time()]))
    return datetime.combine(day, edge, WIB) + draw(st.integers(-1, 1)) * MINUTE


def moments(office: Patient, count: int) -> st.SearchStrategy[list[datetime]]:
    return st.lists(anywhere | at_edges(office), min_size=count, max_size=count).map(sorted)


@settings(max_examples=60, deadline=None)
@given(offices, st.data())
def test_working_time_is_what_looking_at_every_minute_gives(office: Patient, data: st.DataObject) -> None:
    start, end = data.draw(moments(office, 2))
    counted = office.counted(start, end)
    assert office.clock.between(start, end) == counted
    assert office.clock.between(end, start) == -counted


@settings(max_examples=60, deadline=None)
@given(offices, promises, st.data())
def test_a_deadline_is_the_first_minute_at_which_the_promised_days_are_over(
    office: Patient, days: Fraction | int, data: st.DataObject
) -> None:
    (start,) = data.draw(moments(office, 1))
    due = office.clock.after(start, days)
    if due < start + timedelta(DAYS):
        assert office.counted(start, due - MINUTE) < days <= office.counted(start, due)


@settings(deadline=None)
@given(offices, st.data())
def test_the_way_from_one_moment_to_another_is_as_long_in_two_parts(office: Patient, data: st.DataObject) -> None:
    clock = office.clock
    a, b, c = data.draw(moments(office, 3).flatmap(st.permutations))
    assert clock.between(a, b) + clock.between(b, c) == clock.between(a, c)


@settings(deadline=None)
@given(offices, seconds, st.data())
def test_going_as_far_as_a_moment_is_away_leads_to_its_like(
    office: Patient, late: timedelta, data: st.DataObject
) -> None:
    """Earlier or later: no working time lies between the two, and ours is the first of them."""
    clock = office.clock
    here, there = data.draw(moments(office, 2).flatmap(st.permutations))
    back = clock.after(here + late, clock.between(here, there))
    if any(office.week.values()):
        assert clock.between(back, there) == 0
        assert back <= max(there, here + late)


@settings(deadline=None)
@given(offices, promises, promises, st.data())
def test_who_comes_later_or_is_promised_more_time_is_never_due_earlier(
    office: Patient, less: Fraction | int, more: Fraction | int, data: st.DataObject
) -> None:
    clock = office.clock
    less, more = sorted((less, more))
    for early, late in pairwise(data.draw(moments(office, 3))):
        assert clock.after(early, -more) <= clock.after(early, -less) <= early
        assert early <= clock.after(early, less) <= clock.after(early, more)
        assert clock.after(early, less) <= clock.after(late, less)


@settings(deadline=None)
@given(offices, promises, st.data())
def test_pauses_take_nothing_from_the_office_and_nothing_from_the_leader(
    office: Patient, days: Fraction | int, data: st.DataObject
) -> None:
    """However often the leader has to act: the working time outside of the pauses is what was promised at first.

    Where all days are equally long it is so to the minute; where not, each pause ends at the next full minute.
    """
    clock = office.clock
    begun, *turns = data.draw(moments(office, 7))
    due = clock.after(begun, days)
    promised, worked = clock.between(begun, due), Fraction(0)
    for paused, resumed in zip(turns[::2], turns[1::2], strict=True):
        worked += clock.between(begun, paused)
        left, begun = clock.between(paused, due), resumed
        due = clock.after(resumed, left)
        if any(office.week.values()):
            assert left == 0 or clock.between(resumed, due - MINUTE) < left <= clock.between(resumed, due)
    if office.week == SHIPPED.office_hours:
        assert worked + clock.between(begun, due) == promised


@settings(deadline=None)
@given(offices, promises, st.data())
def test_a_pause_in_which_nobody_works_moves_no_deadline(
    office: Patient, days: Fraction | int, data: st.DataObject
) -> None:
    clock = office.clock
    begun, paused = data.draw(moments(office, 2))
    due, resumed = clock.after(begun, days), clock.opens_at(paused)
    if any(office.week.values()):
        assert clock.between(due, clock.after(resumed, clock.between(paused, due))) == 0


@settings(deadline=None)
@given(offices, seconds, st.data())
def test_the_next_opening_is_open_and_nothing_before_it_is(
    office: Patient, late: timedelta, data: st.DataObject
) -> None:
    (moment,) = data.draw(moments(office, 1))
    opening = office.clock.opens_at(moment + late)
    assert office.clock.is_open(moment + late) == office.open(moment)
    if any(office.week.values()):
        assert office.open(opening)
        assert office.counted(moment + MINUTE, opening) == 0


@given(any_week, st.integers(1, 30_000))
def test_years_are_computed_as_they_would_be_counted(week: Week, days: int) -> None:
    calendar = WorkingCalendar(week, SHIPPED.closed)
    start = date(1999, 12, 31)
    counted = sum(calendar.works_on(start + timedelta(n)) for n in range(days))
    assert calendar.number(start + timedelta(days)) - calendar.number(start) == counted
    if any(week.values()):
        day = calendar.numbered(calendar.number(start) + days)
        assert calendar.works_on(day)
        assert calendar.number(day) == calendar.number(start) + days
