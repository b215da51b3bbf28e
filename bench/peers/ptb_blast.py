"""A message to many as python-telegram-bot's users send it: a loop, with the library's own rate limiter."""

import os

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import AIORateLimiter, Application, CommandHandler, ContextTypes, MessageHandler, filters

Context = ContextTypes.DEFAULT_TYPE
TEXT = "Banjir di Wiradesa. Mohon mengungsi ke balai desa."


async def blast(context: Context) -> None:
    low, high = map(int, os.environ["RECIPIENTS"].split(":"))
    recipients = list(range(low, high))
    for chat in recipients:
        try:
            await context.bot.send_message(chat, TEXT)
        except TelegramError:
            continue


async def begin(update: Update, context: Context) -> None:
    context.application.create_task(blast(context), update)


async def answer(update: Update, context: Context) -> None:  # noqa: ARG001
    assert update.message is not None
    await update.message.reply_text("Ada yang bisa kami bantu?")


def main() -> None:
    url = os.environ["TELEGRAM_API_URL"]
    builder = Application.builder().token(os.environ["TELEGRAM_TOKEN"]).base_url(f"{url}/bot")
    application = builder.rate_limiter(AIORateLimiter(max_retries=5)).build()
    application.add_handler(CommandHandler("umumkan", begin))
    application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, answer))
    application.run_polling()


if __name__ == "__main__":
    main()
