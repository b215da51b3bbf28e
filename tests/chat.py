"""A person with a phone. Between any two messages the database is closed and opened again: each test is a restart."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.fetch import Fetcher, Shelf
from bot.pace import OWN_PAGE, Pace
from bot.receive import Receiver
from bot.send import Sender
from handlers import CATALOGUE
from handlers.conversation.catalogue import Catalogue
from handlers.join import invite
from handlers.office import Office
from storage import attachments
from storage.database import Database, open_database
from storage.inbox import Arrival
from tests.paper import Paper, Shown

WIB = ZoneInfo("Asia/Jakarta")
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=WIB)
RAW_DAYS = 7

ROAD = (
    ("Apa keperluannya?", "audiensi"),
    ("Ingin bertemu siapa?", "kepala"),
    ("Apa yang ingin dibicarakan?", "Program kerja"),
    ("Hari apa?", "besok"),
    ("Jam berapa?", "08.30"),
    ("Siapa saja yang akan hadir?", "Siti"),
    ("Berapa orang seluruhnya?", "1"),
    ("Ada surat permohonan?", "lewati"),
    ("Apakah ada yang memerlukan bantuan", "tidak ada"),
)
"""Every question of a request, with an answer somebody could type."""


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    """A moment of the office's year 2026; Monday is 23 November."""
    return datetime(2026, month, day, hour, minute, tzinfo=WIB)


@dataclass(frozen=True)
class Kept:
    """A world as it was after something that many scenarios begin with."""

    result: str
    database: bytes
    sheets: dict[str, list[Shown]]
    people: dict[str, tuple[str, int]]
    number: int


BEGINNINGS: dict[tuple[str, str], Kept] = {}
"""By channel and name. Lived through once in this process, copied afterwards."""


@dataclass
class Room:
    """What is alive for the length of one message, and gone before the next."""

    database: Database
    receiver: Receiver
    sender: Sender
    clock: Clock
    fetcher: Fetcher


@dataclass
class World:
    """An office, its database file, one channel on paper, and a clock that only the test moves."""

    paper: Paper
    office: Office
    folder: Path
    url: str = ""
    now: datetime = MONDAY
    catalogue: Catalogue = CATALOGUE
    people: dict[str, "Chat"] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.paper.folder = self.folder

    @asynccontextmanager
    async def awake(self) -> AsyncIterator[Room]:
        database = await open_database(self.url or f"sqlite:///{self.file}")
        try:
            yield self.room(database)
        finally:
            await database.close()

    @property
    def file(self) -> Path:
        return self.folder / "office.db"

    async def once(self, name: str, live: Callable[[], Awaitable[str]]) -> str:
        """Live through a beginning that many scenarios share, or continue from where it led the first time."""
        key = (self.channel, name)
        if self.url:
            return await live()
        if key in BEGINNINGS:
            return self.continues(BEGINNINGS[key])
        result = await live()
        people = {chat.name: (chat.address, chat.read) for chat in self.people.values()}
        number = next(self.paper.number)
        BEGINNINGS[key] = Kept(result, self.file.read_bytes(), deepcopy(self.paper.sheets), people, number)
        return result

    def continues(self, kept: Kept) -> str:
        self.file.write_bytes(kept.database)
        self.paper.sheets, self.paper.number = deepcopy(kept.sheets), count(kept.number + 1)
        for name, (address, read) in kept.people.items():
            chat = self.people.setdefault(name, Chat(self, name, address))
            chat.address, chat.read = address, read
        return kept.result

    def room(self, database: Database) -> Room:
        channel = self.paper.on(database, self.folder, self.time)
        channels = {channel.name: channel}
        shelf = Shelf(self.folder / "files")
        sender = Sender(database, channels, {channel.name: Pace(OWN_PAGE)}, self.time)
        link = str(getattr(channel, "link", ""))
        receiver = Receiver(
            database, self.office, self.catalogue, channels, self.time, sender.wake, lambda _: link, shelf.drop
        )
        clock = Clock(database, self.office, self.catalogue, self.time, RAW_DAYS, sender.wake)
        fetcher = Fetcher(database, channels, shelf, self.office, self.catalogue, self.time, sender.wake)
        return Room(database, receiver, sender, clock, fetcher)

    def time(self) -> datetime:
        return self.now

    async def arrives(self, *raws: bytes) -> None:
        """Things come in; everything that follows from them happens."""
        async with self.awake() as room:
            arrivals = [Arrival(self.channel, f"k{hash(raw)}", raw) for raw in raws]
            await room.receiver.receive(arrivals)
            while await room.receiver.work_once():
                pass
            await self.deliver(room)

    async def deliver(self, room: Room) -> None:
        while await room.sender.claim_once():
            await room.sender.settled()

    async def passes(self, **time: float) -> None:
        """Time passes, asleep; then the clock ticks once, as on waking."""
        await self.ticks_at(self.now + timedelta(**time))

    async def ticks_at(self, moment: datetime) -> None:
        self.now = moment
        async with self.awake() as room:
            await room.clock.remind()
            await self.deliver(room)

    async def fetches(self) -> None:
        """The files that were sent are fetched and judged."""
        async with self.awake() as room:
            for file in await room.database.transact(lambda tx: attachments.waiting(tx, self.channel, self.now)):
                await room.fetcher.fetch(file)
            await self.deliver(room)

    async def sends_again(self, **time: float) -> None:
        """Time passes, and what could not be sent is tried once more; the clock does not tick."""
        self.now += timedelta(**time)
        async with self.awake() as room:
            await self.deliver(room)

    async def tidies(self) -> None:
        async with self.awake() as room:
            await room.clock.tidy()

    async def rows(self, sql: str, **values: Any) -> list[dict[str, Any]]:
        """What stands in the database."""
        async with self.awake() as room:
            found = await room.database.transact(lambda tx: tx.all(sql, **values))
        return [dict(row) for row in found]

    async def everything(self) -> dict[str, str]:
        """Every table of the file, with all that stands in it as one text."""
        tables = await self.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {table["name"]: str(await self.rows(f"SELECT * FROM {table['name']}")) for table in tables}

    async def code(self, role: str = "officer", hours: int = 72) -> str:
        """A code as `python -m bot invite` prints it."""
        async with self.awake() as room:
            return await room.database.transact(lambda tx: invite(tx, role, timedelta(hours=hours), self.now))

    @property
    def channel(self) -> str:
        return str(getattr(self.paper, "name"))  # noqa: B009

    def phone(self, name: str) -> "Chat":
        """Somebody with a phone; the same name is the same person."""
        address = str(610_000_001 + len(self.people))
        return self.people.setdefault(name, Chat(self, name, address))


@dataclass
class Chat:
    """One person's side of the conversation."""

    world: World
    name: str
    address: str
    read: int = 0

    @property
    def all(self) -> list[Shown]:
        return self.world.paper.sheets.get(self.address, [])

    @property
    def new(self) -> list[Shown]:
        """What came since this person last did something."""
        return self.all[self.read :]

    async def does(self, raw: bytes) -> None:
        self.read = len(self.all)
        await self.world.arrives(raw)

    async def says(self, *texts: str) -> None:
        """Type and send, one after the other."""
        for text in texts:
            await self.does(self.world.paper.text(self.address, text))

    async def taps(self, label: str) -> None:
        """Press a button; where there are none, type what stands for it."""
        for shown in reversed(self.all):
            if label in shown.buttons:
                await self.does(self.world.paper.press(self.address, shown.buttons[label]))
                return
            if not shown.buttons and (typed := self.typed(shown.text, label)):
                await self.says(typed)
                return
        raise AssertionError(f"{self.name} sees no “{label}”:\n{self.screen}")

    @staticmethod
    def typed(text: str, label: str) -> str | None:
        """What a line of numbered text says to type for a choice."""
        if found := re.search(rf"^(\d+)\. {re.escape(label)}$", text, re.MULTILINE):
            return found[1]
        if found := re.search(rf"^- {re.escape(label)}(?: \(ketik: (.+)\))?$", text, re.MULTILINE):
            return found[1] or label
        words = re.search(r"^Ketik: (.+)$", text, re.MULTILINE)
        named = words[1].split(" · ") if words else []
        return next((word for word in named if word == label.casefold()), None)

    async def sends_file(self, name: str, type: str, size: int = 1000, content: bytes = b"") -> None:
        remote = f"remote-{name}"
        self.world.paper.files[remote] = content
        await self.does(self.world.paper.file(self.address, name, type, size, remote))

    @property
    def screen(self) -> str:
        return "\n\n".join(f"{shown.text}\n{list(shown.buttons) or ''}" for shown in self.new)

    def sees(self, *words: str) -> None:
        """All of this stands in what came last, in this order."""
        text, place = self.screen, 0
        for word in words:
            found = text.find(word, place)
            assert found >= 0, f"{self.name} does not see “{word}” in:\n{text}"
            place = found

    def sees_no(self, *words: str) -> None:
        for word in words:
            assert word not in self.screen, f"{self.name} sees “{word}” in:\n{self.screen}"

    def sees_nothing(self) -> None:
        assert not self.new, f"{self.name} sees:\n{self.screen}"

    def looks_up(self) -> None:
        """The person has read everything that is there."""
        self.read = len(self.all)

    async def agrees(self) -> None:
        await self.says("halo")
        await self.taps("Setuju")

    async def joins(self, organisation: str = "Forum Melati", name: str = "") -> None:
        """Agree and fill in the profile of a new ormas."""
        await self.agrees()
        await self.says("/profil", name or self.name, organisation)
        await self.taps(f"Belum ada di daftar: tambahkan “{organisation}”")
        await self.taps("Terdaftar dengan SKT")
        await self.taps("Disabilitas")
        await self.taps("Kajen")
        await self.taps("Ketua")
        await self.taps("Kirim")

    async def becomes_officer(self) -> str:
        """Agree, join with a code and give a name."""
        code = await self.world.code()
        await self.agrees()
        await self.says(f"/gabung {code}")
        await self.taps("Isi nama")
        await self.says(self.name)
        return code

    async def fills_request(self, day: str = "besok", hour: str = "jam 9", topic: str = "Program kerja 2027") -> None:
        """Fill in a request up to the review page."""
        await self.says("/audiensi")
        await self.taps("Audiensi")
        await self.taps("Bidang Organisasi Kemasyarakatan")
        await self.says(topic, day, hour, "Siti Aminah, Budi", "2")
        await self.taps("Lewati")
        await self.taps("Tidak ada")

    async def asks(self) -> str:
        """Join and request a meeting; its number."""
        await self.joins()
        return await self.requests()

    async def requests(self, day: str = "besok", hour: str = "jam 9") -> str:
        """A whole request; its number."""
        await self.fills_request(day, hour)
        await self.taps("Kirim")
        found = re.search(r"AUD-\d{4}", self.screen)
        assert found, self.screen
        return found[0]
