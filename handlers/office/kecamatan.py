"""A kecamatan as people call it: its name nearly typed, or another name the office profile knows it by."""

import re
from collections.abc import Mapping
from typing import cast

from handlers.conversation.form import Form
from handlers.conversation.questions.question import Answer, PickQuestion, Unfit
from handlers.conversation.reading.closest import closest
from handlers.conversation.words import Text, folded, say
from handlers.office.profile import Office


def labels(office: Office) -> dict[str, Text]:
    return {name: name for name in office.kecamatan}


def kecamatan_named(said: str, office: Office) -> str | None:
    """The kecamatan meant by "kec. Kajen", "Kdw" or "kedung wuni"; None when unsure."""
    word = alone(said)
    return by_other_name(word, office) or closest(word, {name: name for name in office.kecamatan})


def alone(said: str) -> str:
    """Without the word "kecamatan" before it."""
    return re.sub(r"^kec(amatan|\.)? ", "", folded(said))


def by_other_name(word: str, office: Office) -> str | None:
    return next((name for name, others in office.kecamatan.items() if word in map(folded, others)), None)


class KecamatanQuestion(PickQuestion):
    """One of the district's; typed by any of its names."""

    def read(self, answer: Answer, form: Form) -> str:
        named = answer.key if answer.key in self.options(form) else kecamatan_named(answer.text, form.turn.office)
        if named is None:
            raise Unfit(say("Mohon pilih salah satu di bawah ini; boleh diketik nomornya atau namanya."))
        return named


def offered(form: Form) -> Mapping[str, Text]:
    return labels(form.turn.office)


def ask_kecamatan(ask: Text, **rest: object) -> str:
    """A question for a kecamatan."""
    return cast(str, KecamatanQuestion(say("Kecamatan"), ask, offered, **rest))
