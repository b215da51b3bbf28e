"""Channels on paper: the real parse and the real render of each, with a pen where the network would be."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from bot.channels import numbered, plain
from bot.channels.channel import Channel, Delivery
from bot.channels.telegram import calls, groups, updates
from bot.channels.webchat import WebChat
from bot.channels.whatsapp import calls as whatsapp_calls
from bot.channels.whatsapp import updates as whatsapp_updates
from bot.inbound.fetch import Shelf
from handlers.conversation.message import Incoming, Message
from handlers.conversation.words import Words, in_language
from handlers.telling import templates
from handlers.telling.may_send import Rules
from storage.database.database import Database
from storage.mail import transcript
from storage.mail.outbox import Parcel
from tests.sheets import OnPaper, Paper, Shown


class TelegramOnPaper(OnPaper):
    """Updates as Telegram words them; what goes out is read from the call's parameters."""

    name = "telegram"
    edits = True
    link = "https://t.me/rumah_kedua_bot"
    me = groups.Me(1, "rumah_kedua_bot")

    def on(self, database: Database, folder: Path, now: Callable[[], datetime]) -> Channel:
        return self

    def parse(self, raw: bytes) -> Incoming:
        return updates.parse(raw, self.me)

    async def send(self, parcel: Parcel, message: Message) -> str:
        self.may_fail(parcel.address)
        call = calls.render(parcel.address, message)
        markup = call.params.get("reply_markup", {})
        markup = json.loads(markup) if isinstance(markup, str) else markup
        buttons = {b["text"]: b["callback_data"] for row in markup.get("inline_keyboard", ()) for b in row}
        text = call.params.get("text") or call.params.get("caption") or ""
        if call.method.startswith(("send", "edit")):
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

    @staticmethod
    def named(remote: str, size: int, **more: Any) -> dict[str, Any]:
        return {"file_id": remote, "file_unique_id": remote, "file_size": size, **more}

    def file(self, address: str, name: str, type: str, size: int, remote: str, caption: str = "") -> bytes:
        document = self.named(remote, size, file_name=name, mime_type=type)
        return self.message(address, document=document, **({"caption": caption} if caption else {}))

    def voice(self, address: str, seconds: int, size: int, remote: str) -> bytes:
        return self.message(address, voice=self.named(remote, size, duration=seconds, mime_type="audio/ogg"))

    def video(self, address: str, size: int, remote: str) -> bytes:
        return self.message(address, video=self.named(remote, size, duration=9, width=9, height=9))

    def photo(self, address: str, size: int, remote: str, caption: str = "", album: str = "") -> bytes:
        self.files[f"photo:{remote}"] = self.files.get(remote, b"")
        small, large = self.named("small", 9, width=9, height=9), self.named(remote, size, width=900, height=900)
        more = {name: said for name, said in (("caption", caption), ("media_group_id", album)) if said}
        return self.message(address, photo=[small, large], **more)

    def place(self, address: str, latitude: float, longitude: float) -> bytes:
        return self.message(address, location={"latitude": latitude, "longitude": longitude})


class WebOnPaper(OnPaper):
    """The page's own posts; what goes out is read from the transcript the page shows."""

    name = "web"
    edits = True

    def on(self, database: Database, folder: Path, now: Callable[[], datetime]) -> Channel:
        chat = WebChat(database, Shelf(folder), [], False, "Kantor", folder / "uploads", now=now)
        self.parse = chat.parse
        self.sends = chat.send
        self.database = database
        return self

    async def send(self, parcel: Parcel, message: Message) -> str:
        self.may_fail(parcel.address)
        receipt = await self.sends(parcel, message)
        if message.query or message.menu:
            return receipt
        read = partial(transcript.after, address=parcel.address, line_id=int(message.edits or receipt) - 1)
        body = (await self.database.transact(read))[0].body
        buttons = {b["label"]: b["token"] for b in (*body.get("choices", ()), *body.get("words", ()))}
        self.write(parcel.address, Shown(body.get("text", ""), buttons, message.document))
        return receipt

    def raw(self, address: str, **fields: Any) -> bytes:
        return json.dumps({"address": address, "id": f"page-{next(self.number):08d}", **fields}).encode()

    def text(self, address: str, said: str) -> bytes:
        return self.raw(address, text=said)

    def press(self, address: str, token: str) -> bytes:
        return self.raw(address, pressed=token, label="…")

    def file(self, address: str, name: str, type: str, size: int, remote: str, caption: str = "") -> bytes:
        note = {"note": caption} if caption else {}
        return self.raw(address, file={"remote": remote, "name": name, "type": type, "size": size, **note})

    def voice(self, address: str, seconds: int, size: int, remote: str) -> bytes:
        return self.file(address, "suara.ogg", "audio/ogg", size, remote)

    def video(self, address: str, size: int, remote: str) -> bytes:
        return self.file(address, "video.mp4", "video/mp4", size, remote)

    def photo(self, address: str, size: int, remote: str, caption: str = "", album: str = "") -> bytes:
        return self.file(address, "foto.jpg", "image/jpeg", size, remote, caption)

    def place(self, address: str, latitude: float, longitude: float) -> bytes:
        return self.raw(address, place={"latitude": latitude, "longitude": longitude})


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
        self.may_fail(parcel.address)
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

    def media(self, address: str, kind: str, type: str, remote: str, **more: Any) -> bytes:
        named = remote.replace(" ", "-")
        self.files[named] = self.files.get(remote, b"")
        told = {name: said for name, said in more.items() if said}
        return self.message(address, type=kind, **{kind: {"id": named, "mime_type": type, "sha256": "…", **told}})

    def file(self, address: str, name: str, type: str, size: int, remote: str, caption: str = "") -> bytes:
        return self.media(address, "document", type, remote, filename=name, caption=caption)

    def voice(self, address: str, seconds: int, size: int, remote: str) -> bytes:
        return self.media(address, "audio", "audio/ogg; codecs=opus", remote, voice=True)

    def video(self, address: str, size: int, remote: str) -> bytes:
        return self.media(address, "video", "video/mp4", remote)

    def photo(self, address: str, size: int, remote: str, caption: str = "", album: str = "") -> bytes:
        return self.media(address, "image", "image/jpeg", remote, caption=caption)

    def place(self, address: str, latitude: float, longitude: float) -> bytes:
        return self.message(address, type="location", location={"latitude": latitude, "longitude": longitude})


class PlainOnPaper(OnPaper):
    """Lines typed and lines printed: there are no buttons, so everything is typed."""

    name = "plain"

    def on(self, database: Database, folder: Path, now: Callable[[], datetime]) -> Channel:
        self.terminal = plain.Plain([plain.Guest("-", "-")], Shelf(folder))
        return self

    def parse(self, raw: bytes) -> Incoming:
        return self.terminal.parse(raw)

    async def send(self, parcel: Parcel, message: Message) -> str:
        self.may_fail(parcel.address)
        if not message.query and not message.menu:
            self.write(parcel.address, Shown(numbered.render(message), {}, message.document))
        return "-"

    def text(self, address: str, said: str) -> bytes:
        return json.dumps({"address": address, "text": said, "line": next(self.number)}).encode()

    def press(self, address: str, token: str) -> bytes:
        raise AssertionError("there is nothing to press in a terminal")

    def file(self, address: str, name: str, type: str, size: int, remote: str, caption: str = "") -> bytes:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as written:
            written.truncate(size)
        self.files[str(path)] = self.files.get(remote, b"")
        return self.text(address, f"{plain.FILE}{path}" + (f" | {caption}" if caption else ""))

    def voice(self, address: str, seconds: int, size: int, remote: str) -> bytes:
        return self.file(address, f"{remote}.ogg", "audio/ogg", size, remote)

    def video(self, address: str, size: int, remote: str) -> bytes:
        return self.file(address, f"{remote}.mp4", "video/mp4", size, remote)

    def photo(self, address: str, size: int, remote: str, caption: str = "", album: str = "") -> bytes:
        return self.file(address, f"{remote}.jpg", "image/jpeg", size, remote, caption)

    def place(self, address: str, latitude: float, longitude: float) -> bytes:
        return self.text(address, f"lokasi: {latitude}, {longitude}")


PAPERS: dict[str, Callable[[], Paper]] = {
    "telegram": TelegramOnPaper,
    "whatsapp": WhatsAppOnPaper,
    "web": WebOnPaper,
    "plain": PlainOnPaper,
}
