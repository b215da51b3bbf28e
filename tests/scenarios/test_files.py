"""Photos, documents, voice notes and places as answers: sent in any way and any order, and found again."""

import pytest

from bot.channels.channel import Outcome, SendFailed
from handlers.conversation.questions import files as file_question
from tests.chat import Chat
from tests.damage import OFFICE
from tests.made import EXCEL, OGG, PDF, iso, office, photo_with_place, picture, zipped
from tests.world import World

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEGABYTE = 1024 * 1024


@pytest.fixture
async def leader(world: World) -> Chat:
    """A leader whose report asks for what is broken."""
    world.catalogue = OFFICE
    leader = world.phone("Siti Aminah")

    async def live() -> str:
        await leader.joins()
        await leader.says("/kerusakan")
        leader.sees("Apa yang rusak?")
        return ""

    await world.once("damage", live)
    return leader


def length(world: World) -> str:
    """Only Telegram tells how long a voice note is."""
    return "pesan suara (0:42)" if world.channel == "telegram" else "pesan suara"


async def fills_the_report(world: World, leader: Chat) -> None:
    """A voice, a place, and six files of every kind over half a day; up to the review page."""
    await leader.sends_voice(42, OGG)
    leader.sees("Di mana?")
    await leader.sends_place(-7.02812345, 109.58149)
    leader.sees("Ada foto atau dokumen?", "paling banyak 10 berkas")
    await leader.sends_file("surat.pdf", "application/pdf", content=PDF)
    leader.sees("Berkas 1 dari 10 sudah kami terima:", "1. surat.pdf", "Selesai")
    await leader.sends_photo(photo_with_place(), "jembatan retak")
    leader.sees("Berkas 2 dari 10", "2. foto", "(keterangan: jembatan retak)")
    await world.passes(hours=12)
    await leader.sends_file("acara.docx", DOCX, content=office())
    await leader.sends_file("hadir.xlsx", XLSX, content=office(EXCEL))
    await leader.sends_video(iso(b"isom"))
    await leader.sends_voice(3, OGG)
    leader.sees("Berkas 6 dari 10")
    await leader.taps("Selesai")
    await leader.says("Forum Melati", "dengan nama")


async def sends_the_report(leader: Chat) -> str:
    """Its number."""
    await leader.taps("Kirim")
    leader.sees("diterima")
    return leader.screen[leader.screen.index("LAP-") :][:10]


def content(world: World, sha256: str) -> bytes:
    return (world.folder / "files" / sha256[:2] / sha256).read_bytes()


async def test_everything_is_sent_in_one_report(world: World, leader: Chat, officer: Chat) -> None:
    await fills_the_report(world, leader)
    leader.sees(f"Kejadian: {length(world)}", "Tempat: titik 7,02812 LS, 109,58149 BT", "Foto dan dokumen: 6 berkas")
    await world.fetches()
    code = await sends_the_report(leader)
    await officer.says(f"/lihat {code}")
    officer.sees("Berkas: 2 pesan suara, 1 PDF, 1 foto, 1 dokumen Word, 1 tabel Excel, 1 rekaman video")
    await officer.says(f"berkas {code}")
    officer.sees("berkas 1: pesan suara", "berkas 3: foto (keterangan: jembatan retak)", "Berkas asli")
    shown = [one.document for one in officer.new if one.document]
    assert [one.name.rpartition(".")[2] for one in shown] == ["ogg", "pdf", "jpg", "docx", "xlsx", "mp4", "ogg"]
    assert b"KAMERA-SITI" not in content(world, shown[2].sha256)
    await officer.says(f"berkas asli {code}")
    (original,) = [one.document for one in officer.new if one.document]
    assert b"KAMERA-SITI" in content(world, original.sha256)
    read = await world.rows("SELECT what FROM audit WHERE subject = :code ORDER BY id", code=code)
    assert [row["what"] for row in read] == ["read-files", "read-original"]


async def test_files_are_for_their_sender_and_for_officers(world: World, leader: Chat, officer: Chat) -> None:
    await leader.sends_photo(photo_with_place())
    await world.fetches()
    await leader.says("Jembatan", "Kajen", "selesai", "Siti", "dengan nama")
    code = await sends_the_report(leader)
    await leader.says(f"berkas {code}")
    leader.sees("berkas 1: foto")
    leader.sees_no("Berkas asli")
    await leader.says(f"berkas asli {code}")
    leader.sees("tidak kami temukan")
    stranger = world.phone("Orang Lain")
    await stranger.joins("Forum Lain")
    for said in (f"berkas {code}", f"berkas asli {code}", "berkas LAP-999999"):
        await stranger.says(said)
        stranger.sees("Nomor itu tidak kami temukan di antara yang boleh Bapak/Ibu lihat")
    assert await world.rows("SELECT 1 FROM audit WHERE subject = :code", code=code) == []


async def test_files_come_at_any_question_and_can_be_taken_out(leader: Chat) -> None:
    await leader.sends_photo()
    leader.sees("Kami simpan foto ini untuk “Foto dan dokumen” (1 dari 10).", "Apa yang rusak?")
    await leader.says("Jembatan retak")
    await leader.sends_voice()
    leader.sees("Kami simpan pesan suara ini untuk", "(2 dari 10)", "Di mana?")
    await leader.says("Kajen")
    leader.sees("Berkas 2 dari 10 sudah kami terima")
    await leader.says("hapus 5")
    leader.sees("Mohon sebut nomor berkasnya")
    await leader.says("hapus 2")
    leader.sees("Berkas 1 dari 10", "1. foto")
    leader.sees_no("2. ")
    await leader.says("fotonya bagus ya")
    leader.sees("Mohon kirim berkasnya di sini, atau ketik selesai")
    await leader.says("selesai", "Siti", "tanpa nama")
    leader.sees("Sudah benar?")
    await leader.sends_file("surat.pdf", "application/pdf")
    leader.sees("Kami simpan PDF ini", "(2 dari 10)", "Foto dan dokumen: 2 berkas", "2. surat.pdf", "Sudah benar?")
    await leader.taps("Ubah")
    await leader.taps("Foto dan dokumen")
    await leader.says("hapus 1", "selesai")
    leader.sees("Foto dan dokumen: 1 berkas", "1. surat.pdf", "Sudah benar?")


async def test_no_files_are_no_obstacle(leader: Chat) -> None:
    await leader.says("Jembatan", "Kajen")
    await leader.taps("Lewati")
    await leader.says("Siti", "dengan nama")
    leader.sees("Foto dan dokumen: tidak ada")
    await leader.taps("Ubah")
    await leader.taps("Foto dan dokumen")
    await leader.sends_photo()
    await leader.says("lewati")
    leader.sees("tidak bisa dilewati", "Berkas 1 dari 10", "selesai")


async def test_an_album_is_answered_once_and_never_not_at_all(world: World, leader: Chat) -> None:
    await leader.says("Jembatan", "Kajen")
    await leader.sends_album(*[picture(color=color) for color in ("red", "green", "blue", "black")])
    assert len(leader.new) == 1
    leader.sees("Berkas 4 dari 10 sudah kami terima")
    await leader.sends_album(*[picture() for _ in range(8)])
    assert len(leader.new) == 1
    leader.sees("Sudah 10 berkas; yang lebih dari itu tidak kami simpan", "Berkas 10 dari 10")
    await world.arrives(
        *[world.paper.photo(leader.address, 9, f"late-{n}", album="2") for n in range(2)],
        world.paper.text(leader.address, "hapus 10"),
    )
    leader.sees("Sudah 10 berkas", "Berkas 9 dari 10")
    await leader.taps("Selesai")
    leader.sees("Atas nama siapa?")
    await world.rests()
    assert "Atas nama siapa?" in leader.all[-1].text


async def test_what_is_pressed_while_another_photo_comes_counts(world: World, leader: Chat) -> None:
    await leader.says("Jembatan", "Kajen")
    await leader.sends_photo()
    await world.arrives(world.paper.photo(leader.address, 9, "second"))
    assert "Berkas 1 dari 10" in leader.all[-1].text
    await leader.taps("Selesai")
    leader.sees("Berkas 2 dari 10", "Atas nama siapa?")


async def test_what_cannot_be_taken_is_said_at_once(world: World, leader: Chat) -> None:
    await leader.sends_file("gambar.svg", "image/svg+xml")
    leader.sees("tidak bisa kami terima: isinya halaman web atau gambar SVG", "Apa yang rusak?")
    await leader.sends_file("semua.rar", "application/vnd.rar")
    leader.sees("isinya berkas terkompresi", "satu per satu")
    if world.channel != "whatsapp":
        await leader.sends_file("besar.pdf", "application/pdf", 101 * MEGABYTE)
        leader.sees("Berkas itu 101 MB; paling besar", "MB lewat obrolan ini")
    assert await world.rows("SELECT id FROM attachments") == []


async def test_nobody_fills_the_disk_with_drafts(leader: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_question, "MOST_A_DAY", 2)
    for _ in range(3):
        await leader.sends_photo()
    leader.sees("Sudah 2 berkas dalam sehari", "Apa yang rusak?")


async def test_a_place_outside_the_district_is_asked_about(leader: Chat) -> None:
    await leader.says("Jembatan")
    await leader.sends_place(-6.2, 106.8)
    leader.sees("di luar wilayah kantor kami", "Ya, memang di sana")
    await leader.sends_place(-6.9, 109.6)
    leader.sees("Ada foto atau dokumen?")
    await leader.says("kembali")
    await leader.sends_place(-6.2, 106.8)
    await leader.taps("Ya, memang di sana")
    await leader.says("tidak ada", "Siti", "dengan nama")
    leader.sees("Tempat: titik 6,20000 LS, 106,80000 BT")


async def test_a_voice_or_a_place_nobody_asked_for_changes_nothing(world: World, leader: Chat) -> None:
    await leader.says("batal")
    await leader.sends_voice()
    leader.sees("pesan suara hanya kami terima bila kami tanyakan")
    await leader.says("/kerusakan")
    await leader.sends_place()
    leader.sees("saat ini tidak kami perlukan", "Apa yang rusak?")
    assert await world.rows("SELECT id FROM attachments") == []


async def test_what_is_found_out_later_is_told_with_the_number(world: World, leader: Chat, officer: Chat) -> None:
    await leader.sends_photo(b"<svg onload=alert(1)>")
    await leader.sends_file("rapat.docx", DOCX, content=zipped({"a": b"b"}))
    await leader.says("Jembatan", "Kajen", "selesai", "Siti", "dengan nama")
    leader.looks_up()
    code = await sends_the_report(leader)
    await officer.says(f"/lihat {code}")
    officer.sees("Berkas: 1 foto, 1 dokumen Word (2 masih diunduh)")
    leader.looks_up()
    await world.fetches()
    leader.sees(f"untuk {code} tidak bisa kami pakai: isinya halaman web", f"ketik {code}")
    leader.sees(f"berkas rapat.docx untuk {code} tidak bisa kami pakai: isinya berkas terkompresi")
    await officer.says(f"/lihat {code}")
    officer.sees("belum ada yang bisa dipakai", "Berkas 1 tidak bisa dipakai: isinya halaman web")
    assert await world.rows("SELECT id FROM attachments") == []


async def test_what_is_found_out_before_sending_leaves_the_form(world: World, leader: Chat) -> None:
    await leader.sends_photo(b"bukan foto")
    await leader.sends_voice(3, b"bukan suara")
    leader.looks_up()
    await world.fetches()
    leader.sees("tidak bisa kami pakai: isinya bukan foto, PDF, Word, Excel, suara atau video", "kirim yang lain")
    await leader.says("Di kantor")
    leader.sees("Pesan suara tadi tidak bisa kami pakai", "Apa yang rusak?")


async def test_a_file_that_cannot_be_fetched_is_tried_again_and_then_told(world: World, leader: Chat) -> None:
    await leader.sends_photo()
    leader.looks_up()
    world.paper.lost = SendFailed(Outcome.RETRY, "no network")
    for _ in range(6):
        await world.fetches()
        await world.passes(minutes=2)
    leader.sees("tidak bisa kami pakai: tidak bisa diunduh")


async def test_a_report_without_a_name_keeps_nothing_of_its_sender(world: World, leader: Chat) -> None:
    await leader.sends_file("Siti Aminah di kantor.jpg", "image/jpeg", content=photo_with_place())
    await world.fetches()
    await leader.sends_file("Siti.pdf", "application/pdf", content=PDF)
    await leader.says("Jembatan", "Kajen", "selesai", "Siti", "tanpa nama")
    await leader.taps("Kirim")
    leader.looks_up()
    await world.fetches()
    assert await world.rows("SELECT id FROM attachments") == []
    first, second = await world.rows("SELECT * FROM ticket_files ORDER BY number")
    assert (first["name"], first["at"], first["attachment_id"]) == ("foto-1", None, None)
    assert (second["name"], second["at"], second["type"]) == ("berkas-2", None, "application/pdf")
    assert first["sha256"] == first["preview"], "the original knows the camera and the place"
    async with world.awake() as room:
        await room.fetcher.sweep()
    assert leader.new == []
    await leader.says("/kerusakan")
    await leader.sends_photo(b"bukan foto")
    await leader.says("Jembatan", "Kajen", "selesai", "Siti", "tanpa nama", "kirim")
    leader.looks_up()
    await world.fetches()
    leader.sees("tidak bisa kami pakai")
    leader.sees_no("LAP-")
    told = await world.rows("SELECT body, address FROM outbox WHERE kind = 'whisper'")
    assert told == [{"body": "", "address": ""}]
