"""Where files sent on the page lie until they are fetched: under random names, capped, and not for long."""

import asyncio
import os
import re
import secrets
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from aiohttp import BodyPartReader

from bot.channels.body import TooLarge
from bot.channels.channel import Outcome, SendFailed
from handlers.conversation.questions.file_kinds import OWN

LARGEST_FILE = OWN
"""Bytes of one file."""
FULL = 2 * 1024 * 1024 * 1024
"""Bytes of all files together: the office's disk is not a visitor's to fill."""
SHARE = FULL // 4
"""And of those of one chat, and of those from one address: nobody fills it for everybody."""
AT_ONCE, AT_ONCE_EACH = 32, 6
"""Files that come in at the same time, and those from one address: each takes a descriptor."""
KEPT_SECONDS = 24 * 3600
"""What the office keeps is fetched within minutes; the rest was not asked for and is not ours."""
READ_KEPT_SECONDS = 3600
"""What was fetched stays a little in case it could not be stored."""
PIECE = 64 * 1024
NAME = re.compile(r"[0-9a-f]{32}")


class Full(Exception):
    """The shelf, or this visitor's part of it, holds as much as it may."""


class Busy(Exception):
    """As many files come in just now as may at once."""


@dataclass(frozen=True, slots=True)
class Place:
    """A file's place: whose it is (a chat, a caller's address; never written down) and the bytes it may take."""

    whose: frozenset[str]
    size: int


class Shelf:
    """A folder of uploads, readable by the office's account only."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._places: dict[str, Place] = {}
        self._coming: set[str] = set()
        """What is being written: on disk is less of it than its place takes."""

    async def keep(self, part: BodyPartReader, whose: frozenset[str], size: int | None) -> tuple[str, int]:
        """Stream a file to disk; its random name and its size in bytes. Raises TooLarge, Full or Busy.

        `size` is what it takes at most, where the caller tells; it is reserved before the first byte.
        """
        name, path = self._named()
        with self._reserved(name, Place(whose, min(size or LARGEST_FILE, LARGEST_FILE))):
            try:
                await asyncio.to_thread(self._make_room, name)
                written = await write(part, path, self._places[name].size)
            except BaseException:
                path.unlink(missing_ok=True)
                del self._places[name]
                raise
            self._places[name] = Place(whose, written)
        return name, written

    def _named(self) -> tuple[str, Path]:
        name = secrets.token_hex(16)
        return name, self._folder / name

    @contextmanager
    def _reserved(self, name: str, place: Place) -> Iterator[None]:
        coming = [self._places[other] for other in self._coming]
        if len(coming) >= AT_ONCE or any(self._of(one, coming) >= AT_ONCE_EACH for one in place.whose):
            raise Busy
        held = [*self._places.values()]
        if any(sum(p.size for p in held if one in p.whose) + place.size > SHARE for one in place.whose):
            raise Full
        self._places[name] = place
        self._coming.add(name)
        try:
            yield
        finally:
            self._coming.discard(name)

    @staticmethod
    def _of(one: str, places: list[Place]) -> int:
        return sum(one in place.whose for place in places)

    def path(self, name: str) -> Path | None:
        """Where a file lies; None when there is none (any more) or the name is not one of ours."""
        path = self._folder / name
        return path if NAME.fullmatch(name) and path.is_file() else None

    async def read(self, name: str) -> AsyncIterator[bytes]:
        """A file's bytes, piece by piece. Raises SendFailed."""
        path = self.path(name)
        if path is None:
            raise SendFailed(Outcome.REFUSED, "the upload is gone")
        with await asyncio.to_thread(path.open, "rb") as source:
            while piece := await asyncio.to_thread(source.read, PIECE):
                yield piece
        with suppress(FileNotFoundError):
            os.utime(path, (time.time() - KEPT_SECONDS + READ_KEPT_SECONDS,) * 2)

    def drop(self, name: str) -> None:
        self._places.pop(name, None)
        if path := self.path(name):
            path.unlink(missing_ok=True)

    def sweep(self) -> None:
        """Throw away what lies longer than KEPT_SECONDS, and what was fetched an hour ago."""
        limit = time.time() - KEPT_SECONDS
        for path in self._folder.glob("*"):
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < limit:
                    self._places.pop(path.name, None)
                    path.unlink()

    def _make_room(self, own: str) -> None:
        """Raises Full when others hold all there is; one more than that may still come in whole."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        coming = sum(self._places[name].size for name in [*self._coming] if name != own)
        lying = sum(path.stat().st_size for path in self._folder.glob("*") if path.name not in self._coming)
        if lying + coming > FULL:
            raise Full


async def write(part: BodyPartReader, path: Path, at_most: int) -> int:
    with await asyncio.to_thread(path.open, "xb") as sink:
        written = sum([await asyncio.to_thread(sink.write, piece) async for piece in pieces(part, at_most)])
        await asyncio.to_thread(settle, sink)
    return written


def settle(sink: IO[bytes]) -> None:
    """On the disk before its sender hears that it came."""
    sink.flush()
    os.fsync(sink.fileno())


async def swallow(part: BodyPartReader) -> int:
    """Let a file nobody asked for come in and go, so that its sender can be answered; its size in bytes."""
    return sum([len(piece) async for piece in pieces(part, LARGEST_FILE)])


async def pieces(part: BodyPartReader, at_most: int) -> AsyncIterator[bytes]:
    """Raises TooLarge."""
    size = 0
    while piece := await part.read_chunk(PIECE):
        size += len(piece)
        if size > at_most:
            raise TooLarge
        yield piece
