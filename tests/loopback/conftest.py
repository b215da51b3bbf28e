"""A loopback Bot API, and python-telegram-bot's own client to judge it by."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from telegram import Bot
from telegram.request import HTTPXRequest

from .bot_api import BotApi
from .crowd import Person, Phone


@pytest_asyncio.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        yield api


@pytest_asyncio.fixture
async def bot(api: BotApi, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bot]:
    # The library warns about the old type of `retry_after`, and warnings are errors here.
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    bot = Bot(
        api.token,
        base_url=f"{api.url}/bot",
        base_file_url=f"{api.url}/file/bot",
        request=HTTPXRequest(read_timeout=0.5),
        get_updates_request=HTTPXRequest(),
    )
    async with bot:
        yield bot


@pytest_asyncio.fixture
async def sari(api: BotApi) -> Phone:
    return Phone(api, Person(42, "Sari"))
