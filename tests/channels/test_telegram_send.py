"""Every row of the error table: what the library raises over our network, and what becomes of the send."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from telegram import Bot, InputFile
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels.channel import Outcome, SendFailed
from bot.channels.telegram import Telegram
from bot.channels.telegram_request import AiohttpRequest
from handlers.conversation.message import Button, Document, Message
from storage.outbox import Parcel
from tests.loopback.bot_api import TOKEN, BotApi
from tests.loopback.calls import Refused
from tests.loopback.crowd import Person, Phone
from tests.loopback.faults import (
    BAD_JSON,
    BLOCKED,
    DROPPED_AFTER,
    DROPPED_BEFORE,
    HALF,
    HUNG,
    TOO_MANY_BARE,
    WRONG_SHAPE,
    WRONG_TOKEN,
    Fault,
    broken,
    migrated,
    refusal,
    too_many,
)

RETRY, REFUSED, UNKNOWN = Outcome.RETRY, Outcome.REFUSED, Outcome.UNKNOWN
WORDS = "kata-rahasia-sari"
HALO = Message(WORDS)
PATIENCE = 0.3


@dataclass
class Shelf:
    """Files by name in a folder."""

    folder: Path

    def path(self, sha256: str) -> Path:
        return self.folder / sha256


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        yield api


@pytest.fixture
def sari(api: BotApi) -> Phone:
    return Phone(api, Person(42, "Sari"))


@pytest.fixture
async def telegram(api: BotApi, tmp_path: Path) -> AsyncIterator[Telegram]:
    telegram = Telegram(api.token, Shelf(tmp_path), api_url=api.url, read_timeout=PATIENCE)
    yield telegram
    await telegram.close()


def parcel(address: str = "42") -> Parcel:
    return Parcel(1, "telegram", address, "reply", 0, "", 1, None)


async def fails(telegram: Telegram, message: Message = HALO, address: str = "42") -> SendFailed:
    with pytest.raises(SendFailed) as failed:
        await telegram.send(parcel(address), message)
    assert failed.value.__suppress_context__
    return failed.value


async def raised(url: str, method: str = "sendMessage", **timeouts: float) -> TelegramError:
    """What the library's own client raises over our network."""
    request = AiohttpRequest(read=PATIENCE, **timeouts)
    bot = Bot(TOKEN, base_url=f"{url}/bot", request=request, get_updates_request=request)
    try:
        with pytest.raises(TelegramError) as error:
            await bot.do_api_request(method, {"chat_id": 42, "text": WORDS})
        return error.value
    finally:
        await request.shutdown()


@dataclass(frozen=True)
class Row:
    """What Telegram does, what the library raises and why, and what becomes of the send."""

    fault: Fault
    error: type[TelegramError]
    outcome: Outcome
    cause: type[Exception] | None = None
    more: dict[str, Any] = field(default_factory=dict)


def html(status: int) -> Fault:
    return broken(status, html=True)


def bad_request(description: str) -> Fault:
    return refusal("400", Refused(f"Bad Request: {description}"))


CONFLICT = refusal("409", Refused("Conflict: terminated by other getUpdates request", 409))
NOT_FOUND = refusal("404", Refused("Not Found", 404))
ALARM = {"alarm": True, "whole_channel": True}
GONE = {"gone": True}
LONG = timedelta(seconds=10_072)
LIST = Fault("a list", status=500, body=b"[]")
EMPTY = Fault("nothing", effect=True, body=b"")
NO_RESULT = Fault("no result", effect=True, body=b'{"ok": true}')

TABLE = {
    "read timeout": Row(HUNG, TimedOut, UNKNOWN, aiohttp.SocketTimeoutError),
    "hang-up before the effect": Row(DROPPED_BEFORE, NetworkError, UNKNOWN, aiohttp.ServerDisconnectedError),
    "hang-up after the effect": Row(DROPPED_AFTER, NetworkError, UNKNOWN, aiohttp.ServerDisconnectedError),
    "half an answer": Row(HALF, NetworkError, UNKNOWN, aiohttp.ClientPayloadError),
    "500": Row(broken(500), NetworkError, UNKNOWN),
    "502": Row(broken(502), NetworkError, UNKNOWN),
    "504": Row(broken(504), NetworkError, UNKNOWN),
    "502 with a page": Row(html(502), NetworkError, UNKNOWN),
    "403 with a page is not the person's doing": Row(html(403), Forbidden, UNKNOWN),
    "400 with a page": Row(html(400), BadRequest, UNKNOWN),
    "a redirect is not followed": Row(html(302), NetworkError, UNKNOWN),
    "200 with bad JSON": Row(BAD_JSON, TelegramError, UNKNOWN),
    "200 with nothing": Row(EMPTY, TelegramError, UNKNOWN),
    "429": Row(too_many(10_072), RetryAfter, RETRY, more={"after": LONG}),
    "429 without a time": Row(TOO_MANY_BARE, NetworkError, RETRY, more={"after": timedelta(seconds=5)}),
    "400": Row(bad_request("BUTTON_DATA_INVALID"), BadRequest, REFUSED),
    "400 no such chat": Row(bad_request("chat not found"), BadRequest, REFUSED, more=GONE),
    "400 moved": Row(migrated(-100123), ChatMigrated, RETRY, more={"moved_to": "-100123"}),
    "403": Row(BLOCKED, Forbidden, REFUSED, more=GONE),
    "401": Row(WRONG_TOKEN, InvalidToken, RETRY, more=ALARM),
    "404": Row(NOT_FOUND, InvalidToken, RETRY, more=ALARM),
    "409": Row(CONFLICT, Conflict, RETRY, more=ALARM),
}


@pytest.mark.parametrize("case", TABLE)
async def test_the_library_raises_over_our_network_what_it_raises_over_its_own(api: BotApi, case: str) -> None:
    row = TABLE[case]
    api.faults.next("sendMessage", row.fault)
    error = await raised(api.url)
    assert type(error) is row.error
    if row.cause is not None:
        assert type(error.__cause__) is row.cause


@pytest.mark.usefixtures("sari")
@pytest.mark.parametrize("case", TABLE)
async def test_what_became_of_the_send(api: BotApi, telegram: Telegram, case: str) -> None:
    row = TABLE[case]
    api.faults.next("sendMessage", row.fault)
    failed = await fails(telegram)
    assert failed == SendFailed(row.outcome, failed.reason, **row.more)
    assert TOKEN not in failed.reason
    assert WORDS not in failed.reason


@pytest.mark.usefixtures("sari")
@pytest.mark.parametrize("fault", [WRONG_SHAPE, LIST, NO_RESULT, EMPTY], ids=lambda fault: fault.name)
async def test_an_answer_of_an_odd_shape_may_mean_it_was_sent(api: BotApi, telegram: Telegram, fault: Fault) -> None:
    api.faults.next("sendMessage", fault)
    assert (await fails(telegram)).outcome is UNKNOWN


@pytest.fixture
def closed_port() -> Iterator[str]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


@pytest.fixture
def deaf_port() -> Iterator[str]:
    """A port whose queue is full: a connection to it is neither refused nor made."""
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        waiting = [socket.socket() for _ in range(4)]
        for knock in waiting:
            knock.setblocking(False)
            knock.connect_ex(deaf.getsockname())
        yield f"http://127.0.0.1:{deaf.getsockname()[1]}"
        for knock in waiting:
            knock.close()


async def test_refused_connection(closed_port: str, tmp_path: Path) -> None:
    error = await raised(closed_port)
    assert (type(error), type(error.__cause__)) == (NetworkError, aiohttp.ClientConnectorError)
    telegram = Telegram(TOKEN, Shelf(tmp_path), api_url=closed_port)
    assert (await fails(telegram)).outcome is RETRY
    await telegram.close()


async def test_unknown_host_and_no_address_at_all() -> None:
    unknown = await raised("http://tidak-ada.invalid")
    assert isinstance(unknown.__cause__, aiohttp.ClientConnectorError)
    nonsense = await raised("bukan-alamat")
    assert (type(nonsense), nonsense.__cause__) == (NetworkError, None)


async def test_connect_timeout(deaf_port: str) -> None:
    error = await raised(deaf_port, connect=0.2, pool=0.2)
    assert (type(error), type(error.__cause__)) == (TimedOut, aiohttp.ConnectionTimeoutError)
    assert TOKEN not in f"{error!r} {error.__cause__!r}"


async def test_pool_timeout(api: BotApi) -> None:
    request = AiohttpRequest(connections=1, connect=0.1, pool=0.1, read=5)
    bot = Bot(TOKEN, base_url=f"{api.url}/bot", request=request, get_updates_request=request)
    poll = asyncio.create_task(bot.get_updates(timeout=5))
    await api.updates.polled.wait()
    with pytest.raises(TimedOut) as error:
        await bot.get_me()
    assert type(error.value.__cause__) is aiohttp.ConnectionTimeoutError
    poll.cancel()
    await asyncio.gather(poll, return_exceptions=True)
    await request.shutdown()


async def test_what_never_left_is_tried_again(deaf_port: str, tmp_path: Path) -> None:
    telegram = Telegram(TOKEN, Shelf(tmp_path), api_url=deaf_port)
    telegram._request = request = AiohttpRequest(connect=0.2, pool=0.2)
    telegram._bot = Bot(TOKEN, f"{deaf_port}/bot", request=request, get_updates_request=request)
    assert (await fails(telegram)).outcome is RETRY
    await telegram.close()


async def test_a_receipt_is_the_number_of_the_message(api: BotApi, telegram: Telegram, sari: Phone) -> None:
    message = Message("Pilih", (Button("f.1.ya", "Ya"),), (Button("f.1.batal", "Batal"),))
    assert await telegram.send(parcel(), message) == str(sari.screen.message_id)
    assert str(sari.screen) == "Pilih\n[Ya]\n[Batal]"
    assert api.violations == []


async def test_a_wait_concerns_everybody_when_the_call_is_for_no_chat(api: BotApi, telegram: Telegram) -> None:
    api.faults.next("answerCallbackQuery", too_many(7))
    failed = await fails(telegram, Message("Ya", query="1"))
    assert (failed.outcome, failed.after, failed.whole_channel) == (RETRY, timedelta(seconds=7), True)


async def test_an_old_press_is_refused_quietly(api: BotApi, telegram: Telegram) -> None:
    too_old = bad_request("query is too old and response timeout expired or query ID is invalid")
    api.faults.next("answerCallbackQuery", too_old)
    failed = await fails(telegram, Message("Ya", query="1"))
    assert failed == SendFailed(REFUSED, failed.reason)


@pytest.mark.usefixtures("sari")
async def test_what_is_as_it_should_be_already_is_success(api: BotApi, telegram: Telegram) -> None:
    api.faults.next("sendMessage", bad_request("message is not modified: specified new message content"))
    assert await telegram.send(parcel(), HALO) == ""


async def test_a_press_is_answered_and_a_menu_set(api: BotApi, telegram: Telegram, sari: Phone) -> None:
    await telegram.send(parcel(), Message("Pilih", (Button("f.1.ya", "Ya"),)))
    tap = await sari.taps("Ya")
    assert await telegram.send(parcel(), Message("Tersimpan", query=tap.id)) == ""
    assert await tap.answer() == "Tersimpan"
    assert await telegram.send(parcel(), Message(menu=(("antrean", "Antrean"),))) == ""
    (call,) = api.calls_of("setMyCommands")
    assert call.params["scope"] == {"type": "chat", "chat_id": 42}


@pytest.mark.parametrize("name", ["undangan rapat.ics", "Undangan – Pak “Budi”.ics", 'a"b\\c.ics', "🙏.ics"])
async def test_a_file_arrives_with_its_name_type_and_bytes(telegram: Telegram, sari: Phone, name: str) -> None:
    document = Document(name, "text/calendar", content="BEGIN:VCALENDAR\r\n🙏")
    assert await telegram.send(parcel(), Message("Undangan", document=document)) == str(sari.screen.message_id)
    assert (upload := sari.screen.file) is not None
    assert (upload.name, upload.mime, upload.content.decode()) == (name, "text/calendar", document.content)
    assert sari.screen.text == "Undangan"


async def test_a_stored_file_arrives(telegram: Telegram, sari: Phone, tmp_path: Path) -> None:
    content = bytes(range(256)) * 8192
    (tmp_path / "ab12").write_bytes(content)
    await telegram.send(parcel(), Message(document=Document("surat.pdf", "application/pdf\r\nX: y", sha256="ab12")))
    assert (upload := sari.screen.file) is not None
    assert (upload.mime, upload.size) == ("application/pdf", len(content))


@pytest.mark.usefixtures("sari")
async def test_a_stored_file_that_is_missing_or_too_large_is_refused(telegram: Telegram, tmp_path: Path) -> None:
    with (tmp_path / "besar").open("wb") as large:
        large.truncate(50 * 1024 * 1024 + 1)
    for sha256, reason in (("hilang", "missing"), ("besar", "larger"), ("a\0b", "cannot")):
        failed = await fails(telegram, Message(document=Document("a", "b/c", sha256=sha256)))
        assert (failed.outcome, reason in failed.reason) == (REFUSED, True)


async def test_a_file_telegram_has_is_sent_again(api: BotApi, telegram: Telegram, sari: Phone) -> None:
    await sari.sends_photo()
    await sari.sends_document("surat.pdf")
    for raw in [update.body for update in api.updates.pending]:
        assert (upload := telegram.parse(raw).upload) is not None
        await telegram.send(
            parcel(), Message("Surat", document=Document(upload.name, upload.type, remote=upload.remote))
        )
    assert [screen.method for screen in sari.screens] == ["sendPhoto", "sendDocument"]


async def test_a_message_that_cannot_be_rendered_is_never_sent(api: BotApi, telegram: Telegram) -> None:
    for message in (Message(""), Message("a", (Button("\ud800", "Ya"),)), Message("a" * 5000)):
        assert (await fails(telegram, message)).outcome is REFUSED
    assert not api.calls


async def test_nothing_of_token_address_or_words_is_logged(
    api: BotApi, telegram: Telegram, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for fault in (BAD_JSON, html(502), html(403), DROPPED_AFTER, WRONG_TOKEN):
        api.faults.next("sendMessage", fault)
        await fails(telegram)
    assert not [record for record in caplog.records if TOKEN in record.getMessage() or WORDS in record.getMessage()]


async def test_files_of_other_methods_arrive_too(api: BotApi, sari: Phone) -> None:
    """The network serves the whole library, not only the calls of our own channel."""
    request = AiohttpRequest()
    async with Bot(TOKEN, base_url=f"{api.url}/bot", request=request, get_updates_request=AiohttpRequest()) as bot:
        await bot.send_photo(42, InputFile(b"\xff\xd8\xff", "a.jpg"), caption="x")
        await bot.send_document(42, b"%PDF", filename="b.pdf", read_timeout=5, write_timeout=5)
    assert [screen.file.name for screen in sari.screens if screen.file] == ["a.jpg", "b.pdf"]
