"""The form with aiogram 3: finite states in MemoryStorage."""

import asyncio
import os

from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import Message

from .words import ATTENDEES, DAY, HOUR, NAME, TOPIC, closing

router = Router()


class Form(StatesGroup):
    name = State()
    topic = State()
    day = State()
    hour = State()
    attendees = State()


@router.message(Command("form"))
async def begin(message: Message, state: FSMContext) -> None:
    await state.clear()
    await state.set_state(Form.name)
    await message.answer(NAME)


@router.message(Form.name, F.text)
async def name(message: Message, state: FSMContext) -> None:
    await state.update_data(name=message.text)
    await state.set_state(Form.topic)
    await message.answer(TOPIC)


@router.message(Form.topic, F.text)
async def topic(message: Message, state: FSMContext) -> None:
    await state.update_data(topic=message.text)
    await state.set_state(Form.day)
    await message.answer(DAY)


@router.message(Form.day, F.text)
async def day(message: Message, state: FSMContext) -> None:
    await state.update_data(day=message.text)
    await state.set_state(Form.hour)
    await message.answer(HOUR)


@router.message(Form.hour, F.text)
async def hour(message: Message, state: FSMContext) -> None:
    await state.update_data(hour=message.text)
    await state.set_state(Form.attendees)
    await message.answer(ATTENDEES)


@router.message(Form.attendees, F.text)
async def attendees(message: Message, state: FSMContext) -> None:
    answers = await state.update_data(attendees=message.text)
    await state.clear()
    await message.answer(closing(answers))


async def main() -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(os.environ["TELEGRAM_API_URL"]))
    bot = Bot(os.environ["TELEGRAM_TOKEN"], session=session)
    dispatcher = Dispatcher(storage=MemoryStorage())
    dispatcher.include_router(router)
    await dispatcher.start_polling(bot)


if __name__ == "__main__":
    asyncio.run(main())
