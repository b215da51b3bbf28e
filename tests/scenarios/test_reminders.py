"""Reminders: the working day before and two hours before, never of what is no longer so, never twice."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.channels.channel import Outcome, SendFailed
from handlers import CATALOGUE
from storage.database.database import Transaction
from storage.machine import reminders
from tests.chat import Chat
from tests.world import World, at


@pytest.fixture
async def thursday(world: World, leader: Chat, officer: Chat) -> str:
    """The number of a meeting agreed for Thursday at nine."""

    async def live() -> str:
        await leader.joins()
        code = await leader.requests(day="kamis")
        await officer.says(f"setujui {code}")
        return code

    code = await world.once("thursday", live)
    leader.looks_up()
    return code


async def test_a_leader_is_reminded_the_working_day_before_and_two_hours_before(
    world: World, thursday: str, leader: Chat, officer: Chat
) -> None:
    officer.looks_up()
    await world.ticks_at(at(25, 8, 59))
    leader.sees_nothing()
    await world.ticks_at(at(25, 9))
    leader.sees(f"Pengingat: {thursday}", "Kamis, 26 November 2026 pukul 09.00 WIB", "Jalan Sindoro", "tetap hadir?")
    leader.sees("Hadir", "Ubah", "Batal")
    officer.sees("Pengingat petugas", thursday)
    leader.looks_up()
    await world.ticks_at(at(26, 7))
    leader.sees(f"Pengingat: {thursday}")
    leader.sees_no("terlambat")
    await leader.taps("Hadir")
    leader.sees("Kami tunggu Kamis, 26 November 2026 pukul 09.00 WIB")
    await officer.says(thursday)
    officer.sees("Pemohon menyatakan akan hadir")


async def test_the_working_day_before_a_monday_is_a_friday(world: World, leader: Chat, officer: Chat) -> None:
    await leader.joins()
    code = await leader.requests(day="senin depan")
    await officer.says(f"setujui {code}")
    leader.looks_up()
    await world.ticks_at(at(27, 9))
    leader.sees(f"Pengingat: {code}", "Senin, 30 November 2026")


async def test_the_working_day_before_a_meeting_after_christmas_is_the_23rd(
    world: World, leader: Chat, officer: Chat
) -> None:
    await leader.joins()
    world.now = at(21, 10, month=12)
    code = await leader.requests(day="28 Desember")
    await officer.says(f"setujui {code}")
    leader.looks_up()
    await world.ticks_at(at(23, 9, month=12))
    leader.sees(f"Pengingat: {code}", "Senin, 28 Desember 2026")


@pytest.mark.parametrize("answer", ["Hadir", "hadir", "hadir AUD-0001", "hadir aud 1"])
async def test_coming_is_said_by_tap_or_by_word(world: World, thursday: str, leader: Chat, answer: str) -> None:
    await world.ticks_at(at(25, 9))
    await (leader.taps(answer) if answer == "Hadir" else leader.says(answer))
    leader.sees("Kami tunggu")
    assert (await world.rows("SELECT confirmed_at FROM meetings WHERE code = :code", code=thursday))[0]["confirmed_at"]


async def test_a_reminder_leads_to_another_time(world: World, thursday: str, leader: Chat) -> None:
    await world.ticks_at(at(25, 9))
    await leader.taps("Ubah")
    leader.sees("Hari apa?")
    await leader.says("jumat jam 9", "Rapat", "kirim")
    leader.sees(f"{thursday} kami pindahkan ke Jumat, 27 November 2026")
    await leader.says(f"hadir {thursday}")
    leader.sees(f"{thursday} belum disetujui: menunggu jawaban kantor")


async def test_a_reminder_leads_to_cancelling(world: World, thursday: str, leader: Chat) -> None:
    await world.ticks_at(at(25, 9))
    await leader.taps("Batal")
    await leader.says("Rapat", "kirim")
    leader.sees(f"{thursday} sudah dibatalkan")


@pytest.mark.parametrize("change", ["batal", "ubah"])
async def test_nobody_is_reminded_of_what_is_no_longer_so(
    world: World, thursday: str, leader: Chat, change: str
) -> None:
    await leader.says(f"{change} {thursday}")
    await leader.says(*(["jumat jam 9", "Rapat", "kirim"] if change == "ubah" else ["Rapat", "kirim"]))
    leader.looks_up()
    for moment in (at(25, 9), at(26, 7), at(26, 9, 50)):
        await world.ticks_at(moment)
    leader.sees_nothing()


async def test_after_a_move_the_reminder_is_for_the_new_time(
    world: World, thursday: str, leader: Chat, officer: Chat
) -> None:
    await leader.says(f"ubah {thursday}", "jumat jam 9", "Rapat", "kirim")
    await officer.says(f"setujui {thursday}")
    leader.looks_up()
    await world.ticks_at(at(26, 9))
    leader.sees("Pengingat", "Jumat, 27 November 2026 pukul 09.00 WIB")
    assert len(leader.new) == 1


async def test_who_slept_over_a_reminder_says_so(world: World, thursday: str, leader: Chat) -> None:
    await world.ticks_at(at(25, 9, 10))
    leader.sees_no("terlambat")
    leader.looks_up()
    await world.ticks_at(at(26, 7, 40))
    leader.sees("terlambat", f"Pengingat: {thursday}", "Hadir")
    assert len(leader.new) == 1


async def test_of_two_reminders_slept_over_only_the_last_is_sent(world: World, thursday: str, leader: Chat) -> None:
    await world.ticks_at(at(26, 8))
    leader.sees("terlambat", f"Pengingat: {thursday}")
    assert len(leader.new) == 1


async def test_nobody_is_reminded_of_a_meeting_that_has_begun(world: World, thursday: str, leader: Chat) -> None:
    await world.ticks_at(at(26, 9, 1))
    leader.sees_nothing()
    await leader.says(f"hadir {thursday}")
    leader.sees("Kami tunggu")
    await world.ticks_at(at(26, 10))
    await leader.says(f"hadir {thursday}")
    leader.sees(f"{thursday} sudah lewat")


async def test_a_late_reminder_waits_for_the_morning(world: World, thursday: str, leader: Chat) -> None:
    await world.ticks_at(at(25, 23))
    leader.sees_nothing()
    await world.ticks_at(at(26, 6))
    leader.sees("terlambat", f"Pengingat: {thursday}")


async def test_a_clock_that_jumps_back_reminds_nobody_twice(world: World, thursday: str, leader: Chat) -> None:
    await world.ticks_at(at(25, 9))
    leader.sees(f"Pengingat: {thursday}")
    leader.looks_up()
    for moment in (at(24, 9), at(25, 8, 59), at(25, 9), at(25, 9, 1)):
        await world.ticks_at(moment)
    leader.sees_nothing()


async def test_a_reminder_that_could_not_be_sent_yet_is_taken_back_when_the_meeting_moves(
    world: World, thursday: str, leader: Chat
) -> None:
    await leader.says(f"ubah {thursday}", "jumat jam 9", "Rapat")
    leader.sees("Sudah benar?")
    world.paper.failing = [SendFailed(Outcome.RETRY, "busy", after=timedelta(minutes=5))]
    await world.ticks_at(at(25, 9))
    leader.looks_up()
    await leader.says("kirim")
    await world.sends_again(minutes=10)
    leader.sees("kami pindahkan ke Jumat")
    leader.sees_no("Pengingat")


async def test_a_reminder_on_its_way_too_long_says_that_it_is_late(world: World, thursday: str, leader: Chat) -> None:
    world.paper.failing = [SendFailed(Outcome.RETRY, "busy", after=timedelta(minutes=5))]
    await world.ticks_at(at(26, 7))
    leader.sees_nothing()
    await world.sends_again(minutes=30)
    leader.sees("terlambat", f"Pengingat: {thursday}")


async def test_a_reminder_on_its_way_until_the_meeting_began_is_not_sent(
    world: World, thursday: str, leader: Chat
) -> None:
    assert thursday
    world.paper.failing = [SendFailed(Outcome.RETRY, "busy", after=timedelta(minutes=5))]
    await world.ticks_at(at(26, 7))
    await world.sends_again(hours=3)
    leader.sees_nothing()


async def test_a_form_left_alone_is_asked_about_once_and_closed_after_a_week(world: World, leader: Chat) -> None:
    await leader.joins()
    await leader.says("/audiensi", "audiensi", "kepala")
    leader.looks_up()
    await world.ticks_at(at(24, 9, 59))
    leader.sees_nothing()
    await world.ticks_at(at(24, 10, 1))
    leader.sees("Permintaan audiensi belum selesai", "Lanjutkan", "Tutup")
    leader.looks_up()
    for day in (25, 26, 29):
        await world.ticks_at(at(day, 10))
    leader.sees_nothing()
    await world.ticks_at(at(30, 10, 1))
    leader.sees("kami tutup karena 7 hari", "Tidak ada yang dikirim")
    assert await world.rows("SELECT * FROM drafts") == []
    await leader.says("Program kerja")
    leader.sees("belum paham", "Minta audiensi")


@pytest.mark.parametrize("answer", ["Lanjutkan", "lanjutkan", "Program kerja"])
async def test_a_form_that_was_asked_about_goes_on(world: World, leader: Chat, answer: str) -> None:
    await leader.joins()
    await leader.says("/audiensi", "audiensi", "kepala")
    await world.ticks_at(at(24, 10, 1))
    await (leader.taps(answer) if answer == "Lanjutkan" else leader.says(answer))
    leader.sees("Hari apa?" if answer == "Program kerja" else "Apa yang ingin dibicarakan?")


async def test_a_form_that_was_asked_about_is_closed_on_request(world: World, leader: Chat) -> None:
    await leader.joins()
    await leader.says("/audiensi", "audiensi", "kepala")
    await world.ticks_at(at(24, 10, 1))
    await leader.says("tutup")
    leader.sees("sudah kami tutup", "Tidak ada yang dikirim")


async def test_nobody_is_asked_about_a_form_at_night(world: World, leader: Chat) -> None:
    await leader.joins()
    world.now = at(23, 22)
    await leader.says("/audiensi", "audiensi", "kepala")
    leader.looks_up()
    await world.ticks_at(at(24, 22, 30))
    await world.ticks_at(at(25, 5, 59))
    leader.sees_nothing()
    await world.ticks_at(at(25, 6))
    leader.sees("belum selesai")


async def test_one_reminder_that_fails_does_not_stop_the_others(world: World, thursday: str, leader: Chat) -> None:
    def set_three(tx: Transaction) -> None:
        for kind in ("promise", "day-before", "odd"):
            reminders.set(tx, kind, 99, "nothing", at(24, 8))

    async with world.awake() as room:
        await room.database.transact(set_three)
    await world.ticks_at(at(25, 9))
    leader.sees(f"Pengingat: {thursday}")
    failed = await world.rows("SELECT kind FROM reminders WHERE outcome = 'failed' ORDER BY kind")
    assert [row["kind"] for row in failed] == ["day-before", "odd", "promise"]


@pytest.mark.parametrize("day", [24, 30])
async def test_a_form_that_a_release_removed_is_closed_quietly(world: World, leader: Chat, day: int) -> None:
    await leader.joins()
    await leader.says("/audiensi", "audiensi", "kepala")
    await leader.says("/profil")
    await leader.taps("Ubah nama")
    forms = {name: form for name, form in CATALOGUE.forms.items() if name != "ubah-nama"}
    world.catalogue = replace(CATALOGUE, forms=forms)
    leader.looks_up()
    await world.ticks_at(at(day, 10, 1))
    leader.sees("Permintaan audiensi")
    left = await world.rows("SELECT form FROM drafts")
    assert [row["form"] for row in left] == (["audiensi"] if day == 24 else [])


async def test_a_form_that_a_release_removed_is_in_nobodys_way(world: World, leader: Chat) -> None:
    await leader.joins()
    await leader.says("/profil")
    await leader.taps("Ubah nama")
    forms = {name: form for name, form in CATALOGUE.forms.items() if name != "ubah-nama"}
    world.catalogue = replace(CATALOGUE, forms=forms)
    await leader.says("Siti")
    leader.sees("belum paham", "Minta audiensi")
    leader.sees_no("masih menunggu")
    await leader.says("/status")
    leader.sees("belum mengirim apa pun")
