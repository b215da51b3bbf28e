"""Whatever a leader types is answered, and our own way of writing a moment is read back."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.conversation.reading.dates import When, read_when
from handlers.conversation.reading.time_words import SPELLINGS

WIB = ZoneInfo("Asia/Jakarta")
MONDAY = datetime(2026, 11, 23, 10, tzinfo=WIB)
TODAY = MONDAY.date()
TWO_YEARS = 730
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip


@pytest.mark.parametrize("days", range(7))
def test_a_leader_who_names_todays_weekday_means_a_week_from_now(days: int) -> None:
    now = MONDAY + timedelta(days)
    today = WEEKDAYS[now.weekday()]
    assert read_when(f"hari {today}", now).day == now.date() + timedelta(7)
    assert read_when(f"hari {today} depan", now).day == now.date() + timedelta(7)
    assert read_when(f"hari {today} ini", now).day == now.date()


def test_a_leader_writing_just_after_midnight_gets_the_offices_tomorrow() -> None:
    assert read_when("besok", datetime(2026, 11, 24, 0, 5, tzinfo=WIB)).day == date(2026, 11, 25)


def test_a_leader_on_new_years_eve_is_taken_into_the_next_year() -> None:
    eve = datetime(2026, 12, 31, 10, tzinfo=WIB)
    assert read_when("tgl 5", eve).day == date(2027, 1, 5)
    assert read_when("tgl 5 bulan depan", eve).day == date(2027, 1, 5)
    assert read_when("besok", eve).day == date(2027, 1, 1)


def test_a_leader_who_writes_a_letter_is_read_at_its_beginning_only() -> None:
    assert read_when("besok jam 9 " + "dengan hormat " * 1000, MONDAY) == When(date(2026, 11, 24), time(9))
    assert read_when("x" * 5000 + " besok", MONDAY) == When()


def test_no_hour_is_made_of_one_cut_off_at_the_end_of_what_is_read() -> None:
    assert read_when("mohon " * 32 + "jam 13.30", MONDAY).hour is None


def test_no_way_of_typing_a_word_is_listed_under_two_meanings() -> None:
    typed = [way for ways in SPELLINGS.values() for way in ways.split()]
    assert len(typed) == len(set(typed))
    assert not set(typed) & set(SPELLINGS)


# Words and signs that the rules react to, thrown together, reach more of them than random letters do.
WORDS = " ".join([*SPELLINGS, *SPELLINGS.values()]).split()
SIGNS = ["0", "1", "2", "9", "12", "13", "31", "99", "2026", ".", ":", "/", "-", ",", "½"]
days = st.integers(0, TWO_YEARS).map(lambda ahead: TODAY + timedelta(ahead))
half_hours = st.integers(0, 47).map(lambda half: time(half // 2, half % 2 * 30))
moments = st.integers(-20_000, 20_000).map(lambda hours: MONDAY + timedelta(hours=hours))


@given(st.text(max_size=300), moments)
def test_a_leader_may_type_anything(said: str, now: datetime) -> None:
    assert isinstance(read_when(said, now), When)


@given(st.lists(st.sampled_from(WORDS + SIGNS), max_size=60), st.sampled_from(["", " "]), moments)
def test_a_leader_may_say_the_words_of_time_in_any_order(said: list[str], gap: str, now: datetime) -> None:
    when = read_when(gap.join(said), now)
    assert when.part is None or when.hour is None
    assert when.ask != "day" or when.day is None


@pytest.mark.parametrize("piece", ["9", "besok atau ", "jam ", "setengah ", "1 ", "1-", "\u200b", "\ufdfa"])
def test_a_leader_whose_key_is_stuck_is_still_answered(piece: str) -> None:
    assert isinstance(read_when(piece * 5000, MONDAY), When)


def written(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]} {day.year}"


@given(days, half_hours)
def test_a_leader_who_repeats_our_own_words_means_the_same_moment(day: date, hour: time) -> None:
    said = f"{written(day)} pukul {hour:%H.%M} WIB"
    assert read_when(said, MONDAY) == When(day, hour)


@given(days, half_hours, st.sampled_from(["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %m %Y", "%Y-%m-%d"]))
def test_a_leader_may_write_a_date_in_numbers(day: date, hour: time, form: str) -> None:
    assert read_when(day.strftime(form), MONDAY) == When(day)
    assert read_when(f"{day.strftime(form)} jam {hour:%H.%M}", MONDAY) == When(day, hour)


@given(st.integers(0, 364).map(lambda ahead: TODAY + timedelta(ahead)))
def test_a_leader_who_leaves_out_the_year_means_the_next_such_day(day: date) -> None:
    assert read_when(f"{day.day} {MONTHS[day.month - 1]}", MONDAY) == When(day)
    assert read_when(f"{day.day}/{day.month}", MONDAY) == When(day)
