"""Revealing a hidden name: by an approver, to the officer in charge, with a reason; written down, the sender told."""

import pytest

from tests.chat import Chat
from tests.scenarios.test_suggest import suggests
from tests.world import World


@pytest.fixture
async def hidden(world: World, leader: Chat, officer: Chat, chief: Chat) -> str:
    """A complaint with a hidden name, in the hands of an officer who may not know it."""
    await leader.joins()
    code = await suggests(leader, "Nama dirahasiakan")
    await officer.says(f"terima {code}")
    for chat in (leader, officer, chief):
        chat.looks_up()
    return code


async def test_it_takes_a_reason_and_the_sender_is_told(
    world: World, hidden: str, leader: Chat, officer: Chat, chief: Chat
) -> None:
    await chief.says(f"buka nama {hidden}")
    chief.sees("Mengapa nama pengirim perlu dibuka")
    officer.sees_nothing()
    await chief.says("Perlu ditemui langsung.")
    officer.sees_nothing()
    await chief.taps("Kirim")
    chief.sees("Nama pengirim sudah dibuka kepada Petugas Kantor, dan dicatat.")
    officer.sees(f"Nama pengirim {hidden} dibuka untuk Bapak/Ibu", "Siti Aminah", "Perlu ditemui langsung.")
    leader.sees(f"Nama Bapak/Ibu pada {hidden} dibuka", "Alasan: Perlu ditemui langsung.")
    (row,) = await world.rows("SELECT subject, why FROM audit WHERE what = 'ticket-revealed'")
    assert (row["subject"], row["why"]) == (hidden, "Perlu ditemui langsung.")
    await leader.says(f"/status {hidden}")
    leader.sees("Nama pengirim dibuka kepada petugas yang menangani")
    await officer.says(hidden)
    officer.sees("nama dirahasiakan atas permintaan pengirim")


async def test_who_has_no_right_to_it_reveals_nothing(world: World, hidden: str, officer: Chat, duty: Chat) -> None:
    for chat in (officer, duty):
        await chat.says(f"buka nama {hidden}")
        chat.sees_no("Siti", "Mengapa nama pengirim")
    assert not await world.rows("SELECT id FROM audit WHERE what = 'ticket-revealed'")


async def test_nobody_is_told_who_needs_it_not(world: World, leader: Chat, officer: Chat, chief: Chat) -> None:
    await leader.joins()
    named, hidden = await suggests(leader), await suggests(leader, "Nama dirahasiakan")
    await chief.says(f"buka nama {named}")
    chief.sees("tidak dirahasiakan")
    await chief.says(f"buka nama {hidden}")
    chief.sees("Belum ada petugas yang menanganinya")
    await chief.says(f"terima {hidden}", f"buka nama {hidden}")
    chief.sees("memang boleh melihat namanya")
