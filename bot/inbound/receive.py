"""From the inbox to answers: each arrival is one turn, whole or not at all, in the order it came."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.channels.channel import Channel, Delivery, Unreadable
from bot.inbound.order import in_order
from bot.metrics import TURNS
from bot.outbound.outcome import told_later
from bot.outbound.send import Sender
from handlers import respond
from handlers.conversation.catalogue import Catalogue
from handlers.conversation.fault import told
from handlers.conversation.message import Incoming, Kind, Message
from handlers.conversation.turn import Turn, Work
from handlers.conversation.words import in_language, say
from handlers.identity.moved import follow
from handlers.office.profile import Office
from storage.database.database import Database, Transaction
from storage.database.faults import of_the_database
from storage.mail import inbox, outbox
from storage.mail.inbox import Arrival, Letter
from storage.people import people

LOG = logging.getLogger(__name__)
TOGETHER = 16
"""Turns in one commit: more would keep what was just sent from being written down as sent."""
SORRY = say(
    "Mohon maaf, ada gangguan di pihak kami. Pesan Bapak/Ibu tersimpan dan dapat dilihat petugas teknis. "
    "Silakan coba lagi."
)


@dataclass
class Receiver:
    """Works the inbox off, one turn after the other, on the database's own thread."""

    database: Database
    office: Office
    catalogue: Catalogue
    channels: Mapping[str, Channel]
    clock: Callable[[], datetime]
    sender: Sender
    """Sends what a turn wrote."""
    link: Callable[[str], str] = lambda channel: ""
    erased: Callable[[Sequence[str]], None] = lambda hashes: None
    _arrived: asyncio.Event = field(default_factory=asyncio.Event)
    _turn: Turn | None = None
    """The one that runs: what it wanted kept from everybody is kept so when it fails."""

    async def receive(self, arrivals: Sequence[Arrival]) -> None:
        """Keep what a door took in; returns once it is on disk. Raises if it is not."""
        await self.database.transact(lambda tx: inbox.put(tx, arrivals, self.clock()))
        self._arrived.set()

    async def work(self) -> None:
        """Until cancelled: whatever waits, in order."""
        while True:
            self._arrived.clear()
            if await self.work_once() < TOGETHER:
                await self._arrived.wait()

    async def work_once(self) -> int:
        """One commit's worth of turns; how many."""
        erased: list[str] = []
        done = await self.sender.send_what(lambda tx: self.take(tx, erased))
        if erased:
            self.erased(erased)
        return done

    def take(self, tx: Transaction, erased: list[str]) -> int:
        letters = in_order(inbox.waiting(tx, list(self.channels), TOGETHER), self.channels)
        for letter in letters:
            self.open(tx, letter, erased)
        return len(letters)

    def open(self, tx: Transaction, letter: Letter, erased: list[str]) -> None:
        """One arrival. What cannot be read, or fails in us, is parked; what is behind it goes on.

        Raises what the database could not do.
        """
        now = self.clock()
        try:
            incoming = self.channels[letter.channel].parse(letter.raw)
        except Exception as fault:
            unreadable = fault if isinstance(fault, Unreadable) else type(fault).__name__
            LOG.warning("parked unreadable item %s of %s: %s", letter.id, letter.channel, unreadable)
            inbox.park(tx, letter.id, f"unreadable: {unreadable}", now)
            TURNS.labels(letter.channel, "parked").inc()
            return
        if isinstance(incoming, Delivery):
            self.hear_status(tx, letter, incoming, now)
            return
        try:
            with tx.attempt():
                erased += self.turn(tx, letter, incoming, now)
            TURNS.labels(letter.channel, "done").inc()
        except Exception as fault:
            if of_the_database(fault):
                raise  # not the message's fault: nothing of this commit stands, and all of it is tried again
            # The fault's words may hold what a person wrote, so only its kind and place are kept.
            LOG.error("turn of item %s failed: %s", letter.id, told(fault))
            inbox.park(tx, letter.id, told(fault), now, incoming.address)
            if self._turn is not None and self._turn.whispered:
                inbox.hush(tx, letter.id, now)
            elif people.chat_of(tx, incoming.channel, incoming.address).person_id is None:
                inbox.forget(tx, letter.id, now)
            apologise(tx, incoming, now)
            TURNS.labels(letter.channel, "failed").inc()

    def hear_status(self, tx: Transaction, letter: Letter, delivery: Delivery, now: datetime) -> None:
        """A status. One that fails in us is parked: what is behind it goes on."""
        try:
            with tx.attempt():
                if told_later(tx, delivery, now) and delivery.failed is not None:
                    self.sender.hear(delivery.channel, delivery.failed)
                inbox.forget(tx, letter.id, now)
        except Exception as fault:
            if of_the_database(fault):
                raise
            LOG.error("status of item %s failed: %s", letter.id, told(fault))
            inbox.park(tx, letter.id, told(fault), now)

    def turn(self, tx: Transaction, letter: Letter, incoming: Incoming, now: datetime) -> list[str]:
        self._turn = None
        follow(Work(tx, self.office, self.catalogue, now), incoming)
        chat = people.chat_of(tx, incoming.channel, incoming.address)
        person = people.get(tx, chat.person_id) if chat.person_id else None
        self._turn = turn = Turn(tx, self.office, self.catalogue, now, incoming, chat, person)
        respond(turn, self.link(incoming.channel))
        if turn.whispered:
            inbox.hush(tx, letter.id, now)
        elif turn.known is None:
            inbox.forget(tx, letter.id, now)
        else:
            inbox.done(tx, letter.id, incoming.address, now)
        return turn.erased_files


def apologise(tx: Transaction, incoming: Incoming, now: datetime) -> None:
    """Nobody is left without an answer, not even by our own fault."""
    if incoming.kind in (Kind.SILENT, Kind.BLOCKED, Kind.UNBLOCKED, Kind.GROUP, Kind.MOVED, Kind.ALARM):
        return
    text = in_language(SORRY, "id")
    outbox.put(tx, incoming.channel, incoming.address, "reply", Message(text=text).written(), now)
    if incoming.query:
        outbox.put(tx, incoming.channel, incoming.address, "query", Message(query=incoming.query).written(), now)
