"""The form with python-telegram-bot: Application, Updater and ConversationHandler, all in memory."""

import os
from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Update
from telegram.ext import (
    Application,
    BaseHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    filters,
)

from .words import ATTENDEES, DAY, HOUR, NAME, TOPIC, closing

Context = ContextTypes.DEFAULT_TYPE
Step = Callable[[Update, Context], Coroutine[Any, Any, int]]
FIELDS = ("name", "topic", "day", "hour", "attendees")
QUESTIONS = (NAME, TOPIC, DAY, HOUR, ATTENDEES)
TEXT = filters.TEXT & ~filters.COMMAND


async def begin(update: Update, context: Context) -> int:
    assert update.message is not None
    assert context.user_data is not None
    context.user_data.clear()
    await update.message.reply_text(NAME)
    return 0


def keep(step: int) -> Step:
    async def answered(update: Update, context: Context) -> int:
        assert update.message is not None
        assert context.user_data is not None
        context.user_data[FIELDS[step]] = update.message.text
        if step + 1 == len(QUESTIONS):
            await update.message.reply_text(closing(context.user_data))
            return ConversationHandler.END
        await update.message.reply_text(QUESTIONS[step + 1])
        return step + 1

    return answered


def main() -> None:
    url = os.environ["TELEGRAM_API_URL"]
    builder = Application.builder().token(os.environ["TELEGRAM_TOKEN"]).base_url(f"{url}/bot")
    application = builder.build()
    start: CommandHandler[Context, object] = CommandHandler("form", begin)
    states: dict[object, list[BaseHandler[Update, Context, object]]] = {
        step: [MessageHandler(TEXT, keep(step))] for step in range(len(QUESTIONS))
    }
    application.add_handler(ConversationHandler([start], states, [start]))
    application.run_polling()


if __name__ == "__main__":
    main()
