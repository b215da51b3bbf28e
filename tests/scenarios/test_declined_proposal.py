"""The office asks to move what was agreed and the leader cannot: no appointment is left that nobody answers."""

import pytest

from tests.chat import Chat
from tests.world import World, at

UNCERTAIN = "waktunya belum pasti lagi, menunggu jawaban kantor"


@pytest.fixture
async def moving(world: World, leader: Chat, officer: Chat) -> str:
    """Agreed for Thursday at nine; the office proposes Friday at ten."""

    async def live() -> str:
        await leader.joins()
        code = await leader.requests(day="kamis")
        await officer.says(f"setujui {code}")
        await officer.says(f"usulkan {code}", "jumat", "jam 10", "rapat mendadak")
        await officer.taps("Kirim")
        return code

    code = await world.once("moving", live)
    for chat in (leader, officer):
        chat.looks_up()
    return code


async def test_a_declined_move_goes_back_to_the_office_and_both_sides_know(
    moving: str, leader: Chat, officer: Chat
) -> None:
    await leader.taps("Belum bisa")
    leader.sees(
        "kantor minta pindah", f"{moving} pada Kamis, 26 November 2026 pukul 09.00 WIB belum pasti lagi", "kami tahan"
    )
    assert leader.new[-1].document is not None or any(shown.document for shown in leader.new)
    officer.sees(
        "Pemohon belum bisa pada waktu usulan",
        "dahulu disetujui dan sekarang belum pasti",
        UNCERTAIN,
        "Setujui",
        "Usulkan",
    )
    await leader.says("/status")
    leader.sees(moving, UNCERTAIN)
    await officer.says("/antrean")
    officer.sees("Menunggu keputusan: 1", moving, UNCERTAIN)
    await officer.says(moving)
    officer.sees("Disetujui", "Kantor mengusulkan waktu lain", "Waktu usulan belum cocok")


async def test_no_reminder_speaks_of_a_time_that_is_no_longer_certain(
    world: World, moving: str, leader: Chat, officer: Chat
) -> None:
    await leader.taps("Belum bisa")
    for chat in (leader, officer):
        chat.looks_up()
    await world.ticks_at(at(25, 9))
    leader.sees_nothing()
    officer.sees(f"{moving} belum dijawab, padahal waktunya sudah dekat", "Setujui")
    await leader.says(f"hadir {moving}")
    leader.sees("belum disetujui", "belum pasti lagi")
    await world.ticks_at(at(26, 7))
    await world.ticks_at(at(26, 9))
    leader.sees_no("Pengingat")
    officer.sees("lewat waktunya tanpa jawaban", "permohonan maaf", "waktunya sudah lewat")
    assert "Setujui" not in officer.new[-1].buttons


async def test_one_press_of_the_office_keeps_the_first_time_and_its_reminders(
    world: World, moving: str, leader: Chat, officer: Chat
) -> None:
    await leader.taps("Belum bisa")
    await officer.says(f"setujui {moving}")
    leader.sees(f"{moving} disetujui untuk Kamis, 26 November 2026 pukul 09.00 WIB")
    leader.looks_up()
    await world.ticks_at(at(25, 9))
    leader.sees(f"Pengingat: {moving}", "Kamis, 26 November 2026")
    assert [row["starts_at"][:10] for row in await world.rows("SELECT starts_at FROM slots")] == ["2026-11-26"]


async def test_the_second_of_two_officers_is_told(world: World, moving: str, leader: Chat, officer: Chat) -> None:
    second = world.phone("Petugas Dua")
    await second.becomes_officer()
    await leader.taps("Belum bisa")
    await officer.says(f"setujui {moving}")
    await second.says(f"tolak {moving}")
    second.sees(f"{moving} sekarang disetujui", "Petugas Kantor", "Tidak ada yang diubah")


async def test_another_time_can_be_proposed_again_and_accepted(moving: str, leader: Chat, officer: Chat) -> None:
    await leader.taps("Belum bisa")
    await officer.says(f"usulkan {moving}", "jumat", "jam 9", "lewati")
    await officer.taps("Kirim")
    leader.sees("kantor mengusulkan waktu lain", "Jumat, 27 November 2026 pukul 09.00 WIB")
    await leader.taps("Terima waktu itu")
    leader.sees(f"{moving} jadi Jumat, 27 November 2026 pukul 09.00 WIB")


async def test_while_the_move_waits_the_reminder_asks_for_its_answer(
    world: World, moving: str, leader: Chat, officer: Chat
) -> None:
    await world.ticks_at(at(25, 9))
    leader.sees(f"Untuk {moving}", "Kantor" if world.channel != "whatsapp" else "kantor", "Jumat, 27 November 2026")
    leader.sees_no("tetap hadir")
    await leader.says(f"hadir {moving}")
    leader.sees("Waktu usulan: Jumat", "Terima waktu itu", "Belum bisa")
    leader.sees_no("Kami tunggu")
    await leader.taps("Terima waktu itu")
    leader.sees("jadi Jumat")


async def test_a_move_nobody_answers_comes_back_into_the_queue(world: World, leader: Chat, officer: Chat) -> None:
    await leader.joins()
    code = await leader.requests(day="jumat")
    await officer.says(f"setujui {code}", f"usulkan {code}", "kamis", "jam 10", "lewati")
    await officer.taps("Kirim")
    world.now = at(26, 11)
    await officer.says("/antrean")
    officer.sees("Menunggu keputusan: 1", code)
    await leader.says(f"terima {code}")
    leader.sees("Waktu usulan itu sudah lewat", "Jumat, 27 November 2026", "belum pasti lagi")
    officer.sees("sudah lewat sebelum dijawab", UNCERTAIN, "Setujui")


async def test_both_times_stay_held_until_the_answer_and_then_only_the_first(
    world: World, moving: str, leader: Chat
) -> None:
    assert len(await world.rows("SELECT * FROM slots")) == 2
    await leader.taps("Belum bisa")
    assert [row["starts_at"][:10] for row in await world.rows("SELECT starts_at FROM slots")] == ["2026-11-26"]
    other = world.phone("Budi Santoso")
    await other.joins("Karang Taruna Mekar")
    await other.says("/audiensi", "audiensi", "Bidang Organisasi Kemasyarakatan", "Program", "kamis", "jam 9")
    other.sees("Jam 09.00 tidak tersedia")


async def test_a_time_that_was_never_agreed_simply_waits_again(meeting: str, leader: Chat, officer: Chat) -> None:
    await officer.says(f"usulkan {meeting}", "kamis", "jam 10", "lewati")
    await officer.taps("Kirim")
    await leader.says(f"belum bisa {meeting}")
    leader.sees(f"{meeting} tetap pada", "petugas akan menjawab lagi")
    officer.sees_no("belum pasti")
