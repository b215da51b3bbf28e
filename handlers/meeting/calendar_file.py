"""A meeting as an iCalendar file (RFC 5545): the same UID for ever, a higher SEQUENCE with every change."""

from collections.abc import Iterable
from datetime import UTC
from typing import TYPE_CHECKING

from handlers.conversation.words import in_language, say
from storage.meetings.meetings import Meeting

if TYPE_CHECKING:
    from icalendar import Event

    from handlers.conversation.turn import Work

STATUS = {"approved": "CONFIRMED", "cancelled": "CANCELLED", "rejected": "CANCELLED"}
"""Everything else is still to be agreed: TENTATIVE."""


def sent_before(meeting: Meeting) -> bool:
    """Whether the leader's calendar may hold this meeting already, so that every further change goes there too."""
    return meeting.approved_at is not None or meeting.sequence > 0


def invitation(work: "Work", meeting: Meeting) -> str:
    """The file's text. Times are in UTC, so that no calendar needs to know our zone."""
    from icalendar import Event  # 0.15 s to import, needed at the first approval and not at the start

    status = STATUS.get(meeting.state, "TENTATIVE")
    event = Event()
    event.add("uid", f"{meeting.code}-{meeting.requested_at:%Y%m%d}@rumah-kedua")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", work.now.astimezone(UTC))
    event.add("dtstart", meeting.starts_at.astimezone(UTC))
    event.add("dtend", meeting.ends_at.astimezone(UTC))
    event.add("summary", title(work, meeting))
    event.add("location", f"{work.office.long_name}, {work.office.street}")
    event.add("status", status)
    return as_file([event], "CANCEL" if status == "CANCELLED" else "PUBLISH")


def as_file(events: "Iterable[Event]", method: str = "PUBLISH") -> str:
    """The text of a calendar file."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Rumah Kedua//ID")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    for event in events:
        calendar.add_component(event)
    return str(calendar.to_ical(), "utf-8")


def title(work: "Work", meeting: Meeting) -> str:
    """No topic in it: a calendar is often shared."""
    purpose = work.office.purposes.get(meeting.purpose, meeting.purpose)
    return in_language(
        say("{purpose} di {office} ({code})", purpose=purpose, office=work.office.name, code=meeting.code), "id"
    )
