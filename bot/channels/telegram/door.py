"""The door Telegram knocks at: who has the secret is heard, and is told 200 only once everything is on disk."""

import hmac
import json
import logging

from aiohttp import web

from bot.channels.channel import Receive
from bot.channels.telegram.updates import arrival

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
LARGEST_UPDATE = 1024 * 1024
"""Bytes (our choice; Telegram's updates are far smaller)."""
PIECE = 64 * 1024


class Door:
    """Answers 403 without the secret, 413 to too much, 503 when nothing could be kept: then Telegram comes again."""

    def __init__(self, secret: str, receive: Receive) -> None:
        self._secret, self._receive = secret.encode(), receive

    async def answer(self, request: web.Request) -> web.Response:
        """One delivery."""
        # Before the body, and over bytes: a header may hold anything.
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            return web.Response(status=403)
        try:
            raw = await body(request)
        except Exception:
            # The caller went away in the middle, or speaks no HTTP.
            return web.Response(status=400)
        if raw is None:
            return web.Response(status=413)
        return web.Response(status=200 if await self._kept(raw) else 503)

    async def _kept(self, raw: bytes) -> bool:
        """What is no JSON is kept as well: it knew the secret, so somebody should look at it."""
        try:
            update = json.loads(raw)
        except (ValueError, RecursionError):
            update = None
        try:
            await self._receive([arrival(raw, update)])
        except Exception as error:
            log.warning("An update could not be kept (%s); Telegram will send it again", type(error).__name__)
            return False
        return True


async def body(request: web.Request) -> bytes | None:
    """All of it, or None when it is more than `LARGEST_UPDATE`."""
    if (request.content_length or 0) > LARGEST_UPDATE:
        return None
    read = bytearray()
    async for piece in request.content.iter_chunked(PIECE):
        read += piece
        if len(read) > LARGEST_UPDATE:
            return None
    return bytes(read)
