"""Large files on their way in and out: up to the limit of each channel, and never whole in memory."""

import os
import tracemalloc
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.channels.telegram import Telegram
from bot.channels.whatsapp import WhatsApp
from bot.inbound.fetch import Fetcher, Shelf
from handlers import CATALOGUE
from handlers.conversation.message import Document, Message
from handlers.conversation.questions.file_kinds import MEGABYTE
from handlers.office.profile import Office
from storage.database.database import open_database
from storage.mail import attachments
from storage.mail.outbox import Parcel
from tests.made import PDF, iso
from tests.sheets import OnPaper
from tests.storage.office import NOW, newcomer

PIECE = bytes(256 * 1024)
FLAT = 8 * MEGABYTE
"""What the work on a file may take at its most, however large the file is."""


@contextmanager
def flat() -> Iterator[None]:
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < FLAT
    finally:
        tracemalloc.stop()


class Pipe(OnPaper):
    """A channel that brings a file piece by piece."""

    def __init__(self, name: str, begins: bytes, size: int) -> None:
        super().__init__()
        self.name, self.begins, self.left = name, begins, size - len(begins)

    async def fetch(self, remote: str) -> AsyncIterator[bytes]:
        yield self.begins
        while self.left > 0:
            piece = PIECE[: self.left]
            self.left -= len(piece)
            yield piece


@pytest.mark.parametrize(
    ("channel", "purpose", "type", "size", "reason"),
    [
        ("telegram", "files", "video/mp4", 20 * MEGABYTE, None),
        ("telegram", "files", "video/mp4", 20 * MEGABYTE + 1, "size"),
        ("whatsapp", "files", "video/mp4", 16 * MEGABYTE + 1, "size"),
        ("web", "files", "video/mp4", 100 * MEGABYTE, None),
        ("web", "files", "video/mp4", 100 * MEGABYTE + 1, "size"),
        ("web", "letter", "application/pdf", 20 * MEGABYTE + 1, "size"),
    ],
)
async def test_a_file_is_streamed_to_disk_up_to_the_limit(
    folder: Path, office: Office, channel: str, purpose: str, type: str, size: int, reason: str | None
) -> None:
    database = await open_database(f"sqlite:///{folder}/office.db")
    pipe, shelf = Pipe(channel, PDF if purpose == "letter" else iso(b"isom"), size), Shelf(folder / "files")
    fetcher = Fetcher(database, {channel: pipe}, shelf, office, CATALOGUE, lambda: NOW, lambda: None)  # type: ignore[dict-item]
    siti = await database.transact(lambda tx: newcomer(tx, "siti"))
    one = await database.transact(
        lambda tx: attachments.add(tx, siti, channel, "siti", "r", "a", type, None, NOW, purpose=purpose)
    )
    file = await database.transact(lambda tx: attachments.get(tx, one))
    with flat():
        await fetcher.fetch(file)
    file = await database.transact(lambda tx: attachments.get(tx, one))
    await database.close()
    assert (file.reason, file.stored) == (reason, reason is None)
    kept = [path.stat().st_size for path in (folder / "files").rglob("*") if path.is_file()]
    assert kept == ([size] if reason is None else [])


class Swallower:
    """A provider that takes whatever comes, and remembers how much that was."""

    def __init__(self) -> None:
        self.sizes: list[int] = []

    async def answer(self, request: web.Request) -> web.Response:
        self.sizes.append(sum([len(piece) async for piece in request.content.iter_chunked(len(PIECE))]))
        return web.json_response({"ok": True, "result": {"message_id": 1}, "id": "1", "messages": [{"id": "wamid.1"}]})


@pytest.mark.parametrize(("channel", "size"), [("telegram", 50 * MEGABYTE), ("whatsapp", 100 * MEGABYTE)])
async def test_a_file_is_streamed_from_disk(folder: Path, channel: str, size: int) -> None:
    shelf = Shelf(folder)
    shelf.path("a" * 64).parent.mkdir()
    with shelf.path("a" * 64).open("wb") as large:
        large.truncate(size)
    provider, app = Swallower(), web.Application()
    app.router.add_post("/{any:.*}", provider.answer)
    message = Message("Rekaman", document=Document("rapat.mp4", "video/mp4", sha256="a" * 64))
    parcel = Parcel(1, channel, "62811000", "reply", 0, message.written(), 1, None, datetime.now(UTC))
    async with TestServer(app) as server:
        url = str(server.make_url("/")).rstrip("/")
        phone = Telegram("1:a", shelf, api_url=url) if channel == "telegram" else whatsapp(shelf, url)
        with flat():
            assert await phone.send(parcel, message)
        await phone.close()
    assert max(provider.sizes) > size


def whatsapp(shelf: Shelf, url: str) -> WhatsApp:
    return WhatsApp("token", "1", "secret", "verify", shelf, api_url=url)


def test_a_file_and_its_folders_are_on_the_disk_when_it_lies_on_the_shelf(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf, place, settled = Shelf(folder), folder / "aa" / ("a" * 64), list[str]()

    def fsync(known: int) -> None:
        settled.append(f"{Path(os.readlink(f'/proc/self/fd/{known}')).name} {place.exists()}")

    monkeypatch.setattr(os, "fsync", fsync)
    with (folder / "tmp1").open("wb") as found:
        found.write(b"isi")
        shelf.put(found, "a" * 64)
    assert settled == ["tmp1 False", "aa True", f"{folder.name} True"]
