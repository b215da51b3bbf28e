"""What ran on a database is known: a script that was changed afterwards, or is not known here, stops the start."""

from pathlib import Path

import pytest

from storage.database import migrate
from storage.database.database import Transaction, open_database
from storage.database.faults import Unfit
from storage.database.migrate import MIGRATIONS
from storage.database.schema import sum_of

SUMS = MIGRATIONS / "SHA256SUMS"
ONE = "CREATE TABLE one (id INTEGER PRIMARY KEY, word TEXT);\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Scripts of our own."""
    folder = tmp_path / "scripts"
    folder.mkdir()
    monkeypatch.setattr(migrate, "MIGRATIONS", folder)
    (folder / "0001_one.sql").write_text(ONE)
    return folder


async def opened(url: str, *changes: str) -> None:
    """Open, change something by hand, close."""
    database = await open_database(url)
    for change in changes:
        await database.transact(lambda tx, sql=change: tx.run(sql))  # type: ignore[misc]
    await database.close()


def test_a_script_that_has_landed_is_never_edited() -> None:
    """A new one is added to the list in the commit that brings it: `sha256sum *.sql > SHA256SUMS`."""
    landed = {line.split()[1]: line.split()[0] for line in SUMS.read_text().splitlines()}
    assert {path.name: sum_of(path) for path in sorted(MIGRATIONS.glob("*.sql"))} == landed


async def test_a_script_that_was_edited_after_it_ran_stops_the_start(bare_url: str, folder: Path) -> None:
    await opened(bare_url)
    (folder / "0001_one.sql").write_text(ONE.replace("word TEXT", "word TEXT, late TEXT"))
    with pytest.raises(Unfit, match=r"0001_one\.sql was changed after it had run on this database"):
        await opened(bare_url)
    (folder / "0001_one.sql").write_bytes(ONE.replace("\n", "\r\n").encode())
    await opened(bare_url)


async def test_a_database_of_a_newer_release_stops_the_start(bare_url: str, folder: Path) -> None:
    (folder / "0002_two.sql").write_text("CREATE TABLE two (id INTEGER PRIMARY KEY);\n")
    await opened(bare_url)
    (folder / "0002_two.sql").unlink()
    with pytest.raises(Unfit, match=r"newer release \(script 0002"):
        await opened(bare_url)


FORGET = ("ALTER TABLE migrations DROP COLUMN sha256",)
"""As a database was made before anybody wrote the sums down."""


def sums(tx: Transaction) -> list[str | None]:
    return [row["sha256"] for row in tx.all("SELECT sha256 FROM migrations ORDER BY number")]


async def test_a_database_of_before_gets_its_sums_once_its_columns_are_found(bare_url: str, dialect: str) -> None:
    await opened(bare_url, *FORGET)
    database = await open_database(bare_url)
    assert await database.transact(sums) == [sum_of(path) for _, path in migrate.scripts(dialect)]
    await database.close()


async def test_a_database_of_before_that_lacks_a_column_stops_the_start_and_stays_as_it_was(bare_url: str) -> None:
    await opened(bare_url, *FORGET, "ALTER TABLE people DROP COLUMN created_at", "DROP TABLE pulse")
    for _ in range(2):
        with pytest.raises(Unfit, match=r"lacks people\.created_at, pulse\.id, pulse\.proof:"):
            await opened(bare_url)
