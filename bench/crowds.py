"""What a million recipients cost: memory of the process, seconds of a plan and of the list, a look at the progress."""

import asyncio
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.outbound.pace import TELEGRAM
from handlers.announcement.running import plan
from storage.broadcasts import broadcasts, ledger, messengers
from storage.broadcasts.messengers import Messenger
from storage.database.sqlite_file import SQLiteTransaction, connect
from tests.process.blast import announce, settle

from .blast import world
from .contestant import Contestant
from .measure import launch

WRITTEN_TO = 2_000
"""Chats that exist: more than are reached while we look."""
FED_FOR = 8.0
LONGEST = 900.0


@dataclass(frozen=True)
class Crowd:
    """Times in seconds, memory in MiB. `longest_ms` is the longest single piece of a plan: what a turn may wait."""

    recipients: int
    peak_memory: float
    list_seconds: float
    plan_seconds: float
    longest_ms: float
    progress_ms: float
    outbox: int


async def measure_crowd(contestant: Contestant, folder: Path, people: int) -> Crowd:
    database = folder / "bench.db"
    async with world(WRITTEN_TO, chances=False) as api:
        blast = announce(database, settle(database, people))
        planned, longest = timed_plan(database, blast.broadcast_id)
        running, _ = await launch(contestant, api, folder)
        try:
            began = time.monotonic()
            await listed(database, blast.broadcast_id)
            seconds = time.monotonic() - began
            await asyncio.sleep(FED_FOR)
            peak = running.peak_memory()
            outbox = count(database, "SELECT count(*) FROM outbox WHERE settled_at IS NULL")
        finally:
            running.stop()
        return Crowd(people, peak, seconds, planned, longest, timed_progress(database, blast.broadcast_id), outbox)


async def listed(database: Path, broadcast_id: int) -> None:
    for _ in range(int(LONGEST)):
        if count(database, f"SELECT count(*) FROM broadcasts WHERE id = {broadcast_id} AND listed_at IS NOT NULL"):
            return
        await asyncio.sleep(0.5)


def count(database: Path, sql: str) -> int:
    with closing(connect(database)) as connection:
        return int(connection.execute(sql).fetchone()[0])


def timed_plan(database: Path, broadcast_id: int) -> tuple[float, float]:
    """Seconds of the whole, milliseconds of its longest slice."""
    now = datetime.now(ZoneInfo("Asia/Jakarta"))
    with closing(connect(database)) as connection:
        tx = SQLiteTransaction(connection)
        messengers.set(tx, [Messenger("telegram", int(TELEGRAM.per_second), None, None, True)], now)
        broadcast, counted, slices = broadcasts.get(tx, broadcast_id), plan.Plan(), list[float]()
        while not counted.complete:
            began = time.perf_counter()
            counted = plan.count(tx, broadcast, counted, 1, now)
            slices.append(time.perf_counter() - began)
    return sum(slices), max(slices) * 1000


def timed_progress(database: Path, broadcast_id: int) -> float:
    """Milliseconds of one look at the counts."""
    with closing(connect(database)) as connection:
        began = time.perf_counter()
        ledger.counts(SQLiteTransaction(connection), broadcast_id)
        return (time.perf_counter() - began) * 1000
