"""An announcement over WhatsApp, at its own rate, killed on the way: statuses settle what was in doubt."""

import asyncio
from collections import Counter
from pathlib import Path

from tests.loopback.graph.phones import FIRST_NUMBER, Phone
from tests.process.blast import TITLE, announce, settle
from tests.process.test_broadcast_killed import finished, patient_office
from tests.process.whatsapp_office import whatsapp_office

PEOPLE, KILLS = 240, 2


def got(phone: Phone) -> int:
    return sum(TITLE in screen.text for screen in phone.screens)


async def test_whatsapp_tells_what_became_of_each_line_also_after_a_kill(tmp_path: Path) -> None:
    async with whatsapp_office(tmp_path) as (graph, process):
        patient_office(process)
        announce(process.database, settle(process.database, PEOPLE, "whatsapp", FIRST_NUMBER))
        phones = [graph.phones.person(f"Pengurus {number}") for number in range(PEOPLE)]
        for place, phone in enumerate(phones):
            phone.wrote_at, phone.blocked = graph.clock.now, place % 20 == 0
        await process.start()
        for _ in range(KILLS):
            await asyncio.sleep(1.2)
            await process.kill()
            await process.start()
        await finished(process)
        await asyncio.sleep(1)  # the last statuses
        assert await process.stop() == 0
        told = dict(process.rows("SELECT person_id, outcome FROM recipients"))
        delivered = process.rows("SELECT count(*) FROM recipients WHERE delivered_at IS NOT NULL")[0][0]
        print(f"\n{Counter(told.values())}, {delivered} delivered, throttled {graph.messages.rates.throttled}")
        assert set(told) == {int(phone.number) for phone in phones}
        assert max(map(got, phones)) == 1, "somebody got it twice"
        for phone in phones:
            outcome = told[int(phone.number)]
            assert got(phone) == (outcome == "sent") or outcome == "unknown", (phone.number, outcome)
            assert outcome == "failed" or not phone.blocked or outcome == "unknown"
        assert sum(outcome == "unknown" for outcome in told.values()) <= 10 * KILLS
        assert delivered >= PEOPLE * 9 // 10 - 10 * KILLS
        assert len(graph.messages.rates.throttled) <= 2, "unless the machine paused"
