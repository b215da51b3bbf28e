"""SQLite's log is emptied when somebody is to leave no trace, at the latest by the next start."""

import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path

from storage.database import sqlite_file
from storage.database.database import Database, Transaction, open_database
from tests.storage.test_database import add, names

WORDS = "zirkonium"
EMPTY = "UPDATE counters SET name = '' WHERE name = :name"


def held(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


def taken_back(tx: Transaction, traceless: bool) -> None:
    tx.run(EMPTY, name=WORDS)
    if traceless:
        tx.leave_no_trace()


async def opened(folder: Path) -> Database:
    return await open_database(f"sqlite:///{folder}/office.db")


async def test_what_is_to_leave_no_trace_is_gone_with_its_commit(tmp_path: Path) -> None:
    database = await opened(tmp_path)
    await database.transact(partial(add, name=WORDS))
    await database.transact(partial(taken_back, traceless=False))
    assert WORDS.encode() in held(tmp_path)
    await database.transact(lambda tx: tx.leave_no_trace())
    assert WORDS.encode() not in held(tmp_path)
    await database.close()


async def test_whoever_reads_meanwhile_is_not_waited_for_and_the_next_commit_empties_it(tmp_path: Path) -> None:
    database = await opened(tmp_path)
    await database.transact(partial(add, name=WORDS))
    with closing(sqlite3.connect(tmp_path / "office.db", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM counters").fetchall()
        await database.transact(partial(taken_back, traceless=True))
        assert WORDS.encode() in held(tmp_path)
    assert await database.transact(names) == [""]
    assert WORDS.encode() not in held(tmp_path)
    await database.close()


async def test_what_a_kill_left_in_the_log_goes_with_the_next_start(tmp_path: Path) -> None:
    """It died after the commit and before it had emptied the log."""
    killed = tmp_path / "killed"
    killed.mkdir()
    database = await opened(tmp_path)
    with closing(sqlite_file.connect(tmp_path / "office.db")) as other:
        other.execute("INSERT INTO counters VALUES (:name, 0)", {"name": WORDS})
        other.execute(EMPTY, {"name": WORDS})
        left = {name: (tmp_path / name).read_bytes() for name in ("office.db", "office.db-wal")}
    await database.close()
    for name, content in left.items():
        (killed / name).write_bytes(content)
    assert WORDS.encode() in held(killed)
    database = await opened(killed)
    assert WORDS.encode() not in held(killed)
    assert await database.transact(names) == [""]
    await database.close()
