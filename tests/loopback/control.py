"""The server by hand, with curl: speak as a person, look at the person's screen, list the violations."""

import json
from typing import Any

from aiohttp import web

from .calls import Json
from .methods import Methods
from .shapes import message_of, private_chat, user
from .updates import Updates


async def control(
    methods: Methods, updates: Updates, violations: list[str], request: web.BaseRequest
) -> web.StreamResponse:
    """POST /loopback/say {"chat": 7, "text": "halo"} · GET /loopback/screens/7 · GET /loopback/violations"""
    _, _, what, *rest = request.path.split("/")
    if what == "say" and request.method == "POST":
        return _answer(_say(methods, updates, json.loads(await request.read())))
    if what == "screens" and rest and rest[0].lstrip("-").isdecimal():
        chat = methods.chats.get(int(rest[0]))
        return _answer([str(screen) for screen in chat.screens] if chat else [])
    if what == "violations":
        return _answer(violations)
    return web.Response(status=404)


def _say(methods: Methods, updates: Updates, said: Json) -> Json:
    sender = user(int(said["chat"]), "Sari")
    chat = methods.meet(private_chat(sender))
    message = message_of(methods.next_message_id(), sender, chat.raw) | {"text": str(said["text"])}
    return {"update_id": updates.push({"message": message})}


def _answer(content: Any) -> web.Response:
    text = json.dumps(content, ensure_ascii=False, indent=1)
    return web.Response(text=text, content_type="application/json")
