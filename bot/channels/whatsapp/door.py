"""The door Meta knocks at: what is signed with our secret is kept, and is told 200 only once it is on disk."""

import asyncio
import hashlib
import hmac
import logging
import re
from collections.abc import Callable, Iterable
from typing import Final

from aiohttp import web
from prometheus_client import Counter

from bot.channels.body import TooLarge, read_body
from bot.channels.channel import Receive
from bot.channels.whatsapp.split import split
from bot.metrics import REGISTRY

log = logging.getLogger(__name__)

SIGNATURE_HEADER: Final = "X-Hub-Signature-256"
SIGNATURE: Final = re.compile(rb"sha256=[0-9a-f]{64}")
LARGEST_BODY: Final = 4 * 1024 * 1024
"""Bytes (our choice; Meta's bodies have at most 3 MB)."""
LARGE: Final = 256 * 1024
"""Bytes from which on a body is taken apart beside everything else (our choice)."""
CHALLENGE: Final = re.compile(r"[A-Za-z0-9_-]{1,256}")
"""What Meta asks to hear again; it sends digits."""
FOREIGN: Final = Counter(
    "rumah_whatsapp_foreign", "Items that were for another number of the same WhatsApp account", registry=REGISTRY
)


class Door:
    """Answers 401 without a signature of ours, 413 to too much, 503 when nothing could be kept: Meta comes again for
    seven days then. `seen` hears which messages are on disk."""

    def __init__(
        self,
        app_secret: str,
        verify_token: str,
        phone_number_id: str,
        receive: Receive,
        seen: Callable[[Iterable[str]], None],
    ) -> None:
        self._secret, self._token, self._number = app_secret.encode(), verify_token.encode(), phone_number_id
        self._receive, self._seen = receive, seen

    async def challenged(self, request: web.Request) -> web.Response:
        """Meta asks whether this address is ours."""
        asked = request.query
        given = asked.get("hub.verify_token", "").encode("utf-8", "surrogatepass")
        ours = hmac.compare_digest(given, self._token) and asked.get("hub.mode") == "subscribe"
        challenge = asked.get("hub.challenge", "")
        if not ours or not CHALLENGE.fullmatch(challenge):
            return web.Response(status=403)
        return web.Response(text=challenge)

    async def answer(self, request: web.Request) -> web.Response:
        """One delivery."""
        # Over bytes: a header may hold anything.
        given = request.headers.get(SIGNATURE_HEADER, "").encode("utf-8", "surrogatepass")
        if not SIGNATURE.fullmatch(given):
            return web.Response(status=401)
        try:
            raw = await read_body(request, LARGEST_BODY)
        except TooLarge:
            return web.Response(status=413)
        except Exception:
            # The caller went away in the middle, is too slow, or speaks no HTTP.
            return web.Response(status=400)
        if not hmac.compare_digest(given, signature(self._secret, raw)):
            return web.Response(status=401)
        return web.Response(status=200 if await self._kept(raw) else 503)

    async def _kept(self, raw: bytes) -> bool:
        apart = split(raw, self._number) if len(raw) < LARGE else await asyncio.to_thread(split, raw, self._number)
        arrivals, foreign, seen = apart
        try:
            if arrivals:
                await self._receive(arrivals)
        except Exception as error:
            log.warning("A delivery could not be kept (%s); WhatsApp will send it again", type(error).__name__)
            return False
        FOREIGN.inc(foreign)
        self._seen(seen)
        return True


def signature(secret: bytes, raw: bytes) -> bytes:
    """What the header must say for these bytes."""
    return b"sha256=" + hmac.new(secret, raw, hashlib.sha256).hexdigest().encode()
