"""A restore destroys nothing: refused while somebody serves and for what is no copy of ours; what was there is kept."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.commands.copies import backup, restore
from bot.settings import Settings, WrongSetting
from storage.database.database import open_database
from storage.database.serving import hold
from tests.storage.test_database import add, names


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A served office's, so that the database is the one that is named."""
    monkeypatch.chdir(tmp_path)
    return Settings(database_url=f"sqlite:///{tmp_path}/office.db", telegram_token="1:a")


@pytest.fixture
async def place(settings: Settings, tmp_path: Path) -> Path:
    """With one word in it."""
    await says(settings, "old")
    return tmp_path / "office.db"


@pytest.fixture
def copy(settings: Settings, place: Path, tmp_path: Path) -> Path:
    assert backup(settings, tmp_path / "copy.db") == 0
    return tmp_path / "copy.db"


async def says(settings: Settings, word: str) -> None:
    database = await open_database(settings.database)
    await database.transact(lambda tx: add(tx, word))
    await database.close()


async def words(place: Path) -> list[str]:
    database = await open_database(f"sqlite:///{place}")
    try:
        return await database.transact(names)
    finally:
        await database.close()


def kept(place: Path) -> list[Path]:
    return sorted(path for path in place.parent.glob("office.db.replaced-*") if path.name.endswith("Z"))


def files(place: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in place.parent.iterdir() if not path.name.endswith(".lock")}


def mode(place: Path) -> int:
    return place.stat().st_mode & 0o777


def put(place: Path, content: bytes | None) -> None:
    """None takes it away."""
    place.unlink(missing_ok=True)
    if content is not None:
        place.write_bytes(content)


async def test_what_is_replaced_is_kept_and_named(
    settings: Settings, place: Path, copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await says(settings, "since then")
    assert restore(settings, copy, force=True) == 0
    assert await words(place) == ["old"]
    (before,) = kept(place)
    assert str(before) in capsys.readouterr().out
    assert await words(before) == ["old", "since then"]
    assert mode(place) == 0o600


async def test_what_stood_in_the_log_of_the_replaced_one_is_kept_with_it(
    settings: Settings, place: Path, copy: Path
) -> None:
    """As a kill left it."""
    with closing(sqlite3.connect(place)) as killed:
        killed.execute("INSERT INTO counters VALUES ('in the log', 0)")
        killed.commit()
        left = {name: content for name, content in files(place).items() if name.startswith("office.db")}
    for name, content in left.items():
        place.with_name(name).write_bytes(content)
    assert restore(settings, copy, force=True) == 0
    assert await words(place) == ["old"]
    assert await words(kept(place)[0]) == ["in the log", "old"]


async def test_while_somebody_serves_nothing_is_restored(settings: Settings, place: Path, copy: Path) -> None:
    serving, before = hold(settings.database), files(place)
    with pytest.raises(WrongSetting, match=r"Nothing was changed.*served by process \d+"):
        restore(settings, copy, force=True)
    assert files(place) == before
    put(place, None)
    with pytest.raises(WrongSetting, match="served by process"):
        restore(settings, copy, force=False)
    serving.end()


def empty(copy: Path) -> None:
    copy.write_bytes(b"")


def a_photo(copy: Path) -> None:
    copy.write_bytes(b"\xff\xd8\xff" + bytes(range(256)) * 64)


def cut_short(copy: Path) -> None:
    copy.write_bytes(copy.read_bytes()[:-20_000])


def damaged(copy: Path) -> None:
    content = bytearray(copy.read_bytes())
    content[8192:40_960] = b"\x55" * 32_768
    copy.write_bytes(content)


def somebody_elses(copy: Path) -> None:
    copy.unlink()
    with closing(sqlite3.connect(copy)) as other:
        other.execute("CREATE TABLE people (id INTEGER)")


def newer(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as database:
        database.execute("INSERT INTO migrations VALUES (9999, '9999_later.sql', 'x')")
        database.commit()


@pytest.mark.parametrize("spoil", [empty, a_photo, cut_short, damaged, somebody_elses, newer])
async def test_what_is_no_sound_copy_of_ours_changes_nothing(
    settings: Settings, place: Path, copy: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(copy)
    before = files(place)
    with pytest.raises(WrongSetting, match=r"[Nn]othing was changed\.$"):
        restore(settings, copy, force=True)
    assert files(place) == before


async def test_the_database_is_not_restored_from_itself(settings: Settings, place: Path) -> None:
    with pytest.raises(WrongSetting, match="is the database itself"):
        restore(settings, place, force=True)
    assert await words(place) == ["old"]


async def test_an_office_that_was_lost_is_put_back_over_its_remains(
    settings: Settings, place: Path, copy: Path
) -> None:
    serving = hold(settings.database)
    serving.remember()
    serving.end()
    put(place, b"")
    put(place.with_name("office.db-wal"), b"damaged" * 2000)
    assert restore(settings, copy, force=True) == 0
    assert await words(place) == ["old"]
    assert files(place)[f"{kept(place)[0].name}-wal"] == b"damaged" * 2000


def test_a_copy_that_cannot_be_written_leaves_nothing_with_its_name(settings: Settings, copy: Path) -> None:
    with pytest.raises(WrongSetting, match="there already"):
        backup(settings, copy)
    spoilt = copy.with_name("spoilt.db")
    damaged(copy.with_name("office.db"))
    with pytest.raises(WrongSetting):
        backup(settings, spoilt)
    assert not list(copy.parent.glob("spoilt*"))
