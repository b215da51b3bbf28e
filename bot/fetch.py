"""Fetches the files people sent, judges them by their content, and keeps them under the hash of what is in them."""

import asyncio
import hashlib
import logging
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import IO

from bot.channels.channel import Channel, Outcome, SendFailed
from handlers import letter
from handlers.conversation.catalogue import Catalogue
from handlers.conversation.turn import Work
from handlers.office import Office
from storage import attachments
from storage.attachments import Attachment
from storage.database import Database, Transaction

LOG = logging.getLogger(__name__)
EVERY = 1.0
"""Seconds between two looks for files to fetch."""
SWEEP_EVERY = timedelta(hours=1)
SPARED_SECONDS = 3600
"""A younger file may be one that is just being fetched."""
UNUSED_AFTER = timedelta(days=1)
TRIES = 6
HEAD = 4096
"""Bytes looked at to tell a type."""


@dataclass(frozen=True)
class Shelf:
    """A folder of files named by their SHA-256."""

    folder: Path

    def path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256

    def put(self, found: IO[bytes], sha256: str) -> None:
        """Keep a finished file; the same content twice is kept once."""
        place = self.path(sha256)
        place.parent.mkdir(parents=True, exist_ok=True)
        found.flush()
        Path(found.name).replace(place)

    def drop(self, hashes: Sequence[str]) -> None:
        for sha256 in hashes:
            self.path(sha256).unlink(missing_ok=True)

    def sweep(self, needed: Set[str]) -> None:
        """Throw away files nobody needs and downloads that were cut off; uploads to the page are not ours."""
        limit = time.time() - SPARED_SECONDS
        lying = [path for path in self.folder.glob("[0-9a-f][0-9a-f]/*") if path.name not in needed]
        for path in [*lying, *self.folder.glob("tmp*")]:
            with suppress(OSError):
                if path.is_file() and path.stat().st_mtime < limit:
                    path.unlink()


class TooLarge(Exception):
    """More bytes came than we take."""


@dataclass
class Fetcher:
    """Works off attachments that are noted but not stored."""

    database: Database
    channels: Mapping[str, Channel]
    shelf: Shelf
    office: Office
    catalogue: Catalogue
    clock: Callable[[], datetime]
    spoke: Callable[[], None]
    _swept: datetime | None = None
    _shelving: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held from a file's way to the shelf until the database knows it, and while files are thrown away."""

    async def work(self) -> None:
        """Until cancelled."""
        while True:
            if self._swept is None or self.clock() - self._swept >= SWEEP_EVERY:
                self._swept = self.clock()
                await self.sweep()
            for name in self.channels:
                now = self.clock()
                waiting = await self.database.transact(partial(attachments.waiting, channel=name, now=now))
                await asyncio.gather(*map(self.fetch, waiting))
            await asyncio.sleep(EVERY)

    async def sweep(self) -> None:
        """Forget letters of forms that were left, and throw away every file nobody needs."""
        now = self.clock()
        await self.database.transact(lambda tx: attachments.unused(tx, now - UNUSED_AFTER, now))
        async with self._shelving:
            needed = await self.database.transact(attachments.hashes)
            await asyncio.to_thread(self.shelf.sweep, needed)

    async def fetch(self, file: Attachment) -> None:
        """One file: stored, refused with a reason, or tried again later, also when the fault is ours (a full disk)."""
        try:
            self.shelf.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self.shelf.folder, delete=False) as found:
                try:
                    await self._take(file, found)
                finally:
                    await asyncio.to_thread(Path(found.name).unlink, missing_ok=True)
        except TooLarge:
            await self._refuse(file, "size")
        except SendFailed as failed:
            await self._failed(file, failed)
        except Exception as fault:
            LOG.error("file %d not fetched: %s", file.id, type(fault).__name__)
            await self._failed(file, SendFailed(Outcome.RETRY, type(fault).__name__))

    async def _take(self, file: Attachment, found: IO[bytes]) -> None:
        sha256, size = await self._download(file, found)
        kind = judged(Path(found.name))
        if kind not in letter.WELCOME:
            await self._refuse(file, "type")
            return
        async with self._shelving:
            self.shelf.put(found, sha256)
            unneeded = await self.database.transact(lambda tx: self._stored(tx, file, sha256, kind, size))
            self.shelf.drop(unneeded)

    def _stored(self, tx: Transaction, file: Attachment, sha256: str, kind: str, size: int) -> list[str]:
        """Hashes to drop again: the person may have been erased during the download."""
        kept = attachments.stored(tx, file.id, sha256, kind, size, self.clock())
        return [] if kept or attachments.shared(tx, sha256) else [sha256]

    async def _download(self, file: Attachment, to: IO[bytes]) -> tuple[str, int]:
        """Stream it to disk; its hash and size in bytes. Raises TooLarge or SendFailed."""
        digest, size = hashlib.sha256(), 0
        async for piece in self.channels[file.channel].fetch(file.remote):
            size += len(piece)
            if size > letter.LARGEST:
                raise TooLarge
            digest.update(piece)
            await asyncio.to_thread(to.write, piece)
        await asyncio.to_thread(to.flush)
        return digest.hexdigest(), size

    async def _failed(self, file: Attachment, failed: SendFailed) -> None:
        if failed.outcome is Outcome.REFUSED or file.attempts + 1 >= TRIES:
            await self._refuse(file, "gone")
            return
        wait = failed.after or timedelta(seconds=2**file.attempts)
        await self.database.transact(lambda tx: attachments.later(tx, file.id, self.clock() + wait))

    async def _refuse(self, file: Attachment, reason: str) -> None:
        LOG.info("file %d refused: %s", file.id, reason)
        await self.database.transact(
            lambda tx: letter.refuse(Work(tx, self.office, self.catalogue, self.clock()), file, reason)
        )
        self.spoke()


def judged(path: Path) -> str:
    """The type its content shows, whatever its name says; empty when it shows none."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    import puremagic  # 50 ms to import, needed at the first file and not at the start

    try:
        return str(puremagic.from_string(head, mime=True))
    except (puremagic.PureError, ValueError):
        return ""
