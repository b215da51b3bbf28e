"""What the office profile says about announcements: when one waits for a person, and when it stops by itself."""

from pydantic import BaseModel, ConfigDict, Field


class BroadcastRules(BaseModel):
    """`late_minutes` after its time it waits for a person. It pauses when, of at least `pause_after` that were tried,
    `pause_failed_percent` failed or are in doubt."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    late_minutes: int = Field(ge=1)
    pause_after: int = Field(ge=1)
    pause_failed_percent: int = Field(ge=1, le=100)
