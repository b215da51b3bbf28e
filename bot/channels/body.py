"""A request's body, bounded in bytes as they come in and in seconds; what its head says about either counts nothing."""

import asyncio
from typing import Final

from aiohttp import web

PATIENCE: Final = 30.0
"""Seconds a body may take to come in (our choice)."""
PIECE: Final = 64 * 1024
LONGEST_TYPE: Final = 256
"""Characters of a Content-Type; a thousand parameters would take long to read."""


class TooLarge(Exception):
    """More bytes than are taken; nothing of it is kept."""


async def read_body(request: web.Request, at_most: int) -> bytes:
    """All of it. Raises TooLarge, TimeoutError, or what aiohttp raises when the caller goes away."""
    if (request.content_length or 0) > at_most:
        raise TooLarge
    read = bytearray()
    async with asyncio.timeout(PATIENCE):
        async for piece in request.content.iter_chunked(PIECE):
            read += piece
            if len(read) > at_most:
                raise TooLarge
    return bytes(read)


def media_type(request: web.Request) -> str:
    """What the body claims to be, without its parameters; nothing when that is too long to be true."""
    claimed = request.headers.get("Content-Type", "")
    return claimed.partition(";")[0].strip().lower() if len(claimed) <= LONGEST_TYPE else ""
