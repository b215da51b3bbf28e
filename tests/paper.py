"""Channels on paper: the real parse and the real render of each, with a pen where the network would be."""

import json
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, Protocol

from aiohttp import web

from bot.channels import plain
from bot.channels.channel import Channel, Delivery, Receive, SendFailed
from bot.channels.telegram import calls, updates
from bot.channels.webchat import WebChat
from bot.channels.whatsapp import calls as whatsapp_calls
from bot.channels.whatsapp import updates as whatsapp_updates
from bot.fetch import Shelf
from handlers import templates
from handlers.conversation.message import Document, Incoming, Message
from handlers.conversation.words import Words, in_language
from handlers.may_send import Rules
from storage import transcript
from storage.database import Database
from storage.outbox import Parcel


@dataclass
class Shown:
    """What one message looks like: its text, its buttons by label, the document that came with it."""

    text: str
    buttons: dict[str, str] = field(default_factory=dict)
    document: Document | None = None


class Paper(Protocol):
    """A channel whose network is a sheet of paper: `sheets` by address."""

    sheets: dict[str, list[Shown]]
    files: dict[str, bytes]
    folder: Path
    """Where somebody keeps the files they send."""
    failing: list[SendFailed]
    """What goes wrong with the next sends, one after the other."""
    lost: SendFailed | None
    """Why no file can be fetched."""
    number: "count[int]"

    def on(self, database: Database, folder: Path, now: Callable[[], datetime]) -> Channel: ...
    def text(self, address: str, said: str) -> bytes: ...
    def press(self, address: str, token: str) -> bytes: ...
    def file(self, address: str, name: str, type: str, size: int, remote: str) -> bytes: ...
    def message(self, address: str, **content: Any) -> bytes: ...
    def update(self, kind: str, content: dict[str, Any]) -> bytes: ...


class OnPaper:
    """What the three share: an id for each thing that comes in, sheets for what goes out."""

    broken = False
    rules = Rules()
    tells_later = timedelta(0)

    def __init__(self) -> None:
        self.sheets: dict[str, list[Shown]] = {}
        self.files: dict[str, bytes] = {}
        self.folder = Path()
        self.failing: list[SendFailed] = []
        self.lost: SendFailed | None = None
        self.number = count(1)

    def write(self, address: str, shown: Shown) -> None:
        self.sheets.setdefault(address, []).append(shown)

    def may_fail(self) -> None:
        if self.failing:
            raise self.failing.pop(0)

    async def listen(self, receive: Receive) -> None:
        """Nobody knocks: the tests put arrivals in themselves."""

    def routes(self, receive: Receive) -> Sequence[web.AbstractRouteDef]:
        return []

    async def fetch(self, remote: str) -> AsyncIterator[bytes]:
        if self.lost is not None:
            raise self.lost
        yield self.files[remote]

    async def close(self) -> None:
        """Nothing to give back."""

    def message(self, address: str, **content: Any) -> bytes:
        raise AssertionError(f"only Telegram has messages like {list(content)} for {address}")

    def update(self, kind: str, content: dict[str, Any]) -> bytes:
        raise AssertionError(f"only Telegram has updates like {kind} with {list(content)}")


class TelegramOnPaper(OnPaper):
    """Updates as Telegram words them; what goes out is read from the call's parameters."""

    name = "telegram"
    link = "https://t.me/rumah_kedua_bot"
    me = updates.Me(1, "rumah_kedua_bot")

    def on(self, database: Database, folder: Path, now: Callable[[], datetime]) -> Channel:
        return self

    def parse(self, raw: bytes) -> Incoming:
        return updates.parse(raw, self.me)

    async def send(self, parcel: Parcel, message: Message) -> str:
        self.may_fail()
        call = calls.render(parcel.address, message)
        markup = call.params.get("reply_markup", {})
        markup = json.loads(markup) if isinstance(markup, str) else markup
        buttons = {b["text"]: b["callback_data"] for row in markup.get("inline_keyboard", ()) for b in row}
        text = call.params.get("text") or call.params.get("caption") or ""
        if call.method.startswith("send"):
            self.write(parcel.address, Shown(text, buttons, message.document))
        elif text:
            self.write(f"{parcel.address} toast", Shown(text))
        return str(next(self.number))

    def update(self, kind: str, content: dict[str, Any]) -> bytes:
        return json.dumps({"update_id": next(self.number), kind: content}).encode()

    def message(self, address: str, **content: Any) -> bytes:
        chat = {"id": int(address), "type": "private", "first_name": "X"}
        sender = {"id": int(address), "is_bot": False, "first_name": "X"}
        ids = {"message_id": next(self.number), "date": 1_800_000_000, "chat": chat, "from": sender}
        return self.update("message", ids | content)

    def text(self, address: str, said: str) -> bytes:
        return self.message(address, text=said)

    def press(self, address: str, token: str) -> bytes:
        chat = {"id": int(address), "type": "private", "first_name": "X"}
        query = {
            "id": f"q{next(self.number)}",
            "from": {"id": int(address), "is_bot": False, "first_name": "X"},
            "chat_instance": "1",
            "data": token,
            "message": {"message_id": 1, "date": 1_800_000_000, "chat": chat, "text": "…"},
        }
        return self.update("callback_query", query)

    def file(self, address: str, name: str, type: str, size: int, remote: str) -> bytes:
        document = {
            "file_id": remote,
            "file_unique_id": remote,
            "file_name": name,
            "mime_type": type,
            "file_size": size,
        }
        return self.message(address, document=document)


class WebOnPaper(OnPaper):
    """The page's own posts; what goes out is read from the transcript the page shows."""

    name = "web"

    def on(self, database: Database, folder: Path, now: Callable[[], datetime]) -> Channel:
        chat = WebChat(database, Shelf(folder), [], False, "Kantor", folder / "uploads", now=now)
        self.parse = chat.parse
        self.sends = chat.send
        self.database = database
        return self

    async def send(self, parcel: Parcel, message: Message) -> str:
        self.may_fail()
        receipt = await self.sends(parcel, message)
        if message.query or message.menu:
            return receipt
        read = partial(transcript.after, address=parcel.address, line_id=0)
        body = (await self.database.transact(read))[-1].body
        buttons = {b["label"]: b["token"] for b in (*body.get("choices", ()), *body.get("words", ()))}
        self.write(parcel.address, Shown(body.get("text", ""), buttons, message.document))
        return receipt

    def raw(self, address: str, **fields: Any) -> bytes:
        return json.dumps({"address": address, "id": f"page-{next(self.number):08d}", **fields}).encode()

    def text(self, address: str, said: str) -> bytes:
        return self.raw(address, text=said)

    def press(self, address: str, token: str) -> bytes:
        return self.raw(address, pressed=token, label="…")

    def file(self, address: str, name: str, type: str, size: int, remote: str) -> bytes:
        return self.raw(address, file={"remote": remote, "name": name, "type": type, "size": size})


class WhatsAppOnPaper(OnPaper):
    """Items of a webhook as WhatsApp words them; what goes out is read from the body of the call."""

    name = "whatsapp"
    link = "https://wa.me/622858880000"
    rules = Rules(window=timedelta(hours=24), reach=250)
    tells_later = timedelta(seconds=20)

    def on(self, database: Database, folder: Path, now: Callable[[], datetime]) -> Channel:
        return self

    def parse(self, raw: bytes) -> Incoming | Delivery:
        return whatsapp_updates.parse(raw)

    async def send(self, parcel: Parcel, message: Message) -> str:
        self.may_fail()
        call = whatsapp_calls.render(parcel.address, message, parcel.form, parcel.id)
        if call is not None:
            self.write(parcel.address, self.shown(call.payload, message))
        return f"wamid.{next(self.number)}" if call is not None else ""

    @staticmethod
    def shown(body: dict[str, Any], message: Message) -> Shown:
        if body["type"] == "template":
            said = body["template"]
            given = [p for part in said["components"] for p in part["parameters"]]
            values = {p["parameter_name"]: p["text"] for p in given if p["type"] == "text"}
            approved = next(one for one in templates.ALL if one.name == said["name"])
            filled = approved(**values)
            words = in_language(Words(approved.words.template, filled.values), said["language"]["code"])
            tokens = [p["payload"] for p in given if p["type"] == "payload"]
            labels = [in_language(label, said["language"]["code"]) for _, label in approved.buttons]
            return Shown(words, dict(zip(labels, tokens, strict=True)))
        if body["type"] == "interactive":
            action = body["interactive"]["action"]
            replies = {button["reply"]["title"]: button["reply"]["id"] for button in action.get("buttons", ())}
            rows = {row["title"]: row["id"] for section in action.get("sections", ()) for row in section["rows"]}
            return Shown(body["interactive"]["body"]["text"], replies | rows, message.document)
        content = body[body["type"]]
        return Shown(content.get("body") or content.get("caption", ""), {}, message.document)

    def message(self, address: str, **content: Any) -> bytes:
        name = {"from": address} if address.isdecimal() else {"from_user_id": address}
        item = {"id": f"wamid.in{next(self.number)}", "timestamp": "1800000000", **name, **content}
        return json.dumps({"metadata": {"phone_number_id": "1"}, "contacts": [], "message": item}).encode()

    def text(self, address: str, said: str) -> bytes:
        return self.message(address, type="text", text={"body": said})

    def press(self, address: str, token: str) -> bytes:
        reply = {"type": "button_reply", "button_reply": {"id": token, "title": "…"}}
        return self.message(address, type="interactive", interactive=reply)

    def file(self, address: str, name: str, type: str, size: int, remote: str) -> bytes:
        media = remote.replace(" ", "-")
        self.files[media] = self.files.get(remote, b"")
        document = {"id": media, "filename": name, "mime_type": type, "sha256": "…"}
        return self.message(address, type="document", document=document)


class PlainOnPaper(OnPaper):
    """Lines typed and lines printed: there are no buttons, so everything is typed."""

    name = "plain"

    def on(self, database: Database, folder: Path, now: Callable[[], datetime]) -> Channel:
        self.terminal = plain.Plain([plain.Guest("-", "-")], Shelf(folder))
        return self

    def parse(self, raw: bytes) -> Incoming:
        return self.terminal.parse(raw)

    async def send(self, parcel: Parcel, message: Message) -> str:
        self.may_fail()
        if not message.query and not message.menu:
            self.write(parcel.address, Shown(plain.render(message), {}, message.document))
        return "-"

    def text(self, address: str, said: str) -> bytes:
        return json.dumps({"address": address, "text": said, "line": next(self.number)}).encode()

    def press(self, address: str, token: str) -> bytes:
        raise AssertionError("there is nothing to press in a terminal")

    def file(self, address: str, name: str, type: str, size: int, remote: str) -> bytes:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as written:
            written.truncate(size)
        self.files[str(path)] = self.files.get(remote, b"")
        return self.text(address, f"{plain.FILE}{path}")


PAPERS: dict[str, Callable[[], Paper]] = {
    "telegram": TelegramOnPaper,
    "whatsapp": WhatsAppOnPaper,
    "web": WebOnPaper,
    "plain": PlainOnPaper,
}
