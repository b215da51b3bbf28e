"""From what python-telegram-bot raises to what became of a send: the one table that decides it."""

from datetime import timedelta
from typing import Any

from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter

from bot.channels.channel import Outcome, SendFailed
from bot.channels.telegram.request import never_sent

BARE_WAIT = timedelta(seconds=5)
"""After a 429 that does not say for how long (our choice)."""
LONGEST_REASON = 200
UNCHANGED = "message is not modified"
NOWHERE = ("chat not found", "user not found", "peer_id_invalid", "user_id_invalid")


def failure(error: Exception, *, chat: bool) -> SendFailed:
    """What became of a call. `chat`: it was for one chat, so a wait is for that chat alone.

    What is not in the table may have been sent. Every reason is Telegram's own fixed sentence or a class name:
    no address, no token, nobody's words.
    """
    match error:
        case SendFailed():
            return error
        case RetryAfter():
            return SendFailed(
                Outcome.RETRY, "429 with retry_after", after=wait(error), whole_channel=not chat, whole_chat=chat
            )
        case ChatMigrated():
            return SendFailed(Outcome.RETRY, "the group became a supergroup", moved_to=str(error.new_chat_id))
        case InvalidToken():
            return SendFailed(
                Outcome.RETRY, "401 or 404: TELEGRAM_TOKEN is not accepted", whole_channel=True, alarm=True
            )
        case Conflict():
            return SendFailed(Outcome.RETRY, "409: TELEGRAM_TOKEN is in use elsewhere", whole_channel=True, alarm=True)
        case Forbidden() | BadRequest() if error.__cause__ is not None:
            # Not Telegram speaks here but something in between: its page says nothing about the person.
            return SendFailed(Outcome.UNKNOWN, f"{type(error).__name__} without a readable answer")
        case Forbidden():
            return SendFailed(Outcome.REFUSED, error.message[:LONGEST_REASON], gone=True)
        case BadRequest():
            return SendFailed(Outcome.REFUSED, error.message[:LONGEST_REASON], gone=says(error, *NOWHERE))
        case NetworkError() if says(error, "too many requests"):
            return SendFailed(
                Outcome.RETRY, "429 without retry_after", after=BARE_WAIT, whole_channel=not chat, whole_chat=chat
            )
        case NetworkError() if never_sent(error.__cause__):
            return SendFailed(Outcome.RETRY, f"not connected: {type(error.__cause__).__name__}")
    return SendFailed(Outcome.UNKNOWN, named(error))


def wait(error: RetryAfter) -> timedelta:
    """`retry_after`, which the library gives as seconds or as a duration, by its setting."""
    seconds: Any = error.retry_after
    return seconds if isinstance(seconds, timedelta) else timedelta(seconds=seconds)


def unchanged(error: Exception) -> bool:
    """An edit that changes nothing is refused, and is a success."""
    return isinstance(error, BadRequest) and says(error, UNCHANGED)


def says(error: NetworkError, *phrases: str) -> bool:
    said = error.message.lower()
    return any(phrase in said for phrase in phrases)


def named(error: Exception) -> str:
    """The classes of an error and of its cause."""
    cause = error.__cause__
    return type(error).__name__ + (f" ({type(cause).__name__})" if cause else "")
