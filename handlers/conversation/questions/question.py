"""Questions of a form: each reads what was said, writes it down as text and says it back in full.

One law holds for every question: what it wrote, it reads again as the same value, or says why it no longer fits.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from handlers.conversation.message import Place, Upload
from handlers.conversation.reading.closest import closest
from handlers.conversation.reading.guest_names import read_names, told_apart
from handlers.conversation.words import Text, clean, in_language, say, units

if TYPE_CHECKING:
    from handlers.conversation.form import Form

V = TypeVar("V")
NUMBER = re.compile(r"(?<![^\W_])\d{1,40}(?!\d)")
"""A number that stands by itself or before its unit ("45 orang", "45orang"): the 2 of "kira2" is none."""


class Unfit(Exception):
    """What was said cannot be taken as the answer; `words` say why and what to do next."""

    def __init__(self, words: Text, question: str = "") -> None:
        super().__init__(in_language(words, "id"))
        self.words = words
        self.question = question


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said to a question: typed, picked by key, or sent as a file (`text` is its caption) or a place."""

    text: str = ""
    key: str | None = None
    upload: Upload | None = None
    place: Place | None = None


class Question(Generic[V]):
    """What every question knows. `when` leaves it out, by the answers before it."""

    ordinal = True
    """Whether its choices are numbered; where a number is itself an answer (hours, head count) they are not."""
    gathers = False
    """Whether files go here that are sent at any other question of the form (questions/files.py)."""
    echoes = False
    """Whether what was understood is said back at once (days and hours)."""
    takes_forwards = False
    """Whether a forwarded message is an answer."""

    def __init__(
        self, label: Text, ask: Text, *, optional: bool = False, when: Callable[[Any], bool] | None = None
    ) -> None:
        self.label, self.ask, self.optional, self.when = label, ask, optional, when
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def may_skip(self, form: "Form") -> bool:  # noqa: ARG002
        return self.optional

    def kept(self, answer: Answer, form: "Form") -> Text:
        """What is said of a file that came at another question, where this one gathers them."""
        raise NotImplementedError

    def taken_back(self, answers: dict[str, str]) -> bool:  # noqa: ARG002
        """Forget an answer that was half given, so that *back* asks this question anew; False when there is none."""
        return False

    def wanted(self, form: "Form") -> bool:
        return self.when is None or self.when(form)

    def takes(self, answer: Answer) -> bool:  # noqa: ARG002
        """Whether it takes this file or place. It may still refuse it, in words."""
        return False

    def prompt(self, form: "Form") -> Text:  # noqa: ARG002
        return self.ask

    def options(self, form: "Form") -> Mapping[str, Text]:  # noqa: ARG002
        """Key and label of each choice."""
        return {}

    def empty(self) -> V:
        """The value of an optional question that was skipped."""
        return cast(V, None)

    def read(self, answer: Answer, form: "Form") -> V:
        """The value of what was said. Raises Unfit."""
        raise NotImplementedError

    def load(self, stored: str, form: "Form") -> V:
        """The value of what was written. Raises Unfit when it no longer holds (a slot is taken)."""
        return self.empty() if self.optional and not stored else self.read(Answer(text=stored, key=stored), form)

    def write(self, value: V) -> str:
        return str(value)

    def echo(self, value: V, form: "Form") -> Text:  # noqa: ARG002
        return str(value)

    def accept(self, answer: Answer, form: "Form", answers: dict[str, str]) -> bool:
        """Take what was said into `answers`; False when the question stays open for more. Raises Unfit."""
        answers[self.name] = self.write(self.read(answer, form))
        return True


class TextQuestion(Question[str]):
    """Somebody's own words, within a length."""

    def __init__(
        self,
        label: Text,
        ask: Text,
        *,
        at_most: int,
        multiline: bool = False,
        suggested: Sequence[str] = (),
        **rest: Any,
    ) -> None:
        super().__init__(label, ask, **rest)
        self.at_most, self.multiline, self.suggested = at_most, multiline, suggested

    def empty(self) -> str:
        return ""

    def options(self, form: "Form") -> Mapping[str, Text]:  # noqa: ARG002
        return {word: word for word in self.suggested}

    def read(self, answer: Answer, form: "Form") -> str:  # noqa: ARG002
        said = clean(answer.text)
        said = said if self.multiline else " ".join(said.split())
        if not any(c.isalnum() for c in said):
            raise Unfit(say("Mohon ditulis dengan kata-kata, supaya kami paham."))
        if units(said) > self.at_most:
            raise Unfit(
                say(
                    "Tulisan itu {length} huruf, paling panjang {limit}. Mohon ditulis lebih singkat.",
                    length=units(said),
                    limit=self.at_most,
                )
            )
        return said


class PickQuestion(Question[str]):
    """One of several; the value is the key."""

    def __init__(self, label: Text, ask: Text, offered: Callable[[Any], Mapping[str, Text]], **rest: Any) -> None:
        super().__init__(label, ask, **rest)
        self.offered = offered

    def options(self, form: "Form") -> Mapping[str, Text]:
        return self.offered(form)

    def read(self, answer: Answer, form: "Form") -> str:
        options = self.options(form)
        if answer.key in options:
            return cast(str, answer.key)
        key = closest(answer.text, {key: in_language(label, form.turn.language) for key, label in options.items()})
        if key is None:
            raise Unfit(say("Mohon pilih salah satu di bawah ini; boleh diketik nomornya atau namanya."))
        return key

    def echo(self, value: str, form: "Form") -> Text:
        return self.options(form)[value]


class NamesQuestion(Question[tuple[str, ...]]):
    """Several people by name, however they are strung together; stored one a line."""

    def __init__(self, label: Text, ask: Text, *, at_most: int, longest: int = 60, **rest: Any) -> None:
        super().__init__(label, ask, **rest)
        self.at_most, self.longest = at_most, longest

    def read(self, answer: Answer, form: "Form") -> tuple[str, ...]:
        return self.fitting(read_names(clean(answer.text), form.turn.person.name or ""))

    def load(self, stored: str, form: "Form") -> tuple[str, ...]:  # noqa: ARG002
        return self.fitting(tuple(stored.split("\n")))

    def fitting(self, names: tuple[str, ...]) -> tuple[str, ...]:
        if not names:
            raise Unfit(say("Mohon tulis namanya, misalnya: Siti Aminah, Budi Santoso."))
        if len(names) > self.at_most:
            raise Unfit(say("Paling banyak {limit} nama; selebihnya cukup jumlahnya.", limit=self.at_most))
        if any(units(name.partition(",")[0]) > self.longest or units(name) > 3 * self.longest for name in names):
            raise Unfit(say("Ada nama yang lebih dari {limit} huruf. Pisahkan nama dengan koma.", limit=self.longest))
        return names

    def write(self, value: tuple[str, ...]) -> str:
        return "\n".join(value)

    def echo(self, value: tuple[str, ...], form: "Form") -> Text:  # noqa: ARG002
        return told_apart(value)


class CountQuestion(Question[int]):
    """A whole number between two bounds; `suggested` offers the likely ones."""

    ordinal = False

    def __init__(
        self,
        label: Text,
        ask: Text,
        *,
        bounds: Callable[[Any], tuple[int, int]],
        suggested: Callable[[Any], Sequence[int]],
        **rest: Any,
    ) -> None:
        super().__init__(label, ask, **rest)
        self.bounds, self.suggested = bounds, suggested

    def options(self, form: "Form") -> Mapping[str, Text]:
        return {str(number): str(number) for number in self.suggested(form)}

    def read(self, answer: Answer, form: "Form") -> int:
        low, high = self.bounds(form)
        found = set(map(int, NUMBER.findall(clean(answer.key or answer.text).replace(".", ""))))
        if not found:
            raise Unfit(say("Mohon tulis angkanya saja, misalnya {example}.", example=low))
        if len(found) > 1:
            raise Unfit(say("Ada lebih dari satu angka. Mohon tulis satu saja, misalnya {example}.", example=low))
        if not low <= (number := found.pop()) <= high:
            raise Unfit(say("Mohon angka dari {low} sampai {high}.", low=low, high=high))
        return number


def text(label: Text, ask: Text, *, at_most: int = 200, **rest: Any) -> str:
    """A question answered with somebody's own words."""
    return cast(str, TextQuestion(label, ask, at_most=at_most, **rest))


def pick(label: Text, ask: Text, offered: Callable[[Any], Mapping[str, Text]], **rest: Any) -> str:
    """A question with one of several answers; the value is its key."""
    return cast(str, PickQuestion(label, ask, offered, **rest))


def names(label: Text, ask: Text, *, at_most: int = 10, **rest: Any) -> tuple[str, ...]:
    """A question answered with one or more names."""
    return cast("tuple[str, ...]", NamesQuestion(label, ask, at_most=at_most, **rest))


def count(
    label: Text,
    ask: Text,
    *,
    bounds: Callable[[Any], tuple[int, int]],
    suggested: Callable[[Any], Sequence[int]],
    **rest: Any,
) -> int:
    """A question answered with a whole number."""
    return cast(int, CountQuestion(label, ask, bounds=bounds, suggested=suggested, **rest))
