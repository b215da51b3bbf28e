"""The door Telegram knocks at: who has the secret is heard, and is told 200 only once everything is on disk."""

import hmac
import json
import logging

from aiohttp import web

from bot.channels.body import TooLarge, read_body
from bot.channels.channel import Receive
from bot.channels.telegram.updates import arrival

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
LARGEST_UPDATE = 1024 * 1024
"""Bytes (our choice; Telegram's updates are far smaller)."""


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
            raw = await read_body(request, LARGEST_UPDATE)
        except TooLarge:
            return web.Response(status=413)
        except Exception:
            # The caller went away in the middle, is too slow, or speaks no HTTP.
            return web.Response(status=400)
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
