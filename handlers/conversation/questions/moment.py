"""A day and an hour as an answer, or "now"."""

from collections.abc import Callable, Mapping
from datetime import datetime, time
from typing import TYPE_CHECKING, Any, cast

from handlers.conversation.questions.question import Answer, Question, Unfit
from handlers.conversation.reading.dates import read_when
from handlers.conversation.words import Text, clean, folded, moment_in_full, say

if TYPE_CHECKING:
    from handlers.conversation.form import Form

NOW = "sekarang"
MEANT = {NOW, "segera", "langsung", "saiki", "sakmenika", "now", "at once"}
LAST_MINUTE = time(23, 59)


class MomentQuestion(Question[datetime | None]):
    """A moment still to come, said back in full. `at_once` offers "now", whose value is None.

    `day_alone` says what a day without an hour means: its last minute, or nothing yet. `fits` may object, in words.
    """

    echoes = True

    def __init__(
        self,
        label: Text,
        ask: Text,
        *,
        at_once: bool = False,
        day_alone: bool = False,
        fits: Callable[[Any, datetime], Text | None] = lambda form, moment: None,
        **rest: Any,
    ) -> None:
        super().__init__(label, ask, **rest)
        self.at_once, self.day_alone, self.fits = at_once, day_alone, fits

    def options(self, form: "Form") -> Mapping[str, Text]:  # noqa: ARG002
        return {NOW: say("Sekarang")} if self.at_once else {}

    def read(self, answer: Answer, form: "Form") -> datetime | None:
        said = clean(answer.text)
        if self.at_once and (answer.key == NOW or folded(said) in MEANT):
            return None
        when = read_when(said, form.turn.now)
        hour = when.hour or (LAST_MINUTE if self.day_alone else None)
        if when.day is None or hour is None:
            raise Unfit(say("Mohon tulis hari dan jamnya, misalnya: besok jam 9, atau 2 Desember pukul 08.00."))
        return self.checked(datetime.combine(when.day, hour, form.turn.now.tzinfo), form)

    def checked(self, moment: datetime, form: "Form") -> datetime:
        """Raises Unfit."""
        if moment <= form.turn.now:
            raise Unfit(say("{when} sudah lewat.", when=moment_in_full(moment, form.turn.office.zone_label)))
        if objection := self.fits(form, moment):
            raise Unfit(objection)
        return moment

    def load(self, stored: str, form: "Form") -> datetime | None:
        if stored == NOW or not stored:
            return None
        return self.checked(datetime.fromisoformat(stored).astimezone(form.turn.now.tzinfo), form)

    def write(self, value: datetime | None) -> str:
        return NOW if value is None else value.isoformat()

    def echo(self, value: datetime | None, form: "Form") -> Text:
        return say("sekarang") if value is None else moment_in_full(value, form.turn.office.zone_label)


def moment(label: Text, ask: Text, **rest: Any) -> datetime | None:
    """A question answered with a day and an hour, or with "now"."""
    return cast("datetime | None", MomentQuestion(label, ask, **rest))
