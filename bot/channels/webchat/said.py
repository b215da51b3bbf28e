"""What a page posts, checked: as the line to show and the bytes to keep. A file comes in by upload.py."""

import json
import re
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.channels.body import TooLarge, media_type, read_body
from bot.channels.channel import position
from bot.channels.webchat.visitors import Refused

LONGEST_TEXT = 16_000
"""Characters of one message; what is too long for a question is told by the conversation, not here."""
LONGEST_TOKEN, LONGEST_LABEL, LONGEST_NAME = 256, 500, 200
LARGEST_BODY = 256 * 1024
"""Bytes of a posted text: LONGEST_TEXT of the widest characters, escaped."""
KEY = re.compile(r"[0-9A-Za-z-]{8,64}")
TYPE = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,100}")

UNCLEAR = "Pesan itu tidak bisa kami baca. Mohon muat ulang halaman ini, lalu coba lagi."
EMPTY = "Pesannya masih kosong. Mohon ditulis dulu."
TOO_SLOW = "Sambungannya terlalu lambat. Mohon coba lagi."
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
    if media_type(request) != "application/json":
        raise Refused(415, UNCLEAR)
    try:
        # JSON is UTF-8 (RFC 8259 §8.1): a caller who names a codec has no say in how long reading takes.
        return said(json.loads((await read_body(request, LARGEST_BODY)).decode()))
    except (ValueError, RecursionError) as fault:
        raise Refused(400, UNCLEAR) from fault
    except TooLarge as fault:
        raise Refused(413, TOO_LONG) from fault
    except TimeoutError as fault:
        raise Refused(408, TOO_SLOW) from fault


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


def plain_name(claimed: str) -> str:
    """A file name without folders and unprintable characters."""
    last = whole(claimed).replace("\\", "/").rpartition("/")[2]
    return "".join(c for c in last if c.isprintable()).strip()[-LONGEST_NAME:] or "berkas"
