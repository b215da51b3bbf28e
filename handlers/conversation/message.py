"""What comes in and what goes out, in no messenger's language: only shapes, no meaning."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What a person did in the chat."""

    TEXT = "text"
    PRESS = "press"
    FILE = "file"
    VOICE = "voice"
    STICKER = "sticker"
    LOCATION = "location"
    CONTACT = "contact"
    POLL = "poll"
    OTHER = "other"
    EDITED = "edited"
    GROUP = "group"
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file a person sent: `remote` is how its channel finds it again; name, type and size are only claims."""

    remote: str
    name: str
    type: str
    size: int | None


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing a person did. `token` is what a pressed button carries, `query` what the channel wants answered."""

    channel: str
    address: str
    kind: Kind
    text: str = ""
    token: str = ""
    query: str = ""
    upload: Upload | None = None
    forwarded: bool = False


@dataclass(frozen=True, slots=True)
class Button:
    """A choice as the person sees it. `typed` is what to type for it; empty means its number."""

    token: str
    label: str
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A file to send: `content` as text, or `sha256` of a stored one, or where its channel still has it."""

    name: str
    type: str
    content: str = ""
    sha256: str = ""
    remote: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """What the sender renders for a channel. `words` are choices that are named, not numbered (kembali, batal)."""

    text: str = ""
    choices: tuple[Button, ...] = ()
    words: tuple[Button, ...] = ()
    document: Document | None = None
    query: str = ""
    menu: tuple[tuple[str, str], ...] = ()
    late_after: str = ""
    late_note: str = ""
    """From `late_after` (ISO) on it may only be sent with `late_note` before it."""

    def written(self) -> str:
        """As JSON for the outbox, without what is empty."""
        return json.dumps(filled(self), ensure_ascii=False)


def filled(record: "Button | Document | Message") -> dict[str, Any]:
    """The fields of a record that say something, records inside it too."""
    told = {name: value for name in record.__slots__ if (value := getattr(record, name))}
    for name in told.keys() & NESTED:
        told[name] = filled(told[name]) if name == "document" else [filled(button) for button in told[name]]
    return told


NESTED = {"choices", "words", "document"}
"""Fields that hold records."""


def read(body: str) -> Message:
    """The message that was written to the outbox."""
    fields: Mapping[str, Any] = json.loads(body)
    document = fields.get("document")
    return Message(
        text=fields.get("text", ""),
        choices=tuple(Button(**button) for button in fields.get("choices", ())),
        words=tuple(Button(**button) for button in fields.get("words", ())),
        document=Document(**document) if document else None,
        query=fields.get("query", ""),
        menu=tuple((name, title) for name, title in fields.get("menu", ())),
        late_after=fields.get("late_after", ""),
        late_note=fields.get("late_note", ""),
    )
