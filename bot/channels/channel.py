"""The contract of a channel: read what came, send what goes, say exactly what became of it."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol

from handlers.conversation.message import Incoming, Message, Place
from handlers.telling.may_send import Rules
from storage.mail.inbox import Arrival
from storage.mail.outbox import Parcel

if TYPE_CHECKING:
    from aiohttp.web import AbstractRouteDef

UNREADABLE_WAIT = timedelta(seconds=30)
"""Before a stored file that could not be read is tried again (our choice)."""
Receive = Callable[[Sequence[Arrival]], Awaitable[None]]
"""Keeps arrivals on disk; returns once they are committed, raises if they are not (the provider must send again)."""


class Unreadable(Exception):
    """An arrival nothing can be made of: it is parked for an admin, and what is behind it goes on."""


class Unwelcome(Exception):
    """The provider does not know us from the start: a sentence that names the setting to put right."""


class Outcome(StrEnum):
    """How a send that did not plainly succeed ended."""

    RETRY = "retry"
    """It was not sent: try again after a while."""
    REFUSED = "refused"
    """It was not sent and never will be as it is."""
    UNKNOWN = "unknown"
    """It may have been sent: the rule of its kind decides (bot/outbound/send.py)."""


@dataclass
class SendFailed(Exception):
    """What became of a send, and what to do: the sender obeys these fields and knows no provider's codes."""

    outcome: Outcome
    reason: str
    after: timedelta | None = None
    """Not before this much time has passed (retry_after)."""
    whole_channel: bool = False
    """The wait is for everybody."""
    whole_chat: bool = False
    """The wait is for everything to this chat; without this it is for this item alone."""
    gone: bool = False
    """The person closed the chat: unreachable until they write again."""
    moved_to: str | None = None
    """The chat has a new address."""
    window_closed: bool = False
    """Only approved words may be sent to this person now."""
    opted_out: bool = False
    """The person told the messenger that they want nothing more from us."""
    alarm: bool = False
    """The channel itself is broken (wrong token, another poller): stop it and say so loudly."""


@dataclass(frozen=True)
class Delivery:
    """What a provider tells later about something we sent: `state` is sent, delivered, read or failed.

    `parcel` is our own number for it, where the provider gives it back, and `recipients` the names of whoever it went
    to, without which that number proves nothing; `failed` says why it failed.
    """

    channel: str
    receipt: str
    parcel: int | None
    state: str
    at: datetime
    failed: SendFailed | None = None
    recipients: tuple[str, ...] = ()


class Channel(Protocol):
    """One way to reach people. `parse` is pure; only `send`, `listen` and `fetch` touch the network."""

    name: str
    broken: bool
    """Whether what comes in cannot be fetched just now."""
    rules: Rules
    """What its provider allows."""
    edits: bool
    """Whether the words of what was sent can still be changed (`Message.edits`)."""
    tells_later: timedelta
    """How long after a send of unknown outcome its provider may still tell us; zero: it never does."""

    def parse(self, raw: bytes) -> Incoming | Delivery:
        """What the person did, or what became of something we sent. Raises Unreadable."""

    async def send(self, parcel: Parcel, message: Message) -> str:
        """Render and send one message; the provider's receipt. Raises SendFailed and nothing else."""

    async def listen(self, receive: Receive) -> None:
        """Take what comes in until cancelled (a channel that is called instead returns at once)."""

    def routes(self, receive: Receive) -> "Sequence[AbstractRouteDef]":
        """Addresses under which this channel is called."""

    def fetch(self, remote: str) -> AsyncIterator[bytes]:
        """The bytes of a file somebody sent, piece by piece. Raises SendFailed."""

    async def close(self) -> None:
        """Give back connections."""


def position(latitude: object, longitude: object, name: str = "") -> Place | None:
    """A position as a messenger tells it; None for what is on no globe, or no number."""
    if isinstance(latitude, bool) or isinstance(longitude, bool):
        return None
    if not isinstance(latitude, int | float) or not isinstance(longitude, int | float):
        return None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None
    return Place(float(latitude), float(longitude), name)


def opened(path: Path, at_most: int) -> IO[bytes]:
    """A stored file, to be read as it is sent: never whole in memory. Raises SendFailed."""
    try:
        if path.stat().st_size > at_most:
            raise SendFailed(Outcome.REFUSED, f"the stored file is larger than {at_most} bytes")
        return path.open("rb")
    except FileNotFoundError:
        raise SendFailed(Outcome.REFUSED, "the stored file is missing") from None
    except OSError as error:
        reason = f"the stored file cannot be read: {type(error).__name__}"
        raise SendFailed(Outcome.RETRY, reason, after=UNREADABLE_WAIT) from None


class Files(Protocol):
    """Where stored files stand, named by the hash of what is in them."""

    def path(self, sha256: str) -> Path: ...
