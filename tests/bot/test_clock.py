"""The clock outlives what its ticks run into, and a jump of the system's clock by ten years either way."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from bot.running import clock as clock_file
from bot.running.clock import Clock
from handlers import CATALOGUE
from handlers.office.profile import SHIPPED, load_office
from storage.database.database import Database, open_database
from storage.machine import jobs
from storage.mail import outbox
from storage.people import people
from tests.storage.office import NOW

TEN_YEARS = timedelta(days=3653)


@dataclass
class Broken:
    """A database that fails every turn."""

    asked: list[Any] = field(default_factory=list)
    answers: int = 0

    async def transact(self, turn: Any) -> Any:
        self.asked.append(turn)
        raise TimeoutError("not today")

    async def close(self) -> None: ...


def clock_on(database: Database, now: datetime = NOW) -> Clock:
    return Clock(database, load_office(SHIPPED), CATALOGUE, lambda: now, 7, lambda: None)


def ticks(clock: Clock) -> list[Any]:
    clock.start()
    assert clock._scheduler is not None
    found = list(clock._scheduler.get_jobs())
    clock.stop()
    return found


async def test_nothing_a_tick_runs_into_reaches_the_scheduler(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broken = Broken()
    for tick in ticks(clock_on(broken)):
        await tick.func()
    assert len(broken.asked) == 2
    assert [record.levelname for record in caplog.records if record.name == "bot.running.clock"] == ["ERROR"] * 2
    assert "not today" not in caplog.text


async def test_after_a_jump_of_ten_years_each_tick_is_due_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for tick in ticks(clock_on(Broken())):
        later = tick.next_run_time + TEN_YEARS
        assert later < tick.trigger.get_next_fire_time(tick.next_run_time, later) <= later + timedelta(minutes=10)
        assert len(list(islice(tick._get_run_times(later), 2))) == 1


async def test_after_a_jump_of_ten_years_back_the_ticks_are_set_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock_file, "REMIND_EVERY", 0.01)
    database = await open_database(f"sqlite:///{tmp_path}/office.db")
    clock = clock_on(database)
    shown = [NOW + TEN_YEARS]
    clock.now = lambda: shown[0]
    clock.start()
    before = clock._scheduler
    watching = asyncio.create_task(clock.watch())
    await asyncio.sleep(0.1)
    shown[0] = NOW
    async with asyncio.timeout(10):
        while clock._scheduler is before:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    watching.cancel()
    clock.stop()
    await database.close()


async def test_what_was_put_off_until_in_ten_years_is_due_when_the_clock_is_set_right(tmp_path: Path) -> None:
    database = await open_database(f"sqlite:///{tmp_path}/office.db")
    later = NOW.astimezone(UTC) + TEN_YEARS

    def put_off(tx: Any) -> None:
        person = people.agree(tx, people.chat_of(tx, "web", "a"), "1", "id", NOW)
        jobs.put(tx, "recap", person.id, {}, later)
        outbox.put(tx, "web", "a", "reply", "{}", later)

    await database.transact(put_off)
    clock = clock_on(database)
    await clock.went_back()
    due = await database.transact(partial(jobs.begin, now=NOW, until=NOW))
    assert due is not None
    await database.close()
