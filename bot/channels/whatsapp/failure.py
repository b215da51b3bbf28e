"""From what Graph answers, or what a webhook says, to what became of a send: the one table that decides it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from http import HTTPStatus
from typing import Final

import aiohttp

from bot.channels.channel import Outcome, SendFailed

SLOWER: Final = timedelta(seconds=10)
"""For everybody, after a limit of the whole number (our choice; `Retry-After` goes before it)."""
LATER: Final = timedelta(seconds=30)
"""After a fault of theirs that passes (our choice)."""
NEXT_DAY: Final = timedelta(hours=24)
"""131049: "do not resend within 24 hours" (Cloud API: error codes)."""
UNTIL_MENDED: Final = timedelta(minutes=5)
"""Between attempts while somebody has to put something right (our choice)."""
BASE: Final = 4
"""131056: wait 4^n seconds (Cloud API: pair rate limits)."""
LONGEST_PAIR_WAIT: Final = timedelta(hours=1)
MOST_ATTEMPTS: Final = 6
"""From here on 4^n is more than an hour."""
LONGEST_ASKED: Final = 86_400
"""Seconds of `Retry-After` that are believed (our choice)."""


@dataclass(frozen=True, slots=True)
class Row:
    """What one code of Graph means."""

    outcome: Outcome
    words: str
    after: timedelta | None = None
    whole_channel: bool = False
    alarm: bool = False
    window_closed: bool = False
    opted_out: bool = False
    pair: bool = False
    """The wait grows with every attempt, and is for this person alone."""


SLOW: Final = Row(Outcome.RETRY, "too fast", SLOWER, whole_channel=True)
PAIR: Final = Row(Outcome.RETRY, "too fast for this person", pair=True)
TRY_LATER: Final = Row(Outcome.RETRY, "a fault that passes", LATER)
CLOSED: Final = Row(Outcome.REFUSED, "the window is closed", window_closed=True)
STOPPED: Final = Row(Outcome.REFUSED, "the person wants nothing more", opted_out=True)
TOMORROW: Final = Row(Outcome.RETRY, "not today, WhatsApp holds it back", NEXT_DAY)
BROKEN: Final = Row(Outcome.RETRY, "the account or the token is not accepted", UNTIL_MENDED, True, alarm=True)
NEVER: Final = Row(Outcome.REFUSED, "never as it is")
WORKED_ON: Final = Row(Outcome.RETRY, "WhatsApp is working on the account", LATER, whole_channel=True)
PAUSED: Final = Row(Outcome.REFUSED, "the template is paused or disabled", alarm=True)

TABLE: Final[Mapping[int, Row]] = {
    **dict.fromkeys((4, 80007, 130429, 131048, 133016), SLOW),
    131056: PAIR,
    **dict.fromkeys((131053, 131000, 131016, 1, 2), TRY_LATER),
    131047: CLOSED,
    **dict.fromkeys((131026, 131051, 131009, 131008, 100, *range(132_000, 133_000)), NEVER),
    **dict.fromkeys((132015, 132016), PAUSED),
    131050: STOPPED,
    131049: TOMORROW,
    131057: WORKED_ON,
    **dict.fromkeys((190, 0, 3, 10, *range(200, 300), 368, 131031, 131042, 131045), BROKEN),
    **dict.fromkeys((131005, 133010, 33), BROKEN),
}
"""Cloud API: error codes. 131005: a permission was not granted or was taken away; 133010: the number is not registered;
33: the number was deleted; 131057: the account is in maintenance mode.

A code that is not here is refused, or of unknown outcome if their server broke."""


class GraphError(Exception):
    """An answer that is no success: its status, the code in it if it could be read, the wait it asks for."""

    def __init__(self, status: int, code: int | None = None, wait: timedelta | None = None) -> None:
        super().__init__(f"{status}, code {code}")
        self.status, self.code, self.wait = status, code, wait


def failure(error: Exception, *, attempts: int = 1, tells_later: timedelta | None = None) -> SendFailed:
    """What became of a call. Every reason is a number with our own words, or a class name: nobody's words or number.

    What may have been sent is asked about again after `tells_later`: until then a webhook can say what became of it.
    """
    match error:
        case SendFailed():
            return error
        case GraphError(code=int(code)) if code in TABLE:
            return failed(TABLE[code], f"{code}", attempts, error.wait)
        case GraphError(status=HTTPStatus.TOO_MANY_REQUESTS):
            return failed(SLOW, "429", attempts, error.wait)
        case GraphError(status=HTTPStatus.UNAUTHORIZED):
            return failed(BROKEN, "401", attempts, None)
        case GraphError(code=int(code)) if error.status < HTTPStatus.INTERNAL_SERVER_ERROR:
            return SendFailed(Outcome.REFUSED, f"{code}: refused")
        case GraphError():
            return SendFailed(Outcome.UNKNOWN, f"{error.status} without a readable answer", after=tells_later)
    if never_sent(error):
        return SendFailed(Outcome.RETRY, f"not connected: {type(error).__name__}")
    return SendFailed(Outcome.UNKNOWN, type(error).__name__, after=tells_later)


def failed(row: Row, code: str, attempts: int, wait: timedelta | None) -> SendFailed:
    after = pair_wait(attempts) if row.pair else row.after
    if wait is not None and row.whole_channel and not row.alarm:
        after = wait
    return SendFailed(
        row.outcome,
        f"{code}: {row.words}",
        after=after,
        whole_channel=row.whole_channel,
        whole_chat=row.pair,
        alarm=row.alarm,
        window_closed=row.window_closed,
        opted_out=row.opted_out,
    )


def pair_wait(attempts: int) -> timedelta:
    return min(LONGEST_PAIR_WAIT, timedelta(seconds=BASE ** max(1, min(attempts, MOST_ATTEMPTS))))


def told(errors: object) -> SendFailed:
    """Why a message failed that was accepted at first, as its status says."""
    first = errors[0] if isinstance(errors, list) and errors else None
    code = code_of(first)
    if code is None:
        return SendFailed(Outcome.REFUSED, "failed without a code")
    return failure(GraphError(HTTPStatus.BAD_REQUEST, code))


def code_of(error: object) -> int | None:
    """The code in an error of Graph. JSON's true is a number to Python."""
    code = error.get("code") if isinstance(error, dict) else None
    return code if isinstance(code, int) and not isinstance(code, bool) and abs(code) < 10**9 else None


def asked(header: str | None) -> timedelta | None:
    """The wait of a `Retry-After` in seconds; a date is not believed."""
    if header is None or not header.isascii() or not header.isdecimal() or len(header) > len(str(LONGEST_ASKED)):
        return None
    return timedelta(seconds=max(1, min(int(header), LONGEST_ASKED)))


def never_sent(error: Exception) -> bool:
    """Whether this lies before the first byte: no connection, or none became free in time."""
    return isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError)


def harmless(error: Exception) -> SendFailed:
    """What became of a call that may be made twice: where nobody knows, it is made again."""
    found = failure(error)
    if found.outcome is Outcome.UNKNOWN:
        return replace(found, outcome=Outcome.RETRY)
    return found
