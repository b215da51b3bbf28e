"""WhatsApp: a signed webhook on the way in, one call of Meta's Cloud API for each message on the way out."""

import asyncio
import io
import logging
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import replace
from datetime import timedelta
from typing import IO, TYPE_CHECKING, Any, Final

from bot.channels.channel import Delivery, Files, Outcome, Receive, SendFailed, Unwelcome, opened
from bot.channels.whatsapp.calls import MEDIA_ID, UPLOAD, Call, render
from bot.channels.whatsapp.failure import GraphError, failure, harmless
from bot.channels.whatsapp.graph import READ, Graph, Json
from bot.channels.whatsapp.people import digits
from bot.channels.whatsapp.read_marks import Nods
from bot.channels.whatsapp.split import NAME
from bot.channels.whatsapp.updates import parse
from handlers.conversation.message import Document, Incoming, Message
from handlers.telling.may_send import WINDOWS, Rules
from storage.mail.outbox import Parcel

if TYPE_CHECKING:
    from aiohttp.web import AbstractRouteDef

log = logging.getLogger(__name__)

WINDOW: Final = WINDOWS[NAME]
"""After a person's last message (WhatsApp Business Platform: customer service windows)."""
REACH: Final = 250
"""People first written to in 24 hours, in the lowest tier (WhatsApp Business Platform: messaging limits)."""
TELLS_LATER: Final = timedelta(seconds=20)
"""How long a status of what we sent may take to come (our choice)."""
TOKEN: Final = re.compile(r"[!-~]+")
NUMBER_ID: Final = re.compile(r"[0-9]{1,32}")
OK: Final = 200


class WhatsApp:
    """A channel over the Cloud API of one number. It is called: Meta has to be told of `/whatsapp` once, by hand.

    Raises ValueError, whose text names the setting, when it cannot work with what it was given.
    """

    name = NAME
    broken = False
    edits = False

    def __init__(
        self,
        token: str,
        phone_number_id: str,
        app_secret: str,
        verify_token: str,
        files: Files,
        *,
        api_url: str = "https://graph.facebook.com",
        version: str = "v25.0",
        reach: int = REACH,
        tells_later: timedelta = TELLS_LATER,
        read_timeout: float = READ,
    ) -> None:
        if not TOKEN.fullmatch(token):
            raise ValueError("WHATSAPP_TOKEN is empty, or has letters no token has")
        if not NUMBER_ID.fullmatch(phone_number_id):
            raise ValueError("WHATSAPP_PHONE_NUMBER_ID must be the id of the number: digits only")
        if not app_secret:
            raise ValueError("WHATSAPP_APP_SECRET is empty")
        if not verify_token:
            raise ValueError("WHATSAPP_VERIFY_TOKEN is empty")
        self.rules = Rules(window=WINDOW, reach=reach)
        self.tells_later = tells_later
        self.link = ""
        self._files, self._number = files, phone_number_id
        self._app_secret, self._verify_token = app_secret, verify_token
        self._graph = Graph(token, phone_number_id, api_url, version, read_timeout)
        self._nods = Nods(self._graph)

    def parse(self, raw: bytes) -> Incoming | Delivery:
        """What the person did, or what became of something we sent. Raises Unreadable."""
        return parse(raw)

    async def send(self, parcel: Parcel, message: Message) -> str:
        """Render and send one message; the id WhatsApp gave it, nothing for what gets none. Raises SendFailed."""
        call = await self._prepared(parcel, message)
        if call is None:
            return ""
        try:
            return receipt(await self._graph.post(call.payload))
        except Exception as error:
            raise failure(error, attempts=parcel.attempts, tells_later=self.tells_later) from None

    async def listen(self, receive: Receive) -> None:  # noqa: ARG002
        """Nothing to fetch: WhatsApp calls. But who is not known to it at the start should hear so at once."""
        try:
            await self.number()
        except SendFailed as failed:
            if failed.alarm:
                raise Unwelcome(f"WhatsApp does not accept WHATSAPP_TOKEN ({failed.reason})") from None
            log.warning("the number could not be looked up (%s); see WHATSAPP_PHONE_NUMBER_ID", failed.reason)

    def routes(self, receive: Receive) -> "Sequence[AbstractRouteDef]":
        """`GET /whatsapp`, which Meta asks once, and `POST /whatsapp`, where everything comes in."""
        from aiohttp.web import get, post

        from bot.channels.whatsapp.door import Door

        door = Door(self._app_secret, self._verify_token, self._number, receive, self._nods.give)
        return [get("/whatsapp", door.challenged), post("/whatsapp", door.answer)]

    async def fetch(self, remote: str) -> AsyncIterator[bytes]:
        """The bytes of a file somebody sent. Raises SendFailed: refused (it is gone, say) or to be tried again."""
        try:
            if not MEDIA_ID.fullmatch(remote):
                raise SendFailed(Outcome.REFUSED, "the file has no id of WhatsApp")
            pieces = self._graph.download(await self._graph.media_url(remote))
            async with aclosing(pieces):
                async for piece in pieces:
                    yield piece
        except Exception as error:
            raise harmless(error) from None

    async def get(self, path: str, **params: str) -> Json:
        """Ask Graph about something of ours, for the admin who looks whether all is well. Raises SendFailed."""
        try:
            return await self._graph.get(path, **params)
        except Exception as error:
            raise harmless(error) from None

    async def number(self) -> str:
        """The office's own number, asked for once; `link` is known from then on. Raises SendFailed."""
        if not self.link:
            shown = (await self.get(self._number, fields="display_phone_number")).get("display_phone_number")
            bare = digits("".join(re.findall("[0-9]", shown))) if isinstance(shown, str) else ""
            self.link = f"https://wa.me/{bare}" if bare else ""
        return self.link.rpartition("/")[2]

    async def close(self) -> None:
        """Give back connections."""
        await self._nods.close()
        await self._graph.close()

    async def _prepared(self, parcel: Parcel, message: Message) -> Call | None:
        """Nothing was sent yet: whatever goes wrong here will go wrong again, or can be tried again."""
        try:
            call = render(parcel.address, message, parcel.form, parcel.id)
            if call is None or call.file is None:
                return call
            there = replace(call.file, remote=await self._uploaded(call.file))
            return render(parcel.address, replace(message, document=there), parcel.form, parcel.id)
        except SendFailed:
            raise
        except Exception as error:
            raise SendFailed(Outcome.REFUSED, f"it cannot be rendered: {type(error).__name__}") from None

    async def _uploaded(self, file: Document) -> str:
        written = file.content.encode()
        with io.BytesIO(written) if written else await self._open(file.sha256) as content:
            try:
                return await self._graph.upload(file.name, file.type, content)
            except ValueError:
                raise
            except Exception as error:
                raise harmless(error) from None

    async def _open(self, sha256: str) -> IO[bytes]:
        return await asyncio.to_thread(opened, self._files.path(sha256), UPLOAD)


def receipt(answer: Json) -> str:
    """WhatsApp's id of the message. Raises GraphError when the answer holds none: it was probably sent."""
    messages: Any = answer.get("messages")
    first = messages[0] if isinstance(messages, list) and messages else None
    name = first.get("id") if isinstance(first, dict) else None
    if not isinstance(name, str) or not name:
        raise GraphError(OK)
    return name
