"""WhatsApp's published limits: a message that breaks one is refused and the breach is noted in a sentence."""

import re
from collections.abc import Callable
from typing import Any

from .errors import Breach, Json

TEXT, INTERACTIVE_BODY, CAPTION, HEADER, LINK = 4096, 1024, 1024, 60, 2048
BUTTONS, BUTTON_TITLE, BUTTON_ID = 3, 20, 256
ROWS, SECTIONS, ROW_TITLE, ROW_DESCRIPTION, ROW_ID, MENU_LABEL = 10, 10, 24, 72, 200, 20
CALLBACK_DATA, FILE_NAME = 512, 240
NUMBER = re.compile(r"\+?\d{8,15}")
USER_ID = re.compile(r"[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}")


def check(message: Json) -> None:
    """Raise the first breach of one message that is to be sent."""
    if message.get("messaging_product") != "whatsapp":
        raise Breach(message, "messaging_product is not whatsapp", 100)
    if message.get("recipient_type", "individual") != "individual":
        raise Breach(message, f"{message['recipient_type']!r} is not a recipient_type", 100)
    _recipient(message)
    kind = message.get("type", "text")
    if kind not in RULES:
        raise Breach(message, f"{kind!r} is not a type of message we send", 100)
    if not isinstance(message.get(kind), dict):
        raise Breach(message, f"there is no object {kind!r}", 131008)
    if "biz_opaque_callback_data" in message:
        _text(message, message["biz_opaque_callback_data"], "biz_opaque_callback_data", CALLBACK_DATA)
    RULES[kind](message, message[kind])


def _recipient(message: Json) -> None:
    given = [name for name in ("to", "recipient") if message.get(name)]
    if len(given) != 1:
        raise Breach(message, f"exactly one of to and recipient is needed, not {len(given)}", 100)
    if not isinstance(message[given[0]], str):
        raise Breach(message, f"{given[0]} is not a text", 100)
    to, recipient = message.get("to"), message.get("recipient")
    if recipient and not USER_ID.fullmatch(recipient):
        raise Breach(message, f"the recipient {recipient!r} is not a user id")
    if to and not NUMBER.fullmatch(to) and not USER_ID.fullmatch(to):
        raise Breach(message, f"{to!r} is not a phone number", 100)


def _text(message: Json, value: Any, what: str, most: int, *, error: int = 131009) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Breach(message, f"{what} is empty", 131008)
    if len(value) > most:
        raise Breach(message, f"{what} has {len(value)} characters, at most {most} are allowed", error)
    return value


def _words(message: Json, text: Json) -> None:
    _text(message, text.get("body"), "the text", TEXT, error=100)


def _media(message: Json, media: Json) -> None:
    if ("id" in media) == ("link" in media):
        raise Breach(message, "exactly one of id and link is needed", 100)
    if "caption" in media:
        _text(message, media["caption"], "the caption", CAPTION)
    if "filename" in media:
        _text(message, media["filename"], "the file name", FILE_NAME)


def _template(message: Json, template: Json) -> None:
    _text(message, template.get("name"), "the name of the template", 512)
    language = template.get("language")
    if not isinstance(language, dict) or not language.get("code"):
        raise Breach(message, "the template has no language", 131008)


def _interactive(message: Json, interactive: Json) -> None:
    _text(message, (interactive.get("body") or {}).get("text"), "the body", INTERACTIVE_BODY)
    if (header := interactive.get("header")) is not None:
        _header(message, header, interactive.get("type") == "list")
    if (footer := interactive.get("footer")) is not None:
        _text(message, footer.get("text"), "the footer", HEADER)
    action = interactive.get("action")
    if interactive.get("type") not in INTERACTIVE or not isinstance(action, dict):
        raise Breach(message, f"{interactive.get('type')!r} is not a kind of interactive message we send", 100)
    INTERACTIVE[interactive["type"]](message, action)


def _header(message: Json, header: Json, words_only: bool) -> None:
    kind = header.get("type")
    if kind == "text":
        _text(message, header.get("text"), "the header", HEADER)
    elif words_only or kind not in ("document", "image", "video") or not isinstance(header.get(kind), dict):
        raise Breach(message, f"{kind!r} is not a header this message may have")
    else:
        _media(message, header[kind])


def _buttons(message: Json, action: Json) -> None:
    buttons = action.get("buttons")
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= BUTTONS:
        raise Breach(message, f"{len(buttons or [])} buttons, 1 to {BUTTONS} are allowed")
    replies = [button.get("reply") or {} for button in buttons]
    titles = [_text(message, reply.get("title"), "the title of a button", BUTTON_TITLE) for reply in replies]
    ids = [_text(message, reply.get("id"), "the id of a button", BUTTON_ID) for reply in replies]
    _unique(message, "titles of buttons", titles)
    _unique(message, "ids of buttons", ids)


def _list(message: Json, action: Json) -> None:
    _text(message, action.get("button"), "the label of the list", MENU_LABEL)
    sections = action.get("sections")
    if not isinstance(sections, list) or not 1 <= len(sections) <= SECTIONS:
        raise Breach(message, f"{len(sections or [])} sections, 1 to {SECTIONS} are allowed")
    for section in sections:
        if len(sections) > 1 or "title" in section:
            _text(message, section.get("title"), "the title of a section", ROW_TITLE)
    rows = [row for section in sections for row in section.get("rows") or []]
    if not 1 <= len(rows) <= ROWS:
        raise Breach(message, f"{len(rows)} rows, 1 to {ROWS} are allowed")
    for row in rows:
        _row(message, row)
    _unique(message, "ids of rows", [row["id"] for row in rows])


def _row(message: Json, row: Json) -> None:
    _text(message, row.get("title"), "the title of a row", ROW_TITLE)
    _text(message, row.get("id"), "the id of a row", ROW_ID)
    if "description" in row:
        _text(message, row["description"], "the description of a row", ROW_DESCRIPTION)


def _unique(message: Json, what: str, values: list[str]) -> None:
    if len(set(values)) < len(values):
        raise Breach(message, f"the {what} are not unique")


INTERACTIVE: dict[str, Callable[[Json, Json], None]] = {"button": _buttons, "list": _list}
RULES: dict[str, Callable[[Json, Json], None]] = {
    "text": _words,
    "interactive": _interactive,
    "document": _media,
    "image": _media,
    "audio": _media,
    "video": _media,
    "template": _template,
}
