"""The messengers in service and what each allows, as the running process says: plans are made from it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.database.database import Transaction
from storage.database.moment import stamp


@dataclass(frozen=True, slots=True)
class Messenger:
    """`per_second` is what goes to many at the most; `reach` people first written to in a day, `window_hours` of free
    words after somebody wrote (both None: no limit); `edits`: whether what was sent can still be changed."""

    name: str
    per_second: int
    reach: int | None
    window_hours: int | None
    edits: bool


SILENT = timedelta(minutes=10)
"""A messenger that no process has spoken of for so long is out of service."""


def set(tx: Transaction, messengers: Iterable[Messenger], now: datetime) -> None:
    """These are in service, says the process that has them; said again every minute. Another may have others."""
    tx.run("DELETE FROM messengers WHERE seen_at < :silent", silent=stamp(now - SILENT))
    for one in messengers:
        tx.run(
            """INSERT INTO messengers (name, per_second, reach, window_hours, edits, seen_at)
            VALUES (:name, :per_second, :reach, :window, :edits, :now)
            ON CONFLICT (name) DO UPDATE SET per_second = :per_second, reach = :reach, window_hours = :window,
              edits = :edits, seen_at = :now""",
            name=one.name,
            per_second=one.per_second,
            reach=one.reach,
            window=one.window_hours,
            edits=int(one.edits),
            now=stamp(now),
        )


def serving(tx: Transaction) -> dict[str, Messenger]:
    """By name."""
    rows = tx.all("SELECT * FROM messengers ORDER BY name")
    found = [
        Messenger(row["name"], row["per_second"], row["reach"], row["window_hours"], bool(row["edits"])) for row in rows
    ]
    return {one.name: one for one in found}
