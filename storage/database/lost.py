"""An office that was here and is not any more: a start that would begin an empty one in its place is refused.

Nothing is opened to find out: SQLite itself would tidy away what remains.
"""

import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from storage.database.faults import Unfit
from storage.database.serving import lock_of, remembered

PAGE, HEADER, FRAME = 4096, 32, 24
"""Bytes of a page, and of what the log has before its first and before each, https://sqlite.org/fileformat2.html#wal"""


def refuse_if_lost(path: Path) -> None:
    """Raises Unfit, in a sentence that says what to do."""
    if path.exists() and path.stat().st_size > PAGE:
        return  # there are tables in it, or something that SQLite will complain of
    log = path.with_name(f"{path.name}-wal")
    if committed(log):
        if not readable(path, log):
            raise Unfit(
                f"{path} is empty and {log.name}, which holds what was kept, cannot be read. "
                "Nothing was changed: keep both files, then put a copy back with restore --force."
            )
    elif remembered(path):
        raise Unfit(
            f"{path} is {'empty' if path.exists() else 'gone'}, and an office was kept there. "
            f"Put it or a copy back (restore); to begin a new office delete {lock_of(path).name} as well."
        )


def committed(log: Path) -> bool:
    """Whether anything in the log was ever said to be whole; a first start that was killed leaves nothing that was."""
    if not log.exists():
        return False
    content = log.read_bytes()
    return any(any(content[at + 4 : at + 8]) for at in range(HEADER, len(content) - FRAME, FRAME + PAGE))


def readable(path: Path, log: Path) -> bool:
    """Whether SQLite finds a table in a copy of both."""
    if not path.exists() or not path.stat().st_size:
        return False
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        copy = Path(shutil.copy(path, folder))
        shutil.copy(log, folder)
        with closing(sqlite3.connect(copy)) as connection:
            return connection.execute("SELECT 1 FROM sqlite_master").fetchone() is not None
