"""Who calls: one of the practice persons or the holder of a secret cookie, from our own page, and not too fast."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from aiohttp import web

from bot.channels.callers import Callers, from_here
from bot.channels.webchat.budgets import Budget, Shared
from bot.channels.webchat.cookies import Cookies, address_of

MYSELF = "saya"
"""How a page names the holder of the cookie."""
HERE = {"127.0.0.1", "localhost", "::1"}
PORTS = {"http": 80, "https": 443}
HOUR = 3600

ELSEWHERE = "Halaman ini hanya dibuka di komputer ini sendiri, atau di alamat yang diatur pada PUBLIC_URL."
TOO_FAST = "Pesan Bapak/Ibu datang terlalu cepat. Mohon tunggu sebentar, lalu kirim lagi."
CROWD = (
    "Saat ini terlalu banyak pengunjung baru. Mohon coba lagi nanti, atau hubungi kami lewat Telegram atau WhatsApp."
)


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


class Visitors:
    """Tells callers apart. With `guests` it is practice: anybody at this machine may be any of them.

    `host` is what the server listens on; `cookies` are there once the key they are signed with was read.
    """

    cookies: Cookies

    def __init__(self, guests: Sequence[Guest], public_url: str, host: str, callers: Callers) -> None:
        self.guests = {guest.address: guest for guest in guests}
        self.callers = callers
        self._public, self._host = urlsplit(public_url), host.lower()
        self._messages, self._files = Budget(30, 10), Budget(40, 60)
        self._calls, self._lines = Budget(600, 10), Budget(100, 10)
        self._newcomers, self._strangers = Shared(30, 600, HOUR), Shared(60, 600, 600)

    @property
    def practice(self) -> bool:
        return bool(self.guests)

    @property
    def secure(self) -> bool:
        return self._public.scheme == "https"

    def check(self, request: web.Request) -> None:
        """Whether this call is for us at all, and not one of too many. Raises Refused."""
        if not self._ours(request):
            raise Refused(403, ELSEWHERE)
        if not self._calls.spend(self.callers.of(request)):
            raise Refused(429, TOO_FAST)

    def _ours(self, request: web.Request) -> bool:
        """PUBLIC_URL's host; without one (and in practice) this machine's own names, or what the server listens on.

        Practice lets anybody be an officer, so there this machine's names are for who sits at it: a Host is quickly
        forged, and no foreign site can point its name at us.
        """
        if self._public.netloc and authority(f"{self._public.scheme}://{request.host}") == authority(self._public):
            return True
        name = hostname(request.host)
        if self.practice:
            return name in HERE and from_here(request)
        return not self._public.netloc and (name in HERE or name == self._host)

    def address(self, request: web.Request) -> str:
        """Whose chat is called for. Raises Refused."""
        who = request.match_info["who"]
        if self.practice and who in self.guests:
            return who
        if self.practice or who != MYSELF:
            raise Refused(404, "Percakapan itu tidak ada.")
        secret = self.cookies.secret(request.cookies)
        if secret is None:
            raise Refused(401, "Mohon muat ulang halaman ini, lalu coba lagi.")
        return address_of(secret)

    def sender(self, request: web.Request, *, file: bool = False) -> str:
        """Whose chat is written to: only from our own page, and not too fast. Raises Refused."""
        self._check_origin(request)
        address = self.address(request)
        own = self._files if file else self._messages
        if not own.spend(address) or not self._lines.spend(self.callers.of(request)):
            raise Refused(429, TOO_FAST)
        return address

    def stranger(self, request: web.Request) -> None:
        """Somebody who has not agreed to anything yet writes. Raises Refused."""
        if not self._strangers.spend(self.callers.of(request)):
            raise Refused(429, CROWD)

    def welcome(self, request: web.Request, response: web.Response, known: bool) -> None:
        """Give a newcomer the secret by which they are known from now on. Raises Refused.

        `known`: the secret of `older_secret` has a chat, so that whoever has it is no newcomer.
        """
        if self.practice or self.cookies.secret(request.cookies) is not None:
            return
        secret, signed = self.cookies.older(request.cookies)
        if not (signed or (secret and known)):
            secret = ""
            if not self._newcomers.spend(self.callers.of(request)):
                raise Refused(429, CROWD)
        self.cookies.give(response, secret)

    def older_secret(self, request: web.Request) -> str:
        """The secret of a cookie from before they were signed, or from before there was https."""
        return "" if self.practice else self.cookies.older(request.cookies)[0]

    def _check_origin(self, request: web.Request) -> None:
        origin = urlsplit(request.headers.get("Origin", ""))
        public = self._public.netloc and authority(origin) == authority(self._public)
        local = origin.netloc.lower() == request.host.lower() and (self.practice or not self._public.netloc)
        if not origin.netloc or not (public or local):
            raise Refused(403, "Pesan hanya diterima dari halaman ini sendiri.")


def authority(url: SplitResult | str) -> tuple[str, str, int | None]:
    """Scheme, host and port of an address, the usual port filled in; nothing when it cannot be read."""
    try:
        parts = urlsplit(url) if isinstance(url, str) else url
        return parts.scheme, parts.hostname or "", parts.port or PORTS.get(parts.scheme)
    except ValueError:
        return "", "", None


def hostname(host: str) -> str:
    """The name in a Host header, without its port; empty when it cannot be read."""
    return authority(f"//{host}")[1]
