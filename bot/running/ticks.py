"""When the clock ticks next: a while from now, however far the system's clock may have jumped meanwhile."""

from datetime import datetime, timedelta

from apscheduler.triggers.base import BaseTrigger


class Every(BaseTrigger):  # type: ignore[misc]  # the library has no types
    """Counted from now and not from the last time: after a jump of ten years one tick is due, not sixty million."""

    def __init__(self, seconds: int) -> None:
        self.pause = timedelta(seconds=seconds)

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:  # noqa: ARG002
        return now + self.pause
