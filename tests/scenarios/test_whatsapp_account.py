"""What only WhatsApp tells of the office's own account: its switch for advertising, its templates, its charges."""

from typing import Any

import pytest

from bot.commands.admin import advertising
from storage.mail import approved_words
from tests.chat import Chat
from tests.scenarios.announcing import goes_out
from tests.scenarios.test_whatsapp import item, last, status
from tests.world import World, at

pytestmark = pytest.mark.parametrize("world", [("whatsapp", "sqlite"), ("whatsapp", "postgresql")], indirect=True)

TEMPLATE = {"message_template_name": "kabar_permintaan", "message_template_language": "id"}
DONE = {"previous_category": "UTILITY", "new_category": "MARKETING"}
SOON = {"correct_category": "MARKETING", "new_category": "UTILITY"}
BACK = {"previous_category": "MARKETING", "new_category": "UTILITY"}


def told(field: str, value: dict[str, Any], second: int = 0) -> bytes:
    return item(change={"field": field, "value": value, "time": 1795400000 + second})


def category(change: dict[str, str], **other: str) -> bytes:
    return told("template_category_update", TEMPLATE | change | other)


@pytest.fixture
async def admin(world: World) -> Chat:
    admin = world.phone("Admin Kantor")
    await world.once("admin", lambda: admin.becomes_officer("admin"))
    return admin


async def switches(world: World, who: Chat, value: str) -> None:
    who.looks_up()
    wish = {"wa_id": who.address, "category": "marketing_messages", "timestamp": 1795400000, "value": value}
    await world.arrives(item(metadata={}, contacts=[], preference=wish))


async def test_the_switch_for_advertising_stops_announcements_and_nothing_else(
    world: World, officer: Chat, approver: Chat, verified: Chat
) -> None:
    await switches(world, verified, "stop")
    verified.sees("pengumuman tidak kami kirim lagi", "Jawaban dan pengingat tetap", "BERHENTI", "MULAI")
    await switches(world, verified, "stop")
    verified.sees_nothing()
    await verified.says("/langganan")
    verified.sees("pengumuman selain darurat dimatikan di sini", "MULAI")
    meeting = await verified.requests()
    verified.looks_up()
    await officer.says(f"setujui {meeting}")
    verified.sees("Kabar baik")
    await goes_out(officer, approver)
    verified.sees_no("Rapat ormas")
    assert (await last(world, "broadcast"))["reason"] == "no advertising"
    verified.looks_up()
    await world.ticks_at(at(24, 7))
    verified.sees(f"Pengingat: {meeting}")


@pytest.mark.parametrize("word", ["resume", "MULAI"])
async def test_switched_on_again_they_come_back(
    world: World, officer: Chat, approver: Chat, verified: Chat, word: str
) -> None:
    await switches(world, verified, "stop")
    if word == "resume":
        await switches(world, verified, word)
        verified.sees("pengumuman kami kirim lagi")
    else:
        await verified.says(word)
        verified.sees("kami kirim lagi")
    await goes_out(officer, approver)
    verified.sees("Rapat ormas")


async def test_an_alarm_for_people_is_no_advertising(
    world: World, officer: Chat, approver: Chat, verified: Chat
) -> None:
    await switches(world, verified, "stop")
    await goes_out(officer, approver, topic="Darurat")
    verified.sees("Rapat ormas")


async def test_switching_on_takes_back_no_berhenti(world: World, approved: str, leader: Chat) -> None:
    await switches(world, leader, "stop")
    await leader.says("BERHENTI")
    await switches(world, leader, "resume")
    leader.sees_nothing()
    await world.ticks_at(at(24, 7))
    leader.sees_nothing()
    assert approved


async def test_a_refusal_that_says_they_want_no_advertising_is_the_switch(
    world: World, meeting: str, leader: Chat, officer: Chat
) -> None:
    await officer.says(f"setujui {meeting}")
    await world.arrives(status(await last(world), "failed", 131050))
    assert (await world.rows("SELECT count(*) AS n FROM people WHERE stopped_at IS NOT NULL")) == [{"n": 0}]
    (record,) = await world.rows("SELECT topic, wanted, channel FROM preferences")
    assert record == {"topic": "promosi", "wanted": 0, "channel": "whatsapp"}
    leader.looks_up()
    await world.ticks_at(at(24, 7))
    leader.sees(f"Pengingat: {meeting}")


async def test_admins_hear_of_a_template_once_and_that_it_is_well_again(
    world: World, admin: Chat, officer: Chat
) -> None:
    field = "message_template_status_update"
    officer.looks_up()
    await world.arrives(told(field, TEMPLATE | {"event": "APPROVED"}))
    admin.sees_no("kabar_permintaan")
    for language in ("id", "en"):
        admin.looks_up()
        await world.arrives(told(field, TEMPLATE | {"message_template_language": language, "event": "PAUSED"}))
        admin.sees("menjeda templat kabar_permintaan", "Mohon kurangi") if language == "id" else admin.sees_nothing()
    await world.arrives(told(field, TEMPLATE | {"message_template_name": "promo_toko", "event": "REJECTED"}))
    admin.sees_nothing()
    await world.arrives(told(field, TEMPLATE | {"event": "APPROVED"}, 9))
    admin.sees("kabar_permintaan bisa dipakai lagi")
    admin.looks_up()
    await world.arrives(told(field, TEMPLATE | {"event": "PAUSED"}, 12))
    admin.sees("menjeda templat kabar_permintaan")
    officer.sees_nothing()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("phone_number_quality_update", {"event": "FLAGGED"}, "Mutu nomor WhatsApp kantor turun"),
        ("account_update", {"event": "ACCOUNT_RESTRICTION"}, "membatasi akun kantor"),
        (
            "account_alerts",
            {"alert_info": {"alert_severity": "CRITICAL", "alert_type": "OBA_REJECTED"}},
            "OBA_REJECTED",
        ),
        ("business_capability_update", {"max_daily_conversation_per_phone": 2000}, "2000 orang per hari"),
        ("security", {"event": "PIN_CHANGED"}, "amankan akun Meta"),
        ("messages", {"errors": [{"code": 131031}]}, "kode 131031"),
    ],
)
async def test_admins_hear_what_is_wrong_with_the_account(
    world: World, admin: Chat, field: str, value: dict[str, Any], words: str
) -> None:
    admin.looks_up()
    await world.arrives(told(field, value))
    admin.sees(words)
    admin.looks_up()
    await world.arrives(told(field, value, 9))
    admin.sees_nothing()


async def asks_and_waits(world: World, leader: Chat, officer: Chat, admin: Chat) -> str:
    """A request whose answer would go out by a template that has become advertising meanwhile."""
    await leader.joins()
    meeting = await leader.requests("jumat", "jam 9")
    leader.looks_up()
    world.now = at(24, 12)
    await admin.says("/menu")
    await world.arrives(category(DONE))
    admin.sees("Meta kini menggolongkan templat kabar_permintaan sebagai promosi", "ditahan. Tetap dikirim?")
    await officer.says(f"setujui {meeting}")
    leader.sees_nothing()
    assert (await last(world))["reason"] == approved_words.HELD
    return meeting


async def test_words_that_became_advertising_wait_for_an_admins_yes(
    world: World, leader: Chat, officer: Chat, admin: Chat
) -> None:
    meeting = await asks_and_waits(world, leader, officer, admin)
    await admin.says("izinkan kabar_permintaan")
    admin.sees("tetap dikirim")
    leader.sees("Kabar baik", meeting)
    await world.arrives(category(DONE, message_template_language="en"))
    admin.sees_no("Tetap dikirim?")
    (one, other) = await world.rows("SELECT answer, category FROM approved_words ORDER BY language")
    assert one == other == {"answer": "yes", "category": "MARKETING"}


async def test_after_a_no_they_are_not_sent_until_they_are_no_advertising(
    world: World, leader: Chat, officer: Chat, admin: Chat
) -> None:
    await asks_and_waits(world, leader, officer, admin)
    await admin.says("tahan kabar_permintaan")
    admin.sees("tidak dikirim selama digolongkan promosi")
    leader.sees_nothing()
    notice = await last(world)
    assert (notice["outcome"], notice["reason"]) == ("withheld", "advertising: an admin said no")
    await world.arrives(category(BACK))
    assert await world.rows("SELECT answer FROM approved_words WHERE answer <> ''") == []
    admin.looks_up()
    await world.arrives(
        item(change={"field": "template_category_update", "value": TEMPLATE | DONE, "time": 1795409999})
    )
    admin.sees("Tetap dikirim?")


async def test_in_free_words_nothing_is_held(world: World, meeting: str, leader: Chat, officer: Chat) -> None:
    await world.arrives(category(DONE))
    await switches(world, leader, "stop")
    leader.looks_up()
    await officer.says(f"setujui {meeting}")
    leader.sees("Kabar baik")


async def test_what_becomes_advertising_in_a_day_is_asked_about_and_still_goes_out(world: World, admin: Chat) -> None:
    await world.arrives(category(SOON))
    admin.sees("Besok Meta menggolongkan templat kabar_permintaan sebagai promosi")
    await admin.says("izinkan kabar_permintaan")
    admin.looks_up()
    await world.arrives(category(DONE))
    admin.sees_nothing()


async def test_doctor_says_what_counts_as_advertising_and_what_was_answered(world: World, admin: Chat) -> None:
    async def doctor() -> tuple[list[str], bool]:
        async with world.awake() as room:
            return await room.database.transact(advertising)

    assert await doctor() == ([], False)
    await world.arrives(category(DONE))
    line = "template kabar_permintaan (id) is advertising:"
    assert await doctor() == ([f"whatsapp ! {line} no admin has answered yet"], True)
    await admin.says("izinkan kabar_permintaan")
    assert await doctor() == ([f"whatsapp   {line} an admin said yes, 2026-11-23"], False)


async def test_only_an_admin_answers(world: World, admin: Chat, officer: Chat) -> None:
    await world.arrives(category(DONE))
    await officer.does(world.paper.press(officer.address, "a.promosi.kabar_permintaan.yes"))
    officer.sees("hanya untuk admin")
    await admin.does(world.paper.press(admin.address, "a.promosi.bukan_templat.yes"))
    admin.sees("tidak kami temukan")


async def test_a_recap_says_what_may_cost_money_this_month(world: World, meeting: str, officer: Chat) -> None:
    await officer.says(f"setujui {meeting}")
    await world.arrives(status(await last(world), "delivered"))
    await officer.says("/rekap November 2026")
    officer.sees("WhatsApp bulan ini: 1 pesan biasa dilaporkan sampai", "1000 yang pertama gratis", "Templat: 0")
