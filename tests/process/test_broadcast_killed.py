"""An announcement to many while the process is killed: nobody is skipped, and nobody gets it twice."""

import asyncio
import json
import random
from collections import Counter
from pathlib import Path

from handlers.office.profile import SHIPPED
from tests.loopback import faults
from tests.loopback.bot_api import BotApi
from tests.loopback.faults import Faults
from tests.loopback.rates import Rates
from tests.loopback.shapes import private_chat, user
from tests.process.blast import TITLE, announce, settle
from tests.process.office import Process

PEOPLE, KILLS, PER_SECOND = 240, 4, 30
CHANCES = {
    faults.too_many(1): 0.01,
    faults.broken(502, html=True): 0.01,
    faults.DROPPED_BEFORE: 0.005,
    faults.DROPPED_AFTER: 0.005,
}
WITHIN, LOOK = 60.0, 0.2
"""Seconds until it is over, and between two looks."""


async def finished(process: Process) -> None:
    for _ in range(int(WITHIN / LOOK)):
        if process.rows("SELECT 1 FROM broadcasts WHERE finished_at IS NOT NULL"):
            return
        await asyncio.sleep(LOOK)
    raise AssertionError(process.errors())


async def dies_again_and_again(process: Process, chance: random.Random) -> None:
    for _ in range(KILLS):
        await asyncio.sleep(chance.uniform(0.6, 1.8))
        await process.kill()
        await process.start()


def patient_office(process: Process) -> None:
    """Nothing stops by itself: here it is the network that is bad, on purpose."""
    profile = json.loads(SHIPPED.read_text(encoding="utf-8"))
    profile["broadcasts"] |= {"pause_failed_percent": 100}
    path = process.folder / "office.json"
    process.folder.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(profile), encoding="utf-8")
    process.settings["OFFICE_FILE"] = str(path)


def open_chats(api: BotApi, addresses: range) -> None:
    """Everybody has written to the bot once; one in twenty has blocked it since."""
    for address in addresses:
        api.methods.meet(private_chat(user(address, "Sari")))
    api.methods.blocked.update(addresses[::20])


def seen(api: BotApi, address: int) -> int:
    """How often somebody got it."""
    return sum(TITLE in screen.text for screen in api.methods.chats[address].screens)


async def test_an_announcement_reaches_everybody_once_while_the_process_is_killed(tmp_path: Path) -> None:
    rates = Rates(PER_SECOND)
    async with BotApi(faults=Faults(2026, CHANCES), rates=rates) as api:
        process = Process(tmp_path, api)
        patient_office(process)
        blast = announce(process.database, settle(process.database, PEOPLE))
        open_chats(api, blast.addresses)
        await process.start()
        await dies_again_and_again(process, random.Random(2026))
        await finished(process)
        assert await process.stop() == 0

    told = dict(process.rows("SELECT person_id, outcome FROM recipients"))
    assert set(told) == set(blast.addresses), "everybody has a line"
    got = {address: seen(api, address) for address in blast.addresses}
    unsure = [address for address, outcome in told.items() if outcome == "unknown"]
    print(f"\nunknown window: {len(unsure)} of {PEOPLE}: {unsure}; {Counter(told.values())}")

    assert [address for address, outcome in told.items() if outcome == "sent" and got[address] != 1] == []
    assert [address for address, outcome in told.items() if outcome == "failed" and got[address]] == []
    assert max(got.values()) == 1, "somebody got it twice"
    assert {address for address, times in got.items() if not times} <= set(unsure) | api.methods.blocked
    assert len(unsure) <= PEOPLE // 5, "what is in doubt stays little"
    assert set(told.values()) <= {"sent", "failed", "unknown"}
    assert rates.throttled == [], "a steady limit is never met"
    assert not process.rows("SELECT 1 FROM outbox WHERE settled_at IS NULL")


async def test_a_copy_put_back_starts_nothing_again(tmp_path: Path) -> None:
    async with BotApi() as api:
        process = Process(tmp_path, api)
        blast = announce(process.database, settle(process.database, 12))
        open_chats(api, blast.addresses)
        status, _ = await process.run("backup", str(tmp_path / "copy.db"))
        assert status == 0
        await process.start()
        await finished(process)
        await process.stop()
        status, said = await process.run("restore", str(tmp_path / "copy.db"), "--force")
        assert status == 0
        assert "1 announcements wait for an officer" in said
        await process.start()
        await asyncio.sleep(1.2)  # more than two steps of the feeder
        await process.stop()
        assert [seen(api, address) for address in blast.addresses[1:]] == [1] * 11
        assert process.rows("SELECT paused_why FROM broadcasts") == [("restored",)]
