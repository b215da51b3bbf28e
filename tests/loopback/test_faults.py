"""Each fault makes python-telegram-bot raise what our table of errors says, and has the effect it claims."""

import asyncio
import time
from dataclasses import replace

import httpx
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from . import faults
from .bot_api import BotApi
from .calls import Call
from .crowd import Phone
from .faults import Fault, Faults

NOTHING = type(None)
# the fault, what is raised, its cause, whether the person saw the message
TABLE: list[tuple[Fault, type[Exception], type[object], bool]] = [
    (faults.too_many(7), RetryAfter, NOTHING, False),
    (faults.too_many(7, whole_bot=True), RetryAfter, NOTHING, False),
    (faults.TOO_MANY_BARE, NetworkError, NOTHING, False),
    (faults.BLOCKED, Forbidden, NOTHING, False),
    (faults.migrated(-1001234567890), ChatMigrated, NOTHING, False),
    (faults.broken(500), NetworkError, NOTHING, False),
    (faults.broken(502), NetworkError, NOTHING, False),
    (faults.broken(504), NetworkError, NOTHING, False),
    (faults.broken(502, html=True), NetworkError, TelegramError, False),
    (faults.broken(500, effect=True), NetworkError, NOTHING, True),
    (faults.BAD_JSON, TelegramError, ValueError, True),
    (faults.WRONG_SHAPE, KeyError, NOTHING, True),
    (replace(faults.WRONG_SHAPE, name="a list", body=b"[]"), TypeError, NOTHING, True),
    (faults.DROPPED_BEFORE, NetworkError, httpx.RemoteProtocolError, False),
    (faults.DROPPED_AFTER, NetworkError, httpx.RemoteProtocolError, True),
    (faults.HALF, NetworkError, httpx.RemoteProtocolError, True),
    (faults.HUNG, TimedOut, httpx.ReadTimeout, False),
    (faults.HUNG_AFTER, TimedOut, httpx.ReadTimeout, True),
    (faults.slow(1.0), TimedOut, httpx.ReadTimeout, True),
    (faults.WRONG_TOKEN, InvalidToken, NOTHING, False),
]


@pytest.mark.parametrize(("fault", "raised", "cause", "seen"), TABLE, ids=[row[0].name for row in TABLE])
async def test_the_library_raises_what_the_table_says(
    api: BotApi,
    bot: Bot,
    sari: Phone,
    fault: Fault,
    raised: type[Exception],
    cause: type[object],
    seen: bool,
) -> None:
    api.faults.next("sendMessage", fault, chat=42)
    with pytest.raises(raised) as caught:
        await bot.send_message(42, "halo")
    assert type(caught.value) is raised
    assert isinstance(caught.value.__cause__, cause)
    (call,) = api.calls_of("sendMessage")
    assert (call.outcome, call.effect, len(sari.screens) == 1) == (fault.name, seen, seen)
    assert api.violations == []


async def test_a_refusal_is_a_bad_request(bot: Bot) -> None:
    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        await bot.send_message(43, "halo")


async def test_a_closed_door_is_a_network_error(api: BotApi, bot: Bot) -> None:
    await api.stop()
    with pytest.raises(NetworkError) as caught:
        await bot.send_message(42, "halo")
    assert isinstance(caught.value.__cause__, httpx.ConnectError)


async def test_a_slow_answer_within_the_patience_is_an_answer(api: BotApi, bot: Bot, sari: Phone) -> None:
    api.faults.next("sendMessage", faults.slow(0.1))
    assert (await bot.send_message(42, "halo")).text == "halo"
    await sari.waits_for("halo")


async def test_a_fault_meets_only_the_call_it_is_meant_for(api: BotApi, bot: Bot, sari: Phone) -> None:
    api.faults.next("sendMessage", faults.BLOCKED, chat=43)
    api.faults.next("sendPhoto", faults.BLOCKED)
    api.faults.next("sendMessage", faults.broken(500), chat=42, times=2)
    for _ in range(2):
        with pytest.raises(NetworkError):
            await bot.send_message(42, "halo")
    await bot.send_message(42, "halo")
    await sari.waits_for("halo")


async def test_who_does_not_wait_for_retry_after_is_refused_again(api: BotApi, bot: Bot, sari: Phone) -> None:
    api.faults.next("sendMessage", faults.too_many(1))
    for _ in range(2):
        with pytest.raises(RetryAfter):
            await bot.send_message(42, "halo")
    assert [call.chat for call in api.faults.hasty] == [42]
    await asyncio.sleep(1.05)
    await bot.send_message(42, "halo")
    await sari.waits_for("halo")


async def test_one_chat_held_back_does_not_hold_the_others(api: BotApi, bot: Bot, sari: Phone) -> None:
    api.methods.meet({"id": 43, "type": "private", "first_name": "Budi"})
    api.faults.next("sendMessage", faults.too_many(5), chat=43)
    with pytest.raises(RetryAfter):
        await bot.send_message(43, "halo")
    await bot.send_message(42, "halo")
    api.faults.next("sendMessage", faults.too_many(5, whole_bot=True))
    for chat in (43, 42, 42):
        with pytest.raises(RetryAfter):
            await bot.send_message(chat, "halo")
    assert len(sari.screens) == 1


async def test_a_lost_answer_to_a_tap_may_be_given_again(api: BotApi, bot: Bot, sari: Phone) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Ya", callback_data="1.ya")]])
    await bot.send_message(42, "Setuju?", reply_markup=keyboard)
    tap = await sari.taps("Ya")
    api.faults.next("answerCallbackQuery", faults.DROPPED_AFTER)
    with pytest.raises(NetworkError):
        await bot.answer_callback_query(tap.id)
    with pytest.raises(BadRequest, match=r"(?i)query is too old"):
        await bot.answer_callback_query(tap.id)
    assert (tap.answered, api.violations) == (True, [])


async def test_an_unanswered_poll_confirms_nothing(api: BotApi, bot: Bot, sari: Phone) -> None:
    first = await sari.says("satu")
    for fault in (faults.DROPPED_BEFORE, faults.broken(502, html=True)):
        api.faults.next("getUpdates", fault)
        with pytest.raises(NetworkError):
            await bot.get_updates(offset=first + 1)
    assert [update.update_id for update in await bot.get_updates()] == [first]


def plan(seed: int, chats: list[int]) -> dict[int, list[str]]:
    """What each of some chats meets in ten calls, arriving in the order of `chats`."""
    trouble = Faults(seed, {faults.DROPPED_AFTER: 0.3, faults.broken(500): 0.3})
    met: dict[int, list[str]] = {chat: [] for chat in chats}
    for _ in range(10):
        for chat in chats:
            fault = trouble.of(Call("sendMessage", {"chat_id": chat}, at=time.monotonic()))
            met[chat].append(fault.name if fault else "ok")
    return met


def test_the_same_seed_brings_the_same_trouble_in_any_order_of_chats() -> None:
    assert plan(7, [1, 2, 3]) == plan(7, [3, 1, 2])
    assert plan(7, [1, 2, 3]) != plan(8, [1, 2, 3])
    assert {name for names in plan(7, [1, 2, 3]).values() for name in names} == {
        "ok",
        "500",
        "dropped after the effect",
    }
