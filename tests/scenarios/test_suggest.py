"""`/masukan`: told, numbered, taken, answered, asked back, rated, opened once more; hidden and nameless ones too."""

import json
import re
from datetime import timedelta

import pytest

from tests.chat import Chat
from tests.scenarios.announcing import second_agrees
from tests.world import World, at


def number(chat: Chat, prefix: str = "MAS") -> str:
    """The number of the ticket on the screen."""
    found = re.search(rf"{prefix}-\d{{6,9}}", chat.screen)
    assert found, chat.screen
    return found[0]


async def suggests(chat: Chat, privacy: str = "Dengan nama saya", words: str = "Lampu jalan mati") -> str:
    await chat.says("/masukan")
    await chat.taps(privacy)
    await chat.taps("Keluhan")
    await chat.says(words)
    await chat.taps("Lewati")
    await chat.taps("Kirim")
    return number(chat)


@pytest.fixture
async def sent(world: World, leader: Chat, officer: Chat) -> str:
    """The number of a complaint that waits."""

    async def live() -> str:
        await leader.joins()
        return await suggests(leader)

    return await world.once("a complaint", live)


async def test_a_complaint_is_answered_rated_and_opened_once_more(
    world: World, sent: str, leader: Chat, officer: Chat
) -> None:
    officer.sees("Kiriman baru:", sent, "Lampu jalan mati", "Dari: Siti Aminah, Ketua Forum Melati")
    await officer.says(f"terima {sent}")
    officer.sees("sekarang di tangan Bapak/Ibu")
    await officer.says(f"jawab {sent}")
    officer.sees("Apa jawabannya?")
    await officer.says("Sudah kami teruskan ke dinas terkait.")
    leader.looks_up()
    await officer.taps("Kirim")
    officer.sees("Bila tidak sampai, Bapak/Ibu kami beri tahu")
    leader.sees(f"Jawaban untuk {sent}:", "Sudah kami teruskan ke dinas terkait.")
    await officer.says(f"selesaikan {sent}")
    leader.looks_up()
    await officer.says("Lampu sudah diganti.")
    await officer.taps("Kirim")
    leader.sees(f"{sent} sudah selesai", "Lampu sudah diganti.", "Bagaimana layanan kami")
    await leader.taps("Kurang puas")
    leader.sees("Terima kasih atas penilaiannya", "dapat dibuka lagi satu kali")
    await leader.taps("Buka lagi")
    leader.sees("dibuka lagi", "Apa balasan Bapak/Ibu?")
    await leader.says("Mati lagi sejak semalam.", "kirim")
    leader.sees("sudah kami teruskan")
    officer.sees("Balasan dari pengirim", "Mati lagi sejak semalam.")
    await leader.says(f"/status {sent}")
    leader.sees("Riwayat:", "Dikirim", "Diambil petugas", "Petugas menjawab", "Ditutup", "Dibuka lagi", "menjawab")


async def test_it_is_opened_by_its_sender_only_once_more(sent: str, leader: Chat, officer: Chat) -> None:
    for _ in range(2):
        await officer.says(f"selesaikan {sent}", "Sudah.", "kirim")
        await leader.says(f"buka lagi {sent}")
    leader.sees("tidak dapat dibuka lagi", "Silakan kirim yang baru")


async def test_an_officer_asks_and_the_clock_stands_still(world: World, sent: str, leader: Chat, officer: Chat) -> None:
    await leader.says("/status")
    leader.sees(sent, "Jawaban pertama paling lambat Kamis, 26 November 2026 pukul 10.00 WIB")
    await officer.says(f"tanya {sent}", "Di jalan mana?", "kirim")
    leader.sees("Petugas bertanya", "Di jalan mana?")
    await leader.says("/status")
    leader.sees("menunggu jawaban Bapak/Ibu")
    world.now += timedelta(days=2)
    await leader.says(f"balas {sent}", "Jalan Mawar", "kirim")
    officer.sees("Balasan dari pengirim", "Jalan Mawar", "Selesai paling lambat Selasa, 15 Desember 2026")


async def test_without_an_answer_it_is_closed_never_silently(
    world: World, sent: str, leader: Chat, officer: Chat
) -> None:
    await officer.says(f"tanya {sent}", "Di jalan mana?", "kirim")
    leader.looks_up()
    await world.ticks_at(at(4, 12, month=12))
    leader.sees_no("kami tutup dahulu")
    await world.ticks_at(at(7, 12, month=12))
    leader.sees(f"{sent} kami tutup dahulu", "selama 10 hari kerja", "Buka lagi")
    await leader.taps("Buka lagi")
    leader.sees("dibuka lagi")
    assert (await world.rows("SELECT closed_at FROM tickets"))[0]["closed_at"] is None


async def test_an_officer_is_warned_and_an_approver_told_of_what_is_late(
    world: World, sent: str, leader: Chat, officer: Chat
) -> None:
    chief = world.phone("Kepala Kantor")
    await chief.becomes_officer("approver")
    await officer.says(f"terima {sent}")
    officer.looks_up()
    chief.looks_up()
    await world.ticks_at(at(25, 12))
    officer.sees(f"batas waktu {sent} hampir habis")
    chief.sees_nothing()
    await world.ticks_at(at(26, 12))
    chief.sees(f"{sent} LEWAT BATAS WAKTU", "Lampu jalan mati")
    await officer.says("/antrean lewat")
    officer.sees(sent, "TERLAMBAT")
    await leader.says("/status")
    leader.sees("mohon maaf, kami terlambat")


async def test_of_two_answers_the_second_is_held_until_the_first_was_read(
    world: World, sent: str, leader: Chat, officer: Chat
) -> None:
    second = world.phone("Petugas Kedua")
    await second.becomes_officer()
    await officer.says(f"jawab {sent}")
    await second.says(f"jawab {sent}", "Sedang kami cek.", "kirim")
    leader.looks_up()
    await officer.says("Akan kami cek.")
    officer.sees("Petugas Kedua baru saja menyampaikan “Sedang kami cek.”", "belum dikirim", "Tetap dikirim?")
    leader.sees_nothing()
    await second.says(f"jawab {sent}", "Sudah kami cek.", "kirim")
    await officer.taps("Tetap kirim")
    officer.sees("“Sudah kami cek.”", "Tetap dikirim?")
    leader.looks_up()
    await officer.taps("Tetap kirim")
    leader.sees("Akan kami cek.")
    await officer.says(f"jawab {sent}")
    await second.says(f"jawab {sent}", "Lampunya diganti besok.", "kirim")
    await officer.says("Kami cek lagi.")
    await officer.taps("Tidak jadi")
    officer.sees("tidak ada yang dikirim")
    leader.sees_no("Kami cek lagi.")
    await second.says(f"selesaikan {sent}", "Sudah diganti.", "kirim")
    await officer.says(f"selesaikan {sent}")
    officer.sees("sekarang selesai (terakhir oleh Petugas Kedua). Tidak ada yang diubah.")


async def test_two_officers_take_it_and_one_has_it(world: World, sent: str, officer: Chat) -> None:
    second = world.phone("Petugas Kedua")
    await second.becomes_officer()
    await officer.says(f"terima {sent}")
    await second.says(f"terima {sent}")
    second.sees("sedang dikerjakan petugas (terakhir oleh Petugas Kantor). Tidak ada yang diubah.")


async def test_a_disposition_goes_to_a_colleague_with_its_day(
    world: World, sent: str, leader: Chat, officer: Chat
) -> None:
    second = world.phone("Petugas Kedua")
    await second.becomes_officer()
    await officer.says(f"disposisi {sent}", "Petugas Kedua", "Cek ke lapangan", "Jumat", "kirim")
    officer.sees("diteruskan kepada Petugas Kedua")
    second.sees("Disposisi dari Petugas Kantor: Cek ke lapangan", "diminta selesai Jumat, 27 November 2026")
    await officer.says(f"catat {sent}", "Tetangganya sudah ditelepon.")
    await second.says(sent)
    second.sees("Catatan petugas", "Tetangganya sudah ditelepon.")
    await leader.says(f"/status {sent}")
    leader.sees("Riwayat:")
    leader.sees_no("Cek ke lapangan", "Tetangganya")


async def test_prepared_words_are_offered_where_they_fit(world: World, sent: str, leader: Chat, officer: Chat) -> None:
    chief = world.phone("Admin Kantor")
    await chief.becomes_officer("admin")
    await officer.says("/balasan")
    officer.sees("hanya untuk admin")
    await chief.says("/balasan")
    await chief.taps("Tulis baru")
    await chief.taps("Masukan")
    await chief.taps("Jawaban")
    await chief.says("Diteruskan", "Sudah kami teruskan ke dinas terkait.")
    await chief.taps("Kirim")
    await officer.says(f"jawab {sent}")
    officer.sees_no("Diteruskan")
    await second_agrees(chief)
    await officer.says("batal")
    await officer.says(f"jawab {sent}")
    officer.sees("Pakai balasan yang sudah disiapkan?", "Diteruskan", "Tulis sendiri")
    leader.looks_up()
    await officer.taps("Diteruskan")
    officer.sees("Akan dibaca oleh: Siti Aminah", "“Sudah kami teruskan ke dinas terkait.”")
    leader.sees_nothing()
    await officer.taps("Kirim")
    leader.sees("Sudah kami teruskan ke dinas terkait.")
    await chief.says("/balasan")
    await chief.taps("Hapus Diteruskan")
    await second_agrees(chief)
    await officer.says(f"jawab {sent}")
    officer.sees("Apa jawabannya?")


async def test_who_floods_is_asked_to_wait(world: World, sent: str, leader: Chat, officer: Chat) -> None:
    for _ in range(5):
        await suggests(leader)
    await leader.says("/masukan")
    leader.sees("sudah mengirim 6 kiriman dalam 1 jam terakhir", "110")
    await officer.says(f"tahan {sent}", "1 hari", "Terlalu sering", "kirim")
    leader.sees("sampai Selasa, 24 November 2026", "kami tahan dahulu", "Alasan: Terlalu sering")
    world.now += timedelta(hours=2)
    await leader.says("/masukan")
    leader.sees("kami tahan dahulu atas keputusan petugas")
    world.now += timedelta(hours=23)
    await leader.says("/masukan")
    leader.sees("Bagaimana nama Bapak/Ibu dicantumkan?")


async def test_a_hidden_name_is_for_two_roles_only(world: World, leader: Chat, officer: Chat) -> None:
    chief = world.phone("Kepala Kantor")
    await chief.becomes_officer("approver")
    await leader.joins()
    officer.looks_up()
    code = await suggests(leader, "Nama dirahasiakan")
    officer.sees(code, "nama dirahasiakan atas permintaan pengirim")
    officer.sees_no("Siti")
    chief.sees(code, "Dari: Siti Aminah", "nama dirahasiakan dari petugas lain")
    stranger = world.phone("Budi Santoso")
    await stranger.agrees()
    for said in (f"/status {code}", code, f"jawab {code}", f"balas {code}", f"berkas {code}"):
        await stranger.says(said)
        stranger.sees_no("Lampu jalan", "Siti")


async def test_every_filter_of_the_queue(world: World, sent: str, leader: Chat, officer: Chat) -> None:
    await officer.says(f"terima {sent}")
    for word, there in (("saya", True), ("baru", False), ("masukan", True), ("kajen", True), ("doro", False)):
        await officer.says(f"/antrean {word}")
        officer.sees(sent) if there else officer.sees("Tidak ada di sini")
    await officer.says("/antrean entah")
    officer.sees("Kami belum paham yang dicari", "Belum diambil")
    await officer.says("/antrean jenis")
    await officer.taps("Masukan")
    officer.sees(sent)


async def test_the_sender_sees_takes_along_and_erases_what_they_sent(
    world: World, sent: str, leader: Chat, officer: Chat
) -> None:
    await officer.says(f"jawab {sent}", "Terima kasih, Bu Siti.", "kirim")
    await leader.says(f"balas {sent}", "Mati lagi sejak semalam", "kirim")
    await leader.says("/dataku")
    leader.sees("Kiriman: 1", f"{sent}: Lampu jalan mati")
    document = leader.new[-1].document
    assert document is not None
    data = json.loads(document.content)
    assert data["kiriman"][0]["code"] == sent
    assert [row["words"] for row in data["riwayat_kiriman"] if row["words"]] == [
        "Terima kasih, Bu Siti.",
        "Mati lagi sejak semalam",
    ]
    await leader.says("/hapus")
    await leader.taps("Ya, hapus data saya")
    officer.sees("Ditutup: pengirim meminta datanya dihapus", sent)
    held = await world.everything()
    assert not [table for table, rows in held.items() if "Lampu jalan mati" in rows or "sejak semalam" in rows]
    await officer.says(sent)
    officer.sees(sent, "pengirim sudah menghapus datanya")
