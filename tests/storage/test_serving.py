"""One process serves a file; an office that was there and is gone is noticed."""

import os
import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage.database.database import open_database
from storage.database.faults import Unfit
from storage.database.serving import hold, lock_of
from tests.storage.test_database import add, names


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "data" / "office.db"


def url(place: Path) -> str:
    return f"sqlite:///{place}"


def test_a_second_process_is_refused_and_told_of_the_first(place: Path) -> None:
    first = hold(url(place))
    with pytest.raises(Unfit) as refused:
        hold(url(place))
    assert f"process {os.getpid()} on {socket.gethostname()} since " in str(refused.value)
    first.end()
    hold(url(place)).end()
    assert lock_of(place).stat().st_mode & 0o777 == 0o600


def test_what_a_dead_process_left_keeps_nobody_out(place: Path) -> None:
    place.parent.mkdir()
    lock_of(place).write_text("process 1 on elsewhere since long ago, and a longer line than ours will ever be\n" * 3)
    hold(url(place)).end()
    assert "elsewhere" not in lock_of(place).read_text()


def test_on_postgresql_several_may_serve() -> None:
    for _ in range(2):
        hold("postgresql://localhost/office").remember()


async def kept(place: Path) -> None:
    """An office that was served, with something in it."""
    serving = hold(url(place))
    database = await open_database(url(place))
    serving.remember()
    await database.transact(lambda tx: add(tx, "a"))
    await database.close()
    serving.end()


def leave(place: Path, remains: str) -> None:
    place.unlink()
    if remains == "an empty file":
        place.touch()
    if remains == "one page":
        with closing(sqlite3.connect(place)) as fresh:
            fresh.execute("PRAGMA journal_mode=WAL")


@pytest.mark.parametrize("remains", ["nothing", "an empty file", "one page"])
async def test_an_office_that_was_served_and_is_gone_stops_the_start(place: Path, remains: str) -> None:
    await kept(place)
    leave(place, remains)
    for _ in range(2):
        hold(url(place)).end()
        with pytest.raises(Unfit, match=r"an office was kept there.*office\.db\.lock"):
            await open_database(url(place))
    lock_of(place).unlink()
    await (await open_database(url(place))).close()


async def all_in_the_log(place: Path) -> bytes:
    """What a kill left of an office whose tables are in the log alone; the log."""
    place.parent.mkdir()
    other = place.with_name("other.db")
    database = await open_database(url(other))
    await database.transact(lambda tx: add(tx, "a"))
    await database.close()
    return killed(other, place)


def killed(other: Path, place: Path) -> bytes:
    with closing(sqlite3.connect(other)) as source, closing(sqlite3.connect(place)) as copy:
        copy.execute("PRAGMA journal_mode=WAL")
        page = place.read_bytes()
        source.backup(copy)
        log = log_of(place).read_bytes()
    place.write_bytes(page)
    log_of(place).write_bytes(log)
    return log


def log_of(place: Path) -> Path:
    return place.with_name(f"{place.name}-wal")


def sizes(place: Path) -> tuple[int, int]:
    return place.stat().st_size, log_of(place).stat().st_size


async def test_an_office_that_is_in_the_log_alone_is_found(place: Path) -> None:
    await all_in_the_log(place)
    database = await open_database(url(place))
    assert await database.transact(names) == ["a"]
    await database.close()


async def test_a_damaged_log_is_not_taken_for_a_new_office_and_stays_as_it_is(place: Path) -> None:
    log = await all_in_the_log(place)
    damaged = b"\x00" * 16 + log[16:]
    log_of(place).write_bytes(damaged)
    for _ in range(2):
        with pytest.raises(Unfit, match=r"office\.db-wal, which holds what was kept, cannot be read"):
            await open_database(url(place))
    assert log_of(place).read_bytes() == damaged


async def test_a_first_start_that_was_killed_before_it_was_whole_begins_again(place: Path) -> None:
    log = await all_in_the_log(place)
    log_of(place).write_bytes(log[: 32 + 3 * 4120])
    database = await open_database(url(place))
    assert await database.transact(names) == []
    await database.close()


async def test_after_the_first_start_the_tables_are_in_the_file_itself(place: Path) -> None:
    database = await open_database(url(place))
    in_the_file, in_the_log = sizes(place)
    assert in_the_file > 100_000
    assert in_the_log == 0
    await database.close()
