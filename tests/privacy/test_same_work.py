"""Point 16: a code that was never given, one that is used up and one whose time is over are told apart by nothing.

Not by words, and not by the time an answer takes, for the same work is done: the same statements in the same order, and
as many hashes. Counted rather than timed, so that a busy machine neither hides nor invents a difference.
"""

import re

import pytest

from handlers.office import codes
from storage.database.postgres import PostgresTransaction
from storage.database.sqlite_file import SQLiteTransaction
from tests.chat import Chat
from tests.scenarios.test_situation import SECRET, reports
from tests.world import World

NEVER = {8: "2222-333A", 12: "2222-3333-444A"}
"""Codes that nobody was ever given, by their length."""
LINK = r"[0-9A-Z]{4}-[0-9A-Z]{4}"


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement and every hash, in order."""
    done: list[str] = []
    for kind in (SQLiteTransaction, PostgresTransaction):
        for verb in ("run", "one", "all"):
            plain = getattr(kind, verb)

            def noted(tx: object, sql: str, plain: object = plain, **values: object) -> object:
                done.append(sql)
                return plain(tx, sql, **values)  # type: ignore[operator]

            monkeypatch.setattr(kind, verb, noted)
    sealed = codes.sealed

    def hashed(plain: str) -> str:
        done.append("a hash")
        return sealed(plain)

    monkeypatch.setattr(codes, "sealed", hashed)
    return done


async def answers(chat: Chat, work: list[str], *said: str) -> list[tuple[str, list[str]]]:
    """Words and work for each of these."""
    found = []
    for words in said:
        work.clear()
        await chat.says(words)
        found.append((chat.screen, [*work]))
    return found


def all_alike(found: list[tuple[str, list[str]]]) -> bool:
    assert all("tidak berlaku" in words and "a hash" in work for words, work in found)
    return all(one == found[0] for one in found)


async def test_of_a_report_without_a_name(world: World, leader: Chat, duty: Chat, work: list[str]) -> None:
    await leader.agrees()
    await reports(leader, "Tanpa nama")
    used = SECRET.search(leader.screen)
    assert used
    await leader.says(f"/cek {used[0]}")
    leader.sees("Kode berikutnya")
    assert all_alike(await answers(leader, work, *(f"/cek {code}" for code in (used[0], NEVER[12], used[0]))))


async def test_that_makes_an_officer(world: World, leader: Chat, officer: Chat, work: list[str]) -> None:
    await leader.agrees()
    used, over = await world.code(), await world.code(hours=-1)
    await officer.says(f"/gabung {used}")
    officer.sees("Selamat bergabung")
    assert all_alike(await answers(leader, work, *(f"/gabung {code}" for code in (used, over, NEVER[12]))))


async def test_that_links_two_messengers(world: World, leader: Chat, work: list[str]) -> None:
    """Taken by somebody else, over, and never given."""
    given = []
    for name in ("Budi Santoso", "Rina Wati"):
        maker = world.beside(world.elsewhere, name)
        await maker.agrees()
        await maker.says("/hubungkan")
        found = re.search(LINK, maker.screen)
        assert found
        given.append(found[0])
    other = world.phone("Joko Susilo")
    await other.agrees()
    await leader.agrees()
    await other.says(f"/hubungkan {given[0]}")
    other.sees("Kode dikenali")
    taken = await answers(leader, work, f"/hubungkan {given[0]}", f"/hubungkan {NEVER[8]}")
    world.now = world.now.replace(minute=59)
    assert all_alike(taken + await answers(leader, work, f"/hubungkan {given[1]}", f"/hubungkan {NEVER[8]}"))
