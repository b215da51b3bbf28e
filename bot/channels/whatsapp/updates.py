"""From the bytes of one item to what the person did or what became of a message: pure, and tolerant of anything."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final, NamedTuple

from bot.channels.channel import Delivery, Unreadable, position
from bot.channels.fields import thing, words
from bot.channels.whatsapp.account import alarm_of
from bot.channels.whatsapp.failure import told
from bot.channels.whatsapp.groups import group_address, meant, our_number
from bot.channels.whatsapp.people import Json, digits, person, user_id
from bot.channels.whatsapp.split import NAME, NOT_WRITTEN, plain, seconds, unsupported_kind
from handlers.conversation.message import Incoming, Kind, Place, Upload

STATES: Final = frozenset({"sent", "delivered", "read", "failed"})
"""WhatsApp also tells of `deleted`, `warning` and `played`: nobody waits for those."""
PARCEL: Final = re.compile(r"rk-([0-9]{1,18})")
"""Our own number as we gave it along (calls.py)."""
LONGEST_NAME: Final = 255
NAMES: Final = {
    "image/png": "foto.png",
    "image/webp": "foto.webp",
    "audio/ogg": "suara.ogg",
    "audio/mp4": "suara.m4a",
    "audio/aac": "suara.aac",
    "audio/amr": "suara.amr",
    "video/3gpp": "video.3gp",
}
FAMILIES: Final = {"image": "foto.jpg", "audio": "suara.mp3", "video": "video.mp4", "voice": "suara.ogg"}
"""Only a document has a name of its own."""
NEW_NUMBER: Final = frozenset({"user_changed_number", "customer_changed_number", "user_changed_user_id"})
"""System messages that name a person anew, as of old and as of today."""
RENAMED: Final = re.compile(r" from (\S{1,160}) to \S{1,160}\s*$")
"""How the body of `user_changed_user_id` ends; the old name stands nowhere else."""


class Content(NamedTuple):
    """What a message is."""

    kind: Kind
    text: str = ""
    token: str = ""
    upload: Upload | None = None
    place: Place | None = None


def parse(raw: bytes) -> Incoming | Delivery:
    """What the person did, or what became of something we sent. Raises Unreadable, whose words hold nothing of it."""
    piece = loaded(raw)
    if "message" in piece:
        return from_message(thing(piece["message"], "message"), piece)
    if "status" in piece:
        return from_status(thing(piece["status"], "status"))
    if "preference" in piece:
        return from_preference(thing(piece["preference"], "preference"), piece)
    if "moved" in piece:
        return from_rename(thing(piece["moved"], "moved"))
    if "change" in piece and isinstance(thing(piece["change"], "change").get("field"), str):
        alarm = alarm_of(piece["change"])
        return Incoming(NAME, "", Kind.SILENT if alarm is None else Kind.ALARM, alarm=alarm)
    raise Unreadable("an item of no known kind")


def loaded(raw: bytes) -> Json:
    try:
        return thing(json.loads(raw), "the item")
    except (ValueError, RecursionError):
        raise Unreadable("not JSON") from None


def from_message(message: Json, piece: Json) -> Incoming:
    if message.get("type") == "system":
        return from_system(message)
    who = person(piece, message.get("from_user_id"), message.get("from"))
    context = message.get("context")
    context = context if isinstance(context, dict) else {}
    found = readable(message)
    if group := message.get("group_id") or context.get("group_id"):
        for_us = found.kind is Kind.PRESS or meant(found.text, context, our_number(piece))
        return Incoming(NAME, group_address(group), Kind.GROUP if for_us else Kind.SILENT)
    forwarded = context.get("forwarded") is True or context.get("frequently_forwarded") is True
    return Incoming(
        NAME,
        who.address,
        found.kind,
        text=found.text,
        token=found.token,
        upload=found.upload,
        forwarded=forwarded,
        also=who.also,
        place=found.place,
        at=moment_if_any(message.get("timestamp")),
    )


def readable(message: Json) -> Content:
    """Of a message whose sender is known: what nothing can be made of is still answered."""
    try:
        return content(message)
    except Unreadable:
        return Content(Kind.OTHER)


def from_system(message: Json) -> Incoming:
    """A new phone number brings a new BSUID, but the notice may name only one of them, or only the old number."""
    system = message.get("system")
    system = system if isinstance(system, dict) else {}
    kind, body = system.get("type"), system.get("body")
    if not isinstance(kind, str) or kind not in NEW_NUMBER:
        return Incoming(NAME, "", Kind.SILENT)
    new = user_id(system.get("user_id")), digits(system.get("wa_id", system.get("new_wa_id")))
    said = RENAMED.search(body[-400:]) if isinstance(body, str) else None
    old = (
        user_id(message.get("from_user_id")),
        user_id(system.get("previous_user_id")),
        user_id(said[1]) if said and kind == "user_changed_user_id" else "",
        digits(message.get("from")),
    )
    return moved(next((name for name in old if name and name not in new), ""), new[0] or new[1], message)


def from_rename(change: Json) -> Incoming:
    """The field `user_id_update`: the BSUID before and now."""
    names = thing(change.get("user_id"), "user_id")
    return moved(user_id(names.get("previous")), user_id(names.get("current")), change)


def moved(old: str, new: str, told: Json) -> Incoming:
    if not old or not new or old == new:
        return Incoming(NAME, "", Kind.SILENT)
    return Incoming(NAME, old, Kind.MOVED, also=new, at=moment_if_any(told.get("timestamp")))


def from_preference(preference: Json, piece: Json) -> Incoming:
    """The switch in WhatsApp itself, for advertising. Who lets us write again does not agree to anything by that."""
    who = person(piece, preference.get("user_id"), preference.get("wa_id"))
    value = preference.get("value")
    about_us = isinstance(value, str) and preference.get("category") in (None, "marketing_messages")
    kind = SWITCH.get(str(value), Kind.SILENT) if about_us else Kind.SILENT
    return Incoming(NAME, who.address, kind, text="" if kind is Kind.SILENT else str(value), also=who.also)


def from_status(status: Json) -> Incoming | Delivery:
    state, receipt = plain(status.get("status")), plain(status.get("id"))
    if not state or not receipt:
        raise Unreadable("a status without a message")
    if state not in STATES:
        return Incoming(NAME, "", Kind.SILENT)
    ours = status.get("biz_opaque_callback_data")
    parcel = PARCEL.fullmatch(ours) if isinstance(ours, str) else None
    at = moment(status.get("timestamp"))
    failed = told(status.get("errors")) if state == "failed" else None
    return Delivery(NAME, receipt, int(parcel[1]) if parcel else None, state, at, failed, recipients(status))


def recipients(status: Json) -> tuple[str, ...]:
    """The names of whoever it went to."""
    named, other = status.get("recipient_id"), status.get("recipient_user_id")
    return tuple(filter(None, (digits(named), user_id(named), user_id(other))))


def content(message: Json) -> Content:
    kind = message.get("type")
    of_kind = CONTENT.get(kind) if isinstance(kind, str) else None
    return of_kind(message) if of_kind else Content(Kind.OTHER)


def text(message: Json) -> Content:
    return Content(Kind.TEXT, words(thing(message.get("text"), "text").get("body", "")))


def press(message: Json) -> Content:
    """A reply button or a row of a list; what else is interactive we never sent."""
    interactive = thing(message.get("interactive"), "interactive")
    chosen = interactive.get("button_reply", interactive.get("list_reply"))
    return pressed(chosen.get("id")) if isinstance(chosen, dict) else Content(Kind.OTHER)


def quick_reply(message: Json) -> Content:
    """A button of a template."""
    return pressed(thing(message.get("button"), "button").get("payload"))


def pressed(token: object) -> Content:
    token = words(token) if isinstance(token, str) else ""
    return Content(Kind.PRESS, token=token) if token else Content(Kind.OTHER)


def file(message: Json) -> Content:
    """A document, a picture, a video or a voice note; WhatsApp tells neither size nor length."""
    kind = message["type"]
    media = thing(message.get(kind), kind)
    remote = plain(media.get("id"))
    if not remote:
        raise Unreadable("a file without id")
    mime = claimed(media.get("mime_type")) or "application/octet-stream"
    family = NAMES.get(mime.partition(";")[0].strip(), FAMILIES.get(kind, "berkas"))
    name = claimed(media.get("filename")) or family
    spoken = kind in ("audio", "voice")
    return Content(Kind.VOICE if spoken else Kind.FILE, caption(media), upload=Upload(remote, name, mime, None))


def location(message: Json) -> Content:
    """A position, with the name of what stands there if WhatsApp knows one."""
    found = thing(message.get("location"), "location")
    place = position(found.get("latitude"), found.get("longitude"), claimed(found.get("name")))
    return Content(Kind.LOCATION, place=place)


def claimed(value: object) -> str:
    return words(value)[:LONGEST_NAME] if isinstance(value, str) else ""


def caption(media: Json) -> str:
    said = media.get("caption")
    return words(said) if isinstance(said, str) else ""


def just(kind: Kind) -> Callable[[Json], Content]:
    """A message whose kind says it all."""
    return lambda message: Content(kind)


def unsupported(message: Json) -> Content:
    """What the Cloud API does not hand on; it may tell what that was."""
    return Content(UNSUPPORTED.get(unsupported_kind(message), Kind.OTHER))


UNSUPPORTED: Final = {
    "edit": Kind.EDITED,
    "revoke": Kind.DELETED,
    "poll_creation": Kind.POLL,
    "poll_update": Kind.POLL,
    **dict.fromkeys(NOT_WRITTEN, Kind.SILENT),
}
"""WhatsApp Business Platform, unsupported messages: what their own type says."""

SWITCH: Final = {"stop": Kind.OPTED_OUT, "resume": Kind.OPTED_IN}
CONTENT: Final[dict[str, Callable[[Json], Content]]] = {
    "text": text,
    "interactive": press,
    "button": quick_reply,
    "document": file,
    "image": file,
    "audio": file,
    "voice": file,
    "video": file,
    "sticker": just(Kind.STICKER),
    "location": location,
    "contacts": just(Kind.CONTACT),
    "reaction": just(Kind.SILENT),
    "revoke": just(Kind.DELETED),
    "edit": just(Kind.EDITED),
    "edited": just(Kind.EDITED),
    "request_welcome": just(Kind.OPENED),
    "unsupported": unsupported,
}
"""WhatsApp Business Platform: types of messages. Whatever is not here (order, ephemeral, next year's) is OTHER."""


def moment(value: object) -> datetime:
    found = seconds(value)
    if found is None:
        raise Unreadable("a time that is none")
    return datetime.fromtimestamp(found, UTC)


def moment_if_any(value: object) -> datetime | None:
    """What is told at no time is told all the same."""
    return None if seconds(value) is None else moment(value)
