"""A small office behind the web chat: answers every arrival at once, so that the page can be driven."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count

from bot.channels.webchat import WebChat
from handlers.conversation.message import Button, Document, Incoming, Kind, Message
from storage.inbox import Arrival
from storage.outbox import Parcel

GREETING = Message(
    "Monggo, Bapak/Ibu. Apa yang bisa kami bantu?",
    (Button("c.audiensi", "Audiensi"), Button("c.laporan", "Laporan kegiatan")),
    (Button("c.batal", "Batal", "batal"),),
)
LETTER = Message("Ini jadwalnya.", document=Document("audiensi.ics", "text/calendar", content="BEGIN:VCALENDAR"))


class Echo:
    """Repeats what was said; `halo` gets choices, `surat` a document, `kabari budi …` a notice to somebody else."""

    chat: WebChat

    def __init__(self) -> None:
        self._numbers = count(1)
        self._seen: set[str] = set()

    async def receive(self, arrivals: Sequence[Arrival]) -> None:
        for arrival in arrivals:
            if arrival.key not in self._seen:
                self._seen.add(arrival.key)
                await self._answer(self.chat.parse(arrival.raw))

    async def _answer(self, incoming: Incoming) -> None:
        if incoming.text.startswith("kabari budi "):
            await self._say("budi", Message(incoming.text.removeprefix("kabari budi ")), "notice")
        await asyncio.sleep(0.05)  # an office that thinks: the page must not depend on instant answers
        await self._say(incoming.address, answer(incoming), "reply")

    async def _say(self, address: str, message: Message, kind: str) -> None:
        number = next(self._numbers)
        now = datetime.now(UTC)
        await self.chat.send(Parcel(number, "web", address, kind, 0, message.written(), 1, None, now), message)


def answer(incoming: Incoming) -> Message:
    if incoming.kind is Kind.PRESS:
        return Message(f"Tombol {incoming.token} diterima.")
    if incoming.upload is not None:
        return Message(f"Berkas {incoming.upload.name} diterima.")
    return {"halo": GREETING, "surat": LETTER}.get(incoming.text, Message(f"Kami baca: {incoming.text}"))
