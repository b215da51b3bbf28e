"""House rules nobody has to remember: the build does."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.settings import Settings
from handlers import CATALOGUE
from handlers.conversation.catalogue import Effect
from handlers.conversation.words import LANGUAGES, Words, catalogue, in_language
from handlers.office.profile import Office
from tests.map import PLACE, written

ROOT = Path(__file__).parents[1]
OURS = ("bot", "handlers", "storage", "tests", "bench")
EASY_FILE, LONGEST_FILE, LONGEST_FUNCTION = 300, 400, 40
BUTTON_DATA = 64
FULL_FOLDER = 15


def files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_nine_files_in_ten_are_read_in_one_go_and_none_is_a_book() -> None:
    """A file is one thought: cut by meaning, not by length. One that is longer says so by being rare."""
    lengths = {str(path): len(path.read_text().splitlines()) for path in files(*OURS)}
    long = {path: n for path, n in lengths.items() if n > EASY_FILE}
    assert len(long) * 10 <= len(lengths), long
    assert not {path: n for path, n in long.items() if n > LONGEST_FILE}


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{path}:{node.lineno} {node.name}"
        for path in files(*OURS)
        for node in functions(path)
        if (node.end_lineno or 0) - node.body[0].lineno + 1 > LONGEST_FUNCTION
    ]
    assert not long


def test_every_module_says_in_one_sentence_what_lives_there() -> None:
    silent = [str(p) for p in files(*OURS) if p.read_text() and not ast.get_docstring(ast.parse(p.read_text()))]
    assert not silent


def test_a_conversation_cannot_wait_for_a_network() -> None:
    """Only what opens a database may await: handlers and the nouns of storage are plain functions."""
    opens = {"database.py", "postgres.py"}
    waiting = [
        f"{path}:{node.lineno}"
        for path in files("handlers", "storage")
        if path.name not in opens
        for node in functions(path)
        if isinstance(node, ast.AsyncFunctionDef)
    ]
    assert not waiting


def test_the_map_names_every_module() -> None:
    page = PLACE.read_text(encoding="utf-8")
    assert written(page) == page, "type `make map`"


def test_no_folder_holds_more_than_a_person_takes_in_at_a_glance() -> None:
    folders = {path.parent for path in files("bot", "handlers", "storage")}
    full = {str(folder): n for folder in folders if (n := len(list(folder.glob("*.py")))) > FULL_FOLDER}
    assert not full


SQL = re.compile(r"\s*(SELECT|INSERT INTO|UPDATE \w+ SET|DELETE FROM|WITH \w+ AS) ")


def test_only_memory_speaks_to_the_tables() -> None:
    spoken = [
        f"{path}:{node.lineno}"
        for path in files("bot", "handlers")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.match(node.value)
    ]
    assert not spoken


def test_nobody_is_called_a_helper() -> None:
    vague = [p for p in files(*OURS) if re.search(r"util|manager|helper|misc|common", p.stem)]
    assert not vague


def test_words_to_people_are_templates_and_never_put_together_by_hand() -> None:
    """`say` takes a plain string, so that it can be translated and measured."""
    made = [
        f"{path}:{node.lineno}"
        for path in files("handlers", "bot")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say"
        if not isinstance(node.args[0], ast.Constant)
    ]
    assert not made


@cache
def templates() -> frozenset[str]:
    """Every sentence the program can say."""
    found = set()
    for path in files("handlers", "bot"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
                argument = node.args[0]
                assert isinstance(argument, ast.Constant)
                found.add(str(argument.value))
    return frozenset(found)


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"id"}))
def test_every_sentence_is_translated_with_the_same_values(language: str) -> None:
    known = catalogue(language)
    missing = [
        sentence for sentence in templates() if sentence and known.gettext(sentence) == sentence and not same(sentence)
    ]
    assert not missing
    for sentence in templates():
        assert set(re.findall(r"{\w+}", known.gettext(sentence))) == set(re.findall(r"{\w+}", sentence)), sentence


def same(sentence: str) -> bool:
    """Names, and templates that are only values, are the same in every language."""
    return not re.sub(r"{\w+}|[^A-Za-z]", "", sentence) or sentence in SAME


SAME = {
    *("Status", "April", "September", "November", "Menu", "PDF"),
    *("Status: {state}. {due}", "Status: {state}, {when}."),
}


def test_a_code_in_a_sentence_reaches_only_what_shows() -> None:
    """What changes something has to be the whole message; sentences with its words stand in the scenarios."""
    shown = {name for names in CATALOGUE.shows.values() for name in names}
    assert {name for name, action in CATALOGUE.actions.items() if action.effect is Effect.SHOWS} == shown


def test_what_counts_in_law_or_cannot_be_undone_is_never_guessed() -> None:
    counts = {name for name, command in CATALOGUE.commands.items() if command.effect is Effect.ACTS}
    assert counts >= {"berhenti", "mulai", "hapus", "dataku", "gabung", "hubungkan", "lepaskan", "jeda", "selesai"}


def test_every_setting_is_explained_to_administrators_and_in_the_example() -> None:
    told, example = (ROOT / "docs/administration.md").read_text(), (ROOT / ".env.example").read_text()
    for name, setting in Settings.model_fields.items():
        assert f"`{name.upper()}`" in told, f"docs/administration.md does not explain {name.upper()}"
        assert re.search(rf"^#? ?{name.upper()}=", example, re.MULTILINE), f".env.example lacks {name.upper()}"
        assert setting.description, f"{name} has no meaning"
    named = set(re.findall(r"^#? ?([A-Z_]+)=", example, re.MULTILINE))
    assert named <= {name.upper() for name in Settings.model_fields}, "an example for a setting that does not exist"


def test_every_key_of_the_office_fits_into_a_button(office: Office) -> None:
    keys = [*office.hosts, *office.purposes, *office.kinds, *office.fields, *office.access, *office.kecamatan]
    assert all(len(f"f.999999.{key}".encode()) <= BUTTON_DATA for key in keys)


def test_every_choice_has_a_label_that_fits_a_button() -> None:
    for action in CATALOGUE.actions.values():
        for language in LANGUAGES:
            assert len(in_language(action.label, language)) <= 20, action.name


def test_every_form_has_a_title_and_questions() -> None:
    for form in CATALOGUE.forms.values():
        assert isinstance(form.title, Words)
        assert form.questions


FORBIDDEN = {
    "One arrow": ("handlers/meeting/ask.py", "import bot.settings"),
    "Channels do not know each other": ("bot/channels/whatsapp/calls.py", "import bot.channels.plain"),
    "Conversations and memory cannot": ("storage/mail/outbox.py", "import aiohttp"),
    "A service knows the language": ("handlers/tickets/words.py", "import handlers.announcement.topics"),
    "The database knows no noun": ("storage/database/migrate.py", "import storage.people.people"),
    "Rooms of the outside world": ("bot/outbound/pace.py", "import bot.app"),
}
"""For each contract of the linter, by the beginning of its name: an import that breaks it."""


def contracts() -> list[str]:
    return [
        one["name"] for one in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    ]


@pytest.fixture(scope="module")
def broken_house(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the linter says of a house in which every contract is broken once."""
    house = tmp_path_factory.mktemp("house")
    for floor in ("bot", "handlers", "storage"):
        shutil.copytree(ROOT / floor, house / floor, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", house)
    for place, line in FORBIDDEN.values():
        (house / place).write_text(f"{(ROOT / place).read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")
    lint = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    run = subprocess.run(lint, cwd=house, capture_output=True, text=True, env=os.environ | {"COLUMNS": "300"})
    assert run.returncode != 0
    return run.stdout.partition("Broken contracts")[2]


def test_every_contract_has_something_that_breaks_it() -> None:
    assert [name for name in contracts() if not any(name.startswith(known) for known in FORBIDDEN)] == []
    assert len(contracts()) == len(FORBIDDEN)


@pytest.mark.parametrize("contract", FORBIDDEN)
def test_what_breaks_a_contract_is_found(broken_house: str, contract: str) -> None:
    place, line = FORBIDDEN[contract]
    assert contract in broken_house
    assert place.removesuffix(".py").replace("/", ".") in broken_house, broken_house
    assert line.removeprefix("import ").partition(".")[0] in broken_house
