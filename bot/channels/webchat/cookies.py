"""The secret by which a visitor is known: drawn and signed by us, so that nobody can be many by inventing some."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping

from aiohttp import web

PLAIN = "rumah_kedua"
SECRET = re.compile(r"[0-9a-f]{32}")
SECONDS = 400 * 24 * 3600
"""As long as a browser keeps a cookie at most."""


class Cookies:
    """Issues and reads them. With https the name begins with `__Host-`: no other host can set it (RFC 6265bis)."""

    def __init__(self, key: bytes, *, secure: bool) -> None:
        self._key, self._secure = key, secure
        self.name = f"__Host-{PLAIN}" if secure else PLAIN

    def secret(self, cookies: Mapping[str, str]) -> str | None:
        """The secret of a cookie of ours; None without one."""
        return self._genuine(cookies.get(self.name, ""))

    def older(self, cookies: Mapping[str, str]) -> tuple[str, bool]:
        """What came under the name without https, and whether we signed it; an unsigned one is from before we did."""
        value = cookies.get(PLAIN, "")
        signed = self._genuine(value)
        return signed or (value if SECRET.fullmatch(value) else ""), signed is not None

    def give(self, response: web.StreamResponse, secret: str = "") -> None:
        """Make the caller known by `secret`, or by a new one."""
        secret = secret or secrets.token_hex(16)
        response.set_cookie(
            self.name,
            f"{secret}.{self._signature(secret)}",
            max_age=SECONDS,
            path="/",
            httponly=True,
            samesite="Lax",
            secure=self._secure,
        )
        if self.name != PLAIN:
            response.del_cookie(PLAIN, path="/")

    def _genuine(self, value: str) -> str | None:
        secret, _, signature = value.partition(".")
        ours = SECRET.fullmatch(secret) and hmac.compare_digest(signature.encode(), self._signature(secret).encode())
        return secret if ours else None

    def _signature(self, secret: str) -> str:
        return hmac.new(self._key, secret.encode(), hashlib.sha256).hexdigest()


def address_of(secret: str) -> str:
    """The chat of whoever holds the secret. It cannot be turned back."""
    return hashlib.sha256(secret.encode()).hexdigest()
