"""What waits: in whose hands, until when, and how it is found again."""

from tests.chat import Chat
from tests.world import World, at


async def test_a_forwarded_meeting_stands_under_saya_and_its_reminder_goes_there(
    world: World, leader: Chat, officer: Chat
) -> None:
    second = world.phone("Petugas Dua")
    await second.becomes_officer()
    await leader.joins()
    code = await leader.requests(day="kamis")
    await officer.says(f"setujui {code}")
    await officer.says(f"teruskan {code}", "Petugas Dua", "mohon diterima", "kirim")
    await second.says("/antrean saya")
    second.sees("Di tangan saya", "Audiensi: 1", f"{code}:", "disetujui")
    await officer.says("/antrean saya")
    officer.sees("Tidak ada di sini")
    for chat in (officer, second):
        chat.looks_up()
    await world.ticks_at(at(25, 9))
    second.sees(f"Pengingat petugas: {code}")
    officer.sees_nothing()


async def test_a_request_nobody_answers_rings_before_its_time_and_changes_its_buttons_after(
    world: World, leader: Chat, officer: Chat
) -> None:
    await leader.joins()
    code = await leader.requests(day="kamis")
    officer.looks_up()
    await world.ticks_at(at(25, 9))
    officer.sees(f"{code} belum dijawab", "Setujui")
    officer.looks_up()
    await world.ticks_at(at(26, 7))
    officer.sees(f"{code} belum dijawab")
    officer.looks_up()
    await world.ticks_at(at(26, 9))
    officer.sees(f"{code} lewat waktunya tanpa jawaban", "waktunya sudah lewat", "Usulkan waktu lain", "Tolak")
    officer.sees_no("Setujui")
    await officer.says("/antrean lewat")
    officer.sees("Audiensi: 1", code)
    await leader.says("/status")
    leader.sees(code, "waktunya sudah lewat, masih menunggu jawaban kantor")
    await officer.says(f"tolak {code}", "Kami khilaf", "kirim")
    leader.sees("Mohon maaf, waktunya lewat sebelum kami jawab", "Alasan: Kami khilaf")


async def test_an_answered_request_rings_no_more(world: World, leader: Chat, officer: Chat) -> None:
    await leader.joins()
    code = await leader.requests(day="kamis")
    await officer.says(f"tolak {code}", "Penuh", "kirim")
    officer.looks_up()
    for hour in (9, 10):
        await world.ticks_at(at(25, hour))
    await world.ticks_at(at(26, 9))
    officer.sees_nothing()


async def test_status_puts_what_is_open_first_and_tells_of_the_others(leader: Chat) -> None:
    await leader.joins()
    first = await leader.requests(day="kamis")
    for _ in range(6):
        code = await leader.requests(day="jumat")
        await leader.says(f"batal {code}", "tidak jadi dulu", "kirim")
    await leader.says("/status")
    leader.sees(first, "AUD-0007", "Yang masih berjalan di atas. Masih ada 2 lagi: ketik /status semua")
    await leader.says("/status semua")
    leader.sees(first, "AUD-0007", "AUD-0002")
    leader.sees_no("Masih ada")


async def test_corrections_stand_in_the_queue(verified: Chat, officer: Chat) -> None:
    await verified.says("/profil")
    await verified.taps("Data ORM-0001")
    await verified.taps("Usulkan perbaikan")
    await verified.taps("Ketua")
    await verified.says("Siti Aminah")
    await verified.taps("Kirim")
    await officer.says("/antrean")
    officer.sees("Usulan perbaikan data:", "KOR-0001: Forum Melati, Ketua", "Periksa KOR-0001")
    await officer.taps("Periksa KOR-0001")
    officer.sees("Usulan perbaikan KOR-0001", "Menjadi: Siti Aminah")
