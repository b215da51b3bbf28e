"""How far an announcement is: one message to those who answer for it, changed in place where that can be done."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from handlers.announcement.running.plan import in_time_words
from handlers.announcement.running.words import pause_words, state_words
from handlers.conversation.message import Message
from handlers.conversation.turn import Choice, Said, Work
from handlers.conversation.words import Text, lines, say
from storage.broadcasts import ledger, messengers, runs
from storage.broadcasts.broadcasts import Broadcast
from storage.broadcasts.ledger import Counts
from storage.database.moment import moment, stamp
from storage.mail import outbox
from storage.people import people
from storage.people.people import Chat, Person

Place = Mapping[str, Any]
"""Where somebody's progress message stands: parcel, channel, address, and the stage it tells of."""

EVERY = timedelta(seconds=5)
"""Between two looks, and a second more for each ten thousand lines: counting a million takes a third of one."""
BAR = 20
"""Signs of the bar."""
HALF = 50
"""Percent after which somebody whose messenger changes nothing hears of it once more."""
CONTROLS = {
    "running": ("jeda-umum", "batal-umum"),
    "paused": ("lanjut-umum", "batal-umum"),
    "approved": ("batal-umum",),
}


def due(work: Work, broadcast: Broadcast) -> bool:
    """Whether it is time to look again."""
    last = broadcast.progress.get("at")
    return last is None or work.now >= moment(last) + EVERY + timedelta(seconds=broadcast.listed // 10_000)


def tell(work: Work, broadcast: Broadcast, counted: Counts | None = None) -> None:
    """Show it to its author and to whoever decided."""
    counts = counted or ledger.counts(work.tx, broadcast.id)
    shown: dict[str, Place] = dict(broadcast.progress.get("shown", {}))
    for person in answerable(work, broadcast):
        shown[str(person.id)] = show(work, broadcast, counts, person, shown.get(str(person.id), {}))
    runs.note(work.tx, broadcast.id, {"at": stamp(work.now), "shown": shown})


def answerable(work: Work, broadcast: Broadcast) -> list[Person]:
    """Its author, and whoever decided."""
    ids = dict.fromkeys(filter(None, (broadcast.written_by, broadcast.decided_by)))
    return [people.get(work.tx, person_id) for person_id in ids]


def ring(work: Work, broadcast: Broadcast) -> None:
    """It stopped by itself: a message of its own, for nobody is told of words that change."""
    for person in answerable(work, broadcast):
        work.tell(
            person,
            say("{code} berhenti sendiri: {why}.", code=broadcast.code, why=pause_words(broadcast.paused_why or "")),
            say("Mohon diputuskan: Lanjut atau Batalkan."),
            choices=controls(work, broadcast),
        )


def show(work: Work, broadcast: Broadcast, counts: Counts, person: Person, before: Place) -> Place:
    """To one person; where it stands from now on."""
    chat = work.reachable(person)
    if chat is None:
        return before
    message = Said(progress_text(work, broadcast, counts), controls(work, broadcast)).to(person.language)
    here = (before.get("channel"), before.get("address")) == (chat.channel, chat.address)
    serving = messengers.serving(work.tx).get(chat.channel)
    if here and serving is not None and serving.edits:
        edit(work, broadcast, chat, message, before["parcel"])
        return before
    now = stage(broadcast, counts)
    if here and before["stage"] == now:
        return before
    parcel = put(work, broadcast, chat, "notice", message)
    return {"parcel": parcel, "channel": chat.channel, "address": chat.address, "stage": now}


def stage(broadcast: Broadcast, counts: Counts) -> str:
    """Where nothing can be changed, one message for each: begun, half way, and whatever state comes after."""
    if broadcast.state != "running":
        return broadcast.state
    return "half" if percent(counts) >= HALF else "begun"


def edit(work: Work, broadcast: Broadcast, chat: Chat, message: Message, parcel_id: int) -> None:
    """In place of what stands there. While that has not arrived, newer words have to wait for the next look."""
    receipt = outbox.receipt(work.tx, parcel_id)
    if receipt is not None:
        outbox.take_back(work.tx, about(broadcast, chat), work.now)
        put(work, broadcast, chat, "edit", replace(message, edits=receipt))


def put(work: Work, broadcast: Broadcast, chat: Chat, kind: str, message: Message) -> int:
    return outbox.put(
        work.tx,
        chat.channel,
        chat.address,
        kind,
        message.written(),
        work.now,
        priority=outbox.NOTICE,
        subject=about(broadcast, chat),
    )


def about(broadcast: Broadcast, chat: Chat) -> str:
    return f"progress:{broadcast.id}:{chat.address}"


def controls(work: Work, broadcast: Broadcast) -> list[Choice]:
    """Jeda, Lanjut, Batalkan: what makes sense now."""
    names = [name for name in CONTROLS.get(broadcast.state, ()) if name in work.catalogue.actions]
    return work.catalogue.choices(names, broadcast.id, broadcast.code)


def percent(counts: Counts) -> int:
    return 100 if not counts.listed else (counts.listed - counts.waiting) * 100 // counts.listed


def progress_text(work: Work, broadcast: Broadcast, counts: Counts | None = None) -> Text:
    """State, bar, and the numbers in words."""
    told = counts or ledger.counts(work.tx, broadcast.id)
    done = percent(told)
    return lines(
        say("{code}: {title}", code=broadcast.code, title=broadcast.content.title),
        say("Keadaan: {state}.", state=state_words(broadcast)),
        say("[{bar}] {percent}%", bar=bar(done), percent=done) if broadcast.started_at else "",
        say(
            "{listed} penerima: {sent} terkirim, {delivered} tersampaikan, {failed} gagal, {unknown} tidak pasti, "
            "{withheld} tidak dikirimi, {left} tersisa.",
            listed=told.listed,
            sent=told.sent,
            delivered=told.delivered,
            failed=told.failed,
            unknown=told.unknown,
            withheld=told.of("withheld") + told.of("expired") + told.of("cancelled"),
            left=told.waiting,
        )
        if broadcast.started_at
        else "",
        time_left(work, broadcast, told),
    )


def bar(percent: int) -> str:
    full = percent * BAR // 100
    return "#" * full + "." * (BAR - full)


def time_left(work: Work, broadcast: Broadcast, counts: Counts) -> Text:
    """By the rates allowed; silent while it stands still."""
    if broadcast.state != "running" or not counts.waiting:
        return ""
    serving = messengers.serving(work.tx)
    waits = {name: told.get(ledger.WAITING, 0) for name, told in counts.by_channel.items()}
    seconds = max((number / serving[name].per_second for name, number in waits.items() if name in serving), default=0)
    at_night: datetime | None = work.office.quiet_until(work.now)
    if at_night is not None and not broadcast.urgent:
        return say("Malam hari kami tidak mengirim; berlanjut pukul {hour}.", hour=at_night.strftime("%H.%M"))
    return say("Sisa waktu kira-kira {time}.", time=in_time_words(timedelta(seconds=seconds)))
