"""One contestant measured once: start, memory, a rush of people and a steady stream of them."""

import asyncio
import gc
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from tests.loopback.bot_api import BotApi

from .contestant import Contestant, Running
from .crowd import Crowd

KEPT = 2_000
LONGEST_START = 30.0
IDLE_AFTER, QUIET = 2.0, 5.0


class Size(NamedTuple):
    """How much is asked of everyone."""

    rush_chats: int = 1_000
    steady_rate: float = 120.0
    steady_seconds: float = 15.0
    durability_chats: int = 334
    durability_rate: float = 150.0


@dataclass(frozen=True)
class Figures:
    """What one round showed; times in milliseconds where the name says so, memory in MiB."""

    updates_per_second: float
    p50_ms: float
    p99_ms: float
    own_p99_ms: float
    cpu_ms_per_update: float
    unanswered: float
    peak_memory: float
    idle_memory: float
    ready_seconds: float


@asynccontextmanager
async def world() -> AsyncIterator[tuple[BotApi, Path]]:
    """A fresh Bot API and an empty folder."""
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as folder:
        async with BotApi(keep=KEPT) as api:
            yield api, Path(folder)


async def launch(contestant: Contestant, api: BotApi, folder: Path) -> tuple[Running, float]:
    """Start the process and wait for its first getUpdates; returns the seconds this took."""
    polls, began = api.updates.polls, time.monotonic()
    running = Running(contestant, api.token, api.url, folder)
    try:
        async with asyncio.timeout(LONGEST_START):
            while api.updates.polls == polls:
                await api.updates.polled.wait()
    except TimeoutError:
        running.kill()
        problem = f"{contestant.name} did not ask for updates in {LONGEST_START} s:\n{running.last_words()}"
        raise SystemExit(problem) from None
    return running, time.monotonic() - began


@contextmanager
def undisturbed() -> Iterator[None]:
    """No collection of garbage in this program while it measures: its pause of 0.1 s would be everyone's latency."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


async def measure(contestant: Contestant, size: Size) -> Figures:
    async with world() as (api, folder):
        running, ready = await launch(contestant, api, folder)
        try:
            await asyncio.sleep(IDLE_AFTER)
            idle = running.memory()
            return await _put_to_work(contestant, api, running, size, idle, ready)
        finally:
            running.stop()


async def _put_to_work(
    contestant: Contestant, api: BotApi, running: Running, size: Size, idle: float, ready: float
) -> Figures:
    per_chat = len(contestant.script)
    updates = int(size.steady_rate * size.steady_seconds) // per_chat * per_chat
    await Crowd(api, contestant.preparation, 0, size.rush_chats + updates // per_chat).rush()
    rush = Crowd(api, contestant.script, 0, size.rush_chats)
    with undisturbed():
        seconds = await rush.rush()
    await asyncio.sleep(1)
    steady = Crowd(api, contestant.script, size.rush_chats, updates // per_chat)
    before = running.cpu()
    with undisturbed():
        await steady.stream(size.steady_rate, updates)
        await steady.settle(QUIET)
    return Figures(
        updates_per_second=len(rush.latencies) / seconds,
        p50_ms=quantile(steady.latencies, 0.50) * 1000,
        p99_ms=quantile(steady.latencies, 0.99) * 1000,
        own_p99_ms=quantile(steady.lateness, 0.99) * 1000,
        cpu_ms_per_update=(running.cpu() - before) / updates * 1000,
        unanswered=rush.updates - len(rush.latencies) + updates - len(steady.latencies),
        peak_memory=running.peak_memory(),
        idle_memory=idle,
        ready_seconds=ready,
    )


def quantile(values: list[float], part: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else float("nan")
