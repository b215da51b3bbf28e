"""One thing has one name: no word to avoid occurs in what is said, or in the handbooks."""

import re
from pathlib import Path

import pytest

from handlers.guide.pages import LEADER, OFFICER, pages, plain
from tests.test_house_rules import templates

TABLE = Path(__file__).parents[1] / "docs" / "words.md"


def rows() -> list[list[str]]:
    """The cells of each line of the table, without its head."""
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def avoided() -> list[str]:
    return [word.strip() for *_, avoid in rows() for word in avoid.split(",")]


@pytest.mark.parametrize("word", avoided())
def test_a_word_to_avoid_is_not_said(word: str) -> None:
    found = re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE)
    said = [*templates(), *(plain(page.marked) for page in pages(OFFICER, LEADER))]
    assert not [sentence for sentence in said if found.search(re.sub(r"{\w+}|/\w+", "", sentence))]


def test_the_words_we_use_are_used() -> None:
    said = " ".join([*templates(), *(page.marked for page in pages(OFFICER, LEADER))]).casefold()
    assert not [word for ours, *_ in rows() for word in ours.split(", ") if word.casefold() not in said]
    assert len(avoided()) == len(set(avoided())), "a word to avoid for two reasons"
