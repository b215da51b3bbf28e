"""An office and its people. Between two messages the database is closed and opened again: each test is a restart."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from zlib import crc32
from zoneinfo import ZoneInfo

from bot.inbound.fetch import Fetcher, Shelf
from bot.inbound.receive import Receiver
from bot.outbound.feed import Feeder
from bot.outbound.gate import Gate
from bot.outbound.pace import OWN_PAGE, Pace
from bot.outbound.send import Sender
from bot.running.clock import Clock
from bot.work.jobs import Jobs
from handlers import CATALOGUE
from handlers.conversation.approved import NEWS_TOKEN
from handlers.conversation.catalogue import Catalogue
from handlers.identity.join import invite
from handlers.office.profile import Office
from storage.database.database import Database, open_database
from storage.database.moment import moment, stamp
from storage.mail import attachments
from storage.mail.inbox import Arrival
from tests.chat import Chat
from tests.paper import PAPERS
from tests.postgres import Tables, copied, put_back
from tests.sheets import Paper, Shown

WIB = ZoneInfo("Asia/Jakarta")
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=WIB)
RAW_DAYS = 7


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    """A moment of the office's year 2026; Monday is 23 November."""
    return datetime(2026, month, day, hour, minute, tzinfo=WIB)


@dataclass(frozen=True)
class Kept:
    """A world as it was after something that many scenarios begin with."""

    result: str
    database: "bytes | Tables"
    sheets: dict[str, list[Shown]]
    people: dict[str, tuple[str, int]]
    number: int


BEGINNINGS: dict[tuple[str, ...], Kept] = {}
"""By channel, database and everything lived through so far. Lived through once in this process, copied afterwards."""


@dataclass
class Room:
    """What is alive for the length of one message, and gone before the next."""

    database: Database
    receiver: Receiver
    sender: Sender
    clock: Clock
    fetcher: Fetcher
    jobs: Jobs
    feeder: Feeder


HELD = """SELECT max(due_at) AS at FROM outbox WHERE subject LIKE 'files:%' AND settled_at IS NULL AND due_at > :now"""
UNSAID = """SELECT kind, channel, due_at, attempts, reason FROM outbox WHERE settled_at IS NULL AND due_at <= :now"""
COPIES = ("sh", "-c", 'cp "$1" "$2"')
"""Stands in for what draws: what should be drawn is kept as it was told."""
SQLITE_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table'"


@dataclass
class World:
    """An office, its database file, a channel on paper (or several), and a clock that only the test moves."""

    paper: Paper
    office: Office
    folder: Path
    url: str = ""
    now: datetime = MONDAY
    catalogue: Catalogue = CATALOGUE
    people: dict[str, Chat] = field(default_factory=dict)
    others: dict[str, Paper] = field(default_factory=dict)
    """Further channels of the same office, by name."""
    draws_with: Sequence[str] = COPIES
    server: Database | None = None
    past: tuple[str, ...] | None = ()
    """The beginnings lived through; None once anything else happened, which no copy could know of."""

    def __post_init__(self) -> None:
        self.paper.folder = self.folder

    @asynccontextmanager
    async def awake(self) -> AsyncIterator[Room]:
        """PostgreSQL stays open for a whole scenario: the restart between two messages is shown on SQLite."""
        if self.url:
            self.server = self.server or await open_database(self.url)
            yield self.room(self.server)
            return
        database = await open_database(f"sqlite:///{self.file}")
        try:
            yield self.room(database)
        finally:
            await database.close()

    async def close(self) -> None:
        if self.server is not None:
            await self.server.close()

    async def leaves_nothing_unsaid(self) -> None:
        """What was due by now has gone out: nothing waits in silence behind the last look of a scenario."""
        if self.url or self.file.exists():
            async with self.awake() as room:
                await self.deliver(room)
            left = await self.rows(UNSAID, now=stamp(self.now))
            assert not left, f"left unsaid: {left}"

    @property
    def file(self) -> Path:
        return self.folder / "office.db"

    async def once(self, name: str, live: Callable[[], Awaitable[str]]) -> str:
        """Live through a beginning that many scenarios share, or continue from where it led the first time."""
        if self.past is None:
            return await live()
        self.past = key = (*self.past, name)
        beginning = (self.channel, "postgresql" if self.url else "sqlite", *key)
        if beginning in BEGINNINGS:
            return self.continues(BEGINNINGS[beginning])
        result = await live()
        self.past = key
        people = {chat.name: (chat.address, chat.read) for chat in self.people.values()}
        number = next(self.paper.number)
        database = copied(self.url) if self.url else self.file.read_bytes()
        BEGINNINGS[beginning] = Kept(result, database, deepcopy(self.paper.sheets), people, number)
        return result

    def continues(self, kept: Kept) -> str:
        if isinstance(kept.database, bytes):
            self.file.write_bytes(kept.database)
        else:
            put_back(self.url, kept.database)
        self.paper.sheets, self.paper.number = deepcopy(kept.sheets), count(kept.number + 1)
        for name, (address, read) in kept.people.items():
            chat = self.people.setdefault(name, Chat(self, name, address))
            chat.address, chat.read = address, read
        return kept.result

    def room(self, database: Database) -> Room:
        channel = self.paper.on(database, self.folder, self.time)
        beside = [paper.on(database, self.folder, self.time) for paper in self.others.values()]
        channels = {one.name: one for one in (channel, *beside)}
        shelf = Shelf(self.folder / "files")
        gate = Gate(channels, self.office, self.time)
        sender = Sender(database, channels, {name: Pace(OWN_PAGE) for name in channels}, gate, self.time)
        link = str(getattr(channel, "link", ""))
        receiver = Receiver(
            database, self.office, self.catalogue, channels, self.time, sender, lambda _: link, shelf.drop
        )
        clock = Clock(database, self.office, self.catalogue, self.time, RAW_DAYS, sender.wake)
        fetcher = Fetcher(database, channels, shelf, self.office, self.catalogue, self.time, sender.wake)
        jobs = Jobs(
            database, shelf, self.office, self.catalogue, self.time, sender.wake, program=self.draws_with, limit=20
        )
        limits = dict.fromkeys(channels, OWN_PAGE)
        feeder = Feeder(database, channels, limits, self.office, self.catalogue, self.time, sender.wake)
        return Room(database, receiver, sender, clock, fetcher, jobs, feeder)

    def time(self) -> datetime:
        return self.now

    async def arrives(self, *raws: bytes, channel: str = "") -> None:
        """Things come in; everything that follows from them happens."""
        self.past = None
        async with self.awake() as room:
            arrivals = [Arrival(channel or self.channel, f"k{hash(raw)}", raw) for raw in raws]
            await room.receiver.receive(arrivals)
            while await room.receiver.work_once():
                pass
            await self.deliver(room)
        await self.read_news()

    async def deliver(self, room: Room) -> None:
        await room.database.transact(room.feeder.say_what_serves)
        going = True
        while going:
            more = await room.feeder.step()
            claimed = await room.sender.claim_once()
            await room.sender.settled()
            going = more or claimed > 0

    async def rests(self) -> None:
        """Nothing more comes: answers about files that waited for each other go out."""
        async with self.awake() as room:
            (held,) = await room.database.transact(lambda tx: tx.all(HELD, now=stamp(self.now)))
            if held["at"] is not None:
                self.now = moment(held["at"]).astimezone(WIB)
                await self.deliver(room)

    async def passes(self, **time: float) -> None:
        """Time passes, asleep; then the clock ticks once, as on waking."""
        await self.ticks_at(self.now + timedelta(**time))

    async def ticks_at(self, moment: datetime) -> None:
        self.now = moment
        async with self.awake() as room:
            await room.clock.remind()
            await self.deliver(room)
        await self.read_news()

    async def read_news(self) -> None:
        """Whoever only got a word that there is news presses the button under it, and reads on."""
        for address, sheet in self.paper.sheets.items():
            unread = next((shown for shown in sheet if NEWS_TOKEN in shown.buttons.values()), None)
            if unread is not None:
                sheet.remove(unread)
                await self.arrives(self.paper.press(address, NEWS_TOKEN))
                return  # and with that, whoever else has some

    async def fetches(self) -> None:
        """The files that were sent are fetched and judged."""
        async with self.awake() as room:
            for file in await room.database.transact(lambda tx: attachments.waiting(tx, self.channel, self.now)):
                await room.fetcher.fetch(file)
            await self.deliver(room)

    async def draws(self) -> None:
        """Pictures and tables that somebody asked for are made."""
        async with self.awake() as room:
            while await room.jobs.work_once():
                await self.deliver(room)

    async def sends_again(self, **time: float) -> None:
        """Time passes, and what could not be sent is tried once more; the clock does not tick."""
        self.now += timedelta(**time)
        async with self.awake() as room:
            await self.deliver(room)
        await self.read_news()

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
        listed = "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'" if self.url else SQLITE_TABLES
        tables = await self.rows(listed)
        return {table["name"]: str(await self.rows(f"SELECT * FROM {table['name']}")) for table in tables}

    async def code(self, role: str = "officer", hours: int = 72) -> str:
        """A code as `python -m bot invite` prints it."""
        async with self.awake() as room:
            return await room.database.transact(lambda tx: invite(tx, role, timedelta(hours=hours), self.now))

    @property
    def channel(self) -> str:
        return str(getattr(self.paper, "name"))  # noqa: B009

    def phone(self, name: str) -> Chat:
        """Somebody with a phone; the same name is the same person."""
        address = str(610_000_000 + crc32(name.encode()) % 10_000_000)
        return self.people.setdefault(name, Chat(self, name, address))

    @property
    def elsewhere(self) -> str:
        """Another messenger than the first."""
        return {"whatsapp": "telegram", "web": "whatsapp"}.get(self.channel, "web")

    def beside(self, channel: str, name: str) -> Chat:
        """Somebody, or the same person, in another messenger."""
        if channel not in self.others:
            self.others[channel] = PAPERS[channel]()
            self.others[channel].folder = self.folder
        chat = self.phone(f"{name} ({channel})")
        chat.channel = channel
        return chat
