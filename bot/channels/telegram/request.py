"""The network of python-telegram-bot over aiohttp: one session, and the same errors as its own backend."""

import io
import json
from collections.abc import AsyncGenerator
from http import HTTPStatus
from typing import Any, cast

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECTIONS = 256
"""At once; what is beyond waits for `POOL` seconds and then counts as not sent."""
KEEP_ALIVE = 30.0
POOL, CONNECT, READ = 5.0, 5.0, 15.0
"""Seconds. What is no file needs none for writing: it fits into the buffers of the connection."""
WRITE_FILE = 120.0
"""Seconds. A file of 50 MB, Telegram's limit, takes that long at 3.5 Mbit/s."""
PIECE = 64 * 1024
JSON = {"Content-Type": "application/json"}

Seconds = Any
"""A number, None for no limit, or `BaseRequest.DEFAULT_NONE`, whose type is not public."""


class AiohttpRequest(BaseRequest):
    """Raises TimedOut or NetworkError with aiohttp's error as the cause; no text of theirs contains an address.

    A cause that `never_sent` knows means that nothing left this machine.
    """

    def __init__(
        self, *, connections: int = CONNECTIONS, connect: float = CONNECT, pool: float = POOL, read: float = READ
    ):
        self._connections, self._connect, self._pool, self._read = connections, connect, pool, read
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds."""
        return self._read

    async def initialize(self) -> None:
        """Open the session, in the loop that will use it. Asked for again and again, it opens one."""
        self._opened()

    async def shutdown(self) -> None:
        """Close the session and its connections."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Seconds = BaseRequest.DEFAULT_NONE,
        write_timeout: Seconds = BaseRequest.DEFAULT_NONE,
        connect_timeout: Seconds = BaseRequest.DEFAULT_NONE,
        pool_timeout: Seconds = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """The status and the body of one call."""
        body, headers, write = written(request_data)
        limits = self._limits(read_timeout, chosen(write_timeout, write), connect_timeout, pool_timeout)
        try:
            async with self._opened().request(
                method, url, data=body, headers=headers, timeout=limits, allow_redirects=False
            ) as answer:
                return answer.status, await answer.read()
        except Exception as error:
            raise translated(error) from cause(error)

    async def download(self, url: str) -> AsyncGenerator[bytes, None]:
        """A file, piece by piece, for as long as it moves. An answer other than 200 is a NetworkError too."""
        try:
            async with self._opened().get(url, timeout=self._limits(), allow_redirects=False) as answer:
                if answer.status != HTTPStatus.OK:
                    raise NetworkError(f"the download was answered with {answer.status}")
                async for piece in answer.content.iter_chunked(PIECE):
                    yield piece
        except TelegramError:
            raise
        except Exception as error:
            raise translated(error) from cause(error)

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """As the inherited one, which however logs what it cannot parse, and that may be somebody's words."""
        try:
            return cast("dict[str, Any]", json.loads(payload.decode("utf-8", "replace")))
        except (ValueError, RecursionError):
            raise TelegramError("Invalid server response") from None

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=KEEP_ALIVE, ttl_dns_cache=300)
            self._session = aiohttp.ClientSession(
                connector=connector,
                headers={"User-Agent": self.USER_AGENT},
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        return self._session

    def _limits(
        self,
        read: Seconds = BaseRequest.DEFAULT_NONE,
        write: float | None = None,
        connect: Seconds = BaseRequest.DEFAULT_NONE,
        pool: Seconds = BaseRequest.DEFAULT_NONE,
    ) -> aiohttp.ClientTimeout:
        """aiohttp has no limit for writing: if there is one, the whole call gets as long as its parts may take."""
        read, connect, pool = chosen(read, self._read), chosen(connect, self._connect), chosen(pool, self._pool)
        reaching = None if pool is None or connect is None else pool + connect
        total = None if reaching is None or read is None or write is None else reaching + write + read
        return aiohttp.ClientTimeout(total=total, connect=reaching, sock_connect=connect, sock_read=read)


def written(data: RequestData | None) -> tuple[bytes | aiohttp.FormData | None, dict[str, str] | None, float | None]:
    """The body of a call, its headers, and the seconds it may take to go out. JSON is the cheapest to write."""
    if data is None:
        return None, None, None
    if data.contains_files:
        return form(data), None, WRITE_FILE
    return json.dumps(data.parameters).encode(), JSON, None


def chosen(given: Seconds, usual: float | None) -> float | None:
    return usual if given is BaseRequest.DEFAULT_NONE else cast("float | None", given)


def form(data: RequestData) -> aiohttp.FormData:
    """A multipart body. Telegram reads file names as they are: percent signs would be shown to the person."""
    body = aiohttp.FormData(quote_fields=False)
    for name, value in data.json_parameters.items():
        body.add_field(name, value)
    for name, (filename, content, mime) in data.multipart_data.items():
        file = io.BytesIO(content) if isinstance(content, bytes) else content
        body.add_field(name, file, filename=filename, content_type=mime)
    return body


def translated(error: Exception) -> NetworkError:
    """Only the class is named: the words of some errors hold the address, and the address holds the token."""
    if isinstance(error, TimeoutError):
        return TimedOut(f"aiohttp.{type(error).__name__}")
    return NetworkError(f"aiohttp.{type(error).__name__}")


def cause(error: Exception) -> Exception | None:
    """The error as a cause, without the address in its words; none where the address cannot be taken out."""
    if isinstance(error, aiohttp.InvalidURL):
        return None
    if isinstance(error, aiohttp.ServerTimeoutError):
        error.args = ()
    return error


def never_sent(error: BaseException | None) -> bool:
    """Whether this cause lies before the first byte: no connection, or none became free in time."""
    return isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError)
