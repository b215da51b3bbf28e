"""A day as an answer: one that is to come, one that is over, or any within some years."""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, cast

from handlers.conversation.questions.question import Answer, Question, Unfit
from handlers.conversation.reading.dates import read_when
from handlers.conversation.reading.time_words import MONTH, WEEKDAY, plain
from handlers.conversation.words import Text, clean, day_in_full, say

if TYPE_CHECKING:
    from handlers.conversation.form import Form

YEARS_AHEAD = YEARS_BACK = 2
YEARS_AROUND = 10
"""For days of a calendar that is made long before."""
SOME_WEEKDAY, SOME_MONTH, DIGITS = (
    re.compile(rf"\b(?:{WEEKDAY})\b"),
    re.compile(rf"\b(?:{MONTH})\b"),
    re.compile(r"\d+"),
)


class DayQuestion(Question[date]):
    """Said back in full at once; stored as `2026-12-02`."""

    echoes = True

    def load(self, stored: str, form: "Form") -> date:  # noqa: ARG002
        return self.empty() if self.optional and not stored else date.fromisoformat(stored)

    def write(self, value: date) -> str:
        return value.isoformat()

    def echo(self, value: date, form: "Form") -> Text:  # noqa: ARG002
        return day_in_full(value)


class FutureDay(DayQuestion):
    """Any day from today on."""

    def read(self, answer: Answer, form: "Form") -> date:
        day, today = read_when(clean(answer.text), form.turn.now).day, form.turn.now.date()
        if day is None:
            raise Unfit(say("Maaf, tanggalnya belum kami pahami. Tulis misalnya: Jumat, 2 Desember, seminggu lagi."))
        if day < today:
            raise Unfit(say("{day} sudah lewat.", day=day_in_full(day)))
        if day.year > today.year + YEARS_AHEAD:
            raise Unfit(say("{day} terlalu jauh.", day=day_in_full(day)))
        return day


class PastDay(DayQuestion):
    """Any day up to today. A bare day and month is the last one that was, not the next one that comes."""

    def read(self, answer: Answer, form: "Form") -> date:
        said, today = clean(answer.text), form.turn.now.date()
        day = last_such(read_when(said, form.turn.now).day, said, today)
        if day is None:
            raise Unfit(
                say(
                    "Maaf, tanggalnya belum kami pahami. Tulis misalnya: kemarin, Jumat lalu, atau {example}.",
                    example=(today - timedelta(days=9)).strftime("%d/%m/%Y"),
                )
            )
        if day > today:
            raise Unfit(say("{day} belum tiba. Kapan kegiatannya berlangsung?", day=day_in_full(day)))
        if day.year < today.year - YEARS_BACK:
            raise Unfit(
                say(
                    "{day} sudah terlalu lama berlalu. Apakah tahunnya benar? Mohon tulis tanggalnya sekali lagi.",
                    day=day_in_full(day),
                )
            )
        return day


class AnyDay(DayQuestion):
    """Any day within ten years, before or after today."""

    def read(self, answer: Answer, form: "Form") -> date:
        day, today = read_when(clean(answer.text), form.turn.now).day, form.turn.now.date()
        if day is None:
            raise Unfit(say("Maaf, tanggalnya belum kami pahami. Tulis lengkap, misalnya: 2 Desember 2026."))
        if abs(day.year - today.year) > YEARS_AROUND:
            raise Unfit(
                say(
                    "{day} terlalu jauh. Apakah tahunnya benar? Mohon tulis tanggalnya sekali lagi.",
                    day=day_in_full(day),
                )
            )
        return day


def last_such(day: date | None, said: str, today: date) -> date | None:
    """The day as it is meant when one speaks of what is over: a week, a month or a year back, as it was said."""
    if day is None or day <= today or str(day.year) in said:
        return day
    text = plain(said)
    if SOME_WEEKDAY.search(text):
        return date.fromordinal(day.toordinal() - 7)
    numbers = DIGITS.findall(text)
    if not numbers:
        return day
    return before(day, months=1 if len(numbers) == 1 and not SOME_MONTH.search(text) else 12)


def before(day: date, months: int) -> date:
    """So many months earlier; the last day of a month that is too short."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def future_day(label: Text, ask: Text, **rest: Any) -> date:
    """A question answered with a day from today on."""
    return cast(date, FutureDay(label, ask, **rest))
