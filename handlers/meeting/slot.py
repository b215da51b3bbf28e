"""Asking for a day and an hour of a host: what is offered is free, what is typed is said back in full."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any, cast

from handlers.conversation.form import Form
from handlers.conversation.questions.question import Answer, Question, Unfit
from handlers.conversation.reading.dates import read_when
from handlers.conversation.words import Text, clean, day_in_full, hour, in_language, listed, say
from handlers.meeting.availability import Availability
from handlers.office.moments import in_full


class SlotForm(Form):
    """A form that asks for a day and an hour. `moving` is the meeting whose own slot is no obstacle."""

    day: date
    hour: time
    moving: int | None = None

    @property
    def slot_host(self) -> str:
        """The key of the host whose hours are asked for."""
        raise NotImplementedError

    @cached_property
    def availability(self) -> Availability:
        """The host's free time; known once the questions before the day are answered."""
        return Availability(self.turn, self.slot_host, self.moving)

    @property
    def starts_at(self) -> datetime:
        return datetime.combine(self.day, self.hour, self.turn.now.tzinfo)

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.turn.office.hosts[self.slot_host].minutes)

    def still_free(self) -> None:
        """Raises Unfit when somebody else took the slot in between: to be called in the writing transaction."""
        if self.starts_at not in self.availability.free_hours(self.day):
            raise Unfit(taken(self.starts_at), "hour")


def taken(start: datetime) -> Text:
    return say("Jam {hour} pada {day} sudah tidak tersedia.", hour=hour(start), day=day_in_full(start.date()))


class DayQuestion(Question[date]):
    """A day on which the host has room; an hour said along is kept for the next question."""

    echoes = True

    def options(self, form: Form) -> Mapping[str, Text]:
        slot = cast(SlotForm, form)
        return {day.isoformat(): day_in_full(day) for day in slot.availability.free_days()}

    def prompt(self, form: Form) -> Text:
        slot = cast(SlotForm, form)
        if slot.availability.free_days():
            return self.ask
        return say(
            "Belum ada jadwal kosong di {host} sampai {last}. Ketik kembali untuk memilih tujuan lain.",
            host=form.turn.office.hosts[slot.slot_host].label,
            last=day_in_full(slot.availability.last_day),
        )

    def read(self, answer: Answer, form: Form) -> date:
        day = self.day_of(answer, form)
        self.check(day, form)
        return day

    def load(self, stored: str, form: Form) -> date:
        day = date.fromisoformat(stored)
        self.check(day, form)
        return day

    def check(self, day: date, form: Form) -> None:
        reason = cast(SlotForm, form).availability.why_not(day)
        if reason is not None:
            raise Unfit(reason)

    def day_of(self, answer: Answer, form: Form) -> date:
        said = clean(answer.text)
        when = read_when(f"tgl {said}" if said.isdecimal() else said, form.turn.now)
        if when.day is not None:
            return when.day
        if when.ask == "day":
            raise Unfit(say("Hari apa tepatnya? Mohon sebut hari atau tanggalnya, misalnya Selasa atau 2 Desember."))
        raise Unfit(say("Maaf, harinya belum kami pahami. Tulis misalnya: besok, Senin depan, 2 Desember."))

    def write(self, value: date) -> str:
        return value.isoformat()

    def echo(self, value: date, form: Form) -> Text:  # noqa: ARG002
        return day_in_full(value)

    def accept(self, answer: Answer, form: Form, answers: dict[str, str]) -> bool:
        day = self.read(answer, form)
        answers[self.name] = self.write(day)
        said = read_when(clean(answer.text), form.turn.now)
        if said.day is not None and said.hour is not None:
            # "besok jam 9" answers both questions; an hour that is not free is refused there, with its reason.
            answers["hour"] = said.hour.isoformat("minutes")
        return True


class HourQuestion(Question[time]):
    """An hour that is free on the day before it."""

    ordinal = False
    echoes = True

    def free(self, form: Form) -> list[datetime]:
        slot = cast(SlotForm, form)
        return slot.availability.free_hours(slot.day)

    def options(self, form: Form) -> Mapping[str, Text]:
        return {f"{start:%H:%M}": hour(start) for start in self.free(form)}

    def read(self, answer: Answer, form: Form) -> time:
        slot, when = cast(SlotForm, form), read_when(clean(answer.text), form.turn.now)
        if when.day is not None and when.day != slot.day:
            raise Unfit(say("Harinya {day}. Ketik kembali untuk mengganti hari.", day=day_in_full(slot.day)))
        if when.hour is None:
            raise Unfit(say("Jam berapa tepatnya? Tulis misalnya: jam 9, 09.30."))
        self.check(when.hour, form)
        return when.hour

    def load(self, stored: str, form: Form) -> time:
        said = time.fromisoformat(stored)
        self.check(said, form)
        return said

    def check(self, said: time, form: Form) -> None:
        start = datetime.combine(cast(SlotForm, form).day, said, form.turn.now.tzinfo)
        if start not in (free := self.free(form)):
            raise Unfit(self.not_free(start, free))

    def not_free(self, start: datetime, free: list[datetime]) -> Text:
        """The nearest hours instead, so that nobody has to guess."""
        nearest = sorted(sorted(free, key=lambda other: abs(other - start))[:2])
        return say(
            "Jam {hour} tidak tersedia pada {day}. Yang terdekat: {nearest}.",
            hour=hour(start),
            day=day_in_full(start.date()),
            nearest=listed(map(hour, nearest)),
        )

    def write(self, value: time) -> str:
        return value.isoformat("minutes")

    def echo(self, value: time, form: Form) -> Text:
        start = datetime.combine(cast(SlotForm, form).day, value, form.turn.now.tzinfo)
        return in_full(form.turn, start)


def ask_day(label: Text = say("Hari"), **rest: Any) -> date:  # noqa: B008
    return cast(
        date, DayQuestion(label, say("Hari apa? Pilih, atau tulis misalnya besok, Senin depan, 2 Desember."), **rest)
    )


def ask_hour(label: Text = say("Jam"), **rest: Any) -> time:  # noqa: B008
    return cast(time, HourQuestion(label, say("Jam berapa? Pilih, atau tulis misalnya jam 9."), **rest))


__all__ = ["SlotForm", "ask_day", "ask_hour", "in_full", "in_language"]
