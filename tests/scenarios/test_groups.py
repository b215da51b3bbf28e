"""In a group everybody reads along: only whoever addresses us gets a word, where they asked, and nothing is kept."""

import json
from typing import Any

import pytest

from tests.channels.test_telegram_groups import ANONYMOUS_ADMIN
from tests.channels.test_whatsapp_groups import US
from tests.channels.test_whatsapp_parse import METADATA
from tests.chat import Chat
from tests.world import World

TELEGRAM = pytest.mark.parametrize("world", [("telegram", "sqlite"), ("telegram", "postgresql")], indirect=True)
WHATSAPP = pytest.mark.parametrize("world", [("whatsapp", "sqlite"), ("whatsapp", "postgresql")], indirect=True)


@TELEGRAM
async def test_in_a_group_nothing_personal_is_said_or_kept(world: World, leader: Chat) -> None:
    await leader.joins()
    group = world.phone("Grup Ormas")
    group.address = "-100200300"
    entity = {"type": "bot_command", "offset": 0, "length": 7}
    chat = {"id": int(group.address), "type": "supergroup", "title": "Grup Ormas"}
    sender = {"id": int(leader.address), "is_bot": False, "first_name": "X"}
    said = {"message_id": 9, "date": 1, "chat": chat, "from": sender, "text": "/status", "entities": [entity]}
    await group.does(world.paper.update("message", said))
    group.sees("di grup kami tidak melayani", "pesan langsung", "https://t.me/rumah_kedua_bot")
    await group.does(world.paper.update("message", said | {"text": "Siti Aminah datang?", "entities": []}))
    group.sees_nothing()
    assert [name for name, rows in (await world.everything()).items() if group.address in rows] == []


@TELEGRAM
@pytest.mark.parametrize("topic", [0, 7])
async def test_an_anonymous_administrator_is_answered_where_they_ask(world: World, topic: int) -> None:
    chat = {"id": -100200300, "type": "supergroup", "title": "Grup Ormas"}
    entity = {"type": "bot_command", "offset": 0, "length": 5}
    said = {"message_id": 9, "date": 1, "chat": chat, "from": ANONYMOUS_ADMIN, "sender_chat": chat, "text": "/menu"}
    where = {"message_thread_id": topic, "is_topic_message": True} if topic else {}
    await world.arrives(world.paper.update("message", said | where | {"entities": [entity]}))
    there = "-100200300:7" if topic else "-100200300"
    assert list(world.paper.sheets) == [there]
    Chat(world, "Grup", there).sees("di grup kami tidak melayani", "pesan langsung")


def in_group(who: Chat, text: str) -> bytes:
    message: dict[str, Any] = {"id": f"wamid.{text}", "from": who.address, "timestamp": "1800000000", "type": "text"}
    told = {"metadata": METADATA, "contacts": [], "message": message | {"group_id": "Y2Fw", "text": {"body": text}}}
    return json.dumps(told).encode()


@WHATSAPP
async def test_in_a_whatsapp_group_talk_is_left_alone_and_whoever_addresses_us_is_answered_there(
    world: World, leader: Chat
) -> None:
    stranger = world.phone("Orang Baru")
    await leader.joins()
    for who in (leader, stranger):
        who.looks_up()
        await world.arrives(in_group(who, f"halo semua, dari {who.name}"))
        assert "group:Y2Fw" not in world.paper.sheets
        who.sees_nothing()
    for said in ("/status", f"@{US} tolong"):
        await world.arrives(in_group(stranger, said))
    stranger.sees_nothing()
    group = Chat(world, "Grup", "group:Y2Fw")
    assert len(group.all) == 2
    group.sees("di grup kami tidak melayani", "https://wa.me/622858880000")
    assert [name for name, rows in (await world.everything()).items() if "Y2Fw" in rows] == []
