"""The SQLite file: opened with its safeguards, its log emptied, and the verbs over an open transaction."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from storage.database.faults import of_the_database

Row = Mapping[str, Any]
BUSY_SECONDS = 10.0
CHECKPOINT_PAGES = 8000
"""Pages (of 4 KiB) the log grows by before it is moved into the file: few turns have to wait for that."""


def place_of(url: str) -> Path | None:
    """The file behind `sqlite:///path`; None for any other address."""
    return Path(url.removeprefix("sqlite:///")) if url.startswith("sqlite:///") else None


def beside(path: Path) -> list[Path]:
    """Where SQLite keeps what belongs to the file: its log, the log's index, an unfinished change."""
    return [path.with_name(f"{path.name}-{part}") for part in ("wal", "shm", "journal")]


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


def empty_log(connection: sqlite3.Connection) -> bool:
    """Move the write-ahead log into the file and cut it to nothing; False if somebody else reads in it just now.

    https://sqlite.org/pragma.html#pragma_wal_checkpoint. Nobody is waited for: the next commit tries again.
    """
    connection.execute("PRAGMA busy_timeout=0")
    try:
        return not connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.OperationalError:  # what was committed stands; a disk that is full stops the next commit
        return False
    finally:
        connection.execute(f"PRAGMA busy_timeout={int(BUSY_SECONDS * 1000)}")


class SQLiteTransaction:
    """The verbs over an open SQLite transaction."""

    dialect = "sqlite"

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.fault: BaseException | None = None
        self.traceless = False

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
            self._connection.execute("RELEASE attempt")
        except BaseException as fault:
            if of_the_database(fault):  # SQLite may have undone everything by itself, and this savepoint with it
                self.fault = fault
                raise
            self._connection.execute("ROLLBACK TO attempt")
            self._connection.execute("RELEASE attempt")
            raise

    def leave_no_trace(self) -> None:
        self.traceless = True


def tables_of(connection: sqlite3.Connection) -> set[str]:
    """The names of the tables in a file. Raises sqlite3.DatabaseError for one that is no database."""
    return {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
