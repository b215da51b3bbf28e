"""Words nobody would write but to make us work: they cost little, and whoever wrote them gets a sentence."""

import unicodedata
from unittest.mock import Mock

import pytest

from handlers.conversation.words import MARKS_AT_MOST, clean, folded, sparing
from tests.chat import Chat
from tests.world import World

LONG = 16_000
WORST = {
    "marks": "a" + "\u0323\u0301" * (LONG // 2),
    "one letter is eighteen": "\ufdfa" * LONG,
    "digits": "9" * LONG,
    "other digits": "\u0669" * LONG,
    "commas": "a," * (LONG // 2),
    "spaces": "a" + " " * LONG + "a",
    "days": "senin besok " * (LONG // 12),
    "nulls": "aud-" + "0" * LONG,
    "superscripts": "\u00b2" * 20,
}


def test_a_heap_of_marks_is_cut_before_it_is_normalised(monkeypatch: pytest.MonkeyPatch) -> None:
    real = unicodedata.normalize
    normalize = Mock(side_effect=real)
    monkeypatch.setattr(unicodedata, "normalize", normalize)
    assert clean(WORST["marks"]) == real("NFC", "a" + "\u0323\u0301" * (MARKS_AT_MOST // 2))
    assert folded("b" + WORST["marks"])
    assert max(len(call.args[1]) for call in normalize.mock_calls) <= MARKS_AT_MOST + 2


@pytest.mark.parametrize(
    "said", ["Ngaliyan e\u0301tik", "\u0915\u094d\u0937\u093f", "q\u0323\u0307", "\U0001f468\u200d\U0001f469"]
)
def test_what_people_write_is_not_cut(said: str) -> None:
    assert sparing(said) == said


@pytest.mark.parametrize("said", WORST.values(), ids=WORST)
async def test_the_worst_words_get_a_sentence_at_every_question(world: World, leader: Chat, said: str) -> None:
    await leader.joins()
    await leader.says(said)
    await leader.says("/audiensi")
    for answer in ("audiensi", "kepala", "Pentas seni", "besok 08.30", "Siti", "1"):
        await leader.says(said, answer)
    await leader.says("/cek", said, "batal", "/status " + said, "/hubungkan " + said, "/gabung " + said)
    assert await world.rows("SELECT fault FROM inbox WHERE parked_at IS NOT NULL") == []
