"""Words to somebody else are shown before they go: a greeting in the wrong moment decides nothing."""

import pytest

from handlers import CATALOGUE
from tests.chat import Chat
from tests.scenarios.announcing import hands_in, states
from tests.scenarios.test_suggest import number, suggests
from tests.world import World

AT_ONCE = {
    "rekap": "answers only whoever asks",
    "berkas": "answers only whoever asks",
    "catat-tiket": "a note that only officers read, and that decides nothing",
    "verifikasi": "a press on one of two answers; no words go anywhere",
    "cek": "pressed “Minta klarifikasi” below the message itself",
    "petugas": "somebody asked for a talk, and a greeting begins one",
}
"""The forms without a review, and why they need none. Whoever adds one says so here."""


def test_a_form_that_goes_to_somebody_else_has_a_review() -> None:
    assert {form.name for form in CATALOGUE.forms.values() if not form.review} == set(AT_ONCE)


@pytest.fixture
async def sent(world: World, leader: Chat, officer: Chat) -> str:
    async def live() -> str:
        await leader.joins()
        return await suggests(leader)

    return await world.once("a complaint", live)


@pytest.mark.parametrize("verb", ["jawab", "tanya", "selesaikan"])
async def test_a_greeting_answers_asks_and_closes_nothing(
    world: World, sent: str, leader: Chat, officer: Chat, verb: str
) -> None:
    await officer.says(f"{verb} {sent}")
    leader.looks_up()
    await officer.says("halo")
    officer.sees("Mohon diperiksa", f"Akan dibaca oleh: Siti Aminah, pengirim {sent}", "“halo”", "Kirim", "Ubah")
    leader.sees_nothing()
    (ticket,) = await world.rows("SELECT closed_at, asked_at, responded_at, assigned_to FROM tickets")
    assert not any(ticket.values())
    await officer.taps("Ubah")
    officer.sees("?")
    officer.sees_no("Jawaban mana yang ingin diubah?")
    await officer.says("Sudah kami cek ke lapangan.")
    leader.sees_nothing()
    await officer.taps("Kirim")
    leader.sees("Sudah kami cek ke lapangan.")
    leader.sees_no("halo")


async def test_a_greeting_is_no_reply(world: World, sent: str, leader: Chat, officer: Chat) -> None:
    await officer.says(f"tanya {sent}", "Di jalan mana?", "kirim")
    await leader.says(f"balas {sent}")
    officer.looks_up()
    await leader.says("halo")
    leader.sees(f"Akan dibaca oleh: petugas yang menangani {sent}", "“halo”")
    officer.sees_nothing()
    assert (await world.rows("SELECT asked_at FROM tickets"))[0]["asked_at"]
    await leader.says("batal")
    leader.sees("Tidak ada yang dikirim")


@pytest.mark.parametrize("verb", ["tolak", "teruskan"])
async def test_a_greeting_decides_no_meeting(
    world: World, meeting: str, leader: Chat, officer: Chat, verb: str
) -> None:
    second = world.phone("Petugas Kedua")
    await second.becomes_officer()
    await officer.says(f"{verb} {meeting}")
    if verb == "teruskan":
        await officer.taps("Petugas Kedua")
    leader.looks_up()
    second.looks_up()
    await officer.says("halo")
    officer.sees("halo", "Sudah benar?")
    leader.sees_nothing()
    second.sees_nothing()
    assert await world.rows("SELECT rejected_at, assigned_to FROM meetings") == [
        {"rejected_at": None, "assigned_to": None}
    ]


async def test_a_greeting_cancels_nothing_on_either_side(
    world: World, approved: str, leader: Chat, officer: Chat
) -> None:
    for one, verb in ((leader, "batal"), (officer, "batalkan")):
        await one.says(f"{verb} {approved}", "halo")
        one.sees("Alasan: halo", "Sudah benar?", "Tidak jadi")
        await one.says("tidak jadi")
        one.sees("tidak jadi dibatalkan")
    assert await world.rows("SELECT cancelled_at FROM meetings") == [{"cancelled_at": None}]


async def test_a_greeting_refuses_no_leader(world: World, leader: Chat, officer: Chat) -> None:
    await leader.joins()
    leader.looks_up()
    await officer.says("tolak ang-1", "halo")
    officer.sees("Akan dibaca oleh: Siti Aminah, pengurus Forum Melati", "Alasan: halo")
    leader.sees_nothing()
    await leader.says("/profil")
    await leader.taps("Ubah nama")
    await leader.says("halo")
    leader.sees("Nama: halo", "Sudah benar?")
    assert await world.rows("SELECT refused_at FROM memberships") == [{"refused_at": None}]
    assert await world.rows("SELECT name FROM people WHERE name = 'halo'") == []


@pytest.mark.parametrize("verb", ["kembalikan", "tolak"])
async def test_a_greeting_decides_no_announcement(world: World, officer: Chat, approver: Chat, verb: str) -> None:
    await hands_in(officer)
    officer.looks_up()
    await approver.says(f"{verb} UMU-0001", "halo")
    approver.sees("Akan dibaca oleh: Petugas Kantor, penulis UMU-0001", "halo", "Sudah benar?")
    officer.sees_nothing()
    assert await states(world) == ["submitted"]


async def test_the_end_of_a_talk_is_shown_first(world: World, leader: Chat, officer: Chat) -> None:
    await leader.joins()
    await leader.says("/petugas", "Bagaimana cara mengajukan rekomendasi?")
    code = number(leader, "TNY")
    await officer.says(f"bicara {code}", "/selesai")
    leader.looks_up()
    await officer.says("halo")
    officer.sees("“halo”", "Sudah benar?")
    leader.sees_nothing()
