"""What a page posts, checked: a text, a press, a place or a file, as the line to show and the bytes to keep."""

import json
import re
from dataclasses import dataclass
from typing import Any

from aiohttp import BodyPartReader, web

from bot.channels.channel import position
from bot.channels.webchat.shelf import Shelf
from bot.channels.webchat.visitors import Refused

LONGEST_TEXT = 16_000
"""Characters of one message; what is too long for a question is told by the conversation, not here."""
LONGEST_NOTE = 4096
"""Bytes of the words that go with a file."""
LONGEST_TOKEN, LONGEST_LABEL, LONGEST_NAME = 256, 500, 200
LARGEST_BODY = 256 * 1024
"""Bytes of a posted text: LONGEST_TEXT of the widest characters, escaped."""
KEY = re.compile(r"[0-9A-Za-z-]{8,64}")
TYPE = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,100}")

UNCLEAR = "Pesan itu tidak bisa kami baca. Mohon muat ulang halaman ini, lalu coba lagi."
EMPTY = "Pesannya masih kosong. Mohon ditulis dulu."
TOO_LONG = "Pesan itu terlalu panjang. Mohon dibagi menjadi beberapa pesan."


@dataclass(frozen=True, slots=True)
class Said:
    """`key` is the page's own name for it, so that twice is once; `fields` tell a text, a press, a place or a file."""

    key: str
    fields: dict[str, Any]

    def line(self) -> dict[str, Any]:
        """As the page shows it."""
        if "pressed" in self.fields:
            return {"key": self.key, "text": self.fields["label"]}
        if "file" in self.fields:
            file = self.fields["file"]
            line = {"key": self.key, "file": {name: file[name] for name in ("name", "type", "size")}}
            return line | ({"text": file["note"]} if file["note"] else {})
        return {"key": self.key, **self.fields}

    def raw(self, address: str) -> bytes:
        """As the inbox keeps it; `WebChat.parse` reads it."""
        return json.dumps({"address": address, "id": self.key, **self.fields}).encode()


async def read_json(request: web.Request) -> Said:
    """A posted text, press or place. Raises Refused."""
    if request.content_type != "application/json":
        raise Refused(415, UNCLEAR)
    if (request.content_length or 0) > LARGEST_BODY:
        raise Refused(413, TOO_LONG)
    try:
        posted = await request.json()
    except (ValueError, RecursionError) as fault:
        raise Refused(400, UNCLEAR) from fault
    except web.HTTPRequestEntityTooLarge as fault:
        raise Refused(413, TOO_LONG) from fault
    return said(posted)


def said(posted: Any) -> Said:
    """Raises Refused for what no page of ours sends."""
    if not isinstance(posted, dict):
        raise Refused(400, UNCLEAR)
    key = named(posted.get("id"))
    if "pressed" in posted:
        token = short(posted["pressed"], LONGEST_TOKEN)
        return Said(key, {"pressed": token, "label": short(posted.get("label"), LONGEST_LABEL)})
    if "place" in posted:
        return Said(key, {"place": place(posted["place"])})
    text = whole(posted.get("text"))
    if len(text) > LONGEST_TEXT:
        raise Refused(413, TOO_LONG)
    if not text.strip():
        raise Refused(400, EMPTY)
    return Said(key, {"text": text})


def place(posted: Any) -> dict[str, float]:
    found = position(posted.get("latitude"), posted.get("longitude")) if isinstance(posted, dict) else None
    if found is None:
        raise Refused(400, UNCLEAR)
    return {"latitude": found.latitude, "longitude": found.longitude}


def named(key: Any) -> str:
    if not isinstance(key, str) or not KEY.fullmatch(key):
        raise Refused(400, UNCLEAR)
    return key


def short(value: Any, at_most: int) -> str:
    text = whole(value)
    if not 0 < len(text) <= at_most:
        raise Refused(400, UNCLEAR)
    return text


def whole(value: Any) -> str:
    """A text that can be stored: half a character (a lone surrogate, which JSON may hold) becomes U+FFFD."""
    if not isinstance(value, str):
        raise Refused(400, UNCLEAR)
    return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


async def read_file(request: web.Request, shelf: Shelf) -> Said:
    """A posted file, put on the shelf. Raises Refused, TooLarge or Full."""
    if request.content_type != "multipart/form-data":
        raise Refused(415, UNCLEAR)
    try:
        parts = await request.multipart()
        key = named((await part(await parts.next(), "id").read_chunk(100)).decode())
        note = await read_note(part(await parts.next(), "note"))
        return Said(key, {"file": await kept(part(await parts.next(), "file"), shelf) | {"note": note}})
    except ValueError as fault:
        raise Refused(400, UNCLEAR) from fault


async def read_note(sent: BodyPartReader) -> str:
    """The words that go with a file, maybe none. Raises Refused."""
    note = await sent.read_chunk(LONGEST_NOTE + 1)
    if len(note) > LONGEST_NOTE:
        raise Refused(413, TOO_LONG)
    return note.decode("utf-8", "replace").strip()


def part(found: Any, name: str) -> BodyPartReader:
    if not isinstance(found, BodyPartReader) or found.name != name:
        raise Refused(400, UNCLEAR)
    return found


async def kept(file: BodyPartReader, shelf: Shelf) -> dict[str, Any]:
    """Put a file on the shelf; what is known of it. Name and type are only claims."""
    remote, size = await shelf.keep(file)
    claimed = file.headers.get("Content-Type", "").partition(";")[0].strip()
    return {
        "remote": remote,
        "name": plain_name(file.filename or ""),
        "type": claimed if TYPE.fullmatch(claimed) else "application/octet-stream",
        "size": size,
    }


def plain_name(claimed: str) -> str:
    """A file name without folders and unprintable characters."""
    last = whole(claimed).replace("\\", "/").rpartition("/")[2]
    return "".join(c for c in last if c.isprintable()).strip()[-LONGEST_NAME:] or "berkas"
