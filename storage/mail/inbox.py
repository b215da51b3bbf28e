"""What came in, byte for byte, before anything was made of it."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.database.database import Row, Transaction
from storage.database.moment import hour_of, stamp


@dataclass(frozen=True, slots=True)
class Arrival:
    """One item of a provider: `key` is the provider's own name for it, so that twice is once."""

    channel: str
    key: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """An arrival that waits to be worked off."""

    id: int
    channel: str
    raw: bytes


def put(tx: Transaction, arrivals: Iterable[Arrival], now: datetime) -> int:
    """Keep what arrived; how many of them were new. Of its key only a hash: it may hold a number or an address."""
    return sum(
        tx.run(
            """INSERT INTO inbox (channel, key, raw, received_at) VALUES (:channel, :key, :raw, :now)
            ON CONFLICT (channel, key) DO NOTHING""",
            channel=arrival.channel,
            key=hashlib.sha256(arrival.key.encode()).hexdigest(),
            raw=arrival.raw,
            now=stamp(now),
        )
        for arrival in arrivals
    )


def waiting(tx: Transaction, channels: Sequence[str], at_most: int) -> list[Letter]:
    """The oldest arrivals of these channels that nothing was done with yet."""
    letters: list[Letter] = []
    for channel in channels:
        rows = tx.all(
            """SELECT id, channel, raw FROM inbox WHERE channel = :channel AND done_at IS NULL AND parked_at IS NULL
            ORDER BY id LIMIT :at_most""",
            channel=channel,
            at_most=at_most,
        )
        letters.extend(Letter(row["id"], row["channel"], bytes(row["raw"])) for row in rows)
    return sorted(letters, key=lambda letter: letter.id)[:at_most]


def how_many(tx: Transaction) -> int:
    """What waits for its turn, on all channels."""
    row = tx.one("SELECT count(*) AS n FROM inbox WHERE done_at IS NULL AND parked_at IS NULL")
    return int(row["n"]) if row else 0


def done(tx: Transaction, letter_id: int, address: str, now: datetime) -> None:
    """Worked off; its words stay for the days the settings say."""
    tx.run(
        "UPDATE inbox SET done_at = :now, address = :address WHERE id = :id",
        id=letter_id,
        address=address,
        now=stamp(now),
    )


def forget(tx: Transaction, letter_id: int, now: datetime) -> None:
    """Worked off for someone who has not agreed: only its key stays, so that twice is once."""
    tx.run("UPDATE inbox SET done_at = :now, raw = :nothing WHERE id = :id", id=letter_id, nothing=b"", now=stamp(now))


def hush(tx: Transaction, letter_id: int, now: datetime) -> None:
    """Worked off for somebody who wants to stay unknown: only its key stays, and the hour."""
    tx.leave_no_trace()
    tx.run(
        """UPDATE inbox SET done_at = :hour, received_at = :hour, raw = :nothing, address = NULL,
          parked_at = CASE WHEN parked_at IS NULL THEN NULL ELSE :hour END WHERE id = :id""",
        id=letter_id,
        nothing=b"",
        hour=stamp(hour_of(now)),
    )


def park(tx: Transaction, letter_id: int, fault: str, now: datetime, address: str | None = None) -> None:
    """Nothing could be made of it: set aside for an admin, out of the way of what is behind it."""
    tx.run(
        "UPDATE inbox SET parked_at = :now, fault = :fault, address = :address WHERE id = :id",
        id=letter_id,
        fault=fault,
        address=address,
        now=stamp(now),
    )


def parked(tx: Transaction, at_most: int = 20) -> list[Row]:
    """What was set aside, the newest first: id, channel, key, parked_at, fault."""
    return tx.all(
        """SELECT id, channel, key, parked_at, fault FROM inbox WHERE parked_at IS NOT NULL
        ORDER BY id DESC LIMIT :at_most""",
        at_most=at_most,
    )


def tidy(tx: Transaction, empty_before: datetime, forget_before: datetime) -> int:
    """Empty what is old, what was set aside too; forget the keys once no provider can send them again."""
    tx.run(
        "DELETE FROM inbox WHERE received_at < :limit AND (done_at IS NOT NULL OR parked_at IS NOT NULL)",
        limit=stamp(forget_before),
    )
    return tx.run(
        """UPDATE inbox SET raw = :nothing, address = NULL
        WHERE received_at < :limit AND (done_at IS NOT NULL OR parked_at IS NOT NULL) AND raw <> :nothing""",
        nothing=b"",
        limit=stamp(empty_before),
    )
