"""Words to people: Indonesian templates with named values, put into a person's language at the last moment."""

import gettext
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

LOCALE = Path(__file__).parent.parent / "locale"
SOURCE = "id"
LANGUAGES = {"id": "Bahasa Indonesia", "en": "English"}


@dataclass(frozen=True, slots=True)
class Words:
    """A template and its values; values may be words themselves."""

    template: str
    values: tuple[tuple[str, "Text"], ...] = ()


@dataclass(frozen=True, slots=True)
class Lines:
    """Several texts, one below the other; empty ones leave no gap."""

    parts: tuple["Text", ...]
    between: str = "\n"


Text = Words | Lines | str
"""What can be said. A plain `str` is somebody's own words or a number, and is never translated."""


def say(template: str, /, **values: "Text | int | None") -> Words:
    """`say("Permintaan {code} sudah kami terima.", code=code)`. The template is the key of the translation."""
    return Words(template, tuple((name, text(value)) for name, value in values.items()))


def text(value: "Text | int | None") -> Text:
    return value if isinstance(value, Words | Lines) else "" if value is None else str(value)


def lines(*parts: Text | None) -> Lines:
    return Lines(tuple(part for part in parts if part))


def paragraphs(*parts: Text | None) -> Lines:
    return Lines(tuple(part for part in parts if part), "\n\n")


def listed(parts: Iterable[Text]) -> Lines:
    return Lines(tuple(parts), ", ")


def in_language(said: Text, language: str) -> str:
    """The finished text. Values are put in after translation, so nothing a person wrote is read as a template."""
    if isinstance(said, str):
        return said
    if isinstance(said, Lines):
        return said.between.join(filter(None, (in_language(part, language) for part in said.parts)))
    values = {name: in_language(value, language) for name, value in said.values}
    return translated(said.template, language).format(**values)


def translated(template: str, language: str) -> str:
    return template if language == SOURCE else catalogue(language).gettext(template)


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("rumah-kedua", LOCALE, [language], fallback=True)


WEEKDAYS = (say("Senin"), say("Selasa"), say("Rabu"), say("Kamis"), say("Jumat"), say("Sabtu"), say("Minggu"))
MONTHS = (
    say("Januari"),
    say("Februari"),
    say("Maret"),
    say("April"),
    say("Mei"),
    say("Juni"),
    say("Juli"),
    say("Agustus"),
    say("September"),
    say("Oktober"),
    say("November"),
    say("Desember"),
)


def day_in_full(day: date) -> Words:
    """`Selasa, 24 November 2026`."""
    return say(
        "{weekday}, {day} {month} {year}",
        weekday=WEEKDAYS[day.weekday()],
        day=day.day,
        month=MONTHS[day.month - 1],
        year=day.year,
    )


def moment_in_full(moment: datetime, zone_label: str) -> Words:
    """`Selasa, 24 November 2026 pukul 09.00 WIB`; the moment must already be in the office's zone."""
    return say("{day} pukul {hour} {zone}", day=day_in_full(moment.date()), hour=hour(moment), zone=zone_label)


def hour(moment: datetime) -> str:
    return moment.strftime("%H.%M")


INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
JOINERS = {"\u200d", "\u200c", "\n"}
MARKS_AT_MOST = 30
"""Combining marks in a row (Unicode Standard Annex 15, Stream-Safe Text Format); no writing has as many."""


def clean(said: str) -> str:
    """What a person wrote, without control characters and direction overrides, edges trimmed."""
    if said.isascii() and said.isprintable():
        return said.strip()
    whole = unicodedata.normalize("NFC", sparing(said))
    kept = (c for c in whole if c in JOINERS or unicodedata.category(c) not in INVISIBLE)
    return "".join(kept).strip()


def sparing(said: str) -> str:
    """With no endless heap of combining marks: to normalise one takes the square of its height."""
    kept, height = [], 0
    for c in said:
        height = height + 1 if unicodedata.combining(c) else 0
        if height <= MARKS_AT_MOST:
            kept.append(c)
    return "".join(kept)


def folded(said: str) -> str:
    """For comparing: lower case, single spaces, no punctuation around."""
    return " ".join(clean(said).casefold().split()).strip(" .!?,:;/'\"")


def bare(said: str) -> str:
    """Folded, without any sign around: "«STOP!»" and "*stop*" are the word."""
    word = folded(said)
    kept = [place for place, c in enumerate(word) if c.isalnum()]
    return word[kept[0] : kept[-1] + 1] if kept else ""


def split(text: str, longest: int) -> list[str]:
    """Part a text at an empty line, else a line, else a space, else anywhere. Lengths are in UTF-16 units."""
    pieces = []
    while units(text) > longest:
        head = fitting(text, longest)
        cut = max(head.rfind("\n\n"), 0) or max(head.rfind("\n"), 0) or max(head.rfind(" "), 0) or len(head)
        pieces.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [*pieces, text]


def units(text: str) -> int:
    """Length as the messengers count it: an emoji is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def fitting(text: str, longest: int) -> str:
    used = 0
    for place, c in enumerate(text):
        used += 2 if ord(c) > 0xFFFF else 1
        if used > longest:
            return text[:place]
    return text
