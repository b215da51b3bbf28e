"""The key that the page's cookies are signed with: made once, a row like any other, so that it survives a move."""

import secrets
from datetime import datetime

from storage.database.database import Transaction
from storage.database.moment import stamp

COOKIES = "cookies"


def cookie_key(tx: Transaction, now: datetime) -> bytes:
    """Who reads it can be many visitors, but none who is there already: their secrets are not kept."""
    tx.run(
        "INSERT INTO web_keys VALUES (:name, :key, :now) ON CONFLICT (name) DO NOTHING",
        name=COOKIES,
        key=secrets.token_hex(32),
        now=stamp(now),
    )
    row = tx.one("SELECT key FROM web_keys WHERE name = :name", name=COOKIES)
    assert row is not None
    return bytes.fromhex(row["key"])
