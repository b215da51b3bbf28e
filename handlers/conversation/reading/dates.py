"""Reads the day and the hour out of what a person typed, in loose Indonesian, Javanese or English."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from handlers.conversation.reading.hours import loose_hour, part_of_day, spoken_hour
from handlers.conversation.reading.time_words import DAY_PARTS, MONTH, MONTHS, WEEKDAY, WEEKDAYS, plain, replaced


@dataclass(frozen=True)
class When:
    """What a typed phrase says about time: each part None when it is not said."""

    day: date | None = None
    hour: time | None = None
    ask: str | None = None  # "day" when the day is vague, "hour" when only a part of the day is said
    part: str | None = None  # "pagi" | "siang" | "sore" | "malam" when no hour is said


def read_when(said: str, now: datetime) -> When:
    """What the phrase means on the local date of now; what is not understood stays None.

    A bare weekday is the next one after today; "ini" is the nearest from today on, today included;
    "depan" is that day of next week, weeks beginning on Monday, so that "Kamis depan" said on a Monday
    is ten days away and "Senin depan" seven. "malam Minggu" is the evening before that Sunday. A date
    written out beats a weekday, and a weekday beats "besok" ("besok Senin" is the coming Monday). Two
    days to choose from are vague; of two hours the first in the clearest form counts.
    """
    text = plain(said)
    hour, rest = spoken_hour(text)
    day, vague, rest = _read_day(rest, now.date())
    hour = hour or loose_hour(rest, text, day_said=day is not None or vague)
    part = part_of_day(text) if hour is None else None
    return When(day, hour, "day" if vague else "hour" if part else None, part)


def _read_day(text: str, today: date) -> tuple[date | None, bool, str]:
    """The day, whether one is said but vague, and the text without it."""
    for pattern, read in RULES:
        if found := pattern.search(text):
            rest = replaced(found, "hari")
            return (read(found, today), False, rest) if read else (None, True, rest)
    return None, False, text


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _days_after(today: date, days: int) -> date | None:
    try:
        return today + timedelta(days)
    except OverflowError:
        return None


def _first_from(today: date, days: list[date | None]) -> date | None:
    return next((day for day in days if day and day >= today), None)


def _in_month(today: date, months: int, day: int) -> date | None:
    years, month = divmod(today.month - 1 + months, 12)
    return _date(today.year + years, month + 1, day)


def _yearly(today: date, month: int, day: int) -> date | None:
    # Eight years are the longest wait for a 29 February.
    return _first_from(today, [_date(today.year + years, month, day) for years in range(9)])


def _full_year(said: str) -> int:
    return int(said) + 2000 if len(said) == 2 else int(said)


def _numeric(found: re.Match[str], today: date) -> date | None:
    day, month = int(found["day"]), int(found["month"])
    year = found.groupdict().get("year")
    return _date(_full_year(year), month, day) if year else _yearly(today, month, day)


def _named_month(found: re.Match[str], today: date) -> date | None:
    day, month = int(found["day"]), MONTHS.index(found["month"]) + 1
    if year := found["year"]:
        return _date(_full_year(year), month, day)
    if which := found["which"]:
        return _date(today.year + STEPS[which], month, day)
    return _yearly(today, month, day)


def _this_or_next_month(found: re.Match[str], today: date) -> date | None:
    return _in_month(today, STEPS[found["which"]], int(found["day"]))


def _day_of_month(found: re.Match[str], today: date) -> date | None:
    # No two months in a row lack a 29th, 30th or 31st, so two more months are enough.
    return _first_from(today, [_in_month(today, months, int(found["day"])) for months in range(3)])


def _counted(found: re.Match[str], today: date) -> date | None:
    days = int(found["count"]) * (7 if found["unit"] == "pekan" else 1)
    return _days_after(today, -days if found["way"] == "lalu" else days)


def _weekday_of_week(found: re.Match[str], today: date) -> date | None:
    wanted = WEEKDAYS.index(found["weekday"])
    return _days_after(today, wanted - today.weekday() + 7 * STEPS[found["which"]])


def _weekday(found: re.Match[str], today: date) -> date | None:
    which = found["which"]
    if which == "depan":
        return _weekday_of_week(found, today)
    ahead = (WEEKDAYS.index(found["weekday"]) - today.weekday()) % 7
    if which == "ini":
        return _days_after(today, ahead)
    return _days_after(today, ahead - 7 if which in ("lalu", "kemarin") else ahead or 7)


def _eve(found: re.Match[str], today: date) -> date | None:
    day = _weekday(found, today)
    return day and _days_after(day, -1)


def _friday(_: re.Match[str], today: date) -> date | None:
    return _days_after(today, (WEEKDAYS.index("jumat") - today.weekday()) % 7)


Reader = Callable[[re.Match[str], date], date | None]


def _away(days: int) -> Reader:
    return lambda _, today: _days_after(today, days)


STEPS = {"lalu": -1, "kemarin": -1, "ini": 0, "depan": 1, "mendatang": 1}
WHICH = rf"(?P<which>{'|'.join(STEPS)})\b"
DAY = r"(?<![\d.:/-])(?P<day>\d{1,2})"
END = r"(?![.:/-]?\d)"
SOME_WEEKDAY = rf"(?P<weekday>{WEEKDAY})\b"
SOME_MONTH = rf"(?P<month>{MONTH})\b"
# Two digits below 24 behind the name of a month may be an hour, and so are not a year.
YEAR = rf"(?: (?:(?:tahun |th )?(?P<year>(?:19|20|21)\d\d|2[4-9]|[3-9]\d){END}|tahun {WHICH}))?"

# What is enough to tell that "atau" stands between two days.
A_DAY = rf"hari ini|besok|lusa|tanggal|\d[/-]\d|{WEEKDAY}|{MONTH}"

# The first pattern found in the text decides; one without a reader says a day too vaguely to tell.
PATTERNS: tuple[tuple[str, Reader | None], ...] = (
    (rf"\b(?:{A_DAY}).* atau .*(?:{A_DAY})", None),
    (r"\btanggal \d{1,2} atau \d", None),
    (r"\b(?:beberapa|\d+(?: sampai | atau |[ -])\d+) (?:hari|pekan|bulan) (?:lagi|lalu)\b", None),
    (rf"(?<![\d.:/-])(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}}){END}", _numeric),
    (rf"{DAY}(?P<by>[-/.])(?P<month>\d{{1,2}})(?P=by)(?P<year>\d{{4}}|\d\d){END}", _numeric),
    (rf"{DAY} (?P<month>\d{{1,2}}) (?P<year>\d{{4}}){END}", _numeric),
    (rf"{DAY}[-/](?P<month>\d{{1,2}}){END}", _numeric),
    (rf"\btanggal {DAY}(?:\.| bulan | (?=\d+(?: jam)?$))(?P<month>\d{{1,2}}){END}", _numeric),
    (rf"{DAY} (?:bulan )?{SOME_MONTH}{YEAR}", _named_month),
    (rf"\b{SOME_MONTH} (?:tanggal )?{DAY}{END}{YEAR}", _named_month),
    (rf"{DAY} bulan (?P<month>\d{{1,2}}){END}(?: (?:tahun )?(?P<year>\d{{4}}))?", _numeric),
    (rf"{DAY} bulan {WHICH}", _this_or_next_month),
    (rf"\bbulan {WHICH} tanggal {DAY}{END}", _this_or_next_month),
    (rf"\btanggal {DAY}{END}", _day_of_month),
    (r"\b(?P<count>\d{1,3}) (?P<unit>hari|pekan) (?P<way>lagi|lalu)\b", _counted),
    (r"\b\d{1,3} (?:bulan|tahun) (?:lagi|lalu)\b", None),
    (r"\bhari ini\b", _away(0)),
    (rf"\b{SOME_WEEKDAY} pekan {WHICH}", _weekday_of_week),
    (rf"\bpekan {WHICH} {SOME_WEEKDAY}", _weekday_of_week),
    (rf"\b(?:awal|akhir|tengah|pertengahan) (?:pekan|bulan|tahun|{MONTH})\b", None),
    (rf"\b(?:pekan|bulan|tahun) (?:{WHICH}|{MONTH}\b)", None),
    (rf"^(?:{MONTH})(?: \d{{4}})?$", None),
    (rf"(?<=\bmalam ){SOME_WEEKDAY}(?: {WHICH})?", _eve),
    (rf"\b{SOME_WEEKDAY}(?: {WHICH})?", _weekday),
    (r"\bkemarin (?:lusa|dulu)\b", _away(-2)),
    (r"\bkemarin\b", _away(-1)),
    (r"\blusa\b", _away(2)),
    (r"\bbesok\b", _away(1)),
    (r"(?:(?<=pagi )|(?<=siang )|(?<=sore )|(?<=malam ))ini\b", _away(0)),
    (rf"\b(?:nanti|tadi)(?= (?:jam|{DAY_PARTS})\b)", _away(0)),
    (r"\bjumatan\b", _friday),
)
RULES = tuple((re.compile(pattern, re.ASCII), read) for pattern, read in PATTERNS)
