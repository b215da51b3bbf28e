"""WhatsApp when the network breaks and the process dies: its statuses tell what arrived, so nothing is seen twice."""

import asyncio
import random
from collections import Counter
from pathlib import Path

from tests.loopback.graph import GraphApi, Order, Phone
from tests.loopback.graph.faults import (
    ACCOUNT_THROTTLED,
    BAD_JSON,
    DROPPED_AFTER,
    DROPPED_BEFORE,
    HALF,
    HUNG_AFTER,
    PAIR_THROTTLED,
    THROTTLED,
    WRONG_SHAPE,
    Fault,
    broken,
    refused,
)
from tests.process.office import Process
from tests.process.test_faults import settled
from tests.process.test_killed import repeated
from tests.process.whatsapp_office import agrees, fills_the_form, whatsapp_office

LEADERS, KILLS = 100, 20
WITHIN = 120.0
"""Seconds a leader waits for one answer, deaths of the process and the wait for a status included."""
TROUBLE: dict[str, Fault] = {
    "too fast": THROTTLED,
    "too fast for this person": PAIR_THROTTLED,
    "too fast for this account": ACCOUNT_THROTTLED,
    "a fault that passes": refused(131000),
    "server error": broken(500),
    "server error after the effect, without a code": broken(502, html=True, effect=True),
    "an HTML page": broken(502, html=True),
    "bad JSON": BAD_JSON,
    "an odd answer": WRONG_SHAPE,
    "hung up before": DROPPED_BEFORE,
    "hung up after": DROPPED_AFTER,
    "half an answer": HALF,
    "silent after": HUNG_AFTER,
}


async def meets(graph: GraphApi, phone: Phone, trouble: Fault) -> None:
    """One trouble with one answer, and the answer all the same."""
    graph.faults.next("messages", trouble, chat=phone.id)
    await phone.says("/status")
    await phone.waits_for("belum mengirim apa pun", within=WITHIN)


async def test_an_answer_arrives_once_whatever_the_network_does_once(tmp_path: Path) -> None:
    async with whatsapp_office(tmp_path) as (graph, process):
        await process.start()
        phones = [await agrees(graph.phones.person(trouble)) for trouble in TROUBLE]
        await graph.webhook.settled()
        async with asyncio.TaskGroup() as everybody:
            for phone, trouble in zip(phones, TROUBLE.values(), strict=True):
                everybody.create_task(meets(graph, phone, trouble))
        await settled(process)
        await process.stop()
        seen = {phone.name: sum("belum mengirim apa pun" in str(s) for s in phone.screens) for phone in phones}
        assert seen == dict.fromkeys(TROUBLE, 1)


async def test_an_answer_nobody_can_vouch_for_is_sent_again_when_no_status_came(tmp_path: Path) -> None:
    async with whatsapp_office(tmp_path) as (graph, process):
        await process.start()
        siti = await agrees(graph.phones.person("Siti"))
        await graph.webhook.settled()
        graph.statuses.order = Order.NEVER
        await meets(graph, siti, DROPPED_AFTER)
        await siti.waits_for("belum mengirim apa pun", within=WITHIN)
        await settled(process)
        assert sum("belum mengirim apa pun" in str(screen) for screen in siti.screens) == 2


async def dies_again_and_again(process: Process, chance: random.Random) -> None:
    for _ in range(KILLS):
        await asyncio.sleep(chance.uniform(0.1, 1.5))
        await process.kill()
        await process.start()


async def test_a_hundred_leaders_are_served_while_the_process_is_killed_twenty_times(tmp_path: Path) -> None:
    async with whatsapp_office(tmp_path) as (graph, process):
        graph.statuses.order = Order.SHUFFLED
        process.roomy_office()
        await process.start()
        phones = [graph.phones.person(f"Pengurus {number}", hidden=number % 3 == 0) for number in range(LEADERS)]
        async with asyncio.TaskGroup() as everybody:
            everybody.create_task(dies_again_and_again(process, random.Random(2026)))
            for number, phone in enumerate(phones):
                everybody.create_task(fills_the_form(phone, number, WITHIN))
        await settled(process)
        await graph.webhook.settled(within=60)
        await settled(process)
        assert await process.stop() == 0
        assert_nothing_lost_and_nothing_doubled(graph, process)


async def test_a_hundred_people_at_once_do_not_break_the_pace_of_the_number(tmp_path: Path) -> None:
    async with whatsapp_office(tmp_path) as (graph, process):
        await process.start()
        phones = [graph.phones.person(f"Pengurus {number}") for number in range(3 * LEADERS)]
        with graph.webhook.batch():
            for phone in phones:
                await phone.says("halo")
        for phone in phones:
            await phone.waits_for("setuju?", within=WITHIN)
        # Without a pace more than two hundred of them; a busy machine that pauses may still bunch a few.
        assert len(graph.messages.rates.throttled) <= 5


def assert_nothing_lost_and_nothing_doubled(graph: GraphApi, process: Process) -> None:
    doubts, again = process.rows("SELECT sum(unknowns), sum(attempts > 1) FROM outbox")[0]
    arrived = Counter(
        call.params["biz_opaque_callback_data"] for call in graph.calls if shown(call.params, call.effect)
    )
    twice = [data for data, times in arrived.items() if times > 1]
    print(f"\n{doubts} items in doubt over {KILLS} kills, {again} sent again, {len(twice)} of them seen twice")
    meetings = process.rows("SELECT code, host, starts_at FROM meetings")
    assert len(meetings) == len({code for code, _, _ in meetings}) == LEADERS
    slots = Counter((host, starts_at) for _, host, starts_at in meetings)
    assert max(slots.values()) == 1, "a slot is held twice"
    assert not twice, "somebody was answered twice"
    repeats = sum(repeated([str(screen) for screen in phone.screens]) for phone in graph.phones.everybody())
    assert not repeats, "the same words came twice in a row"
    assert not graph.webhook.given_up
    assert not process.rows("SELECT 1 FROM inbox WHERE done_at IS NULL OR parked_at IS NOT NULL")
    assert not process.rows("SELECT 1 FROM outbox WHERE settled_at IS NULL OR kind <> 'query' AND outcome <> 'sent'")
    assert process.rows("SELECT DISTINCT state FROM outbox WHERE kind = 'reply'") == [("read",)]
    replies = process.rows("SELECT count(*) FROM outbox WHERE kind = 'reply'")[0][0]
    assert len(arrived) == replies, "each answer reached somebody"


def shown(message: dict[str, object], effect: bool) -> bool:
    return effect and "biz_opaque_callback_data" in message
