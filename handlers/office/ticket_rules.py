"""What the office profile says about tickets, situation reports and activity reports: data of one district."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic.types import StringConstraints

from handlers.office.calendar import FAR

KINDS = ("laporan", "situasi", "masukan", "klarifikasi", "percakapan")
"""The kinds of ticket, by the key under which the profile and the database know them."""

Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,32}$")]


class Rules(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TicketRules(Rules):
    """Floods, and how long words are kept. `kept_days` by kind of ticket, from the day it was closed."""

    per_hour: int = Field(ge=1)
    per_day: int = Field(ge=1)
    anonymous_per_hour: int = Field(ge=1)
    talks_per_hour: int = Field(ge=1)
    """Of one person, beside what else they send: a talk is never closed by other kinds."""
    mute_days: list[Annotated[int, Field(ge=1, le=90)]]
    kept_days: dict[Key, Annotated[int, Field(ge=1)]]


class ServiceLevel(Rules):
    """What one kind of ticket is promised, in working days: a first answer, and the end."""

    first_response: int = Field(ge=1, le=FAR)
    resolution: int = Field(ge=1, le=FAR)


def every_kind(levels: dict[Key, ServiceLevel]) -> dict[Key, ServiceLevel]:
    """Raises ValueError when a kind of ticket has no promise, or a promise has no such kind."""
    if levels.keys() != set(KINDS):
        raise ValueError(f"must name each of {', '.join(KINDS)}, and nothing else")
    return levels


class ServiceLevels(Rules):
    """The promises of every kind. Working days too: `warn_before` a breach, `silent_close_after` an open question."""

    kinds: Annotated[dict[Key, ServiceLevel], AfterValidator(every_kind)]
    warn_before: int = Field(ge=0, le=FAR)
    silent_close_after: int = Field(ge=1, le=FAR)


class SituationRules(Rules):
    """Who is rung, in which order, and how serious something can be said to be."""

    ring: list[list[Key]]
    """Roles of each step; the next is rung when nobody took it in `ring_minutes`."""
    ring_minutes: int = Field(ge=1)
    at_once: list[Key]
    """Levels at which all steps are rung together."""
    may_wait: list[Key] = Field(default_factory=list)
    """Levels at which the bell for a report without a name waits some minutes, drawn by lot."""
    levels: dict[Key, str]
    respond_minutes: dict[Key, Annotated[int, Field(ge=0)]]
    """By level: minutes on the clock, day and night, to the first answer; other levels have working days."""
    per_hour: int = Field(ge=1)
    """Reports of one person; a flood of anything else never closes this way."""
    muted_per_hour: int = Field(ge=1)
    """Of somebody an officer asked to wait: danger is told all the same."""
    anonymous_per_hour: int = Field(ge=1)
    """Of all who give no name, together."""
    digest_weekday: int = Field(ge=0, le=6)
    """0 is Monday."""
    digest_hour: int = Field(ge=0, le=23)


class ReportRules(Rules):
    """The duty to report activities: how often, until when, and when it is reminded of (days)."""

    months: int = Field(ge=1, le=12)
    due_days_after: int = Field(ge=0)
    """Days after the end of a period within which its report is in time."""
    remind_days_before: list[Annotated[int, Field(ge=1)]]
    remind_days_after: list[Annotated[int, Field(ge=1)]]
    remind_hour: int = Field(ge=0, le=23)
    basis: str
    """The rule the duty comes from, as it is told to leaders."""
    signed_by: list[str]
