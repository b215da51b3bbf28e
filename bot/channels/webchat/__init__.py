"""The web chat: the whole product on a page of its own, a channel like the others."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.channels.callers import Callers
from bot.channels.channel import Files, Outcome, Receive, SendFailed, Unreadable, position
from bot.channels.webchat.door import Door
from bot.channels.webchat.live import PAGES_OF_ALL, Bells
from bot.channels.webchat.page import headers
from bot.channels.webchat.shelf import Shelf
from bot.channels.webchat.visitors import Guest, Visitors
from handlers.conversation.message import Incoming, Kind, Message, Upload, filled
from handlers.conversation.questions.file_kinds import is_sound
from handlers.telling.may_send import Rules
from storage.database.database import Database, Transaction
from storage.mail import inbox, transcript
from storage.mail.outbox import Parcel

__all__ = ["Guest", "WebChat"]

NOTHING_SHOWN = "-"
"""The receipt of what a page has no use for: the answer to a press, a menu of commands."""
SWEEP_SECONDS = 3600.0
LOOKS, LOOK_SECONDS = 10, 0.2
"""How long a file waits for what was said before it."""


def now_utc() -> datetime:
    return datetime.now(UTC)


class WebChat:
    """Serves the page, keeps what is said on it, shows what the office says.

    In practice everybody may be any of `guests`; otherwise a visitor is known by a secret cookie. `asks` tells whether
    a file is wanted where it comes in; `pages` may be open at once.
    Cancel `listen` before the HTTP server is stopped: open pages hold a connection each.
    """

    name = "web"
    broken = False
    rules = Rules()
    edits = True
    tells_later = timedelta(0)

    def __init__(
        self,
        database: Database,
        files: Files,
        guests: Sequence[Guest],
        practice: bool,
        office_name: str,
        uploads: Path,
        *,
        public_url: str = "",
        host: str = "127.0.0.1",
        callers: Callers | None = None,
        asks: Callable[[Transaction, Incoming], bool] = lambda tx, incoming: True,
        pages: int = PAGES_OF_ALL,
        frame_ancestors: str = "'none'",
        now: Callable[[], datetime] = now_utc,
    ) -> None:
        self._database, self._files, self._now = database, files, now
        self._office_name, self._headers = office_name, headers(frame_ancestors)
        if practice and not guests:
            raise ValueError("practice needs somebody to be")
        self._visitors = Visitors(guests if practice else (), public_url, host, callers or Callers())
        self._asks = asks
        self._shelf = Shelf(uploads)
        self._bells = Bells(pages)

    def parse(self, raw: bytes) -> Incoming:
        """What the person did, from the bytes the door kept. Raises Unreadable."""
        try:
            return read(json.loads(raw))
        except (ValueError, KeyError, TypeError, RecursionError) as fault:
            raise Unreadable(f"not what the page sends: {type(fault).__name__}") from fault

    async def send(self, parcel: Parcel, message: Message) -> str:
        """Put the message on the person's page; the number of its line. Raises SendFailed.

        A line is written once per parcel, so trying again is always safe.
        """
        if message.query or message.menu:
            return NOTHING_SHOWN
        if message.edits:
            return await self._edit(parcel.address, message)
        body = filled(replace(message, late_after="", late_note=""))  # the sender's concern, not the page's
        if parcel.kind in ("reply", "whisper"):
            body["numbered"] = True
        key = f"{transcript.WHISPER if parcel.kind == 'whisper' else 'out-'}{parcel.id}"
        add = partial(transcript.add, address=parcel.address, mine=False, body=body, key=key)
        try:
            line = await self._database.transact(partial(add, now=self._now()))
        except Exception as fault:
            raise SendFailed(Outcome.RETRY, f"line not kept: {type(fault).__name__}") from fault
        self._bells.ring(parcel.address)
        return str(line.id) if line else NOTHING_SHOWN

    async def _edit(self, address: str, message: Message) -> str:
        """Other words on a line that is there already; open pages see them change."""
        if not message.edits.isdecimal():
            raise SendFailed(Outcome.REFUSED, "what is to be changed is no line")
        body = filled(replace(message, edits="", late_after="", late_note=""))
        change = partial(transcript.change, address=address, line_id=int(message.edits), body=body)
        try:
            there = await self._database.transact(change)
        except Exception as fault:
            raise SendFailed(Outcome.RETRY, f"line not changed: {type(fault).__name__}") from fault
        if not there:
            raise SendFailed(Outcome.REFUSED, "that line is not there any more")
        self._bells.ring(address, int(message.edits))
        return message.edits

    async def listen(self, receive: Receive) -> None:  # noqa: ARG002
        """Nothing to ask for: pages call us. Meanwhile files that were fetched long ago are thrown away.

        Cancelled, it ends every open page, so that the HTTP server can stop at once; pages come back by themselves.
        """
        try:
            while True:
                await asyncio.to_thread(self._shelf.sweep)
                await asyncio.sleep(SWEEP_SECONDS)
        except asyncio.CancelledError:
            self._bells.close()
            raise

    def routes(self, receive: Receive) -> Sequence[web.AbstractRouteDef]:
        """The page, its parts, and the chat behind it."""
        door = Door(
            database=self._database,
            files=self._files,
            shelf=self._shelf,
            bells=self._bells,
            visitors=self._visitors,
            receive=receive,
            office_name=self._office_name,
            headers=self._headers,
            wanted=self._wanted,
            now=self._now,
        )
        return door.routes()

    async def _wanted(self, address: str, claimed: Upload) -> bool:
        """Whether a question of this chat asks for such a file, once what was said before it is worked off."""
        incoming = Incoming(self.name, address, kind_of(claimed), upload=claimed)
        for _ in range(LOOKS):
            asked, behind = await self._database.transact(
                lambda tx: (self._asks(tx, incoming), bool(inbox.waiting(tx, [self.name], 1)))
            )
            if asked or not behind:
                return asked
            await asyncio.sleep(LOOK_SECONDS)
        return False

    def fetch(self, remote: str) -> AsyncIterator[bytes]:
        """The bytes of an uploaded file, piece by piece. Raises SendFailed when it is not there (any more)."""
        return self._shelf.read(remote)

    async def close(self) -> None:
        """End every open page, if `listen` did not."""
        self._bells.close()


def read(said: Any) -> Incoming:
    """What `Door` wrote, as what a person did. Raises KeyError, TypeError or ValueError for anything else."""
    address = string(said["address"])
    if "file" in said:
        upload = uploaded(said["file"])
        return Incoming(
            WebChat.name, address, kind_of(upload), text=string(said["file"].get("note", "")), upload=upload
        )
    if "place" in said:
        place = position(said["place"]["latitude"], said["place"]["longitude"])
        return Incoming(WebChat.name, address, Kind.LOCATION, place=place)
    if "pressed" in said:
        return Incoming(WebChat.name, address, Kind.PRESS, token=string(said["pressed"]))
    return Incoming(WebChat.name, address, Kind.TEXT, text=string(said["text"]))


def kind_of(upload: Upload) -> Kind:
    return Kind.VOICE if is_sound(upload.type) else Kind.FILE


def uploaded(file: Any) -> Upload:
    size = file["size"]
    if not isinstance(size, int):
        raise TypeError("size")
    return Upload(string(file["remote"]), string(file["name"]), string(file["type"]), size)


def string(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value
