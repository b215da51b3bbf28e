"""One process serves an SQLite file: it holds a lock beside it, which a dead process cannot keep.

The file of the lock stays: it also remembers that an office was kept here.
"""

import os
import socket
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from storage.database.faults import Unfit
from storage.database.sqlite_file import place_of

if sys.platform != "win32":
    import fcntl

KEPT = "an office is kept here"


@dataclass
class Serving:
    """Held until `end`, or until the process dies."""

    lock: IO[str] | None = None
    """None on PostgreSQL, where several may serve."""
    known: bool = False
    """Whether it is remembered already that an office is kept here."""

    def remember(self) -> None:
        """From now on an empty database in this place is one that was lost."""
        if self.lock is not None and not self.known:
            self.lock.write(f"{KEPT}\n")
            self.lock.flush()
            self.known = True

    def end(self) -> None:
        if self.lock is not None:
            self.lock.close()


def lock_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.lock")


def hold(url: str) -> Serving:
    """Serve this database alone. Raises Unfit, which names the process that does already."""
    path = place_of(url)
    if path is None:
        return Serving()
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = os.fdopen(os.open(lock_of(path), os.O_RDWR | os.O_CREAT, 0o600), "r+")
    try:
        if sys.platform != "win32":  # a machine to try it on: there nobody is kept out
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        with lock:
            raise Unfit(f"{path} is served by {lock.readline().strip()} already; stop that one first.") from None
    known = remembered(path)
    now = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC"
    lock.truncate()
    lock.write(f"process {os.getpid()} on {socket.gethostname()} since {now}\n" + f"{KEPT}\n" * known)
    lock.flush()
    return Serving(lock, known)


def remembered(path: Path) -> bool:
    """Whether an office was served from this place."""
    try:
        return KEPT in lock_of(path).read_text()
    except (FileNotFoundError, PermissionError):
        return False
