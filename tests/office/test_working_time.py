"""Deadlines of the shipped office: its lunch hours, Fridays, holidays and the turn of the year."""

from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from handlers.office.calendar import FAR
from handlers.office.profile import Office, load_office
from handlers.office.working_time import WorkingTime

WIB = ZoneInfo("Asia/Jakarta")
OFFICE = load_office()
CLOCK = OFFICE.working_time(WIB)


def at(written: str) -> datetime:
    """`2026-11-23 10.00`: 23 November is a Monday."""
    return datetime.strptime(written, "%Y-%m-%d %H.%M").replace(tzinfo=WIB)


def profile(**changed: Any) -> Office:
    return Office.model_validate(OFFICE.model_dump() | changed)


def test_the_law_gives_every_working_day_the_same_length() -> None:
    week = [
        sum((c.hour - o.hour) * 60 + c.minute - o.minute for o, c in spans) for spans in OFFICE.office_hours.values()
    ]
    assert week == [450] * 5 + [0, 0]


DEADLINES = {
    "the same hour on a later day": ("2026-11-23 10.00", 3, "2026-11-26 10.00"),
    "a weekend takes nothing": ("2026-11-26 10.00", 3, "2026-12-01 10.00"),
    "half a day ends within the afternoon": ("2026-11-23 07.30", Fraction(1, 2), "2026-11-23 11.15"),
    "on Friday the lunch is earlier and longer": ("2026-11-27 11.00", Fraction(1, 5), "2026-11-27 14.00"),
    "a report at night counts from the morning": ("2026-11-23 22.00", 3, "2026-11-26 16.00"),
    "a report on Saturday has all of Monday": ("2026-11-28 09.00", 1, "2026-11-30 16.00"),
    "a report at lunch counts from its end": ("2026-11-23 12.30", Fraction(1, 450), "2026-11-23 13.01"),
    "joint leave and Christmas": ("2026-12-23 14.00", 1, "2026-12-28 14.00"),
    "the longest promise": ("2026-08-14 10.00", 60, "2026-11-10 10.00"),
    "back to the day before": ("2026-11-30 10.00", -1, "2026-11-27 10.00"),
}


@pytest.mark.parametrize(("start", "days", "due"), DEADLINES.values(), ids=DEADLINES)
def test_a_deadline(start: str, days: Fraction | int, due: str) -> None:
    assert CLOCK.after(at(start), days) == at(due)


def test_a_holiday_that_is_published_later_moves_a_deadline_over_the_turn_of_the_year() -> None:
    unknown = profile(holidays={}, joint_leave=[]).working_time(WIB)
    assert unknown.after(at("2026-12-30 09.00"), 3) == at("2027-01-04 09.00")
    assert CLOCK.after(at("2026-12-30 09.00"), 3) == at("2027-01-06 09.00"), "1 and 5 January are holidays"


def test_the_longest_promise_of_today_knows_the_holidays_of_next_year() -> None:
    assert CLOCK.after(at("2026-11-26 08.00"), 60) == at("2027-02-25 08.00")


def in_years(*years: int) -> Office:
    return profile(holidays={date(year, 1, 1): "Tahun Baru Masehi" for year in years}, joint_leave=[])


@pytest.mark.parametrize(
    ("now", "known", "missing"),
    [
        ("2026-11-26 08.00", (2026, 2027), []),
        ("2026-11-26 08.00", (2026,), [2027]),
        ("2026-05-04 08.00", (2026,), []),
        ("2027-12-01 08.00", (2026, 2027), [2028]),
        ("2028-01-03 08.00", (2026, 2027), [2028]),
    ],
)
def test_a_year_that_deadlines_reach_and_that_has_no_holidays_is_named(
    now: str, known: tuple[int, ...], missing: list[int]
) -> None:
    assert in_years(*known).years_without_holidays(at(now)) == missing


def test_a_meeting_far_ahead_counts_as_well_as_a_deadline() -> None:
    far = in_years(2026).model_copy(update={"meeting": OFFICE.meeting.model_copy(update={"horizon_days": 300})})
    assert far.years_without_holidays(at("2026-05-04 08.00")) == [2027]


def test_the_shipped_office_knows_the_days_off_of_2027() -> None:
    days = [day for day in OFFICE.holidays if day.year == 2027]
    leave = [day for day in OFFICE.joint_leave if day.year == 2027]
    assert (len(days), len(leave)) == (18, 8)


PAUSES = {
    "over the weekend": ("2026-11-27 16.30", "2026-11-30 07.30", "2026-11-30 10.00"),
    "half an hour on Friday, half an hour on Monday": ("2026-11-27 16.00", "2026-11-30 08.00", "2026-11-30 11.00"),
    "at lunch": ("2026-11-26 12.00", "2026-11-26 13.00", "2026-11-30 10.00"),
    "ten working days": ("2026-11-25 10.00", "2026-12-09 10.00", "2026-12-14 10.00"),
    "asked when it was late already": ("2026-12-01 10.00", "2026-12-03 10.00", "2026-12-02 10.00"),
}


@pytest.mark.parametrize(("paused", "answered", "due"), PAUSES.values(), ids=PAUSES)
def test_while_the_leader_has_to_act_the_clock_stands_still(paused: str, answered: str, due: str) -> None:
    first = CLOCK.after(at("2026-11-25 10.00"), 3)
    assert first == at("2026-11-30 10.00")
    assert CLOCK.after(at(answered), CLOCK.between(at(paused), first)) == at(due)


def test_a_moment_may_come_in_any_zone_and_the_office_answers_in_its_own() -> None:
    due = CLOCK.after(at("2026-11-23 10.00").astimezone(ZoneInfo("UTC")), 1)
    assert (due, due.tzinfo) == (at("2026-11-24 10.00"), WIB)


def test_seconds_are_left_out() -> None:
    late_in_the_minute = at("2026-11-23 10.00") + timedelta(seconds=59, microseconds=999_999)
    assert CLOCK.between(at("2026-11-23 10.00"), late_in_the_minute) == 0
    assert CLOCK.after(late_in_the_minute, 1) == at("2026-11-24 10.00")
    assert CLOCK.after(late_in_the_minute, 0) == late_in_the_minute


OPENINGS = {
    "open": ("2026-11-23 10.17", "2026-11-23 10.17"),
    "the first minute": ("2026-11-23 07.30", "2026-11-23 07.30"),
    "early": ("2026-11-23 05.00", "2026-11-23 07.30"),
    "lunch begins": ("2026-11-23 12.00", "2026-11-23 13.00"),
    "closing": ("2026-11-23 16.00", "2026-11-24 07.30"),
    "the prayer on Friday": ("2026-11-27 11.30", "2026-11-27 13.00"),
    "Friday evening": ("2026-11-27 16.30", "2026-11-30 07.30"),
    "before Christmas": ("2026-12-23 17.00", "2026-12-28 07.30"),
}


@pytest.mark.parametrize(("moment", "opens"), OPENINGS.values(), ids=OPENINGS)
def test_when_somebody_is_there(moment: str, opens: str) -> None:
    assert CLOCK.opens_at(at(moment)) == at(opens)
    assert CLOCK.is_open(at(moment)) == (moment == opens)


def test_an_office_that_never_opens_is_far_away_and_not_for_ever() -> None:
    clock, now = profile(office_hours={}).working_time(WIB), at("2026-11-23 10.00")
    far = now + timedelta(days=FAR)
    assert clock.between(now, far) == 0
    assert (clock.after(now, 0), clock.after(now, 3), clock.after(now, -3)) == (now, far, now)
    assert (clock.opens_at(now), clock.is_open(now)) == (far, False)


def test_an_office_closed_for_more_than_a_year_is_far_away_too() -> None:
    now = at("2026-11-23 10.00")
    closed = [now.date() + timedelta(days) for days in range(FAR + 30)]
    clock = profile(joint_leave=closed).working_time(WIB)
    assert clock.opens_at(now) == now + timedelta(days=FAR)
    assert clock.after(now, 1).date() > closed[-1]


def test_working_time_needs_to_know_whose_hours_are_meant() -> None:
    with pytest.raises(ValueError, match="time zone"):
        WorkingTime(OFFICE.office_calendar, None)


def test_the_end_of_all_calendars_is_said() -> None:
    with pytest.raises(OverflowError):
        CLOCK.after(at("2026-11-23 10.00"), 10_000_000)


WRONG: dict[str, dict[str, Any]] = {
    "a misspelt day": {"office_hours": {"jum'at": ["07.30-11.30"]}},
    "an end before the beginning": {"office_hours": {"senin": ["16.00-07.30"]}},
    "hours that overlap": {"office_hours": {"senin": ["07.30-12.00", "11.00-16.00"]}},
    "a kind without a promise": {"service_levels": OFFICE.service_levels.model_dump() | {"kinds": {}}},
}


@pytest.mark.parametrize("changed", WRONG.values(), ids=WRONG)
def test_a_profile_that_cannot_be_meant_is_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        profile(**changed)
