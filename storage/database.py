"""One door to the database: `transact(turn)` runs a plain function whole, in one transaction.

Turns that wait together share one commit, so that `synchronous=FULL` is paid once for all of them;
each stands in a savepoint of its own, so that one that fails takes nobody else with it.
"""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, TypeVar

import aiosqlite

from storage.migrate import migrate

T = TypeVar("T")
Row = Mapping[str, Any]
TOGETHER = 50
"""Turns that share a commit at the most: more would make the first of them wait too long."""
BUSY_SECONDS = 10.0
CHECKPOINT_PAGES = 8000
"""Pages (of 4 KiB) the log grows by before it is moved into the file: few turns have to wait for that."""


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


class Database(Protocol):
    """What the rest of the program asks of SQLite or PostgreSQL."""

    async def transact(self, turn: Callable[[Transaction], T]) -> T:
        """Run `turn` in a transaction, commit, return what it returned; raise what it raised, undone."""

    async def close(self) -> None:
        """Finish what waits and close."""


async def open_database(url: str) -> Database:
    """Open and migrate `sqlite:///path` or `postgresql://…`. Raises ValueError for any other address."""
    scheme, _, rest = url.partition("://")
    if scheme == "sqlite":
        return await open_sqlite(Path(rest.removeprefix("/")) if not rest.startswith("//") else Path(rest[1:]))
    if scheme == "postgresql":
        from storage.postgres import open_postgres  # the driver is an extra: only who uses it needs it

        return await open_postgres(url)
    raise ValueError("DATABASE_URL must start with sqlite:/// or postgresql://")


async def open_sqlite(path: Path) -> "SQLite":
    """Open the file (made when missing, readable by its owner only) and bring its tables up to date."""
    await asyncio.to_thread(make_room, path)
    database = SQLite(lambda: connect(path), iter_chunk_size=64)
    await database
    try:
        await database.transact(migrate)
    except BaseException:
        await database.close()
        raise
    return database


def make_room(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)


def connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, isolation_level=None, cached_statements=512, timeout=BUSY_SECONDS, check_same_thread=False
    )
    connection.row_factory = sqlite3.Row
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        f"wal_autocheckpoint={CHECKPOINT_PAGES}",
    ):
        connection.execute(f"PRAGMA {pragma}")
    return connection


class SQLiteTransaction:
    """The verbs over an open SQLite transaction."""

    dialect = "sqlite"

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def run(self, sql: str, **values: Any) -> int:
        return self._connection.execute(sql, values).rowcount

    def one(self, sql: str, **values: Any) -> Row | None:
        row: Row | None = self._connection.execute(sql, values).fetchone()
        return row

    def all(self, sql: str, **values: Any) -> list[Row]:
        return self._connection.execute(sql, values).fetchall()

    @contextmanager
    def attempt(self) -> Iterator[None]:
        self._connection.execute("SAVEPOINT attempt")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK TO attempt")
            self._connection.execute("RELEASE attempt")
            raise
        self._connection.execute("RELEASE attempt")


class Together:
    """Turns waiting for the next commit, and the one task that works them off."""

    def __init__(self) -> None:
        self._waiting: deque[tuple[Callable[[Transaction], Any], asyncio.Future[Any]]] = deque()
        self._worker: asyncio.Task[None] | None = None

    async def transact(self, turn: Callable[[Transaction], T]) -> T:
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((turn, done))
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._work())
        return await done

    async def _work(self) -> None:
        while self._waiting:
            batch = [self._waiting.popleft() for _ in range(min(TOGETHER, len(self._waiting)))]
            try:
                outcomes = await self._commit([turn for turn, _ in batch])
            except Exception as failure:
                outcomes = [Failed(failure)] * len(batch)
            for (_, done), outcome in zip(batch, outcomes, strict=True):
                if done.done():
                    continue
                if isinstance(outcome, Failed):
                    done.set_exception(outcome.reason)
                else:
                    done.set_result(outcome)

    async def _commit(self, turns: list[Callable[[Transaction], Any]]) -> list[Any]:
        raise NotImplementedError

    async def _drained(self) -> None:
        if self._worker is not None:
            await self._worker


class Failed:
    """A turn that raised, kept apart from a turn that returned an exception."""

    def __init__(self, reason: Exception) -> None:
        self.reason = reason


def run_each(tx: Transaction, turns: list[Callable[[Transaction], Any]]) -> list[Any]:
    """Run each turn in a savepoint; what it returned, or `Failed`."""
    outcomes: list[Any] = []
    for turn in turns:
        try:
            with tx.attempt():
                outcome = turn(tx)
        except Exception as reason:
            outcome = Failed(reason)
        outcomes.append(outcome)
    return outcomes


class SQLite(Together, aiosqlite.Connection):
    """An aiosqlite connection whose own thread runs whole turns."""

    def __init__(self, connector: Callable[[], sqlite3.Connection], iter_chunk_size: int) -> None:
        Together.__init__(self)
        aiosqlite.Connection.__init__(self, connector, iter_chunk_size)

    async def _commit(self, turns: list[Callable[[Transaction], Any]]) -> list[Any]:
        outcomes: list[Any] = await self._execute(self._commit_here, turns)  # type: ignore[no-untyped-call]
        return outcomes

    def _commit_here(self, turns: list[Callable[[Transaction], Any]]) -> list[Any]:
        self._conn.execute("BEGIN IMMEDIATE")
        try:
            outcomes = run_each(SQLiteTransaction(self._conn), turns)
            self._conn.execute("COMMIT")
        except BaseException:
            if self._conn.in_transaction:
                self._conn.execute("ROLLBACK")
            raise
        return outcomes

    async def close(self) -> None:
        await self._drained()
        await aiosqlite.Connection.close(self)
