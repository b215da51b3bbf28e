"""A served web chat, in practice and outside it; the real process, and a browser to visit it with."""

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from storage.database.database import Database, open_database
from tests.process.office import Process

from .office import Office, served
from .window import Visit, chromium, opened, running


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


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Process]:
    """One practice office for a whole module; who comes to it new does so in one test only."""
    async with running(tmp_path_factory.mktemp("town")) as process:
        yield process


@pytest_asyncio.fixture(loop_scope="module")
async def process(tmp_path: Path) -> AsyncIterator[Process]:
    """A practice office for one test."""
    async with running(tmp_path) as process:
        yield process


@pytest_asyncio.fixture(loop_scope="module")
async def visit(browser: Browser) -> AsyncIterator[Visit]:
    """Opens windows; they are closed at the end."""
    yield partial(opened, browser)
    for context in browser.contexts:
        await context.close()
