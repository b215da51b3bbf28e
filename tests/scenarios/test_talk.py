"""`/petugas`: two people talk, the bot is silent in between and comes back when it is over."""

from datetime import timedelta

import pytest

from tests.chat import Chat
from tests.made import PDF
from tests.scenarios.test_suggest import number
from tests.scenarios.test_ticket_attacks import leaves_office
from tests.world import World, at


@pytest.fixture
async def talking(world: World, leader: Chat, officer: Chat) -> str:
    """A leader has asked for somebody."""

    async def live() -> str:
        await leader.joins()
        await leader.says("/petugas", "Bagaimana cara mengajukan rekomendasi?")
        return number(leader, "TNY")

    return await world.once("a talk", live)


@pytest.fixture
async def second(world: World, officer: Chat) -> Chat:
    second = world.phone("Petugas Kedua")
    await second.becomes_officer()
    return second


async def test_both_sides_talk_through_the_ticket(world: World, talking: str, leader: Chat, officer: Chat) -> None:
    leader.sees("Kantor sedang buka.", "Jawaban pertama paling lambat", "bukan ke bot", "/selesai")
    officer.sees("Kiriman baru:", talking, "rekomendasi", "Bicara")
    await leader.says("Untuk kegiatan bulan depan")
    leader.sees_nothing()
    await officer.says(f"bicara {talking}")
    officer.sees("Untuk kegiatan bulan depan", "langsung diteruskan ke pengirim")
    await officer.says("Sugeng enjing, Bu. Bawa proposalnya ke kantor.")
    officer.sees_nothing()
    leader.sees("Petugas Kantor: Sugeng enjing, Bu. Bawa proposalnya ke kantor.")
    await leader.says("menu")
    leader.sees_nothing()
    officer.sees(f"{talking} Siti Aminah: menu")
    await leader.says("/menu")
    leader.sees("Ada yang bisa kami bantu?")
    await leader.says("Baik, terima kasih")
    officer.sees("Baik, terima kasih")
    await officer.says("/selesai", "Sudah dijelaskan.", "kirim")
    leader.sees(f"{talking} sudah selesai", "Sudah dijelaskan.", "Bagaimana layanan kami")
    await leader.says("halo")
    leader.sees("Ada yang bisa kami bantu?")


async def test_the_leader_ends_it_or_steps_out(world: World, talking: str, leader: Chat, officer: Chat) -> None:
    await leader.says("/jeda")
    leader.sees("kembali ke menu bot")
    await leader.says("halo")
    leader.sees("Ada yang bisa kami bantu?")
    await leader.says("/petugas")
    leader.sees("masih terbuka")
    await leader.says("/selesai")
    leader.sees(f"{talking} sudah ditutup")
    officer.sees("Ditutup oleh pengirim:")
    await officer.says(f"bicara {talking}")
    officer.sees("sekarang ditutup oleh pengirim")


async def test_when_the_office_is_closed_it_says_when_it_opens(world: World, leader: Chat, officer: Chat) -> None:
    await leader.joins()
    world.now = at(27, 20)
    await leader.says("/petugas", "Selamat malam")
    leader.sees("Kantor sedang tutup dan buka lagi Senin, 30 November 2026 pukul 07.30 WIB.")


async def test_a_file_in_a_talk_reaches_the_other_side(world: World, talking: str, leader: Chat, officer: Chat) -> None:
    await officer.says(f"bicara {talking}")
    await leader.sends_file("proposal.pdf", "application/pdf", len(PDF), PDF)
    officer.sees("(mengirim berkas)")
    await world.fetches()
    await officer.says(f"berkas {talking}")
    assert [shown.document.name for shown in officer.new if shown.document] == ["proposal.pdf"]


async def test_a_third_person_is_in_no_talk(world: World, talking: str, leader: Chat, officer: Chat) -> None:
    second = world.phone("Petugas Kedua")
    await second.becomes_officer()
    await officer.says(f"bicara {talking}")
    await second.says(f"bicara {talking}")
    second.sees("terakhir oleh Petugas Kantor")
    await second.says("halo")
    second.sees("Ada yang bisa kami bantu?")
    leader.looks_up()
    world.now += timedelta(minutes=5)
    await second.says("/selesai")
    second.sees("Tidak ada percakapan yang sedang berjalan")
    leader.sees_nothing()


async def test_a_talk_goes_on_with_somebody_else_when_its_officer_left(
    world: World, talking: str, leader: Chat, officer: Chat, second: Chat
) -> None:
    await officer.says(f"bicara {talking}")
    await leaves_office(world, "Petugas Kantor")
    officer.looks_up()
    second.looks_up()
    await leader.says("Masih ada orang?")
    officer.sees_nothing()
    second.sees(f"{talking} kembali ke antrean")
    await second.says(f"bicara {talking}")
    second.sees("Masih ada orang?")
    await second.says("Ada, Bu.")
    leader.sees("Petugas Kedua: Ada, Bu.")
    await officer.says("rahasia saya")
    leader.sees_no("rahasia")


async def test_a_disposition_takes_the_talk_along(
    world: World, talking: str, leader: Chat, officer: Chat, second: Chat
) -> None:
    await officer.says(f"bicara {talking}", "Sebentar, Bu.")
    await officer.says(f"disposisi {talking}", "Petugas Kedua", "Mohon dilanjutkan", "lewati", "kirim")
    leader.looks_up()
    await officer.says("halo")
    leader.sees_nothing()
    await second.says(f"bicara {talking}", "Saya lanjutkan, Bu.")
    leader.sees("Petugas Kedua: Saya lanjutkan, Bu.")
    await second.says("/selesai")
    second.sees("Apa hasilnya?")
    await second.says("Sudah dijelaskan.", "kirim")
    leader.sees(f"{talking} sudah selesai")


async def test_a_colleague_who_is_away_can_be_relieved(
    world: World, talking: str, leader: Chat, officer: Chat, second: Chat
) -> None:
    await officer.says(f"bicara {talking}")
    officer.looks_up()
    await second.says(f"bicara {talking}")
    second.sees("terakhir oleh Petugas Kantor")
    await second.says(f"disposisi {talking}", "Petugas Kedua", "Saya gantikan hari ini", "lewati", "kirim")
    officer.sees(f"{talking} diteruskan kepada Petugas Kedua")
    await second.says(f"bicara {talking}", "Saya gantikan, Bu.")
    leader.sees("Petugas Kedua: Saya gantikan, Bu.")


async def test_a_file_that_cannot_be_taken_is_not_announced_in_a_talk(
    world: World, talking: str, leader: Chat, officer: Chat
) -> None:
    await officer.says(f"bicara {talking}")
    officer.looks_up()
    await leader.sends_file("gambar.svg", "image/svg+xml", 100, b"<svg/>")
    leader.sees("tidak bisa kami terima")
    officer.sees_nothing()


async def test_long_words_in_a_talk_arrive_whole(talking: str, leader: Chat, officer: Chat) -> None:
    await officer.says(f"bicara {talking}")
    await leader.says("panjang sekali " * 260 + "sampai akhir")
    officer.sees("sampai akhir")


async def test_who_said_stop_is_told_that_no_answer_can_reach_them(talking: str, leader: Chat, officer: Chat) -> None:
    await leader.says("BERHENTI")
    await leader.says("Masih ada orang?")
    leader.sees("sedang berhenti menerima kabar", "MULAI")


async def test_words_into_one_ticket_have_a_limit_too(world: World, talking: str, leader: Chat, officer: Chat) -> None:
    await officer.says(f"bicara {talking}")
    officer.looks_up()
    await world.arrives(*(world.paper.text(leader.address, f"Halo {count}") for count in range(62)))
    leader.sees("pesan dalam satu jam", "110")
    assert len(await world.rows("SELECT id FROM ticket_events WHERE what = 'said'")) == 60
    await world.passes(hours=1)
    await leader.says("Masih di sana?")
    officer.sees("Masih di sana?")


async def test_what_looks_like_a_code_or_was_forwarded_is_passed_on(
    world: World, talking: str, leader: Chat, officer: Chat
) -> None:
    await officer.says(f"bicara {talking}")
    await leader.says("Besok jam 9")
    officer.sees("Siti Aminah: Besok jam 9")
    if world.channel == "telegram":
        origin = {"type": "hidden_user", "sender_user_name": "X", "date": 1}
        await leader.does(world.paper.message(leader.address, text="Undangan rapat", forward_origin=origin))
        officer.sees("Siti Aminah: Undangan rapat")
    await officer.says("/jeda", f"terima {talking.replace('-', '–')}")
    officer.sees("terakhir oleh Petugas Kantor")
