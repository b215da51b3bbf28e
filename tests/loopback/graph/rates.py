"""How many messages a number may send: so many a second, and to the same person a burst and then one in six seconds."""

import time
from collections import deque

from .errors import GraphError

PER_SECOND, BURST, SECONDS_EACH = 80, 45, 6.0


class Rates:
    """`throttled` names each limit that was met; with `kept` False nobody is held back."""

    def __init__(self) -> None:
        self.kept = True
        self.throttled: list[int] = []
        self._last_second: deque[float] = deque()
        self._pairs: dict[int, tuple[float, float]] = {}

    def take(self, person: int | None) -> None:
        """Count one message. Raises the error of the limit it meets."""
        now = time.monotonic()
        while self._last_second and now - self._last_second[0] >= 1.0:
            self._last_second.popleft()
        if len(self._last_second) >= PER_SECOND:
            self._meet(130429, "too many messages were sent from this number in a short time")
        if person is not None:
            self._take_pair(person, now)
        self._last_second.append(now)

    def _take_pair(self, person: int, now: float) -> None:
        left, at = self._pairs.get(person, (float(BURST), now))
        left = min(BURST, left + (now - at) / SECONDS_EACH)
        if left < 1:
            self._meet(131056, "too many messages were sent to this person in a short time")
        self._pairs[person] = (max(left - 1, 0.0), now)

    def _meet(self, error: int, details: str) -> None:
        if self.kept:
            self.throttled.append(error)
            raise GraphError(error, details)
