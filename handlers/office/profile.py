"""The office profile: hours, hosts, holidays, names. Data that differs by district, never code."""

import json
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.types import StringConstraints

from handlers.office.announcement_rules import BroadcastRules
from handlers.office.calendar import WEEKDAYS, WorkingCalendar
from handlers.office.election_rules import ElectionRules
from handlers.office.ticket_rules import ReportRules, ServiceLevels, SituationRules, TicketRules
from handlers.office.working_time import WorkingTime

SHIPPED = Path(__file__).parent / "offices" / "kabupaten-pekalongan.json"

Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,32}$")]
"""Keys travel in buttons, which carry 64 bytes."""


def clock(written: object) -> object:
    """`08.30`, as people here write it."""
    return time.fromisoformat(written.replace(".", ":")) if isinstance(written, str) else written


def span(written: object) -> object:
    return tuple(map(clock, written.split("-"))) if isinstance(written, str) else written


Clock = Annotated[time, BeforeValidator(clock)]
Span = Annotated[tuple[time, time], BeforeValidator(span)]


def in_order(week: dict[str, list[Span]]) -> dict[str, list[Span]]:
    """Raises ValueError for a day nobody knows, and for hours that end before they begin, overlap or touch."""
    for day, spans in week.items():
        edges = [edge for span in spans for edge in span]
        if day not in WEEKDAYS or edges != sorted(set(edges)):
            raise ValueError(f"the hours of {day} are not in order, or there is no such day")
    return week


Week = Annotated[dict[str, list[Span]], AfterValidator(in_order)]


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Host(Part):
    """Someone who receives guests, by role. `minutes` a meeting, `buffer_minutes` between two, `per_day` at most."""

    label: str
    minutes: int = Field(ge=5, le=480)
    buffer_minutes: int = Field(ge=0, le=240)
    per_day: int = Field(ge=1)


class MeetingRules(Part):
    """How soon and how far ahead: both the calendar and the working-day rule must hold."""

    notice_hours: int
    notice_working_days: int
    horizon_days: int
    horizon_working_days: int
    per_day: int
    days_offered: int
    open_per_person: int = Field(default=5, ge=1)
    """Requests with a time still to come that one person may have at once."""


class ReminderRules(Part):
    working_day_before_at: Clock
    hours_before: int
    late_after_minutes: int
    promise_at: Clock
    promise_every_days: int = Field(ge=1)
    outcome_after_minutes: int


class Area(Part):
    """A box around the district, in degrees, wide enough to hold all of it: beyond it a position is asked about."""

    south: float = Field(ge=-90, le=90)
    north: float = Field(ge=-90, le=90)
    west: float = Field(ge=-180, le=180)
    east: float = Field(ge=-180, le=180)

    def holds(self, latitude: float, longitude: float) -> bool:
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east


class DraftRules(Part):
    ask_after_hours: int
    close_after_days: int


class CodeRules(Part):
    valid_hours: int
    guesses_per_hour: int


class RegistryRules(Part):
    """How long a registration lasts, by kind of ormas (years; a kind not named has no end), and when its end is told.

    `unreminded` are kinds that hear nothing about ends, of their board either. `open_corrections` is per person.
    """

    valid_years: dict[Key, int]
    unreminded: list[Key]
    remind_days: list[Annotated[int, Field(ge=1)]]
    remind_at: Clock
    open_corrections: int = Field(ge=1)


class Paper(Part):
    """One paper to prepare. `label` stands on a button (24 characters), `text` says it in full.

    `field` asks it only of an ormas working in that field; `optional` only if there is such a thing.
    """

    label: Annotated[str, StringConstraints(max_length=24)]
    text: str
    field: Key | None = None
    optional: str = ""


class Checklist(Part):
    """Papers to prepare for something that the office helps with and forwards. `working_days`: of their examination."""

    label: Annotated[str, StringConstraints(max_length=24)]
    note: str
    working_days: int | None = None
    papers: dict[Key, Paper]


class WhatsAppRules(Part):
    """What Meta lets pass without a charge: free-form messages delivered in a month on one number; None: not known."""

    free_messages: int | None = Field(default=None, ge=0)


class Privacy(Part):
    version: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,12}$")]
    """Travels in the consent button, whose parts are divided by dots."""
    contact: str


class Office(Part):
    """One office. Raises pydantic.ValidationError for a profile that does not fit."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    name: str
    long_name: str
    street: str
    zone_label: str
    privacy: Privacy
    kinds: dict[Key, str]
    fields: dict[Key, str]
    kecamatan: dict[Key, list[str]]
    area: Area
    purposes: dict[Key, str]
    hosts: dict[Key, Host]
    hours: dict[str, list[Span]]
    """When guests are received."""
    office_hours: Week
    """When somebody works: what deadlines are counted in."""
    service_levels: ServiceLevels
    meeting: MeetingRules
    access: dict[Key, str]
    reminders: ReminderRules
    quiet_hours: Span
    drafts: DraftRules
    join_codes: CodeRules
    holidays: dict[date, str]
    joint_leave: list[date]
    registry: RegistryRules
    checklists: dict[Key, Checklist]
    tickets: TicketRules
    situation: SituationRules
    report: ReportRules
    broadcasts: BroadcastRules
    election: ElectionRules
    whatsapp: WhatsAppRules = WhatsAppRules()

    @cached_property
    def calendar(self) -> WorkingCalendar:
        """The hours for guests."""
        return WorkingCalendar(self.hours, self.closed)

    @cached_property
    def office_calendar(self) -> WorkingCalendar:
        """The hours in which somebody works."""
        return WorkingCalendar(self.office_hours, self.closed)

    @property
    def closed(self) -> frozenset[date]:
        return frozenset(self.holidays) | frozenset(self.joint_leave)

    def years_without_holidays(self, now: datetime) -> list[int]:
        """Years that a deadline or a meeting of today can reach, and of which the profile knows no day off."""
        longest = max(level.resolution for level in self.service_levels.kinds.values())
        deadline = self.working_time(now.tzinfo).after(now, longest).date()
        reached = max(deadline, (now + timedelta(days=self.meeting.horizon_days)).date())
        return sorted(set(range(now.year, reached.year + 1)) - {day.year for day in self.closed})

    def working_time(self, zone: tzinfo | None) -> WorkingTime:
        """The clock of deadlines in the office's zone. Raises ValueError for a moment's zone that is None."""
        return WorkingTime(self.office_calendar, zone)

    def quiet(self, moment: datetime) -> bool:
        """Whether nobody should be disturbed now by something that can wait."""
        start, end = self.quiet_hours
        now = moment.time()
        return start <= now < end if start <= end else now >= start or now < end

    def quiet_until(self, moment: datetime) -> datetime | None:
        """When the quiet hours end that `moment` is in; None outside them."""
        if not self.quiet(moment):
            return None
        end = moment.replace(hour=self.quiet_hours[1].hour, minute=self.quiet_hours[1].minute, second=0, microsecond=0)
        return end if end > moment else end + timedelta(days=1)


def load_office(path: Path = SHIPPED) -> Office:
    """Raises OSError, ValueError (no JSON) or pydantic.ValidationError (which field does not fit)."""
    return Office.model_validate(json.loads(path.read_text(encoding="utf-8")))
