"""What a messenger sends that nobody wrote just now, and what comes in another order than it was written."""

import json
from typing import Any

import pytest

from bot.channels.whatsapp.split import split
from tests.channels.test_whatsapp_parse import NUMBER, body
from tests.chat import Chat
from tests.world import World

WHATSAPP = pytest.mark.parametrize("world", [("whatsapp", "sqlite"), ("whatsapp", "postgresql")], indirect=True)
TELEGRAM = pytest.mark.parametrize("world", [("telegram", "sqlite")], indirect=True)
OPENS = {"type": "request_welcome"}
DELETES = {"type": "revoke", "revoke": {"original_message_id": "wamid.x"}}
EDITS = {"type": "edit", "edit": {"original_message_id": "wamid.x", "message": {"type": "text"}}}


async def up_to_topic(leader: Chat) -> None:
    await leader.joins()
    await leader.says("/audiensi", "audiensi", "kepala")


@WHATSAPP
async def test_a_chat_that_is_opened_anew_shows_the_open_question(world: World, leader: Chat) -> None:
    await up_to_topic(leader)
    await leader.does(world.paper.message(leader.address, **OPENS))
    leader.sees("Apa yang ingin dibicarakan?")
    await leader.says("Program kerja", "besok 08.30", "Siti", "1", "lewati", "tidak ada")
    leader.sees("Topik: Program kerja")


@WHATSAPP
async def test_a_chat_that_is_opened_anew_with_nothing_open_shows_the_menu(world: World, leader: Chat) -> None:
    await leader.does(world.paper.message(leader.address, **OPENS))
    leader.sees("Apakah Bapak/Ibu setuju?")
    await leader.joins()
    await leader.does(world.paper.message(leader.address, **OPENS))
    leader.sees("Ada yang bisa kami bantu?", "Minta audiensi")


@WHATSAPP
async def test_opening_the_chat_does_not_take_back_a_stop(world: World, leader: Chat) -> None:
    await leader.joins()
    await leader.says("BERHENTI")
    await leader.does(world.paper.message(leader.address, **OPENS))
    leader.sees_no("Selamat datang kembali")
    assert await world.rows("SELECT count(*) AS n FROM people WHERE stopped_at IS NOT NULL") == [{"n": 1}]


@TELEGRAM
async def test_the_start_button_of_a_chat_that_was_deleted_shows_the_open_question(leader: Chat) -> None:
    await up_to_topic(leader)
    await leader.says("/start")
    leader.sees("Apa yang ingin dibicarakan?")
    await leader.says("Program kerja")
    leader.sees("Hari apa?")


@WHATSAPP
@pytest.mark.parametrize("done", [DELETES, EDITS], ids=["deleted", "edited"])
async def test_who_changes_a_message_we_have_read_hears_how_to_change_the_answer(
    world: World, leader: Chat, done: dict[str, Any]
) -> None:
    await up_to_topic(leader)
    await leader.says("Program kerja")
    await leader.does(world.paper.message(leader.address, **done))
    leader.sees("sudah kami baca sebelumnya", "ketik kembali untuk mengubahnya", "Hari apa?")
    await leader.says("kembali")
    leader.sees("Apa yang ingin dibicarakan?")
    await leader.says("batal")
    await leader.does(world.paper.message(leader.address, **done))
    leader.sees("sudah kami baca sebelumnya", "ketik /status", "Minta audiensi")


def webhook(leader: Chat, *said: tuple[int, str]) -> bytes:
    """One delivery with several messages, each with its second."""
    messages = [
        {"from": leader.address, "id": f"wamid.{text}", "timestamp": str(at), "type": "text", "text": {"body": text}}
        for at, text in said
    ]
    return json.dumps(body({"messages": messages})).encode()


@WHATSAPP
async def test_two_answers_of_one_webhook_are_read_in_the_order_they_were_written(world: World, leader: Chat) -> None:
    await up_to_topic(leader)
    both = split(webhook(leader, (1800000009, "besok 08.30"), (1800000005, "Program kerja")), NUMBER)
    await world.arrives(*(arrival.raw for arrival in both.arrivals))
    leader.sees("Hari apa?", "Siapa saja yang akan hadir?")
    await leader.says("Siti", "1", "lewati", "tidak ada")
    leader.sees("Topik: Program kerja")


@WHATSAPP
async def test_so_are_two_that_wait_at_once_and_nobody_elses_turn_moves(world: World, leader: Chat) -> None:
    other = world.phone("Budi Santoso")
    await up_to_topic(leader)
    late, early = (
        split(webhook(leader, said), NUMBER).arrivals[0].raw
        for said in ((1800000009, "besok 08.30"), (1800000005, "Program kerja"))
    )
    await world.arrives(late, world.paper.text(other.address, "halo"), early)
    leader.sees("Hari apa?", "Siapa saja yang akan hadir?")
    other.sees("Apakah Bapak/Ibu setuju?")
