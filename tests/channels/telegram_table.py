"""The error table: what Telegram does, what its client library raises, and what becomes of the send."""

import traceback
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels.channel import Outcome, SendFailed
from bot.channels.telegram import Telegram
from handlers.conversation.message import Message
from storage.mail.outbox import Parcel
from tests.loopback.bot_api import TOKEN
from tests.loopback.calls import Refused
from tests.loopback.faults import (
    BAD_JSON,
    BLOCKED,
    DROPPED_AFTER,
    DROPPED_BEFORE,
    HALF,
    HUNG,
    TOO_MANY_BARE,
    WRONG_TOKEN,
    Fault,
    broken,
    migrated,
    refusal,
    too_many,
)

RETRY, REFUSED, UNKNOWN = Outcome.RETRY, Outcome.REFUSED, Outcome.UNKNOWN
WORDS = "kata-rahasia-sari"
HALO = Message(WORDS)


@dataclass(frozen=True)
class Row:
    """`cause` is where the library says more precisely what happened."""

    fault: Fault
    error: type[TelegramError]
    outcome: Outcome
    cause: type[Exception] | None = None
    more: dict[str, Any] = field(default_factory=dict)


def html(status: int) -> Fault:
    return broken(status, html=True)


def bad_request(description: str) -> Fault:
    return refusal("400", Refused(f"Bad Request: {description}"))


CONFLICT = refusal("409", Refused("Conflict: terminated by other getUpdates request", 409))
NOT_FOUND = refusal("404", Refused("Not Found", 404))
EMPTY = Fault("nothing", effect=True, body=b"")
ALARM = {"alarm": True, "whole_channel": True}
GONE = {"gone": True}
LONG = timedelta(seconds=10_072)

TABLE = {
    "read timeout": Row(HUNG, TimedOut, UNKNOWN, aiohttp.SocketTimeoutError),
    "hang-up before the effect": Row(DROPPED_BEFORE, NetworkError, UNKNOWN, aiohttp.ServerDisconnectedError),
    "hang-up after the effect": Row(DROPPED_AFTER, NetworkError, UNKNOWN, aiohttp.ServerDisconnectedError),
    "half an answer": Row(HALF, NetworkError, UNKNOWN, aiohttp.ClientPayloadError),
    "500": Row(broken(500), NetworkError, UNKNOWN),
    "502": Row(broken(502), NetworkError, UNKNOWN),
    "504": Row(broken(504), NetworkError, UNKNOWN),
    "502 with a page": Row(html(502), NetworkError, UNKNOWN),
    "403 with a page is not the person's doing": Row(html(403), Forbidden, UNKNOWN),
    "400 with a page": Row(html(400), BadRequest, UNKNOWN),
    "a redirect is not followed": Row(html(302), NetworkError, UNKNOWN),
    "200 with bad JSON": Row(BAD_JSON, TelegramError, UNKNOWN),
    "200 with nothing": Row(EMPTY, TelegramError, UNKNOWN),
    "429": Row(too_many(10_072), RetryAfter, RETRY, more={"after": LONG, "whole_chat": True}),
    "429 without a time": Row(
        TOO_MANY_BARE, NetworkError, RETRY, more={"after": timedelta(seconds=5), "whole_chat": True}
    ),
    "400": Row(bad_request("BUTTON_DATA_INVALID"), BadRequest, REFUSED),
    "400 no such chat": Row(bad_request("chat not found"), BadRequest, REFUSED, more=GONE),
    "400 moved": Row(migrated(-100123), ChatMigrated, RETRY, more={"moved_to": "-100123"}),
    "403": Row(BLOCKED, Forbidden, REFUSED, more=GONE),
    "401": Row(WRONG_TOKEN, InvalidToken, RETRY, more=ALARM),
    "404": Row(NOT_FOUND, InvalidToken, RETRY, more=ALARM),
    "409": Row(CONFLICT, Conflict, RETRY, more=ALARM),
}


def parcel(address: str = "42") -> Parcel:
    return Parcel(1, "telegram", address, "reply", 0, "", 1, None, datetime(2026, 11, 24, tzinfo=UTC))


async def fails(telegram: Telegram, message: Message = HALO, address: str = "42") -> SendFailed:
    with pytest.raises(SendFailed) as failed:
        await telegram.send(parcel(address), message)
    assert TOKEN not in "".join(traceback.format_exception(failed.value))
    return failed.value
