"""What was said without a name leaves the files of the database too, not only its tables."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.chat import Chat
from tests.scenarios.test_situation import SECRET, reports
from tests.world import World

WORDS = "Gudang zirkonium di belakang pasar"


@pytest.fixture
def looked_into(world: World, leader: Chat, duty: Chat) -> Iterator[World]:
    """Somebody has the file open, so that nothing is tidied up by closing it: what is there now a kill would leave."""
    if world.url:
        pytest.skip("PostgreSQL's log is its own: decision 3")
    with closing(sqlite3.connect(world.file)) as other:
        other.execute("SELECT count(*) FROM sqlite_master").fetchone()
        yield world


def copies(world: World, words: str) -> int:
    """How often they stand in any of the database's files, in whatever way a text is written."""
    whole = b"".join(path.read_bytes() for path in sorted(world.folder.glob("office.db*")))
    return sum(whole.count(words.encode(how)) for how in ("utf-8", "utf-16-le", "utf-16-be"))


async def test_of_a_nameless_report_only_the_ticket_stays(looked_into: World, leader: Chat, duty: Chat) -> None:
    await leader.agrees()
    code = await reports(leader, "Tanpa nama", WORDS)
    secret = SECRET.search(leader.screen)
    assert secret
    duty.sees(code, WORDS)
    left = [copies(looked_into, words) for words in (WORDS, secret[0])]  # before anybody opens it again
    said = str(await looked_into.everything())
    assert left == [said.count(WORDS), said.count(secret[0])]
    assert left[0]


async def test_who_is_erased_leaves_the_files_at_once(looked_into: World, leader: Chat) -> None:
    await leader.agrees()
    await leader.says("/profil", "Raras Zirkonia")
    assert copies(looked_into, "Raras Zirkonia") > 1
    await leader.says("/hapus")
    await leader.taps("Ya, hapus data saya")
    assert copies(looked_into, "Raras Zirkonia") == 0
