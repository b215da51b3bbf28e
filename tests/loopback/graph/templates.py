"""Approved words: which there are, and whether a message fills their places rightly."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from .errors import Breach, GraphError, Json

PLACE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
FORBIDDEN = re.compile(r"[\n\t]| {5,}")
BODY, PAYLOAD = 1024, 256
NOT_USABLE = {"PAUSED": 132015, "DISABLED": 132016}


@dataclass(frozen=True, slots=True)
class Template:
    """Its places are written {{1}} or {{name}}; `buttons` are the labels of its quick replies."""

    name: str
    body: str
    language: str = "id"
    buttons: tuple[str, ...] = ()
    status: str = "APPROVED"
    category: str = "UTILITY"
    header: str = ""
    footer: str = ""

    @property
    def raw(self) -> Json:
        """As the list of templates shows it."""
        shown = {"name": self.name, "language": self.language, "status": self.status, "category": self.category}
        parts: list[Json] = [{"type": "BODY", "text": self.body}]
        if self.header:
            parts.insert(0, {"type": "HEADER", "format": "TEXT", "text": self.header})
        if self.footer:
            parts.append({"type": "FOOTER", "text": self.footer})
        if self.buttons:
            buttons = [{"type": "QUICK_REPLY", "text": label} for label in self.buttons]
            parts.append({"type": "BUTTONS", "buttons": buttons})
        named = any(not place.isdecimal() for place in PLACE.findall(self.body))
        return shown | {"parameter_format": "NAMED" if named else "POSITIONAL", "components": parts}


@dataclass(frozen=True, slots=True)
class Filled:
    """What the person reads, and the payload behind each button."""

    text: str
    buttons: tuple[tuple[str, str], ...]


class Templates(dict[tuple[str, str], Template]):
    """By name and language."""

    def add(self, *templates: Template) -> None:
        for template in templates:
            self[template.name, template.language] = template

    def fill(self, message: Json) -> Filled:
        """The words of a template message. Raises what Meta answers when they cannot be."""
        asked = message["template"]
        template = self._known(str(asked.get("name")), str((asked.get("language") or {}).get("code")))
        parts = [part for part in asked.get("components") or [] if isinstance(part, dict)]
        header = _filled(message, template.header, _parameters(parts, "header"))
        body = _filled(message, template.body, _parameters(parts, "body"))
        if len(body) > BODY:
            raise GraphError(132005, f"the filled body has {len(body)} characters, at most {BODY} are allowed")
        text = "\n".join(part for part in (header, body, template.footer) if part)
        return Filled(text, tuple(_buttons(message, template, parts)))

    def _known(self, name: str, language: str) -> Template:
        template = self.get((name, language))
        if template is None or template.status in ("PENDING", "REJECTED"):
            raise GraphError(132001, f"template name ({name}) does not exist in {language}")
        if template.status in NOT_USABLE:
            raise GraphError(NOT_USABLE[template.status])
        return template


def _parameters(parts: Sequence[Json], kind: str) -> list[Json]:
    return [given for part in parts if str(part.get("type")).lower() == kind for given in part.get("parameters") or []]


def _filled(message: Json, words: str, given: Sequence[Json]) -> str:
    places = list(dict.fromkeys(PLACE.findall(words)))
    if len(given) != len(places):
        told = f"number of localizable_params ({len(given)}) does not match the expected number ({len(places)})"
        raise GraphError(132000, told)
    named = any(not place.isdecimal() for place in places)
    names = [str(one.get("parameter_name", "")) for one in given] if named else places
    if set(names) != set(places):
        raise GraphError(100, message=f"(#100) Invalid parameter: the names {names} are not those of the template")
    values = {name: _value(message, one) for name, one in zip(names, given, strict=True)}
    return PLACE.sub(lambda place: values[place[1]], words)


def _value(message: Json, given: Json) -> str:
    value: Any = given.get("text")
    if given.get("type") != "text" or not isinstance(value, str) or not value:
        raise Breach(message, "a parameter of a template is not a text", 131008)
    if FORBIDDEN.search(value):
        raise Breach(message, "a parameter of a template has a new line, a tab or more than 4 spaces in a row", 132012)
    return value


def _buttons(message: Json, template: Template, parts: Sequence[Json]) -> Iterator[tuple[str, str]]:
    """Each label with its payload; a button nothing was said about carries its label."""
    payloads: dict[int, str] = {}
    for part in parts:
        if str(part.get("type")).lower() != "button":
            continue
        index = str(part.get("index"))
        if part.get("sub_type") != "quick_reply" or not index.isdecimal() or int(index) >= len(template.buttons):
            raise Breach(message, f"the template has no quick reply number {index}", 132000)
        (given,) = part.get("parameters") or [{}]
        payload = str(given.get("payload", ""))
        if given.get("type") != "payload" or not 1 <= len(payload) <= PAYLOAD:
            raise Breach(message, f"the payload of button {index} has {len(payload)} characters, 1 to {PAYLOAD}")
        payloads[int(index)] = payload
    for place, label in enumerate(template.buttons):
        yield label, payloads.get(place, label)
