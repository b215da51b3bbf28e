"""When an announcement goes out: planned, repeated, at night, slept over, near a stage of the election."""

from datetime import timedelta

from tests.chat import Chat
from tests.scenarios.announcing import goes_out
from tests.scenarios.test_election import enters
from tests.world import World, at


async def test_an_alarm_goes_out_at_night_and_everything_else_in_the_morning(
    world: World, officer: Chat, approver: Chat, verified: Chat
) -> None:
    await world.ticks_at(at(23, 22))
    verified.looks_up()
    await goes_out(officer, approver)
    verified.sees_nothing()
    await goes_out(officer, approver, topic="Darurat", title="Banjir", body="Hindari jalan pantura.")
    verified.sees("Hindari jalan pantura.")
    verified.looks_up()
    await world.ticks_at(at(24, 6, 1))
    verified.sees("Senin di pendapa.")


async def test_one_that_is_repeated_comes_again_until_it_is_ended(
    world: World, officer: Chat, approver: Chat, verified: Chat
) -> None:
    await goes_out(officer, approver, starts="30 November jam 9", repeat="Setiap bulan")
    verified.looks_up()
    await world.ticks_at(at(30, 9, 1))
    verified.sees("Senin di pendapa.")
    verified.looks_up()
    await world.ticks_at(at(30, 9, 1, month=12))
    verified.sees("Senin di pendapa.", "UMU-0002")
    await officer.says("/umumkan")
    officer.sees("UMU-0003")
    await officer.says("batalkan UMU-0003")
    officer.sees("dibatalkan")


async def test_one_before_a_day_of_the_record_goes_out_on_each_of_the_days_named(
    world: World, officer: Chat, approver: Chat, verified: Chat
) -> None:
    await officer.says("/umumkan")
    await officer.taps("Tulis pengumuman")
    await officer.taps("Hibah")
    await officer.says("LPJ hibah", "Batas LPJ 10 Desember.", "tidak ada")
    await officer.taps("Tanpa pertanyaan")
    await officer.taps("Semua pengurus")
    await officer.taps("Menjelang suatu hari")
    await officer.says("10 Desember")
    await officer.taps("7 hari sebelumnya")
    await officer.taps("1 hari sebelumnya")
    await officer.taps("Selesai")
    await officer.says("10 Desember")
    await officer.taps("Kirim")
    officer.sees("Dikirim: Kamis, 3 Desember 2026 pukul 08.00", "Diulang: 7, 1 hari sebelum Kamis, 10 Desember 2026")
    await officer.taps("Ajukan")
    await approver.says("periksa UMU-0001")
    await approver.taps("Setujui")
    verified.looks_up()
    await world.ticks_at(at(3, 8, 1, month=12))
    verified.sees("Batas LPJ 10 Desember.")
    verified.looks_up()
    await world.ticks_at(at(9, 8, 1, month=12))
    verified.sees("Batas LPJ 10 Desember.")
    verified.looks_up()
    await world.ticks_at(at(10, 8, 1, month=12))
    verified.sees_nothing()


async def test_masa_tenang_that_begins_meanwhile_holds_back_what_was_agreed(
    world: World, officer: Chat, approver: Chat, verified: Chat
) -> None:
    await goes_out(officer, approver, starts="besok jam 9")
    await enters(officer, "Masa tenang", "Masa tenang", "24 November 2026", "26 November 2026")
    verified.looks_up()
    await world.ticks_at(at(24, 9, 1))
    verified.sees_nothing()
    await officer.says("UMU-0001")
    officer.sees("dijeda: masa tenang")


async def test_progress_can_be_paused_and_resumed_and_cancelled_by_officers(
    world: World, officer: Chat, approver: Chat, verified: Chat
) -> None:
    verified.looks_up()
    await goes_out(officer, approver, starts="besok jam 9")
    await officer.says("UMU-0001")
    officer.sees("disetujui, menunggu waktunya", "Batalkan")
    await verified.says("batalkan UMU-0001")
    verified.sees_no("dibatalkan")
    await officer.says("batalkan UMU-0001")
    officer.sees("dibatalkan")
    await world.ticks_at(at(24, 9, 1))
    verified.looks_up()
    await world.passes(minutes=10)
    verified.sees_nothing()


async def test_a_planned_announcement_goes_out_at_its_time_and_not_hours_later(
    world: World, officer: Chat, approver: Chat, verified: Chat
) -> None:
    await goes_out(officer, approver, starts="besok jam 9")
    await goes_out(officer, approver, title="Lain", body="Terlambat.", starts="besok jam 9")
    verified.looks_up()
    await world.ticks_at(at(24, 8, 59))
    verified.sees_nothing()
    await officer.says("batalkan UMU-0002")
    await world.ticks_at(at(24, 9, 1))
    verified.sees("Senin di pendapa.")
    verified.sees_no("Terlambat.")
    await goes_out(officer, approver, title="Lain", body="Tidur.", starts="besok jam 9")
    verified.looks_up()
    await world.ticks_at(at(25, 9) + timedelta(hours=5))
    verified.sees_no("Tidur.")
    await officer.says("UMU-0003")
    officer.sees("dijeda", "terlalu lama")
    await officer.says("lanjut UMU-0003")
    await world.passes(minutes=1)
    verified.sees("Tidur.")


async def test_a_stage_that_comes_near_is_drafted_and_never_sent_by_itself(
    world: World, officer: Chat, approver: Chat, verified: Chat
) -> None:
    await enters(officer, "Masa kampanye", "Masa kampanye", "30 Desember 2026", "31 Desember 2026")
    for chat in (officer, approver, verified):
        chat.looks_up()
    await world.ticks_at(at(30, 8, 1))
    officer.sees("Konsep peringatan tahapan pemilu, 30 hari sebelumnya", "Masa kampanye dimulai Rabu, 30 Desember 2026")
    verified.sees_nothing()
    await officer.taps("Pakai konsep ini")
    officer.sees("Mohon diperiksa", "Dasar hukum: PKPU 3/2028", "Berlaku sampai: Rabu, 30 Desember 2026 pukul 23.59")
    await officer.taps("Kirim")
    officer.sees("belum ada yang dikirim")
    verified.sees_nothing()
    await officer.taps("Ajukan")
    await approver.says("periksa UMU-0001")
    await approver.taps("Setujui")
    verified.sees("Masa kampanye dimulai Rabu, 30 Desember 2026", "Sudah saya baca")
    officer.looks_up()
    await world.ticks_at(at(23, 8, 1, month=12))
    officer.sees("7 hari sebelumnya")
    await world.ticks_at(at(30, 8, 1, month=12) + timedelta(days=1))
    await officer.says("/umumkan")
    await officer.taps("Pakai konsep ini")
    officer.sees("tidak berlaku lagi")
