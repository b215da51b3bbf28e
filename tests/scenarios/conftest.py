"""What several scenarios begin with."""

import pytest

from tests.chat import Chat
from tests.scenarios.announcing import goes_out
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


@pytest.fixture
async def budi(world: World, officer: Chat, verified: Chat) -> Chat:
    """A second verified leader, of another ormas."""
    budi = world.phone("Budi Santoso")

    async def join() -> str:
        await budi.joins("Karang Taruna Mekar")
        await officer.says("verifikasi ANG-0002")
        return "ANG-0002"

    await world.once("budi", join)
    for chat in (verified, budi):
        chat.looks_up()
    return budi


@pytest.fixture
async def sent(world: World, officer: Chat, approver: Chat, verified: Chat, budi: Chat) -> str:
    """The code of an announcement both have got, with its check code behind it."""

    async def send() -> str:
        await goes_out(officer, approver, question="Ya, tidak, mungkin", ends="27 November")
        return "UMU-0001"

    return await world.once("sent", send)


@pytest.fixture
async def duty(world: World) -> Chat:
    """Somebody on duty."""
    duty = world.phone("Petugas Piket")
    await world.once("on duty", lambda: duty.becomes_officer("duty"))
    return duty


@pytest.fixture
async def chief(world: World, duty: Chat) -> Chat:
    """An approver."""
    chief = world.phone("Kepala Kantor")
    await world.once("approver", lambda: chief.becomes_officer("approver"))
    return chief
