"""The period of a recap: a month, half a year or a year, picked or typed ("Januari 2026", "semester 1 2026")."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from typing import TYPE_CHECKING, cast

from handlers.conversation.questions.question import Answer, Question, Unfit
from handlers.conversation.reading.closest import closest
from handlers.conversation.words import LANGUAGES, MONTHS, Text, folded, in_language, say

if TYPE_CHECKING:
    from handlers.conversation.form import Form

KEY = re.compile(r"(20\d\d)(?:-(0[1-9]|1[0-2]|s[12]))?")
YEAR = re.compile(r"\b(20\d\d)\b")
HALF = re.compile(r"\bsemester (1|2|ii|i)\b")
NUMBERED = re.compile(r"(?:(0?[1-9]|1[0-2])[/-])?(20\d\d)|(20\d\d)-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Span:
    """`key` is how it is kept: `2026`, `2026-s1` or `2026-11`. `end` is the first day after it."""

    key: str
    start: date
    end: date

    @property
    def label(self) -> Text:
        year, _, part = self.key.partition("-")
        if not part:
            return say("Tahun {year}", year=year)
        if part.startswith("s"):
            return say("Semester {number} tahun {year}", number=part[1], year=year)
        return say("{month} {year}", month=MONTHS[int(part) - 1], year=year)

    def moments(self, zone: tzinfo | None) -> tuple[datetime, datetime]:
        """From its first moment to the first one after it, in the office's zone."""
        return datetime.combine(self.start, time(), zone), datetime.combine(self.end, time(), zone)


def of_months(key: str, year: int, first: int, count: int) -> Span:
    following = first + count
    end = date(year + 1, following - 12, 1) if following > 12 else date(year, following, 1)
    return Span(key, date(year, first, 1), end)


def month(year: int, number: int) -> Span:
    """Months beyond the year's count on: 0 is December of the year before."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    return of_months(f"{year}-{number:02d}", year, number, 1)


def half(year: int, number: int) -> Span:
    """0 is the second half of the year before."""
    year, number = year + (number - 1) // 2, (number - 1) % 2 + 1
    return of_months(f"{year}-s{number}", year, 6 * number - 5, 6)


def whole(year: int) -> Span:
    return of_months(str(year), year, 1, 12)


def of_key(key: str) -> Span | None:
    found = KEY.fullmatch(key)
    if found is None:
        return None
    year, part = int(found[1]), found[2] or ""
    if not part:
        return whole(year)
    return half(year, int(part[1])) if part.startswith("s") else month(year, int(part))


def offered(today: date) -> dict[str, Text]:
    """By key: what is asked for most."""
    this_half = (today.month + 5) // 6
    return {
        month(today.year, today.month).key: say("Bulan ini"),
        month(today.year, today.month - 1).key: say("Bulan lalu"),
        half(today.year, this_half).key: say("Semester ini"),
        half(today.year, this_half - 1).key: say("Semester lalu"),
        whole(today.year).key: say("Tahun ini"),
    }


def read(said: str, today: date) -> Span | None:
    """What was typed; a month without its year is the last one that has begun. None when it is no period."""
    word = folded(said)
    year = YEAR.search(word)
    if found_half := HALF.search(word):
        number = 1 if found_half[1] in ("1", "i") else 2
        return half(int(year[1]) if year else today.year - (6 * number - 5 > today.month), number)
    if numbered := NUMBERED.fullmatch(word.removeprefix("tahun ").removeprefix("year ")):
        named_month, of_year = numbered[1] or numbered[4], int(numbered[2] or numbered[3])
        return month(of_year, int(named_month)) if named_month else whole(of_year)
    for language in LANGUAGES:
        labels = {key: in_language(label, language) for key, label in offered(today).items()}
        if found := closest(word, labels):
            return of_key(found)
    named = month_named(word)
    if named is None:
        return None
    return month(int(year[1]) if year else today.year - (named > today.month), named)


def month_named(word: str) -> int | None:
    """The month a word names, also shortened: "jan", "agust"."""
    for part in re.findall(r"[a-z]{3,}", word):
        for number, name in enumerate(MONTHS, 1):
            names = [folded(in_language(name, language)) for language in LANGUAGES]
            if any(one.startswith(part) for one in names):
                return number
    return None


class SpanQuestion(Question[Span]):
    """Any period that has begun."""

    def options(self, form: "Form") -> Mapping[str, Text]:
        return offered(form.turn.now.date())

    def read(self, answer: Answer, form: "Form") -> Span:
        today = form.turn.now.date()
        span = of_key(answer.key or "") or read(answer.text, today)
        if span is None:
            raise Unfit(say("Masa itu belum kami pahami. Tulis misalnya: Januari 2026, semester 1 2026, atau 2026."))
        if span.start > today:
            raise Unfit(say("{period} belum mulai. Mohon pilih masa yang lain.", period=span.label))
        return span

    def write(self, value: Span) -> str:
        return value.key

    def echo(self, value: Span, form: "Form") -> Text:  # noqa: ARG002
        return value.label


def span_of(label: Text, ask: Text) -> Span:
    """A question answered with a period."""
    return cast(Span, SpanQuestion(label, ask))
