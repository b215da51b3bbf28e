"""From a message to one call of the Cloud API: pure, and refused here when WhatsApp would refuse it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

from bot.channels.channel import Outcome, SendFailed
from bot.channels.numbered import render as numbered
from bot.channels.whatsapp.groups import PREFIX
from bot.channels.whatsapp.people import PHONE, USER
from handlers.conversation.message import Button, Document, Message, Template
from handlers.conversation.pressed import BUTTON_ID, Way, way
from handlers.conversation.words import SOURCE, in_language, say

TEXT, CAPTION = 4096, 1024
"""Characters (Cloud API: text messages, media messages)."""
MENU_LABEL: Final = say("Pilih")
"""What opens a list; at most 20 characters."""
TEMPLATE_NAME: Final = re.compile(r"[a-z0-9_]{1,512}")
TEMPLATE_BUTTONS, TEMPLATE_VALUE = 10, 1024
"""Cloud API: message templates; a value can be no longer than the body it stands in."""
NO_VALUE: Final = "-"
"""WhatsApp refuses an empty value."""
UPLOAD: Final = 100 * 1024 * 1024
"""Bytes (Cloud API: supported media types, documents)."""
FILE_NAME: Final = 240
MEDIA_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,256}")
MIME: Final = re.compile(r"[\w.+-]+/[\w.+-]+", re.ASCII)
ANY_FILE: Final = "application/octet-stream"
TEXT_FILE: Final = "text/plain"
"""WhatsApp knows no other kind of text; the name says what is in it."""

Json = dict[str, Any]


class Call(NamedTuple):
    """The body of one call. While there is a `file`, it must be uploaded first and rendered again by its id."""

    payload: Json
    file: Document | None = None


def render(address: str, message: Message, form: str, parcel_id: int) -> Call | None:
    """The one call this message is; None for what WhatsApp has no place for (the answer to a press, a menu).

    Raises SendFailed (refused) when it breaks a limit of the Cloud API.
    """
    if message.query or message.menu:
        return None
    head = envelope(address, parcel_id)
    if form == "template":
        return Call(head | send_template(message.template))
    if message.document is not None:
        return send_document(head, message, document(message.document))
    return Call(head | send_text(message))


def envelope(address: str, parcel_id: int) -> Json:
    """Whom it is for: a BSUID in `to` would be accepted and vanish. Our own number comes back with every status."""
    head: Json = {"messaging_product": "whatsapp", "biz_opaque_callback_data": f"rk-{parcel_id}"}
    if address.startswith(PREFIX):
        return head | {"recipient_type": "group", "to": address.removeprefix(PREFIX)}
    require(bool(PHONE.fullmatch(address) or USER.fullmatch(address)), "the address is nobody's")
    whom = "to" if PHONE.fullmatch(address) else "recipient"
    return head | {"recipient_type": "individual", whom: address}


def send_text(message: Message) -> Json:
    """Buttons if they fit, else a list, else numbers to type; every choice can be typed in any case."""
    require(bool(message.text.strip()), "the text is empty")
    choices = (*message.choices, *message.words)
    how = way(message)
    if how is Way.BUTTONS:
        return interactive("button", message.text, {"buttons": [reply(choice) for choice in choices]})
    if how is Way.LIST:
        rows = [{"id": choice.token, "title": choice.label} for choice in choices]
        label = in_language(MENU_LABEL, message.language or SOURCE)
        return interactive("list", message.text, {"button": label, "sections": [{"rows": rows}]})
    text = written(message)
    require(len(text) <= TEXT, f"the text is longer than {TEXT} characters")
    return {"type": "text", "text": {"body": text, "preview_url": False}}


def send_document(head: Json, message: Message, file: Document) -> Call:
    """Its words are its caption; a few choices go along as buttons, more of them as numbers to type."""
    kind = "image" if file.alt else "document"
    media = ({} if file.alt else {"filename": file.name}) | ({"id": file.remote} if file.remote else {})
    waiting = None if file.remote else file
    if message.text.strip() and way(message) is Way.BUTTONS:
        buttons = [reply(choice) for choice in (*message.choices, *message.words)]
        payload = interactive("button", message.text, {"buttons": buttons})
        payload["interactive"]["header"] = {"type": kind, kind: media}
        return Call(head | payload, waiting)
    caption = written(replace(message, document=None))
    require(len(caption) <= CAPTION, f"the caption is longer than {CAPTION} characters")
    return Call(head | {"type": kind, kind: media | ({"caption": caption} if caption else {})}, waiting)


def written(message: Message) -> str:
    """Its words, and below them what may be typed."""
    choices = (*message.choices, *message.words)
    require(all(choice.label.strip() for choice in choices), "a choice has no label")
    return numbered(message) if choices else message.text


def interactive(kind: str, body: str, action: Json) -> Json:
    return {"type": "interactive", "interactive": {"type": kind, "body": {"text": body}, "action": action}}


def reply(choice: Button) -> Json:
    return {"type": "reply", "reply": {"id": choice.token, "title": choice.label}}


def document(file: Document) -> Document:
    """With a name that fits into the header of a multipart body and a kind that WhatsApp takes."""
    require(bool(file.remote or file.content or file.sha256), "the document is empty")
    require(not file.remote or bool(MEDIA_ID.fullmatch(file.remote)), "the document has no id of WhatsApp")
    require(len(file.content.encode()) <= UPLOAD, f"the file is larger than {UPLOAD} bytes")
    name = "".join(letter if letter.isprintable() else "_" for letter in file.name)[-FILE_NAME:] or "berkas"
    kind = file.type if MIME.fullmatch(file.type) else ANY_FILE
    return replace(file, name=name, type=TEXT_FILE if kind.startswith("text/") else kind)


def send_template(template: Template | None) -> Json:
    """Words that were approved beforehand, with what stands in their places today."""
    if template is None:
        raise SendFailed(Outcome.REFUSED, "it has no template")
    require(bool(TEMPLATE_NAME.fullmatch(template.name) and template.language), "the template has no usable name")
    require(len(template.buttons) <= TEMPLATE_BUTTONS, f"the template has more than {TEMPLATE_BUTTONS} buttons")
    require(all(0 < len(token) <= BUTTON_ID for token in template.buttons), "a button of the template carries no token")
    body = [{"type": "body", "parameters": parameters(template.values)}] if template.values else []
    pressed = [quick_reply(place, token) for place, token in enumerate(template.buttons)]
    said: Json = {"name": template.name, "language": {"code": template.language}}
    return {"type": "template", "template": said | ({"components": body + pressed} if body + pressed else {})}


def parameters(values: Sequence[tuple[str, str]]) -> list[Json]:
    return [{"type": "text", "parameter_name": name, "text": value(said)} for name, said in values]


def value(said: str) -> str:
    """On one line and with single spaces: WhatsApp refuses a line break, a tab and four spaces."""
    text = " ".join(said.split()) or NO_VALUE
    require(len(text) <= TEMPLATE_VALUE, f"a value of the template is longer than {TEMPLATE_VALUE} characters")
    return text


def quick_reply(place: int, token: str) -> Json:
    payload = {"type": "payload", "payload": token}
    return {"type": "button", "sub_type": "quick_reply", "index": str(place), "parameters": [payload]}


def require(fits: bool, reason: str) -> None:
    if not fits:
        raise SendFailed(Outcome.REFUSED, reason)
