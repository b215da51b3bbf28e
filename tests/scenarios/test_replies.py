"""The sender of a ticket answers: by simply writing, by Balas, with a file that was asked for, in a talk that rests."""

from datetime import timedelta

import pytest

from tests.chat import Chat
from tests.made import PDF
from tests.scenarios.test_suggest import number, suggests
from tests.world import World


@pytest.fixture
async def sent(world: World, leader: Chat, officer: Chat) -> str:
    """The number of a complaint."""

    async def live() -> str:
        await leader.joins()
        return await suggests(leader)

    return await world.once("a complaint to reply to", live)


async def kept(world: World) -> int:
    return len(await world.rows("SELECT id FROM drafts"))


async def test_an_answer_that_is_simply_written_is_passed_on(
    world: World, sent: str, leader: Chat, officer: Chat
) -> None:
    await officer.says(f"tanya {sent}", "Di jalan mana?", "kirim")
    await leader.says("Tidak ada korban pak")
    leader.sees(f"Apakah ini jawaban untuk {sent}?", "Tidak ada korban pak", "Ya, sampaikan", "Bukan")
    await leader.says("sudah bubar")
    leader.sees("Tidak ada korban pak\nsudah bubar")
    officer.looks_up()
    await leader.says("nggih")
    leader.sees(f"balasan untuk {sent} sudah kami teruskan")
    officer.sees("Balasan dari pengirim", "Tidak ada korban pak\nsudah bubar")
    assert not await kept(world)
    await leader.says("sudah bubar")
    leader.sees("belum paham")


async def test_what_is_no_answer_means_what_it_always_means(
    world: World, sent: str, leader: Chat, officer: Chat
) -> None:
    await officer.says(f"tanya {sent}", "Ada berapa orang?", "kirim")
    await leader.says("menu")
    leader.sees("Ada yang bisa kami bantu?")
    await leader.says("Sugeng enjing")
    leader.sees(f"Apakah ini jawaban untuk {sent}?")
    await leader.taps("Bukan")
    leader.sees("belum paham maksudnya")
    assert not await kept(world)
    await leader.says("saya mau audiensi")
    await leader.says("bukan")
    leader.sees("Apa keperluannya?")
    await leader.says("batal", "sekitar 20 orang pak")
    leader.sees(f"Apakah ini jawaban untuk {sent}?")
    await leader.says("/profil")
    leader.sees("Balasan untuk petugas masih menunggu")
    await leader.taps("Lanjutkan")
    leader.sees(f"Balasan untuk {sent}", "“sekitar 20 orang pak”", "Kirim")
    officer.looks_up()
    await leader.says("dan dua mobil", "kirim")
    officer.sees("Balasan dari pengirim", "sekitar 20 orang pak\ndan dua mobil")


async def test_with_several_questions_open_the_leader_says_which(
    world: World, sent: str, leader: Chat, officer: Chat
) -> None:
    world.now += timedelta(minutes=1)
    other = await suggests(leader)
    await officer.says(f"tanya {sent}", "Di jalan mana?", "kirim")
    await officer.says(f"tanya {other}", "Sejak kapan?", "kirim")
    await leader.says("Sejak semalam")
    leader.sees("Mohon pilih yang mana", sent, other, "Sejak semalam")
    officer.looks_up()
    await leader.says("Sejak kemarin malam, tepatnya")
    await leader.taps(other)
    leader.sees(f"balasan untuk {other} sudah kami teruskan")
    officer.sees(f"Balasan dari pengirim {other}: Sejak semalam", "Sejak kemarin malam")
    assert not await kept(world)
    await leader.says("Jalan Mawar")
    leader.sees(f"Apakah ini jawaban untuk {sent}?")


async def test_a_reply_is_one_question(world: World, sent: str, leader: Chat, officer: Chat) -> None:
    await leader.says(f"balas {sent}")
    leader.sees("Apa balasan Bapak/Ibu? Tulis, kirim pesan suara, atau kirim fotonya.")
    await leader.sends_photo(b"1")
    leader.sees("Foto ini kami simpan", "1.", "Kirim")
    await leader.sends_file("denah.pdf", "application/pdf", len(PDF), PDF)
    await leader.says("hapus 1")
    leader.sees("1. denah.pdf")
    officer.looks_up()
    await leader.says("Lihat denah ini")
    leader.sees("“Lihat denah ini”", "Berkas: 1", "Sudah benar?")
    await leader.taps("Kirim")
    leader.sees("sudah kami teruskan")
    officer.sees("Balasan dari pengirim", "Lihat denah ini", "1 PDF")
    await leader.says(f"balas {sent}")
    await leader.sends_voice()
    leader.sees("sudah kami teruskan")


async def test_files_of_a_reply_left_days_ago_are_shown_before_anything_is_sent(
    world: World, sent: str, leader: Chat, officer: Chat
) -> None:
    await leader.says(f"balas {sent}")
    await leader.sends_file("lama.pdf", "application/pdf", len(PDF), PDF)
    await leader.says("/menu")
    await world.passes(hours=50)
    await leader.says(f"balas {sent}")
    leader.sees("Yang tersimpan dan belum dikirim:", "1. lama.pdf", "hapus 1")
    await leader.says("hapus 1")
    leader.sees_no("lama.pdf")
    await leader.sends_file("baru.pdf", "application/pdf", len(PDF), PDF + b"2")
    officer.looks_up()
    await leader.taps("Kirim")
    leader.sees("sudah kami teruskan")
    officer.sees("Balasan dari pengirim", "(mengirim berkas)", "Berkas: 1 PDF")


@pytest.fixture
async def with_files(world: World, leader: Chat, officer: Chat) -> str:
    """The number of a complaint with ten files."""

    async def live() -> str:
        await leader.joins()
        await leader.says("/masukan")
        await leader.taps("Dengan nama saya")
        await leader.taps("Keluhan")
        await leader.says("Lampu jalan mati")
        for count in range(1, 11):
            await leader.sends_file(f"berkas {count}.pdf", "application/pdf", len(PDF), PDF + str(count).encode())
        await leader.taps("Selesai")
        await leader.taps("Kirim")
        return number(leader)

    return await world.once("a complaint with files", live)


async def test_every_part_can_be_asked_for_and_each_ends_by_itself(
    world: World, with_files: str, leader: Chat, officer: Chat
) -> None:
    await officer.says(f"minta kirim ulang {with_files}")
    officer.sees("Bagian mana", "1. berkas 1.pdf", "10. berkas 10.pdf", "Isi", "Cukup")
    leader.looks_up()
    await officer.taps("10. berkas 10.pdf")
    officer.sees("Sudah diminta: berkas 10.pdf. Ada lagi?", "9. berkas 9.pdf", "Cukup")
    leader.sees(f"Untuk {with_files}, mohon dikirim lagi: berkas 10.pdf; yang tadi belum terbaca.")
    await officer.taps("Isi")
    leader.sees("mohon diperiksa dan ditulis lagi: Isi")
    await officer.taps("Cukup")
    officer.sees("Kami kabari")
    await leader.says(f"balas {with_files}")
    leader.sees("Yang kami tunggu", "berkas 10.pdf", "Isi")
    officer.looks_up()
    await leader.sends_file("baru.pdf", "application/pdf", len(PDF), PDF + b"baru")
    leader.sees("berkas 10.pdf yang baru sudah kami terima dan kami teruskan.", "Yang masih kami tunggu: Isi.")
    officer.sees("Balasan dari pengirim", "(mengirim berkas)")
    assert (await world.rows("SELECT asked_for FROM tickets"))[0]["asked_for"] == "Isi"
    await leader.says(f"balas {with_files}")
    leader.sees("Mohon tulis lagi", "Isi")
    await leader.says("Lampu di Jalan Mawar mati", "kirim")
    leader.sees("Isi untuk", "sudah kami teruskan")
    assert (await world.rows("SELECT asked_at FROM tickets"))[0]["asked_at"] is None


async def test_a_file_that_is_waited_for_may_simply_be_sent(
    world: World, with_files: str, leader: Chat, officer: Chat
) -> None:
    await officer.says(f"minta kirim ulang {with_files}")
    await officer.taps("1. berkas 1.pdf")
    await leader.sends_file("baru.pdf", "application/pdf", len(PDF), PDF + b"baru")
    leader.sees(f"Apakah ini jawaban untuk {with_files}?", "baru.pdf")
    await leader.taps("Ya, sampaikan")
    leader.sees("berkas 1.pdf yang baru sudah kami terima")


async def test_a_talk_that_rests_goes_on_with_the_next_words(world: World, leader: Chat, officer: Chat) -> None:
    await leader.joins()
    await leader.says("/petugas", "Bagaimana cara mengajukan rekomendasi?")
    code = number(leader, "TNY")
    await officer.says(f"bicara {code}")
    leader.sees("Petugas sudah bergabung.")
    await leader.says("/jeda")
    officer.sees("Pengirim menjeda percakapan.")
    await leader.says("Sugeng enjing")
    leader.sees("belum paham")
    await officer.says("Bawa proposalnya, Bu.")
    leader.sees("Bawa proposalnya, Bu.", "Lanjutkan percakapan")
    await leader.says("Kapan, Pak?")
    leader.sees(f"Percakapan {code} dilanjutkan.")
    officer.sees(f"{code} Siti Aminah: Kapan, Pak?")
    await leader.says("/jeda")
    await officer.says("Besok pagi.")
    await leader.taps("Lanjutkan percakapan")
    leader.sees("masih terbuka")
    await officer.says("/jeda")
    leader.looks_up()
    await officer.says(f"bicara {code}")
    leader.sees_nothing()


async def test_a_press_under_a_file_in_a_talk_shows_that_file(world: World, leader: Chat, officer: Chat) -> None:
    await leader.joins()
    await leader.says("/petugas", "Mohon dicek")
    code = number(leader, "TNY")
    await officer.says(f"bicara {code}")
    for name in ("satu.pdf", "dua.pdf"):
        await leader.sends_file(name, "application/pdf", len(PDF), PDF + name.encode())
    await world.fetches()
    await officer.taps("Lihat berkas")
    assert [shown.document.name for shown in officer.new if shown.document] == ["dua.pdf"]
    await officer.taps("Semua berkas")
    assert [shown.document.name for shown in officer.new if shown.document] == ["satu.pdf", "dua.pdf"]


async def test_batal_with_a_number_takes_it_back(world: World, sent: str, leader: Chat, officer: Chat) -> None:
    await leader.says(f"batal {sent}")
    leader.sees(f"{sent} sudah ditutup")
    officer.sees("Ditutup oleh pengirim:")
