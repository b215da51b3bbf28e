"""Takes each claimed message, with what is known of it, to the gate (telling/may_send.py); keeps its verdict."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.channels.channel import Channel
from bot.outbound.outcome import elsewhere, in_time
from handlers.conversation.message import read
from handlers.office.profile import Office
from handlers.telling.may_send import Facts, Rules, Say, may_send
from storage.database.database import Row, Transaction
from storage.database.faults import of_the_database
from storage.database.moment import maybe
from storage.mail import approved_words, deliveries, outbox
from storage.mail.outbox import Parcel
from storage.people import people, preferences

LOG = logging.getLogger(__name__)
URGENT = "darurat"
"""The one topic that goes out at night."""


@dataclass(frozen=True)
class Gate:
    """What may go out now, of what was claimed."""

    channels: Mapping[str, Channel]
    office: Office
    clock: Callable[[], datetime]

    def admit(self, tx: Transaction, parcels: Sequence[Parcel]) -> list[Parcel]:
        """What may go, each in the form it may go in; the rest is put back or settled, with the reason."""
        now = self.clock()
        return [admitted for parcel in parcels if (admitted := self._judged(tx, parcel, now)) is not None]

    def _judged(self, tx: Transaction, parcel: Parcel, now: datetime) -> Parcel | None:
        """One that fails in us is set aside: it must not hold up everybody for ever."""
        try:
            with tx.attempt():
                return self._judge(tx, parcel, now)
        except Exception as fault:
            if of_the_database(fault):
                raise
            LOG.error("parcel %d could not be judged: %s", parcel.id, type(fault).__name__)
            outbox.settle(tx, parcel.id, "refused", now, reason=f"gate: {type(fault).__name__}")
            return None

    def _judge(self, tx: Transaction, parcel: Parcel, now: datetime) -> Parcel | None:
        rules = self.channels[parcel.channel].rules
        verdict = may_send(self._facts(tx, parcel, rules, now), rules, now)
        match verdict.say:
            case Say.NEVER:
                outcome = "expired" if verdict.reason == "expired" else "withheld"
                if outcome == "withheld" and verdict.reason != "stopped":
                    elsewhere(tx, parcel.id, now)
                outbox.settle(tx, parcel.id, outcome, now, reason=verdict.reason)
                return None
            case Say.LATER:
                outbox.postpone(tx, parcel.id, verdict.at or now + timedelta(hours=1), verdict.reason)
                return None
        if rules.window is not None:
            outbox.judged(tx, parcel.id, verdict.say, verdict.reason)
        return replace(parcel, form=str(verdict.say))

    def _facts(self, tx: Transaction, parcel: Parcel, rules: Rules, now: datetime) -> Facts:
        reply = parcel.priority == outbox.REPLY
        if reply and rules.window is None:
            return Facts(reply=True, expires_at=parcel.expires_at)  # nothing else is asked about an answer
        row = people.standing(tx, parcel.channel, parcel.address)
        return facts_of(tx, parcel, row, reply, self._quiet_until(parcel, now), rules, now)

    def _quiet_until(self, parcel: Parcel, now: datetime) -> datetime | None:
        """Only what goes to many is held back: a decision somebody just took is not."""
        return self.office.quiet_until(now) if parcel.priority >= outbox.BULK else None


def facts_of(
    tx: Transaction,
    parcel: Parcel,
    row: Row | None,
    reply: bool,
    quiet_until: datetime | None,
    rules: Rules,
    now: datetime,
) -> Facts:
    wrote_at = wrote(row)
    topic = parcel.topic
    reached, first = deliveries.reach(tx, parcel.channel, parcel.address, now) if rules.reach else (0, None)
    return Facts(
        reply=reply,
        expires_at=parcel.expires_at,
        agreed=row is not None and bool(row["agreed"]),
        stopped=row is not None
        and (row["stopped_at"] is not None or bool(topic and preferences.unwanted(tx, row["person_id"], topic))),
        unreachable=row is not None and row["unreachable_at"] is not None,
        # An answer was written in the moment the person wrote: it proves that time as well as their row does.
        wrote_at=max(filter(None, [wrote_at, parcel.written_at])) if reply and not closed(row) else wrote_at,
        template='"template":' in parcel.body,
        held=template_held(tx, parcel, now) if rules.window else "",
        unadvertised=advertises(parcel)
        and row is not None
        and preferences.no_advertising(tx, row["person_id"], parcel.channel),
        urgent=topic == URGENT,
        quiet_until=quiet_until,
        reached=reached,
        reach_frees_at=first + timedelta(hours=24) if first else None,
    )


def template_held(tx: Transaction, parcel: Parcel, now: datetime) -> str:
    """Whether its approved words wait for an admin, or for nobody any more."""
    template = in_time(read(parcel.body), now).template if '"template":' in parcel.body else None
    return "" if template is None else approved_words.held(tx, template.name, template.language)


def advertises(parcel: Parcel) -> bool:
    """Whether a person who wants no advertising means this: an announcement that is no alarm for people."""
    return parcel.priority >= outbox.BULK and parcel.topic != URGENT


def wrote(row: Row | None) -> datetime | None:
    """When the person last wrote; None once the provider said that the window is closed nevertheless."""
    return None if row is None or closed(row) else maybe(row["seen_at"])


def closed(row: Row | None) -> bool:
    return row is not None and row["closed_at"] is not None and row["closed_at"] >= row["seen_at"]
