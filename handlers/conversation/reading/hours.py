"""Reads an hour of the day out of a phrase in plain words."""

import re
from datetime import time

from handlers.conversation.reading.time_words import DAY_PARTS, replaced

# An hour from 1 to 6 without a part of the day is in the afternoon: nobody meets the office at two at night.
OFFICE_AFTERNOON = range(1, 7)
AFTER_NOON = {
    "pagi": range(0),
    "am": range(0),
    "siang": range(1, 7),
    "sore": range(1, 12),
    "pm": range(1, 12),
    "malam": range(6, 12),
}
TWELVE_IS_MIDNIGHT = ("pagi", "am", "malam")

# Prayers move with the seasons, so they only tell the part of the day.
PRAYER_PARTS = {
    "subuh": "pagi",
    "dzuhur": "siang",
    "jumatan": "siang",
    "ashar": "sore",
    "maghrib": "malam",
    "isya": "malam",
}

ALONE = r"(?<![\d.:/-])"
HOUR = rf"{ALONE}(?P<hour>\d{{1,2}})"
LAST = r"(?![.:/]?\d)"


def _compiled(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.ASCII) for pattern in patterns)


# Unmistakable wherever they stand; the first that is found counts.
SPOKEN = _compiled(
    rf"(?:\bjam )+{HOUR} setengah\b",
    rf"(?:\bjam )*\b(?P<half>setengah) {HOUR}{LAST}",
    rf"{HOUR} setengah\b(?! (?:jam|hari|pekan|bulan|tahun)\b)",
    rf"(?:\bjam )*{HOUR} kurang (?P<less>[1-5]?\d){LAST}",
    rf"(?:\bjam )*{HOUR} lewat (?P<more>[1-5]?\d){LAST}",
    rf"(?:\bjam )+{HOUR} (?P<minute>\d\d)(?= menit| (?:{DAY_PARTS})|$)",
    rf"(?:\bjam )+{HOUR}(?:[.:]?(?P<minute>\d\d))?(?::\d\d)?{LAST}",
    rf"{HOUR}:(?P<minute>\d\d)(?::\d\d)?{LAST}",
)
BESIDE_A_PART = _compiled(rf"{HOUR}(?:\.(?P<minute>\d\d))?(?= (?:{DAY_PARTS}|am|pm)\b)")
BESIDE_A_DAY = _compiled(rf"{HOUR}\.(?P<minute>\d\d){LAST}")
WHOLE_TEXT = _compiled(r"^(?!\d{3}$)(?P<hour>\d{1,2})(?:\.?(?P<minute>\d\d))?$")

PART = re.compile(rf"\b(?:{DAY_PARTS})\b")
PART_NEXT = re.compile(rf" (?:menit )?({DAY_PARTS}|am|pm)\b")
PRAYER = re.compile(rf"\b(?:{'|'.join(PRAYER_PARTS)})\b")


def part_of_day(text: str) -> str | None:
    """The first part of the day that is named, or the one a prayer falls in."""
    if named := PART.search(text):
        return named[0]
    prayer = PRAYER.search(text)
    return PRAYER_PARTS[prayer[0]] if prayer else None


def spoken_hour(text: str) -> tuple[time | None, str]:
    """An hour that cannot be part of a date, and the text with "jam" in its place."""
    for pattern in SPOKEN:
        if found := pattern.search(text):
            return _hour(found), replaced(found, "jam")
    return None, text


def loose_hour(rest: str, text: str, day_said: bool) -> time | None:
    """An hour in bare digits: beside a part of the day or a day in the rest, or all of the text."""
    readings = [(BESIDE_A_PART, rest), (BESIDE_A_DAY, rest if day_said else ""), (WHOLE_TEXT, text)]
    found = (pattern.search(where) for patterns, where in readings for pattern in patterns)
    return next((_hour(match) for match in found if match), None)


def _hour(found: re.Match[str]) -> time | None:
    said = found.groupdict()
    hour = _hour_of_day(said["hour"], _part_for(found))
    minute = int(said.get("minute") or 0)
    if hour is None or minute > 59:
        return None
    minutes = hour * 60 + minute + _shift(found)
    return time(minutes // 60 % 24, minutes % 60)


def _shift(found: re.Match[str]) -> int:
    """Minutes to add: the half before a said hour, the half after it, so many short of it or past it."""
    said = found.groupdict()
    if said.get("half"):
        return -30
    if found[0].endswith("setengah"):
        return 30
    return int(said.get("more") or 0) - int(said.get("less") or 0)


def _part_for(found: re.Match[str]) -> str | None:
    """The part right behind the hour, else the first one in the text."""
    if behind := PART_NEXT.match(found.string, found.end()):
        return behind[1]
    anywhere = PART.search(found.string)
    return anywhere[0] if anywhere else None


def _hour_of_day(said: str, part: str | None) -> int | None:
    hour = int(said)
    if hour > 12:
        return hour if hour < 24 else None
    if hour == 12 and part in TWELVE_IS_MIDNIGHT:
        return 0
    if part is None:
        return hour + 12 if hour in OFFICE_AFTERNOON and not said.startswith("0") else hour
    return hour + 12 if hour in AFTER_NOON[part] else hour
