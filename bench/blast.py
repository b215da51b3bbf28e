"""One announcement to many, by one contestant: how fast and how strictly, what others wait, what a kill costs."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from storage.database.sqlite_file import connect
from tests.loopback import faults
from tests.loopback.bot_api import BotApi
from tests.loopback.calls import Call
from tests.loopback.crowd import Person, Phone
from tests.loopback.faults import Faults
from tests.loopback.rates import Rates
from tests.loopback.shapes import private_chat, user
from tests.process.blast import FIRST, TITLE, announce, settle

from .contestant import Contestant, Running
from .measure import launch, quantile, undisturbed

PER_SECOND, BLOCKED_EVERY = 30, 20
OFFICER, ASKERS = 42, 5_000_000
"""Chats of the one who begins and of those who write meanwhile; nobody's who is written to."""
CHANCES = {
    faults.too_many(1): 0.005,
    faults.broken(502, html=True): 0.005,
    faults.DROPPED_BEFORE: 0.0025,
    faults.DROPPED_AFTER: 0.0025,
}
ASK_EVERY, QUIET, LOOK = 0.5, 4.0, 0.2
RECENT = 200
"""Calls to look back at: more than there are between two looks."""


class Size(NamedTuple):
    """How many are written to."""

    steady: int = 2_000
    killed: int = 10_000
    kills: int = 20
    crowds: tuple[int, ...] = (10_000, 100_000, 1_000_000)


@dataclass(frozen=True)
class Speed:
    """At a steady limit, nothing broken: messages a second, refusals, and how long people waited for answers."""

    per_second: float
    refusals: float
    reply_p50_ms: float
    reply_p99_ms: float


@dataclass(frozen=True)
class Losses:
    """With a bad network and kills: who was skipped and is named nowhere, who got it twice, who is in doubt."""

    recipients: float
    kills: float
    missed: float
    doubled: float
    in_doubt: float


@asynccontextmanager
async def world(people: int, chances: bool) -> AsyncIterator[BotApi]:
    """Everybody has written once; one in twenty blocked the bot since."""
    plan = Faults(2026, CHANCES) if chances else Faults()
    async with BotApi(keep=people * 4 + 10_000, faults=plan, rates=Rates(PER_SECOND)) as api:
        for address in range(FIRST, FIRST + people):
            api.methods.meet(private_chat(user(address, "Sari")))
        api.methods.blocked.update(range(FIRST, FIRST + people, BLOCKED_EVERY))
        yield api


async def begin(contestant: Contestant, api: BotApi, folder: Path, people: int) -> Running:
    """Ours finds it approved in its database; the others are told by their officer."""
    database = folder / "bench.db"
    if contestant.script:
        announce(database, settle(database, people))
    told = {"RECIPIENTS": f"{FIRST}:{FIRST + people}"}
    running, _ = await launch(replace(contestant, environment=told), api, folder)
    if not contestant.script:
        await Phone(api, Person(OFFICER)).says("/umumkan")
    return running


def reached(api: BotApi) -> Counter[int]:
    """How often each recipient got it."""
    chats = {address: chat for address, chat in api.methods.chats.items() if FIRST <= address < ASKERS}
    return Counter({address: sum(TITLE in s.text for s in chat.screens) for address, chat in chats.items()})


async def steady(contestant: Contestant, folder: Path, people: int) -> Speed:
    async with world(people, chances=False) as api:
        running = await begin(contestant, api, folder, people)
        try:
            with undisturbed():
                asking = asyncio.create_task(ask_on(api))
                await quiet(api)
                asking.cancel()
                waits = await asking
        finally:
            running.stop()
        times = sorted(call.at for call in api.calls_of("sendMessage") if to_recipient(call))
        # The first and the last seconds are a start and an end, no rate.
        inner = times[len(times) // 10 : -len(times) // 10]
        return Speed(
            per_second=(len(inner) - 1) / (inner[-1] - inner[0]),
            refusals=len(api.rates.throttled) if api.rates else 0,
            reply_p50_ms=quantile(waits, 0.50) * 1000,
            reply_p99_ms=quantile(waits, 0.99) * 1000,
        )


async def ask_on(api: BotApi) -> list[float]:
    """Until cancelled somebody new writes twice a second; how long each waits for the answer."""
    waits: list[float] = []
    with suppress(asyncio.CancelledError):
        for number in range(10**6):
            phone, asked = Phone(api, Person(ASKERS + number)), time.monotonic()
            await phone.says("halo")
            await phone.waits_for(within=30)
            waits.append(time.monotonic() - asked)
            await asyncio.sleep(max(0.0, asked + ASK_EVERY - time.monotonic()))
    return waits


async def quiet(api: BotApi) -> None:
    """Until no recipient was written to for a while."""
    last = time.monotonic()
    while time.monotonic() - last < QUIET:
        await asyncio.sleep(LOOK)
        last = max([last, *(call.at for call in islice(reversed(api.calls), RECENT) if to_recipient(call))])


def to_recipient(call: Call) -> bool:
    return call.chat is not None and FIRST <= call.chat < ASKERS


async def killed(contestant: Contestant, folder: Path, people: int, kills: int) -> Losses:
    """Killed again and again at random moments, and started again each time."""
    chance = random.Random(2026)
    between = people / PER_SECOND / (kills + 1)
    async with world(people, chances=True) as api:
        running = await begin(contestant, api, folder, people)
        try:
            for _ in range(kills):
                await asyncio.sleep(chance.uniform(0.5, 1.5) * between)
                running.kill()
                running, _ = await launch(contestant, api, folder)
            await quiet(api)
        finally:
            running.stop()
        got = reached(api)
        named = unsure(folder / "bench.db") if contestant.script else set[int]()
        return Losses(
            recipients=people,
            kills=kills,
            missed=sum(1 for at, n in got.items() if not n and at not in api.methods.blocked and at not in named),
            doubled=sum(1 for n in got.values() if n > 1),
            in_doubt=len(named),
        )


def unsure(database: Path) -> set[int]:
    """Those the report names as in doubt."""
    with closing(connect(database)) as connection:
        rows = connection.execute("SELECT person_id FROM recipients WHERE outcome = 'unknown'")
        return {row["person_id"] for row in rows}
