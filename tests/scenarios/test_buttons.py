"""What is on the screen: an answer counts only for what was shown, pressed or typed."""

from dataclasses import replace

import pytest

from handlers import CATALOGUE
from handlers.conversation.questions.question import text
from handlers.conversation.words import say
from handlers.meeting.ask import MeetingRequest
from tests.chat import Chat
from tests.world import World


class LongerRequest(MeetingRequest, name="audiensi"):
    """The form after a release that asks one thing more."""

    budget: str = text(say("Biaya"), say("Dari mana biayanya?"))


@pytest.fixture
def buttons(world: World) -> None:
    if world.channel == "plain":
        pytest.skip("there is nothing to press in a terminal")


async def presses(chat: Chat, token: str) -> None:
    await chat.does(chat.world.paper.press(chat.address, token))


def token(chat: Chat, label: str) -> str:
    return next(shown.buttons[label] for shown in reversed(chat.all) if label in shown.buttons)


@pytest.mark.usefixtures("buttons")
async def test_an_old_button_answers_nothing_and_the_open_question_is_shown_again(leader: Chat) -> None:
    await leader.joins()
    await leader.says("/audiensi")
    old = token(leader, "Silaturahmi")
    await leader.says("audiensi", "kepala")
    await presses(leader, old)
    leader.sees("sudah tidak berlaku", "Apa yang ingin dibicarakan?")
    await leader.says("Program kerja", "besok 08.30", "Siti", "1", "lewati", "tidak ada")
    leader.sees("Keperluan: Audiensi")


@pytest.mark.usefixtures("buttons")
async def test_a_double_tap_answers_once(world: World, leader: Chat) -> None:
    await leader.joins()
    await leader.says("/audiensi")
    first = token(leader, "Audiensi")
    leader.looks_up()
    paper = world.paper
    await world.arrives(paper.press(leader.address, first), paper.press(leader.address, first))
    leader.sees("Ingin bertemu siapa?", "sudah tidak berlaku", "Ingin bertemu siapa?")


@pytest.mark.usefixtures("buttons")
async def test_a_double_tap_on_send_makes_one_request(world: World, leader: Chat, officer: Chat) -> None:
    await leader.joins()
    await leader.fills_request()
    send = token(leader, "Kirim")
    officer.looks_up()
    await world.arrives(world.paper.press(leader.address, send), world.paper.press(leader.address, send))
    assert len(await world.rows("SELECT * FROM meetings")) == 1
    assert len(officer.new) == 1


@pytest.mark.usefixtures("buttons")
async def test_a_double_tap_on_approve_tells_the_leader_once(
    world: World, meeting: str, leader: Chat, officer: Chat
) -> None:
    leader.looks_up()
    press = token(officer, "Setujui")
    await world.arrives(world.paper.press(officer.address, press), world.paper.press(officer.address, press))
    assert len(leader.new) == 1
    officer.sees(f"{meeting} disetujui", f"{meeting} sekarang disetujui", "oleh Petugas Kantor")


async def test_the_same_update_twice_is_answered_once(world: World, leader: Chat) -> None:
    await leader.agrees()
    raw = world.paper.text(leader.address, "/status")
    leader.looks_up()
    await world.arrives(raw)
    await world.arrives(raw)
    assert len(leader.new) == 1


async def test_a_number_means_what_was_shown_and_nothing_else(leader: Chat) -> None:
    await leader.joins()
    await leader.says("/audiensi", "2")
    leader.sees("Ingin bertemu siapa?")
    await leader.says("9")
    leader.sees("Mohon pilih salah satu", "Ingin bertemu siapa?")
    await leader.says("1")
    leader.sees("Apa yang ingin dibicarakan?")
    await leader.says("2")
    leader.sees("Hari apa?")
    await leader.says("besok 08.30", "Siti", "1", "lewati", "tidak ada")
    leader.sees("Keperluan: Audiensi", "Tujuan: Kepala Badan", "Topik: 2")


async def test_a_label_typed_with_a_slip_is_forgiven(leader: Chat) -> None:
    await leader.joins()
    await leader.says("/audiensi", "AUDIENSY", "sekertaris")
    leader.sees("Apa yang ingin dibicarakan?")


async def test_a_number_with_nothing_on_the_screen_leads_to_the_menu(leader: Chat) -> None:
    await leader.joins()
    await leader.says("batal", "77")
    leader.sees("belum paham", "Minta audiensi")
    await leader.says("1")
    leader.sees("Apa keperluannya?")


FORGED = [
    "a.terbang.1",
    "a.setujui.1",
    "a.selesai.1",
    "a.sah.1",
    "a.kartu.1",
    "a.riwayat.1",
    "a.ubah.1",
    "a.batal-audiensi.1",
    "a.hadir.999999999999999",
    "a.hadir.99999999999999999999999",
    "a.hadir.satu",
    "a.hadir.-1",
    "a.hadir.",
    "a.lanjut.1",
    "a.tutup.1",
    "a.bahasa.xx",
    "a.setuju.1999-01.id.",
    "f.1._send",
    "f.999.kepala",
    "f..",
    "c.antrean",
    "c.tidak-ada",
    "c.",
    "x",
    "....",
    "😀" * 12,
]


@pytest.mark.usefixtures("buttons")
@pytest.mark.parametrize("forged", FORGED)
async def test_a_forged_button_does_nothing_and_says_so(
    world: World, meeting: str, leader: Chat, officer: Chat, forged: str
) -> None:
    assert meeting
    assert officer.address
    stranger = world.phone("Budi Santoso")
    await stranger.agrees()
    facts = ("meetings", "slots", "memberships", "drafts", "audit")
    before = [await world.rows(f"SELECT * FROM {table}") for table in facts]
    leader.looks_up()
    await presses(stranger, forged)
    assert stranger.new
    stranger.sees_no("Program kerja", "Siti", "gangguan")
    leader.sees_nothing()
    assert [await world.rows(f"SELECT * FROM {table}") for table in facts] == before
    assert await world.rows("SELECT fault FROM inbox WHERE parked_at IS NOT NULL") == []


@pytest.mark.usefixtures("buttons")
async def test_a_forged_answer_is_judged_like_a_typed_one(leader: Chat) -> None:
    await leader.joins()
    await leader.says("/audiensi")
    number = token(leader, "Audiensi").split(".")[1]
    for key in ("menteri", "_send", "_skip", "_review", ""):
        await presses(leader, f"f.{number}.{key}")
        leader.sees("Apa keperluannya?")
        number = token(leader, "Audiensi").split(".")[1]


async def test_a_release_that_asks_one_thing_more_asks_it_before_sending(world: World, leader: Chat) -> None:
    await leader.joins()
    await leader.fills_request()
    world.catalogue = replace(CATALOGUE, forms=CATALOGUE.forms | {"audiensi": LongerRequest})
    await leader.taps("Kirim")
    leader.sees("Dari mana biayanya?")
    assert await world.rows("SELECT * FROM meetings") == []
    await leader.says("Swadaya")
    leader.sees("Topik: Program kerja 2027", "Biaya: Swadaya", "Sudah benar?")
    await leader.taps("Kirim")
    leader.sees("AUD-0001")


async def test_a_release_that_asks_one_thing_less_goes_on_too(world: World, leader: Chat) -> None:
    await leader.joins()
    world.catalogue = replace(CATALOGUE, forms=CATALOGUE.forms | {"audiensi": LongerRequest})
    await leader.fills_request()
    leader.sees("Dari mana biayanya?")
    world.catalogue = CATALOGUE
    await leader.says("Swadaya")
    leader.sees("Topik: Program kerja 2027", "Sudah benar?")
    leader.sees_no("Biaya")


async def test_every_press_on_telegram_is_answered(world: World, leader: Chat) -> None:
    if world.channel != "telegram":
        pytest.skip("only Telegram waits for an answer to a press")
    await leader.joins()
    await leader.says("/audiensi")
    answered = "SELECT id FROM outbox WHERE kind = 'query' AND outcome = 'sent'"
    before = len(await world.rows(answered))
    for pressed in ("a.terbang.1", "f.1.kepala", token(leader, "Audiensi")):
        await presses(leader, pressed)
    assert len(await world.rows(answered)) == before + 3


async def test_the_menu_of_a_messenger_follows_the_role(world: World, leader: Chat) -> None:
    await leader.agrees()
    await leader.says(f"/gabung {await world.code()}")
    menus = await world.rows("SELECT body FROM outbox WHERE kind = 'menu' ORDER BY id")
    assert "antrean" in menus[-1]["body"]
    await leader.says("/menu")
    leader.sees("Ada yang bisa kami bantu?", "Antrean petugas", "Minta audiensi", "Pilihan lain")
    await leader.taps("Pilihan lain")
    leader.sees("Ganti bahasa", "Data saya")
