"""People with WhatsApp: what they do is delivered to the office, what the office sends becomes screens."""

import asyncio
import base64
from collections import deque
from collections.abc import Callable

from tests.loopback.chats import Bell

from .errors import Json
from .media import Media, kind_of
from .screens import Choice, Screen
from .shapes import Line, Names, message_value, new_wamid, preference_value
from .webhook import Webhook
from .window import MovableClock

PATIENCE = 5.0
FIRST_NUMBER = 6281200000001
ANSWERS = {"button": "button_reply", "list": "list_reply"}


class World:
    """What every phone is connected to."""

    def __init__(self, webhook: Webhook, media: Media, clock: MovableClock, line: Line) -> None:
        self.webhook, self.media, self.clock, self.line = webhook, media, clock, line


class Phone:
    """`hidden`: the number is not shown to us, only the user id; `old`: payloads have no user id yet.

    `id` is what faults and statuses call this person.
    """

    def __init__(self, world: World, name: str, number: str, *, hidden: bool = False, old: bool = False) -> None:
        self.name, self.number, self.user_id = name, number, f"ID.1349{number}"
        self.hidden, self.old, self.blocked, self.stopped = hidden, old, False, False
        self.id = int(number)
        self.wrote_at: float | None = None
        self.screens: deque[Screen] = deque(maxlen=1000)
        self.said: list[str] = []
        self.seen_by_us: list[str] = []
        self.typing = 0
        self._world, self._bell, self._shown, self._seen = world, Bell(), 0, 0

    @property
    def screen(self) -> Screen:
        return self.screens[-1]

    @property
    def names(self) -> Names:
        """How payloads name this person just now."""
        number, user_id = "" if self.hidden else self.number, "" if self.old else self.user_id
        return Names(self.name, number, user_id, self.name.lower() if self.hidden else "")

    @property
    def address(self) -> dict[str, str]:
        """How a message to this person is addressed."""
        return {"recipient": self.user_id} if self.hidden else {"to": self.number}

    async def says(self, text: str) -> str:
        return self._send({"type": "text", "text": {"body": text}})

    async def taps(self, title: str, *, on: Screen | None = None, within: float = PATIENCE) -> str:
        """Tap a button or a row that is there or soon will be; an old one by giving its screen."""
        screen, choice = (on, on.choice(title)) if on else await self._finds(title, within)
        if choice is None:
            raise AssertionError(f"nothing called {title!r} to tap; on the screen:\n{self._history()}")
        context = {"from": self._world.line.display_phone_number, "id": screen.wamid}
        if screen.kind == "template":
            answer: Json = {"type": "button", "button": {"payload": choice.id, "text": choice.title}}
        else:
            kind = ANSWERS[screen.kind]
            told = {"id": choice.id, "title": choice.title}
            told |= {"description": choice.description} if choice.description else {}
            answer = {"type": "interactive", "interactive": {"type": kind, kind: told}}
        return self._send({"context": context} | answer)

    async def sends_file(
        self, name: str, mime: str = "application/pdf", content: bytes = b"%PDF-1.4", caption: str = ""
    ) -> str:
        """A document, or whatever else its type makes it."""
        stored = self._world.media.keep(name, mime, content)
        kind = kind_of(mime)
        file: Json = {"mime_type": mime, "id": stored.id}
        file["sha256"] = base64.b64encode(bytes.fromhex(stored.sha256)).decode()
        file |= {"filename": name} if kind == "document" else {}
        file |= {"caption": caption} if caption else {}
        return self._send({"type": kind, kind: file | ({"voice": True} if kind == "audio" else {})})

    async def sends_location(self, latitude: float = -7.03, longitude: float = 109.58) -> str:
        return self._send({"type": "location", "location": {"latitude": latitude, "longitude": longitude}})

    async def sends(self, content: Json) -> str:
        """A message of any other kind: its `type` and what belongs to it."""
        return self._send(content)

    async def pushes(self, value: Json, field: str = "messages") -> None:
        """A change of any shape, also one nobody expects."""
        self._world.webhook.push(value, field)

    async def blocks(self) -> None:
        """The office learns it only from what fails later."""
        self.blocked = True

    async def unblocks(self) -> None:
        self.blocked = False

    async def stops(self) -> None:
        """Use the messenger's own switch: no marketing messages any more."""
        self.stopped = True
        self._prefers("stop")

    async def resumes(self) -> None:
        self.stopped = False
        self._prefers("resume")

    async def changes_number(self, number: str) -> str:
        """A new number, and with it a new user id; the office is told under the old one."""
        before, self.number, self.user_id = self.names, number, f"ID.1349{number}"
        body = f"User {self.name} changed from {before.wa_id} to {number}"
        told = {"body": body, "wa_id": number, "user_id": self.user_id, "type": "user_changed_number"}
        wamid = new_wamid(number)
        content = {"type": "system", "system": told}
        self._world.webhook.push(message_value(self._world.line, before, wamid, self._world.clock.stamp, content))
        return wamid

    async def waits_for(self, *texts: str, within: float = PATIENCE) -> Screen:
        """The first screen since this person last acted or waited that holds all these texts."""
        found = await self._until(lambda: self._next(texts), within)
        if found is None:
            raise AssertionError(f"{self.name} waited {within} s for {texts}; saw:\n{self._history()}")
        return found

    async def hears_nothing(self, within: float = 0.3) -> None:
        await asyncio.sleep(within)
        if new := self._since():
            raise AssertionError("expected nothing, but saw:\n" + "\n---\n".join(map(str, new)))

    def show(self, screen: Screen) -> None:
        """A message of ours arrives."""
        self.screens.append(screen)
        self._shown += 1
        self._bell.ring()

    def _since(self) -> list[Screen]:
        new = self._shown - self._seen
        return list(self.screens)[-new:] if new > 0 else []

    def _next(self, texts: tuple[str, ...]) -> Screen | None:
        new = self._since()
        for place, screen in enumerate(new):
            if all(text in str(screen) for text in texts):
                self._seen = self._shown - len(new) + place + 1
                return screen
        return None

    async def _finds(self, title: str, within: float) -> tuple[Screen, Choice | None]:
        screen = await self._until(lambda: self._newest_with(title), within)
        if screen is None:
            raise AssertionError(f"nothing called {title!r} came; on the screen:\n{self._history()}")
        return screen, screen.choice(title)

    def _newest_with(self, title: str) -> Screen | None:
        return next((screen for screen in reversed(self.screens) if screen.choice(title)), None)

    async def _until(self, look: Callable[[], Screen | None], within: float) -> Screen | None:
        try:
            async with asyncio.timeout(within):
                while (found := look()) is None:
                    await self._bell.wait()
        except TimeoutError:
            return None
        return found

    def _send(self, content: Json) -> str:
        world = self._world
        wamid = new_wamid(self.number)
        self.said.append(wamid)
        self._seen, self.wrote_at = self._shown, world.clock.now
        world.webhook.push(message_value(world.line, self.names, wamid, world.clock.stamp, content))
        return wamid

    def _prefers(self, value: str) -> None:
        world = self._world
        told = preference_value(world.line, self.names, world.clock.stamp, value)
        world.webhook.push(told, "user_preferences")

    def _history(self) -> str:
        return "\n---\n".join(str(screen) for screen in list(self.screens)[-3:]) or "(nothing yet)"


class Phones:
    """Everybody with WhatsApp."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._by_name: dict[str, Phone] = {}

    def person(self, name: str, *, number: str = "", hidden: bool = False, old: bool = False) -> Phone:
        """The person of this name; somebody new the first time."""
        if name not in self._by_name:
            number = number or str(FIRST_NUMBER + len(self._by_name))
            self._by_name[name] = Phone(self._world, name, number, hidden=hidden, old=old)
        return self._by_name[name]

    def everybody(self) -> list[Phone]:
        return list(self._by_name.values())

    def at(self, message: Json) -> Phone | None:
        """Whom a message is for, by number or by user id."""
        number, user_id = str(message.get("to", "")).lstrip("+"), message.get("recipient")
        found = (phone for phone in self._by_name.values() if number == phone.number or user_id == phone.user_id)
        return next(found, None)

    def who_said(self, wamid: str) -> Phone | None:
        return next((phone for phone in self._by_name.values() if wamid in phone.said), None)
