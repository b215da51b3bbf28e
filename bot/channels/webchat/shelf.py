"""Where files sent on the page lie until they are fetched: under random names, capped, and not for long."""

import asyncio
import os
import re
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import IO

from aiohttp import BodyPartReader

from bot.channels.channel import Outcome, SendFailed
from handlers.conversation.file_kinds import OWN

LARGEST_FILE = OWN
"""Bytes of one file."""
FULL = 2 * 1024 * 1024 * 1024
"""Bytes of all files together: the office's disk is not a visitor's to fill."""
KEPT_SECONDS = 24 * 3600
"""What the office keeps is fetched within minutes; the rest was not asked for and is not ours."""
PIECE = 64 * 1024
NAME = re.compile(r"[0-9a-f]{32}")


class TooLarge(Exception):
    """A file over LARGEST_FILE; nothing of it is kept."""


class Full(Exception):
    """The shelf holds as much as it may."""


class Shelf:
    """A folder of uploads, readable by the office's account only."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def keep(self, part: BodyPartReader) -> tuple[str, int]:
        """Stream a file to disk; its random name and its size in bytes. Raises TooLarge or Full."""
        name = secrets.token_hex(16)
        path = self._folder / name
        await asyncio.to_thread(self._make_room)
        try:
            return name, await write(part, path)
        except BaseException:
            path.unlink(missing_ok=True)
            raise

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

    def drop(self, name: str) -> None:
        if path := self.path(name):
            path.unlink(missing_ok=True)

    def sweep(self) -> None:
        """Throw away what lies longer than KEPT_SECONDS."""
        limit = time.time() - KEPT_SECONDS
        for path in self._folder.glob("*"):
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < limit:
                    path.unlink()

    def _make_room(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if sum(path.stat().st_size for path in self._folder.glob("*")) > FULL:
            raise Full


async def write(part: BodyPartReader, path: Path) -> int:
    size = 0
    with await asyncio.to_thread(path.open, "xb") as sink:
        while piece := await part.read_chunk(PIECE):
            size += len(piece)
            if size > LARGEST_FILE:
                raise TooLarge
            await asyncio.to_thread(sink.write, piece)
        await asyncio.to_thread(settle, sink)
    return size


def settle(sink: IO[bytes]) -> None:
    """On the disk before its sender hears that it came."""
    sink.flush()
    os.fsync(sink.fileno())
