"""After the meeting: did they come, what was said, and what was promised until it is kept."""

import pytest

from tests.chat import Chat
from tests.world import World, at


@pytest.fixture
async def over(world: World, approved: str, leader: Chat, officer: Chat) -> str:
    """The number of a meeting that is over."""
    await world.ticks_at(at(24, 9, 50))
    leader.looks_up()
    return approved


async def test_the_officer_is_asked_for_the_outcome(over: str, officer: Chat) -> None:
    officer.sees(f"{over} sudah selesai? Mohon dicatat hasilnya", "Catat hasil")
    await officer.taps("Catat hasil")
    officer.sees("Apakah pemohon hadir?", "Hadir", "Tidak hadir")
    await officer.says("/antrean")
    officer.sees(f"Menunggu catatan hasil: {over}")


async def test_who_came_gets_the_minutes(world: World, over: str, leader: Chat, officer: Chat) -> None:
    await officer.says(f"selesai {over}", "hadir")
    officer.sees("Apa hasilnya?")
    await officer.says("Sepakat bekerja sama.\nJadwal disusun bersama.", "kirim")
    officer.sees(f"{over} sudah dicatat", "Catat janji")
    leader.sees("Terima kasih atas kunjungannya", "Sepakat bekerja sama.\nJadwal disusun bersama.")
    await leader.says("/status", over)
    leader.sees("sudah terlaksana", "Hasil:", "Sepakat bekerja sama.")
    assert len(await world.rows("SELECT * FROM audit WHERE what = 'held'")) == 1


async def test_who_did_not_come_is_invited_again(world: World, over: str, leader: Chat, officer: Chat) -> None:
    await officer.says(f"selesai {over}", "tidak hadir")
    officer.sees("Kehadiran: Tidak hadir", "Sudah benar?")
    await officer.says("kirim")
    leader.sees("tidak jadi terlaksana", "/audiensi")
    assert len(await world.rows("SELECT * FROM audit WHERE what = 'missed'")) == 1
    await officer.says(f"selesai {over}")
    officer.sees("sekarang tidak jadi terlaksana", "Tidak ada yang diubah")


async def test_an_outcome_is_not_written_before_the_meeting(approved: str, officer: Chat) -> None:
    await officer.says(f"selesai {approved}")
    officer.sees(f"{approved} belum dimulai")


async def promise(officer: Chat, over: str) -> None:
    await officer.says(f"selesai {over}", "hadir", "Sepakat.", "kirim", f"janji {over}")
    officer.sees("Apa yang dijanjikan?")
    await officer.says("Daftar ruang rapat", "kantor")
    officer.sees("Paling lambat kapan?")


@pytest.mark.parametrize(
    ("typed", "why"), [("kemarin", "sudah lewat"), ("nanti", "belum kami pahami"), ("1 Januari 2040", "terlalu jauh")]
)
async def test_a_promise_needs_a_day_to_come(over: str, officer: Chat, typed: str, why: str) -> None:
    await promise(officer, over)
    await officer.says(typed)
    officer.sees(why, "Paling lambat kapan?")


async def test_a_promise_is_seen_by_both_and_reminded_of_until_it_is_kept(
    world: World, over: str, leader: Chat, officer: Chat
) -> None:
    await promise(officer, over)
    await officer.says("Jumat")
    officer.sees("Jumat, 27 November 2026", "Sudah benar?")
    leader.looks_up()
    await officer.says("kirim")
    officer.sees("Janji pada AUD-0001 sudah dicatat", "Daftar ruang rapat. Oleh kantor, paling lambat Jumat")
    leader.sees("Janji dari pertemuan AUD-0001", "Daftar ruang rapat. Oleh kantor", "belum ditepati")
    for morning in (at(27, 8), at(30, 8), at(3, 8, month=12)):
        leader.looks_up()
        officer.looks_up()
        await world.ticks_at(morning)
        leader.sees("Pengingat janji dari AUD-0001", "Daftar ruang rapat")
        officer.sees("Pengingat janji dari AUD-0001", "Sudah ditepati")
    await officer.says(over)
    officer.sees("Janji:", "Daftar ruang rapat", "Ditepati: Daftar ruang rapat")
    leader.looks_up()
    await officer.says("ditepati jan 1")
    leader.sees("sudah ditepati", "Daftar ruang rapat")
    await officer.says("ditepati JAN-0001")
    officer.sees("sudah dicatat ditepati")
    leader.looks_up()
    await world.ticks_at(at(10, 8, month=12))
    leader.sees_nothing()
    await leader.says("/status", over)
    leader.sees("Janji:", "Daftar ruang rapat", "sudah ditepati")
    assert [row["why"] for row in await world.rows("SELECT why FROM audit WHERE what = 'kept'")] == [
        "Daftar ruang rapat"
    ]


async def test_a_promise_due_today_is_not_reminded_of_in_the_same_breath(
    world: World, over: str, leader: Chat, officer: Chat
) -> None:
    await promise(officer, over)
    await officer.says("hari ini", "kirim")
    leader.looks_up()
    await world.passes(minutes=1)
    leader.sees_nothing()
    await world.ticks_at(at(25, 8))
    leader.sees("Pengingat janji")


async def test_a_leader_cannot_mark_a_promise_as_kept(over: str, leader: Chat, officer: Chat) -> None:
    await promise(officer, over)
    await officer.says("Jumat", "kirim")
    await leader.says("ditepati jan 1")
    leader.sees("hanya untuk petugas")


async def test_a_meeting_that_took_place_in_spite_of_a_proposal_is_recorded(
    world: World, approved: str, leader: Chat, officer: Chat
) -> None:
    await officer.says(f"usulkan {approved}", "kamis jam 10", "lewati", "kirim")
    assert len(await world.rows("SELECT * FROM slots")) == 2
    await officer.says(f"selesai {approved}")
    officer.sees(f"{approved} belum dimulai")
    await world.ticks_at(at(24, 9, 50))
    officer.sees(f"{approved} sudah selesai?", "Catat hasil")
    await officer.says("/antrean")
    officer.sees(f"Menunggu catatan hasil: {approved}")
    await officer.says(f"selesai {approved}", "hadir", "Sepakat.", "kirim")
    officer.sees(f"{approved} sudah dicatat")
    (row,) = await world.rows("SELECT held_at, proposed_start, proposed_end, proposed_at FROM meetings")
    assert row["held_at"]
    assert {row["proposed_start"], row["proposed_end"], row["proposed_at"]} == {None}
    assert len(await world.rows("SELECT * FROM slots")) == 1
    await leader.says(f"terima {approved}")
    leader.sees("Tidak ada usulan waktu")
