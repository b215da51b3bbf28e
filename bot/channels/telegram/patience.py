"""What to do while Telegram does not take a call: say which setting may be wrong, wait, try again for ever."""

import asyncio
import logging
from collections.abc import Sequence

from telegram.error import BadRequest, Conflict, InvalidToken, RetryAfter

from bot.channels.telegram.failure import LONGEST_REASON, named, wait

log = logging.getLogger(__name__)

PAUSES = (1.0, 2.0, 4.0, 8.0, 16.0, 30.0)
"""Seconds between attempts; the last one for as long as it takes (our choice)."""
SETTINGS = {"setWebhook": "PUBLIC_URL or TELEGRAM_WEBHOOK_SECRET"}
"""What is wrong when a call is refused."""


async def sit_out(error: Exception, method: str, tries: int, pauses: Sequence[float] = PAUSES) -> None:
    """Log what happened, without a token, an address or anybody's words, and wait as long as it calls for."""
    seconds = pause(error, tries, pauses)
    level = logging.ERROR if needs_somebody(error) else logging.WARNING
    log.log(level, "%s; trying again in %.0f s", sentence(error, method), seconds)
    await asyncio.sleep(seconds)


def pause(error: Exception, tries: int, pauses: Sequence[float]) -> float:
    """Seconds: what Telegram asks for; the longest for what a person must put right; else longer each time."""
    if isinstance(error, RetryAfter):
        return wait(error).total_seconds()
    return pauses[-1] if needs_somebody(error) else pauses[min(tries, len(pauses) - 1)]


def needs_somebody(error: Exception) -> bool:
    return isinstance(error, InvalidToken | Conflict | BadRequest)


def sentence(error: Exception, method: str) -> str:
    match error:
        case InvalidToken():
            return f"Telegram does not accept TELEGRAM_TOKEN, or TELEGRAM_API_URL is no Bot API ({method})"
        case Conflict():
            return "Another process or a webhook takes the updates of this TELEGRAM_TOKEN; only one may"
        case BadRequest() if error.__cause__ is None:
            setting = f"; see {SETTINGS[method]}" if method in SETTINGS else ""
            return f"Telegram refused {method}: {error.message[:LONGEST_REASON]}{setting}"
    return f"{method} failed: {named(error)}"
