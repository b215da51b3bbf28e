"""Once a week, for approvers: which situation reports came in and are open. Numbers and places, no word of them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta

from handlers.conversation.turn import Work
from handlers.conversation.words import Text, day_in_full, lines, listed, say
from handlers.telling.rights import holders
from handlers.tickets.officer.queue import SHOWN, at_once, open_choices
from handlers.tickets.words import UNVERIFIED
from storage.database.database import Row
from storage.machine import reminders
from storage.machine.reminders import Reminder
from storage.people import people
from storage.tickets import queue, recap
from storage.tickets.queue import COUNTED, FEW, Filter
from storage.tickets.tickets import Ticket

DIGEST = "situation-digest"
KIND = "situasi"
READERS = frozenset({"approver"}) & holders(KIND, "see")
WEEK = timedelta(days=7)


def set_reminders(work: Work) -> None:
    """The next one."""
    rules = work.office.situation
    day = work.now.date() + timedelta(days=(rules.digest_weekday - work.now.weekday()) % 7)
    due_at = datetime.combine(day, time(rules.digest_hour), work.now.tzinfo)
    due_at = due_at if due_at > work.now else due_at + WEEK
    reminders.set(work.tx, DIGEST, 0, due_at.date().isoformat(), due_at)


def send(work: Work, reminder: Reminder) -> str:
    """Everything since a week before it was due, also when it comes late."""
    since = reminder.due_at.astimezone(work.now.tzinfo) - WEEK
    told = [counted(work, since, recap.situations(work.tx, since)), still_open(work)]
    choices = open_choices(queue.waiting(work.tx, Filter((KIND,), first=at_once(work)), SHOWN, work.now))
    reached = [work.tell(reader, *told, choices=choices) for reader in people.with_roles(work.tx, READERS)]
    return "sent" if any(reached) else "nobody"


def counted(work: Work, since: datetime, rows: Iterable[Row]) -> Text:
    """How many since then, by level, kecamatan and standing."""
    levels, places, unnamed, unverified, total = Counter[str](), Counter[str](), Counter[str](), 0, 0
    for row in rows:
        levels[row["level"]] += row["n"]
        (unnamed if row["unnamed"] else places)[row["kecamatan"]] += row["n"]
        unverified += 0 if row["verified"] else row["n"]
        total += row["n"]
    title = say("Ringkasan laporan situasi sejak {day}.", day=day_in_full(since.date()))
    if not total:
        return lines(title, say("Tidak ada laporan situasi yang masuk."))
    known = {key: levels[key] for key in reversed(work.office.situation.levels) if key in levels}
    return lines(
        title,
        say(
            "Masuk: {count}, di antaranya {unverified} {standing}.",
            count=total,
            unverified=unverified,
            standing=UNVERIFIED,
        ),
        say("Menurut kegawatan: {parts}.", parts=in_parts(known, work.office.situation.levels)),
        say("Menurut kecamatan: {parts}.", parts=in_parts(by_place(places, unnamed), {PLACELESS: NO_PLACE})),
    )


PLACELESS, NO_PLACE = "", say("tanpa nama (tempat tidak dirinci)")
"""Where those are counted who are too few to be told by place."""


def by_place(named: Counter[str], unnamed: Counter[str]) -> dict[str, int]:
    """Reports without a name count at their place where there are enough of them, else all of those together.

    So a number less the named ones is never the few without a name.
    """
    told = Counter(named)
    for place, number in unnamed.items():
        told[place if number >= FEW else PLACELESS] += number
    return dict(sorted(told.most_common(), key=lambda part: part[0] == PLACELESS))


def in_parts(counts: Mapping[str, int], labels: Mapping[str, Text]) -> Text:
    return listed(say("{label} {number}", label=labels.get(key, key), number=number) for key, number in counts.items())


def still_open(work: Work) -> Text:
    """The open ones by number: danger first, then the one owed first."""
    chosen = Filter((KIND,), first=at_once(work))
    found, count = queue.waiting(work.tx, chosen, SHOWN, work.now), queue.count(work.tx, chosen, work.now)
    if not found:
        return say("Tidak ada laporan situasi yang terbuka.")
    total = say("lebih dari {count}", count=COUNTED - 1) if count >= COUNTED else str(count)
    return lines(say("Masih terbuka: {count}", count=total), *(open_line(work, ticket) for ticket in found))


def open_line(work: Work, ticket: Ticket) -> Text:
    """Its number, level and, with a name, its place: what somebody wrote stays where it is kept."""
    level = work.office.situation.levels.get(ticket.level, ticket.level)
    standing = say("terverifikasi") if ticket.verified_at else UNVERIFIED
    if ticket.anonymous:
        return say("{code}: {level} ({standing})", code=ticket.code, level=level, standing=standing)
    return say(
        "{code}: {level}, {kecamatan} ({standing})",
        code=ticket.code,
        level=level,
        kecamatan=ticket.kecamatan,
        standing=standing,
    )
