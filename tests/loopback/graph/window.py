"""The server's own clock, which a test may move, and the 24 hours in which free words are allowed."""

import time
from datetime import timedelta

WINDOW = timedelta(hours=24)


class MovableClock:
    """Wall time plus what a test added to it."""

    def __init__(self) -> None:
        self._ahead = 0.0

    @property
    def now(self) -> float:
        return time.time() + self._ahead

    @property
    def stamp(self) -> str:
        """As Meta writes a time."""
        return str(int(self.now))

    def shift(self, by: timedelta) -> None:
        self._ahead += by.total_seconds()

    def open_since(self, wrote_at: float | None) -> bool:
        """Whether somebody who last wrote then may still be sent free words."""
        return wrote_at is not None and self.now - wrote_at < WINDOW.total_seconds()
