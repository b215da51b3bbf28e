"""How much anybody may do in a while: people at their own pace, strangers together within what we can bear."""

import time
from collections import OrderedDict, deque


class Budget:
    """At most so many times in so many seconds for each; who was away longest is forgotten first."""

    REMEMBERED = 10_000

    def __init__(self, at_most: int, seconds: float) -> None:
        self._at_most, self._seconds = at_most, seconds
        self._spent: OrderedDict[str, deque[float]] = OrderedDict()

    def spend(self, who: str) -> bool:
        """Count one; False, and nothing counted, when it is one too many."""
        now = time.monotonic()
        times = self._spent.setdefault(who, deque(maxlen=self._at_most))
        self._spent.move_to_end(who)
        if len(self._spent) > self.REMEMBERED:
            self._spent.popitem(last=False)
        if len(times) == self._at_most and times[0] > now - self._seconds:
            return False
        times.append(now)
        return True


class Shared:
    """A budget for each and one for all of them together, so that many cannot do what one may not."""

    def __init__(self, each: int, all_of_them: int, seconds: float) -> None:
        self._each, self._all = Budget(each, seconds), Budget(all_of_them, seconds)

    def spend(self, who: str) -> bool:
        """One who is over their own budget takes nothing from the others'."""
        return self._each.spend(who) and self._all.spend("")
