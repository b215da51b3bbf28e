"""The handbooks say what the product says: every quoted command, verb and button is there, and every one is named."""

import re
from pathlib import Path
from statistics import median

import pytest

from handlers import CATALOGUE
from handlers.conversation.asking import meant
from handlers.conversation.words import SOURCE, folded, in_language
from handlers.guide.pages import LEADER, OFFICER, Page, pages, plain
from storage.people.people import Person
from tests.handbook import ANNOUNCEMENTS, DOCS, MEETINGS, PROPOSALS, TABLES, TICKETS, TITLES, handbook
from tests.test_house_rules import templates
from tests.web.picture import SCENES

EVERY = [*pages(OFFICER), *pages(LEADER)]
HEADINGS = {
    OFFICER: ["Kapan dipakai", "Langkah", "Yang dilihat pemohon", "Kalau salah"],
    LEADER: ["Kapan dipakai", "Langkah", "Yang terjadi kemudian", "Kalau salah"],
}
LONGEST_PAGE, LONGEST_SENTENCE = 400, 15
"""Words of a page, and of half of its sentences."""
CODED = re.compile(r"(?:(.+) )?([A-Z]{3})-\d+")
FREE = {"halo", "catat:"}
"""Typed, and neither a command nor about a number: a greeting, and how a note begins in a talk."""
EVERYTHING = frozenset({"officer", "duty", "approver", "admin"})
each_page = pytest.mark.parametrize("page", EVERY, ids=lambda page: f"{page.reader}-{page.name}")


def quoted(page: Page) -> list[str]:
    return re.findall(r"`([^`]+)`", page.marked)


def bold(marked: str) -> list[str]:
    return re.findall(r"\*\*(.+?)\*\*", marked)


def somebody(page: Page) -> Person:
    """Whoever reads the page, with every role it may speak to."""
    roles = EVERYTHING if page.reader == OFFICER else frozenset()
    return Person(**(dict.fromkeys(Person.__dataclass_fields__) | {"id": 1, "roles": roles}))  # type: ignore[arg-type]


@each_page
def test_a_page_has_its_four_headings_and_is_short(page: Page) -> None:
    assert re.findall(r"^## (.*)$", page.marked, flags=re.MULTILINE) == HEADINGS[page.reader]
    text = plain(page.marked)
    assert len(text.split()) <= LONGEST_PAGE
    sentences = [one for one in re.split(r"(?<=[.!?:])\s+|\n+", text) if re.search(r"\w\w", one)]
    assert median(len(one.split()) for one in sentences) <= LONGEST_SENTENCE
    assert page.words - {folded(word) for word in page.title.split()}, "no words that find it"


@each_page
def test_everything_it_says_to_type_can_be_typed(page: Page) -> None:
    for said in quoted(page):
        if said.startswith("/"):
            name = said[1:].split()[0]
            command = CATALOGUE.commands[name]
            assert page.reader == OFFICER or not command.roles, said
        elif coded := CODED.fullmatch(said):
            action = CATALOGUE.done(coded[1] or "", coded[2], somebody(page))
            assert action is not None, said
            assert page.reader == OFFICER or not action.roles, said
        else:
            assert said in FREE or CATALOGUE.said(folded(said)) or meant(said, None), said


@each_page
def test_every_button_it_names_is_there(page: Page) -> None:
    assert not set(bold(page.marked)) - templates()


def test_every_button_of_the_tables_is_there() -> None:
    told = " ".join(do for states in (MEETINGS, TICKETS, ANNOUNCEMENTS, PROPOSALS) for do, _ in states.values())
    assert not set(bold(told)) - templates()


@pytest.mark.parametrize("reader", TITLES)
def test_every_command_is_named_on_a_page(reader: str) -> None:
    named = {said[1:].split()[0] for page in pages(reader) for said in quoted(page) if said.startswith("/")}
    named |= {said.casefold() for page in pages(reader) for said in quoted(page)}
    known = {name for name, command in CATALOGUE.commands.items() if bool(command.roles) is (reader == OFFICER)}
    elsewhere = {"gabung"} if reader == LEADER else set()
    assert known - named == elsewhere


def test_what_only_an_officer_can_press_is_named_on_a_page() -> None:
    """By its label or its verb. Looking (Lihat) needs no page, nor what stands inside a list that has one."""
    told = "\n".join(page.marked for page in pages(OFFICER))
    silent = [
        action.name
        for action in CATALOGUE.actions.values()
        if action.roles and action.verb
        if f"**{in_language(action.label, SOURCE)}**" not in told and f"`{action.verb} " not in told
    ]
    assert set(silent) <= NEEDS_NO_PAGE, silent


NEEDS_NO_PAGE = {"tiket", "umum", "kartu", "konsep-umum", "konsep-tahapan", "tabel-umum"}


def test_every_state_has_a_line() -> None:
    for title, meaning, told in TABLES:
        assert meaning.keys() == told.keys(), title


@pytest.mark.parametrize("reader", TITLES)
def test_what_is_printed_is_what_the_chat_shows(reader: str) -> None:
    """Write it anew with: make handbook"""
    assert (DOCS / f"panduan-{reader}.md").read_text(encoding="utf-8") == handbook(reader)


def test_names_and_titles_tell_pages_apart() -> None:
    assert len({page.name for page in EVERY}) == len({page.title for page in EVERY}) == len(EVERY)
    assert all(len(f"c.panduan.{page.name}") <= 64 for page in EVERY)


@each_page
def test_a_page_that_is_mentioned_exists(page: Page) -> None:
    titles = {one.title for one in EVERY}
    assert set(re.findall(r'panduan "(.+?)"', page.marked)) <= titles


def test_every_picture_has_a_scene_and_a_file() -> None:
    named = {picture for page in EVERY for picture in re.findall(r"\(pictures/(.+?)\.png\)", page.marked)}
    assert named <= SCENES.keys()
    assert all(Path(DOCS, "pictures", f"{name}.png").is_file() for name in named)
