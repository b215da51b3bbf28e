"""The loopback Bot API answers as Telegram does, judged by python-telegram-bot's own client."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientSession, FormData, web
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    Message,
)
from telegram.error import BadRequest, Conflict, InvalidToken

from .bot_api import TOKEN, BotApi
from .calls import Json
from .chats import Bell
from .crowd import Person, Phone
from .limits import MEGABYTE
from .updates import SECRET_HEADER, Updates


@pytest_asyncio.fixture
async def web_client(api: BotApi) -> AsyncIterator[ClientSession]:
    async with ClientSession(f"{api.url}/bot{api.token}/") as session:
        yield session


class Receiver:
    """A webhook of our own: refuses the first `refusals` deliveries."""

    def __init__(self, refusals: int = 0) -> None:
        self.refusals, self.seen, self.secrets = refusals, list[int](), set[str]()
        self.bell = Bell()

    async def __call__(self, request: web.BaseRequest) -> web.Response:
        self.secrets.add(request.headers.get(SECRET_HEADER, ""))
        if self.refusals:
            self.refusals -= 1
            return web.Response(status=503)
        self.seen.append(json.loads(await request.read())["update_id"])
        self.bell.ring()
        return web.Response()


async def deliveries(receiver: Receiver, bot: Bot, count: int) -> list[int]:
    runner = web.ServerRunner(web.Server(receiver))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await bot.set_webhook(f"http://127.0.0.1:{runner.addresses[0][1]}/", secret_token="rahasia-1")
    async with asyncio.timeout(5):
        while len(receiver.seen) < count:
            await receiver.bell.wait()
    assert (await bot.get_webhook_info()).url.startswith("http://127.0.0.1:")
    await bot.delete_webhook()
    await runner.cleanup()
    return receiver.seen


async def test_an_update_comes_again_until_a_later_offset_confirms_it(bot: Bot, sari: Phone) -> None:
    first, second = await sari.says("satu"), await sari.says("dua")
    assert [update.update_id for update in await bot.get_updates()] == [first, second]
    assert [update.update_id for update in await bot.get_updates()] == [first, second]
    assert [update.update_id for update in await bot.get_updates(offset=second)] == [second]
    assert await bot.get_updates(offset=second + 1) == ()
    assert await bot.get_updates(offset=first) == ()


async def test_a_negative_offset_keeps_only_the_last(bot: Bot, sari: Phone) -> None:
    ids = [await sari.says(str(number)) for number in range(5)]
    assert [update.update_id for update in await bot.get_updates(offset=-2)] == ids[-2:]


async def test_at_most_a_hundred_updates_come_at_once(bot: Bot, sari: Phone) -> None:
    for number in range(120):
        await sari.says(str(number))
    assert len(await bot.get_updates()) == 100
    assert len(await bot.get_updates(limit=7)) == 7


async def test_a_long_poll_ends_when_somebody_writes(api: BotApi, bot: Bot, sari: Phone) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=20, allowed_updates=["message"]))
    await api.updates.polled.wait()
    await sari.says("halo")
    (update,) = await asyncio.wait_for(poll, 2)
    assert update.message is not None
    assert (update.message.text, update.effective_user.id) == ("halo", 42)  # type: ignore[union-attr]
    assert api.updates.allowed_updates == ["message"]


async def test_ids_may_start_again_from_a_lower_number(api: BotApi, bot: Bot, sari: Phone) -> None:
    last = await sari.says("halo")
    await bot.get_updates(offset=last + 1)
    api.updates.renumber(1000)
    await sari.says("lama tak jumpa")
    assert [update.update_id for update in await bot.get_updates(offset=last + 1)] == [1000]


async def test_of_two_polls_at_once_the_first_is_told_of_the_conflict(api: BotApi, bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=20))
    await api.updates.polled.wait()
    assert await bot.get_updates() == ()
    with pytest.raises(Conflict, match=r"(?i)only one bot instance"):
        await first


async def test_a_webhook_gets_every_update_in_order_with_the_secret(bot: Bot, sari: Phone) -> None:
    said = [await sari.says(str(number)) for number in range(5)]
    receiver = Receiver(refusals=2)
    assert await deliveries(receiver, bot, 5) == said
    assert receiver.secrets == {"rahasia-1"}


async def test_a_webhook_may_get_an_update_twice(api: BotApi, bot: Bot, sari: Phone) -> None:
    said = await sari.says("halo")
    api.updates.deliver_twice = True
    assert await deliveries(Receiver(), bot, 2) == [said, said]


async def test_polling_is_refused_while_a_webhook_is_set(bot: Bot) -> None:
    await bot.set_webhook("http://127.0.0.1:9/")
    with pytest.raises(Conflict, match=r"(?i)webhook is active"):
        await bot.get_updates()


async def test_a_message_is_sent_changed_and_seen(api: BotApi, bot: Bot, sari: Phone) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Setuju", callback_data="1.ya")]])
    message = await bot.send_message(42, "<b>Halo</b> &amp; monggo", parse_mode="HTML", reply_markup=keyboard)
    screen = await sari.waits_for("Halo & monggo")
    assert (screen.buttons[0].label, screen.buttons[0].data) == ("Setuju", "1.ya")
    changed = await bot.edit_message_text("Terima kasih", 42, message.message_id)
    assert isinstance(changed, Message)
    assert (changed.text, changed.reply_markup) == ("Terima kasih", None)
    with pytest.raises(BadRequest, match=r"(?i)message is not modified"):
        await bot.edit_message_text("Terima kasih", 42, message.message_id)
    assert [call.method for call in api.calls_of("editMessageText", 42)] == ["editMessageText"] * 2
    assert api.violations == []


async def test_a_tap_is_answered_once(api: BotApi, bot: Bot, sari: Phone) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Setuju", callback_data="1.ya")]])
    await bot.send_message(42, "Setuju?", reply_markup=keyboard)
    tap = await sari.taps("Setuju")
    (update,) = await bot.get_updates()
    assert update.callback_query is not None
    assert update.callback_query.data == "1.ya"
    await update.callback_query.answer("Baik")
    assert await tap.answer() == "Baik"
    with pytest.raises(BadRequest, match=r"(?i)query is too old"):
        await update.callback_query.answer("Baik")
    assert api.violations == ["answerCallbackQuery to nobody: it answers a tap that was answered before"]


async def test_files_go_both_ways(bot: Bot, sari: Phone) -> None:
    sent = await bot.send_document(42, InputFile(b"BEGIN:VCALENDAR", "audiensi.ics"), caption="Undangan")
    assert sent.document is not None
    assert sent.document.file_name == "audiensi.ics"
    screen = await sari.waits_for("Undangan")
    assert screen.file is not None
    assert (screen.file.name, screen.file.mime, screen.file.size) == ("audiensi.ics", "text/calendar", 15)
    await bot.send_photo(42, sent.document.file_id)

    await sari.sends_document("surat.pdf", content=b"%PDF-1.7")
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.document is not None
    file = await update.message.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"%PDF-1.7"


async def test_a_file_over_20_mb_cannot_be_fetched(bot: Bot, sari: Phone) -> None:
    await sari.sends_document("besar.pdf", size=25 * MEGABYTE)
    (update,) = await bot.get_updates()
    assert update.message is not None
    with pytest.raises(BadRequest, match=r"(?i)file is too big"):
        await update.message.document.get_file()  # type: ignore[union-attr]


async def test_commands_may_differ_per_chat(bot: Bot) -> None:
    officer = BotCommandScopeChat(42)
    await bot.set_my_commands([BotCommand("audiensi", "Minta waktu bertemu")])
    await bot.set_my_commands([BotCommand("antrean", "Yang menunggu")], scope=officer)
    assert [command.command for command in await bot.get_my_commands(scope=officer)] == ["antrean"]
    await bot.delete_my_commands(scope=officer)
    assert await bot.get_my_commands(scope=officer) == ()
    assert [command.command for command in await bot.get_my_commands()] == ["audiensi"]


async def test_an_unknown_method_and_a_wrong_token_are_refused(api: BotApi) -> None:
    with pytest.raises(InvalidToken):
        async with Bot("1:salah", base_url=f"{api.url}/bot"):
            pass
    async with ClientSession() as session, session.get(f"{api.url}/bot{TOKEN}/fly") as answer:
        assert (answer.status, await answer.json()) == (
            404,
            {"ok": False, "error_code": 404, "description": "Not Found"},
        )


@pytest.mark.parametrize("kind", ["json", "form", "multipart", "query"])
async def test_every_kind_of_body_is_read(web_client: ClientSession, sari: Phone, kind: str) -> None:
    params = {"chat_id": "42", "text": "Sugeng rawuh", "reply_markup": '{"remove_keyboard": true}'}
    bodies: dict[str, dict[str, Any]] = {
        "json": {"json": params | {"chat_id": 42}},
        "form": {"data": params},
        "multipart": {"data": FormData(params, default_to_multipart=True)},
        "query": {"params": params},
    }
    # pyTelegramBotAPI sends its forms by GET.
    async with web_client.get("sendmessage", **bodies[kind]) as answer:
        assert (await answer.json())["result"]["text"] == "Sugeng rawuh"
    await sari.waits_for("Sugeng rawuh")


UNUSUAL: dict[str, Json] = {
    "no message at all": {},
    "an update of a kind that does not exist yet": {"hologram": {"from": 7}},
    "a message that is a number": {"message": 42},
}


@pytest.mark.parametrize("update", UNUSUAL.values(), ids=UNUSUAL.keys())
async def test_malformed_updates_are_delivered_as_they_are(
    web_client: ClientSession, sari: Phone, update: Json
) -> None:
    update_id = await sari.pushes(update)
    async with web_client.post("getUpdates") as answer:
        assert (await answer.json())["result"] == [{"update_id": update_id} | update]


async def test_what_is_kept_is_bounded() -> None:
    async with BotApi(keep=3) as api:
        sari = Phone(api, Person(42))
        async with ClientSession(f"{api.url}/bot{api.token}/") as session:
            for number in range(8):
                await session.post("sendMessage", json={"chat_id": 42, "text": f"ke-{number}"})
        await sari.waits_for("ke-7")
        assert [screen.text for screen in sari.screens] == ["ke-5", "ke-6", "ke-7"]
        assert (len(api.calls), len(sari.chat.messages)) == (3, 3)


def test_a_queue_without_a_poll_is_no_trouble() -> None:
    updates = Updates()
    assert [updates.push({"update": number}) for number in range(2)] == [500_000_001, 500_000_002]
