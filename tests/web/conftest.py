"""A served web chat, in practice and outside it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from storage.database import Database, open_database

from .office import Office, served


@pytest_asyncio.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = await open_database(f"sqlite:///{tmp_path}/chat.db")
    yield database
    await database.close()


@pytest_asyncio.fixture
async def office(database: Database, tmp_path: Path) -> AsyncIterator[Office]:
    async with served(database, tmp_path) as office:
        yield office


@pytest_asyncio.fixture
async def public(database: Database, tmp_path: Path) -> AsyncIterator[Office]:
    async with served(database, tmp_path, practice=False) as office:
        yield office
