"""Every code of the table has its outcome, whether Graph answers with it or a status tells it later."""

from datetime import timedelta
from typing import Any

import pytest

from bot.channels.channel import Outcome, SendFailed
from bot.channels.whatsapp.failure import GraphError, asked, failure, harmless, told

RETRY, REFUSED, UNKNOWN = Outcome.RETRY, Outcome.REFUSED, Outcome.UNKNOWN
SLOW = {"outcome": RETRY, "after": timedelta(seconds=10), "whole_channel": True}
LATER = {"outcome": RETRY, "after": timedelta(seconds=30)}
PAIR = {"outcome": RETRY, "after": timedelta(seconds=4), "whole_chat": True}
CLOSED = {"outcome": REFUSED, "window_closed": True}
NEVER = {"outcome": REFUSED}
PAUSED = {"outcome": REFUSED, "alarm": True}
STOPPED = {"outcome": REFUSED, "opted_out": True}
TOMORROW = {"outcome": RETRY, "after": timedelta(hours=24)}
WORKED_ON = LATER | {"whole_channel": True}
BROKEN = {"outcome": RETRY, "after": timedelta(minutes=5), "whole_channel": True, "alarm": True}

TABLE: dict[int, dict[str, Any]] = {
    **dict.fromkeys((4, 80007, 130429, 131048, 133016), SLOW),
    131056: PAIR,
    **dict.fromkeys((131053, 131000, 131016, 1, 2), LATER),
    131047: CLOSED,
    **dict.fromkeys((131026, 131051, 131009, 131008, 100, 132000, 132001, 132999), NEVER),
    **dict.fromkeys((132015, 132016), PAUSED),
    131050: STOPPED,
    131049: TOMORROW,
    **dict.fromkeys((190, 0, 3, 10, 200, 250, 299, 368, 131031, 131042, 131045), BROKEN),
    **dict.fromkeys((131005, 133010, 33), BROKEN),
    131057: WORKED_ON,
    # Codes nobody told us of.
    **dict.fromkeys((131030, 999999, -1, 300, 199, 131999, 133000), NEVER),
}


@pytest.mark.parametrize("code", TABLE)
def test_every_code_has_its_outcome(code: int) -> None:
    answered, later = failure(GraphError(400, code)), told([{"code": code, "title": "x"}])
    assert answered == SendFailed(reason=answered.reason, **TABLE[code])
    assert answered.reason.startswith(f"{code}: ")
    assert later == answered


@pytest.mark.parametrize("code", [1, 2, 131000, 131016, 4, 190])
def test_a_code_we_know_counts_even_when_their_server_broke(code: int) -> None:
    found = failure(GraphError(500, code))
    assert found == SendFailed(reason=found.reason, **TABLE[code])


ODD: dict[str, tuple[GraphError, dict[str, Any]]] = {
    "429 of somebody in between": (GraphError(429), SLOW),
    "429 with a code nobody knows": (GraphError(429, 999), SLOW),
    "429 that says for how long": (
        GraphError(429, None, timedelta(seconds=7)),
        SLOW | {"after": timedelta(seconds=7)},
    ),
    "a limit that says for how long": (
        GraphError(400, 130429, timedelta(seconds=7)),
        SLOW | {"after": timedelta(seconds=7)},
    ),
    "a wrong token does not say for how long": (GraphError(401, 190, timedelta(seconds=7)), BROKEN),
    "500 with a code nobody knows": (GraphError(500, 999), {"outcome": UNKNOWN, "after": timedelta(seconds=20)}),
    "502": (GraphError(502), {"outcome": UNKNOWN, "after": timedelta(seconds=20)}),
    "400 with a page": (GraphError(400), {"outcome": UNKNOWN, "after": timedelta(seconds=20)}),
    "200 with something else": (GraphError(200), {"outcome": UNKNOWN, "after": timedelta(seconds=20)}),
}


@pytest.mark.parametrize("case", ODD)
def test_what_is_no_plain_code_has_its_outcome_too(case: str) -> None:
    error, expected = ODD[case]
    found = failure(error, tells_later=timedelta(seconds=20))
    assert found == SendFailed(reason=found.reason, **expected)


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(0, 4), (1, 4), (2, 16), (3, 64), (4, 256), (5, 1024), (6, 3600), (7, 3600), (99, 3600)]
)
def test_one_person_is_left_alone_longer_each_time(attempts: int, seconds: int) -> None:
    found = failure(GraphError(400, 131056), attempts=attempts)
    assert (found.outcome, found.after, found.whole_channel) == (RETRY, timedelta(seconds=seconds), False)


@pytest.mark.parametrize("errors", [None, [], {}, [5], [{}], [{"code": "131047"}], [{"code": True}], [{"code": 1e400}]])
def test_a_status_that_names_no_code_is_refused(errors: object) -> None:
    assert told(errors) == SendFailed(REFUSED, "failed without a code")


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("7", 7), ("0", 1), ("99999", 86400), ("999999", None), ("-1", None), ("７", None), ("", None), (None, None)],
)
def test_a_wait_is_believed_when_it_is_one(header: str | None, seconds: int | None) -> None:
    assert asked(header) == (None if seconds is None else timedelta(seconds=seconds))


def test_what_may_be_done_twice_is_done_again() -> None:
    assert harmless(GraphError(502)).outcome is RETRY
    assert harmless(TimeoutError()).outcome is RETRY
    assert harmless(GraphError(400, 100)).outcome is REFUSED


def test_reasons_hold_nobodys_words() -> None:
    assert failure(ValueError("6281234567890")).reason == "ValueError"
    assert failure(SendFailed(REFUSED, "ours")) == SendFailed(REFUSED, "ours")
