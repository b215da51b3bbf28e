"""Content that is damaged on the way: whoever sent it gets a word and the open question, and everything goes on."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.channels.telegram import updates as telegram
from bot.channels.whatsapp import updates as whatsapp
from tests.channels.odd_content import Json, damaged
from tests.channels.test_telegram_parse import ME
from tests.chat import Chat
from tests.world import World

MESSENGERS = [("telegram", "sqlite"), ("whatsapp", "sqlite")]
pytestmark = pytest.mark.parametrize("world", MESSENGERS, indirect=True)


READS = {"telegram": lambda raw: telegram.parse(raw, ME), "whatsapp": whatsapp.parse}


def different(world: World, address: str) -> Iterator[bytes]:
    """One of each thing that damaged content is taken for."""
    seen: set[Any] = set()
    for content in damaged(world.channel):
        raw = world.paper.message(address, **content)
        understood = READS[world.channel](raw)
        if understood not in seen:
            seen.add(understood)
            yield raw


async def test_whoever_sends_something_odd_gets_a_word(world: World, leader: Chat) -> None:
    await leader.joins()
    await leader.says("/audiensi", "audiensi", "kepala")
    for raw in different(world, leader.address):
        await leader.sends(raw)
        assert leader.new, raw
    assert await world.rows("SELECT fault FROM inbox WHERE parked_at IS NOT NULL") == []


async def test_a_stranger_who_sends_something_odd_is_welcomed(world: World) -> None:
    stranger = world.phone("Orang Baru")
    odd = list(different(world, stranger.address))
    await world.arrives(*odd)
    assert len([shown for shown in stranger.all if "Apakah Bapak/Ibu setuju?" in shown.text]) == len(odd)


async def test_what_is_behind_it_goes_on(world: World, leader: Chat) -> None:
    await leader.joins()
    odd: dict[str, Json] = {
        "telegram": {"photo": []},
        "whatsapp": {"type": "interactive", "errors": [{"code": 131051}]},
    }
    await leader.says("/audiensi", "audiensi", "kepala")
    await world.arrives(
        world.paper.message(leader.address, **odd[world.channel]),
        world.paper.text(leader.address, "Program kerja"),
    )
    leader.sees("jenis pesan ini belum bisa kami baca", "Apa yang ingin dibicarakan?", "Hari apa?")
