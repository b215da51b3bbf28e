"""What a status of WhatsApp may do, and to which message: it silences nobody, and fits before it counts."""

import pytest

from tests.chat import Chat
from tests.scenarios.test_whatsapp import UNHEARD, last, status
from tests.world import World

pytestmark = pytest.mark.parametrize("world", [("whatsapp", "sqlite"), ("whatsapp", "postgresql")], indirect=True)


@pytest.mark.parametrize("code", [131049, 131000])
async def test_a_notice_that_is_put_off_silences_nobody(
    world: World, meeting: str, leader: Chat, officer: Chat, code: int
) -> None:
    await officer.says(f"setujui {meeting}")
    await world.arrives(status(await last(world), "failed", code))
    for said, seen in (
        ("halo", "Ada yang bisa kami bantu"),
        ("/status", meeting),
        ("/menu", "Ada yang bisa kami bantu"),
    ):
        await leader.says(said)
        leader.sees(seen)
        leader.sees_no("Kabar baik")
    leader.looks_up()
    await world.sends_again(hours=24, seconds=1)
    leader.sees("Kabar baik")


async def test_an_answer_that_failed_comes_again_and_what_was_asked_last_stands_last(
    world: World, leader: Chat
) -> None:
    await leader.agrees()
    await leader.says("/bahasa")
    older = await last(world, "reply")
    await leader.says("/privasi")
    newest = leader.screen
    leader.looks_up()
    await world.arrives(status(older, "failed", 131000))
    await world.sends_again(seconds=31)
    leader.sees("Bahasa apa")
    assert leader.screen.endswith(newest)


@pytest.mark.parametrize("code", [131050, 131026, 131047, 0])
async def test_a_status_of_another_message_with_our_number_says_nothing(
    world: World, meeting: str, leader: Chat, officer: Chat, code: int
) -> None:
    """A database that was put back gives the same number to another message."""
    await officer.says(f"setujui {meeting}")
    before = await last(world)
    for more in ({"id": "wamid.another"}, {"id": "wamid.another", "recipient_id": "62899"}):
        await world.arrives(status(before, "failed" if code else "read", code, **more))
    assert await last(world) == before
    world.paper.failing = [UNHEARD]
    await leader.says("/bahasa")
    doubtful = await last(world, "reply")
    await world.arrives(status(doubtful, "failed" if code else "read", code, recipient_id="62899"))
    assert await last(world, "reply") == doubtful
    assert await world.rows("SELECT * FROM people WHERE stopped_at IS NOT NULL") == []
    assert await world.rows("SELECT * FROM chats WHERE closed_at IS NOT NULL") == []


async def test_a_status_of_before_does_not_settle_what_is_sent_again(
    world: World, meeting: str, leader: Chat, officer: Chat
) -> None:
    await officer.says(f"setujui {meeting}")
    leader.looks_up()
    before = await last(world)
    await world.arrives(status(before, "failed", 131000))
    await world.arrives(status(before, "sent"))
    await world.sends_again(seconds=31)
    leader.sees("Kabar baik")
