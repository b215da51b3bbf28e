"""On the way in: nothing is confirmed before it is kept, and no trouble ends the listening."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest

from bot.channels.channel import Receive, SendFailed, Unwelcome
from bot.channels.telegram import Telegram
from tests.channels.conftest import Folder
from tests.channels.inbox import Inbox
from tests.channels.telegram_table import CONFLICT, bad_request, html
from tests.loopback.bot_api import TOKEN, BotApi
from tests.loopback.crowd import Phone
from tests.loopback.faults import (
    BAD_JSON,
    DROPPED_AFTER,
    DROPPED_BEFORE,
    HALF,
    WRONG_SHAPE,
    WRONG_TOKEN,
    Fault,
    broken,
    too_many,
)

MENU = (("menu", "Pilihan"),)


@asynccontextmanager
async def listening(telegram: Telegram, receive: Receive) -> AsyncIterator[None]:
    task = asyncio.create_task(telegram.listen(receive))
    try:
        yield
    finally:
        assert not task.done(), task
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def test_what_people_say_is_kept_byte_for_byte_and_then_confirmed(
    api: BotApi, telegram: Telegram, sari: Phone
) -> None:
    inbox = Inbox()
    first, second = await sari.says("halo 🙏"), await sari.says("dua")
    async with listening(telegram, inbox):
        await inbox.has(first, second)
        third = await sari.says("tiga")
        await inbox.has(third)
        await api.updates.polled.wait()
    assert json.loads(inbox.kept[str(first)])["message"]["text"] == "halo 🙏"
    assert telegram.parse(inbox.kept[str(third)]).text == "tiga"
    assert not api.updates.pending
    assert api.updates.allowed_updates == ["message", "edited_message", "callback_query", "my_chat_member"]


async def test_the_first_call_of_all_is_the_poll(api: BotApi, telegram: Telegram) -> None:
    async with listening(telegram, Inbox()):
        await api.updates.polled.wait()
    assert api.calls[0].method == "getUpdates"
    assert "offset" not in api.calls[0].params


async def test_what_could_not_be_kept_comes_again(telegram: Telegram, sari: Phone) -> None:
    inbox = Inbox(failing=2)
    said = await sari.says("halo")
    async with listening(telegram, inbox):
        await inbox.has(said)
    assert inbox.times == 3


TROUBLE = (BAD_JSON, WRONG_SHAPE, DROPPED_BEFORE, DROPPED_AFTER, HALF, broken(500), html(502), CONFLICT)


@pytest.mark.parametrize("fault", [*TROUBLE, html(403), bad_request("x")], ids=lambda fault: fault.name)
async def test_no_trouble_ends_the_listening(api: BotApi, telegram: Telegram, sari: Phone, fault: Fault) -> None:
    inbox = Inbox()
    api.faults.next("getUpdates", fault, times=3)
    said = await sari.says("halo")
    async with listening(telegram, inbox):
        await inbox.has(said)


async def test_the_wait_that_is_asked_for_is_kept(api: BotApi, telegram: Telegram, sari: Phone) -> None:
    inbox = Inbox()
    api.faults.next("getUpdates", too_many(1))
    said = await sari.says("halo")
    async with listening(telegram, inbox):
        await inbox.has(said)
    first, second, *_ = api.calls_of("getUpdates")
    assert second.at - first.at >= 1


async def test_after_ids_start_again_the_last_one_counts(api: BotApi, telegram: Telegram, sari: Phone) -> None:
    inbox = Inbox()
    before = await sari.says("halo")
    api.updates.renumber(1000)
    after = await sari.says("lama tak jumpa")
    async with listening(telegram, inbox):
        await inbox.has(before, after)
        await inbox.has(await sari.says("lagi"))
    assert api.calls_of("getUpdates")[1].params["offset"] == 1001


async def test_an_update_without_a_number_is_kept_too(telegram: Telegram, sari: Phone) -> None:
    inbox = Inbox()
    await sari.pushes_bytes(b'{"hologram": 1}')
    after = await sari.says("halo")
    async with listening(telegram, inbox):
        await inbox.has(after)
    assert b'{"hologram": 1}' in inbox.kept.values()


async def test_a_webhook_of_earlier_days_is_taken_away(api: BotApi, telegram: Telegram, sari: Phone) -> None:
    api.updates.webhook = "http://127.0.0.1:9/old"
    inbox = Inbox()
    said = await sari.says("halo")
    async with listening(telegram, inbox):
        await inbox.has(said)
    assert api.updates.webhook == ""


async def test_name_link_and_menu_come_after_the_poll(api: BotApi, files: Folder) -> None:
    telegram = Telegram(TOKEN, files, api_url=api.url, menu=MENU, pauses=(0.01,))
    api.faults.next("setMyCommands", broken(500))
    assert telegram.link == ""
    async with listening(telegram, Inbox()), asyncio.timeout(5):
        while not telegram.link:  # noqa: ASYNC110 - it rings no bell
            await asyncio.sleep(0.01)
    assert telegram.link == "https://t.me/rumah_kedua_bot"
    assert await telegram.username() == "rumah_kedua_bot"
    assert len(api.calls_of("getMe")) == 1
    assert api.methods.commands == {'[{"type": "default"}, ""]': [{"command": "menu", "description": "Pilihan"}]}
    await telegram.close()


async def test_the_name_can_be_asked_for_and_refused(api: BotApi, telegram: Telegram) -> None:
    api.faults.next("getMe", WRONG_TOKEN)
    with pytest.raises(SendFailed) as failed:
        await telegram.username()
    assert failed.value.alarm
    assert await telegram.username() == "rumah_kedua_bot"


async def test_a_token_nobody_knows_ends_the_listening_with_the_setting_to_mend(
    api: BotApi, telegram: Telegram
) -> None:
    api.faults.next("getUpdates", WRONG_TOKEN)
    with pytest.raises(Unwelcome, match="TELEGRAM_TOKEN"):
        await telegram.listen(Inbox())


@pytest.mark.parametrize("fault", [WRONG_TOKEN, CONFLICT, html(502), BAD_JSON], ids=lambda fault: fault.name)
async def test_trouble_is_told_with_its_setting_and_without_the_token(
    api: BotApi, telegram: Telegram, sari: Phone, fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    inbox = Inbox()
    async with listening(telegram, inbox):
        await inbox.has(await sari.says("halo"))
        api.faults.next("getUpdates", fault, times=2)
        await inbox.has(await sari.says("kata-rahasia-sari"))
        await inbox.has(await sari.says("kata-rahasia-sari"))
    told = [record.getMessage() for record in caplog.records]
    assert [line for line in told if "getUpdates" in line or "TELEGRAM_TOKEN" in line]
    assert not [line for line in told if TOKEN in line or "kata-rahasia-sari" in line]
    errors = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert all("TELEGRAM_TOKEN" in line for line in errors)
    assert bool(errors) == (fault in (WRONG_TOKEN, CONFLICT))
