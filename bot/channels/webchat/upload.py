"""A file that a page posts, and the words that go with it: counted in bytes, in lines and in seconds as it comes in."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, cast

from aiohttp import BodyPartReader, MultipartReader, StreamReader, web
from aiohttp.http import HttpProcessingError

from bot.channels.body import PATIENCE, TooLarge, media_type
from bot.channels.webchat.said import TOO_LONG, TOO_SLOW, TYPE, UNCLEAR, Said, named, plain_name
from bot.channels.webchat.shelf import LARGEST_FILE
from bot.channels.webchat.visitors import Refused
from handlers.conversation.message import Upload

LONGEST_NOTE = 4096
"""Bytes of the words that go with a file."""
SLACK = 64 * 1024
"""Bytes a form takes around its file."""
LINES = 64
"""Lines of a form around what is in its three parts; a browser writes about twenty."""
HEADERS = 16
"""Of one part."""
WHOLE = 15 * 60.0
"""Seconds a file may take: 100 MB at 1 Mbit a second."""

Keep = Callable[[BodyPartReader, Upload], Awaitable[tuple[str, int]]]
"""Takes a file in; the name it is kept under, and its size in bytes."""


class Counted:
    """As much of a request's stream as a multipart reader uses, which would read on for as long as something comes in.

    Raises TooLarge, and TimeoutError when nothing comes for a while.
    """

    def __init__(self, stream: StreamReader) -> None:
        self._stream, self.taken, self.lines = stream, 0, 0

    async def read(self, n: int = -1) -> bytes:
        return self._count(await asyncio.wait_for(self._stream.read(n), PATIENCE))

    async def readline(self, *, max_line_length: int | None = None) -> bytes:
        self.lines += 1
        if self.lines > LINES:
            raise TooLarge
        return self._count(await asyncio.wait_for(self._stream.readline(max_line_length=max_line_length), PATIENCE))

    def unread_data(self, data: bytes) -> None:
        self.taken -= len(data)
        self._stream.unread_data(data)

    def at_eof(self) -> bool:
        return self._stream.at_eof()

    def _count(self, data: bytes) -> bytes:
        self.taken += len(data)
        if self.taken > LARGEST_FILE + SLACK:
            raise TooLarge
        return data


async def read_file(request: web.Request, keep: Keep) -> Said:
    """A posted file, given to `keep`. Raises Refused, TooLarge, or what `keep` raises."""
    if media_type(request) != "multipart/form-data":
        raise Refused(415, UNCLEAR)
    if (request.content_length or 0) > LARGEST_FILE + SLACK:
        raise TooLarge
    try:
        async with asyncio.timeout(WHOLE):
            return await parts(request, keep)
    except (ValueError, HttpProcessingError) as fault:
        raise Refused(400, UNCLEAR) from fault
    except TimeoutError as fault:
        raise Refused(408, TOO_SLOW) from fault


async def parts(request: web.Request, keep: Keep) -> Said:
    form = MultipartReader(request.headers, cast(StreamReader, Counted(request.content)), max_headers=HEADERS)
    key = named((await part(await form.next(), "id").read_chunk(100)).decode())
    note = await read_note(part(await form.next(), "note"))
    return Said(key, {"file": await kept(part(await form.next(), "file"), keep) | {"note": note}})


async def read_note(sent: BodyPartReader) -> str:
    """The words that go with a file, maybe none. Raises Refused."""
    note = await sent.read_chunk(LONGEST_NOTE + 1)
    if len(note) > LONGEST_NOTE:
        raise Refused(413, TOO_LONG)
    return note.decode("utf-8", "replace").strip()


def part(found: Any, name: str) -> BodyPartReader:
    if not isinstance(found, BodyPartReader) or found.name != name:
        raise Refused(400, UNCLEAR)
    return found


async def kept(file: BodyPartReader, keep: Keep) -> dict[str, Any]:
    """Take a file in; what is known of it. Name and type are only claims."""
    claimed = file.headers.get("Content-Type", "").partition(";")[0].strip()
    kind = claimed if TYPE.fullmatch(claimed) else "application/octet-stream"
    name = plain_name(file.filename or "")
    remote, size = await keep(file, Upload("", name, kind, None))
    return {"remote": remote, "name": name, "type": kind, "size": size}
