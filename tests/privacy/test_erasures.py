"""Point 10: what was erased after a copy was made does not come back with it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.commands.admin import erase_again
from bot.commands.copies import backup, restore
from bot.key import take_key
from bot.running.erasures import NAME, Erasures, list_of
from bot.settings import Settings
from handlers.office.codes import SEAL
from storage.database.database import Transaction
from storage.tickets import emptying
from tests.chat import Chat
from tests.privacy.test_bytes import holding
from tests.scenarios.test_suggest import suggests
from tests.world import World, at


@pytest.fixture
def settings(world: World, tmp_path: Path) -> Iterator[Settings]:
    """The office's, with its key and list in a folder of their own."""
    if world.url:
        pytest.skip("PostgreSQL's own tools make copies there")
    before = SEAL.key
    key = tmp_path / "keys" / "codes.key"
    take_key(key)
    yield Settings(_env_file=None, database_url=f"sqlite:///{world.file}", telegram_token="1:x", key_file=key)
    SEAL.key = before


async def ticks(world: World, settings: Settings) -> Erasures:
    """As the clock does every ten minutes."""
    erasures = list_of(settings)
    async with world.awake() as room:
        room.clock.erasures = erasures
        await room.clock.tidy()
    return erasures


async def erases(chat: Chat) -> None:
    await chat.says("/hapus")
    await chat.taps("Ya, hapus data saya")
    chat.sees("sudah dihapus")


@pytest.mark.parametrize("machine", ["the same", "a new one"])
async def test_who_was_erased_since_is_erased_again(
    world: World, leader: Chat, officer: Chat, settings: Settings, tmp_path: Path, machine: str
) -> None:
    """On the same machine the database that is replaced tells, on a new one the list that was kept beside the key."""
    await leader.joins()
    await suggests(leader, words="Lampu zirkonium mati")
    copy = tmp_path / "copy.db"
    assert backup(settings, copy) == 0
    await erases(leader)
    if machine == "a new one":
        await ticks(world, settings)
        world.file.unlink()
    assert restore(settings, copy, force=True) == 0
    for path in [copy, *world.folder.glob("office.db.replaced*")]:
        path.unlink()
    assert not holding(world.folder, "zirkonium", "Siti Aminah", leader.address)
    assert not await world.rows("SELECT id FROM tickets WHERE closed_at IS NULL")
    await officer.says("/antrean")
    officer.sees_no("zirkonium")
    await leader.agrees()


async def test_it_can_be_done_where_the_database_has_tools_of_its_own(
    world: World, leader: Chat, settings: Settings, tmp_path: Path
) -> None:
    await leader.agrees()
    await leader.says("/profil", "Raras Zirkonia")
    copy = tmp_path / "copy.db"
    assert backup(settings, copy) == 0
    await erases(leader)
    await ticks(world, settings)
    world.file.write_bytes(copy.read_bytes())
    assert await erase_again(settings) == 0
    assert "Zirkonia" not in str(await world.everything())


async def test_who_came_back_stays(world: World, leader: Chat, settings: Settings, tmp_path: Path) -> None:
    """Erased, agreed again, and only then was the copy made."""
    await leader.agrees()
    await erases(leader)
    await leader.agrees()
    await leader.says("/profil", "Raras Zirkonia")
    await ticks(world, settings)
    copy = tmp_path / "copy.db"
    assert backup(settings, copy) == 0
    assert restore(settings, copy, force=True) == 0
    assert "Raras Zirkonia" in str(await world.everything())


async def test_words_whose_time_was_over_stay_away(
    world: World, leader: Chat, officer: Chat, settings: Settings, tmp_path: Path
) -> None:
    await leader.agrees()
    code = await suggests(leader, "Tanpa nama", "Lampu zirkonium mati")
    copy = tmp_path / "copy.db"
    assert backup(settings, copy) == 0
    async with world.awake() as room:

        def empties(tx: Transaction) -> None:
            row = tx.one("SELECT id FROM tickets WHERE code = :code", code=code)
            assert row
            emptying.empty_one(tx, row["id"], world.now)

        await room.database.transact(empties)
    assert restore(settings, copy, force=True) == 0
    assert "zirkonium" not in str(await world.everything())


async def test_a_form_without_a_name_that_was_open_in_the_copy_is_not_in_what_is_put_back(
    world: World, leader: Chat, settings: Settings, tmp_path: Path
) -> None:
    await leader.agrees()
    world.now = at(23, 15)
    await leader.says("/masukan")
    await leader.taps("Tanpa nama")
    await leader.taps("Keluhan")
    await leader.says("Lampu zirkonium mati")
    copy = tmp_path / "copy.db"
    assert backup(settings, copy) == 0
    assert holding(copy.parent, "zirkonium")
    assert restore(settings, copy, force=True) == 0
    for path in [copy, *world.folder.glob("office.db.replaced*")]:
        path.unlink()
    assert not holding(world.folder, "zirkonium")


async def test_the_list_names_nobody_and_is_its_owners_alone(world: World, leader: Chat, settings: Settings) -> None:
    await leader.agrees()
    await erases(leader)
    erasures = await ticks(world, settings)
    world.now += timedelta(days=1)
    await ticks(world, settings)
    kept = settings.key_file.with_name(NAME)
    assert (kept, kept.stat().st_mode & 0o777) == (erasures.at, 0o600)
    (line,) = kept.read_text().split()
    assert line.startswith("k:")
    assert leader.address not in line


async def test_a_list_that_cannot_be_written_is_said_and_stops_nothing(
    world: World, leader: Chat, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    await leader.agrees()
    await erases(leader)
    settings.key_file.with_name(NAME).mkdir()
    await ticks(world, settings)
    assert "cannot be written" in caplog.text
