"""Every table and column is named in what the wipe uses, and the document written from it is fresh."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.database.database import Database, open_database
from storage.people.stays import TABLES
from tests.privacy.document import PLACE, document

OWN = {"sqlite_sequence"}
"""SQLite's own: the highest number ever given, of tables that never give one twice."""
COLUMNS = """SELECT m.name AS name, p.name AS held FROM sqlite_master m JOIN pragma_table_info(m.name) p
  WHERE m.type = 'table' ORDER BY 1, 2"""


@pytest.fixture
async def database(folder: Path) -> AsyncIterator[Database]:
    database = await open_database(f"sqlite:///{folder / 'office.db'}")
    yield database
    await database.close()


async def test_every_table_and_column_is_named(database: Database) -> None:
    there: dict[str, set[str]] = {}
    for row in await database.transact(lambda tx: tx.all(COLUMNS)):
        there.setdefault(row["name"], set()).add(row["held"])
    assert {name: set(kept.columns.split()) for name, kept in TABLES.items()} == {
        name: held for name, held in there.items() if name not in OWN
    }


@pytest.mark.parametrize("table", TABLES)
def test_what_is_emptied_is_there_and_said(table: str) -> None:
    kept = TABLES[table]
    assert kept.emptied.keys() <= set(kept.columns.split())
    assert len(kept.columns.split()) == len(set(kept.columns.split()))


def test_the_document_says_what_the_code_does() -> None:
    """Write it anew with: python -m tests.privacy.document"""
    assert PLACE.read_text(encoding="utf-8") == document()
