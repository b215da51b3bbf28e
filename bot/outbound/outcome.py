"""What becomes of an item that was not plainly sent, and of one its provider tells about later."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import chain, repeat
from typing import TypeVar

from bot.channels.channel import Delivery, Outcome, SendFailed
from handlers.conversation.message import Message, read
from storage.database.database import Database, Transaction
from storage.mail import claims, deliveries, outbox
from storage.mail.deliveries import Sent
from storage.mail.outbox import Parcel
from storage.people import people, preferences

T = TypeVar("T")
LOG = logging.getLogger(__name__)
BACKOFF = (1, 2, 4, 8, 16, 32, 60, 120, 300)
"""Seconds before the next try, by the number of tries so far."""
GIVE_UP = timedelta(hours=24)
"""An answer nobody could deliver for a day is of no use: the person has asked again or gone. A notice that waits
because nothing at all can be sent goes on waiting."""
AGAIN_AFTER_FAILED = 5
"""How often an item its provider took and then could not deliver is sent once more, where that can help."""
ANSWERS = ("reply", "whisper")
LONGEST_WAIT = timedelta(hours=1)
"""An answer that would have to wait longer than this for itself alone is not sent any more."""

WORK = "work"
"""A notice whose loss leaves work undone: a card to somebody of the office, or one that asks for something."""
AGAIN_WHEN_UNKNOWN = {
    "reply": 5,
    "whisper": 5,
    "notice": 1,
    WORK: 20,
    "menu": 2,
    "query": 0,
    "edit": 3,
    "broadcast": 0,
}
"""How often an item that may have arrived is sent once more. A question seen twice is harmless, one never seen leaves
a person stuck; a reminder seen twice is better than none; a card may come more than once, never not at all; a button's
answer is of no use later; an edit done twice is done once. What goes to many is not sent again: it is counted and
named, and people decide. Where the provider tells later what it took (`tells_later`), that is waited for first, and
nothing is seen twice."""


def in_time(message: Message, now: datetime) -> Message:
    """What is sent late says so."""
    if message.late_after and now > datetime.fromisoformat(message.late_after):
        template = message.late_template or message.template
        return replace(message, text=f"{message.late_note}\n\n{message.text}", template=template)
    return message


def pause(parcel: Parcel, failed: SendFailed) -> timedelta:
    return failed.after or timedelta(seconds=BACKOFF[min(parcel.attempts, len(BACKOFF)) - 1])


def after_failure(tx: Transaction, parcel: Parcel, failed: SendFailed, wait: timedelta, now: datetime) -> bool:
    """Write down what became of an item that was not plainly sent; whether it waits to be sent again."""
    unknown, kind = failed.outcome is Outcome.UNKNOWN, doubtful_kind(tx, parcel)
    if failed.moved_to is not None:
        outbox.move(tx, parcel.channel, parcel.address, failed.moved_to)
    about_the_person(tx, parcel.channel, parcel.address, failed, now)
    if failed.outcome is Outcome.REFUSED and not failed.window_closed:
        elsewhere(tx, parcel.id, now)
    if failed.window_closed and '"template":' in parcel.body and parcel.form != "template":
        outbox.again(tx, parcel.id, now, failed.reason)
    elif failed.outcome is Outcome.REFUSED:
        outbox.settle(tx, parcel.id, "refused", now, reason=failed.reason)
    elif hopeless(tx, parcel, failed):
        outbox.settle(tx, parcel.id, "refused", now, reason=f"gave up: {failed.reason}")
    elif unknown and claims.doubts(tx, parcel.id) >= AGAIN_WHEN_UNKNOWN[kind]:
        if kind == WORK:
            LOG.error("item %d, which somebody has to act on, may never have arrived", parcel.id)
        outbox.settle(tx, parcel.id, "unknown", now, reason=failed.reason)
    elif now - parcel.written_at > GIVE_UP and (parcel.kind in ANSWERS or not failed.whole_channel):
        outbox.settle(tx, parcel.id, "refused", now, reason=f"gave up: {failed.reason}")
    else:
        outbox.again(tx, parcel.id, now + wait, failed.reason, unknown=unknown)
    return claims.waits(tx, parcel.id)


def doubtful_kind(tx: Transaction, parcel: Parcel) -> str:
    """Its kind, as far as it matters when nobody knows whether it arrived."""
    if parcel.kind != "notice":
        return parcel.kind
    person = people.chat_of(tx, parcel.channel, parcel.address).person_id
    works = person is not None and bool(people.get(tx, person).roles)
    return WORK if works or read(parcel.body).choices else parcel.kind


def hopeless(tx: Transaction, parcel: Parcel, failed: SendFailed) -> bool:
    """Whether a failure of this item alone has gone on too long for what waits behind it.

    An answer of yesterday is none. What fails again and again does not silence what comes after it.
    """
    if failed.outcome is not Outcome.RETRY or failed.after is None or failed.whole_channel or failed.whole_chat:
        return False
    if parcel.kind in ANSWERS and failed.after > LONGEST_WAIT:
        return True
    return parcel.attempts >= AGAIN_AFTER_FAILED and claims.followed(tx, parcel)


def about_the_person(tx: Transaction, channel: str, address: str, failed: SendFailed, now: datetime) -> None:
    """What a failure says about the person it was for."""
    if failed.window_closed:
        deliveries.close_window(tx, channel, address, now)
    if failed.gone:
        people.unreachable(tx, channel, address, now)
        for parcel_id in outbox.waiting_notices(tx, channel, address):
            elsewhere(tx, parcel_id, now)
        outbox.withhold(tx, channel, address, "unreachable", now)
    if failed.opted_out:
        opt_out(tx, channel, address, failed.reason, now)


def opt_out(tx: Transaction, channel: str, address: str, said: str, now: datetime) -> None:
    """The messenger's own switch is about advertising; answers and reminders go on."""
    person = people.chat_of(tx, channel, address).person_id
    if person is not None and not preferences.no_advertising(tx, person, channel):
        preferences.note(tx, person, preferences.ADVERTISING, False, said, channel, now)


def told_later(tx: Transaction, told: Delivery, now: datetime) -> bool:
    """A status: it settles what was in doubt, moves on what was sent, or takes back what was called sent.

    Whether it was about something of ours, and new.
    """
    sent = deliveries.find(tx, told.channel, told.receipt, told.parcel, told.recipients)
    if sent is None and deliveries.hushed(tx, told.channel, told.parcel):
        return False
    if sent is None:
        deliveries.keep_early(tx, told.channel, told.receipt, told.state, told.at, now)
        return False
    new = deliveries.forward(tx, sent, told.state, told.receipt, told.at)
    if new and told.state == "failed":
        failed_later(tx, sent, told.failed or SendFailed(Outcome.REFUSED, "failed"), now)
    elif new and not sent.settled:
        outbox.settle(tx, sent.id, "sent", now, receipt=told.receipt)
    return new


def failed_later(tx: Transaction, sent: Sent, failed: SendFailed, now: datetime) -> None:
    """It certainly did not arrive: once more by template or later where that can help, else that was it."""
    about_the_person(tx, sent.channel, sent.address, failed, now)
    by_template = failed.window_closed and sent.has_template and sent.form != "template"
    wait = failed.after or timedelta(0)
    again = failed.outcome is Outcome.RETRY and sent.attempts < AGAIN_AFTER_FAILED
    if sent.kind in ANSWERS and wait > LONGEST_WAIT:
        again = False
    if not ((by_template or again) and deliveries.reopen(tx, sent, now + wait, failed.reason)):
        deliveries.fail(tx, sent, failed.reason, now)
        elsewhere(tx, sent.id, now)
    elif sent.kind in ANSWERS:
        deliveries.repeat_last(tx, sent, now)


def elsewhere(tx: Transaction, parcel_id: int, now: datetime) -> None:
    """A notice that cannot arrive in one messenger goes to the one used before it, if the person has another."""
    parcel = outbox.get(tx, parcel_id)
    person = people.chat_of(tx, parcel.channel, parcel.address).person_id
    if parcel.priority == outbox.REPLY or parcel.kind == "edit" or person is None:
        return
    chats = people.chats(tx, person)
    place = next(i for i, chat in enumerate(chats) if (chat.channel, chat.address) == (parcel.channel, parcel.address))
    other = next((chat for chat in chats[place + 1 :] if chat.unreachable_at is None), None)
    if other is not None:
        outbox.copy(tx, parcel_id, other.channel, other.address, now)


def speaks(parcel: Parcel) -> bool:
    """Whether it is a message. A menu or the answer to a button that has to wait says nothing about messages."""
    return parcel.kind not in ("menu", "query")


async def written(database: Database, turn: Callable[[Transaction], T]) -> T:
    """What became of a send must be written down: if the disk is full, we wait until it is not."""
    for seconds in chain(BACKOFF, repeat(BACKOFF[-1])):
        try:
            return await database.transact(turn)
        except Exception as fault:
            if (task := asyncio.current_task()) and task.cancelling():
                # the time to finish is over; the next start finds it as after a kill
                raise asyncio.CancelledError from fault
            LOG.error("cannot write down what was sent (%s); trying again in %d s", type(fault).__name__, seconds)
            await asyncio.sleep(seconds)
    raise AssertionError("there is always a next try")
