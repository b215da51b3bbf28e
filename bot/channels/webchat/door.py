"""The web chat's HTTP addresses: what is said comes in, what was said goes out."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial

from aiohttp import BodyPartReader, web

from bot.channels.body import TooLarge
from bot.channels.channel import Files, Receive
from bot.channels.webchat.cookies import Cookies, address_of
from bot.channels.webchat.documents import GONE, attachment
from bot.channels.webchat.live import Bells, shown, stream
from bot.channels.webchat.page import PARTS, WEB, page
from bot.channels.webchat.said import UNCLEAR, Said, read_json
from bot.channels.webchat.shelf import Busy, Full, Shelf, swallow
from bot.channels.webchat.upload import read_file
from bot.channels.webchat.visitors import Refused, Visitors
from handlers.conversation.message import Upload
from storage.database.database import Database
from storage.mail import transcript
from storage.mail.inbox import Arrival
from storage.people import people
from storage.people.web_keys import cookie_key

Serve = Callable[[web.Request], Awaitable[web.StreamResponse]]
log = logging.getLogger(__name__)

FILE_TOO_LARGE = "Berkas itu lebih dari 100 MB. Mohon dikecilkan atau dibagi, lalu kirim lagi."
SHELF_FULL = "Tempat berkas sedang penuh. Mohon coba lagi besok."
NOT_KEPT = "Pesan belum tersimpan di kantor. Mohon coba lagi sebentar lagi."
CROWDED = "Percakapan ini sudah terbuka di terlalu banyak jendela. Mohon tutup sebagian."
MANY_FILES = "Banyak berkas sedang masuk. Mohon coba lagi sebentar lagi."
Wanted = Callable[[str, Upload], Awaitable[bool]]
"""Whether a question that is open in this chat asks for such a file."""


@dataclass(frozen=True, kw_only=True)
class Door:
    """Answers the page. Whatever it keeps is committed before it says so."""

    database: Database
    files: Files
    shelf: Shelf
    bells: Bells
    visitors: Visitors
    receive: Receive
    office_name: str
    headers: Mapping[str, str]
    wanted: Wanted
    now: Callable[[], datetime]

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [
            web.get("/", self._guarded(self._page)),
            web.get("/web/{part}", self._guarded(self._part)),
            web.get("/chat/people", self._guarded(self._people)),
            web.get("/chat/{who}/messages", self._guarded(self._messages)),
            web.get("/chat/{who}/events", self._guarded(self._events)),
            web.post("/chat/{who}", self._guarded(self._take_message)),
            web.post("/chat/{who}/files", self._guarded(self._take_file)),
            web.get("/chat/{who}/files/{line}", self._guarded(self._document)),
        ]

    def _guarded(self, serve: Serve) -> Serve:
        """Serve only who may call; say kindly why not; never forget the protecting headers."""

        async def guarded(request: web.Request) -> web.StreamResponse:
            try:
                self.visitors.check(request)
                await self._unlock()
                response = await serve(request)
            except Refused as refused:
                response = web.Response(status=refused.status, text=refused.sentence)
            except (ConnectionError, web.RequestPayloadError):  # the caller left, or speaks no HTTP
                response = web.Response(status=400, text=UNCLEAR)
            for name, value in self.headers.items():
                response.headers.setdefault(name, value)
            return response

        return guarded

    async def _unlock(self) -> None:
        """Read the key of the cookies, once."""
        if not self.visitors.practice and not hasattr(self.visitors, "cookies"):
            key = await self.database.transact(lambda tx: cookie_key(tx, self.now()))
            self.visitors.cookies = Cookies(key, secure=self.visitors.secure)

    async def _page(self, request: web.Request) -> web.StreamResponse:
        guests = list(self.visitors.guests.values())
        asked = self.visitors.guests.get(request.query.get("siapa", ""))
        current = asked or (guests[0] if guests else None)
        response = web.Response(text=page(self.office_name, guests, current), content_type="text/html")
        response.headers["Cache-Control"] = "no-store"
        older = self.visitors.older_secret(request)
        self.visitors.welcome(request, response, bool(older) and await self._agreed(address_of(older)))
        return response

    async def _agreed(self, address: str) -> bool:
        """Whether this chat has a person."""
        chat = await self.database.transact(partial(people.chat_of, channel="web", address=address))
        return chat.person_id is not None

    async def _part(self, request: web.Request) -> web.StreamResponse:
        part = request.match_info["part"]
        if part not in PARTS:
            raise Refused(404, "Halaman itu tidak ada.")
        headers = {"Content-Type": PARTS[part], "Cache-Control": "no-cache"}
        return web.FileResponse(WEB / part, headers=headers)

    async def _people(self, _: web.Request) -> web.StreamResponse:
        return web.json_response([asdict(guest) for guest in self.visitors.guests.values()])

    async def _messages(self, request: web.Request) -> web.StreamResponse:
        address = self.visitors.address(request)
        known = number(request.query.get("after", "0"))
        lines = await self.database.transact(partial(transcript.after, address=address, line_id=known))
        answer = {"lines": [shown(line) for line in lines]}
        return web.json_response(answer, headers={"Cache-Control": "no-store"})

    async def _events(self, request: web.Request) -> web.StreamResponse:
        address, caller = self.visitors.address(request), self.visitors.callers.of(request)
        if self.bells.crowded(address, caller):
            raise Refused(429, CROWDED)
        known = request.headers.get("Last-Event-ID") or request.query.get("after") or ""
        seen = known if known.isprintable() else ""  # half a character or a NUL cannot even be looked for
        headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        response = web.StreamResponse(headers={**self.headers, **headers})
        with self.bells.hung(address, caller) as bell:
            try:
                await response.prepare(request)
                await stream(self.database, self.bells, bell, address, seen, response)
            except ConnectionError:
                log.debug("a page left")
        return response

    async def _take_message(self, request: web.Request) -> web.StreamResponse:
        address = await self._heard(request)
        return await self._kept(address, await read_json(request))

    async def _heard(self, request: web.Request, *, file: bool = False) -> str:
        """Whose chat is written to, strangers within their budget. Raises Refused."""
        address = self.visitors.sender(request, file=file)
        if not self.visitors.practice and not await self._agreed(address):
            self.visitors.stranger(request)
        return address

    async def _take_file(self, request: web.Request) -> web.StreamResponse:
        address = await self._heard(request, file=True)
        try:
            said = await read_file(request, partial(self._shelved, request, address))
        except TooLarge as fault:
            raise Refused(413, FILE_TOO_LARGE) from fault
        except Full as fault:
            raise Refused(507, SHELF_FULL) from fault
        except Busy as fault:
            raise Refused(503, MANY_FILES) from fault
        try:
            return await self._kept(address, said)
        except Refused:
            self.shelf.drop(said.fields["file"]["remote"])
            raise

    async def _shelved(
        self, request: web.Request, address: str, file: BodyPartReader, claimed: Upload
    ) -> tuple[str, int]:
        """Put a file on the shelf if somebody who agreed was asked for one; anybody else's goes as it comes."""
        if not await self.wanted(address, claimed):
            return "", await swallow(file)
        whose = frozenset({f"chat {address}", f"caller {self.visitors.callers.of(request)}"})
        return await self.shelf.keep(file, whose, request.content_length)

    async def _kept(self, address: str, said: Said) -> web.StreamResponse:
        """Commit the person's line and then the arrival: that way round, the answer can only come below it."""
        line = partial(transcript.add, address=address, mine=True, body=said.line(), key=f"in-{address}-{said.key}")
        try:
            await self.database.transact(partial(line, now=self.now()))
            await self.receive([Arrival("web", f"{address}:{said.key}", said.raw(address))])
        except Exception as fault:
            log.warning("a message from the page was not kept: %s", type(fault).__name__)
            raise Refused(503, NOT_KEPT) from fault
        self.bells.ring(address)
        return web.json_response({}, status=202)

    async def _document(self, request: web.Request) -> web.StreamResponse:
        address = self.visitors.address(request)
        asked = request.match_info["line"]
        line_id = number(asked) if asked.isascii() and asked.isdecimal() else 0  # a hash is nobody's line
        line = await self.database.transact(partial(transcript.get, address=address, line_id=line_id))
        if line is None or "document" not in line.body:
            raise Refused(404, GONE)
        return attachment(line.body["document"], self.files, self.shelf)


def number(text: str) -> int:
    """The number of a line. Raises Refused."""
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        raise Refused(400, UNCLEAR)
    return int(text)
