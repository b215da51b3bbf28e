"""BERHENTI, a closed chat, and coming back."""

import pytest

from bot.channels.channel import Outcome, SendFailed
from tests.chat import Chat
from tests.world import World, at


@pytest.mark.parametrize("word", ["BERHENTI", "berhenti", "Stop", "STOP.", "/berhenti", "/stop"])
async def test_one_word_stops_everything_the_office_starts(
    world: World, approved: str, leader: Chat, word: str
) -> None:
    await leader.says(word)
    leader.sees("tidak akan mengirim apa pun lebih dahulu", "MULAI")
    leader.looks_up()
    await world.ticks_at(at(24, 7))
    leader.sees_nothing()
    await leader.says("/status")
    leader.sees(approved)


async def test_stopping_works_in_the_middle_of_a_form_and_the_form_waits(leader: Chat) -> None:
    await leader.joins()
    await leader.says("/audiensi", "audiensi", "kepala", "berhenti")
    leader.sees("tidak akan mengirim apa pun", "Permintaan audiensi masih menunggu", "Lanjutkan")
    await leader.says("lanjutkan")
    leader.sees("Apa yang ingin dibicarakan?")


@pytest.mark.parametrize("word", ["MULAI", "mulai", "/start", "start"])
async def test_one_word_brings_everything_back(world: World, approved: str, leader: Chat, word: str) -> None:
    await leader.says("BERHENTI", word)
    leader.sees("Selamat datang kembali", "kami kirim lagi")
    leader.looks_up()
    await world.ticks_at(at(24, 7))
    leader.sees(f"Pengingat: {approved}")


async def test_the_officer_is_told_that_the_leader_does_not_hear_the_answer(
    meeting: str, leader: Chat, officer: Chat
) -> None:
    await leader.says("BERHENTI")
    leader.looks_up()
    await officer.says(f"setujui {meeting}")
    officer.sees("disetujui", "tidak dapat dihubungi", "dengan cara lain")
    leader.sees_nothing()


async def test_who_closed_the_chat_is_not_written_to_until_they_write_again(
    world: World, meeting: str, leader: Chat, officer: Chat
) -> None:
    leader.looks_up()
    world.paper.failing = [SendFailed(Outcome.REFUSED, "forbidden", gone=True)]
    await world.arrives(world.paper.text(leader.address, "/status"))
    leader.sees_nothing()
    assert (await unreachable(world, leader)) is not None
    await officer.says(f"setujui {meeting}")
    officer.sees("disetujui", "tidak dapat dihubungi")
    leader.sees_nothing()
    await leader.says("halo")
    assert (await unreachable(world, leader)) is None
    leader.looks_up()
    await world.ticks_at(at(24, 7))
    leader.sees(f"Pengingat: {meeting}")


async def unreachable(world: World, person: Chat) -> object:
    rows = await world.rows("SELECT unreachable_at FROM chats WHERE address = :address", address=person.address)
    return rows[0]["unreachable_at"]


async def test_blocking_and_unblocking_the_bot_is_understood(
    world: World, meeting: str, leader: Chat, officer: Chat
) -> None:
    if world.channel != "telegram":
        pytest.skip("only Telegram says when a chat is closed")
    leader.looks_up()
    for status, reached in (("kicked", False), ("member", True)):
        chat = {"id": int(leader.address), "type": "private", "first_name": "X"}
        member = {"status": status, "user": {"id": 1, "is_bot": True, "first_name": "bot"}}
        change = {"chat": chat, "from": chat, "date": 1, "old_chat_member": member, "new_chat_member": member}
        await world.arrives(world.paper.update("my_chat_member", change))
        assert ((await unreachable(world, leader)) is None) is reached
    leader.sees_nothing()
    await officer.says(f"setujui {meeting}")
    leader.sees("Kabar baik")
