"""People, messages and statuses as Meta writes them in a webhook."""

import base64
import uuid
from dataclasses import dataclass
from typing import Any

from .errors import Json, told_later


@dataclass(frozen=True, slots=True)
class Line:
    """The office's own number and the account and app it belongs to."""

    app_id: str = "670843887433847"
    waba_id: str = "102290129340398"
    phone_number_id: str = "106540352242922"
    display_phone_number: str = "62285381234"

    @property
    def head(self) -> Json:
        """What every value begins with."""
        number = {"display_phone_number": self.display_phone_number, "phone_number_id": self.phone_number_id}
        return {"messaging_product": "whatsapp", "metadata": number}


@dataclass(frozen=True, slots=True)
class Names:
    """How a person is named in a payload: `wa_id` is "" when hidden, `user_id` "" in payloads of older shape."""

    name: str
    wa_id: str
    user_id: str
    username: str = ""


def new_wamid(number: str) -> str:
    """A name in the shape Meta gives them, slashes and equal signs included."""
    raw = b"\x1d\x07\x0b" + number.encode() + b"\x15\x02\x00\x12\x18\x20" + uuid.uuid4().bytes
    return "wamid." + base64.b64encode(raw).decode()


def contact(names: Names) -> Json:
    profile = {"name": names.name} | ({"username": names.username} if names.username else {})
    return _said({"profile": profile, "wa_id": names.wa_id, "user_id": names.user_id})


def message_value(line: Line, names: Names, wamid: str, stamp: str, content: Json) -> Json:
    """One thing a person sent: `content` holds `type` and what belongs to it."""
    head = {"from": names.wa_id, "from_user_id": names.user_id, "id": wamid, "timestamp": stamp}
    return line.head | {"contacts": [contact(names)], "messages": [_said(head) | content]}


def status_value(line: Line, names: Names, by_number: bool, status: Json, failure: int | None) -> Json:
    """One status of a message of ours; a failed one names its error and has no contact."""
    who = {"recipient_id": names.wa_id if by_number else "", "recipient_user_id": names.user_id}
    told = status | _said(who)
    if failure is not None:
        return line.head | {"statuses": [told | {"errors": [told_later(failure)]}]}
    if told["status"] in ("sent", "delivered"):
        price: dict[str, Any] = {"billable": False, "pricing_model": "PMP", "type": "free_customer_service"}
        told |= {"pricing": price | {"category": "service"}}
    return line.head | {"contacts": [contact(names)], "statuses": [told]}


def preference_value(line: Line, names: Names, stamp: str, value: str) -> Json:
    """Somebody used the messenger's own switch for marketing messages: `stop` or `resume`."""
    who = _said({"wa_id": names.wa_id, "user_id": names.user_id})
    detail = f"User requested to {value} marketing messages"
    told = {"detail": detail, "category": "marketing_messages", "value": value, "timestamp": int(stamp)}
    return line.head | {"contacts": [contact(names)], "user_preferences": [who | told]}


def _said(fields: Json) -> Json:
    """What is not known is left out, not empty."""
    return {name: value for name, value in fields.items() if value}
