"""What the people see: chats, the screens in them, buttons and taps."""

import asyncio
from collections import deque
from dataclasses import dataclass, field

from .calls import Json, Upload


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    data: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Screen:
    """One thing the bot sent or changed; `method` tells a new message from an edit."""

    message_id: int
    text: str
    rows: tuple[tuple[Button, ...], ...]
    method: str
    at: float
    file: Upload | None = None

    @property
    def buttons(self) -> tuple[Button, ...]:
        return tuple(button for row in self.rows for button in row)

    def __str__(self) -> str:
        labels = [" | ".join(f"[{button.label}]" for button in row) for row in self.rows]
        name = [f"<{self.file.name}>"] if self.file else []
        return "\n".join([*name, self.text, *labels])


def rows_of(markup: Json | None) -> tuple[tuple[Button, ...], ...]:
    """The buttons of an inline keyboard; the labels of a reply keyboard, which has no data."""
    if not markup:
        return ()
    rows = markup.get("inline_keyboard") or markup.get("keyboard") or []
    return tuple(tuple(_button(button) for button in row) for row in rows)


def _button(button: Json | str) -> Button:
    if isinstance(button, str):
        return Button(button)
    return Button(button["text"], button.get("callback_data"), button.get("url"))


class Bell:
    """Wakes everyone who waits, at the moment something happens."""

    def __init__(self) -> None:
        self._waiting: list[asyncio.Future[None]] = []

    def ring(self) -> None:
        waiting, self._waiting = self._waiting, []
        for sleeper in waiting:
            if not sleeper.done():
                sleeper.set_result(None)

    async def wait(self) -> None:
        sleeper = asyncio.get_running_loop().create_future()
        self._waiting.append(sleeper)
        await sleeper


class Chat:
    """One chat as the bot's server knows it; only the last `keep` messages and screens stay."""

    def __init__(self, raw: Json, keep: int) -> None:
        self.raw, self._keep = raw, keep
        self.messages: dict[int, Json] = {}
        self.screens: deque[Screen] = deque(maxlen=keep)
        self.shown = 0
        self.bell = Bell()

    @property
    def id(self) -> int:
        return int(self.raw["id"])

    def remember(self, message: Json) -> None:
        self.messages[message["message_id"]] = message
        if len(self.messages) > self._keep:
            del self.messages[next(iter(self.messages))]

    def show(self, screen: Screen) -> None:
        self.screens.append(screen)
        self.shown += 1
        self.bell.ring()

    def since(self, shown: int) -> list[Screen]:
        """The screens after the first `shown`, as far as they are kept."""
        new = self.shown - shown
        return list(self.screens)[-new:] if new > 0 else []


@dataclass(slots=True)
class Tap:
    """A press of a button, until the bot has answered it; `text` is what the person then reads."""

    id: str
    answered: bool = False
    heard: bool = True
    text: str = ""
    alert: bool = False
    bell: Bell = field(default_factory=Bell)

    async def answer(self, within: float = 5.0) -> str:
        async with asyncio.timeout(within):
            while not self.answered:
                await self.bell.wait()
        return self.text
