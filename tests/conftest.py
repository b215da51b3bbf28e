"""What every test starts from: the shipped office, an empty database, one channel."""

from pathlib import Path

import pytest

from handlers.office import Office, load_office
from tests.chat import Chat, World
from tests.paper import PAPERS


@pytest.fixture(scope="session")
def office() -> Office:
    return load_office()


@pytest.fixture(params=list(PAPERS))
def world(request: pytest.FixtureRequest, office: Office, tmp_path: Path) -> World:
    """One office on one channel; every scenario runs on each."""
    return World(PAPERS[request.param](), office, tmp_path)


@pytest.fixture
def leader(world: World) -> Chat:
    return world.phone("Siti Aminah")


@pytest.fixture
async def officer(world: World) -> Chat:
    """An officer who has joined with a code."""
    officer = world.phone("Petugas")
    await officer.becomes_officer()
    return officer
