"""Times as they are stored: ISO text in UTC with microseconds, so that text order is time order."""

from datetime import UTC, date, datetime
from functools import lru_cache


@lru_cache(maxsize=64)  # a turn writes its own moment many times
def stamp(moment: datetime) -> str:
    """An aware time as text. Raises ValueError for a naive one: nobody could say which hour it means."""
    if moment.tzinfo is None:
        raise ValueError("a time without a zone cannot be stored")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def moment(stored: str) -> datetime:
    """The aware time that was stored."""
    return datetime.fromisoformat(stored)


def maybe(stored: str | None) -> datetime | None:
    return None if stored is None else moment(stored)


def day(stored: str) -> date:
    return date.fromisoformat(stored)


def hour_of(moment: datetime) -> datetime:
    """The hour a moment is in: all that is kept of the time of somebody who wants to stay unknown."""
    return moment.replace(minute=0, second=0, microsecond=0)
