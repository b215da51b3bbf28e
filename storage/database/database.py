"""One door to the database: `transact(turn)` runs a plain function whole, in one transaction.

Turns that wait together share one commit, so that `synchronous=FULL` is paid once for all of them;
each stands in a savepoint of its own, so that one that fails takes nobody else with it.
"""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, TypeVar

import aiosqlite

from storage.database.faults import Interrupted, anew
from storage.database.lost import refuse_if_lost
from storage.database.migrate import migrate
from storage.database.sqlite_file import Row as Row
from storage.database.sqlite_file import SQLiteTransaction, connect, empty_log, make_room, place_of

T = TypeVar("T")
TOGETHER = 50
"""Turns that share a commit at the most: more would make the first of them wait too long."""


class NotFound(LookupError):
    """The record that was asked for does not exist."""


class Transaction(Protocol):
    """The three verbs every noun is written in. Values are always bound by name, never pasted into SQL."""

    def run(self, sql: str, **values: Any) -> int:
        """Run a statement; the number of rows it changed."""

    def one(self, sql: str, **values: Any) -> Row | None:
        """The first row, or None."""

    def all(self, sql: str, **values: Any) -> list[Row]:
        """Every row."""

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Undo what happens inside, and only that, if it raises."""

    def leave_no_trace(self) -> None:
        """What is emptied or deleted here is to be gone from SQLite's log as well, as soon as this is committed."""


class Open(Transaction, Protocol):
    """A transaction that turns are run in."""

    fault: BaseException | None
    """What the database itself could not do: then nothing of it stands, whoever caught that."""


class Database(Protocol):
    """What the rest of the program asks of SQLite or PostgreSQL."""

    answers: int
    """How often it has answered since it was opened, be it with a refusal."""

    async def transact(self, turn: Callable[[Transaction], T]) -> T:
        """Run `turn` in a transaction, commit, return what it returned; raise what it raised, undone."""

    async def close(self) -> None:
        """Finish what waits and close."""


async def open_database(url: str) -> Database:
    """Open and migrate `sqlite:///path` or `postgresql://…`. Raises ValueError for any other address."""
    if path := place_of(url):
        return await open_sqlite(path)
    if url.startswith("postgresql://"):
        from storage.database.postgres import open_postgres  # the driver is an extra: only who uses it needs it

        return await open_postgres(url)
    raise ValueError("DATABASE_URL must start with sqlite:/// or postgresql://")


async def open_sqlite(path: Path) -> "SQLite":
    """Open the file (made when missing, readable by its owner only) and bring its tables up to date.

    Raises Unfit for tables that are not those of this program, and where an office was and is not any more.
    """
    await asyncio.to_thread(refuse_if_lost, path)
    await asyncio.to_thread(make_room, path)
    database = SQLite(lambda: connect(path), iter_chunk_size=64)
    await database
    try:
        await database.transact(migrate)
    except BaseException:
        await database.close()
        raise
    return database


Turn = Callable[[Transaction], Any]
Waiting = list[tuple[Turn, "asyncio.Future[Any]"]]


class Together:
    """Turns waiting for the next commit, and the one task that works them off.

    It outlives whatever becomes of those who wait: each is told its own way, and whoever is left over when the task
    ends is told so.
    """

    def __init__(self) -> None:
        self.answers = 0
        self._waiting: deque[tuple[Turn, asyncio.Future[Any]]] = deque()
        self._worker: asyncio.Task[None] | None = None

    async def transact(self, turn: Callable[[Transaction], T]) -> T:
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((turn, done))
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._work())
        return await done

    async def _work(self) -> None:
        batch: Waiting = []
        try:
            while self._waiting:
                batch = [self._waiting.popleft() for _ in range(min(TOGETHER, len(self._waiting)))]
                await self._settle([(turn, done) for turn, done in batch if not done.done()])
        finally:
            left, self._worker = [*batch, *self._waiting], None
            self._waiting.clear()
            for _, done in left:
                tell(done, Failed(Interrupted("the turns are not worked off any more")))

    async def _settle(self, batch: Waiting) -> None:
        """Commit a batch and tell each of those who wait."""
        if not batch:
            return
        try:
            outcomes = await self._commit([turn for turn, _ in batch])
        except Exception as failure:
            outcomes = [Failed(anew(failure)) for _ in batch]
        self.answers += 1
        for (_, done), outcome in zip(batch, outcomes, strict=True):
            tell(done, outcome)

    async def _commit(self, turns: list[Turn]) -> list[Any]:
        raise NotImplementedError

    async def _drained(self) -> None:
        if self._worker is not None:
            await self._worker


class Failed:
    """A turn that raised, kept apart from a turn that returned an exception."""

    def __init__(self, reason: Exception) -> None:
        self.reason = reason


def tell(done: "asyncio.Future[Any]", outcome: Any) -> None:
    """Nobody is told twice, and whoever does not wait any more is not told."""
    if done.done():
        return
    if isinstance(outcome, Failed):
        done.set_exception(outcome.reason)
    else:
        done.set_result(outcome)


def run_each(tx: Open, turns: list[Turn]) -> list[Any]:
    """Run each turn in a savepoint; what it returned, or `Failed`. Raises what the database itself could not do."""
    outcomes: list[Any] = []
    for turn in turns:
        try:
            with tx.attempt():
                outcome = turn(tx)
        except Exception as reason:
            outcome = Failed(reason)
        if tx.fault is not None:
            raise tx.fault
        outcomes.append(outcome)
    return outcomes


class SQLite(Together, aiosqlite.Connection):
    """An aiosqlite connection whose own thread runs whole turns."""

    def __init__(self, connector: Callable[[], sqlite3.Connection], iter_chunk_size: int) -> None:
        Together.__init__(self)
        aiosqlite.Connection.__init__(self, connector, iter_chunk_size)
        self._log_holds_traces = True
        """At the start too: whoever was here before may have died before it emptied the log."""

    async def _commit(self, turns: list[Turn]) -> list[Any]:
        outcomes: list[Any] = await self._execute(self._commit_here, turns)  # type: ignore[no-untyped-call]
        return outcomes

    def _commit_here(self, turns: list[Turn]) -> list[Any]:
        tx = SQLiteTransaction(self._conn)
        self._conn.execute("BEGIN IMMEDIATE")
        try:
            outcomes = run_each(tx, turns)
            self._conn.execute("COMMIT")
        except BaseException:
            if self._conn.in_transaction:
                self._conn.execute("ROLLBACK")
            raise
        if self._log_holds_traces or tx.traceless:
            self._log_holds_traces = not empty_log(self._conn)
        return outcomes

    async def close(self) -> None:
        await self._drained()
        await aiosqlite.Connection.close(self)
