"""After an announcement went out: answers, who and why not, the archive, the silent once more, the call list."""

import json

from tests.chat import Chat
from tests.scenarios.announcing import goes_out, hands_in
from tests.scenarios.test_link import links
from tests.world import World


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


MORE = """INSERT INTO broadcasts (code, check_code, title, version, topic, body, question, options, segment, repeat,
    source, written_by, written_at, submitted_at, hash)
  SELECT 'UMU-00' || n.i, 'X' || n.i, 'Kabar ' || n.i, version, topic, body, question, options, segment, repeat,
    source, written_by, written_at, submitted_at, hash FROM broadcasts,
    (SELECT 11 AS i UNION SELECT 12 UNION SELECT 13 UNION SELECT 14 UNION SELECT 15 UNION SELECT 16 UNION SELECT 17
    UNION SELECT 18 UNION SELECT 19 ORDER BY i) n ORDER BY n.i RETURNING id"""


async def test_a_long_archive_has_pages(world: World, officer: Chat) -> None:
    await hands_in(officer)
    await world.rows(MORE)
    await officer.says("/arsip")
    officer.sees("Kabar 19", "Kabar 12", "Yang lebih lama")
    officer.sees_no("Kabar 11", "Rapat ormas")
    await officer.taps("Yang lebih lama")
    officer.sees("Kabar 11", "Rapat ormas")
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
    await world.passes(minutes=1)
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


async def test_a_topic_that_is_not_wanted_and_a_stop_word_are_obeyed_and_named(
    world: World, officer: Chat, approver: Chat, verified: Chat, budi: Chat
) -> None:
    await verified.says("/langganan")
    await verified.taps("Hentikan Umum")
    await budi.says("BERHENTI")
    for chat in (verified, budi):
        chat.looks_up()
    await goes_out(officer, approver)
    approver.sees_no("Semua pengurus itu dapat dihubungi")
    for chat in (verified, budi):
        chat.sees_nothing()
    await officer.says("siapa UMU-0001")
    officer.sees("Siti Aminah: tidak dikirim, tidak menerima topik ini", "Budi Santoso: tidak dikirim, berhenti")
    await goes_out(officer, approver, topic="Kegiatan")
    verified.sees("Senin di pendapa.")
    budi.sees_nothing()
