"""From no tables to the newest, once, whoever comes first."""

import asyncio
from pathlib import Path

import pytest

from storage.database import migrate
from storage.database.database import Transaction, open_database
from storage.database.migrate import scripts

DIALECTS = ("sqlite", "postgresql")


def done(tx: Transaction) -> list[tuple[int, str]]:
    return [(row["number"], row["name"]) for row in tx.all("SELECT * FROM migrations ORDER BY number")]


def expected(dialect: str) -> list[tuple[int, str]]:
    return [(number, path.name) for number, path in scripts(dialect)]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_numbers_have_no_gap_and_no_twin(dialect: str) -> None:
    numbers = [number for number, _ in scripts(dialect)]
    assert numbers == list(range(1, len(numbers) + 1))


def test_both_databases_know_the_same_numbers_and_every_script_is_for_somebody() -> None:
    known = [scripts(dialect) for dialect in DIALECTS]
    assert [number for number, _ in known[0]] == [number for number, _ in known[1]]
    assert {path for some in known for _, path in some} == set(migrate.MIGRATIONS.glob("*.sql"))


async def test_an_empty_database_gets_every_table(bare_url: str, dialect: str) -> None:
    database = await open_database(bare_url)
    assert await database.transact(done) == expected(dialect)
    await database.close()


async def test_opening_again_changes_nothing(bare_url: str, dialect: str) -> None:
    for _ in range(3):
        database = await open_database(bare_url)
        assert await database.transact(done) == expected(dialect)
        await database.close()


async def test_several_processes_may_start_at_once(bare_url: str, dialect: str) -> None:
    opened = await asyncio.gather(*(open_database(bare_url) for _ in range(6)))
    for database in opened:
        assert await database.transact(done) == expected(dialect)
        await database.close()


async def test_only_what_is_new_is_run(
    bare_url: str, dialect: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrate, "MIGRATIONS", tmp_path)
    (tmp_path / "0001_one.sql").write_text("CREATE TABLE one (id INTEGER PRIMARY KEY, raw BLOB, word TEXT);\n")
    await (await open_database(bare_url)).close()
    (tmp_path / "0002_two.sql").write_text("INSERT INTO one (word) VALUES ('a; b');\n\n-- Only a remark.\n")
    for _ in range(2):
        database = await open_database(bare_url)
        rows = await database.transact(lambda tx: tx.all("SELECT id, raw, word FROM one"))
        assert [tuple(dict(row).values()) for row in rows] == [(1, None, "a; b")]
        await database.close()
    assert expected(dialect) == [(1, "0001_one.sql"), (2, "0002_two.sql")]


async def test_a_script_that_fails_leaves_nothing_behind(
    bare_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrate, "MIGRATIONS", tmp_path)
    script = tmp_path / "0001_one.sql"
    script.write_text("CREATE TABLE one (id INTEGER PRIMARY KEY);\n\nCREATE TABLE one (id INTEGER PRIMARY KEY);\n")
    with pytest.raises(Exception, match="already exists"):
        await open_database(bare_url)
    script.write_text("CREATE TABLE one (id INTEGER PRIMARY KEY);\n")
    database = await open_database(bare_url)
    assert len(await database.transact(done)) == 1
    await database.close()
