"""An old button decides only what was seen with it: when the fact has changed, the present card is shown instead."""

import pytest

from tests.chat import Chat
from tests.world import World, at


@pytest.fixture(autouse=True)
def buttons(world: World) -> None:
    if world.channel == "plain":
        pytest.skip("there is nothing to press in a terminal")


async def presses(chat: Chat, token: str) -> None:
    await chat.does(chat.world.paper.press(chat.address, token))


def token(chat: Chat, label: str) -> str:
    found = next(shown.buttons[label] for shown in reversed(chat.all) if label in shown.buttons)
    assert len(found.encode()) <= 64
    return found


async def test_an_old_approval_does_not_approve_another_day(
    world: World, meeting: str, leader: Chat, officer: Chat
) -> None:
    await officer.says(f"kartu {meeting}")
    old = token(officer, "Setujui")
    await leader.says(f"ubah {meeting}", "jumat jam 9", "Rapat", "kirim")
    leader.looks_up()
    await presses(officer, old)
    officer.sees("Waktunya sudah berubah", meeting, "Jumat, 27 November 2026 pukul 09.00 WIB", "Setujui")
    leader.sees_nothing()
    assert await world.rows("SELECT * FROM meetings WHERE approved_at IS NOT NULL") == []
    await officer.taps("Setujui")
    officer.sees(f"{meeting} disetujui untuk Jumat, 27 November 2026")


async def test_what_is_typed_with_its_number_counts_for_what_is_now(meeting: str, leader: Chat, officer: Chat) -> None:
    await officer.says(f"kartu {meeting}")
    await leader.says(f"ubah {meeting}", "jumat jam 9", "Rapat", "kirim")
    await officer.says("setujui AUD-1")
    officer.sees(f"{meeting} disetujui untuk Jumat, 27 November 2026")


async def test_two_cards_of_one_request_are_no_question_which(meeting: str, leader: Chat, officer: Chat) -> None:
    await leader.says(f"ubah {meeting}", "jumat jam 9", "Rapat", "kirim")
    await officer.says("setujui")
    officer.sees(f"{meeting} disetujui untuk Jumat, 27 November 2026")


async def test_an_old_refusal_does_not_refuse_another_day(meeting: str, leader: Chat, officer: Chat) -> None:
    await officer.says(f"kartu {meeting}")
    old = token(officer, "Tolak")
    await leader.says(f"ubah {meeting}", "jumat jam 9", "Rapat", "kirim")
    await presses(officer, old)
    officer.sees("Waktunya sudah berubah", meeting)
    officer.sees_no("Apa alasannya?")


async def test_an_old_acceptance_does_not_accept_a_newer_proposal(
    world: World, meeting: str, leader: Chat, officer: Chat
) -> None:
    await officer.says(f"usulkan {meeting}", "kamis jam 10", "lewati", "kirim")
    old = token(leader, "Terima waktu itu")
    await leader.says(f"belum bisa {meeting}")
    await officer.says(f"usulkan {meeting}", "jumat jam 9", "lewati", "kirim")
    await presses(leader, old)
    leader.sees("Waktunya sudah berubah", meeting, "Waktu usulan: Jumat, 27 November 2026", "Terima waktu itu")
    assert await world.rows("SELECT * FROM meetings WHERE approved_at IS NOT NULL") == []
    await leader.taps("Terima waktu itu")
    leader.sees(f"Baik, {meeting} jadi Jumat, 27 November 2026")


async def test_somebody_elses_button_says_nothing_about_a_meeting(world: World, meeting: str, officer: Chat) -> None:
    stranger = world.phone("Budi Santoso")
    await stranger.agrees()
    for pressed in ("a.terima.1.5", "a.hadir.1.5", "a.terima.99.5"):
        await presses(stranger, pressed)
        stranger.sees("tidak ada di daftar Bapak/Ibu")
        stranger.sees_no(meeting, "berubah")


async def test_coming_counts_for_the_day_that_was_asked_about(
    world: World, approved: str, leader: Chat, officer: Chat
) -> None:
    await world.ticks_at(at(24, 7))
    old = token(leader, "Hadir")
    await leader.says(f"ubah {approved}", "jumat jam 9", "Rapat", "kirim")
    await officer.says(f"setujui {approved}")
    await presses(leader, old)
    leader.sees("Waktunya sudah berubah", "Jumat, 27 November 2026")
    assert await world.rows("SELECT * FROM meetings WHERE confirmed_at IS NOT NULL") == []


async def test_an_old_verification_does_not_verify_another_position(world: World, leader: Chat, officer: Chat) -> None:
    await leader.joins()
    old = token(officer, "Verifikasi")
    await leader.says("/profil")
    await leader.taps("Tambah ormas")
    await leader.says("Forum Melati", "Bendahara", "kirim")
    await presses(officer, old)
    officer.sees("sudah berubah", "Jabatan: Bendahara", "Verifikasi")
    assert await world.rows("SELECT * FROM memberships WHERE verified_at IS NOT NULL") == []
    await officer.taps("Verifikasi")
    officer.sees("Siti Aminah tercatat sebagai pengurus terverifikasi")


async def test_an_old_verification_does_not_verify_another_name(world: World, leader: Chat, officer: Chat) -> None:
    await leader.joins()
    old = token(officer, "Verifikasi")
    await leader.says("/profil")
    await leader.taps("Ubah nama")
    await leader.says("Bupati Pekalongan", "kirim")
    await presses(officer, old)
    officer.sees("sudah berubah", "Nama: Bupati Pekalongan", "Verifikasi")
    assert await world.rows("SELECT * FROM memberships WHERE verified_at IS NOT NULL") == []
