"""Our network under the library: the same errors as over its own, and every file arrives as it is."""

import asyncio
import socket
from collections.abc import Iterator

import aiohttp
import pytest
from telegram import Bot, InputFile
from telegram.error import NetworkError, TelegramError, TimedOut

from bot.channels.channel import Outcome
from bot.channels.telegram.failure import failure
from bot.channels.telegram.request import AiohttpRequest
from tests.channels.telegram_table import TABLE, WORDS
from tests.loopback.bot_api import TOKEN, BotApi
from tests.loopback.crowd import Phone


@pytest.fixture(autouse=True)
def durations(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


def library(url: str, request: AiohttpRequest) -> Bot:
    return Bot(TOKEN, base_url=f"{url}/bot", request=request, get_updates_request=request)


async def raised(url: str, request: AiohttpRequest) -> TelegramError:
    """What the library raises over our network."""
    try:
        with pytest.raises(TelegramError) as error:
            await library(url, request).send_message(42, WORDS)
        return error.value
    finally:
        await request.shutdown()


def patient(seconds: float = 1.0) -> AiohttpRequest:
    return AiohttpRequest(connect=seconds, pool=seconds, read=seconds)


@pytest.mark.usefixtures("sari")
@pytest.mark.parametrize("case", TABLE)
async def test_every_row_of_the_table_raises_its_class(api: BotApi, case: str) -> None:
    row = TABLE[case]
    api.faults.next("sendMessage", row.fault)
    error = await raised(api.url, patient())
    assert type(error) is row.error
    if row.cause is not None:
        assert type(error.__cause__) is row.cause


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


def never_left(error: TelegramError) -> bool:
    return failure(error, chat=True).outcome is Outcome.RETRY


async def test_a_refused_connection(closed_port: str) -> None:
    error = await raised(closed_port, patient())
    assert (type(error), type(error.__cause__)) == (NetworkError, aiohttp.ClientConnectorError)
    assert never_left(error)


async def test_an_unknown_host() -> None:
    error = await raised("http://tidak-ada.invalid", patient(5))
    assert isinstance(error.__cause__, aiohttp.ClientConnectorError)
    assert never_left(error)


async def test_a_connect_timeout(deaf_port: str) -> None:
    error = await raised(deaf_port, patient())
    assert (type(error), type(error.__cause__)) == (TimedOut, aiohttp.ConnectionTimeoutError)
    assert never_left(error)
    assert TOKEN not in f"{error!r} {error.__cause__!r}"


async def test_a_pool_timeout(api: BotApi) -> None:
    request = AiohttpRequest(connections=1, connect=0.1, pool=0.1, read=5)
    bot = library(api.url, request)
    poll = asyncio.create_task(bot.get_updates(timeout=5))
    await api.updates.polled.wait()
    with pytest.raises(TimedOut) as error:
        await bot.get_me()
    assert type(error.value.__cause__) is aiohttp.ConnectionTimeoutError
    assert never_left(error.value)
    poll.cancel()
    await asyncio.gather(poll, return_exceptions=True)
    await request.shutdown()


async def test_an_address_that_is_none_is_not_repeated() -> None:
    error = await raised("bukan-alamat", patient())
    assert (type(error), error.__cause__) == (NetworkError, None)
    assert TOKEN not in repr(error)


async def test_the_whole_library_works_over_it(api: BotApi, sari: Phone) -> None:
    request = AiohttpRequest()
    async with library(api.url, request) as bot:
        await bot.send_message(42, "Halo")
        await bot.send_photo(42, InputFile(b"\xff\xd8\xff", "a.jpg"), caption="x")
        await bot.send_document(42, b"%PDF", filename="b.pdf", read_timeout=5, write_timeout=5)
    assert [screen.file.name for screen in sari.screens if screen.file] == ["a.jpg", "b.pdf"]
    assert api.violations == []


async def test_it_can_be_closed_twice_and_opened_again(api: BotApi) -> None:
    request = AiohttpRequest()
    await request.initialize()
    await request.shutdown()
    await request.shutdown()
    assert (await library(api.url, request).get_me()).username == "rumah_kedua_bot"
    await request.shutdown()
