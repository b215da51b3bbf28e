"""What a person sees in WhatsApp: words, a file, and what can be tapped."""

import time
from dataclasses import dataclass, field

from tests.loopback.calls import Upload

from .errors import Json
from .media import Media
from .templates import Templates


@dataclass(frozen=True, slots=True)
class Choice:
    """A button or a row of a list; `id` is what comes back when it is tapped."""

    title: str
    id: str
    description: str = ""

    def __str__(self) -> str:
        return f"[{self.title}]{' ' + self.description if self.description else ''}"


@dataclass(frozen=True, slots=True)
class Screen:
    """One message of ours on a phone; `kind` is text, button, list, template, document or image."""

    wamid: str
    kind: str
    text: str
    choices: tuple[Choice, ...] = ()
    file: Upload | None = None
    at: float = field(default_factory=time.monotonic)

    def choice(self, title: str) -> Choice | None:
        """The one with this very title, else the first whose title or description contains it."""
        same = [choice for choice in self.choices if choice.title == title]
        alike = [choice for choice in self.choices if title in choice.title or title in choice.description]
        return next(iter(same + alike), None)

    def __str__(self) -> str:
        name = [f"<{self.file.name}>"] if self.file else []
        return "\n".join([*name, self.text, *map(str, self.choices)])


def screen_of(message: Json, wamid: str, media: Media, templates: Templates) -> Screen:
    """How a message that kept all limits looks. Raises what Meta answers when its template or file is not there."""
    kind = message.get("type", "text")
    content = message[kind]
    if kind == "text":
        return Screen(wamid, kind, content["body"])
    if kind == "template":
        filled = templates.fill(message)
        return Screen(wamid, kind, filled.text, tuple(Choice(label, payload) for label, payload in filled.buttons))
    if kind == "interactive":
        return _interactive(content, wamid, media)
    return Screen(wamid, kind, content.get("caption", ""), file=_file(content, media))


def _file(content: Json, media: Media) -> Upload:
    if "link" in content:
        return Upload(content.get("filename") or content["link"].rpartition("/")[2], "", 0, b"")
    stored = media.get(content["id"])
    return Upload(content.get("filename") or stored.name, stored.mime, stored.size, stored.content)


def _interactive(content: Json, wamid: str, media: Media) -> Screen:
    header = content.get("header") or {}
    file = _file(header[header["type"]], media) if header.get("type", "text") != "text" else None
    words = [(content.get(part) or {}).get("text") for part in ("header", "body", "footer")]
    text = "\n".join(part for part in words if part)
    if content["type"] == "button":
        replies = [button["reply"] for button in content["action"]["buttons"]]
        return Screen(wamid, "button", text, tuple(Choice(reply["title"], reply["id"]) for reply in replies), file)
    rows = [row for section in content["action"]["sections"] for row in section["rows"]]
    choices = tuple(Choice(row["title"], row["id"], row.get("description", "")) for row in rows)
    return Screen(wamid, "list", text, choices)
