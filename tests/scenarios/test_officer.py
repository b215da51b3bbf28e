"""An officer: joining with a code, cards, decisions. Everything they do stands in the audit."""

import pytest

from tests.chat import Chat
from tests.world import World, at


async def audited(world: World, what: str) -> list[str | None]:
    """The reasons written down for a deed."""
    return [row["why"] for row in await world.rows("SELECT why FROM audit WHERE what = :what ORDER BY id", what=what)]


@pytest.fixture
async def second(world: World, meeting: str) -> Chat:
    """A second officer."""
    second = world.phone("Petugas Kedua")
    await world.once("second officer", second.becomes_officer)
    return second


async def test_a_code_makes_an_officer_once(world: World, leader: Chat) -> None:
    code = await world.code()
    await leader.agrees()
    await leader.says("/antrean")
    leader.sees("hanya untuk petugas")
    await leader.says(f"/gabung {code.lower().replace('-', ' ')}")
    leader.sees("Selamat bergabung sebagai petugas", "Isi nama", "Antrean petugas")
    await leader.says("/antrean")
    leader.sees("Antrean kosong")
    other = world.phone("Budi Santoso")
    await other.agrees()
    await other.says(f"/gabung {code}")
    other.sees("Kode itu tidak berlaku", "sudah dipakai", "minta kode baru")
    assert await audited(world, "joined") == ["officer"]
    assert code.replace("-", "") not in str(await world.everything())


async def test_a_code_of_last_week_has_expired(world: World, leader: Chat) -> None:
    code = await world.code(hours=72)
    await leader.agrees()
    await world.passes(hours=73)
    await leader.says(f"/gabung {code}")
    leader.sees("Kode itu tidak berlaku", "kedaluwarsa")


async def test_guessing_codes_is_stopped_for_an_hour(world: World, leader: Chat) -> None:
    code = await world.code()
    await leader.agrees()
    await leader.says("/gabung")
    leader.sees("Tulis kodenya di belakang perintah")
    for guess in range(5):
        await leader.says(f"/gabung AAAA-BBBB-CCC{guess}")
        leader.sees("Kode itu tidak berlaku")
    await leader.says(f"/gabung {code}")
    leader.sees("Terlalu banyak percobaan", "satu jam lagi")
    await world.passes(minutes=61)
    await leader.says(f"/gabung {code}")
    leader.sees("Selamat bergabung")


async def test_a_link_with_the_code_is_as_good_as_typing_it(world: World, leader: Chat) -> None:
    code = await world.code()
    await leader.agrees()
    await leader.says(f"/start gabung_{code}")
    leader.sees("Selamat bergabung")


@pytest.mark.parametrize("typed", ["Setujui", "setujui", "setujui AUD-0001", "Setujui aud 1", "SETUJUI AUD0001"])
async def test_approving_can_be_typed_in_many_ways(
    meeting: str, leader: Chat, officer: Chat, world: World, typed: str
) -> None:
    leader.looks_up()
    await officer.says(typed)
    officer.sees(f"{meeting} disetujui")
    leader.sees("Kabar baik")
    assert await audited(world, "approved") == [None]


async def test_of_two_officers_one_decides_and_the_other_is_told_who(
    world: World, meeting: str, leader: Chat, officer: Chat, second: Chat
) -> None:
    await second.says(f"kartu {meeting}")
    leader.looks_up()
    officer.looks_up()
    second.looks_up()
    paper = world.paper
    await world.arrives(
        paper.text(officer.address, f"setujui {meeting}"), paper.text(second.address, f"setujui {meeting}")
    )
    officer.sees(f"{meeting} disetujui")
    second.sees(f"{meeting} sekarang disetujui", "oleh Petugas Kantor", "Tidak ada yang diubah")
    assert len(leader.new) == 1
    await second.says(f"tolak {meeting}")
    second.sees("sekarang disetujui (Disetujui, oleh Petugas Kantor)")


async def test_a_word_under_two_cards_is_asked_back(world: World, meeting: str, leader: Chat, officer: Chat) -> None:
    await leader.requests(hour="jam 10")
    await officer.says("setujui")
    officer.sees("Yang mana", "setujui AUD-0002", f"setujui {meeting}")
    await officer.says("setujui aud 1")
    officer.sees(f"{meeting} disetujui")
    await officer.says("setujui")
    officer.sees("AUD-0002 disetujui")


async def test_a_rejection_needs_a_reason_and_the_slot_is_free_again(
    world: World, meeting: str, leader: Chat, officer: Chat
) -> None:
    leader.looks_up()
    await officer.taps("Tolak")
    officer.sees("Apa alasannya?")
    await officer.says("lewati")
    officer.sees("tidak bisa dilewati", "Apa alasannya?")
    leader.sees_nothing()
    await officer.says("Kepala sedang dinas luar", "kirim")
    officer.sees(f"{meeting} ditolak")
    leader.sees("Mohon maaf", meeting, "Alasan: Kepala sedang dinas luar", "/audiensi")
    assert leader.new[-1].document is None
    assert await audited(world, "rejected") == ["Kepala sedang dinas luar"]
    assert await world.rows("SELECT * FROM slots") == []


async def propose(officer: Chat, meeting: str) -> None:
    await officer.says(f"usulkan {meeting}", "kamis jam 10", "Kepala ada rapat", "kirim")
    officer.sees(
        "Usulan Kamis, 26 November 2026 pukul 10.00 WIB", "sudah dicatat", "Bila tidak sampai, Bapak/Ibu kami beri tahu"
    )


async def test_another_time_is_proposed_and_accepted(world: World, meeting: str, leader: Chat, officer: Chat) -> None:
    leader.looks_up()
    await propose(officer, meeting)
    leader.sees(
        meeting, "Kamis, 26 November 2026 pukul 10.00 WIB", "Alasan: Kepala ada rapat", "Apakah Bapak/Ibu bisa?"
    )
    await leader.says("/status", meeting)
    leader.sees("menunggu jawaban pemohon", "Waktu usulan: Kamis, 26 November 2026 pukul 10.00 WIB", "Terima waktu itu")
    officer.looks_up()
    await leader.taps("Terima waktu itu")
    leader.sees(f"Baik, {meeting} jadi Kamis, 26 November 2026 pukul 10.00 WIB")
    assert leader.new[-1].document is not None
    officer.sees("pemohon menerima waktu usulan")
    assert len(await world.rows("SELECT * FROM slots")) == 1
    await leader.says(f"terima {meeting}")
    leader.sees("Tidak ada usulan waktu yang menunggu")


async def test_another_time_is_proposed_and_declined(meeting: str, leader: Chat, officer: Chat) -> None:
    await propose(officer, meeting)
    officer.looks_up()
    await leader.says("belum bisa aud 1")
    leader.sees(f"{meeting} tetap pada Selasa, 24 November 2026", "petugas akan menjawab lagi")
    officer.sees("Pemohon belum bisa", meeting, "Setujui")


async def test_a_proposal_answered_too_late_goes_back_to_the_office(
    world: World, meeting: str, leader: Chat, officer: Chat
) -> None:
    await propose(officer, meeting)
    world.now = at(27, 9)
    officer.looks_up()
    await leader.says(f"terima {meeting}")
    leader.sees("Waktu usulan itu sudah lewat")
    officer.sees("sudah lewat sebelum dijawab", meeting, "Usulkan waktu lain")
    await officer.says(f"setujui {meeting}")
    officer.sees("Waktu yang diminta", "sudah lewat", "Usulkan waktu lain")
    await officer.says("/antrean")
    officer.sees(f"{meeting}: Selasa, 24 November 2026")


async def test_an_officer_can_call_off_what_nobody_answers(meeting: str, leader: Chat, officer: Chat) -> None:
    await propose(officer, meeting)
    leader.looks_up()
    await officer.says(meeting)
    officer.sees("menunggu jawaban pemohon", "Waktu usulan", "Batalkan")
    await officer.says("batalkan aud 1", "Tidak ada jawaban", "kirim")
    officer.sees(f"{meeting} dibatalkan", "Bila tidak sampai, Bapak/Ibu kami beri tahu")
    leader.sees("dibatalkan oleh kantor", "Alasan: Tidak ada jawaban")


async def test_a_card_is_handed_to_a_colleague_with_a_note(
    world: World, meeting: str, leader: Chat, officer: Chat, second: Chat
) -> None:
    second.looks_up()
    leader.looks_up()
    await officer.says(f"teruskan {meeting}")
    officer.sees("Diteruskan kepada siapa?", "Petugas Kedua")
    await officer.taps("Petugas Kedua")
    officer.sees("Apa catatannya")
    await officer.says("Ini bidang Ibu", "kirim")
    officer.sees(f"{meeting} diteruskan kepada Petugas Kedua")
    second.sees("Diteruskan oleh Petugas Kantor: Ini bidang Ibu", meeting, "Ditangani: Petugas Kedua", "Setujui")
    leader.sees_nothing()
    assert await audited(world, "forwarded") == ["Ini bidang Ibu"]
    await leader.says("/status", meeting)
    leader.sees("Diteruskan kepada petugas lain")
    leader.sees_no("Ini bidang Ibu")
    await second.says("setujui")
    second.sees("disetujui")


async def test_nobody_else_is_there_to_forward_to(meeting: str, officer: Chat) -> None:
    await officer.says(f"teruskan {meeting}")
    officer.sees("Belum ada petugas lain")


async def test_the_queue_shows_the_oldest_first(world: World, meeting: str, leader: Chat, officer: Chat) -> None:
    world.now = at(23, 11)
    await leader.requests(hour="jam 10")
    await officer.says("/antrean")
    officer.sees("Menunggu keputusan: 2", f"{meeting}: Selasa, 24 November 2026 pukul 09.00", "AUD-0002")
    officer.sees("diminta Senin, 23 November 2026")
    await officer.taps(meeting)
    officer.sees("Topik: Program kerja 2027", "Riwayat:", "Diminta", "Setujui", "Tolak")
    await officer.taps("Setujui")
    await officer.says("antrian")
    officer.sees("Menunggu keputusan: 1", "AUD-0002")
    officer.sees_no(f"{meeting}:")


async def test_the_office_calls_a_meeting_off(world: World, approved: str, leader: Chat, officer: Chat) -> None:
    await officer.says(f"batalkan {approved}")
    officer.sees("Apa alasannya?")
    await officer.says("tidak jadi")
    officer.sees("tidak jadi dibatalkan", "tetap seperti semula")
    await officer.says(f"batalkan {approved}", "Ruangan dipakai", "kirim")
    leader.sees("dibatalkan oleh kantor", "Alasan: Ruangan dipakai", "/audiensi")
    assert await audited(world, "cancelled") == ["Ruangan dipakai"]


async def test_an_officer_looks_for_a_number_that_is_not_there(officer: Chat) -> None:
    for typed in ("setujui AUD-9999", "AUD-9999", "tolak aud 77", "verifikasi ang 5", "ditepati jan 3"):
        await officer.says(typed)
        officer.sees("tidak kami temukan", "/menu")


async def test_a_proposal_nobody_answered_in_time_stands_in_the_queue_again(
    world: World, meeting: str, leader: Chat, officer: Chat
) -> None:
    await propose(officer, meeting)
    await officer.says("/antrean")
    officer.sees("Pengurus menunggu diperiksa")
    officer.sees_no("Menunggu keputusan")
    world.now = at(27, 8)
    await officer.says("/antrean")
    officer.sees("Menunggu keputusan: 1", f"{meeting}: Selasa, 24 November 2026")
    await officer.says(f"kartu {meeting}")
    officer.sees("Waktu usulan: Kamis, 26 November 2026", "Usulkan waktu lain", "Batalkan")
    leader.looks_up()
    await officer.says(f"usulkan {meeting}", "senin jam 9", "lewati", "kirim")
    officer.sees("Usulan Senin, 30 November 2026 pukul 09.00 WIB")
    await leader.taps("Terima waktu itu")
    leader.sees(f"Baik, {meeting} jadi Senin, 30 November 2026")
    assert len(await world.rows("SELECT * FROM slots")) == 1
