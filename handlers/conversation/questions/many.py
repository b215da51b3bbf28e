"""A question with any number of several answers: ticked one after the other, or typed in one go."""

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, cast

from handlers.conversation.questions.question import Answer, Question, Unfit
from handlers.conversation.reading.closest import closest
from handlers.conversation.words import Text, folded, in_language, listed, say

if TYPE_CHECKING:
    from handlers.conversation.form import Form

NOTHING = {"tidak", "tidak ada", "tidak perlu", "mboten", "mboten wonten", "no", "none", "-"}


class ManyQuestion(Question[tuple[str, ...]]):
    """Any number of several, ticked one after the other; typed in one go as "1, 3"."""

    DONE, NONE = "_done", "_none"

    def __init__(self, label: Text, ask: Text, offered: Callable[[Any], Mapping[str, Text]], **rest: Any) -> None:
        super().__init__(label, ask, **rest)
        self.offered = offered

    @property
    def ticks(self) -> str:
        """Where ticks are kept until the person says they are done."""
        return self.name + "~"

    def ticked(self, form: "Form") -> list[str]:
        return [key for key in form.answers.get(self.ticks, "").split(",") if key]

    def options(self, form: "Form") -> Mapping[str, Text]:
        ticked = self.ticked(form)
        options = {
            key: say("{label} (dipilih)", label=label) if key in ticked else label
            for key, label in self.offered(form).items()
        }
        return options | ({self.DONE: say("Selesai")} if ticked else {self.NONE: say("Tidak ada")})

    def read(self, answer: Answer, form: "Form") -> tuple[str, ...]:
        if answer.key in ("", self.NONE) or folded(answer.text) in NOTHING:
            return ()
        parts = [part for part in re.split(r"[,;&+\n]|\bdan\b|\band\b", answer.text) if part.strip()]
        if not parts:
            raise Unfit(say("Mohon pilih dari daftar di bawah ini, atau ketik tidak ada."))
        return tuple(dict.fromkeys(self.key_of(part, form) for part in parts))

    def key_of(self, said: str, form: "Form") -> str:
        options = self.offered(form)
        word = folded(said)
        if word in options:
            return word
        if word.isdecimal() and 1 <= int(word[:3]) <= len(options):
            return list(options)[int(word[:3]) - 1]
        key = closest(word, {key: in_language(label, form.turn.language) for key, label in options.items()})
        if key is None:
            raise Unfit(say("Mohon pilih dari daftar di bawah ini; boleh lebih dari satu, misalnya 1, 2."))
        return key

    def load(self, stored: str, form: "Form") -> tuple[str, ...]:
        return self.read(Answer(text=stored, key=stored), form)

    def write(self, value: tuple[str, ...]) -> str:
        return ",".join(value)

    def echo(self, value: tuple[str, ...], form: "Form") -> Text:
        options = self.offered(form)
        return listed(options[key] for key in value) if value else say("tidak ada")

    def accept(self, answer: Answer, form: "Form", answers: dict[str, str]) -> bool:
        ticked = self.ticked(form)
        if answer.key in self.offered(form):
            key = cast(str, answer.key)
            ticked = [one for one in ticked if one != key] if key in ticked else [*ticked, key]
            answers[self.ticks] = ",".join(ticked)
            return False
        value = tuple(ticked) if answer.key == self.DONE else self.read(answer, form)
        answers[self.name] = self.write(value)
        answers.pop(self.ticks, None)
        return True


def many(label: Text, ask: Text, offered: Callable[[Any], Mapping[str, Text]], **rest: Any) -> tuple[str, ...]:
    """A question with any number of several answers; the value is their keys."""
    return cast("tuple[str, ...]", ManyQuestion(label, ask, offered, **rest))
