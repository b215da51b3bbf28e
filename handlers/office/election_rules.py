"""What the office profile says about elections and announcements: data of one district."""

from typing import Annotated

from pydantic import Field

from handlers.office.ticket_rules import Rules

Days = Annotated[int, Field(ge=0, le=365)]


class Watchdog(Rules):
    """Who takes reports of violations. What is empty is not known, and said to be so."""

    name: str
    site: str = ""
    phone: str = ""
    address: str = ""


class Ban(Rules):
    """Something an ormas may not do, and the law that says so."""

    text: str
    law: str


class ElectionRules(Rules):
    """`notes` are said while no stage is known; `allowed_in_quiet` are topics that still go out in masa tenang.

    `alert_days` before the first day of a stage an alert is drafted, at `alert_hour` o'clock.
    """

    watchdog: Watchdog
    notes: list[Ban]
    bans: list[Ban]
    allowed_in_quiet: list[str]
    alert_days: list[Days]
    alert_hour: int = Field(ge=0, le=23)
