"""The web chat over real HTTP and real SQLite, and the hands of whoever stands behind it."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from aiohttp import ClientResponse, CookieJar, FormData, web
from aiohttp.test_utils import TestClient, TestServer

from bot.channels.channel import Receive
from bot.channels.webchat import Guest, WebChat
from bot.web.entrance import orderly
from handlers.conversation.message import Incoming, Message
from storage.database.database import Database
from storage.mail import inbox
from storage.mail.inbox import Arrival
from storage.mail.outbox import Parcel

ANI, BUDI = Guest("ani", "Ani", "ketua <Forum>"), Guest("budi", "Budi", "petugas")
KEY = "0f8fad5b-d9cb-469f-a165-70867728950e"
Client = TestClient[web.Request, web.Application]


@dataclass(frozen=True)
class Cabinet:
    """Stored files, each named by its hash."""

    folder: Path

    def path(self, sha256: str) -> Path:
        return self.folder / sha256


@dataclass
class Office:
    """A served web chat and the hands of whoever is behind it."""

    chat: WebChat
    client: Client
    database: Database
    folder: Path

    @property
    def origin(self) -> str:
        return str(self.client.make_url("/")).rstrip("/")

    async def post(self, path: str, said: Any, **headers: str) -> ClientResponse:
        headers = {"Origin": self.origin, "Content-Type": "application/json"} | headers
        return await self.client.post(path, data=BytesIO(json.dumps(said).encode()), headers=headers)

    async def upload(
        self, path: str, content: bytes, key: str = KEY, name: str = "surat.pdf", note: str = ""
    ) -> ClientResponse:
        form = FormData({"id": key, "note": note}, quote_fields=False)
        form.add_field("file", BytesIO(content), filename=name, content_type="application/pdf")
        return await self.client.post(path, data=form, headers={"Origin": self.origin})

    async def lines(self, who: str, after: int = 0) -> list[dict[str, Any]]:
        async with self.client.get(f"/chat/{who}/messages", params={"after": after}) as response:
            assert response.status == 200
            found: list[dict[str, Any]] = (await response.json())["lines"]
            return found

    async def letters(self) -> list[Incoming]:
        waiting = await self.database.transact(partial(inbox.waiting, channels=["web"], at_most=100))
        return [self.chat.parse(letter.raw) for letter in waiting]

    async def say(self, address: str, message: Message, parcel_id: int = 1, kind: str = "reply") -> str:
        parcel = Parcel(parcel_id, "web", address, kind, 0, message.written(), 1, None, datetime.now(UTC))
        return await self.chat.send(parcel, message)

    @asynccontextmanager
    async def open_page(self, who: str, **headers: str) -> AsyncIterator["Page"]:
        async with self.client.get(f"/chat/{who}/events", headers=headers) as response:
            yield Page(response)


@dataclass
class Page:
    """An open page: reads its events one by one."""

    response: ClientResponse
    known: str = ""
    """The id of the event read last."""

    async def event(self) -> tuple[str, Any]:
        fields: dict[str, str] = {}
        async with asyncio.timeout(3):
            while "data" not in fields:
                name, _, value = (await self.response.content.readline()).decode().rstrip("\n").partition(": ")
                fields[name] = value
        self.known = fields["id"]
        return fields["event"], json.loads(fields["data"])


def keeping(database: Database) -> Receive:
    """The inbox as the real process has it."""

    async def receive(arrivals: Sequence[Arrival]) -> None:
        await database.transact(partial(inbox.put, arrivals=arrivals, now=datetime.now(UTC)))

    return receive


async def broken(_: Sequence[Arrival]) -> None:
    """An inbox that cannot keep anything."""
    raise sqlite3.OperationalError("disk is full")


@asynccontextmanager
async def served(
    database: Database,
    folder: Path,
    *,
    practice: bool = True,
    public_url: str = "",
    frame_ancestors: str = "'none'",
    receive: Receive | None = None,
    **rest: Any,
) -> AsyncIterator[Office]:
    """A web chat on a port of its own."""
    chat = WebChat(
        database,
        cabinet(folder),
        [ANI, BUDI],
        practice,
        "Kantor <A>",
        folder / "up",
        public_url=public_url,
        frame_ancestors=frame_ancestors,
        **rest,
    )
    app = web.Application(middlewares=[orderly])
    app.add_routes(chat.routes(receive or keeping(database)))
    async with TestClient(TestServer(app), cookie_jar=CookieJar(unsafe=True)) as client:
        yield Office(chat, client, database, folder)
        await chat.close()


def cabinet(folder: Path) -> Cabinet:
    (folder / "files").mkdir(exist_ok=True)
    return Cabinet(folder / "files")
