"""One call of the bot as it arrived: the method, its parameters, its files and what became of it."""

import json
import re
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, web

Json = dict[str, Any]

NUMBERS = frozenset({"chat_id", "message_id", "offset", "limit", "timeout", "user_id"})
DOCUMENTS = frozenset({"reply_markup", "commands", "scope", "allowed_updates", "entities", "caption_entities"})
KEPT_BYTES = 1024 * 1024
CHUNK = 256 * 1024
WHOLE_NUMBER = re.compile(r"-?\d{1,18}")


class Refused(Exception):
    """What Telegram answers when it will not do what was asked."""

    def __init__(self, description: str, code: int = 400, **parameters: int) -> None:
        super().__init__(description)
        self.description, self.code, self.parameters = description, code, parameters

    def body(self) -> bytes:
        answer: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            answer["parameters"] = self.parameters
        return json.dumps(answer).encode()


@dataclass(frozen=True, slots=True)
class Upload:
    """A file the bot sent; of a large one only the size is kept."""

    name: str
    mime: str
    size: int
    content: bytes


@dataclass(slots=True)
class Call:
    """`effect` tells whether it took hold, `outcome` what the bot was told: "ok", a refusal or a fault."""

    method: str
    params: Json
    files: dict[str, Upload] = field(default_factory=dict)
    at: float = field(default_factory=time.monotonic)
    outcome: str = "open"
    effect: bool = False

    @property
    def chat(self) -> int | None:
        chat = self.params.get("chat_id")
        return chat if isinstance(chat, int) else None


async def read_call(request: web.BaseRequest, method: str) -> Call:
    """Read a JSON, form or multipart body; a GET may carry one too (pyTelegramBotAPI does)."""
    params: Json = dict(parse_qsl(request.raw_path.partition("?")[2], keep_blank_values=True))
    files: dict[str, Upload] = {}
    if request.content_type == "multipart/form-data":
        await _read_parts(request, params, files)
    elif request.can_read_body:
        params |= _read_body(request.content_type, await request.read())
    return Call(method, {name: _typed(name, value) for name, value in params.items()}, files)


def _read_body(content_type: str, body: bytes) -> Json:
    if content_type != "application/json":
        return dict(parse_qsl(body.decode(), keep_blank_values=True))
    try:
        params = json.loads(body or b"{}")
    except ValueError as error:
        raise Refused("Bad Request: can't parse JSON request body") from error
    if not isinstance(params, dict):
        raise Refused("Bad Request: JSON object expected as request body")
    return params


async def _read_parts(request: web.BaseRequest, params: Json, files: dict[str, Upload]) -> None:
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        if part.filename is None:
            params[part.name] = await part.text()
        else:
            files[part.name] = await _read_upload(part, part.filename)


async def _read_upload(part: BodyPartReader, name: str) -> Upload:
    size, kept = 0, bytearray()
    while chunk := await part.read_chunk(CHUNK):
        size += len(chunk)
        if size <= KEPT_BYTES:
            kept += chunk
    content = bytes(kept) if size <= KEPT_BYTES else b""
    return Upload(name, part.headers.get("Content-Type", "application/octet-stream"), size, content)


def _typed(name: str, value: Any) -> Any:
    """Forms carry text only; what cannot be read stays text and is refused by whoever needs it."""
    if not isinstance(value, str):
        return value
    if name in NUMBERS and WHOLE_NUMBER.fullmatch(value):
        return int(value)
    if name in DOCUMENTS:
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value
