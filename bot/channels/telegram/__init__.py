"""Telegram: a durable poll or a webhook on the way in, one Bot API call for each message on the way out."""

import asyncio
import json
import logging
import os
import re
import warnings
from collections.abc import AsyncIterator, Sequence
from contextlib import ExitStack, aclosing
from dataclasses import replace
from datetime import timedelta
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import quote

from telegram import Bot, InputFile
from telegram.error import Conflict, InvalidToken
from telegram.warnings import PTBUserWarning

from bot.channels.channel import Files, Outcome, Receive, SendFailed, Unwelcome, opened
from bot.channels.fields import whole
from bot.channels.telegram.calls import PHOTO, UPLOAD, Call, Params, commands, render
from bot.channels.telegram.failure import failure, unchanged
from bot.channels.telegram.groups import Me
from bot.channels.telegram.patience import PAUSES, sentence, sit_out
from bot.channels.telegram.request import READ, AiohttpRequest
from bot.channels.telegram.updates import ALLOWED_UPDATES, NAME, arrival, parse, update_id
from handlers.conversation.message import Document, Incoming, Message
from handlers.telling.may_send import Rules
from storage.mail.outbox import Parcel

if TYPE_CHECKING:
    from aiohttp.web import AbstractRouteDef

SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
"""Bot API: setWebhook, secret_token."""
POLL, POLL_READ = 30, 40
"""Seconds: how long Telegram holds an empty getUpdates, and how long we wait for it."""
WEBHOOK_CONNECTIONS = 40
"""Telegram's own default (Bot API: setWebhook)."""
MIME = re.compile(r"[\w.+-]+/[\w.+-]+", re.ASCII)
WITHOUT_RECEIPT = frozenset({"answerCallbackQuery", "setMyCommands"})

# The library's own switch: `retry_after` is a duration, as it will always be in its next version.
os.environ.setdefault("PTB_TIMEDELTA", "true")


class Telegram:
    """A channel over the Bot API. `mode` is "polling" or "webhook"; a webhook needs a secret and a public address.

    Raises ValueError, whose text names the setting, when it cannot work with what it was given. `pauses` are the
    seconds between attempts while something is broken.
    """

    name = NAME
    rules = Rules()
    edits = True
    tells_later = timedelta(0)

    def __init__(
        self,
        token: str,
        files: Files,
        *,
        api_url: str = "https://api.telegram.org",
        mode: str = "polling",
        webhook_secret: str = "",
        public_url: str = "",
        menu: Sequence[tuple[str, str]] = (),
        read_timeout: float = READ,
        pauses: Sequence[float] = PAUSES,
    ) -> None:
        if not token:
            raise ValueError("TELEGRAM_TOKEN is empty")
        if mode == "webhook" and not SECRET.fullmatch(webhook_secret):
            raise ValueError("TELEGRAM_WEBHOOK_SECRET must be 1 to 256 of A-Z a-z 0-9 _ -")
        if mode == "webhook" and not public_url:
            raise ValueError("PUBLIC_URL is empty, and TELEGRAM_MODE=webhook needs it")
        keep_quiet()
        self._files, self._pauses, self._menu = files, pauses, commands(menu)
        self._mode, self._secret, self._public_url = mode, webhook_secret, public_url.rstrip("/")
        self._file_url = f"{api_url.rstrip('/')}/file/bot{token}"
        self._request = AiohttpRequest(read=read_timeout)
        base_url = f"{api_url.rstrip('/')}/bot"
        self._bot = Bot(token, base_url, request=self._request, get_updates_request=self._request)
        number = token.partition(":")[0]
        self._me = Me(int(number) if number.isdecimal() else 0)
        self._unhooked = asyncio.Event()
        self._met = self.broken = False

    @property
    def link(self) -> str:
        """Where people find the bot; empty until Telegram has told its name."""
        return f"https://t.me/{self._me.username}" if self._me.username else ""

    async def username(self) -> str:
        """The bot's name, asked for once. Raises SendFailed."""
        if not self._me.username:
            try:
                self._learn(await self._bot.do_api_request("getMe"))
            except Exception as error:
                raise failure(error, chat=False) from None
        return self._me.username

    def parse(self, raw: bytes) -> Incoming:
        """What the person did. Raises Unreadable."""
        return parse(raw, self._me)

    async def send(self, parcel: Parcel, message: Message) -> str:
        """Render and send one message; the id Telegram gave it, nothing for what gets none. Raises SendFailed."""
        with ExitStack() as files:
            method, params = await self._rendered(parcel.address, message, files)
            try:
                result = await self._bot.do_api_request(method, params)
            except Exception as error:
                if unchanged(error):
                    return ""
                raise failure(error, chat=True) from None
        return receipt(method, result)

    async def listen(self, receive: Receive) -> None:
        """Poll until cancelled; with a webhook, tell Telegram where it is and return. Trouble is waited out."""
        if self._mode == "webhook":
            await self._insist("setWebhook", self._hook())
            await self._introduce()
            return
        try:
            async with asyncio.TaskGroup() as tasks:
                # The poll goes first: whatever waits for us is on disk before anything else is arranged.
                tasks.create_task(self._poll(receive))
                tasks.create_task(self._arrange())
        except* Unwelcome as refused:
            raise refused.exceptions[0] from None

    def routes(self, receive: Receive) -> "Sequence[AbstractRouteDef]":
        """`POST /telegram` with a webhook, nothing with a poll."""
        if self._mode != "webhook":
            return []
        from aiohttp.web import post

        from bot.channels.telegram.door import Door  # and aiohttp.web with it: 50 ms a poll does without

        return [post("/telegram", Door(self._secret, receive).answer)]

    async def fetch(self, remote: str) -> AsyncIterator[bytes]:
        """The bytes of a file somebody sent. Raises SendFailed: refused (over 20 MB, say) or to be tried again."""
        try:
            found = await self._bot.do_api_request("getFile", {"file_id": remote.removeprefix(PHOTO)})
            pieces = self._request.download(f"{self._file_url}/{quote(found['file_path'])}")
            async with aclosing(pieces):
                async for piece in pieces:
                    yield piece
        except Exception as error:
            failed = failure(error, chat=False)
            if failed.outcome is Outcome.UNKNOWN:
                # Fetching twice harms nobody.
                raise SendFailed(Outcome.RETRY, failed.reason) from None
            raise failed from None

    async def close(self) -> None:
        """Give back connections."""
        await self._request.shutdown()

    async def _rendered(self, address: str, message: Message, files: ExitStack) -> tuple[str, Params]:
        """Nothing was sent yet: whatever goes wrong here will go wrong again."""
        try:
            call = render(address, message)
            return call.method, await self._filled(call, files)
        except SendFailed:
            raise
        except Exception as error:
            raise SendFailed(Outcome.REFUSED, f"it cannot be rendered: {type(error).__name__}") from None

    async def _filled(self, call: Call, files: ExitStack) -> Params:
        """With its file, which stays open as long as `files`: it is read while it is sent."""
        if call.file is None:
            return call.params
        content: bytes | IO[bytes] = call.file.content.encode()
        if not content:
            path = self._files.path(call.file.sha256)
            content = files.enter_context(await asyncio.to_thread(opened, path, UPLOAD))
        return call.params | {call.part: enclosed(call.file, content)}

    async def _poll(self, receive: Receive) -> None:
        """The offset moves on only after everything of a batch is kept: a crash before that makes it come again."""
        offset = tries = 0
        while True:
            unhooked = self._unhooked.is_set()
            try:
                offset, tries = await self._take(offset, receive), 0
                self.broken, self._met = False, True
            except Exception as error:
                if isinstance(error, Conflict) and not unhooked:
                    # A webhook of earlier days was in the way; it is being deleted.
                    await self._unhooked.wait()
                    continue
                if isinstance(error, InvalidToken) and not self._met:
                    raise Unwelcome(sentence(error, "getUpdates")) from None
                self.broken = True
                await sit_out(error, "getUpdates", tries, self._pauses)
                tries += 1

    async def _take(self, offset: int, receive: Receive) -> int:
        """One poll; the offset of the next one."""
        params: Params = {"timeout": POLL, "allowed_updates": ALLOWED_UPDATES}
        if offset:
            params["offset"] = offset
        updates = await self._bot.do_api_request("getUpdates", params, read_timeout=POLL_READ)
        if not isinstance(updates, list):
            raise TypeError("getUpdates gave no list")
        if not updates:
            return offset
        await receive([arrival(json.dumps(update).encode(), update) for update in updates])
        # The last, not the largest: after a quiet week Telegram counts from another number.
        ids = [number for update in updates if (number := update_id(update)) is not None and number > 0]
        if not ids:
            raise LookupError("a batch without ids cannot be confirmed")
        return ids[-1] + 1

    async def _arrange(self) -> None:
        await self._insist("deleteWebhook", {"drop_pending_updates": False})
        self._unhooked.set()
        await self._introduce()

    async def _introduce(self) -> None:
        if self._menu["commands"]:
            await self._insist("setMyCommands", self._menu)
        self._learn(await self._insist("getMe", {}))

    async def _insist(self, method: str, params: Params) -> Any:
        tries = 0
        while True:
            try:
                return await self._bot.do_api_request(method, params)
            except Exception as error:
                await sit_out(error, method, tries, self._pauses)
                tries += 1

    def _hook(self) -> Params:
        return {
            "url": f"{self._public_url}/telegram",
            "secret_token": self._secret,
            "allowed_updates": ALLOWED_UPDATES,
            "max_connections": WEBHOOK_CONNECTIONS,
            "drop_pending_updates": False,
        }

    def _learn(self, me: object) -> None:
        if isinstance(me, dict) and isinstance(username := me.get("username"), str):
            self._me = replace(self._me, username=username)


def keep_quiet() -> None:
    """The library's debug log holds what is sent and to whom; and it warns of every call that is made by name."""
    logging.getLogger("telegram").setLevel(logging.WARNING)
    warnings.filterwarnings("ignore", message=r"Please use 'Bot\.", category=PTBUserWarning)


def receipt(method: str, result: object) -> str:
    """Telegram's id of the message. Raises SendFailed when the answer is none: it was probably sent."""
    if method in WITHOUT_RECEIPT:
        return ""
    number = whole(result.get("message_id")) if isinstance(result, dict) else None
    if number is None:
        raise SendFailed(Outcome.UNKNOWN, "an answer of an odd shape")
    return str(number)


def enclosed(document: Document, content: bytes | IO[bytes]) -> InputFile:
    file = InputFile(content, filename=document.name, read_file_handle=False)
    if MIME.fullmatch(document.type):
        file.mimetype = document.type
    return file
