"""The network misbehaves on purpose: the people do not notice, and nobody waits for somebody else's trouble."""

import asyncio
import time

import pytest

from tests.loopback.bot_api import BotApi
from tests.loopback.crowd import Person, Phone
from tests.loopback.faults import (
    BAD_JSON,
    BLOCKED,
    DROPPED_AFTER,
    DROPPED_BEFORE,
    HALF,
    HUNG,
    WRONG_SHAPE,
    Fault,
    broken,
    too_many,
)
from tests.process.office import Process

WITHIN = 30.0
TROUBLE: dict[str, Fault] = {
    "told to wait": too_many(1),
    "server error": broken(500),
    "an HTML page": broken(502, html=True),
    "bad JSON": BAD_JSON,
    "an odd answer": WRONG_SHAPE,
    "hung up before": DROPPED_BEFORE,
    "hung up after": DROPPED_AFTER,
    "half an answer": HALF,
}


async def agrees(api: BotApi, number: int) -> Phone:
    phone = Phone(api, Person(number))
    await phone.says("halo")
    await phone.taps("Setuju", within=WITHIN)
    await phone.waits_for("Ada yang bisa", within=WITHIN)
    return phone


@pytest.mark.parametrize("trouble", TROUBLE)
async def test_an_answer_arrives_whatever_the_network_does_once(trouble: str, process: Process, api: BotApi) -> None:
    await process.start()
    sari = await agrees(api, 42)
    api.faults.next("sendMessage", TROUBLE[trouble], chat=42)
    await sari.says("/status")
    await sari.waits_for("belum mengirim apa pun", within=WITHIN)
    await process.stop()
    seen = sum("belum mengirim apa pun" in str(screen) for screen in sari.screens)
    doubts = process.rows("SELECT coalesce(sum(unknowns), 0) FROM outbox")[0][0]
    assert 1 <= seen <= 1 + doubts
    assert not api.faults.hasty, "a wait that was asked for was cut short"


async def test_a_chat_that_hangs_keeps_nobody_else_waiting(process: Process, api: BotApi) -> None:
    await process.start()
    stuck, free = await agrees(api, 42), await agrees(api, 43)
    api.faults.next("sendMessage", HUNG, chat=42)
    await stuck.says("/status")
    await asyncio.sleep(0.3)
    began = time.monotonic()
    await free.says("/status")
    await free.waits_for("belum mengirim apa pun", within=WITHIN)
    assert time.monotonic() - began < WITHIN / 2


async def test_somebody_who_blocked_the_bot_is_left_alone_until_they_write_again(process: Process, api: BotApi) -> None:
    await process.start()
    sari = await agrees(api, 42)
    api.faults.next("sendMessage", BLOCKED, chat=42)
    await sari.says("/status")
    await settled(process)
    assert process.rows("SELECT count(*) FROM chats WHERE unreachable_at IS NOT NULL") == [(1,)]
    await sari.says("/status")
    await sari.waits_for("belum mengirim apa pun", within=WITHIN)
    assert process.rows("SELECT count(*) FROM chats WHERE unreachable_at IS NOT NULL") == [(0,)]


async def settled(process: Process) -> None:
    """Until nothing waits in either box."""
    waiting = """SELECT (SELECT count(*) FROM inbox WHERE done_at IS NULL)
      + (SELECT count(*) FROM outbox WHERE settled_at IS NULL)"""
    for _ in range(300):
        await asyncio.sleep(0.1)
        if process.rows(waiting) == [(0,)]:
            return
    raise AssertionError("something still waits")


async def test_polling_survives_whatever_it_is_answered(process: Process, api: BotApi) -> None:
    for trouble in (broken(500), BAD_JSON, WRONG_SHAPE, DROPPED_BEFORE, DROPPED_AFTER, HALF):
        api.faults.next("getUpdates", trouble)
    await process.start()
    sari = Phone(api, Person(42))
    await sari.says("halo")
    await sari.waits_for("Apakah Bapak/Ibu setuju?", within=120)
    await settled(process)
    assert len([s for s in sari.screens if "setuju?" in str(s)]) == 1


async def test_an_update_delivered_twice_is_answered_once(process: Process, api: BotApi) -> None:
    api.updates.deliver_twice = True
    await process.start()
    sari = Phone(api, Person(42))
    await sari.says("halo")
    await sari.waits_for("Apakah Bapak/Ibu setuju?", within=WITHIN)
    await settled(process)
    assert len(sari.screens) == 1


async def test_nothing_that_people_write_and_no_token_stands_in_the_log(process: Process, api: BotApi) -> None:
    process.settings["LOG_LEVEL"] = "DEBUG"
    await process.start()
    sari = await agrees(api, 420042)
    api.faults.next("sendMessage", broken(500), chat=420042)
    await sari.says("/profil")
    await sari.says("Rahasia Sekali")
    await sari.waits_for("Dari ormas apa", within=WITHIN)
    await process.stop()
    log = process.errors()
    assert log
    for secret in (api.token, api.token.split(":")[1], "Rahasia Sekali", "420042"):
        assert secret not in log, secret
