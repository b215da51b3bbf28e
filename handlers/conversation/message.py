"""What comes in and what goes out, in no messenger's language: only shapes, no meaning."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
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
    DELETED = "deleted"
    """They took back a message that we have read."""
    OPENED = "opened"
    """They opened the chat, perhaps once more, and wrote nothing."""
    GROUP = "group"
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"
    OPTED_OUT = "opted-out"
    OPTED_IN = "opted-in"
    """By the messenger's own switch for advertising; `text` is what it says."""
    ALARM = "alarm"
    """The messenger tells of the office's own account; nobody wrote."""
    MOVED = "moved"
    """The messenger says that this person is found at the address `also` from now on."""
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file a person sent: `remote` is how its channel finds it again; name, type and size are only claims."""

    remote: str
    name: str
    type: str
    size: int | None
    seconds: int | None = None
    """How long a voice note or a video is, where its channel tells."""


@dataclass(frozen=True, slots=True)
class Place:
    """A position a person sent, in degrees (WGS 84); `name` is what their messenger calls it."""

    latitude: float
    longitude: float
    name: str = ""


@dataclass(frozen=True, slots=True)
class Alarm:
    """What a messenger tells of the office's own account: what it is about, its state now, and of which template."""

    about: str
    state: str
    name: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing a person did. `token` is what a pressed button carries, `query` what the channel wants answered.

    `also` is another address of the same person, as the messenger itself vouches for it (a phone number).
    `album` is what files sent in one go have in common, where the channel tells; `at` is when the messenger says it
    happened, where what comes in may be out of order.
    """

    channel: str
    address: str
    kind: Kind
    text: str = ""
    token: str = ""
    query: str = ""
    upload: Upload | None = None
    forwarded: bool = False
    also: str = ""
    place: Place | None = None
    album: str = ""
    at: datetime | None = None
    alarm: Alarm | None = None


@dataclass(frozen=True, slots=True)
class Button:
    """A choice as the person sees it. `typed` is what to type for it; empty means its number."""

    token: str
    label: str
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A file to send: `content` as text, or `sha256` of a stored one, or where its channel still has it.

    `alt` says in words what is on a picture that may be shown in place; other files are there to be opened.
    """

    name: str
    type: str
    content: str = ""
    sha256: str = ""
    remote: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """A message in words a messenger approved beforehand (handlers/telling/templates.py) and what stands in its places.

    `buttons` are the tokens of its buttons, in their order.
    """

    name: str
    language: str
    values: tuple[tuple[str, str], ...] = ()
    buttons: tuple[str, ...] = ()


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
    template: Template | None = None
    """What is sent instead where only approved words may be."""
    late_template: Template | None = None
    """And what instead of that from `late_after` on."""
    edits: str = ""
    """The provider's name of an earlier message, whose words these take the place of."""
    language: str = ""
    """Of its words, where it is another than ours; for what a channel adds (the name of a list, what to type)."""

    def written(self) -> str:
        """As JSON for the outbox, without what is empty."""
        return json.dumps(filled(self), ensure_ascii=False)


def filled(record: "Button | Document | Message | Template") -> dict[str, Any]:
    """The fields of a record that say something, records inside it too."""
    told = {name: value for name in record.__slots__ if (value := getattr(record, name))}
    for name in told.keys() & NESTED:
        told[name] = filled(told[name]) if name in ALONE else [filled(button) for button in told[name]]
    return told


ALONE = {"document", "template", "late_template"}
NESTED = {"choices", "words"} | ALONE
"""Fields that hold records, and those that hold one."""


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
        template=read_template(fields.get("template")),
        late_template=read_template(fields.get("late_template")),
        edits=fields.get("edits", ""),
        language=fields.get("language", ""),
    )


def read_template(fields: Mapping[str, Any] | None) -> Template | None:
    if not fields:
        return None
    values = tuple((name, value) for name, value in fields.get("values", ()))
    return Template(fields["name"], fields["language"], values, tuple(fields.get("buttons", ())))
