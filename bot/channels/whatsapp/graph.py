"""The Graph API over aiohttp: one session, and a bearer token that leaves only for Meta's own hosts."""

import json
import re
from collections.abc import AsyncGenerator, Mapping
from http import HTTPStatus
from typing import IO, Any, Final

import aiohttp
from yarl import URL

from bot.channels.channel import Outcome, SendFailed
from bot.channels.whatsapp.failure import GraphError, asked, code_of

CONNECTIONS: Final = 256
"""At once; what is beyond waits for `POOL` seconds and then counts as not sent."""
KEEP_ALIVE: Final = 30.0
POOL, CONNECT, READ = 5.0, 5.0, 15.0
"""Seconds."""
WRITE_FILE: Final = 240.0
"""Seconds. A file of 100 MB, WhatsApp's limit, takes that long at 3.5 Mbit/s."""
PIECE: Final = 64 * 1024
LARGEST_ANSWER: Final = 1024 * 1024
"""Bytes (our choice); Graph's answers are far smaller."""
HOSTS: Final = frozenset({"lookaside.fbsbx.com"})
FAMILIES: Final = (".fbcdn.net", ".facebook.com", ".whatsapp.net")
"""Where Meta keeps files people sent (Cloud API: download media). Nobody else gets the token."""
HOST: Final = re.compile(r"[a-z0-9.-]+")
GONE: Final = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
"""Answers of a download that will be the same tomorrow."""

Json = dict[str, Any]


class Graph:
    """Raises GraphError for an answer that is no success, and aiohttp's errors as they are."""

    def __init__(self, token: str, phone_number_id: str, api_url: str, version: str, read: float = READ) -> None:
        self._headers = {"Authorization": f"Bearer {token}"}
        self._number, self._read = phone_number_id, read
        self._home = URL(api_url)
        self._base = f"{api_url.rstrip('/')}/{version}"
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Close the session and its connections."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def get(self, path: str, **params: str) -> Json:
        """What Graph says of one thing."""
        return await self._call("GET", path, params=params)

    async def post(self, payload: Mapping[str, Any]) -> Json:
        """One call of `messages`."""
        body = json.dumps(payload).encode()
        return await self._call("POST", f"{self._number}/messages", body, {"Content-Type": "application/json"})

    async def upload(self, name: str, mime: str, content: IO[bytes]) -> str:
        """Give a file to WhatsApp, read as it is sent; the id it can be sent by."""
        form = aiohttp.FormData(quote_fields=False)
        form.add_field("messaging_product", "whatsapp")
        form.add_field("type", mime)
        form.add_field("file", content, filename=name, content_type=mime)
        answer = await self._call("POST", f"{self._number}/media", form, write=WRITE_FILE)
        if not isinstance(answer.get("id"), str) or not answer["id"]:
            raise GraphError(HTTPStatus.OK)
        return str(answer["id"])

    async def media_url(self, media_id: str) -> str:
        """Where a file stands for the next five minutes."""
        url = (await self.get(media_id, phone_number_id=self._number)).get("url")
        return url if isinstance(url, str) else ""

    async def download(self, address: str) -> AsyncGenerator[bytes, None]:
        """A file, piece by piece, for as long as it moves."""
        url = self._trusted(address)
        async with self._opened().get(
            url, headers=self._headers, timeout=self._limits(), allow_redirects=False
        ) as answer:
            if answer.status in GONE or HTTPStatus.MULTIPLE_CHOICES <= answer.status < HTTPStatus.BAD_REQUEST:
                raise SendFailed(Outcome.REFUSED, f"the download was answered with {answer.status}")
            if answer.status != HTTPStatus.OK:
                raise GraphError(answer.status)
            async for piece in answer.content.iter_chunked(PIECE):
                yield piece

    def _trusted(self, address: str) -> URL:
        """The address itself, if the token may go there. Raises SendFailed."""
        try:
            url = URL(address, encoded=True)
            ours = url.origin() == self._home.origin()
            host = (url.host or "").lower()
            metas = HOST.fullmatch(host) is not None and (host in HOSTS or host.endswith(FAMILIES))
            if ours or (metas and url.scheme == "https" and url.port == 443 and url.user is None):
                return url
        except ValueError:
            pass
        raise SendFailed(Outcome.REFUSED, "the file stands at an address that is not WhatsApp's")

    async def _call(
        self,
        method: str,
        path: str,
        body: bytes | aiohttp.FormData | None = None,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        write: float | None = None,
    ) -> Json:
        async with self._opened().request(
            method,
            f"{self._base}/{path}",
            data=body,
            headers={**self._headers, **(headers or {})},
            params=params,
            timeout=self._limits(write),
            allow_redirects=False,
        ) as answer:
            said = loaded(await beginning(answer))
            if answer.status == HTTPStatus.OK and said is not None:
                return said
            error = said.get("error") if said is not None else None
            raise GraphError(answer.status, code_of(error), asked(answer.headers.get("Retry-After")))

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=CONNECTIONS, keepalive_timeout=KEEP_ALIVE, ttl_dns_cache=300)
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())
        return self._session

    def _limits(self, write: float | None = None) -> aiohttp.ClientTimeout:
        """aiohttp has no limit for writing: with a file, the whole call gets as long as its parts may take."""
        total = None if write is None else POOL + CONNECT + write + self._read
        return aiohttp.ClientTimeout(total=total, connect=POOL + CONNECT, sock_connect=CONNECT, sock_read=self._read)


async def beginning(answer: aiohttp.ClientResponse) -> bytes:
    """The body, up to what an answer of Graph may have."""
    said = bytearray()
    async for piece in answer.content.iter_chunked(PIECE):
        said += piece
        if len(said) > LARGEST_ANSWER:
            break
    return bytes(said)


def loaded(body: bytes) -> Json | None:
    """An object, or None: a page of something in between is no answer."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None
