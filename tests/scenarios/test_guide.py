"""`/panduan`: the page of the handbook that fits, in the chat, for whoever may do what it says."""

from tests.chat import Chat
from tests.world import World


async def test_an_officer_asks_for_a_word_and_reads_the_officers_page(officer: Chat) -> None:
    await officer.says("/panduan audiensi")
    officer.sees(
        "Memutuskan permintaan audiensi",
        "Kapan dipakai",
        "1. Bila ada surat, tekan “Lihat surat”.",
        "Yang dilihat pemohon",
        "Kalau salah",
    )
    officer.sees_no("**", "##", "<!--", "`", ".png")


async def test_a_leader_reads_leaders_pages_only(leader: Chat) -> None:
    await leader.agrees()
    await leader.says("/panduan audiensi")
    leader.sees("Meminta audiensi", "1. Kirim /audiensi.")
    for word in ("antrean", "kartu-audiensi", "orang-datang-dan-pergi", "petugas"):
        await leader.says(f"/panduan {word}")
        leader.sees_no("/antrean", "/gabung", "Memutuskan")


async def test_without_a_word_the_titles_are_to_choose_from(leader: Chat) -> None:
    await leader.agrees()
    await leader.says("/lainnya")
    await leader.taps("Panduan")
    leader.sees("Panduan yang mana?", "Lima menit pertama", "Meminta audiensi", "Data pribadi saya")
    await leader.taps("Data pribadi saya")
    leader.sees("Data pribadi saya", "/dataku")
    await leader.taps("Panduan lain")
    leader.sees("Panduan yang mana?")


async def test_a_word_nobody_wrote_about_gives_the_titles(officer: Chat) -> None:
    await officer.says("/panduan helikopter")
    officer.sees("Panduan tentang “helikopter” belum ada.", "Hari pertama", "Panduan pengurus")
    await officer.taps("Panduan pengurus")
    officer.sees("Meminta audiensi")
    await officer.taps("Meminta audiensi")
    officer.sees("Meminta audiensi", "Langkah")


async def test_a_slip_of_the_thumb_and_little_words_are_forgiven(officer: Chat) -> None:
    for asked, title in (
        ("antrian", "Melihat apa yang menunggu"),
        ("cara menyetujui pengumuman", "Menyetujui pengumuman rekan"),
        ("telpon hilang", "Kalau terjadi: bocor, telepon hilang"),
        ("Bagaimana kalau pemohon tidak menjawab?", "Kalau pemohon tidak menjawab"),
        ("SKT", "Data ormas dan pengurusnya"),
    ):
        await officer.says(f"/panduan {asked}")
        officer.sees(title, "Kapan dipakai")


async def test_a_form_that_was_open_waits_meanwhile(leader: Chat) -> None:
    await leader.joins()
    await leader.says("/masukan")
    await leader.taps("Dengan nama saya")
    await leader.says("/panduan masukan")
    leader.sees("Menyampaikan masukan atau keluhan", "Lanjutkan")
    await leader.taps("Lanjutkan")
    leader.sees("Apa yang ingin Bapak/Ibu sampaikan")


async def test_a_long_page_is_parted_between_its_headings(officer: Chat) -> None:
    await officer.says("/panduan pengumuman")
    assert len(officer.new) > 1
    assert all(len(shown.text) < 1000 for shown in officer.new)
    assert officer.new[1].text.startswith(("Langkah", "Yang dilihat", "Kalau salah"))


async def test_in_english_the_page_says_that_it_is_indonesian(world: World, leader: Chat) -> None:
    await leader.agrees()
    await leader.says("/bahasa en", "/panduan audiensi")
    leader.sees("only in Indonesian so far", "Meminta audiensi")
