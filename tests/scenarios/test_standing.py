"""What comes again by itself: reminders of the report duty, the weekly digest, the nightly emptying of old tickets."""

import os
import time
from datetime import datetime, timedelta

import pytest

from handlers.report import duty
from handlers.tickets import retention
from storage.database.database import Transaction
from storage.machine import audit
from storage.ormas import organisations
from storage.tickets import tickets
from tests.chat import Chat
from tests.made import picture
from tests.scenarios.test_files_kept import on_disk, sweeps
from tests.scenarios.test_recap import live, sent
from tests.world import WIB, World, at

DUE = datetime(2027, 1, 31, 9, 0, tzinfo=WIB)
"""The last day for the report of the second half of 2026."""


@pytest.fixture
async def led(world: World, leader: Chat, officer: Chat) -> Chat:
    """The verified leader of an ormas that has not reported; the office's clock has begun to tick."""

    async def joined() -> str:
        await leader.joins()
        await officer.says("verifikasi ANG-0001")
        return ""

    await world.once("a verified leader", joined)
    await world.tidies()
    leader.looks_up()
    officer.looks_up()
    return leader


async def ticks(world: World, moment: datetime) -> None:
    """The clock ticks, and tidies up now and then."""
    await world.ticks_at(moment)
    await world.tidies()


async def test_leaders_are_reminded_30_7_and_1_days_before_and_7_after(world: World, led: Chat) -> None:
    for days, words in ((-30, "30 hari lagi"), (-7, "7 hari lagi"), (-1, "1 hari lagi"), (7, "7 hari yang lalu")):
        await ticks(world, DUE + timedelta(days=days, minutes=-1))
        led.sees_nothing()
        await ticks(world, DUE + timedelta(days=days))
        led.sees("kegiatan Forum Melati untuk Juli sampai Desember 2026", "Minggu, 31 Januari 2027", words)
        led.sees("Kirim laporan")
        assert world.channel == "whatsapp" or "Permendagri 57/2017 Pasal 39" in led.screen
        assert len(led.new) == 1
        led.looks_up()
    await ticks(world, DUE + timedelta(days=30))
    led.sees_nothing()


async def test_a_reminder_begins_the_report_and_whoever_reported_hears_no_more(world: World, led: Chat) -> None:
    await ticks(world, DUE - timedelta(days=30))
    await led.taps("Kirim laporan")
    led.sees("Laporan kegiatan ormas", "masa laporan yang mana?")
    await led.says("batal")
    await live(world, lambda tx: sent(tx, "laporan", world.now, organisation_id=1, period="2026-2"))
    await ticks(world, DUE - timedelta(days=7))
    led.sees_no("Pengingat")
    await live(world, lambda tx: tx.run("UPDATE tickets SET closed_at = opened_at, result = 'withdrawn'"))
    await ticks(world, DUE - timedelta(days=1))
    led.sees("Pengingat")


async def test_nobody_unverified_or_stopped_is_reminded_and_never_at_night(world: World, led: Chat) -> None:
    await ticks(world, DUE.replace(hour=22) - timedelta(days=31))
    await ticks(world, DUE.replace(hour=5, minute=59) - timedelta(days=30))
    led.sees_nothing()
    await live(world, lambda tx: tx.run("UPDATE memberships SET verified_at = NULL"))
    await ticks(world, DUE - timedelta(days=7))
    led.sees_nothing()
    await live(world, lambda tx: tx.run("UPDATE memberships SET verified_at = 'then'"))
    await led.says("BERHENTI")
    led.looks_up()
    await ticks(world, DUE - timedelta(days=1))
    led.sees_nothing()


async def test_who_slept_over_reminders_sends_the_last_once_and_a_clock_that_goes_back_none(
    world: World, led: Chat
) -> None:
    await ticks(world, DUE + timedelta(days=-1, hours=6))
    led.sees("1 hari lagi")
    assert len(led.new) == 1
    led.looks_up()
    for days in (-40, -30, -7, -1):
        await ticks(world, DUE + timedelta(days=days))
    led.sees_nothing()
    twice = "SELECT kind, basis FROM reminders GROUP BY kind, basis HAVING count(*) > 1"
    assert await world.rows(twice) == []


async def test_many_ormas_are_told_some_at_a_time(world: World, led: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duty, "TOGETHER", 2)

    def four_more(tx: Transaction) -> None:
        for number in range(4):
            made = organisations.add(tx, f"Forum {number}", "skt", "disabilitas", "Kajen", None, at(23, 9))
            organisations.join(tx, 2, made, "Ketua", at(23, 9))
        tx.run("UPDATE memberships SET verified_at = 'then', person_id = (SELECT min(person_id) FROM memberships)")

    await live(world, four_more)
    await ticks(world, DUE - timedelta(days=7))
    assert len(led.new) == 5
    assert len({shown.text for shown in led.new}) == 5


async def test_officers_see_who_has_reported(world: World, led: Chat, officer: Chat) -> None:
    def more(tx: Transaction) -> None:
        for number in range(12):
            kind, place = ("badan_hukum", "Doro") if number < 2 else ("skt", "Kajen")
            made = organisations.add(tx, f"Perkumpulan {number:02d}", kind, "sosial", place, None, at(23, 9))
            if number < 3:
                sent(tx, "laporan", at(23, 9), organisation_id=made, period="2026-1")

    await live(world, more)
    await officer.says("/semester")
    officer.sees(
        "Juli sampai Desember 2026, paling lambat Minggu, 31 Januari 2027 (69 hari lagi)",
        "Sudah melapor: 0 dari 13 ormas (0 %)",
        "dan 3 lagi",
        "Laporan kegiatan Januari sampai Juni 2026, paling lambat Jumat, 31 Juli 2026 (sudah lewat).",
        "Sudah melapor: 3 dari 13 ormas (23 %)",
        "Berbadan hukum (yayasan/perkumpulan): 2 dari 2 ormas (100 %)",
        "Terdaftar dengan SKT: 1 dari 11 ormas (9 %)",
        "Doro: 2 dari 2 ormas (100 %)",
        "Kajen: 1 dari 11 ormas (9 %)",
        "Belum melapor: 10 ormas.",
        "Forum Melati",
        "Perkumpulan 03",
        "9 di antaranya tidak dapat kami ingatkan",
    )
    await officer.taps("Menurut jenis ormas")
    await officer.taps("Berbadan hukum (yayasan/perkumpulan)")
    officer.sees("Hanya: Berbadan hukum", "2 dari 2 ormas", "Semua sudah melapor")
    officer.sees_no("Terdaftar dengan SKT")
    await officer.taps("Menurut kecamatan")
    await officer.taps("Kajen")
    officer.sees("Hanya: Berbadan hukum (yayasan/perkumpulan), Kajen", "Belum ada ormas seperti itu")
    await officer.says("/semester kajen")
    officer.sees("Hanya: Kajen", "1 dari 11 ormas")
    await officer.says("/semester entah")
    officer.sees("tidak kami kenal")
    await led.says("/semester")
    led.sees("hanya untuk petugas")


async def test_without_ormas_there_is_no_duty(world: World, officer: Chat) -> None:
    await officer.says("/semester")
    officer.sees("Belum ada ormas seperti itu", "Belum ada ormas seperti itu")


@pytest.fixture
async def approver(world: World, officer: Chat) -> Chat:
    approver = world.phone("Bu Kepala")
    code = await world.code("approver")
    await approver.agrees()
    await approver.says(f"/gabung {code}")
    await world.tidies()
    approver.looks_up()
    officer.looks_up()
    return approver


async def test_approvers_get_a_digest_of_the_week_without_a_word_of_the_reports(
    world: World, approver: Chat, officer: Chat
) -> None:
    def week(tx: Transaction) -> None:
        one = sent(tx, "situasi", at(24, 9), level="bahaya", title="Bentrok di pasar")
        two = sent(tx, "situasi", at(24, 9), level="pantau", title="Kabar angin", kecamatan="Doro")
        sent(tx, "situasi", at(20, 9), level="pantau", title="Minggu lalu")
        tickets.verify(tx, two, 1, at(24, 10))
        tickets.close(tx, two, 1, "done", at(24, 11))
        assert one

    await live(world, week)
    await ticks(world, at(30, 7, 59))
    approver.sees_nothing()
    await ticks(world, at(30, 8))
    approver.sees(
        "Ringkasan laporan situasi sejak Senin, 23 November 2026",
        "Masuk: 2, di antaranya 1 BELUM DIVERIFIKASI",
        "Bahaya bagi orang 1, Perlu dipantau 1",
        "Menurut kecamatan:",
        "Masih terbuka: 2",
        "SIT-",
        "Kajen (BELUM DIVERIFIKASI)",
    )
    approver.sees_no("pasar", "angin", "Minggu lalu")
    officer.sees_nothing()
    approver.looks_up()
    await ticks(world, at(29, 8))
    await ticks(world, at(30, 9))
    approver.sees_nothing()
    await ticks(world, at(9, 8, month=12))
    assert len(approver.new) == 1, "two days late, and once"
    approver.sees("sejak Senin, 30 November 2026", "Tidak ada laporan situasi yang masuk")


@pytest.fixture
async def answered(world: World, led: Chat, officer: Chat) -> str:
    """The number of a complaint with a photo that was answered; beside it two more that are closed and an open one."""
    await led.says("/masukan", "dengan nama saya", "keluhan", "Lampu jalan mati")
    await led.sends_photo(picture())
    await led.says("selesai")
    await world.fetches()
    await led.taps("Kirim")
    (ticket,) = await world.rows("SELECT code FROM tickets")
    await officer.says(f"selesaikan {ticket['code']}", "Sudah diganti.", "kirim")

    def three_more(tx: Transaction) -> None:
        for closed in (True, True, False):
            one = sent(tx, "masukan", world.now, person_id=2)
            if closed:
                tickets.close(tx, one, None, "done", world.now)

    await live(world, three_more)
    assert len(on_disk(world)) == 2, "the photo and its preview"
    return str(ticket["code"])


async def nights_pass(world: World) -> None:
    """Until the night in which the time of these is over."""
    kept = timedelta(days=world.office.tickets.kept_days["masukan"])
    await ticks(world, at(23, 1) + kept)
    assert await world.rows("SELECT id FROM tickets WHERE emptied_at IS NOT NULL") == []
    await ticks(world, at(24, 2) + kept)


async def test_old_tickets_are_emptied_at_night_and_keep_their_numbers(
    world: World, answered: str, officer: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "TOGETHER", 2)
    before = await world.rows("SELECT code FROM tickets ORDER BY id")
    await nights_pass(world)
    emptied = await world.rows("SELECT title, facts, person_id FROM tickets WHERE emptied_at IS NOT NULL")
    assert [tuple(row.values()) for row in emptied] == [("", "{}", None)] * 3
    assert await world.rows("SELECT code FROM tickets ORDER BY id") == before
    assert len(await world.rows("SELECT id FROM tickets WHERE emptied_at IS NULL AND title <> ''")) == 1
    assert await world.rows("SELECT id FROM ticket_events WHERE words IS NOT NULL") == []
    for path in on_disk(world):
        os.utime(path, (time.time() - 7200,) * 2)
    await sweeps(world)
    assert on_disk(world) == []
    await officer.says(f"lihat {answered}")
    officer.sees(answered, "selesai", "Isinya dihapus")
    officer.sees_no("Lampu", "Siti Aminah", "Forum Melati")


async def test_what_was_emptied_is_logged_and_audited_once_a_night_for_each_kind(
    world: World, answered: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert answered
    caplog.set_level("INFO")
    monkeypatch.setattr(retention, "TOGETHER", 2)
    await nights_pass(world)
    assert "emptied 3 tickets of the kind masukan" in caplog.text
    await ticks(world, world.now + timedelta(days=1))
    async with world.awake() as room:
        (noted,) = await room.database.transact(lambda tx: audit.of_subject(tx, "masukan"))
    assert (noted["person_id"], noted["role"], noted["what"]) == (0, "clock", "tickets-emptied")
    assert noted["why"].startswith("3 tickets closed before")


async def test_a_profile_without_a_kind_empties_nothing_of_it(world: World, led: Chat) -> None:
    rules = world.office.tickets.model_copy(update={"kept_days": {"laporan": 1}})
    await live(world, lambda tx: tickets.close(tx, sent(tx, "masukan", at(23, 9)), None, "done", at(23, 9)))
    world.office = world.office.model_copy(update={"tickets": rules})
    await ticks(world, at(24, 2))
    await ticks(world, at(25, 2))
    assert await world.rows("SELECT id FROM tickets WHERE emptied_at IS NOT NULL") == []
    outcomes = await world.rows("SELECT outcome FROM reminders WHERE basis = '2026-11-24 masukan 0'")
    assert [row["outcome"] for row in outcomes] == ["void"]
