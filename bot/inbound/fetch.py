"""Fetches the files people sent, judges them by their content, and keeps them under the hash of what is in them."""

import asyncio
import hashlib
import logging
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import IO

from bot.channels.channel import Channel, Outcome, SendFailed
from bot.judging.aside import Aside
from bot.judging.bare import make_bare
from bot.judging.judge import is_document, judge
from bot.judging.preview import make_preview
from bot.judging.refused import Refused
from handlers.conversation.catalogue import Catalogue
from handlers.conversation.questions import file_kinds
from handlers.conversation.turn import Work
from handlers.meeting import letter
from handlers.office.profile import Office
from handlers.tickets import files
from storage.database.database import Database, Transaction
from storage.database.faults import of_the_database
from storage.mail import attachments
from storage.mail.attachments import FILES, LETTER, Attachment
from storage.tickets import files as handed

LOG = logging.getLogger(__name__)
EVERY = 1.0
"""Seconds between two looks for files to fetch."""
SWEEP_EVERY = timedelta(hours=1)
HOUR = 3600
SPARED_SECONDS = 2 * HOUR
"""A younger file may be one that is just being fetched."""
UNUSED_AFTER = timedelta(days=1)
TRIES = 6


@dataclass(frozen=True)
class Shelf:
    """A folder of files named by their SHA-256."""

    folder: Path

    def path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256

    def put(self, found: IO[bytes], sha256: str) -> None:
        """Keep a finished file; the same content twice is kept once. The hour is told by its time, and no more."""
        place = self.path(sha256)
        place.parent.mkdir(parents=True, exist_ok=True)
        found.flush()
        to_the_hour(Path(found.name))
        os.fsync(found.fileno())
        Path(found.name).replace(place)
        to_the_hour(place.parent)
        for folder in (place.parent, self.folder):
            settle(folder)

    def drop(self, hashes: Sequence[str]) -> None:
        for place in map(self.path, hashes):
            place.unlink(missing_ok=True)
            to_the_hour(place.parent)

    def sweep(self, needed: Set[str], spared: float = SPARED_SECONDS) -> None:
        """Throw away files nobody needs and downloads that were cut off; uploads to the page are not ours.

        `spared` seconds old they have to be, as the hour tells it that is kept of them.
        """
        limit = time.time() - spared
        lying = [path for path in self.folder.glob("[0-9a-f][0-9a-f]/*") if path.name not in needed]
        for path in [*lying, *self.folder.glob("tmp*")]:
            with suppress(OSError):
                if path.is_file() and path.stat().st_mtime < limit:
                    path.unlink()
                    to_the_hour(path.parent)


def to_the_hour(path: Path) -> None:
    """A file's time, or a folder's, which tells when something last came or went: to the hour, for all alike."""
    with suppress(OSError):
        os.utime(path, (time.time() // HOUR * HOUR,) * 2)


def settle(folder: Path) -> None:
    """Its names outlive a power cut. Windows knows no such thing, and does it itself."""
    with suppress(PermissionError):
        known = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(known)
        finally:
            os.close(known)


@dataclass(frozen=True)
class Found:
    """A file that was fetched and judged; `preview` is the hash of a copy that tells nothing of its author, or None."""

    sha256: str
    type: str
    size: int
    preview: str | None


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
    aside: Aside = field(default_factory=Aside)
    alone: bool = False
    """Whether nobody else puts files on this shelf: then what lies about at the start is of a process that died."""
    _swept: datetime | None = None
    _shelving: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held from a file's way to the shelf until the database knows it, and while files are thrown away."""
    _judging: asyncio.Lock = field(default_factory=asyncio.Lock)
    """One file at a time is unpacked: a large picture takes a lot of memory."""

    async def work(self) -> None:
        """Until cancelled."""
        await self.tidy_up()
        while True:
            if self._swept is None or abs(self.clock() - self._swept) >= SWEEP_EVERY:
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
        await self.database.transact(lambda tx: attachments.unused(tx, now - UNUSED_AFTER))
        async with self._shelving:
            needed = await self.database.transact(attachments.hashes)
            await asyncio.to_thread(self.shelf.sweep, needed)

    async def tidy_up(self) -> None:
        """What a process left that died: half a download, or a photo as it was sent of a report without a name."""
        needed = await self.database.transact(attachments.hashes)
        await asyncio.to_thread(self.shelf.sweep, needed, 0 if self.alone else SPARED_SECONDS)

    async def fetch(self, file: Attachment) -> None:
        """One file: stored, refused with a reason, or tried again later, also when the fault is ours (a full disk)."""
        try:
            self.shelf.folder.mkdir(parents=True, exist_ok=True)
            with self._sheet() as found, self._sheet() as preview:
                await self._take(file, found, preview)
        except Refused as refused:
            await self._refuse(file, refused.reason)
        except SendFailed as failed:
            await self._failed(file, failed)
        except Exception as fault:
            if of_the_database(fault):
                raise  # not the file's fault: it is not counted, and fetched again once there is a database
            LOG.error("file %d not fetched: %s", file.id, type(fault).__name__)
            await self._failed(file, SendFailed(Outcome.RETRY, type(fault).__name__))

    @contextmanager
    def _sheet(self) -> Iterator[IO[bytes]]:
        """A file to write to, beside the shelf so that it can be moved there whole; gone afterwards if it was not."""
        with tempfile.NamedTemporaryFile(dir=self.shelf.folder, delete=False) as found:
            try:
                yield found
            finally:
                Path(found.name).unlink(missing_ok=True)
                to_the_hour(self.shelf.folder)

    async def _take(self, file: Attachment, found: IO[bytes], preview: IO[bytes]) -> None:
        sha256, size = await self._download(file, found)
        kind, pictured = await self._examined(file, Path(found.name), Path(preview.name))
        async with self._shelving:
            await asyncio.to_thread(self.shelf.put, found, sha256)
            if pictured:
                await asyncio.to_thread(self.shelf.put, preview, pictured)
            known = Found(sha256, kind, size, pictured)
            unneeded = await self.database.transact(lambda tx: self._stored(tx, file, known))
            self.shelf.drop(unneeded)

    async def _examined(self, file: Attachment, found: Path, preview: Path) -> tuple[str, str | None]:
        """The type of a fetched file, and the hash of its preview, if there is one. Raises Refused."""
        if is_document(found):
            kind = welcomed(file, await self.aside.judge(found, *([preview] if file.purpose == FILES else [])))
            return kind, await asyncio.to_thread(hash_of, preview)
        async with self._judging:
            return await asyncio.to_thread(examined, file, found, preview)

    def _stored(self, tx: Transaction, file: Attachment, found: Found) -> list[str]:
        """Hashes to drop again: the person may have been erased during the download.

        The original too, where a ticket without a name keeps only the picture for reading.
        """
        attachments.stored(tx, file.id, found.sha256, found.type, found.size, self.clock(), found.preview)
        handed.hand_over(tx, file.id)
        return [sha256 for sha256 in (found.sha256, found.preview) if sha256 and not attachments.shared(tx, sha256)]

    async def _download(self, file: Attachment, to: IO[bytes]) -> tuple[str, int]:
        """Stream it to disk; its hash and size in bytes. Raises Refused or SendFailed."""
        digest, size = hashlib.sha256(), 0
        limit = letter.LARGEST if file.purpose == LETTER else file_kinds.largest(file.channel, file.type)
        async for piece in self.channels[file.channel].fetch(file.remote):
            size += len(piece)
            if size > limit:
                raise Refused("size")
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
        refuse = letter.refuse if file.purpose == LETTER else files.refuse
        await self.database.transact(
            lambda tx: refuse(Work(tx, self.office, self.catalogue, self.clock()), file, reason)
        )
        self.spoke()


def examined(file: Attachment, found: Path, preview: Path) -> tuple[str, str | None]:
    """The type of anything but a document, and the hash of its preview, or of its copy without what it tells of its
    author. Raises Refused.
    """
    kind = welcomed(file, judge(found, file.type))
    if kind in file_kinds.IMAGES:
        make_preview(found, preview)
    elif file.purpose == FILES:
        make_bare(found, kind, preview)
    return kind, hash_of(preview)


def hash_of(path: Path) -> str | None:
    """None for a file with nothing in it."""
    with path.open("rb") as made:
        return hashlib.file_digest(made, "sha256").hexdigest() if path.stat().st_size else None


def welcomed(file: Attachment, kind: str) -> str:
    """Raises Refused for a type that is not wanted for what the file is for."""
    if kind not in (letter.WELCOME if file.purpose == LETTER else file_kinds.CALLED):
        raise Refused("letter" if file.purpose == LETTER else "type")
    return kind
