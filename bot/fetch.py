"""Fetches the files people sent, judges them by their content, and keeps them under the hash of what is in them."""

import asyncio
import hashlib
import logging
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
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
from storage.database import Database

LOG = logging.getLogger(__name__)
EVERY = 1.0
"""Seconds between two looks for files to fetch."""
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

    async def work(self) -> None:
        """Until cancelled."""
        while True:
            for name in self.channels:
                now = self.clock()
                waiting = await self.database.transact(partial(attachments.waiting, channel=name, now=now))
                await asyncio.gather(*map(self.fetch, waiting))
            await asyncio.sleep(EVERY)

    async def fetch(self, file: Attachment) -> None:
        """One file: stored, refused with a reason, or tried again later."""
        self.shelf.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self.shelf.folder, delete=False) as found:
            try:
                sha256, size = await self._download(file, found)
                kind = judged(Path(found.name))
                if kind in letter.WELCOME:
                    self.shelf.put(found, sha256)
                    await self.database.transact(
                        lambda tx: attachments.stored(tx, file.id, sha256, kind, size, self.clock())
                    )
                else:
                    await self._refuse(file, "type")
            except TooLarge:
                await self._refuse(file, "size")
            except SendFailed as failed:
                await self._failed(file, failed)
            finally:
                await asyncio.to_thread(Path(found.name).unlink, missing_ok=True)

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
