"""What only WhatsApp has: a window of 24 hours, templates outside it, statuses, people with two names."""

import json
from datetime import timedelta
from typing import Any

import pytest

from bot.channels.channel import Outcome, SendFailed
from handlers.telling.may_send import Rules
from tests.chat import Chat
from tests.paper import WhatsAppOnPaper
from tests.scenarios.test_link import links
from tests.world import World, at

pytestmark = pytest.mark.parametrize("world", [("whatsapp", "sqlite"), ("whatsapp", "postgresql")], indirect=True)

BSUID = "ID.1349777000000001"


def item(**content: Any) -> bytes:
    return json.dumps(content).encode()


def status(row: dict[str, Any], state: str, code: int = 0, **more: Any) -> bytes:
    """What WhatsApp tells about something we sent."""
    told: dict[str, Any] = {
        "id": row["receipt"] or "wamid.unheard",
        "status": state,
        "timestamp": "1795400000",
        "recipient_id": row["address"],
        "biz_opaque_callback_data": f"rk-{row['id']}",
    }
    return item(status=told | ({"errors": [{"code": code, "title": "…"}]} if code else {}) | more)


def says(text: str, **names: str) -> bytes:
    message = {"id": f"wamid.{text}{sorted(names.items())}", "timestamp": "1795400000", "type": "text"}
    return item(metadata={}, contacts=[], message=message | {"text": {"body": text}} | names)


async def last(world: World, kind: str = "notice") -> dict[str, Any]:
    """The newest outgoing item of a kind."""
    return (await world.rows("SELECT * FROM outbox WHERE kind = :kind ORDER BY id DESC LIMIT 1", kind=kind))[0]


async def test_inside_the_window_a_result_comes_in_free_words(
    world: World, meeting: str, leader: Chat, officer: Chat
) -> None:
    await officer.says(f"kartu {meeting}")
    officer.sees("WhatsApp: jendela 24 jam terbuka 24 jam 0 menit lagi")
    await officer.taps("Setujui")
    leader.sees("Kabar baik")
    assert (await last(world))["form"] == "free"


async def test_outside_the_window_the_officer_knows_before_and_the_leader_gets_a_template(
    world: World, leader: Chat, officer: Chat
) -> None:
    await leader.joins()
    meeting = await leader.requests("jumat", "jam 9")
    world.now += timedelta(hours=25)
    await officer.says(f"kartu {meeting}")
    officer.sees("WhatsApp: jendela 24 jam tertutup, kabar dikirim sebagai templat")
    leader.looks_up()
    await officer.says(f"setujui {meeting}")
    notice = await last(world)
    assert (notice["form"], notice["reason"]) == ("template", "window closed: by template")
    assert json.loads(notice["body"])["template"]["name"] == "kabar_permintaan"
    leader.sees("Kabar baik", meeting)
    assert leader.new[-1].document is not None, "the answer to the template brought the calendar file too"


async def test_a_reminder_outside_the_window_is_answered_by_its_own_button(
    world: World, leader: Chat, officer: Chat
) -> None:
    await leader.joins()
    meeting = await leader.requests("jumat", "jam 9")
    await officer.says(f"setujui {meeting}")
    leader.looks_up()
    await world.ticks_at(at(26, 9))
    leader.sees(f"Pengingat: {meeting}", "Apakah Bapak/Ibu tetap hadir?")
    assert list(leader.new[-1].buttons) == ["Hadir", "Ubah", "Batal"]
    await leader.taps("Hadir")
    leader.sees("Matur nuwun")
    leader.sees_no("Pengingat:")


async def test_a_window_the_provider_calls_closed_is_closed(
    world: World, meeting: str, leader: Chat, officer: Chat
) -> None:
    await officer.says(f"setujui {meeting}")
    leader.looks_up()
    await world.arrives(status(await last(world), "sent"))
    await world.arrives(status(await last(world), "failed", 131047))
    notice = await last(world)
    assert (notice["form"], notice["outcome"]) == ("template", "sent")
    leader.sees("Kabar baik")


async def test_a_status_only_moves_forward(world: World, meeting: str, officer: Chat) -> None:
    await officer.says(f"setujui {meeting}")
    notice = await last(world)
    for state, known in (("delivered", "delivered"), ("sent", "delivered"), ("read", "read"), ("delivered", "read")):
        await world.arrives(status(notice, state))
        assert (await last(world))["state"] == known
    await officer.says(f"kartu {meeting}")
    officer.sees("Kabar terakhir: dibaca")


async def test_a_status_without_our_number_waits_until_it_fits(world: World, meeting: str, officer: Chat) -> None:
    coming = next(world.paper.number) + 2  # after what the officer says comes the answer to it
    early = {"id": f"wamid.{coming}", "status": "delivered", "timestamp": "1795400000", "recipient_id": "628"}
    await world.arrives(item(status=early))
    assert len(await world.rows("SELECT * FROM early_statuses")) == 1
    await officer.says("/antrean")
    assert await world.rows("SELECT * FROM early_statuses") == []
    assert (await last(world, "reply"))["state"] == "delivered"


UNHEARD = SendFailed(Outcome.UNKNOWN, "timeout", after=timedelta(seconds=20))


async def test_what_was_in_doubt_and_is_told_of_is_not_sent_again(world: World, leader: Chat) -> None:
    await leader.agrees()
    world.paper.failing = [UNHEARD]
    await leader.says("/bahasa")
    leader.sees_nothing()
    await world.arrives(status(await last(world, "reply"), "delivered"))
    await world.sends_again(seconds=60)
    leader.sees_nothing()
    answer = await last(world, "reply")
    assert (answer["outcome"], answer["receipt"]) == ("sent", "wamid.unheard")


async def test_what_was_in_doubt_and_is_not_told_of_is_sent_again(world: World, leader: Chat) -> None:
    await leader.agrees()
    world.paper.failing = [UNHEARD]
    await leader.says("/bahasa")
    await world.sends_again(seconds=19)
    leader.sees_nothing()
    await world.sends_again(seconds=2)
    leader.sees("Bahasa apa")


async def test_what_certainly_failed_for_now_comes_later(
    world: World, meeting: str, leader: Chat, officer: Chat
) -> None:
    await officer.says(f"setujui {meeting}")
    leader.looks_up()
    await world.arrives(status(await last(world), "failed", 131000))
    await world.sends_again(minutes=10)
    leader.sees("Kabar baik")


async def test_what_never_can_arrive_is_said_on_the_card(world: World, meeting: str, officer: Chat) -> None:
    await officer.says(f"setujui {meeting}")
    await world.arrives(status(await last(world), "failed", 131026))
    assert (await last(world))["outcome"] == "refused"
    await officer.says(f"kartu {meeting}")
    officer.sees("Kabar terakhir tidak sampai: gagal dikirim")


async def test_somebody_without_a_number_is_served(world: World) -> None:
    guest = Chat(world, "Tanpa Nomor", BSUID)
    await guest.joins("Forum Mawar")
    await guest.requests()
    guest.sees("AUD-0001")


async def test_a_new_kind_of_name_belongs_to_the_same_person(world: World, meeting: str, leader: Chat) -> None:
    await world.arrives(says("/status", **{"from": leader.address, "from_user_id": BSUID}))
    renamed = Chat(world, leader.name, BSUID)
    renamed.sees(meeting)
    assert await world.rows("SELECT * FROM chats WHERE address = :old", old=leader.address) == []
    assert len(await world.rows("SELECT * FROM audit WHERE what = 'moved'")) == 1


async def test_a_number_that_went_to_somebody_else_opens_nothing(world: World, meeting: str, leader: Chat) -> None:
    await world.arrives(says("/status", **{"from": leader.address, "from_user_id": BSUID}))
    other = "ID.1349777000000002"
    await world.arrives(says("/status", **{"from": leader.address, "from_user_id": other}))
    stranger = Chat(world, "Orang lain", other)
    stranger.sees("Apakah Bapak/Ibu setuju?")
    stranger.sees_no(meeting)


async def test_a_changed_number_takes_everything_along(world: World, meeting: str, leader: Chat) -> None:
    new = "6281999000111"
    system = {"type": "user_changed_number", "wa_id": new, "body": f"User A changed from {leader.address} to {new}"}
    message = {"id": "wamid.moved", "from": leader.address, "timestamp": "1795400000", "type": "system"}
    await world.arrives(item(metadata={}, contacts=[], message=message | {"system": system}))
    moved = Chat(world, leader.name, new)
    await moved.says("/status")
    moved.sees(meeting)


async def test_who_may_not_be_written_to_first_any_more_today_waits(
    world: World, leader: Chat, officer: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    await leader.joins()
    meeting = await leader.requests("jumat", "jam 9")
    world.now += timedelta(hours=25)
    await officer.says("halo")
    leader.looks_up()
    monkeypatch.setattr(WhatsAppOnPaper, "rules", Rules(window=timedelta(hours=24), reach=0))
    await officer.says(f"setujui {meeting}")
    leader.sees_nothing()
    assert (await last(world))["reason"] == "daily reach used up"
    monkeypatch.undo()
    await world.sends_again(hours=2)
    leader.sees("Kabar baik")


async def test_what_cannot_arrive_here_goes_to_the_messenger_used_before(
    world: World, meeting: str, leader: Chat, there: Chat, officer: Chat
) -> None:
    await links(leader, there)
    world.now += timedelta(minutes=1)
    await leader.says("/menu")
    there.looks_up()
    await officer.says(f"setujui {meeting}")
    there.sees_nothing()
    await world.arrives(status(await last(world), "failed", 131026))
    there.sees("Kabar baik", meeting)


async def test_a_status_that_fails_in_us_is_set_aside_and_what_is_behind_it_goes_on(
    world: World, meeting: str, officer: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    await officer.says(f"setujui {meeting}")
    monkeypatch.setattr("storage.mail.deliveries.RANK", {})
    await world.arrives(status(await last(world), "delivered"))
    monkeypatch.undo()
    assert [row["fault"][:8] for row in await world.rows("SELECT fault FROM inbox WHERE parked_at IS NOT NULL")] == [
        "KeyError"
    ]
    await officer.says("/antrean")
    officer.sees("Pengurus menunggu diperiksa")
