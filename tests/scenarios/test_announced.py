"""After an announcement went out: answers, who and why not, the silent once more, corrections, and what is genuine."""

import json
from datetime import timedelta

import pytest

from tests.chat import Chat
from tests.scenarios.announcing import goes_out, hands_in
from tests.scenarios.test_election import enters
from tests.scenarios.test_link import links
from tests.world import World, at


@pytest.fixture
async def budi(world: World, officer: Chat, verified: Chat) -> Chat:
    """A second verified leader, of another ormas."""
    budi = world.phone("Budi Santoso")

    async def join() -> str:
        await budi.joins("Karang Taruna Mekar")
        await officer.says("verifikasi ANG-0002")
        return "ANG-0002"

    await world.once("budi", join)
    for chat in (verified, budi):
        chat.looks_up()
    return budi


@pytest.fixture
async def sent(world: World, officer: Chat, approver: Chat, verified: Chat, budi: Chat) -> str:
    """The code of an announcement both have got, with its check code behind it."""

    async def send() -> str:
        await goes_out(officer, approver, question="Ya, tidak, mungkin", ends="27 November")
        return "UMU-0001"

    return await world.once("sent", send)


async def check_code(world: World, number: int = 1) -> str:
    rows = await world.rows("SELECT check_code FROM broadcasts ORDER BY id")
    return str(rows[number - 1]["check_code"])


async def test_leaders_answer_by_button_or_word_and_change_it_until_the_end(
    world: World, sent: str, verified: Chat, budi: Chat, officer: Chat
) -> None:
    verified.sees("Rapat ormas", "Senin di pendapa.", "Ya", "Tidak", "Mungkin", sent)
    await verified.taps("Ya")
    verified.sees("Jawaban untuk UMU-0001 kami catat: Ya", "masih bisa diganti", "27 November")
    await verified.says("ikut tidak UMU-0001")
    verified.sees("kami catat: Tidak")
    await budi.says("mungkin")
    budi.sees("kami catat: Mungkin")
    await officer.says(sent)
    officer.sees("2 penerima: 2 terkirim", "Jawaban:", "Mungkin: 1", "Tidak: 1")
    await officer.says(f"siapa {sent}")
    officer.sees("Siti Aminah: menjawab Tidak", "Budi Santoso: menjawab Mungkin")
    await world.passes(days=5)
    await budi.says(f"ikut ya {sent}")
    budi.sees("sudah berakhir")


async def test_officers_get_a_table_and_a_picture_of_who_answered(
    world: World, sent: str, officer: Chat, verified: Chat
) -> None:
    await verified.taps("Ya")
    await officer.says(f"tabel {sent}")
    officer.sees("sedang dibuat")
    officer.looks_up()
    await world.draws()
    officer.sees("UMU-0001 (versi 1): Rapat ormas", "penerima: 2", "menjawab: 1", "data pribadi")
    picture, table = (shown.document for shown in officer.new if shown.document)
    assert (picture.name, table.name) == ("UMU-0001.png", "UMU-0001.xlsx")
    rows = drawn(world, table.sha256)
    assert [(row[0], row[1], row[3], row[8]) for row in rows] == [
        ("Siti Aminah", "Forum Melati", "terkirim", "Ya"),
        ("Budi Santoso", "Karang Taruna Mekar", "terkirim", ""),
    ]
    await verified.says(f"tabel {sent}")
    verified.sees_no("sedang dibuat")


def drawn(world: World, sha256: str) -> list[list[str]]:
    """The rows of a table as they were handed to the child that writes it."""
    file = world.folder / "files" / sha256[:2] / sha256
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()[1:]]


async def test_somebody_it_was_not_for_cannot_answer_or_read_it(world: World, sent: str, officer: Chat) -> None:
    other = world.phone("Orang Lain")
    await other.joins("Forum Lain")
    for typed in (f"ikut ya {sent}", f"berkas {sent}", sent, f"baca {sent}", f"siapa {sent}", f"telepon {sent}"):
        await other.says(typed)
        other.sees_no("Senin di pendapa", "kami catat", "Siti")
    assert await world.rows("SELECT id FROM recipients WHERE answer IS NOT NULL") == []


async def test_the_archive_tells_of_every_one_who_and_how_many(
    world: World, sent: str, officer: Chat, verified: Chat
) -> None:
    await verified.taps("Ya")
    await officer.says("/arsip")
    (row,) = await world.rows("SELECT hash FROM broadcasts")
    officer.sees(
        "UMU-0001 (versi 1): Rapat ormas. Umum",
        "Penulis Petugas Kantor; disetujui Penyetuju Kantor",
        f"Sidik {row['hash'][:12]}. Terkirim 2 dari 2, dijawab 1",
    )
    await officer.taps(sent)
    officer.sees("Rapat ormas", "Keputusan: disetujui Penyetuju Kantor", "Siapa saja", "Perbaiki", "Tarik")


async def test_a_long_archive_has_pages(world: World, officer: Chat) -> None:
    for number in range(1, 11):
        await hands_in(officer, title=f"Kabar {number}")
    await officer.says("/arsip")
    officer.sees("Kabar 10", "Kabar 3", "Yang lebih lama")
    officer.sees_no("Kabar 2.")
    await officer.taps("Yang lebih lama")
    officer.sees("Kabar 2", "Kabar 1")
    officer.sees_no("Yang lebih lama")


async def test_only_the_silent_are_asked_again_and_then_called(
    world: World, sent: str, officer: Chat, approver: Chat, verified: Chat, budi: Chat
) -> None:
    await verified.taps("Ya")
    verified.looks_up()
    budi.looks_up()
    await officer.says(f"hubungi {sent}")
    officer.sees("UMU-0002", "Penerima: yang belum menjawab UMU-0001", "1 pengurus", "belum ada yang dikirim")
    await officer.taps("Ajukan")
    await approver.says("periksa UMU-0002")
    await approver.taps("Setujui")
    verified.sees_nothing()
    budi.sees("Rapat ormas", "UMU-0002")
    await officer.says(f"telepon {sent}")
    officer.sees("untuk ditelepon", "Budi Santoso (Karang Taruna Mekar)")
    officer.sees_no("Siti Aminah")
    await budi.says("ikut ya UMU-0002")
    await officer.says(f"telepon {sent}")
    officer.sees("Tidak ada (lagi)")


async def test_the_silent_are_asked_in_their_other_messenger(
    world: World, officer: Chat, approver: Chat, verified: Chat, there: Chat
) -> None:
    await links(verified, there)
    await verified.says("halo")
    for chat in (verified, there):
        chat.looks_up()
    await goes_out(officer, approver)
    verified.sees("Senin di pendapa.")
    there.sees_nothing()
    verified.looks_up()
    await officer.says("hubungi UMU-0001")
    await officer.taps("Ajukan")
    await approver.says("periksa UMU-0002")
    await approver.taps("Setujui")
    verified.sees_nothing()
    there.sees("Senin di pendapa.", "UMU-0002")
    await there.taps("Sudah saya baca")
    there.sees("kami catat")
    await officer.says("telepon UMU-0001")
    officer.sees("Tidak ada (lagi)")


async def test_a_correction_reaches_exactly_the_same_and_names_what_it_replaces(
    world: World, sent: str, officer: Chat, approver: Chat, verified: Chat, budi: Chat
) -> None:
    late = world.phone("Pengurus Baru")
    await late.joins("Forum Baru")
    await officer.says("verifikasi ANG-0003")
    old_code = await check_code(world)
    for chat in (late, verified, budi):
        chat.looks_up()
    await officer.says(f"perbaiki {sent}")
    officer.sees("Jawaban mana yang ingin diubah?")
    await officer.taps("Isi")
    await officer.says("Selasa di pendapa.")
    officer.sees_no("Untuk siapa?", "Penerima:")
    await officer.taps("Kirim")
    officer.sees("RALAT", sent, "UMU-0002 (versi 2)", "Memperbaiki UMU-0001", "tepat penerima UMU-0001", "2 pengurus")
    await officer.taps("Ajukan")
    await approver.says("periksa UMU-0002")
    await approver.taps("Setujui")
    for chat in (verified, budi):
        chat.sees("RALAT", sent, "Selasa di pendapa.")
    late.sees_nothing()
    await budi.says(f"ikut ya {sent}")
    budi.sees("sudah diganti dengan UMU-0002")
    await late.says(f"/cek {old_code}")
    late.sees("SUDAH DIGANTI", "yang berlaku UMU-0002", "Selasa di pendapa.")
    await budi.says(sent)
    budi.sees("SUDAH DIGANTI", "Selasa di pendapa.")
    await officer.says("UMU-0002")
    officer.sees("Rangkaian: UMU-0001 (versi 1)", "UMU-0002 (versi 2)")


async def test_a_withdrawal_says_why(
    world: World, sent: str, officer: Chat, approver: Chat, verified: Chat, budi: Chat
) -> None:
    old_code = await check_code(world)
    verified.looks_up()
    await officer.says(f"tarik {sent}")
    officer.sees("Apa isinya?")
    await officer.says("Rapat dibatalkan karena banjir.")
    await officer.taps("Kirim")
    officer.sees("DITARIK", "Menarik UMU-0001")
    await officer.taps("Ajukan")
    await approver.says("periksa UMU-0002")
    await approver.taps("Setujui")
    verified.sees("DITARIK", sent, "Rapat dibatalkan karena banjir.")
    await verified.says(f"/cek {old_code}")
    verified.sees("SUDAH DITARIK", "Rapat dibatalkan karena banjir.")


async def test_what_never_went_out_is_not_corrected(officer: Chat) -> None:
    await hands_in(officer)
    for typed in ("perbaiki UMU-0001", "tarik UMU-0001"):
        await officer.says(typed)
        officer.sees("belum pernah dikirim")
    await officer.says("hubungi UMU-0001")
    officer.sees("tidak (lagi) menunggu jawaban")


async def test_a_code_proves_an_announcement_and_shows_its_words(world: World, sent: str) -> None:
    code = await check_code(world)
    anybody = world.phone("Warga")
    await anybody.agrees()
    await anybody.says(f"/cek {code.lower()}")
    anybody.sees("ASLI", "UMU-0001", "Dikirim: Senin, 23 November 2026", "Rapat ormas", "Senin di pendapa.")
    await anybody.says("/cek", f"apakah {code} asli?")
    anybody.sees("ASLI")


async def test_a_forwarded_announcement_is_known_by_its_words(world: World, sent: str, verified: Chat) -> None:
    text = next(shown.text for shown in reversed(verified.all) if "Senin di pendapa." in shown.text)
    text = text.partition("\n1. ")[0].partition("\n- Ya")[0]
    anybody = world.phone("Warga")
    await anybody.agrees()
    await anybody.says("/cek", text)
    anybody.sees("ASLI", "Senin di pendapa.")
    await anybody.says("/cek", "RAPAT ormas — senin di *pendapa*!")
    anybody.sees("ASLI", "Senin di pendapa.")


async def test_a_changed_announcement_is_shown_with_what_differs_even_with_a_real_code(
    world: World, sent: str, verified: Chat
) -> None:
    code = await check_code(world)
    text = next(shown.text for shown in reversed(verified.all) if "Senin di pendapa." in shown.text)
    anybody = world.phone("Warga")
    await anybody.agrees()
    await anybody.says("/cek", text.replace("pendapa", "stadion"))
    anybody.sees("BERBEDA dari aslinya", "aslinya “pendapa”, di pesan itu “stadion”", "Senin di pendapa.")
    await anybody.says("/cek", f"Rapat ormas. Bawa uang seratus ribu ke rumah saya malam ini. Kode {code}")
    anybody.sees("BERBEDA dari aslinya")
    anybody.sees_no("ASLI.")


async def test_what_is_not_ours_is_said_not_to_be_and_can_be_handed_in(world: World, sent: str) -> None:
    anybody = world.phone("Warga")
    await anybody.agrees()
    await anybody.says("/cek", "Semua ormas wajib menyetor uang ke rekening ini sebelum hari Jumat besok.")
    anybody.sees("TIDAK kami kenali", "Minta klarifikasi")


async def test_a_draft_that_never_went_out_is_not_genuine(world: World, officer: Chat) -> None:
    await hands_in(officer)
    code = await check_code(world)
    anybody = world.phone("Warga")
    await anybody.agrees()
    await anybody.says(f"/cek {code}")
    anybody.sees("TIDAK kami kenali")
    anybody.sees_no("Senin di pendapa.")


async def test_a_topic_that_is_not_wanted_and_a_stop_word_are_obeyed_and_named(
    world: World, officer: Chat, approver: Chat, verified: Chat, budi: Chat
) -> None:
    await verified.says("/langganan")
    await verified.taps("Hentikan Umum")
    await budi.says("BERHENTI")
    for chat in (verified, budi):
        chat.looks_up()
    await goes_out(officer, approver)
    approver.sees_no("Semua terjangkau")
    for chat in (verified, budi):
        chat.sees_nothing()
    await officer.says("siapa UMU-0001")
    officer.sees("Siti Aminah: tidak dikirim, tidak menerima topik ini", "Budi Santoso: tidak dikirim, berhenti")
    await goes_out(officer, approver, topic="Kegiatan")
    verified.sees("Senin di pendapa.")
    budi.sees_nothing()


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


async def test_a_rumour_that_was_cleared_up_becomes_a_draft_and_a_situation_report_never(
    world: World, officer: Chat, leader: Chat
) -> None:
    await leader.agrees()
    await leader.says("/cek", "Kabarnya semua ormas wajib setor uang ke rekening ini besok pagi.")
    await leader.taps("Minta klarifikasi")
    for _ in range(4):
        if "Batal" in leader.screen and "sudah kami terima" not in leader.screen:
            await leader.says("tidak ada" if "Ada tangkapan layar" in leader.screen else "lewati")
    rows = await world.rows("SELECT code FROM tickets")
    code = rows[0]["code"]
    await officer.says(f"terima {code}", f"jawab {code}", "Itu hoaks; kantor tidak pernah memungut uang.")
    await officer.says(f"siarkan {code}")
    officer.sees("Apa yang ditanyakan")
    await officer.taps("Tanpa pertanyaan")
    await officer.taps("Lewati")
    officer.sees("Klarifikasi", "Itu hoaks; kantor tidak pernah memungut uang.")
    officer.sees_no("wajib setor uang")
    await leader.says(f"siarkan {code}")
    leader.sees_no("Apa yang ditanyakan", "Topiknya apa?")
