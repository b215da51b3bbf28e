"""The one gate every outgoing message passes: whether it may be sent now, in which form, and why not.

Pure: the facts go in, the verdict comes out, and its reason is kept with the outbox row.
Sources: WhatsApp Business Messaging Policy (opt-in, 24-hour customer service window), messaging limits of the
WhatsApp Business Platform (people reached in a rolling 24 hours); UU 27/2022 (consent and its withdrawal).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from storage.mail.approved_words import ASKED, HELD, REFUSED

WINDOWS = {"whatsapp": timedelta(hours=24)}
"""Since a person last wrote, where free words are bound to that (customer service window)."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a messenger allows. No window: free words at any time. `reach` is people first written to in a day."""

    window: timedelta | None = None
    reach: int | None = None


class Say(StrEnum):
    """What may happen to a message now."""

    FREE = "free"
    TEMPLATE = "template"
    LATER = "later"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about one message, the person it is for, and the day so far."""

    reply: bool
    """It answers what the person just did; everything else the office starts by itself."""
    expires_at: datetime | None = None
    agreed: bool = False
    stopped: bool = False
    """BERHENTI, or this topic is one they do not want."""
    unreachable: bool = False
    wrote_at: datetime | None = None
    """When the person last wrote in this chat, unless the provider said since that the window is closed."""
    template: bool = False
    """It has words the platform approved."""
    held: str = ""
    """Those words became advertising for the platform: `asked` until an admin has answered, `refused` after a no."""
    unadvertised: bool = False
    """It is an announcement, and the person switched those off in the platform itself."""
    urgent: bool = False
    """It goes out at night too."""
    quiet_until: datetime | None = None
    """When the quiet hours end; None outside them."""
    reached: int = 0
    """People written to first by us in the last 24 hours, this one not counted."""
    reach_frees_at: datetime | None = None
    """When the first of them falls out of those 24 hours."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What may happen, the reason in a few fixed words, and for `LATER` when to ask again."""

    say: Say
    reason: str = ""
    at: datetime | None = None


def may_send(facts: Facts, rules: Rules, now: datetime) -> Verdict:
    """The first rule that has something against it decides."""
    if facts.expires_at is not None and now >= facts.expires_at:
        return Verdict(Say.NEVER, "expired")
    in_window = rules.window is None or (facts.wrote_at is not None and now < facts.wrote_at + rules.window)
    if facts.reply:
        return Verdict(Say.FREE) if in_window else by_template(facts, now)
    if not facts.agreed:
        return Verdict(Say.NEVER, "no consent")
    if facts.stopped:
        return Verdict(Say.NEVER, "stopped")
    if facts.unadvertised:
        return Verdict(Say.NEVER, "no advertising")
    if facts.unreachable:
        return Verdict(Say.NEVER, "unreachable")
    if facts.quiet_until is not None and not facts.urgent:
        return Verdict(Say.LATER, "quiet hours", facts.quiet_until)
    if in_window:
        return Verdict(Say.FREE)
    if rules.reach is not None and facts.reached >= rules.reach:
        return Verdict(Say.LATER, "daily reach used up", facts.reach_frees_at or now + timedelta(hours=1))
    return by_template(facts, now)


def by_template(facts: Facts, now: datetime) -> Verdict:
    if facts.held == ASKED:
        return Verdict(Say.LATER, HELD, now + timedelta(hours=1))
    if facts.held == REFUSED:
        return Verdict(Say.NEVER, "advertising: an admin said no")
    if facts.template:
        return Verdict(Say.TEMPLATE, "window closed: by template")
    return Verdict(Say.NEVER, "window closed, and it has no template")


def window_left(channel: str, wrote_at: datetime | None, now: datetime) -> timedelta | None:
    """How long free words may still be sent; None where there is no such window, zero when it is closed."""
    window = WINDOWS.get(channel)
    if window is None:
        return None
    return timedelta(0) if wrote_at is None else max(timedelta(0), wrote_at + window - now)
