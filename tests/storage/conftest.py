"""One suite, two databases: whatever asks for `url` or `database` runs on SQLite and on PostgreSQL."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.database.database import Database, open_database
from tests.postgres import bare_postgres_url  # noqa: F401


@pytest.fixture(params=["sqlite", "postgresql"])
def dialect(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def url(dialect: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database."""
    if dialect == "sqlite":
        return f"sqlite:///{tmp_path}/office.db"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def bare_url(dialect: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without tables."""
    if dialect == "sqlite":
        return f"sqlite:///{tmp_path}/bare.db"
    return str(request.getfixturevalue("bare_postgres_url"))


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    database = await open_database(url)
    yield database
    await database.close()


@pytest.fixture
async def other(url: str) -> AsyncIterator[Database]:
    """The same database, as another process has it."""
    other = await open_database(url)
    yield other
    await other.close()
