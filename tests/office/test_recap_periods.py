"""The period of a recap: what can be typed, and where each begins and ends."""

from datetime import date

import pytest

from handlers.recap.periods import half, month, of_key, offered, read, whole

TODAY = date(2026, 11, 23)
TYPED = {
    "bulan ini": "2026-11",
    "Bulan lalu": "2026-10",
    "semester ini": "2026-s2",
    "semester lalu": "2026-s1",
    "tahun ini": "2026",
    "Januari 2026": "2026-01",
    "jan 2026": "2026-01",
    "January 2026": "2026-01",
    "bulan mei": "2026-05",
    "desember": "2025-12",
    "november": "2026-11",
    "2025": "2025",
    "tahun 2025": "2025",
    "semester 1 2026": "2026-s1",
    "semester II tahun 2025": "2025-s2",
    "semester 2": "2026-s2",
    "01/2026": "2026-01",
    "3-2026": "2026-03",
    "2026-03": "2026-03",
    "entah": None,
    "13/2026": None,
    "lalu": None,
}


@pytest.mark.parametrize("said", TYPED)
def test_what_is_typed_is_understood_or_asked_again(said: str) -> None:
    span = read(said, TODAY)
    assert (span.key if span else None) == TYPED[said]


def test_a_half_year_that_is_to_come_is_the_last_one_that_was() -> None:
    assert read("semester 2", date(2026, 3, 1)) == half(2025, 2)


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2026, 7, 1), date(2024, 2, 29), date(2026, 12, 31)])
def test_what_is_offered_are_five_periods_that_have_begun(today: date) -> None:
    spans = [span for key in offered(today) if (span := of_key(key))]
    assert len(spans) == 5
    assert all(span.start <= today for span in spans)
    assert [span.start <= today < span.end for span in spans] == [True, False, True, False, True]
    assert spans[1].end == spans[0].start
    assert spans[3].end == spans[2].start


def test_periods_end_where_the_next_begins_also_at_the_turn_of_the_year_and_in_leap_years() -> None:
    assert (month(2024, 2).end - month(2024, 2).start).days == 29
    assert month(2026, 12).end == half(2026, 2).end == whole(2026).end == date(2027, 1, 1)
    assert month(2026, 0) == month(2025, 12)
    assert half(2026, 0) == half(2025, 2)


@pytest.mark.parametrize("key", ["", "x", "2026-13", "2026-s3", "1999", "2026-1", "2026-s1 "])
def test_a_key_that_is_none_is_no_period(key: str) -> None:
    assert of_key(key) is None


@pytest.mark.parametrize("span", [whole(2026), half(2026, 1), month(2026, 2)])
def test_a_key_leads_back_to_its_period(span: object) -> None:
    assert of_key(getattr(span, "key")) == span  # noqa: B009
