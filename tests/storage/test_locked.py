"""Somebody else holds the database for longer than we wait: who waits is told, each their own way, and it goes on."""

import asyncio
import sqlite3
import traceback
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from functools import partial
from typing import Any

import psycopg
import pytest

from storage.database import sqlite_file
from storage.database.database import Database, Transaction, open_database
from storage.database.faults import Interrupted, of_the_database
from tests.storage.test_database import add, fail, names

Held = Callable[[], AbstractContextManager[None]]
IMPATIENT = 0.2
"""Seconds the lock is waited for here; 10 in earnest."""


@pytest.fixture
def url(url: str, dialect: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(sqlite_file, "BUSY_SECONDS", IMPATIENT)
    return url if dialect == "sqlite" else f"{url}&options=-c%20lock_timeout%3D200ms"


@pytest.fixture
def held(url: str, database: Database) -> Held:
    """The database in somebody else's hands."""

    @contextmanager
    def by_sqlite() -> Iterator[None]:
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as holder:
            holder.execute("BEGIN IMMEDIATE")
            yield

    @contextmanager
    def by_postgresql() -> Iterator[None]:
        with psycopg.connect(url) as holder:
            holder.execute("SELECT pg_advisory_xact_lock(20230720)")
            yield

    return by_sqlite if url.startswith("sqlite") else by_postgresql


async def failure_of(turn: "asyncio.Future[Any]") -> BaseException:
    with pytest.raises((sqlite3.OperationalError, psycopg.OperationalError)) as failed:
        await turn
    return failed.value


async def test_whoever_clears_the_traceback_of_a_failure_takes_nobody_elses_turn_along(
    database: Database, held: Held
) -> None:
    """As a scheduler does with what its job raised, while the next batch is under way already."""
    with held():
        early = [asyncio.ensure_future(database.transact(partial(add, name=f"a{n}"))) for n in range(60)]
        traceback.clear_frames((await failure_of(early[0])).__traceback__)
    async with asyncio.timeout(10):
        late = await asyncio.gather(*early[1:], return_exceptions=True)
        assert await database.transact(partial(add, name="b")) == "b"
    assert len(late) == 59
    assert "a59" in await database.transact(names)


async def test_each_of_those_who_wait_gets_a_failure_of_its_own(database: Database, held: Held) -> None:
    with held():
        turns = [asyncio.ensure_future(database.transact(names)) for _ in range(5)]
        failures = [await failure_of(turn) for turn in turns]
    assert len({id(failure) for failure in failures}) == 5
    assert all(of_the_database(failure) for failure in failures)
    assert len({str(failure) for failure in failures}) == 1
    assert await database.transact(names) == []


async def test_a_worker_that_is_ended_leaves_nobody_waiting(database: Database, held: Held) -> None:
    with held():
        turns = [asyncio.ensure_future(database.transact(names)) for _ in range(60)]
        await asyncio.sleep(IMPATIENT / 4)
        assert database._worker is not None  # type: ignore[attr-defined]
        database._worker.cancel()  # type: ignore[attr-defined]
        told = await asyncio.wait_for(asyncio.gather(*turns, return_exceptions=True), 5)
    assert [type(failure) for failure in told] == [Interrupted] * 60
    assert await database.transact(partial(add, name="a")) == "a"


async def test_the_turn_of_somebody_who_does_not_wait_any_more_is_not_run(database: Database, held: Held) -> None:
    with held():
        waits = asyncio.ensure_future(database.transact(names))
        await asyncio.sleep(0)
        leaves = asyncio.ensure_future(database.transact(partial(add, name="a")))
        await asyncio.sleep(IMPATIENT / 4)
        leaves.cancel()
        await failure_of(waits)
    assert await database.transact(names) == []


def full(tx: Transaction) -> None:
    fault = sqlite3.OperationalError("database or disk is full")
    fault.sqlite_errorcode = sqlite3.SQLITE_FULL
    raise fault


def swallowed(tx: Transaction) -> str:
    """What handlers do with a fault of ours in one of many."""
    try:
        with tx.attempt():
            full(tx)
    except Exception:
        return "set aside"
    return "done"


@pytest.mark.parametrize("turn", [full, swallowed])
async def test_what_the_database_could_not_do_fails_the_batch_whoever_caught_it(
    database: Database, turn: Callable[[Transaction], object]
) -> None:
    others: list[Callable[[Transaction], object]] = [partial(add, name="c"), partial(fail, name="d")]
    turns: list[Callable[[Transaction], object]] = [partial(add, name="a"), turn, *others]
    told = await asyncio.gather(*(database.transact(each) for each in turns), return_exceptions=True)
    assert [str(failure) for failure in told] == ["database or disk is full"] * 4
    assert await database.transact(names) == []


async def test_a_file_that_cannot_grow_undoes_the_whole_batch(url: str, dialect: str) -> None:
    """SQLite may then undo everything by itself: what came behind must not be committed on its own."""
    if dialect != "sqlite":
        pytest.skip("a limit of SQLite's own")
    database = await open_database(url)
    pages = await database.transact(lambda tx: dict(tx.one("PRAGMA page_count") or {})["page_count"])
    await database.transact(lambda tx: tx.one(f"PRAGMA max_page_count = {pages}"))
    turns = [partial(add, name="a"), partial(add, name="b" * 100_000), partial(add, name="c")]
    told = await asyncio.gather(*map(database.transact, turns), return_exceptions=True)
    assert [type(failure) for failure in told] == [sqlite3.OperationalError] * 3
    assert await database.transact(names) == []
    await database.close()


@pytest.mark.parametrize("said", ["database is locked", "disk I/O error", "unable to open database file"])
def test_what_passes_is_the_databases_fault(said: str) -> None:
    assert of_the_database(sqlite3.OperationalError(said))
    assert of_the_database(psycopg.errors.DiskFull(said))
    assert of_the_database(ConnectionError(said))


def test_what_is_wrong_with_a_statement_is_ours() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE one (id INTEGER PRIMARY KEY)")
        for wrong in ("SELECT nothing FROM one", "SELEKT 1", "INSERT INTO one VALUES (1), (1)", "SELECT :a"):
            with pytest.raises(sqlite3.Error) as failed:
                connection.execute(wrong)
            assert not of_the_database(failed.value), wrong
    assert not of_the_database(psycopg.errors.UndefinedColumn())
    assert not of_the_database(psycopg.errors.InFailedSqlTransaction())
