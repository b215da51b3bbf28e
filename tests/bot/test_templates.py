"""What is handed in to Meta keeps Meta's rules, and is what is sent afterwards."""

import re
from typing import Any

import pytest

from bot.commands.templates import definitions
from handlers.conversation.approved import Approved
from handlers.conversation.words import LANGUAGES, in_language
from handlers.telling.templates import ALL

DEFINITIONS = definitions()
BODY, LABEL, BUTTONS, NAME = 1024, 25, 10, 512
TTL = range(30, 12 * 3600 + 1)
"""Seconds a utility template may wait."""


def ids(one: dict[str, Any]) -> str:
    return f"{one['name']} {one['language']}"


def body(one: dict[str, Any]) -> dict[str, Any]:
    return next(part for part in one["components"] if part["type"] == "BODY")


@pytest.mark.parametrize("one", DEFINITIONS, ids=ids)
def test_it_keeps_the_published_limits(one: dict[str, Any]) -> None:
    assert re.fullmatch(rf"[a-z0-9_]{{1,{NAME}}}", one["name"])
    assert one["message_send_ttl_seconds"] in TTL
    assert len(body(one)["text"]) <= BODY
    labels = [b["text"] for part in one["components"] if part["type"] == "BUTTONS" for b in part["buttons"]]
    assert len(labels) <= BUTTONS
    assert all(0 < len(label) <= LABEL for label in labels)


@pytest.mark.parametrize("one", DEFINITIONS, ids=ids)
def test_no_place_stands_at_an_end_and_each_has_an_example(one: dict[str, Any]) -> None:
    text = body(one)["text"]
    places = re.findall(r"\{\{(\w+)\}\}", text)
    assert not text.startswith("{{")
    assert not text.rstrip(".?! ").endswith("}}")
    examples = body(one)["example"]["body_text_named_params"]
    assert sorted(places) == sorted(example["param_name"] for example in examples)
    assert all(example["example"] for example in examples)


@pytest.mark.parametrize("approved", ALL, ids=lambda approved: approved.name)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_sent_fits_what_was_handed_in(approved: Approved, language: str) -> None:
    filled = approved(**dict(approved.words.values)).to(language, {})
    one = next(d for d in DEFINITIONS if (d["name"], d["language"]) == (filled.name, filled.language))
    said = body(one)["text"]
    for name, value in filled.values:
        said = said.replace(f"{{{{{name}}}}}", value)
    assert said == in_language(approved.words, language)
    assert len(filled.buttons) == len(approved.buttons)
