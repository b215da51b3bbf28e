"""Order: whatever puts something off, nothing of a lane is overtaken, and no lane waits for another."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from bot.channels.channel import Outcome, SendFailed
from bot.outbound.gate import Gate
from bot.outbound.pace import OWN_PAGE, Limits, Pace
from bot.outbound.send import Sender
from handlers.conversation.message import Message
from handlers.office.profile import load_office
from storage.database.database import Database, Transaction, open_database
from storage.mail import claims, outbox
from storage.mail.outbox import BULK, NOTICE, REPLY, Parcel
from tests.paper import TelegramOnPaper
from tests.world import MONDAY

SECOND = timedelta(seconds=1)
FAULTS = (
    SendFailed(Outcome.RETRY, "not connected"),
    SendFailed(Outcome.RETRY, "429", after=7 * SECOND, whole_chat=True),
    SendFailed(Outcome.RETRY, "130429", after=10 * SECOND, whole_channel=True),
    SendFailed(Outcome.RETRY, "131000", after=30 * SECOND),
    SendFailed(Outcome.UNKNOWN, "timeout", after=20 * SECOND),
    SendFailed(Outcome.UNKNOWN, "timeout"),
    SendFailed(Outcome.REFUSED, "never as it is"),
)
KINDS = {REPLY: "reply", NOTICE: "notice", BULK: "broadcast"}
SLOW = Limits(per_second=1000, per_chat=1 / 6, chat_burst=3)


class Troubled(TelegramOnPaper):
    """A network that fails by chance, and notes what arrived."""

    def __init__(self, chance: Random) -> None:
        super().__init__()
        self.chance, self.arrived, self.trouble = chance, list[Parcel](), 0.4
        self.failing: list[SendFailed] = []

    async def send(self, parcel: Parcel, message: Message) -> str:
        await asyncio.sleep(0)
        if self.failing:
            raise self.failing.pop(0)
        if self.chance.random() < self.trouble:
            raise self.chance.choice(FAULTS)
        self.arrived.append(parcel)
        return str(next(self.number))


class OpenGate(Gate):
    """Everything may go: the sender is what is looked at."""

    def admit(self, tx: Transaction, parcels: Sequence[Parcel]) -> list[Parcel]:
        return list(parcels)


class Office:
    """A sender whose clock the test moves, and whose process dies whenever the test says."""

    def __init__(self, database: Database, network: Troubled) -> None:
        self.database, self.network, self.now = database, network, MONDAY

    def time(self) -> datetime:
        return self.now

    async def lives(self, *, limits: Limits = OWN_PAGE, dies: bool = False) -> None:
        """A process: it recovers, claims until nothing is due, and ends; or dies with what it has in hand."""
        gate = OpenGate({}, load_office(), self.time)
        sender = Sender(self.database, {"telegram": self.network}, {"telegram": Pace(limits)}, gate, self.time)
        await sender.recover()
        while await sender.claim_once():
            if dies:
                await asyncio.sleep(0)
                for task in sender._tasks:
                    task.cancel()
                await asyncio.gather(*sender._tasks, return_exceptions=True)
                return
            await sender.settled()

    async def writes(self, address: str, priority: int = REPLY, text: str = "") -> None:
        body, kind = Message(text=text).written(), KINDS[priority]
        await self.database.transact(
            lambda tx: outbox.put(tx, "telegram", address, kind, body, self.now, priority=priority)
        )


@pytest.fixture(params=["sqlite", "postgresql"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    url = f"sqlite:///{tmp_path}/a.db" if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    database = await open_database(url)
    yield database
    await database.close()


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database, Troubled(Random(0)))


def inversions(arrived: Sequence[Parcel]) -> list[tuple[int, int]]:
    """Pairs of a lane that were seen in the wrong order for the first time; what is seen twice counts once."""
    wrong, seen = list[tuple[int, int]](), dict[tuple[str, int], dict[int, None]]()
    for parcel in arrived:
        lane = seen.setdefault((parcel.address, parcel.priority), {})
        wrong += [(before, parcel.id) for before in lane if before > parcel.id and parcel.id not in lane]
        lane[parcel.id] = None
    return wrong


@pytest.mark.parametrize("seed", range(6))
async def test_whatever_puts_it_off_nothing_is_overtaken(office: Office, seed: int) -> None:
    chance = office.network.chance = Random(seed)
    for _ in range(60):
        for _ in range(chance.randrange(4)):
            await office.writes(chance.choice("12"), chance.choice((REPLY, REPLY, NOTICE, BULK)))
        await office.lives(limits=chance.choice((OWN_PAGE, SLOW)), dies=chance.random() < 0.3)
        office.now += chance.choice((SECOND, 4 * SECOND, 40 * SECOND))
    office.network.trouble = 0
    for _ in range(100):
        office.now += timedelta(minutes=6)
        await office.lives()
    assert inversions(office.network.arrived) == []
    counts = await office.database.transact(outbox.counts)
    assert counts.get("waiting", 0) == 0
    seen = {parcel.id for parcel in office.network.arrived}
    assert counts["sent"] == len(seen), "each that was not refused or given up was seen"


async def test_quick_messages_wait_together_and_leave_in_order(office: Office) -> None:
    office.network.trouble = 0
    for _ in range(60):
        await office.writes("1")
        await office.lives(limits=SLOW)
    for _ in range(90):
        office.now += 4 * SECOND
        await office.writes("1")
        await office.lives(limits=SLOW)
    assert [parcel.id for parcel in office.network.arrived] == sorted(parcel.id for parcel in office.network.arrived)


NOT_TODAY = SendFailed(Outcome.RETRY, "131049", after=timedelta(hours=24))


@pytest.mark.parametrize("priority", [NOTICE, BULK])
async def test_an_answer_never_waits_for_a_notice(office: Office, priority: int) -> None:
    office.network.trouble = 0
    office.network.failing = [NOT_TODAY]
    await office.writes("1", priority)
    await office.lives()
    for _ in range(3):
        await office.writes("1", REPLY)
        await office.lives()
    assert [parcel.priority for parcel in office.network.arrived] == [REPLY] * 3
    office.now += timedelta(hours=24)
    await office.lives()
    assert [parcel.priority for parcel in office.network.arrived] == [REPLY] * 3 + [priority]


async def test_an_answer_that_fails_again_and_again_does_not_silence_the_next(office: Office) -> None:
    office.network.trouble = 0
    office.network.failing = [SendFailed(Outcome.RETRY, "131000", after=30 * SECOND)] * 5
    await office.writes("1")
    await office.lives()
    await office.writes("1")
    for _ in range(5):
        office.now += 31 * SECOND
        await office.lives()
    assert [parcel.id for parcel in office.network.arrived] == [2]


async def test_an_answer_whoever_wrote_would_get_tomorrow_is_not_sent(office: Office) -> None:
    office.network.trouble = 0
    office.network.failing = [NOT_TODAY]
    await office.writes("1")
    await office.writes("1")
    await office.lives()
    assert [parcel.id for parcel in office.network.arrived] == [2]


async def test_what_would_be_of_no_use_by_then_does_not_wait_behind_it(office: Office) -> None:
    office.network.trouble = 0
    office.network.failing = [NOT_TODAY]
    await office.writes("1", NOTICE)
    await office.lives()
    soon, body = office.now + timedelta(hours=2), Message(text="Pengingat").written()
    put = {"priority": NOTICE, "expires_at": soon}
    await office.database.transact(lambda tx: outbox.put(tx, "telegram", "1", "notice", body, office.now, **put))  # type: ignore[arg-type]
    await office.lives()
    assert [parcel.id for parcel in office.network.arrived] == [2]


async def test_a_warning_of_danger_does_not_wait_for_news(office: Office) -> None:
    office.network.trouble = 0
    office.network.failing = [NOT_TODAY]
    await office.writes("1", BULK)
    await office.lives()
    body, put = Message(text="Banjir").written(), {"priority": BULK, "topic": "darurat"}
    await office.database.transact(lambda tx: outbox.put(tx, "telegram", "1", "broadcast", body, office.now, **put))  # type: ignore[arg-type]
    await office.lives()
    assert [parcel.id for parcel in office.network.arrived] == [2]


async def test_a_menu_that_has_to_wait_holds_up_no_answer(office: Office) -> None:
    office.network.trouble = 0
    office.network.failing = [SendFailed(Outcome.RETRY, "429", after=timedelta(hours=2), whole_chat=True)]
    menu = Message(menu=(("menu", "Menu"),)).written()
    await office.database.transact(lambda tx: outbox.put(tx, "telegram", "1", "menu", menu, office.now))
    await office.lives()
    await office.writes("1")
    await office.lives()
    assert [parcel.kind for parcel in office.network.arrived] == ["reply"]


async def test_claiming_goes_by_index(tmp_path: Path) -> None:
    database = await open_database(f"sqlite:///{tmp_path}/b.db")
    values = {"channel": "telegram", "at_most": 24, "now": "", "bulk": BULK}

    def plan(tx: Transaction) -> list[list[str]]:
        explained = (tx.all(f"EXPLAIN QUERY PLAN {one}", **values) for one in (claims.SINGLE, claims.MANY))
        return [[str(row["detail"]) for row in rows] for rows in explained]

    plans = await database.transact(plan)
    await database.close()
    for steps in plans:
        assert not [step for step in steps if step.startswith("SCAN")]
        assert sum("USING INDEX outbox_of_chat" in step for step in steps) == 2
