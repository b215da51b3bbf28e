"""Wiring: the only file where concrete classes meet. From settings to a running office, and down again in order."""

import asyncio
import gc
import logging
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from importlib import import_module
from pathlib import Path

from pydantic import ValidationError

from bot.channels.callers import Callers
from bot.channels.channel import Channel
from bot.channels.plain import Guest, Plain
from bot.inbound.fetch import Fetcher, Shelf
from bot.inbound.receive import Receiver
from bot.inbound.wanted import asks
from bot.key import seal_codes, take_key
from bot.opening import announce
from bot.outbound.feed import Feeder
from bot.outbound.gate import Gate
from bot.outbound.pace import OWN_PAGE, WHATSAPP, Pace, telegram
from bot.outbound.send import Sender
from bot.practice import PLAYERS, at_the_terminal, seed
from bot.running import notify
from bot.running.clock import Clock
from bot.running.ending import end_on_signal
from bot.running.erasures import list_of
from bot.running.pulse import Pulse
from bot.running.upkeep import Upkeep, ended, spoken
from bot.settings import Settings, WrongSetting
from bot.web.entrance import connections_at_most
from bot.work.jobs import Jobs
from handlers import CATALOGUE
from handlers.conversation.words import in_language
from handlers.office.profile import Office, load_office
from storage.database.database import Database, open_database
from storage.database.faults import Unfit
from storage.database.serving import Serving, hold

LOG = logging.getLogger(__name__)


@dataclass
class App:
    """One running office: doors, turns, sender, clock, pages."""

    settings: Settings
    office: Office
    database: Database
    channels: dict[str, Channel]
    shelf: Shelf
    serving: Serving
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when it is time to go."""
    listening: list["asyncio.Task[None]"] = field(default_factory=list)
    _tasks: list["asyncio.Task[None]"] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.upkeep = Upkeep(self.ended)
        known = {"telegram": telegram(self.settings.telegram_per_second), "whatsapp": WHATSAPP}
        limits = {name: known.get(name, OWN_PAGE) for name in self.channels}
        paces = {name: Pace(limit) for name, limit in limits.items()}
        gate = Gate(self.channels, self.office, self.now)
        self.sender = Sender(self.database, self.channels, paces, gate, self.now)
        self.receiver = Receiver(
            self.database, self.office, CATALOGUE, self.channels, self.now, self.sender, self.link, self.shelf.drop
        )
        self.erasures = list_of(self.settings)
        self.clock = Clock(
            self.database,
            self.office,
            CATALOGUE,
            self.now,
            self.settings.raw_days,
            self.sender.wake,
            erasures=self.erasures,
        )
        self.fetcher = Fetcher(
            self.database,
            self.channels,
            self.shelf,
            self.office,
            CATALOGUE,
            self.now,
            self.sender.wake,
            alone=self.serving.lock is not None,
        )
        self.jobs = Jobs(self.database, self.shelf, self.office, CATALOGUE, self.now, self.sender.wake)
        self.pulse = Pulse(self.database, self.channels)
        self.feeder = Feeder(self.database, self.channels, limits, self.office, CATALOGUE, self.now, self.sender.wake)

    def now(self) -> datetime:
        return datetime.now(self.settings.zone)

    def link(self, channel: str) -> str:
        """Where the private chat of this channel is found."""
        return str(getattr(self.channels[channel], "link", ""))

    def start(self) -> None:
        """Everything that runs until the end."""
        works: list[Callable[[], Awaitable[None]]] = [
            self.receiver.work,
            self.sender.work,
            self.feeder.work,
            self.fetcher.work,
            self.jobs.work,
            self.clock.watch,
            self.pulse.work,
        ]
        if notify.patience():
            works.append(partial(notify.beat, partial(self.pulse.hangs, self.upkeep)))
        self._tasks = [asyncio.create_task(self.upkeep.go_on(work)) for work in works]
        listens = [partial(channel.listen, self.receiver.receive) for channel in self.channels.values()]
        self.listening = [asyncio.create_task(self.upkeep.go_on(listen)) for listen in listens]

    async def ailing(self) -> str:
        """What is not well, in a word: nothing can be kept, an arrival stands still, a part stumbled; or nothing."""
        try:
            kept = await self.pulse.prove()
        except Exception as fault:
            LOG.error("not ready: the database does not keep what it is given (%s)", type(fault).__name__)
            kept = False
        if not kept:
            return "database"
        if self.pulse.stands_still() or any(task.done() for task in self._tasks):
            return "waiting"
        broken = self.sender.refused or any(channel.broken for channel in self.channels.values())
        return "channels" if broken or self.upkeep.stumbled else ""

    async def close_doors(self) -> None:
        """Nothing more comes in, and open pages are let go: only then can the HTTP server stop at once."""
        await ended(self.listening)

    async def stop(self) -> None:
        """The doors first, then the turn that runs, then what is claimed; the database last. None keeps the next."""
        self.clock.stop()
        steps: list[Callable[[], Awaitable[None]]] = [self.close_doors, self.sender.stop]
        steps += [partial(ended, self._tasks), *(channel.close for channel in self.channels.values())]
        for step in [*steps, self.database.close]:
            try:
                await step()
            except Exception as fault:
                LOG.warning("stopping, %s went wrong (%s)", spoken(step), type(fault).__name__)
        self.serving.end()


async def open_app(settings: Settings, make: "Callable[[Settings, Office, Database, Shelf], list[Channel]]") -> App:
    """Read the profile, open the database, make the channels. Raises WrongSetting."""
    office = read_office(settings.office_file)
    new_key = take_key(settings.key_file)
    serving = serve_alone(settings.database)
    database = await reach_database(settings.database)
    serving.remember()
    await database.transact(lambda tx: seal_codes(tx, new_key))
    shelf = Shelf(settings.files)
    channels = {channel.name: channel for channel in make(settings, office, database, shelf)}
    app = App(settings, office, database, channels, shelf, serving)
    await app.erasures.keep(database, app.now())
    if settings.practice:
        for name in channels:
            await database.transact(partial(seed, channel=name, office=office, now=app.now()))
    return app


def read_office(path: Path) -> Office:
    try:
        return load_office(path)
    except ValidationError as wrong:
        first = wrong.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise WrongSetting(f"OFFICE_FILE {path}: {place}: {first['msg']}.") from None
    except (OSError, ValueError) as wrong:
        raise WrongSetting(f"OFFICE_FILE {path} cannot be read as JSON ({type(wrong).__name__}).") from None


def serve_alone(url: str) -> Serving:
    """Nobody else serves this file until we end. Raises WrongSetting."""
    try:
        return hold(url)
    except (OSError, Unfit) as wrong:
        raise WrongSetting(f"DATABASE_URL: {wrong}") from None


async def reach_database(url: str) -> Database:
    try:
        return await open_database(url)
    except Unfit as wrong:
        raise WrongSetting(f"DATABASE_URL: {wrong}") from None
    except (OSError, sqlite3.Error, ImportError) as wrong:
        raise WrongSetting(f"DATABASE_URL: the database cannot be opened ({type(wrong).__name__}: {wrong}).") from None


def menu() -> list[tuple[str, str]]:
    """What a messenger shows everybody: the commands of a leader."""
    return [(command.name, in_language(command.title, "id")) for command in CATALOGUE.for_person(None)]


def serving_channels(settings: Settings, office: Office, database: Database, shelf: Shelf) -> list[Channel]:
    """The channels that are set."""
    channels: list[Channel] = []
    if settings.serves_telegram:
        from bot.channels.telegram import Telegram  # half a second to import: only who uses it waits for it

        channels.append(
            Telegram(
                settings.telegram_token.get_secret_value(),
                shelf,
                api_url=settings.telegram_api_url,
                mode=settings.telegram_mode,
                webhook_secret=settings.telegram_webhook_secret.get_secret_value(),
                public_url=settings.public_url,
                menu=menu(),
            )
        )
    if settings.serves_whatsapp:
        channels.append(whatsapp(settings, shelf))
    if settings.serves_webchat:
        from bot.channels.webchat import Guest as Visitor
        from bot.channels.webchat import WebChat

        channels.append(
            WebChat(
                database,
                shelf,
                [Visitor(player.address, player.name, player.about) for player in PLAYERS],
                settings.practice,
                office.name,
                settings.files / "uploads",
                public_url=settings.public_url,
                host=settings.host,
                callers=Callers(settings.proxies),
                asks=asks(office, CATALOGUE, lambda: datetime.now(settings.zone)),
                pages=connections_at_most() // 2,
            )
        )
    return channels


def whatsapp(settings: Settings, files: Shelf) -> Channel:
    """The office's number."""
    from bot.channels.whatsapp import WhatsApp

    return WhatsApp(
        settings.whatsapp_token.get_secret_value(),
        settings.whatsapp_phone_number_id,
        settings.whatsapp_app_secret.get_secret_value(),
        settings.whatsapp_verify_token.get_secret_value(),
        files,
        api_url=settings.whatsapp_api_url,
        version=settings.whatsapp_api_version,
        reach=settings.whatsapp_daily_reach,
    )


def terminal_channel(settings: Settings, office: Office, database: Database, shelf: Shelf) -> list[Channel]:  # noqa: ARG001
    """The terminal alone."""
    return [Plain([Guest(player.address, f"{player.name}, {player.about}") for player in PLAYERS], shelf)]


async def serve(settings: Settings) -> None:
    """`python -m bot`: until SIGTERM or Ctrl-C."""
    app = await open_app(settings, serving_channels)
    end_on_signal(app.ended)
    app.start()
    # The first poll is on its way while the rest is loaded.
    pages = await asyncio.to_thread(import_module, "bot.web.pages")
    app.clock.start()
    routes = [route for channel in app.channels.values() for route in channel.routes(app.receiver.receive)]
    try:
        try:
            runner, port = await pages.serve(
                pages.site(app.database, routes, app.ailing), settings.host, settings.port, Callers(settings.proxies)
            )
        except OSError as taken:
            raise WrongSetting(f"HOST or PORT: cannot listen on {settings.host}:{settings.port} ({taken}).") from None
        announce(settings, port)
        notify.tell(notify.SERVING)
        gc.freeze()  # what was loaded stays until the end: no pause of a turn to look through it again
        await app.ended.wait()
        notify.tell(notify.STOPPING)
        LOG.info("stopping: finishing what is claimed")
        await app.close_doors()
        await runner.cleanup()
    finally:
        await app.stop()
    if app.upkeep.refused is not None:
        raise app.upkeep.refused


async def talk(settings: Settings) -> None:
    """`python -m bot try`: the whole product in the terminal, with people and a database of practice."""
    app = await open_app(at_the_terminal(settings), terminal_channel)
    app.start()
    app.clock.start()
    try:
        await app.listening[0]
        await asyncio.sleep(1)
    finally:
        await app.stop()
