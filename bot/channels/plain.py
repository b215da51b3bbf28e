"""The terminal as a channel: a conversation in plain numbered text (`python -m bot try`)."""

import asyncio
import json
import mimetypes
import re
import sys
import threading
import uuid
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.channels.channel import Files, Outcome, Receive, SendFailed, Unreadable, position
from bot.channels.numbered import render
from handlers.conversation.message import Incoming, Kind, Message, Upload
from handlers.conversation.questions.file_kinds import is_sound
from handlers.telling.may_send import Rules
from storage.mail.inbox import Arrival
from storage.mail.outbox import Parcel

if TYPE_CHECKING:
    from aiohttp.web import AbstractRouteDef

FILE = "/berkas "
"""What to type before a path to send a file; words after a `|` are its caption."""
PLACE = re.compile(r"/?lokasi: *(-?\d{1,2}(?:\.\d+)?) *, *(-?\d{1,3}(?:\.\d+)?) *", re.IGNORECASE)
"""What to type to send a position: `lokasi: -6.98, 109.66`."""
PIECE = 65536


@dataclass(frozen=True)
class Guest:
    """Somebody to be in the terminal."""

    address: str
    name: str


class Plain:
    """The terminal: one keyboard, several people to be."""

    name = "plain"
    broken = False
    rules = Rules()
    edits = False
    tells_later = timedelta(0)

    def __init__(self, guests: Sequence[Guest], files: Files, write: Callable[[str], None] = print) -> None:
        self._guests, self._files, self._write = guests, files, write
        self._who = guests[0]

    def parse(self, raw: bytes) -> Incoming:
        try:
            said = json.loads(raw)
            address, text = str(said["address"]), str(said["text"])
        except (ValueError, KeyError, TypeError, RecursionError) as wrong:
            raise Unreadable("no line of text") from wrong
        if found := PLACE.fullmatch(text):
            return Incoming(self.name, address, Kind.LOCATION, place=position(float(found[1]), float(found[2])))
        if not text.startswith(FILE):
            return Incoming(self.name, address, Kind.TEXT, text)
        return sent_file(address, text.removeprefix(FILE))

    async def send(self, parcel: Parcel, message: Message) -> str:
        if message.query or message.menu:
            return "-"
        guest = next((guest for guest in self._guests if guest.address == parcel.address), None)
        if guest is None:
            raise SendFailed(Outcome.REFUSED, "nobody in this terminal", gone=True)
        self._write(f"\n{self.speaker(guest)}\n{render(message)}{self._where(message)}\n")
        return "-"

    def speaker(self, guest: Guest) -> str:
        return (
            "Kantor:"
            if guest == self._who
            else f"(Kantor kepada {guest.name}; ketik :{guest.address} untuk menjadi dia)"
        )

    def _where(self, message: Message) -> str:
        document = message.document
        if document is None:
            return ""
        return f"\n{document.content}" if document.content else f"\n{self._files.path(document.sha256)}"

    async def listen(self, receive: Receive) -> None:
        """Read lines until the end of input or `:keluar`."""
        self._write(self.opening())
        async for line in typed_lines():
            if line == ":keluar":
                return
            if line.startswith(":"):
                self._become(line[1:])
            elif line:
                raw = json.dumps({"address": self._who.address, "text": line}, ensure_ascii=False).encode()
                await receive([Arrival(self.name, uuid.uuid4().hex, raw)])

    def opening(self) -> str:
        people = "\n".join(f"  :{guest.address}  {guest.name}" for guest in self._guests)
        return (
            f"Mode latihan di terminal. Ketik pesan lalu Enter. Anda sekarang: {self._who.name}.\n"
            f"Menjadi orang lain:\n{people}\nMengirim berkas: {FILE}NAMA-BERKAS. Titik: lokasi: -6.98, 109.66\n"
            "Selesai: :keluar\n"
        )

    def _become(self, address: str) -> None:
        found = next((guest for guest in self._guests if guest.address == address), None)
        if found is None:
            self._write(f"Tidak ada yang bernama {address}. Yang ada: {', '.join(g.address for g in self._guests)}.")
            return
        self._who = found
        self._write(f"Anda sekarang: {found.name}.")

    def routes(self, receive: Receive) -> "Sequence[AbstractRouteDef]":  # noqa: ARG002
        return []

    async def fetch(self, remote: str) -> AsyncIterator[bytes]:
        """A file of this machine, read as the person at the keyboard could read it."""
        try:
            with await asyncio.to_thread(Path(remote).open, "rb") as file:
                while piece := await asyncio.to_thread(file.read, PIECE):
                    yield piece
        except OSError as missing:
            raise SendFailed(Outcome.REFUSED, "no such file") from missing

    async def close(self) -> None:
        return


def sent_file(address: str, typed: str) -> Incoming:
    written, _, note = typed.partition("|")
    path = Path(written.strip())
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    size = path.stat().st_size if path.is_file() else None
    upload = Upload(str(path), path.name, kind, size)
    return Incoming(Plain.name, address, Kind.VOICE if is_sound(kind) else Kind.FILE, text=note.strip(), upload=upload)


async def typed_lines() -> AsyncIterator[str]:
    """Lines from the keyboard, without stopping what else goes on; nothing at the end of input.

    The thread that reads is a daemon: Ctrl-C need not wait for a last Enter.
    """
    loop, lines = asyncio.get_running_loop(), asyncio.Queue[str]()

    def read() -> None:
        while line := sys.stdin.readline():
            loop.call_soon_threadsafe(lines.put_nowait, line)
        loop.call_soon_threadsafe(lines.put_nowait, "")

    threading.Thread(target=read, daemon=True).start()
    while line := await lines.get():
        yield line.strip()
