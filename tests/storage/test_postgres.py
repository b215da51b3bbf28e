"""What only PostgreSQL can do to us: go away, come back, refuse us, speak of our password."""

import asyncio
from collections.abc import AsyncIterator, Callable
from functools import partial

import psycopg
import pytest

from storage.database.database import Database, Transaction, open_database
from storage.database.postgres import in_psycopg
from tests.postgres import Address
from tests.storage.test_database import add, names


@pytest.fixture
async def database(postgres_url: str) -> AsyncIterator[Database]:
    database = await open_database(postgres_url)
    yield database
    await database.close()


@pytest.fixture
async def other(postgres_url: str) -> AsyncIterator[Database]:
    other = await open_database(postgres_url)
    yield other
    await other.close()


def pid(tx: Transaction) -> int:
    row = tx.one("SELECT pg_backend_pid() AS pid")
    assert row is not None
    return int(row["pid"])


def cut(url: str, process: int) -> None:
    """The server ends a connection, as it does when it restarts; returns once it has."""
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute("SELECT pg_terminate_backend(%s, 5000)", [process])


def cut_within(tx: Transaction, url: str, name: str) -> None:
    add(tx, name)
    cut(url, pid(tx))


async def test_a_connection_that_died_unused_is_replaced(database: Database, postgres_url: str) -> None:
    await asyncio.to_thread(cut, postgres_url, await database.transact(pid))
    assert await database.transact(partial(add, name="a")) == "a"


async def test_a_connection_that_dies_within_a_batch_fails_all_of_it(database: Database, postgres_url: str) -> None:
    cutting = partial(cut_within, url=postgres_url, name="b")
    turns: list[Callable[[Transaction], object]] = [partial(add, name="a"), cutting, partial(add, name="c")]
    outcomes = await asyncio.gather(*map(database.transact, turns), return_exceptions=True)
    assert [isinstance(outcome, psycopg.OperationalError) for outcome in outcomes] == [True] * 3
    assert await database.transact(names) == []
    assert await database.transact(partial(add, name="d")) == "d"


async def test_a_commit_nobody_confirmed_raises(database: Database, postgres_url: str) -> None:
    """The turn itself goes well, and the connection dies before the commit."""
    with pytest.raises(psycopg.OperationalError):
        await database.transact(lambda tx: cut(postgres_url, pid(tx)))
    assert await database.transact(names) == []


async def test_a_swallowed_failure_is_not_taken_for_a_commit(database: Database) -> None:
    def turn(tx: Transaction) -> None:
        add(tx, "a")
        with pytest.raises(psycopg.Error):
            add(tx, "a")

    with pytest.raises(psycopg.errors.InFailedSqlTransaction):
        await database.transact(turn)
    assert await database.transact(names) == []


async def test_a_table_changed_under_a_running_process_costs_it_one_turn(database: Database, other: Database) -> None:
    """As when a new release migrates while an old one still runs."""
    look = "SELECT * FROM counters WHERE name = :name"
    for _ in range(10):
        await database.transact(lambda tx: tx.one(look, name="a"))
    await other.transact(lambda tx: tx.run("ALTER TABLE counters ADD COLUMN note TEXT"))
    try:
        with pytest.raises(psycopg.errors.FeatureNotSupported):
            await database.transact(lambda tx: tx.one(look, name="a"))
        for _ in range(10):
            await database.transact(lambda tx: tx.one(look, name="a"))
    finally:
        await other.transact(lambda tx: tx.run("ALTER TABLE counters DROP COLUMN note"))


async def test_the_second_waits_for_the_first(database: Database, other: Database) -> None:
    order: list[str] = []

    def slow(tx: Transaction) -> None:
        tx.one("SELECT pg_sleep(0.2)")
        order.append("first")

    first = asyncio.create_task(database.transact(slow))
    await asyncio.sleep(0.1)
    await other.transact(lambda tx: order.append("second"))
    await first
    assert order == ["first", "second"]


async def test_a_lock_that_is_never_given_back_is_not_waited_for_for_ever(
    database: Database, postgres_url: str
) -> None:
    bounds = await database.transact(
        lambda tx: [tx.one(f"SHOW {name}") for name in ("lock_timeout", "statement_timeout")]
    )
    assert [tuple(dict(bound or {}).values()) for bound in bounds] == [("10s",), ("10s",)]
    impatient = await open_database(f"{postgres_url}&options=-c%20lock_timeout%3D50ms")
    with psycopg.connect(postgres_url) as holder:
        holder.execute("SELECT pg_advisory_xact_lock(20230720)")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            await impatient.transact(names)
    assert await impatient.transact(names) == []
    await impatient.close()


async def test_commits_wait_for_the_disk(database: Database) -> None:
    assert await database.transact(lambda tx: dict(tx.one("SHOW synchronous_commit") or {})) == {
        "synchronous_commit": "on"
    }


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://kesbang:rahasia@127.0.0.1:1/kantor",
        "postgresql://kesbang:rahasia%zz@127.0.0.1:1/kantor",
        "postgresql://kesbang:rahasia@127.0.0.1:rahasia/kantor",
        "postgresql://kesbang:rahasia@/kantor?host=/rahasia",
    ],
)
async def test_a_server_that_is_not_there_is_told_without_the_password(address: str) -> None:
    with pytest.raises(ConnectionError) as failure:
        await open_database(address)
    assert "rahasia" not in str(failure.value)
    assert failure.value.__suppress_context__


async def test_a_database_that_is_not_there_or_not_ours_is_told(postgres_server: Address) -> None:
    with pytest.raises(ConnectionError, match="does not exist"):
        await open_database(postgres_server("nowhere"))


async def test_a_user_who_may_not_make_tables_is_told(bare_postgres_url: str) -> None:
    with psycopg.connect(bare_postgres_url, autocommit=True) as admin:
        admin.execute("DROP ROLE IF EXISTS guest")
        admin.execute("CREATE ROLE guest LOGIN")
    with pytest.raises(ConnectionError, match="permission denied"):
        await open_database(bare_postgres_url.replace("//postgres:", "//guest:"))


async def test_a_database_that_is_not_utf8_is_refused(postgres_server: Address) -> None:
    with psycopg.connect(postgres_server("postgres"), autocommit=True) as admin:
        admin.execute("DROP DATABASE IF EXISTS latin")
        admin.execute("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    with pytest.raises(ConnectionError, match="UTF8"):
        await open_database(postgres_server("latin"))


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("SELECT :a, :a_1 FROM t WHERE x=:b", "SELECT %(a)s, %(a_1)s FROM t WHERE x=%(b)s"),
        ("SELECT :a::text, now()::date", "SELECT %(a)s::text, now()::date"),
        ("SELECT 'a:b', 'it''s :c', ':d'", "SELECT 'a:b', 'it''s :c', ':d'"),
        ("SELECT x % 2, '5%'", "SELECT x %% 2, '5%%'"),
        ('SELECT ":a" -- :b\n, :c', 'SELECT ":a" -- :b\n, %(c)s'),
    ],
)
def test_names_are_translated_and_nothing_else(ours: str, theirs: str) -> None:
    assert in_psycopg(ours) == theirs.encode()
