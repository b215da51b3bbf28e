"""The messengers in service and what each allows, as the running process says: plans are made from it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from storage.database import Transaction
from storage.moment import stamp


@dataclass(frozen=True, slots=True)
class Messenger:
    """`per_second` is what goes to many at the most; `reach` people first written to in a day, `window_hours` of free
    words after somebody wrote (both None: no limit); `edits`: whether what was sent can still be changed."""

    name: str
    per_second: int
    reach: int | None
    window_hours: int | None
    edits: bool


def set(tx: Transaction, messengers: Iterable[Messenger], now: datetime) -> None:
    """These are in service from now on, and no others."""
    tx.run("DELETE FROM messengers")
    for one in messengers:
        tx.run(
            """INSERT INTO messengers (name, per_second, reach, window_hours, edits, since)
            VALUES (:name, :per_second, :reach, :window, :edits, :now)""",
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
