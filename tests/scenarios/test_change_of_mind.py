"""Moving and cancelling: with a reason, the slot free at once, the calendar always right."""

from dataclasses import dataclass
from datetime import UTC, datetime

from icalendar import Calendar

from tests.chat import Chat
from tests.world import World, at


@dataclass(frozen=True)
class Entry:
    """What a calendar makes of the file it got."""

    uid: str
    sequence: int
    method: str
    status: str
    start: datetime


def entry(chat: Chat) -> Entry:
    """The calendar file among the messages that just came."""
    document = next(shown.document for shown in chat.new if shown.document is not None)
    assert (document.name, document.type) == ("AUD-0001.ics", "text/calendar")
    calendar = Calendar.from_ical(document.content)
    (event,) = calendar.walk("VEVENT")
    start = event.decoded("dtstart")
    return Entry(str(event["uid"]), int(str(event["sequence"])), str(calendar["method"]), str(event["status"]), start)


async def test_a_waiting_request_is_moved_with_a_reason(
    world: World, meeting: str, leader: Chat, officer: Chat
) -> None:
    officer.looks_up()
    await leader.says("/status", meeting)
    await leader.taps("Ubah")
    leader.sees("Hari apa?")
    await leader.says("kamis jam 10")
    leader.sees("Dicatat: Kamis, 26 November 2026 pukul 10.00 WIB", "Apa alasannya?")
    await leader.says("Ketua sakit", "kirim")
    leader.sees(f"{meeting} kami pindahkan ke Kamis, 26 November 2026 pukul 10.00 WIB", "menunggu persetujuan")
    officer.sees("Pemohon mengubah waktu. Alasan: Ketua sakit", "Kamis, 26 November 2026", "Setujui")
    assert all(shown.document is None for shown in leader.new)
    rival = world.phone("Budi Santoso")
    await rival.joins("Karang Taruna Mawar")
    assert await rival.requests() == "AUD-0002"


async def test_an_approved_meeting_is_cancelled_and_its_slot_taken_in_the_next_message(
    world: World, approved: str, leader: Chat, officer: Chat
) -> None:
    rival = world.phone("Budi Santoso")
    await rival.joins("Karang Taruna Mawar")
    await rival.fills_request(hour="09.30")
    await rival.says("ubah jam")
    rival.sees_no("09.00\n")
    officer.looks_up()
    await leader.says("/status", approved)
    await leader.taps("Batal")
    leader.sees("Apa alasannya?", "Tidak jadi" if world.channel != "plain" else "tidak jadi")
    await leader.says("Hujan deras", "kirim")
    leader.sees(f"{approved} sudah dibatalkan")
    officer.sees(f"{approved} pada Selasa, 24 November 2026 pukul 09.00 WIB dibatalkan pemohon", "Hujan deras")
    await rival.says("jam 9")
    rival.sees("pukul 09.00 WIB", "Sudah benar?")
    await rival.says("kirim")
    rival.sees("AUD-0002")


async def test_a_cancellation_is_thought_over(approved: str, leader: Chat) -> None:
    await leader.says(f"batal {approved}", "tidak jadi")
    leader.sees("tidak jadi dibatalkan", "tetap seperti semula")
    await leader.says(approved)
    leader.sees("Status: disetujui")


async def test_the_calendar_follows_every_change(world: World, meeting: str, leader: Chat, officer: Chat) -> None:
    leader.looks_up()
    await officer.says(f"setujui {meeting}")
    first = entry(leader)
    assert (first.method, first.status, first.sequence) == ("PUBLISH", "CONFIRMED", 0)
    assert first.start == datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
    await leader.says(f"ubah {meeting}", "kamis jam 10", "Ketua sakit", "kirim")
    moved = entry(leader)
    assert (moved.method, moved.status, moved.uid) == ("PUBLISH", "TENTATIVE", first.uid)
    leader.looks_up()
    await officer.says(f"setujui {meeting}")
    again = entry(leader)
    assert (again.status, again.start) == ("CONFIRMED", datetime(2026, 11, 26, 3, 0, tzinfo=UTC))
    await officer.says(f"usulkan {meeting}", "jumat jam 9", "lewati", "kirim")
    await leader.says("terima aud 1")
    proposed = entry(leader)
    await leader.says(f"batal {meeting}", "Tidak jadi datang", "kirim")
    gone = entry(leader)
    assert (gone.method, gone.status, gone.uid) == ("CANCEL", "CANCELLED", first.uid)
    assert [e.sequence for e in (first, moved, again, proposed, gone)] == [0, 1, 2, 3, 4]


async def test_a_moved_meeting_that_is_rejected_leaves_the_calendar(approved: str, leader: Chat, officer: Chat) -> None:
    await leader.says(f"ubah {approved}", "kamis jam 10", "Ketua sakit", "kirim")
    leader.looks_up()
    await officer.says(f"tolak {approved}", "Kantor penuh", "kirim")
    gone = entry(leader)
    assert (gone.method, gone.status, gone.sequence) == ("CANCEL", "CANCELLED", 2)


async def test_a_moved_meeting_that_is_cancelled_leaves_the_calendar(approved: str, leader: Chat) -> None:
    await leader.says(f"ubah {approved}", "kamis jam 10", "Ketua sakit", "kirim")
    await leader.says(f"batal {approved}", "Tidak jadi")
    leader.sees("tidak jadi dibatalkan")
    await leader.says(f"batal {approved}", "Berhalangan semua", "kirim")
    assert entry(leader).status == "CANCELLED"


async def test_moving_to_the_same_hour_changes_nothing(approved: str, leader: Chat) -> None:
    await leader.says(f"ubah {approved}", "besok jam 9", "Salah tekan", "kirim")
    leader.sees("Itu jam yang sekarang", "Jam berapa?")
    await leader.says("batal", approved)
    leader.sees("Status: disetujui")


async def test_what_has_begun_or_is_over_cannot_be_moved(world: World, approved: str, leader: Chat) -> None:
    await leader.says(f"ubah {approved}")
    world.now = at(24, 9, 5)
    await leader.says("kamis")
    leader.sees(f"{approved} sudah dimulai")
    await leader.says(f"batal {approved}")
    leader.sees(f"{approved} sudah dimulai")


async def test_a_cancelled_meeting_stays_cancelled(approved: str, leader: Chat) -> None:
    await leader.says(f"batal {approved}", "Hujan deras", "kirim")
    for typed in ("ubah", "batal", "hadir"):
        await leader.says(f"{typed} {approved}")
        leader.sees(f"{approved} tidak bisa diubah lagi: sudah dibatalkan")


async def test_each_request_stands_in_the_status_with_its_history_in_words(
    approved: str, leader: Chat, officer: Chat
) -> None:
    await leader.says("/status")
    leader.sees(f"{approved}: Audiensi dengan Bidang Organisasi Kemasyarakatan, Selasa, 24 November 2026", "disetujui")
    await leader.taps(approved)
    leader.sees("Riwayat:", "Senin, 23 November 2026 pukul 10.00 WIB: Diminta", "Disetujui", "Ubah", "Batal")
    await leader.says("sampai mana ya?")
    leader.sees(f"{approved}: Audiensi")
    for typed in ("/status 1", "/status AUD-0001", "aud 1", "riwayat AUD-0001"):
        await leader.says(typed)
        leader.sees(f"{approved}: Audiensi", "Riwayat:")


async def test_nobody_sees_or_changes_the_request_of_somebody_else(world: World, meeting: str) -> None:
    stranger = world.phone("Budi Santoso")
    await stranger.joins("Karang Taruna Mawar")
    await stranger.says("/status")
    stranger.sees("belum mengirim apa pun", "Minta audiensi")
    for typed in ("riwayat", "ubah", "batal", "hadir", "terima", "belum bisa", ""):
        for code in (meeting, "AUD-4711"):
            await stranger.says(f"{typed} {code}")
            stranger.sees("Permintaan itu tidak ada di daftar Bapak/Ibu")
            stranger.sees_no("Program kerja", "24 November")
    for typed in ("setujui", "kartu", "surat", "teruskan", "selesai"):
        await stranger.says(f"{typed} {meeting}")
        stranger.sees("hanya untuk petugas")
