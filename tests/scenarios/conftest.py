"""What several scenarios begin with."""

import pytest

from tests.chat import Chat
from tests.world import World


@pytest.fixture
def there(world: World) -> Chat:
    """The leader's other messenger."""
    return world.beside(world.elsewhere, "Siti Aminah")


@pytest.fixture
async def approver(world: World) -> Chat:
    """The second person of every announcement."""
    approver = world.phone("Penyetuju Kantor")
    await world.once("approver", lambda: approver.becomes_officer("approver"))
    return approver


@pytest.fixture
async def verified(world: World, officer: Chat, leader: Chat) -> Chat:
    """A leader of a new ormas whom an officer has verified."""

    async def verify() -> str:
        await leader.joins()
        await officer.says("verifikasi ANG-0001")
        return "ANG-0001"

    await world.once("verified", verify)
    return leader
