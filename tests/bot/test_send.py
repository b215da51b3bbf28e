"""The sender over a real database: a busy chat leaves room, a fault of ours does not loop, a stop is in order."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.channels.channel import Outcome, SendFailed
from bot.outbound.gate import Gate
from bot.outbound.pace import OWN_PAGE, Pace
from bot.outbound.send import CLAIMED, Sender
from handlers.conversation.message import Message
from handlers.office.profile import load_office
from storage.database.database import Database, Transaction, open_database
from storage.mail import outbox
from storage.mail.outbox import NOTICE, REPLY, Parcel
from tests.paper import TelegramOnPaper
from tests.world import MONDAY


class Slow(TelegramOnPaper):
    """A network that takes its time for chat 1, and stumbles when told to."""

    def __init__(self) -> None:
        super().__init__()
        self.go = asyncio.Event()
        self.stumbles = 0
        self.second = asyncio.Event()

    async def send(self, parcel: Parcel, message: Message) -> str:
        if parcel.address == "1":
            await self.go.wait()
        if parcel.address == "2":
            self.second.set()
        if self.stumbles:
            self.stumbles -= 1
            raise RuntimeError("a fault of ours")
        return await super().send(parcel, message)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = await open_database(f"sqlite:///{tmp_path}/a.db")
    yield database
    await database.close()


@pytest.fixture
def network() -> Slow:
    return Slow()


@pytest.fixture
def sender(database: Database, network: Slow) -> Sender:
    return Sender(database, {"telegram": network}, {"telegram": Pace(OWN_PAGE)}, OpenGate({}, load_office(), now), now)


def now() -> datetime:
    return MONDAY


class OpenGate(Gate):
    """Everything may go: here nobody has agreed to anything, and the sender is what is looked at."""

    def admit(self, tx: Transaction, parcels: Sequence[Parcel]) -> list[Parcel]:
        return list(parcels)


async def write(database: Database, address: str, count: int, priority: int = REPLY) -> None:
    body = Message(text="Halo").written()
    kind = "reply" if priority == REPLY else "notice"
    for _ in range(count):
        await database.transact(lambda tx: outbox.put(tx, "telegram", address, kind, body, MONDAY, priority=priority))


async def outcomes(database: Database) -> dict[str, int]:
    return await database.transact(outbox.counts)


async def test_a_chat_with_many_messages_leaves_room_for_everybody(
    database: Database, sender: Sender, network: Slow
) -> None:
    await write(database, "1", CLAIMED + 50, NOTICE)
    await write(database, "2", 1)
    assert await sender.claim_once() <= 5
    async with asyncio.timeout(5):
        await network.second.wait()
    network.go.set()
    while await sender.claim_once() or sender._tasks:
        await sender.settled()
    assert (await outcomes(database))["sent"] == CLAIMED + 51


async def test_a_fault_of_ours_is_counted_as_unknown_and_does_not_loop(
    database: Database, sender: Sender, network: Slow
) -> None:
    network.stumbles = 100
    await write(database, "2", 1)
    await sender.claim_once()
    await sender.settled()
    assert await sender.claim_once() == 0, "it waits before the next try"
    assert (await outcomes(database)) == {"waiting": 1, "maybe_twice": 1}


async def test_what_is_under_way_at_a_stop_is_never_given_back_as_untried(
    database: Database, sender: Sender, network: Slow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.outbound.send.GRACE", 0.05)
    await write(database, "1", 3)
    await sender.claim_once()
    await asyncio.sleep(0)
    await sender.stop()
    rows = await database.transact(lambda tx: tx.all("SELECT attempts, claimed_at FROM outbox ORDER BY id"))
    assert [(row["attempts"], row["claimed_at"] is None) for row in rows] == [(1, False), (0, True), (0, True)]
    network.go.set()
    await sender.settled()


async def test_who_is_refused_is_not_ready_until_a_call_succeeds(
    database: Database, sender: Sender, network: Slow
) -> None:
    network.failing = [SendFailed(Outcome.RETRY, "190", whole_channel=True, alarm=True)]
    await write(database, "2", 1)
    await sender.claim_once()
    await sender.settled()
    assert sender.refused == {"telegram"}
    again = Sender(database, {"telegram": network}, {"telegram": Pace(OWN_PAGE)}, sender.gate, later)
    again.refused.add("telegram")
    await again.claim_once()
    await again.settled()
    assert again.refused == set()
    assert (await outcomes(database))["sent"] == 1


def later() -> datetime:
    return MONDAY + timedelta(minutes=10)
