"""Wrong codes typed in one chat within the hour. Only a hash of the chat is kept, so that it outlives an erasure.

Like all guesses to the hour, for everybody: it may have been the code of a report without a name.
"""

import hashlib
from datetime import datetime

from storage.database.database import Transaction
from storage.database.moment import hour_of, stamp


def guess(tx: Transaction, channel: str, address: str, now: datetime, since: datetime) -> None:
    """One more. Whatever is older than `since` counts no more, and goes."""
    tidy(tx, since)
    tx.run("INSERT INTO chat_guesses VALUES (:chat, :hour)", chat=hashed(channel, address), hour=stamp(hour_of(now)))


def guesses(tx: Transaction, channel: str, address: str, since: datetime) -> int:
    row = tx.one(
        "SELECT count(*) AS n FROM chat_guesses WHERE chat = :chat AND at > :since",
        chat=hashed(channel, address),
        since=stamp(since),
    )
    return int(row["n"]) if row else 0


def tidy(tx: Transaction, before: datetime) -> None:
    tx.run("DELETE FROM chat_guesses WHERE at < :before", before=stamp(before))


def hashed(channel: str, address: str) -> str:
    return hashlib.sha256(f"{channel}:{address}".encode()).hexdigest()
