"""What `transact` promises, on both databases."""

import asyncio
import sqlite3
from functools import partial

import psycopg
import pytest

from storage.database.database import Database, Transaction, open_database
from storage.machine import audit
from tests.storage.office import NOW

ADD = "INSERT INTO counters VALUES (:name, 0)"
REFUSED = (sqlite3.Error, psycopg.Error)


def add(tx: Transaction, name: str) -> str:
    tx.run(ADD, name=name)
    return name


def fail(tx: Transaction, name: str) -> None:
    add(tx, name)
    raise LookupError(name)


def names(tx: Transaction) -> list[str]:
    return [row["name"] for row in tx.all("SELECT name FROM counters ORDER BY name")]


async def test_what_a_turn_returns_comes_back_and_stays(database: Database, url: str) -> None:
    assert await database.transact(partial(add, name="a")) == "a"
    again = await open_database(url)
    assert await again.transact(names) == ["a"]
    await again.close()


async def test_what_a_turn_raises_comes_back_and_nothing_of_it_stays(database: Database) -> None:
    with pytest.raises(LookupError, match="a"):
        await database.transact(partial(fail, name="a"))
    assert await database.transact(names) == []


async def test_turns_that_wait_together_commit_together_and_in_order(database: Database, other: Database) -> None:
    seen: list[str] = []

    def turn(tx: Transaction, name: str) -> int:
        seen.append(add(tx, name))
        return len(names(tx))

    ranks = await asyncio.gather(*(database.transact(partial(turn, name=f"{n:03}")) for n in range(500)))
    assert ranks == list(range(1, 501))
    assert seen == sorted(seen)
    assert await other.transact(names) == seen


async def test_a_failing_turn_takes_nobody_with_it(database: Database) -> None:
    turns = [partial(fail if n % 3 == 0 else add, name=f"{n:02}") for n in range(30)]
    outcomes = await asyncio.gather(*map(database.transact, turns), return_exceptions=True)
    assert [isinstance(outcome, LookupError) for outcome in outcomes] == [n % 3 == 0 for n in range(30)]
    assert await database.transact(names) == [f"{n:02}" for n in range(30) if n % 3]


async def test_a_statement_the_database_refuses_takes_nobody_with_it(database: Database) -> None:
    turns = [partial(add, name=name) for name in ("a", "a", "b")]
    outcomes = await asyncio.gather(*map(database.transact, turns), return_exceptions=True)
    assert isinstance(outcomes[1], REFUSED)
    assert await database.transact(names) == ["a", "b"]


async def test_an_attempt_undoes_what_is_inside_and_only_that(database: Database) -> None:
    def turn(tx: Transaction) -> list[str]:
        add(tx, "before")
        with tx.attempt():
            add(tx, "inside")
            with pytest.raises(REFUSED), tx.attempt():
                names(tx), add(tx, "deeper"), add(tx, "inside")
        with pytest.raises(LookupError), tx.attempt():
            fail(tx, "undone")
        add(tx, "undone")
        return names(tx)

    assert await database.transact(turn) == ["before", "inside", "undone"]


async def test_run_tells_how_many_rows_it_changed(database: Database) -> None:
    def turn(tx: Transaction) -> list[int]:
        add(tx, "a")
        add(tx, "b")
        again = f"{ADD} ON CONFLICT DO NOTHING"
        change = "UPDATE counters SET last = last + 1 WHERE name <> :name"
        return [tx.run(again, name="a"), tx.run(again, name="c"), tx.run(change, name="a"), tx.run(change, name="b")]

    assert await database.transact(turn) == [0, 1, 2, 2]


async def test_one_without_a_row_is_none(database: Database) -> None:
    assert await database.transact(lambda tx: tx.one("SELECT * FROM counters")) is None


async def test_bytes_come_back_as_they_went(database: Database) -> None:
    raw = bytes(range(256))

    def turn(tx: Transaction) -> bytes:
        tx.run("INSERT INTO inbox (channel, key, raw, received_at) VALUES ('web', 'k', :raw, 'now')", raw=raw)
        row = tx.one("SELECT raw FROM inbox")
        assert row is not None
        return bytes(row["raw"])

    assert await database.transact(turn) == raw


@pytest.mark.parametrize("text", ["", "100 % :nama ::text 'kutip' \"dua\" \\ {}", "Monggo 🙏 ꦩꦁꦒ", "a\nb\r\n\tc"])
async def test_text_comes_back_as_it_went(database: Database, text: str) -> None:
    assert await database.transact(lambda tx: [add(tx, text), *names(tx)]) == [text, text]


async def test_a_nul_in_a_text_breaks_no_turn(database: Database, dialect: str) -> None:
    assert await database.transact(lambda tx: [add(tx, "a\x00b"), *names(tx)][1]) == (
        "a\x00b" if dialect == "sqlite" else "a\ufffdb"
    )


async def test_colons_and_percent_signs_in_a_statement_are_left_alone(database: Database) -> None:
    sql = """SELECT ':name' AS a, '50%' AS b, 7 % 4 AS c, :name || ':x''y' AS "d:e" -- :name and 1 % of it
    WHERE 'abc' LIKE '%b%' AND 1 = :one"""
    row = await database.transact(lambda tx: tx.one(sql, name="n", one=1))
    assert row is not None
    assert dict(row) == {"a": ":name", "b": "50%", "c": 3, "d:e": "n:x'y"}


async def test_texts_are_in_the_same_order_everywhere(database: Database) -> None:
    words = ["_b", "B", "a", "a b", "ab", "Z", "é", "a-c", "🙏", "1", "10", "2"]
    assert await database.transact(lambda tx: [[add(tx, word) for word in words], names(tx)][1]) == sorted(words)


async def test_ids_grow_in_the_order_of_commits(database: Database, other: Database) -> None:
    def turn(tx: Transaction) -> int:
        row = tx.one("INSERT INTO people (language, created_at) VALUES ('id', 'now') RETURNING id")
        newest = tx.one("SELECT max(id) AS id FROM people")
        assert row is not None
        assert newest == row or dict(newest or {}) == dict(row)
        return int(row["id"])

    ids = await asyncio.gather(*(each.transact(turn) for _ in range(60) for each in (database, other)))
    assert sorted(ids) == sorted(set(ids))
    assert ids[::2] == sorted(ids[::2])
    assert ids[1::2] == sorted(ids[1::2])


@pytest.mark.parametrize("change", ["UPDATE audit SET why = 'x'", "DELETE FROM audit"])
async def test_the_audit_is_append_only(database: Database, change: str) -> None:
    await database.transact(lambda tx: audit.add(tx, 1, "officer", "approved", "meeting:1", None, NOW))
    with pytest.raises(REFUSED, match="append-only"):
        await database.transact(lambda tx: tx.run(change))
    assert len(await database.transact(lambda tx: audit.of_subject(tx, "meeting:1"))) == 1


async def test_closing_finishes_what_waits(url: str) -> None:
    first = await open_database(url)
    waiting = asyncio.gather(*(first.transact(partial(add, name=name)) for name in "abc"))
    await asyncio.sleep(0)
    await first.close()
    assert await waiting == ["a", "b", "c"]
    with pytest.raises((ValueError, RuntimeError)):
        await first.transact(names)


async def test_any_other_address_is_refused() -> None:
    with pytest.raises(ValueError, match="DATABASE_URL"):
        await open_database("mysql://localhost/x")
