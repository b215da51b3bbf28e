"""What a service manager has to start again, and what it has to leave alone."""

import asyncio
import sqlite3
from collections.abc import Callable
from functools import partial

import pytest

from bot.running import notify, pulse
from bot.running.pulse import Pulse
from bot.running.upkeep import Upkeep
from storage.database.database import Transaction


class Stub:
    """A database that behaves as a test wants."""

    def __init__(self, answer: "Callable[[], bool] | None") -> None:
        self.answer = answer
        self.answers = 0

    async def transact(self, turn: Callable[[Transaction], object]) -> object:
        if self.answer is None:
            await asyncio.Event().wait()
        assert self.answer is not None
        return self.answer()

    async def close(self) -> None:
        return


def keeps() -> bool:
    return True


def full() -> bool:
    raise sqlite3.OperationalError("database or disk is full")


def of(answer: "Callable[[], bool] | None") -> Pulse:
    return Pulse(Stub(answer), ["telegram"])  # type: ignore[arg-type]


@pytest.fixture
def upkeep(monkeypatch: pytest.MonkeyPatch) -> Upkeep:
    monkeypatch.setattr(pulse, "SILENCE", 0.05)
    return Upkeep(asyncio.Event())


async def stands_still(proof: Pulse) -> Pulse:
    """The same arrival has been the next for longer than anything takes."""
    proof._next, proof._since = 1, pulse.seconds() - pulse.TOO_OLD - 1
    return proof


async def test_a_database_that_says_nothing_hangs(upkeep: Upkeep) -> None:
    assert await of(None).hangs(upkeep)


async def test_one_that_answers_others_meanwhile_does_not(upkeep: Upkeep) -> None:
    """Hundreds may wait before us, each batch of them for a lock that somebody holds for long."""
    watched = of(None)
    asking = asyncio.create_task(watched.hangs(upkeep))
    await asyncio.sleep(0)
    watched.database.answers += 1
    assert not await asking


async def test_one_that_refuses_does_not_whatever_waits_meanwhile(upkeep: Upkeep) -> None:
    assert not await (await stands_still(of(full))).hangs(upkeep)


async def test_an_arrival_that_stands_still_though_rows_can_be_kept_does(upkeep: Upkeep) -> None:
    assert not await of(keeps).hangs(upkeep)
    assert await (await stands_still(of(keeps))).hangs(upkeep)


async def test_what_stumbled_and_said_so_goes_on_by_itself(upkeep: Upkeep) -> None:
    upkeep._resting = 1
    assert not await (await stands_still(of(keeps))).hangs(upkeep)


async def test_no_word_while_it_hangs_and_words_again_after(upkeep: Upkeep, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(notify, "tell", said.append)
    monkeypatch.setenv("WATCHDOG_USEC", "60000")
    database = Stub(None)
    watched = Pulse(database, ["telegram"])  # type: ignore[arg-type]
    beating = asyncio.create_task(notify.beat(partial(watched.hangs, upkeep)))
    await asyncio.sleep(0.3)
    assert not said
    database.answer = keeps
    async with asyncio.timeout(10):
        while notify.MOVING not in said:  # noqa: ASYNC110  # a task beside us
            await asyncio.sleep(0.01)
    beating.cancel()
