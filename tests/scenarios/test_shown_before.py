"""Nobody decides about a file they have not been shown: announcements, alarms, requests with a letter."""

from tests.chat import Chat
from tests.made import PDF, picture
from tests.world import World


def files(chat: Chat) -> list[str]:
    """The names of what came since the last look."""
    return [shown.document.name for shown in chat.new if shown.document]


async def writes_with_files(world: World, officer: Chat, topic: str = "Umum") -> None:
    await officer.says("/umumkan")
    await officer.taps("Tulis pengumuman")
    await officer.taps(topic)
    await officer.says("Undangan", "Terlampir.")
    await officer.sends_file("undangan.pdf", "application/pdf", content=PDF)
    await officer.sends_file("denah.png", "image/png", content=picture("PNG"))
    await officer.taps("Selesai")
    await officer.taps("Tanpa pertanyaan")
    await officer.taps("Semua pengurus")
    await officer.taps("Sekali saja")
    await officer.taps("Sekarang")
    await officer.taps("Lewati")
    await world.fetches()
    officer.looks_up()
    await officer.taps("Kirim")


async def test_the_approver_is_shown_every_file_before_agreeing(
    world: World, officer: Chat, approver: Chat, verified: Chat
) -> None:
    await writes_with_files(world, officer)
    assert files(officer) == ["undangan.pdf", "denah.png"]
    officer.sees("Berkas: undangan.pdf", "denah.png", "Ajukan")
    await officer.taps("Ajukan")
    approver.looks_up()
    await approver.says("setujui UMU-0001")
    assert files(approver) == ["undangan.pdf", "denah.png"]
    approver.sees("Mohon dibaca dahulu", "UMU-0001, berkas 1 dari 2", "Setujui")
    assert approver.new[-1].document is None, "the choice stands below what is decided about"
    await approver.taps("Setujui")
    verified.looks_up()
    await verified.says("berkas UMU-0001")
    assert files(verified) == ["undangan.pdf", "denah.png"]


async def test_files_are_for_its_author_for_who_decides_and_later_for_whom_it_was(
    world: World, officer: Chat, approver: Chat, verified: Chat
) -> None:
    other = world.phone("Petugas Lain")
    await other.becomes_officer("officer")
    await writes_with_files(world, officer)
    for chat, seen in ((officer, 2), (approver, 2), (other, 0), (verified, 0)):
        chat.looks_up()
        await chat.says("berkas UMU-0001")
        assert len(files(chat)) == seen, chat.name
    other.sees("tidak kami temukan")
    verified.sees("tidak kami temukan")


async def test_trying_it_out_shows_the_files(world: World, officer: Chat, verified: Chat) -> None:
    await writes_with_files(world, officer)
    officer.looks_up()
    verified.looks_up()
    await officer.taps("Coba ke saya")
    assert files(officer) == ["undangan.pdf", "denah.png"]
    verified.sees_nothing()


async def test_an_officer_who_has_not_seen_the_letter_is_shown_it_first(
    world: World, leader: Chat, officer: Chat
) -> None:
    await leader.joins()
    await leader.says("/audiensi", "audiensi", "kepala", "Program kerja", "besok 08.30", "Siti", "1")
    await leader.sends_file("permohonan.pdf", "application/pdf", len(PDF), PDF)
    await leader.says("tidak ada", "kirim")
    await world.fetches()
    officer.looks_up()
    await officer.says("setujui aud 1")
    assert files(officer) == ["permohonan.pdf"]
    officer.sees("Mohon suratnya dibaca dahulu", "Setujui")
    officer.sees_no("disetujui untuk")
    await officer.taps("Setujui")
    officer.sees("AUD-0001 disetujui untuk")
