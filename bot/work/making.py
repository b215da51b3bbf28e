"""What everything has in common that is made beside the turns: a desk to work on, a shelf for what is done."""

import asyncio
import hashlib
import secrets
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path

from bot.inbound.fetch import Shelf
from handlers.conversation.turn import Work
from handlers.office.profile import Office
from storage.database.database import Database, Transaction
from storage.machine.jobs import Job


@dataclass(frozen=True)
class Making:
    """`work` makes a piece of work of a transaction; `draw` lets a child draw."""

    database: Database
    shelf: Shelf
    office: Office
    zone: tzinfo | None
    work: Callable[[Transaction], Work]
    draw: Callable[[str, Path, Path], Awaitable[None]]

    async def make(self, job: Job) -> None:
        """Raises whatever stands in the way; nothing is left behind then."""
        raise NotImplementedError

    def give_up(self, tx: Transaction, job: Job) -> None:
        """It failed too often: whoever asked is told."""
        raise NotImplementedError

    @contextmanager
    def desk(self) -> Iterator[list[Path]]:
        """Names for files to work on; gone afterwards. What a crash leaves is swept as any cut-off download is."""
        self.shelf.folder.mkdir(parents=True, exist_ok=True)
        stem = self.shelf.folder / f"tmp{secrets.token_hex(8)}"
        files = [stem.with_suffix(ending) for ending in (".json", ".png", ".jsonl", ".xlsx")]
        try:
            yield files
        finally:
            for file in files:
                file.unlink(missing_ok=True)

    async def put(self, made: Path) -> str:
        """Onto the shelf, under the hash of what is in it."""
        return await asyncio.to_thread(self._put, made)

    def _put(self, made: Path) -> str:
        sha256 = hashlib.sha256(made.read_bytes()).hexdigest()
        with made.open("r+b") as found:
            self.shelf.put(found, sha256)
        return sha256
