"""People with a phone: what they do becomes updates, what the bot sends becomes screens they can wait for."""

import asyncio
import time
from dataclasses import dataclass

from .bot_api import BotApi
from .calls import Json
from .chats import Button, Chat, Screen, Tap
from .shapes import file_of, group_chat, membership, message_of, private_chat, text_of, user

PATIENCE = 5.0


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    first_name: str = "Sari"
    username: str | None = None
    language: str = "id"

    @property
    def raw(self) -> Json:
        return user(self.id, self.first_name, self.username, self.language)


class Phone:
    """One person in one chat with the bot: the private one, or a group when its id is given."""

    def __init__(self, api: BotApi, person: Person, *, group: int | None = None) -> None:
        self.api, self.person = api, person
        raw = private_chat(person.raw) if group is None else group_chat(group, "Grup Ormas")
        self.chat: Chat = api.methods.meet(raw)
        self._seen = self.chat.shown
        self._last_said: Json = {}

    @property
    def screens(self) -> list[Screen]:
        return list(self.chat.screens)

    @property
    def screen(self) -> Screen:
        return self.chat.screens[-1]

    async def says(self, text: str) -> int:
        return self._send(text_of(text))

    async def edits(self, text: str) -> int:
        """Change the last message this person wrote."""
        self._last_said |= text_of(text) | {"edit_date": int(time.time())}
        return self._push({"edited_message": self._last_said})

    async def forwards(self, text: str, author: Person) -> int:
        origin = {"type": "user", "sender_user": author.raw, "date": int(time.time()) - 60}
        return self._send(text_of(text) | {"forward_origin": origin})

    async def sends_document(
        self, name: str, mime: str = "application/pdf", content: bytes = b"%PDF-1.4", size: int | None = None
    ) -> int:
        """`size` plays a larger file than its content."""
        stored = self.api.methods.store_file(name, content, size)
        return self._send({"document": file_of(stored.id, stored.size, file_name=name, mime_type=mime)})

    async def sends_photo(self, content: bytes = b"\xff\xd8\xff", caption: str | None = None) -> int:
        stored = self.api.methods.store_file("photo.jpg", content)
        small = file_of(stored.id, stored.size, width=90, height=60)
        large = file_of(stored.id, stored.size, width=1280, height=853)
        return self._send({"photo": [small, large]} | ({"caption": caption} if caption else {}))

    async def sends_sticker(self, emoji: str = "🙏") -> int:
        shape = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        stored = self.api.methods.store_file("sticker.webp", b"RIFF")
        return self._send({"sticker": file_of(stored.id, stored.size, emoji=emoji, **shape)})

    async def sends_voice(self, seconds: int = 7) -> int:
        stored = self.api.methods.store_file("voice.ogg", b"OggS")
        return self._send({"voice": file_of(stored.id, stored.size, duration=seconds, mime_type="audio/ogg")})

    async def sends_location(self, latitude: float = -7.03, longitude: float = 109.58) -> int:
        return self._send({"location": {"latitude": latitude, "longitude": longitude}})

    async def sends_contact(self, phone_number: str = "+620000000000", first_name: str = "Budi") -> int:
        return self._send({"contact": {"phone_number": phone_number, "first_name": first_name}})

    async def sends_poll(self, question: str = "Setuju?") -> int:
        options = [{"text": text, "voter_count": 0, "persistent_id": text} for text in ("Ya", "Tidak")]
        poll = {"id": "5", "question": question, "options": options, "total_voter_count": 0}
        rules = {"is_closed": False, "is_anonymous": True, "allows_multiple_answers": False}
        rules |= {"allows_revoting": True, "members_only": False}
        return self._send({"poll": poll | rules | {"type": "regular"}})

    async def sends(self, content: Json) -> int:
        """A message of any other kind: the fields beside id, sender, chat and date."""
        return self._send(content)

    async def blocks(self) -> int:
        """Block the bot (in a group: remove it); it can reach this chat no more."""
        self.api.methods.blocked.add(self.chat.id)
        return self._member("member", "kicked")

    async def unblocks(self) -> int:
        self.api.methods.blocked.discard(self.chat.id)
        return self._member("kicked", "member")

    async def pushes(self, update: Json) -> int:
        """An update of any shape, also a malformed one; the id is added."""
        return self._push(update)

    async def pushes_bytes(self, body: bytes) -> int:
        return self.api.updates.push_bytes(body)

    async def taps(self, label: str, *, on: Screen | None = None, within: float = PATIENCE) -> Tap:
        """Press a button that is there or soon will be; one that is gone is pressed by giving its screen."""
        screen, button = (on, _button(on, label)) if on else await self._finds(label, within)
        if button is None or button.data is None:
            raise AssertionError(f"no button {label!r} to tap; on the screen:\n{self._history()}")
        tap = self.api.methods.new_tap()
        message = self.chat.messages.get(screen.message_id, {"message_id": screen.message_id, "date": 0})
        query = {"id": tap.id, "from": self.person.raw, "message": message | {"chat": self.chat.raw}}
        self._seen = self.chat.shown
        self._push({"callback_query": query | {"chat_instance": str(self.chat.id), "data": button.data}})
        return tap

    async def waits_for(self, *texts: str, within: float = PATIENCE) -> Screen:
        """The first screen since this person last acted or waited that holds all these texts."""
        try:
            async with asyncio.timeout(within):
                while (screen := self._next(texts)) is None:
                    await self.chat.bell.wait()
        except TimeoutError:
            message = f"{self.person.first_name} waited {within} s for {texts}; saw:\n{self._history()}"
            raise AssertionError(message) from None
        return screen

    async def hears_nothing(self, within: float = 0.3) -> None:
        await asyncio.sleep(within)
        if new := self.chat.since(self._seen):
            raise AssertionError("expected nothing, but saw:\n" + "\n---\n".join(map(str, new)))

    def _next(self, texts: tuple[str, ...]) -> Screen | None:
        new = self.chat.since(self._seen)
        for place, screen in enumerate(new):
            if all(text in str(screen) for text in texts):
                self._seen = self.chat.shown - len(new) + place + 1
                return screen
        return None

    async def _finds(self, label: str, within: float) -> tuple[Screen, Button | None]:
        try:
            async with asyncio.timeout(within):
                while (found := self._current(label)) is None:
                    await self.chat.bell.wait()
        except TimeoutError:
            raise AssertionError(f"no button {label!r} came; on the screen:\n{self._history()}") from None
        return found

    def _current(self, label: str) -> tuple[Screen, Button] | None:
        """Newest first, each message only as it looks now: an edit may have taken its buttons away."""
        looked: set[int] = set()
        for screen in reversed(self.chat.screens):
            if screen.message_id not in looked and (button := _button(screen, label)):
                return screen, button
            looked.add(screen.message_id)
        return None

    def _send(self, content: Json) -> int:
        methods = self.api.methods
        message = message_of(methods.next_message_id(), self.person.raw, self.chat.raw) | content
        self.chat.remember(message)
        self._last_said = message
        return self._push({"message": message})

    def _push(self, update: Json) -> int:
        self._seen = self.chat.shown
        return self.api.updates.push(update)

    def _member(self, before: str, after: str) -> int:
        bot, who = self.api.methods.bot, {"chat": self.chat.raw, "from": self.person.raw}
        members = {"old_chat_member": membership(before, bot), "new_chat_member": membership(after, bot)}
        return self._push({"my_chat_member": who | {"date": int(time.time())} | members})

    def _history(self) -> str:
        return "\n---\n".join(str(screen) for screen in self.screens[-3:]) or "(nothing yet)"


def _button(screen: Screen, label: str) -> Button | None:
    """The button with this very label, else the first that contains it."""
    same = [button for button in screen.buttons if button.label == label]
    alike = [button for button in screen.buttons if label in button.label]
    return next(iter(same + alike), None)
