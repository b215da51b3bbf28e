"""The translations that are shipped: compiled from the words beside them, and what they tell a person to type works."""

import gettext
import io
import re
from collections import Counter
from datetime import datetime

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from handlers import CATALOGUE
from handlers.conversation.asking import meant
from handlers.conversation.questions.many import NOTHING
from handlers.conversation.reading.dates import read_when
from handlers.conversation.words import LANGUAGES, LOCALE, SOURCE, folded, in_language, translated
from tests.test_house_rules import templates

TRANSLATED = sorted(set(LANGUAGES) - {SOURCE})
MONDAY = datetime(2026, 11, 23, 10, 0)  # noqa: DTZ001


def words(language: str) -> Catalog:
    with (LOCALE / language / "LC_MESSAGES" / "rumah-kedua.po").open("rb") as written:
        return read_po(written, locale=language, abort_invalid=True)


def messages(compiled: bytes) -> dict[str, str]:
    """Every message of a compiled translation, without its header."""
    held = vars(gettext.GNUTranslations(io.BytesIO(compiled)))["_catalog"]
    return {source: said for source, said in held.items() if source}


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    fresh = io.BytesIO()
    write_mo(fresh, words(language))
    shipped = (LOCALE / language / "LC_MESSAGES" / "rumah-kedua.mo").read_bytes()
    assert messages(shipped) == messages(fresh.getvalue()), "type `make messages`"


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_is_written_is_what_is_said_and_nothing_else(language: str) -> None:
    written = {str(message.id): message for message in words(language) if message.id}
    assert set(written) == templates() - {""}, "type `make messages`"
    assert not [source for source, message in written.items() if message.fuzzy or not message.string]


def test_the_words_to_translate_are_gathered() -> None:
    with (LOCALE / "rumah-kedua.pot").open("rb") as gathered:
        assert {message.id for message in read_po(gathered) if message.id} == templates() - {""}, "type `make messages`"


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_begins_and_ends_like_its_sentence(language: str) -> None:
    """A sentence may be put behind another one, and a heading stays a heading."""
    for source in templates() - {""}:
        said = translated(source, language)
        assert source.startswith(" ") == said.startswith(" "), said
        assert re.findall(r"[.?:]?$", source) == re.findall(r"[.?:]?$", said), said


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_commands_a_sentence_names_stay_as_they_are(language: str) -> None:
    command = re.compile(r"(?<!\w)/\w+")
    for source in templates():
        assert command.findall(source) == command.findall(translated(source, language)), source


def test_every_word_that_english_asks_to_type_is_understood() -> None:
    asked = {found for source in templates() for found in re.findall(r"\btype (\w+)", translated(source, "en"), re.I)}
    assert {"skip", "back", "cancel", "none", "STOP", "START"} <= asked
    known = {word for word in asked if meant(word, None) or word in NOTHING or CATALOGUE.said(folded(word))}
    assert asked - known == set()


@pytest.mark.parametrize("example", ["tomorrow", "next Monday", "2 December", "Tuesday", "Friday", "in a week"])
def test_every_day_that_english_gives_as_an_example_is_understood(example: str) -> None:
    assert read_when(example, MONDAY).day
    assert any(example in translated(source, "en") for source in templates())


@pytest.mark.parametrize("example", ["9 o'clock", "09.30"])
def test_every_hour_that_english_gives_as_an_example_is_understood(example: str) -> None:
    assert read_when(example, MONDAY).hour
    assert any(example in translated(source, "en") for source in templates())


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_what_can_be_done_with_one_kind_of_record_has_a_name_of_its_own(language: str) -> None:
    """`setujui AUD-0147` works with the name on the button too, so no two of them may be called the same."""
    named = Counter(
        (prefix, folded(in_language(a.label, language)))
        for a in CATALOGUE.actions.values()
        if a.verb
        for prefix in a.prefixes
    )
    assert max(named.values()) == 1, named.most_common(1)
    titles = Counter(folded(in_language(c.title, language)) for c in CATALOGUE.commands.values())
    assert max(titles.values()) == 1, titles.most_common(1)
