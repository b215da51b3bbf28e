"""A day that is over, as it is meant when one speaks of it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.conversation.questions.day import last_such
from handlers.conversation.reading.dates import read_when

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Jakarta"))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("hari ini", date(2026, 11, 23)),
        ("kemarin", date(2026, 11, 22)),
        ("20 November", date(2026, 11, 20)),
        ("25 November", date(2025, 11, 25)),
        ("2 Desember", date(2025, 12, 2)),
        ("2/12", date(2025, 12, 2)),
        ("2/12/2026", date(2026, 12, 2)),
        ("tgl 17", date(2026, 11, 17)),
        ("Jumat", date(2026, 11, 20)),
        ("hari Minggu", date(2026, 11, 22)),
        ("29 Februari", date(2027, 2, 28)),
        ("besok", date(2026, 11, 24)),
        ("entah", None),
    ],
)
def test_a_day_that_is_over_is_the_last_such_day(said: str, meant: date | None) -> None:
    assert last_such(read_when(said, NOW).day, said, NOW.date()) == meant
