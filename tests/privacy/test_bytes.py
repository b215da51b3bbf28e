"""After a report without a name, no file of the data folder holds a word of it beside whoever sent it."""

import os
import secrets
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.commands.copies import backup
from bot.settings import Settings
from tests.chat import Chat
from tests.made import picture
from tests.scenarios.test_situation import SECRET, reports
from tests.world import World, at

WORDS = "Senjata-di-gudang-Melati-zq17"


@pytest.fixture(autouse=True)
def files_only(world: World) -> None:
    if world.url:
        pytest.skip("the files of PostgreSQL are its own")


def holding(folder: Path, *marked: str) -> list[tuple[str, str]]:
    """Files in which a marked word stands, in any of the ways text is written."""
    files = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    ways = [(word, word.encode(code)) for word in marked for code in ("utf-8", "utf-16-le", "utf-16-be")]
    return [(path.name, word) for path, held in files.items() for word, raw in ways if raw in held]


def copied(world: World) -> Path:
    """A backup made a moment later."""
    to = world.folder / f"copy-{secrets.token_hex(4)}.db"
    settings = Settings(_env_file=None, database_url=f"sqlite:///{world.file}", telegram_token="1:x")
    assert backup(settings, to) == 0
    return to


async def test_the_words_stand_in_the_ticket_alone(world: World, leader: Chat) -> None:
    """Point 1: main file, log, journal, uploads, and a backup, once nobody of the office has the words in a card."""
    await leader.agrees()
    await reports(leader, "Tanpa nama", WORDS)
    copy = copied(world)
    for path in (world.file, copy):
        with closing(sqlite3.connect(path)) as database:
            database.execute("UPDATE tickets SET title = '', facts = '{}'")
            database.commit()
            database.execute("VACUUM")
    assert not holding(world.folder, WORDS)


async def test_no_code_stands_in_any_file(world: World, leader: Chat, duty: Chat) -> None:
    await leader.agrees()
    await reports(leader, "Tanpa nama", WORDS)
    secret = SECRET.search(leader.screen)
    assert secret
    world.now = at(23, 10, 30)
    await world.tidies()
    copied(world)
    assert not holding(world.folder, secret[0], secret[0].replace("-", ""), secret[0].lower())


async def test_what_was_said_on_the_way_is_in_no_file(world: World, leader: Chat, duty: Chat) -> None:
    """An answer that was changed before sending is nobody's any more."""
    await leader.agrees()
    await leader.says("/masukan")
    await leader.taps("Tanpa nama")
    await leader.taps("Keluhan")
    await leader.says(WORDS, "kembali", "Lampu jalan mati")
    await leader.taps("Lewati")
    await leader.taps("Kirim")
    leader.sees("tanpa nama bagi kantor")
    copied(world)
    assert not holding(world.folder, WORDS)


async def test_files_and_folders_know_no_minute(world: World, leader: Chat, officer: Chat) -> None:
    """Point 5: what an archive of the files keeps of their times is the hour, whoever sent them."""
    await leader.agrees()
    await leader.says("/masukan")
    await leader.taps("Tanpa nama")
    await leader.taps("Keluhan")
    await leader.says("Jalan rusak")
    await leader.sends_photo(picture())
    await world.fetches()
    await leader.taps("Selesai")
    await leader.taps("Kirim")
    await world.fetches()
    shelf = world.folder / "files"
    kept = [shelf, *(path for path in shelf.rglob("*") if "uploads" not in path.parts)]
    assert len(kept) > 2
    assert {path.name: os.stat(path).st_mtime % 3600 for path in kept} == {path.name: 0 for path in kept}
