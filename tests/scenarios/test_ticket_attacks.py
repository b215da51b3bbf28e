"""Tickets under attack: wrong hands, lost roles, colleagues who left, two presses at once, and plain bad luck."""

import pytest

from handlers import TICKET_ACTIONS
from storage.people import people
from tests.chat import Chat
from tests.scenarios.announcing import second_agrees
from tests.scenarios.test_situation import reports
from tests.scenarios.test_suggest import number, suggests
from tests.world import World, at

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
async def sent(world: World, leader: Chat, officer: Chat) -> str:
    """The number of a complaint that waits."""

    async def live() -> str:
        await leader.joins()
        return await suggests(leader)

    return await world.once("a complaint", live)


@pytest.fixture
async def second(world: World, officer: Chat) -> Chat:
    second = world.phone("Petugas Kedua")
    await second.becomes_officer()
    return second


async def leaves_office(world: World, name: str) -> None:
    """The office takes somebody's role away."""
    (row,) = await world.rows("SELECT id FROM people WHERE name = :name", name=name)
    async with world.awake() as room:
        await room.database.transact(lambda tx: people.revoke(tx, row["id"], "officer"))


async def test_whether_there_is_such_a_number_is_not_told(
    world: World, leader: Chat, officer: Chat, duty: Chat
) -> None:
    await leader.joins()
    code = await reports(leader)
    nobodys = "SIT-100000" if code != "SIT-100000" else "SIT-100001"
    stranger = world.phone("Budi Santoso")
    await stranger.agrees()
    for chat, words in ((officer, ("", "terima ", "jawab ", "berkas ")), (stranger, ("", "balas ", "/status "))):
        for word in words:
            await chat.says(f"{word}{nobodys}")
            unknown = chat.screen
            await chat.says(f"{word}{code}")
            assert chat.screen == unknown


async def test_a_colleague_who_left_gets_no_word_any_more_and_others_can_take_over(
    world: World, sent: str, leader: Chat, officer: Chat, second: Chat
) -> None:
    await officer.says(f"terima {sent}")
    await leaves_office(world, "Petugas Kantor")
    officer.looks_up()
    second.looks_up()
    await leader.says(f"balas {sent}", "Nomor saya tersambung ke tetangga", "kirim")
    officer.sees_nothing()
    second.sees("Balasan dari pengirim", "tersambung ke tetangga")
    await second.says(f"terima {sent}")
    second.sees("sekarang di tangan Bapak/Ibu")


async def test_an_alarm_nobody_would_hear_goes_to_everybody_who_could_act(
    world: World, sent: str, officer: Chat, second: Chat
) -> None:
    await officer.says(f"terima {sent}", "BERHENTI")
    second.looks_up()
    await world.ticks_at(at(25, 12))
    second.sees(f"batas waktu {sent} hampir habis")
    second.looks_up()
    await world.ticks_at(at(26, 12))
    second.sees(f"{sent} LEWAT BATAS WAKTU")


async def test_a_reply_reaches_somebody_when_its_officer_said_stop(
    world: World, sent: str, leader: Chat, officer: Chat, second: Chat
) -> None:
    await officer.says(f"terima {sent}", "BERHENTI")
    second.looks_up()
    await leader.says(f"balas {sent}", "Masih mati", "kirim")
    second.sees("Balasan dari pengirim", "Masih mati")


async def test_a_prepared_reply_that_goes_while_it_is_chosen_is_asked_for_anew(
    world: World, sent: str, leader: Chat, officer: Chat, second: Chat
) -> None:
    chief = world.phone("Admin Kantor")
    await chief.becomes_officer("admin")
    await chief.says("/balasan")
    await chief.taps("Tulis baru")
    await chief.taps("Masukan")
    await chief.taps("Jawaban")
    await chief.says("Diteruskan", "Sudah kami teruskan.")
    await chief.taps("Kirim")
    await second_agrees(chief)
    await officer.says(f"jawab {sent}")
    await second.says(f"jawab {sent}")
    await second.taps("Tulis sendiri")
    await second.says("Sedang dicek.", "kirim")
    await officer.taps("Diteruskan")
    officer.sees("“Sudah kami teruskan.”", "Tetap dikirim?")
    await chief.says("/balasan")
    await chief.taps("Hapus Diteruskan")
    await second_agrees(chief)
    await officer.taps("Tetap kirim")
    officer.sees("Apa jawabannya?")
    leader.looks_up()
    await officer.says("Besok diganti.")
    officer.sees("“Besok diganti.”. Tetap dikirim?")
    leader.sees_nothing()
    await officer.taps("Tetap kirim")
    leader.sees("Besok diganti.")


async def test_a_second_question_has_its_own_ten_days(world: World, sent: str, leader: Chat, officer: Chat) -> None:
    await officer.says(f"tanya {sent}", "Di jalan mana?", "kirim")
    world.now = at(3, 10, month=12)
    await officer.says(f"tanya {sent}", "Atau di desa mana?", "kirim")
    leader.looks_up()
    await world.ticks_at(at(7, 12, month=12))
    leader.sees_no("kami tutup dahulu")
    await world.ticks_at(at(16, 12, month=12))
    leader.sees_no("kami tutup dahulu")
    await world.ticks_at(at(17, 12, month=12))
    leader.sees("kami tutup dahulu")


async def test_a_part_pressed_twice_is_asked_for_once(world: World, sent: str, leader: Chat, officer: Chat) -> None:
    await officer.says(f"minta kirim ulang {sent}")
    await officer.taps("Isi")
    leader.sees("mohon diperiksa dan ditulis lagi: Isi")
    leader.looks_up()
    await officer.taps("Isi")
    leader.sees_nothing()


async def test_a_role_that_is_lost_ends_a_form_that_was_open(
    world: World, sent: str, leader: Chat, officer: Chat, second: Chat
) -> None:
    await officer.says(f"jawab {sent}")
    await leaves_office(world, "Petugas Kantor")
    leader.looks_up()
    await officer.says("Jawaban dari luar.")
    officer.sees("tidak kami temukan di antara yang boleh Bapak/Ibu lihat")
    leader.sees_nothing()
    for said in (sent, f"terima {sent}", f"berkas {sent}", "/antrean"):
        await officer.says(said)
        officer.sees_no("Lampu jalan", "Siti")


async def test_opening_again_twice_asks_for_words_twice(world: World, sent: str, leader: Chat, officer: Chat) -> None:
    await officer.says(f"selesaikan {sent}", "Sudah.", "kirim")
    await leader.says(f"buka lagi {sent}")
    await leader.says(f"buka lagi {sent}")
    leader.sees("Apa balasan Bapak/Ibu?")
    leader.sees_no("tidak dapat dibuka lagi")


async def test_file_names_do_not_tell_a_hidden_name(world: World, leader: Chat, officer: Chat) -> None:
    await leader.joins()
    await leader.says("/masukan")
    await leader.taps("Nama dirahasiakan")
    await leader.taps("Keluhan")
    await leader.says("Lampu jalan mati")
    await leader.sends_file("KTP Siti Aminah.pdf", "application/pdf", len(PDF), PDF)
    await leader.taps("Selesai")
    await leader.taps("Kirim")
    await officer.says(f"minta kirim ulang {number(leader)}")
    officer.sees("1. PDF")
    officer.sees_no("Siti")


async def test_nobody_of_the_office_decides_about_what_they_sent_themselves(
    world: World, leader: Chat, officer: Chat, second: Chat, duty: Chat
) -> None:
    code = await suggests(officer)
    await second.says(f"catat {code}", "Mohon diperiksa diam-diam.")
    for said in (f"/status {code}", code):
        await officer.says(said)
        officer.sees("Lampu jalan mati")
        officer.sees_no("diam-diam")
    report = await reports(duty)
    await duty.says(f"verifikasi {report}")
    duty.sees("mohon petugas lain yang memutuskan")


async def test_a_number_is_found_however_it_is_typed(sent: str, leader: Chat) -> None:
    digits = sent.removeprefix("MAS-")
    for said in (sent, f"mas {digits}", f"MAS{digits}", f"MAS–{digits}", digits, f"tolong {digits}"):
        await leader.says(f"/status {said}")
        leader.sees(sent, "Riwayat:")


async def test_a_forged_press_shows_nothing_and_changes_nothing(
    world: World, sent: str, leader: Chat, officer: Chat, duty: Chat
) -> None:
    if world.channel == "plain":
        pytest.skip("there is nothing to press in a terminal")
    report = await reports(leader)
    stranger = world.phone("Budi Santoso")
    await stranger.agrees()
    found = await world.rows("SELECT id, code FROM tickets")
    ids = {row["code"]: row["id"] for row in found}
    before = await world.rows("SELECT * FROM tickets ORDER BY id")
    for chat, code in ((stranger, sent), (duty, sent), (stranger, report), (officer, report)):
        forged = [f"a.{action.name}.{ids[code]}" for action in TICKET_ACTIONS if action.numbered]
        forged += [f"a.ulang.{ids[code]}-f0", f"a.nilai.{code}-3", f"a.lanjut.{ids[code]}"]
        forged += [f"a.berkas.{ids[code]}", f"a.berkas.{ids[code]}.1", f"a.sampaikan.{ids[code]}-1"]
        chat.looks_up()
        await world.arrives(*(world.paper.press(chat.address, token) for token in forged))
        assert not any(word in shown.text for shown in chat.new for word in ("Lampu jalan", "tawuran", "Siti Aminah"))
    assert await world.rows("SELECT * FROM tickets ORDER BY id") == before
    assert not await world.rows("SELECT id FROM drafts")
