"""Codes: kept as hashes under a key that is in no database and no backup, and those of before stay good."""

import hashlib
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from bot.key import seal_codes, take_key
from bot.settings import WrongSetting
from handlers.office.codes import KEYED, SEAL, digest, drawn, sealed
from storage.database.database import Transaction
from storage.people import code_hashes, stays
from tests.chat import Chat
from tests.scenarios.test_situation import SECRET, reports
from tests.world import World


@pytest.fixture(autouse=True)
def other_key() -> Iterator[None]:
    before, SEAL.key = SEAL.key, b"another key"
    yield
    SEAL.key = before


def plain(code: str) -> str:
    """As releases before kept it: a hash anybody can make."""
    return hashlib.sha256(code.replace("-", "").encode()).hexdigest()


def test_a_hash_can_be_made_with_the_key_only() -> None:
    code = drawn(12)
    ours = digest(code)
    assert digest(code.lower().replace("-", " ")) == ours
    assert plain(code) not in ours
    SEAL.key = b"a third key"
    assert digest(code) != ours


def test_the_key_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    place = tmp_path / "keys" / "codes.key"
    with ThreadPoolExecutor(8) as together:
        list(together.map(take_key, [place] * 8))
    first = SEAL.key
    take_key(place)
    assert (SEAL.key, len(first), stat.S_IMODE(place.stat().st_mode)) == (first, 32, 0o600)
    assert [path.name for path in place.parent.iterdir()] == ["codes.key"]


async def test_a_key_that_is_lost_is_said(
    world: World, officer: Chat, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Codes given under it are good no more: nobody should have to find that out at the wrong moment."""
    await world.code("officer")
    async with world.awake() as room:
        for said in (True, False):
            caplog.clear()
            new = take_key(tmp_path / "codes.key")
            assert new is said
            await room.database.transact(partial(seal_codes, new_key=new))
            assert ("a new key was made" in caplog.text) is said


@pytest.mark.parametrize("held", [b"", b"short", b"x" * 33])
def test_what_is_no_key_stops_the_start_with_a_sentence(tmp_path: Path, held: bytes) -> None:
    place = tmp_path / "codes.key"
    place.write_bytes(held)
    with pytest.raises(WrongSetting, match="KEY_FILE"):
        take_key(place)


async def test_codes_of_before_stay_good_and_their_hashes_do_not(world: World, leader: Chat, duty: Chat) -> None:
    """A report without a name, a code for an officer and a link, all made before there was a key."""
    await leader.agrees()
    code = await reports(leader, "Tanpa nama")
    secret = SECRET.search(leader.screen)
    assert secret
    invited = await world.code("officer")
    async with world.awake() as room:

        def of_before(tx: Transaction) -> None:
            tx.run("UPDATE tickets SET secret_hash = :old", old=plain(secret[0]))
            tx.run("UPDATE join_codes SET hash = :old WHERE used_at IS NULL", old=plain(invited))

        await room.database.transact(of_before)
        assert await room.database.transact(lambda tx: code_hashes.replace(tx, KEYED, sealed)) >= 2
        assert await room.database.transact(lambda tx: code_hashes.replace(tx, KEYED, sealed)) == 0
    everything = str(await world.everything())
    assert plain(secret[0]) not in everything
    assert plain(invited) not in everything
    await leader.says(f"/cek {secret[0]}")
    leader.sees(code, "Kode berikutnya:")
    newcomer = world.phone("Petugas Baru")
    await newcomer.agrees()
    await newcomer.says(f"/gabung {invited}")
    newcomer.sees("Selamat bergabung sebagai petugas")


def test_every_column_that_keeps_a_hash_of_a_code_is_known() -> None:
    named = {(table, one) for table, kept in stays.TABLES.items() for one in kept.columns.split() if "hash" in one}
    assert named - set(code_hashes.COLUMNS) == {("broadcasts", "hash")}  # of an announcement's words, for approval
