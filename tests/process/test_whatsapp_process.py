"""WhatsApp, from the signed delivery to the screen: served whole, whoever asks and however the messenger delivers."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.loopback.graph import GraphApi, Order
from tests.made import OGG, PDF, picture
from tests.process.office import Process
from tests.process.test_faults import settled
from tests.process.whatsapp_office import WITHIN, agrees, chooses, fills_the_form, whatsapp_office

TICKET = re.compile(r"AUD-\d{4}")
World = tuple[GraphApi, Process]


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with whatsapp_office(tmp_path) as world:
        yield world


async def test_the_webhook_is_verified_and_a_forged_delivery_is_refused(world: World) -> None:
    graph, process = world
    await process.start()
    assert await graph.webhook.verify(graph.verify_token)
    assert not await graph.webhook.verify("kata-lain")
    body = b'{"object":"whatsapp_business_account","entry":[]}'
    for signature in (None, "", "sha256=" + "0" * 64, graph.webhook.sign(body + b" ")):
        assert await graph.webhook.post(body, signature) in (401, 403)
    assert await graph.webhook.post(body, graph.webhook.sign(body)) == 200
    assert not process.rows("SELECT 1 FROM people")


@pytest.mark.parametrize(
    ("hidden", "old"),
    [(False, False), (True, False), (False, True)],
    ids=["number and id", "id alone", "number alone"],
)
async def test_a_leader_asks_for_a_meeting_up_to_the_ticket_number(world: World, hidden: bool, old: bool) -> None:
    graph, process = world
    await process.start()
    siti = graph.phones.person("Siti", hidden=hidden, old=old)
    last = await fills_the_form(siti, 3)
    code = TICKET.search(last.text)
    assert code is not None
    await siti.says("/status")
    await siti.waits_for(code[0], within=WITHIN)
    await settled(process)
    await graph.webhook.settled()
    assert await process.stop() == 0
    assert process.rows("SELECT code FROM meetings") == [(code[0],)]
    assert siti.seen_by_us, "what they wrote is marked as read"
    assert process.rows("SELECT DISTINCT outcome, state FROM outbox WHERE kind = 'reply'") == [("sent", "read")]


@pytest.mark.parametrize("order", [Order.REVERSED, Order.SHUFFLED, Order.DUPLICATED, Order.EARLY, Order.TOGETHER])
async def test_statuses_may_come_in_any_order(world: World, order: Order) -> None:
    graph, process = world
    graph.statuses.order = order
    graph.webhook.duplicate = True
    await process.start()
    siti = await agrees(graph.phones.person("Siti"))
    await graph.webhook.settled(within=20)
    await settled(process)
    assert process.rows("SELECT DISTINCT outcome, state FROM outbox WHERE kind = 'reply'") == [("sent", "read")]
    assert len(siti.screens) == 3
    assert not process.rows("SELECT 1 FROM early_statuses")


async def test_many_people_in_one_delivery_are_each_answered_once(world: World) -> None:
    graph, process = world
    graph.webhook.duplicate = True
    await process.start()
    people = [graph.phones.person(f"Pengurus {number}") for number in range(9)]
    with graph.webhook.batch():
        for phone in people:
            await phone.says("halo")
        await people[0].pushes({"odd": True}, "next_years_field")
    for phone in people:
        await phone.waits_for("Apakah Bapak/Ibu setuju?", within=WITHIN)
    await settled(process)
    assert [len(phone.screens) for phone in people] == [1] * len(people)


async def test_what_was_written_while_the_office_was_down_is_answered_when_it_is_back(world: World) -> None:
    graph, process = world
    await process.start()
    siti = await agrees(graph.phones.person("Siti"))
    await process.kill()
    await siti.says("/status")
    await siti.hears_nothing()
    await process.start()
    await siti.waits_for("belum mengirim apa pun", within=WITHIN)


async def test_a_letter_is_fetched_with_the_token_and_kept(world: World) -> None:
    graph, process = world
    await process.start()
    siti = graph.phones.person("Siti")
    letter = PDF
    await fills_the_form(siti, 4, letter=letter)
    await settled(process)
    for _ in range(int(WITHIN * 10)):
        if letter in stored(process):
            break
        await asyncio.sleep(0.1)
    assert letter in stored(process)
    assert graph.calls_of("download")


async def test_a_voice_note_and_photos_are_taken_in_one_report(world: World) -> None:
    """A voice note comes as `audio`, photos one delivery each: they are answered together, and all are kept."""
    graph, process = world
    await process.start()
    siti = await agrees(graph.phones.person("Siti"))
    await siti.says("/masukan")
    await siti.taps("Tanpa nama", within=WITHIN)
    await chooses(siti, "Saran", on=await siti.waits_for("saran, aspirasi, keluhan", within=WITHIN))
    await siti.waits_for("pesan suara", within=WITHIN)
    await siti.sends_file("voice.ogg", "audio/ogg; codecs=opus", OGG)
    await siti.waits_for("Ada berkas yang ingin disertakan?", within=WITHIN)
    photos = [picture(color=color) for color in ("red", "green", "blue")]
    for photo in photos:
        await siti.sends_file("foto.jpg", "image/jpeg", photo, caption="jembatan")
    await siti.waits_for("Berkas 3 dari 10", "keterangan: jembatan", within=WITHIN)
    await settled(process)
    for _ in range(int(WITHIN * 10)):
        if {OGG, *photos} <= set(stored(process)):
            break
        await asyncio.sleep(0.1)
    assert {OGG, *photos} <= set(stored(process))
    assert len([screen for screen in siti.screens if "sudah kami terima" in screen.text]) <= 2


def stored(process: Process) -> list[bytes]:
    return [path.read_bytes() for path in (process.folder / "files").rglob("*") if path.is_file()]


async def test_a_closed_window_is_noticed_and_opens_when_they_write_again(world: World) -> None:
    graph, process = world
    await process.start()
    siti = await agrees(graph.phones.person("Siti"))
    graph.statuses.fails(131047, person=siti.id)
    await siti.says("/status")
    await settled(process)
    await graph.webhook.settled()
    await settled(process)
    assert process.rows("SELECT outcome FROM outbox WHERE reason LIKE '131047%'") == [("refused",)]
    await siti.says("/status")
    await siti.waits_for("belum mengirim apa pun", within=WITHIN)


async def test_who_uses_the_messengers_own_switch_gets_no_more_advertising(world: World) -> None:
    graph, process = world
    await process.start()
    siti = await agrees(graph.phones.person("Siti"))
    await siti.stops()
    await graph.webhook.settled()
    await settled(process)
    assert process.rows("SELECT count(*) FROM people WHERE stopped_at IS NOT NULL") == [(0,)]
    assert process.rows("SELECT topic, wanted FROM preferences") == [("promosi", 0)]


async def test_nothing_that_people_write_and_no_secret_stands_in_the_log(world: World) -> None:
    graph, process = world
    process.settings["LOG_LEVEL"] = "DEBUG"
    await process.start()
    siti = await agrees(graph.phones.person("Siti Rahayu"))
    await siti.says("/profil")
    await siti.waits_for("Siapa nama", within=WITHIN)
    await siti.says("Rahasia Sekali")
    await siti.waits_for("Dari ormas apa", within=WITHIN)
    await process.stop()
    log = process.errors()
    assert log
    for secret in (graph.token, graph.app_secret, graph.verify_token, "Rahasia Sekali", siti.number, siti.user_id):
        assert secret not in log, secret


async def test_a_wrong_token_is_an_alarm_and_not_a_loss(world: World) -> None:
    graph, process = world
    await process.start()
    siti = await agrees(graph.phones.person("Siti"))
    right, graph.token = graph.token, "EAAanotherToken"
    await siti.says("/status")
    await siti.hears_nothing(within=1.0)
    graph.token = right
    await process.stop()
    assert "refuses us" in process.errors()
    waiting = process.rows("SELECT reason FROM outbox WHERE settled_at IS NULL")
    assert [reason.partition(":")[0] for (reason,) in waiting] == ["190"]
    await process.start()
    await agrees(graph.phones.person("Budi"))
    still = process.rows("SELECT 1 FROM outbox WHERE settled_at IS NULL AND reason LIKE '190%'")
    assert len(still) == 1, "it waits for its next attempt"
