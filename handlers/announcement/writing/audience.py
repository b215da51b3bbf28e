"""Whom an announcement is for: chosen step by step, one question at a time, joined with and, or and except."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from handlers.announcement.writing.audience_words import EVERYBODY, in_words
from handlers.conversation.questions.question import Answer, Question, Unfit
from handlers.conversation.reading.closest import closest
from handlers.conversation.words import Text, folded, in_language, lines, say
from handlers.membership.profile import exact, near
from handlers.office.kecamatan import kecamatan_named
from storage.broadcasts import archive, segments
from storage.database.database import NotFound
from storage.ormas import organisations

if TYPE_CHECKING:
    from handlers.conversation.form import Form

Expression = Mapping[str, Any]

ALL, DONE = "all", "done"
SAVED = "saved."
WAYS: dict[str, Text] = {
    "field": say("Menurut bidang"),
    "kecamatan": say("Menurut kecamatan"),
    "kind": say("Menurut bentuk"),
    "position": say("Menurut jabatan"),
    "organisation": say("Satu ormas"),
    "silent": say("Belum menjawab"),
}
JOINS: dict[str, Text] = {"and": say("Dan juga"), "or": say("Atau"), "not": say("Kecuali")}
POSITIONS = ("Ketua", "Sekretaris", "Bendahara")
ASKED: dict[str, Text] = {
    "field": say("Bidang apa?"),
    "kecamatan": say("Kecamatan mana?"),
    "kind": say("Bentuk apa?"),
    "position": say("Jabatan apa? Pilih, atau tulis sendiri."),
    "organisation": say("Ormas mana? Tulis nama atau singkatannya."),
    "silent": say("Yang belum menjawab pengumuman mana?"),
}
RECENT = 9
MOST_SAVED = 20


class AudienceQuestion(Question[Expression]):
    """Half-built it stands under another name: what is chosen so far, how the next part joins, what is asked of it."""

    def state(self, form: "Form") -> dict[str, Any]:
        return cast("dict[str, Any]", json.loads(form.answers.get(self.name + "~") or "{}"))

    def taken_back(self, answers: dict[str, str]) -> bool:
        return answers.pop(self.name + "~", None) is not None

    def prompt(self, form: "Form") -> Text:
        state = self.state(form)
        so_far = state.get("so_far")
        told = say("Sejauh ini: {who}.", who=in_words(form.turn, so_far)) if so_far else ""
        if "way" in state:
            return lines(told, self.typed_words(state), ASKED[state["way"]])
        if so_far and "join" not in state:
            return lines(told, say("Sudah cukup, atau ditambah syarat?"))
        return lines(told, say("Menurut apa penerimanya dipilih?") if so_far else self.ask)

    def typed_words(self, state: Mapping[str, Any]) -> Text:
        typed = state.get("typed")
        return say("Yang mana yang Bapak/Ibu maksud dengan “{typed}”?", typed=typed) if typed else ""

    def options(self, form: "Form") -> Mapping[str, Text]:
        state = self.state(form)
        if "way" in state:
            return self.values(form, state)
        if state.get("so_far") and "join" not in state:
            return {DONE: say("Selesai")} | JOINS
        saved = {f"{SAVED}{one.id}": one.name for one in segments.named(form.turn.tx)[:MOST_SAVED]}
        return (WAYS if "join" in state else {ALL: say("Semua pengurus"), **WAYS}) | saved

    def values(self, form: "Form", state: Mapping[str, Any]) -> Mapping[str, Text]:
        """What can be chosen for the way that was named."""
        turn, way = form.turn, state["way"]
        if way == "organisation":
            typed = state.get("typed")
            return (
                {str(number): name for number, name in near(organisations.names(turn.tx), typed).items()}
                if typed
                else {}
            )
        if way == "silent":
            asked = [one for one in archive.genuine(turn.tx, 50) if one.content.question]
            return {
                str(one.id): say("{code} {title}", code=one.code, title=one.content.title) for one in asked[:RECENT]
            }
        if way == "position":
            return {position: position for position in POSITIONS}
        if way == "kecamatan":
            return {name: name for name in turn.office.kecamatan}
        return turn.office.fields if way == "field" else turn.office.kinds

    def accept(self, answer: Answer, form: "Form", answers: dict[str, str]) -> bool:
        state = self.state(form)
        key = self.key_of(answer, form)
        if key == DONE:
            answers[self.name] = self.write(state["so_far"])
            answers.pop(self.name + "~")
            return True
        if key == ALL:
            answers[self.name] = self.write(EVERYBODY)
            answers.pop(self.name + "~", None)
            return True
        answers[self.name + "~"] = json.dumps(self.next_state(state, key, answer, form), ensure_ascii=False)
        return False

    def key_of(self, answer: Answer, form: "Form") -> str | None:
        options = self.options(form)
        if answer.key in options:
            return answer.key
        return closest(answer.text, {key: in_language(label, form.turn.language) for key, label in options.items()})

    def next_state(self, state: dict[str, Any], key: str | None, answer: Answer, form: "Form") -> dict[str, Any]:
        """What is known after this answer. Raises Unfit."""
        if "way" in state:
            part = self.part(state, key, answer, form)
            return {**state, "typed": answer.text} if part is None else {"so_far": self.with_part(state, part)}
        if key in JOINS:
            return {**state, "join": key}
        if key in WAYS:
            return {**state, "way": key}
        if key is not None and key.startswith(SAVED):
            return {"so_far": self.with_part(state, saved(form, key))}
        raise Unfit(say("Mohon pilih salah satu di bawah ini; boleh diketik nomornya atau namanya."))

    def part(self, state: dict[str, Any], key: str | None, answer: Answer, form: "Form") -> Expression | None:
        """The condition that was chosen; None when an ormas is only typed nearly. Raises Unfit."""
        way = state["way"]
        if way == "organisation" and key is None:
            number = exact(organisations.names(form.turn.tx), answer.text)
            if number is None and not near(organisations.names(form.turn.tx), answer.text):
                raise Unfit(say("“{typed}” tidak ada di daftar ormas.", typed=answer.text))
            return None if number is None else {way: number}
        if key is None and way == "position" and folded(answer.text):
            key = answer.text.strip()[:40]
        if key is None and way == "kecamatan":
            key = kecamatan_named(answer.text, form.turn.office)
        if key is None:
            raise Unfit(say("Mohon pilih salah satu di bawah ini; boleh diketik nomornya atau namanya."))
        return {way: int(key) if way in ("organisation", "silent") else key}

    def with_part(self, state: Mapping[str, Any], part: Expression) -> Expression:
        """What was chosen before, joined with what was chosen now: always from left to right."""
        before, join = state.get("so_far"), state.get("join")
        if not before:
            return part
        word = "or" if join == "or" else "and"
        added = {"not": part} if join == "not" else part
        parts = [*before[word], added] if word in before else [before, added]
        expression = {word: parts}
        try:
            segments.check(expression)
        except ValueError:
            raise Unfit(say("Sudah terlalu banyak syarat. Pilih Selesai, atau batal dan mulai lagi.")) from None
        return expression

    def read(self, answer: Answer, form: "Form") -> Expression:  # noqa: ARG002
        """What was written before. Raises Unfit for what is no expression any more."""
        try:
            expression = json.loads(answer.text)
            segments.check(expression)
        except ValueError:
            raise Unfit(self.ask) from None
        return cast(Expression, expression)

    def write(self, value: Expression) -> str:
        return json.dumps(value, ensure_ascii=False)

    def echo(self, value: Expression, form: "Form") -> Text:
        return in_words(form.turn, value)


def saved(form: "Form", key: str) -> Expression:
    """A choice that has a name. Raises Unfit when it was removed."""
    try:
        return segments.get(form.turn.tx, int(key.removeprefix(SAVED))).expression
    except NotFound:
        raise Unfit(say("Pilihan itu sudah dihapus.")) from None


def audience(label: Text, ask: Text, **rest: Any) -> Expression:
    """A question answered with an expression of storage/broadcasts/segments.py."""
    return cast(Expression, AudienceQuestion(label, ask, **rest))
