"""The gate, case by case: who may be sent what, in which form, and why not."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from handlers.telling.may_send import Facts, Rules, Say, Verdict, may_send, window_left
from tests.world import MONDAY

HOURS = timedelta(hours=1)
ANYTIME = Rules()
WINDOW = Rules(window=24 * HOURS, reach=2)
KNOWN = Facts(reply=False, agreed=True, wrote_at=MONDAY - HOURS, template=True)
"""Somebody who agreed and wrote an hour ago; the notice has approved words."""
SILENT = replace(KNOWN, wrote_at=MONDAY - 24 * HOURS)
"""They wrote a day ago, to the second: the window is closed."""
NEVER = "window closed, and it has no template"
BY_TEMPLATE = Verdict(Say.TEMPLATE, "window closed: by template")
MORNING = MONDAY + 8 * HOURS

HELD = Verdict(Say.LATER, "advertising: an admin was asked", MONDAY + HOURS)
CASES: dict[str, tuple[Facts, Rules, Verdict]] = {
    "words that became advertising wait for an admin": (replace(SILENT, held="asked"), WINDOW, HELD),
    "an answer by such words waits too": (replace(SILENT, reply=True, held="asked"), WINDOW, HELD),
    "they are not sent after a no": (
        replace(SILENT, held="refused"),
        WINDOW,
        Verdict(Say.NEVER, "advertising: an admin said no"),
    ),
    "free words are never held": (replace(KNOWN, held="asked"), WINDOW, Verdict(Say.FREE)),
    "an announcement to somebody who switched those off": (
        replace(KNOWN, unadvertised=True),
        WINDOW,
        Verdict(Say.NEVER, "no advertising"),
    ),
    "a notice, where free words are always allowed": (SILENT, ANYTIME, Verdict(Say.FREE)),
    "a notice in the window": (KNOWN, WINDOW, Verdict(Say.FREE)),
    "a second before the window closes": (
        replace(KNOWN, wrote_at=MONDAY - 24 * HOURS + timedelta(seconds=1)),
        WINDOW,
        Verdict(Say.FREE),
    ),
    "the window just closed": (SILENT, WINDOW, BY_TEMPLATE),
    "the window closed and no approved words": (replace(SILENT, template=False), WINDOW, Verdict(Say.NEVER, NEVER)),
    "they never wrote": (replace(KNOWN, wrote_at=None), WINDOW, BY_TEMPLATE),
    "no consent": (replace(KNOWN, agreed=False), ANYTIME, Verdict(Say.NEVER, "no consent")),
    "they said BERHENTI": (replace(KNOWN, stopped=True), ANYTIME, Verdict(Say.NEVER, "stopped")),
    "they said BERHENTI, and it is urgent": (
        replace(KNOWN, stopped=True, urgent=True),
        ANYTIME,
        Verdict(Say.NEVER, "stopped"),
    ),
    "the chat is closed": (replace(KNOWN, unreachable=True), ANYTIME, Verdict(Say.NEVER, "unreachable")),
    "it is of no use any more": (replace(KNOWN, expires_at=MONDAY), ANYTIME, Verdict(Say.NEVER, "expired")),
    "an answer that is of no use any more": (
        Facts(reply=True, expires_at=MONDAY),
        ANYTIME,
        Verdict(Say.NEVER, "expired"),
    ),
    "it is of use for a second more": (
        replace(KNOWN, expires_at=MONDAY + timedelta(seconds=1)),
        ANYTIME,
        Verdict(Say.FREE),
    ),
    "at night": (replace(KNOWN, quiet_until=MORNING), ANYTIME, Verdict(Say.LATER, "quiet hours", MORNING)),
    "at night, and it is urgent": (replace(KNOWN, quiet_until=MORNING, urgent=True), ANYTIME, Verdict(Say.FREE)),
    "an answer at night": (Facts(reply=True, quiet_until=MORNING), ANYTIME, Verdict(Say.FREE)),
    "an answer to somebody who agreed to nothing": (Facts(reply=True, wrote_at=MONDAY), WINDOW, Verdict(Say.FREE)),
    "an answer to somebody who said BERHENTI": (Facts(reply=True, stopped=True), ANYTIME, Verdict(Say.FREE)),
    "an answer a day late": (
        Facts(reply=True, wrote_at=MONDAY - 24 * HOURS),
        WINDOW,
        Verdict(Say.NEVER, NEVER),
    ),
    "one short of the daily reach": (replace(SILENT, reached=1), WINDOW, BY_TEMPLATE),
    "the daily reach is used up": (
        replace(SILENT, reached=2, reach_frees_at=MORNING),
        WINDOW,
        Verdict(Say.LATER, "daily reach used up", MORNING),
    ),
    "the daily reach is used up, but they wrote": (replace(KNOWN, reached=2), WINDOW, Verdict(Say.FREE)),
}


@pytest.mark.parametrize(("facts", "rules", "verdict"), CASES.values(), ids=CASES.keys())
def test_the_first_rule_against_it_decides(facts: Facts, rules: Rules, verdict: Verdict) -> None:
    assert may_send(facts, rules, MONDAY) == verdict


@pytest.mark.parametrize(
    ("channel", "wrote_at", "left"),
    [
        ("telegram", None, None),
        ("whatsapp", None, timedelta(0)),
        ("whatsapp", MONDAY - 25 * HOURS, timedelta(0)),
        ("whatsapp", MONDAY - 20 * HOURS, 4 * HOURS),
    ],
)
def test_how_long_free_words_are_allowed(channel: str, wrote_at: datetime | None, left: timedelta | None) -> None:
    assert window_left(channel, wrote_at, MONDAY) == left
