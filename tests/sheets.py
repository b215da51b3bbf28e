"""What every channel on paper has: sheets for what goes out, files for what is sent, faults to come."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, Protocol

from aiohttp import web

from bot.channels.channel import Channel, Receive, SendFailed
from handlers.conversation.message import Document
from handlers.telling.may_send import Rules
from storage.database.database import Database


@dataclass
class Shown:
    """What one message looks like: its text, its buttons by label, the document that came with it."""

    text: str
    buttons: dict[str, str] = field(default_factory=dict)
    document: Document | None = None


class Paper(Protocol):
    """A channel whose network is a sheet of paper: `sheets` by address."""

    sheets: dict[str, list[Shown]]
    files: dict[str, bytes]
    folder: Path
    """Where somebody keeps the files they send."""
    failing: list[SendFailed]
    """What goes wrong with the next sends, one after the other."""
    failing_at: dict[str, SendFailed]
    """What always goes wrong with sends to some addresses."""
    lost: SendFailed | None
    """Why no file can be fetched."""
    number: "count[int]"

    def on(self, database: Database, folder: Path, now: Callable[[], datetime]) -> Channel: ...
    def text(self, address: str, said: str) -> bytes: ...
    def press(self, address: str, token: str) -> bytes: ...
    def file(self, address: str, name: str, type: str, size: int, remote: str, caption: str = "") -> bytes: ...
    def voice(self, address: str, seconds: int, size: int, remote: str) -> bytes: ...
    def video(self, address: str, size: int, remote: str) -> bytes: ...
    def photo(self, address: str, size: int, remote: str, caption: str = "", album: str = "") -> bytes: ...
    def place(self, address: str, latitude: float, longitude: float) -> bytes: ...
    def message(self, address: str, **content: Any) -> bytes: ...
    def update(self, kind: str, content: dict[str, Any]) -> bytes: ...


class OnPaper:
    """What the three share: an id for each thing that comes in, sheets for what goes out."""

    broken = False
    rules = Rules()
    edits = False
    tells_later = timedelta(0)

    def __init__(self) -> None:
        self.sheets: dict[str, list[Shown]] = {}
        self.files: dict[str, bytes] = {}
        self.folder = Path()
        self.failing: list[SendFailed] = []
        self.failing_at: dict[str, SendFailed] = {}
        self.lost: SendFailed | None = None
        self.number = count(1)

    def write(self, address: str, shown: Shown) -> None:
        self.sheets.setdefault(address, []).append(shown)

    def may_fail(self, address: str) -> None:
        if self.failing:
            raise self.failing.pop(0)
        if address in self.failing_at:
            raise self.failing_at[address]

    async def listen(self, receive: Receive) -> None:
        """Nobody knocks: the tests put arrivals in themselves."""

    def routes(self, receive: Receive) -> Sequence[web.AbstractRouteDef]:
        return []

    async def fetch(self, remote: str) -> AsyncIterator[bytes]:
        if self.lost is not None:
            raise self.lost
        yield self.files[remote]

    async def close(self) -> None:
        """Nothing to give back."""

    def message(self, address: str, **content: Any) -> bytes:
        raise AssertionError(f"only Telegram has messages like {list(content)} for {address}")

    def update(self, kind: str, content: dict[str, Any]) -> bytes:
        raise AssertionError(f"only Telegram has updates like {kind} with {list(content)}")
