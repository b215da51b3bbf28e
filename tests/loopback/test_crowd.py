"""What people do with their phones arrives in the shapes python-telegram-bot reads."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    MessageOriginUser,
    Update,
)
from telegram.error import Forbidden
from telegram.ext import filters

from .bot_api import BotApi
from .crowd import Person, Phone

BUDI = Person(77, "Budi", "budi")
# what the person does, and the filter of the library that must recognise it
DEEDS: dict[str, tuple[Callable[[Phone], Awaitable[int]], filters.BaseFilter]] = {
    "text": (lambda phone: phone.says("halo"), filters.TEXT & ~filters.COMMAND),
    "command": (lambda phone: phone.says("/audiensi sekarang"), filters.COMMAND),
    "forwarded": (lambda phone: phone.forwards("titip salam", BUDI), filters.FORWARDED),
    "document": (lambda phone: phone.sends_document("surat.pdf"), filters.Document.PDF),
    "photo": (lambda phone: phone.sends_photo(caption="surat"), filters.PHOTO & filters.CAPTION),
    "sticker": (lambda phone: phone.sends_sticker(), filters.Sticker.STATIC),
    "voice": (lambda phone: phone.sends_voice(), filters.VOICE),
    "location": (lambda phone: phone.sends_location(), filters.LOCATION),
    "contact": (lambda phone: phone.sends_contact(), filters.CONTACT),
    "poll": (lambda phone: phone.sends_poll(), filters.POLL),
    "dice": (lambda phone: phone.sends({"dice": {"emoji": "🎲", "value": 3}}), filters.Dice.ALL),
}


async def received(bot: Bot) -> Update:
    *_, update = await bot.get_updates()
    return update


@pytest.mark.parametrize("deed", DEEDS)
async def test_each_kind_of_message_is_recognised(bot: Bot, sari: Phone, deed: str) -> None:
    act, recognised_by = DEEDS[deed]
    await act(sari)
    update = await received(bot)
    assert recognised_by.check_update(update)
    assert isinstance(update.message, Message)
    assert update.message.api_kwargs == {}


async def test_a_forwarded_message_names_its_author(bot: Bot, sari: Phone) -> None:
    await sari.forwards("titip salam", BUDI)
    message = (await received(bot)).message
    assert message is not None
    assert isinstance(message.forward_origin, MessageOriginUser)
    assert message.forward_origin.sender_user.first_name == "Budi"


async def test_an_edited_message_keeps_its_number(bot: Bot, sari: Phone) -> None:
    await sari.says("bessok")
    said = (await received(bot)).message
    await sari.edits("besok")
    edited = (await received(bot)).edited_message
    assert said is not None
    assert edited is not None
    assert (edited.text, edited.message_id) == ("besok", said.message_id)
    assert edited.edit_date is not None


async def test_a_group_is_another_chat_than_the_private_one(bot: Bot, sari: Phone, api: BotApi) -> None:
    group = Phone(api, sari.person, group=-1001234567890)
    await group.says("/start")
    update = await received(bot)
    assert update.effective_chat is not None
    assert (update.effective_chat.type, update.effective_chat.id) == ("supergroup", -1001234567890)
    await bot.send_message(-1001234567890, "Data pribadi tidak di sini.")
    await group.waits_for("tidak di sini")
    assert sari.screens == []


async def test_who_blocks_the_bot_is_out_of_reach_until_they_come_back(bot: Bot, sari: Phone) -> None:
    await sari.blocks()
    update = await received(bot)
    assert update.my_chat_member is not None
    assert update.my_chat_member.new_chat_member.status == "kicked"
    with pytest.raises(Forbidden, match="blocked by the user"):
        await bot.send_message(42, "halo")
    await sari.unblocks()
    await bot.send_message(42, "Sugeng rawuh maneh")
    await sari.waits_for("maneh")


async def test_a_tap_waits_for_its_button_and_carries_its_message(bot: Bot, sari: Phone) -> None:
    waiting = asyncio.create_task(sari.taps("Setuju"))
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Setuju", callback_data="1.ya")]])
    sent = await bot.send_message(42, "Setuju?", reply_markup=keyboard)
    tap = await waiting
    query = (await received(bot)).callback_query
    assert query is not None
    assert (query.id, query.data, query.from_user.id) == (tap.id, "1.ya", 42)
    assert isinstance(query.message, Message)
    assert (query.message.message_id, query.message.text) == (sent.message_id, "Setuju?")


async def test_a_button_that_is_gone_can_only_be_tapped_on_its_old_screen(bot: Bot, sari: Phone) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Setuju", callback_data="1.ya")]])
    sent = await bot.send_message(42, "Setuju?", reply_markup=keyboard)
    old = await sari.waits_for("Setuju?")
    await bot.edit_message_reply_markup(42, sent.message_id)
    with pytest.raises(AssertionError, match="no button 'Setuju'"):
        await sari.taps("Setuju", within=0.05)
    await sari.taps("Setuju", on=old)
    query = (await received(bot)).callback_query
    assert query is not None
    assert query.data == "1.ya"


async def test_waiting_looks_only_at_what_came_after_the_last_deed(bot: Bot, sari: Phone) -> None:
    await bot.send_message(42, "Hari apa?")
    await sari.says("besok")
    with pytest.raises(AssertionError, match=r"waited 0.05 s[\s\S]*Hari apa\?"):
        await sari.waits_for("Hari apa?", within=0.05)
    await bot.send_message(42, "Jam berapa?")
    await bot.send_message(42, "Pukul 09.00 WIB.")
    assert (await sari.waits_for("Jam")).text == "Jam berapa?"
    assert (await sari.waits_for("09.00")).text == "Pukul 09.00 WIB."
    await sari.hears_nothing(within=0.02)
