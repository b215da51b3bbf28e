"""Who calls: one of the practice persons or the holder of a secret cookie, from our own page, and not too fast."""

import hashlib
import re
import secrets
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from aiohttp import web

COOKIE = "rumah_kedua"
SECRET = re.compile(r"[0-9a-f]{32}")
MYSELF = "saya"
"""How a page names the holder of the cookie."""
COOKIE_SECONDS = 400 * 24 * 3600
HERE = {"127.0.0.1", "localhost", "::1"}


@dataclass(frozen=True, slots=True)
class Guest:
    """A practice person: `about` says in a few words who that is."""

    address: str
    name: str
    about: str


@dataclass
class Refused(Exception):
    """A call that is not served; `sentence` is for the person."""

    status: int
    sentence: str


class Pace:
    """At most so many calls in so many seconds by one address."""

    FORGET_ABOVE = 10_000

    def __init__(self, at_most: int, seconds: float) -> None:
        self._at_most, self._seconds = at_most, seconds
        self._calls: dict[str, deque[float]] = {}

    def check(self, address: str) -> None:
        """Count a call. Raises Refused when it is one too many."""
        now = time.monotonic()
        if len(self._calls) > self.FORGET_ABOVE:
            self._calls = {who: calls for who, calls in self._calls.items() if calls[-1] > now - self._seconds}
        calls = self._calls.setdefault(address, deque(maxlen=self._at_most))
        if len(calls) == self._at_most and calls[0] > now - self._seconds:
            raise Refused(429, "Pesan Bapak/Ibu datang terlalu cepat. Mohon tunggu sebentar, lalu kirim lagi.")
        calls.append(now)


class Visitors:
    """Tells callers apart. With `guests` it is practice: anybody at this machine may be any of them."""

    def __init__(self, guests: Sequence[Guest], public_url: str) -> None:
        self.guests = {guest.address: guest for guest in guests}
        self._public = urlsplit(public_url)
        self._messages, self._files = Pace(30, 10), Pace(40, 60)

    @property
    def practice(self) -> bool:
        return bool(self.guests)

    def check_host(self, request: web.Request) -> None:
        """In practice only this machine or PUBLIC_URL is served, so that no foreign site can point its name at us."""
        if not self.practice or request.host.lower() == self._public.netloc.lower():
            return
        if hostname(request.host) not in HERE:
            raise Refused(403, "Mode latihan hanya dibuka di komputer ini, atau di alamat yang diatur pada PUBLIC_URL.")

    def address(self, request: web.Request) -> str:
        """Whose chat is called for. Raises Refused."""
        who = request.match_info["who"]
        if self.practice and who in self.guests:
            return who
        if self.practice or who != MYSELF:
            raise Refused(404, "Percakapan itu tidak ada.")
        secret = request.cookies.get(COOKIE, "")
        if not SECRET.fullmatch(secret):
            raise Refused(401, "Mohon muat ulang halaman ini, lalu coba lagi.")
        return hashlib.sha256(secret.encode()).hexdigest()

    def sender(self, request: web.Request, *, file: bool = False) -> str:
        """Whose chat is written to: only from our own page, and not too fast. Raises Refused."""
        self._check_origin(request)
        address = self.address(request)
        (self._files if file else self._messages).check(address)
        return address

    def welcome(self, request: web.Request, response: web.Response) -> None:
        """Give a newcomer the secret by which they are known from now on."""
        if self.practice or SECRET.fullmatch(request.cookies.get(COOKIE, "")):
            return
        response.set_cookie(
            COOKIE,
            secrets.token_hex(16),
            max_age=COOKIE_SECONDS,
            httponly=True,
            samesite="Lax",
            secure=self._public.scheme == "https",
        )

    def _check_origin(self, request: web.Request) -> None:
        origin = urlsplit(request.headers.get("Origin", "")).netloc.lower()
        if not origin or origin not in (request.host.lower(), self._public.netloc.lower()):
            raise Refused(403, "Pesan hanya diterima dari halaman ini sendiri.")


def hostname(host: str) -> str:
    """The name in a Host header, without its port; empty when it cannot be read."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
