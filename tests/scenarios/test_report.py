"""`/laporan`: an activity is reported, with files over days; its receipt can be verified by anybody."""

import re

import pytest

from tests.chat import Chat
from tests.made import PDF
from tests.scenarios.test_suggest import number
from tests.world import World

CHECK = re.compile(r"(?<![0-9A-Z-])[0-9A-Z]{4}-[0-9A-Z]{4}(?![0-9A-Z-])")


async def fills(chat: Chat) -> None:
    """Up to the question for files."""
    await chat.says("/laporan")
    await chat.taps("Juli sampai Desember 2026")
    await chat.says("Pelatihan kader", "20 November", "Kajen")
    await chat.taps("Lewati")
    await chat.taps("Disabilitas")
    await chat.says("45", "Pelatihan berjalan lancar.")


async def sends(chat: Chat) -> str:
    await fills(chat)
    await chat.taps("Lewati")
    await chat.taps("Ya, disetujui")
    chat.sees("Tanggal: Jumat, 20 November 2026", "Peserta: 45", "Sudah benar?")
    await chat.taps("Kirim")
    return number(chat, "LAP")


@pytest.fixture
async def joined(world: World, leader: Chat, officer: Chat) -> Chat:
    async def live() -> str:
        await leader.joins()
        return ""

    await world.once("a leader", live)
    return leader


async def test_a_report_gets_a_receipt_that_anybody_can_verify(world: World, joined: Chat, officer: Chat) -> None:
    code = await sends(joined)
    joined.sees("Kode tanda terima:", "/cek")
    check = CHECK.search(joined.screen)
    assert check
    officer.sees("Kiriman baru:", code, "Kegiatan: Pelatihan kader", "Peserta: 45")
    stranger = world.phone("Budi Santoso")
    await stranger.agrees()
    await stranger.says(f"/cek {check[0].lower()}")
    stranger.sees("ASLI", code, "Dari: Forum Melati", "Diterima: Senin, 23 November 2026")
    stranger.sees_no("Siti", "Pelatihan")
    await stranger.says("/cek AAAA-AAAA")
    stranger.sees("TIDAK kami kenali", "Minta klarifikasi")


async def test_without_both_signatures_nothing_is_sent_and_nothing_lost(joined: Chat) -> None:
    await fills(joined)
    await joined.taps("Lewati")
    await joined.taps("Belum")
    joined.sees(
        "perlu disetujui ketua dan sekretaris dahulu (Permendagri 57/2017 Pasal 39)",
        "sudah disetujui ketua dan sekretaris?",
    )
    await joined.taps("Ya, disetujui")
    joined.sees("Kegiatan: Pelatihan kader")
    await joined.taps("Kirim")
    joined.sees("sudah kami terima dengan nomor LAP-")


async def test_files_come_at_any_question_and_days_later(world: World, joined: Chat, officer: Chat) -> None:
    await joined.says("/laporan")
    await joined.taps("Juli sampai Desember 2026")
    await joined.sends_file("undangan.pdf", "application/pdf", len(PDF), PDF)
    joined.sees("Kami simpan PDF ini untuk “Berkas” (1 dari 10).", "Apa nama kegiatannya?")
    await world.passes(days=2)
    await joined.says("lanjutkan", "Pelatihan kader", "20 November", "Kajen")
    await joined.taps("Lewati")
    await joined.taps("Disabilitas")
    await joined.says("45", "Berjalan lancar.")
    await joined.sends_file("daftar hadir.pdf", "application/pdf", len(PDF), PDF + b"2")
    joined.sees("Berkas 2 dari 10", "undangan.pdf", "daftar hadir.pdf")
    await joined.taps("Selesai")
    await joined.taps("Ya, disetujui")
    await joined.taps("Kirim")
    code = number(joined, "LAP")
    await world.fetches()
    officer.looks_up()
    await officer.says(code)
    officer.sees("Berkas: 2 PDF")
    await officer.taps("Lihat berkas")
    assert [shown.document.name for shown in officer.new if shown.document] == ["undangan.pdf", "daftar hadir.pdf"]


async def test_what_cannot_be_read_is_asked_for_again_with_one_press(joined: Chat, officer: Chat) -> None:
    code = await sends(joined)
    await officer.says(f"minta kirim ulang {code}")
    officer.sees("Bagian mana yang perlu dikirim ulang?", "Ringkasan")
    await officer.taps("Ringkasan")
    joined.sees(f"Untuk {code}, mohon diperiksa dan ditulis lagi: Ringkasan.")
    await joined.says(f"balas {code}", "Pelatihan dua hari, 45 kader lulus.", "kirim")
    officer.sees("Balasan dari pengirim", "45 kader lulus")


async def test_a_day_to_come_is_no_day_of_a_report(joined: Chat) -> None:
    await joined.says("/laporan")
    await joined.taps("Juli sampai Desember 2026")
    await joined.says("Pelatihan kader", "besok")
    joined.sees("Selasa, 24 November 2026 belum tiba")
    await joined.says("2 Desember")
    joined.sees("2 Desember 2025 di luar masa laporan Juli sampai Desember 2026")
    await joined.says("2 Agustus")
    joined.sees("Dicatat: Minggu, 2 Agustus 2026")
    await joined.says("Kajen", "lewati", "Disabilitas", "kira2 seratusan orang")
    joined.sees("Mohon tulis angkanya saja")
    await joined.says("sekitar 1.200 orang")
    joined.sees("Ceritakan singkat")
