"""PostgreSQL behind the same door as SQLite: several processes, but one batch of turns at a time.

Every batch first takes one advisory lock, as `BEGIN IMMEDIATE` takes the file on SQLite. So a turn may read, decide
and write as if it were alone, ids grow in the order of commits, and what holds on SQLite holds here for the same
reason. docs/decisions/0003-postgresql-one-writer-at-a-time.md says what that costs.
"""

import asyncio
import re
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import lru_cache, partial
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.errors import InFailedSqlTransaction
from psycopg.pq import TransactionStatus
from psycopg.rows import DictRow, dict_row

from storage.database.database import Row, Together, Transaction, run_each
from storage.database.faults import of_the_database
from storage.database.migrate import migrate

BEGIN = "BEGIN; SELECT pg_advisory_xact_lock(20230720)"
"""The number means nothing, except that all our processes ask for the same one. It holds within one database."""
BOUNDS = "-c statement_timeout=10s -c lock_timeout=10s -c idle_in_transaction_session_timeout=8s"
"""The lock is waited for as long as SQLite's; a process that hangs within a turn loses it before the others give up."""
CONNECTION: dict[str, Any] = {
    "connect_timeout": 10,
    "tcp_user_timeout": 30_000,
    "keepalives_idle": 30,
    "application_name": "rumah-kedua",
}
"""What a `DATABASE_URL` that says nothing about it gets: a server that is gone is noticed within half a minute."""
STATEMENTS = 512
"""All of ours, each parsed by us and prepared by the server once; psycopg forgets them when a turn fails, so a release
that changed a table under a running older one costs that one a single turn."""
MIGRATING = "SET LOCAL statement_timeout = '10min'"
TOKEN = re.compile(r"""'[^']*'|"[^"]*"|--[^\n]*|::|:(?P<name>[A-Za-z_]\w*)|%""")
"""Where a colon or a percent sign may stand; literals, comments and casts are stepped over whole."""


async def open_postgres(url: str) -> "Postgres":
    """Connect and migrate. Raises ConnectionError, in words without the password."""
    database = Postgres(url)
    try:
        await database.transact(prepare)
    except psycopg.Error as failure:
        await database.close()
        raise ConnectionError(words(failure)) from None
    except BaseException:
        await database.close()
        raise
    return database


def prepare(tx: Transaction) -> int:
    tx.run(MIGRATING)
    return migrate(tx)


def connect(url: str) -> psycopg.Connection[DictRow]:
    """Raises ConnectionError, in words without the password."""
    try:
        asked = conninfo_to_dict(url)
    except psycopg.Error:  # its words quote the address, and so perhaps the password
        raise ConnectionError("not an address like postgresql://user:password@host:5432/name") from None
    options = f"{BOUNDS} {asked.get('options') or ''}"
    address = make_conninfo(**(CONNECTION | asked | {"options": options, "client_encoding": "utf8"}))
    try:
        connection = psycopg.Connection.connect(address, autocommit=True, row_factory=dict_row)
    except psycopg.Error as failure:
        raise ConnectionError(words(failure, str(asked.get("password") or ""))) from None
    if connection.info.parameter_status("server_encoding") != "UTF8":
        connection.close()
        raise ConnectionError("the database must be made with ENCODING 'UTF8'")
    connection.prepared_max = STATEMENTS
    return connection


def words(failure: psycopg.Error, password: str = "") -> str:
    """On one line."""
    text = " ".join(str(failure).split())
    return text.replace(password, "***") if password else text


@lru_cache(STATEMENTS)
def in_psycopg(sql: str) -> bytes:
    """`:name` as psycopg writes it, `%(name)s`; once per statement."""
    return TOKEN.sub(
        lambda found: f"%({found['name']})s" if found["name"] else found[0].replace("%", "%%"), sql
    ).encode()


def bindable(value: Any) -> Any:
    """PostgreSQL keeps no NUL in a text, so U+FFFD stands for it; a truth is a number, as on SQLite."""
    if isinstance(value, str):
        return value.replace("\x00", "\ufffd")
    return int(value) if isinstance(value, bool) else value


class PostgresTransaction:
    """The verbs over an open PostgreSQL transaction."""

    dialect = "postgresql"

    def __init__(self, connection: psycopg.Connection[DictRow]) -> None:
        self._cursor = connection.cursor()
        self.fault: BaseException | None = None

    def run(self, sql: str, **values: Any) -> int:
        return self._execute(sql, values).rowcount

    def one(self, sql: str, **values: Any) -> Row | None:
        return self._execute(sql, values).fetchone()

    def all(self, sql: str, **values: Any) -> list[Row]:
        return list(self._execute(sql, values).fetchall())

    def _execute(self, sql: str, values: Mapping[str, Any]) -> psycopg.Cursor[DictRow]:
        if not values:
            return self._cursor.execute(sql.encode())
        return self._cursor.execute(in_psycopg(sql), {name: bindable(value) for name, value in values.items()})

    @contextmanager
    def attempt(self) -> Iterator[None]:
        self._cursor.execute("SAVEPOINT attempt")
        try:
            yield
            self._cursor.execute("RELEASE attempt")
        except BaseException as fault:
            if of_the_database(fault):  # the batch is undone whole, and the connection may be gone
                self.fault = fault
                raise
            self._cursor.execute("ROLLBACK TO attempt; RELEASE attempt")
            raise

    def leave_no_trace(self) -> None:
        """Its log is the database team's: docs/decisions/0003-postgresql-one-writer-at-a-time.md."""


class Postgres(Together):
    """One connection, used by one thread of its own, which runs whole turns."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url
        self._connection: psycopg.Connection[DictRow] | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="postgres")

    async def _commit(self, turns: list[Callable[[Transaction], Any]]) -> list[Any]:
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._commit_here, turns)

    def _commit_here(self, turns: list[Callable[[Transaction], Any]]) -> list[Any]:
        try:
            connection = self._begin()
            outcomes = run_each(PostgresTransaction(connection), [partial(whole, connection, turn) for turn in turns])
            commit(connection)
        except BaseException:
            self._hang_up()
            raise
        return outcomes

    def _begin(self) -> psycopg.Connection[DictRow]:
        """A connection with a transaction begun on it: a new one if there was none, or one that died unused."""
        if self._connection is None or not begins(self._connection):
            self._connection = connect(self._url)
            self._connection.execute(BEGIN)
        return self._connection

    def _hang_up(self) -> None:
        """Whatever is open is undone by the server; the next batch connects anew."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    async def close(self) -> None:
        await self._drained()
        self._thread.shutdown()
        self._hang_up()


def begins(connection: psycopg.Connection[DictRow]) -> bool:
    """False when the connection is found dead: nothing had run on it yet, so nothing is lost with it."""
    try:
        connection.execute(BEGIN)
    except psycopg.OperationalError:
        if connection.closed:
            return False
        raise
    return True


def whole(connection: psycopg.Connection[DictRow], turn: Callable[[Transaction], Any], tx: Transaction) -> Any:
    """What the turn returns. One that went on after a refused statement fails, for PostgreSQL ignored what followed."""
    outcome = turn(tx)
    if connection.info.transaction_status == TransactionStatus.INERROR:
        raise InFailedSqlTransaction("a statement was refused and the turn went on; use attempt()")
    return outcome


def commit(connection: psycopg.Connection[DictRow]) -> None:
    """Raises unless all is committed: to COMMIT in a failed transaction PostgreSQL answers, politely, ROLLBACK."""
    if connection.execute("COMMIT").statusmessage != "COMMIT":
        raise InFailedSqlTransaction("nothing was committed")
