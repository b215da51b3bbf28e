"""How much Telegram takes: so many messages in any one second; whoever goes over it waits, with everybody else."""

import math
import time
from collections import deque

from .calls import Refused

HOLD = 2.0
"""Seconds everybody waits then (our choice; Telegram says some seconds to some hours)."""


class Rates:
    """`throttled` tells when the limit was met, `hasty` how often nobody waited as long as they were told."""

    def __init__(self, per_second: int, hold: float = HOLD) -> None:
        self.per_second, self.hold = per_second, hold
        self.throttled: list[float] = []
        self.hasty = 0
        self._last_second: deque[float] = deque()
        self._closed_until = 0.0

    def take(self) -> Refused | None:
        """Count one message; what is answered instead when it is too many."""
        now = time.monotonic()
        if now < self._closed_until:
            self.hasty += 1
            return self._refused(self._closed_until - now)
        while self._last_second and now - self._last_second[0] >= 1.0:
            self._last_second.popleft()
        if len(self._last_second) >= self.per_second:
            self.throttled.append(now)
            self._closed_until = now + self.hold
            return self._refused(self.hold)
        self._last_second.append(now)
        return None

    @staticmethod
    def _refused(seconds: float) -> Refused:
        rest = math.ceil(seconds)
        return Refused(f"Too Many Requests: retry after {rest}", 429, retry_after=rest)
