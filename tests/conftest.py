"""What every test starts from: the shipped office, an empty database, one channel."""

import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from handlers.office.profile import Office, load_office
from tests.chat import Chat
from tests.paper import PAPERS
from tests.postgres import postgres_server, postgres_tables, postgres_url  # noqa: F401
from tests.world import World

MEMORY = Path("/dev/shm")
"""Where there is one: every message opens the database anew, and waiting for a disk would be most of the run."""


@pytest.fixture(scope="session")
def office() -> Office:
    return load_office()


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as made:
        yield Path(made)


PLACES = [*((paper, "sqlite") for paper in PAPERS), ("telegram", "postgresql")]


@pytest.fixture(params=PLACES, ids=" on ".join)
async def world(request: pytest.FixtureRequest, office: Office, folder: Path) -> AsyncIterator[World]:
    """One office on one channel; every scenario runs on each, and once more on PostgreSQL."""
    paper, database = request.param
    url = request.getfixturevalue("postgres_url") if database == "postgresql" else ""
    world = World(PAPERS[paper](), office, folder, url)
    yield world
    try:
        await world.leaves_nothing_unsaid()
    finally:
        await world.close()


@pytest.fixture
def leader(world: World) -> Chat:
    return world.phone("Siti Aminah")


@pytest.fixture
async def officer(world: World) -> Chat:
    """An officer who has joined with a code."""
    officer = world.phone("Petugas Kantor")
    await world.once("officer", officer.becomes_officer)
    return officer


@pytest.fixture
async def meeting(world: World, leader: Chat, officer: Chat) -> str:
    """The number of a request that waits: tomorrow at nine, by a leader of a new ormas."""
    return await world.once("meeting", leader.asks)


@pytest.fixture
async def approved(world: World, meeting: str, officer: Chat, leader: Chat) -> str:
    """The number of a meeting that was approved, on Tuesday at nine."""

    async def approve() -> str:
        await officer.says(f"setujui {meeting}")
        leader.looks_up()
        return meeting

    return await world.once("approved", approve)


WORKERS = 4
"""As in the Makefile."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What starts a real process is first for each worker: it waits more than it works, and would else come last."""
    slow = [item for item in items if "/process/" in str(item.path)]
    quick = [item for item in items if "/process/" not in str(item.path)]
    share = -(-len(quick) // WORKERS)
    items[:] = [
        item
        for worker in range(WORKERS)
        for item in (*slow[worker::WORKERS], *quick[worker * share : (worker + 1) * share])
    ]
