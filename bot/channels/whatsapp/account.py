"""What WhatsApp tells of the office's own account: of its templates, its number, its limits and its standing.

Source: WhatsApp Business Platform, webhook reference; what is not listed here needs nobody.
"""

from collections.abc import Callable
from typing import Final

from bot.channels.whatsapp.people import Json
from bot.channels.whatsapp.split import plain
from handlers.conversation.message import Alarm

GRAVE: Final = frozenset({"CRITICAL", "WARNING"})


def alarm_of(change: Json) -> Alarm | None:
    """What a change says that somebody should know; None for everything else."""
    field, value = change.get("field"), change.get("value")
    of_field = FIELDS.get(field) if isinstance(field, str) else None
    found = of_field(value) if of_field is not None and isinstance(value, dict) else None
    return found if found is not None and found.state else None


def text(value: Json, name: str) -> str:
    return plain(value.get(name))


def of_template(about: str, value: Json, state: str) -> Alarm:
    name, language = text(value, "message_template_name"), text(value, "message_template_language")
    return Alarm(about, state, name, language)


def status(value: Json) -> Alarm:
    return of_template("template", value, text(value, "event"))


def category(value: Json) -> Alarm:
    """First what it will be in a day (`correct_category`), then what it is."""
    coming = text(value, "correct_category")
    return of_template("category-soon", value, coming) if coming else of_category(value)


def of_category(value: Json) -> Alarm:
    return of_template("category", value, text(value, "new_category"))


def quality(value: Json) -> Alarm:
    return of_template("template-quality", value, text(value, "new_quality_score"))


def event(about: str, name: str = "event") -> Callable[[Json], Alarm]:
    return lambda value: Alarm(about, text(value, name))


def alert(value: Json) -> Alarm | None:
    """One that asks for something; older ones have their facts beside, not inside."""
    info = value.get("alert_info")
    told = info if isinstance(info, dict) else value
    return Alarm("alert", text(told, "alert_type")) if text(told, "alert_severity") in GRAVE else None


def limit(value: Json) -> Alarm | None:
    """How many people may be written to first in a day; a tier or a number."""
    names = ("max_daily_conversations_per_business", "max_daily_conversation_per_phone")
    found = next((value[name] for name in names if value.get(name) is not None), None)
    whole = isinstance(found, int) and not isinstance(found, bool)
    return Alarm("limit", str(found) if whole else plain(found).removeprefix("TIER_"))


def errors(value: Json) -> Alarm | None:
    """A system, app or account that cannot do its work: an error that belongs to no message."""
    listed = value.get("errors")
    first = listed[0] if isinstance(listed, list) and listed else None
    code = first.get("code") if isinstance(first, dict) else None
    return Alarm("error", str(code)) if isinstance(code, int) and not isinstance(code, bool) else None


FIELDS: Final[dict[str, Callable[[Json], Alarm | None]]] = {
    "message_template_status_update": status,
    "template_category_update": category,
    "message_template_quality_update": quality,
    "phone_number_quality_update": event("number"),
    "phone_number_name_update": event("name", "decision"),
    "account_update": event("account"),
    "account_alerts": alert,
    "account_review_update": event("review", "decision"),
    "business_capability_update": limit,
    "security": event("security"),
    "messages": errors,
}
"""The fields of the account to subscribe to, beside those of people."""
