"""The form with pyTelegramBotAPI: AsyncTeleBot with states in memory, its fastest way."""

import asyncio
import os

from telebot import asyncio_filters, asyncio_helper
from telebot.async_telebot import AsyncTeleBot
from telebot.asyncio_storage import StateMemoryStorage
from telebot.states import State, StatesGroup
from telebot.states.asyncio import StateContext, StateMiddleware
from telebot.types import Message

from .words import ATTENDEES, DAY, HOUR, NAME, TOPIC, closing

asyncio_helper.API_URL = os.environ["TELEGRAM_API_URL"] + "/bot{0}/{1}"
bot = AsyncTeleBot(os.environ["TELEGRAM_TOKEN"], state_storage=StateMemoryStorage())


class Form(StatesGroup):
    name = State()
    topic = State()
    day = State()
    hour = State()
    attendees = State()


async def begin(message: Message, state: StateContext) -> None:
    await state.set(Form.name)
    await bot.send_message(message.chat.id, NAME)


async def name(message: Message, state: StateContext) -> None:
    await state.add_data(name=message.text)
    await state.set(Form.topic)
    await bot.send_message(message.chat.id, TOPIC)


async def topic(message: Message, state: StateContext) -> None:
    await state.add_data(topic=message.text)
    await state.set(Form.day)
    await bot.send_message(message.chat.id, DAY)


async def day(message: Message, state: StateContext) -> None:
    await state.add_data(day=message.text)
    await state.set(Form.hour)
    await bot.send_message(message.chat.id, HOUR)


async def hour(message: Message, state: StateContext) -> None:
    await state.add_data(hour=message.text)
    await state.set(Form.attendees)
    await bot.send_message(message.chat.id, ATTENDEES)


async def attendees(message: Message, state: StateContext) -> None:
    await state.add_data(attendees=message.text)
    async with state.data() as answers:  # type: ignore[attr-defined]
        text = closing(answers)
    await state.delete()
    await bot.send_message(message.chat.id, text)


def main() -> None:
    bot.register_message_handler(begin, commands=["form"])  # type: ignore[arg-type]
    steps = {Form.name: name, Form.topic: topic, Form.day: day, Form.hour: hour, Form.attendees: attendees}
    for state, handler in steps.items():
        bot.register_message_handler(handler, state=state)  # type: ignore[arg-type]
    bot.add_custom_filter(asyncio_filters.StateFilter(bot))  # type: ignore[no-untyped-call]
    bot.setup_middleware(StateMiddleware(bot))
    asyncio.run(bot.infinity_polling())


if __name__ == "__main__":
    main()
