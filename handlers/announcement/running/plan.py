"""Before anything is sent: how many are reached, by which way and how soon, and who is not reached and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from handlers.conversation.turn import Work
from handlers.conversation.words import Text, lines, listed, say
from handlers.telling.reach import MESSENGERS
from storage.broadcasts import audience, messengers, plans
from storage.broadcasts.broadcasts import Broadcast
from storage.database.database import Row, Transaction
from storage.mail import deliveries

SLICES_AT_ONCE = 5
"""Slices of people counted within one turn; what is more is counted beside the turns."""
NAMES = 10
"""Of the unreachable, so many are named."""
FREE, TEMPLATE = "free", "template"
REASONS: dict[str, Text] = {
    "stopped": say("berhenti menerima kabar"),
    "topic": say("tidak menerima topik ini"),
    "no consent": say("belum ada persetujuan"),
    "unreachable": say("obrolannya ditutup"),
    "no chat": say("belum punya obrolan"),
    "no advertising": say("pengumuman dimatikan di WhatsApp"),
    "advertising: an admin said no": say("templatnya digolongkan promosi, dan admin menahannya"),
}
"""Why somebody is not written to, by the words of storage/broadcasts/audience.py and of the gate."""


@dataclass
class Plan:
    """Counts by messenger and form, and of the unreachable by reason, as far as person `upto`."""

    upto: int = 0
    complete: bool = False
    ways: dict[str, int] = field(default_factory=dict)
    """`telegram free`, `whatsapp template`: how many."""
    unreached: dict[str, int] = field(default_factory=dict)
    named: list[tuple[str, str]] = field(default_factory=list)
    """Name and reason of the first who are not reached."""

    @property
    def reached(self) -> int:
        return sum(self.ways.values())

    @property
    def total(self) -> int:
        return self.reached + sum(self.unreached.values())

    def of(self, channel: str, form: str) -> int:
        return self.ways.get(f"{channel} {form}", 0)

    def add(self, row: Row) -> None:
        reason, n = row["reason"], int(row["n"])
        key = reason or f"{row['channel']} {FREE if row['free'] else TEMPLATE}"
        counts = self.unreached if reason else self.ways
        counts[key] = counts.get(key, 0) + n

    def written(self) -> dict[str, Any]:
        """As JSON."""
        return {name: getattr(self, name) for name in ("upto", "complete", "ways", "unreached", "named")}


def read(stored: Mapping[str, Any]) -> Plan:
    return Plan(**{**stored, "named": [(name, reason) for name, reason in stored.get("named", ())]})


def plan(work: Work, broadcast: Broadcast) -> Plan:
    """Counted now. With more people than one turn may look at it is not `complete`: it is counted on beside the turns,
    and its author is told."""
    if broadcast.planning:
        return read(broadcast.plan)
    counted = count(work.tx, broadcast, Plan(), SLICES_AT_ONCE, work.now)
    if not counted.complete:
        plans.ask(work.tx, broadcast.id, counted.written(), counted.upto)
    return counted


def count(tx: Transaction, broadcast: Broadcast, so_far: Plan, slices: int, now: datetime) -> Plan:
    """Some slices further. Nothing is written, so a plan may be made at any time."""
    for _ in range(slices):
        last = audience.upto(tx, so_far.upto)
        if last is None:
            so_far.complete = True
            return so_far
        for row in audience.counted(tx, broadcast, so_far.upto, last, now):
            so_far.add(row)
        if (missing := NAMES - len(so_far.named)) > 0:
            rows = audience.unreached(tx, broadcast, so_far.upto, last, missing)
            so_far.named += [(row["name"] or "-", row["reason"]) for row in rows]
        so_far.upto = last
    so_far.complete = audience.upto(tx, so_far.upto) is None
    return so_far


def seconds(work: Work, counted: Plan) -> int:
    """How long it takes: messengers send side by side, each as fast as it may; what is beyond a day's reach waits."""
    serving = messengers.serving(work.tx)
    longest = 0.0
    for name, one in serving.items():
        number = counted.of(name, FREE) + counted.of(name, TEMPLATE)
        days = days_of_reach(work, name, counted.of(name, TEMPLATE))
        longest = max(longest, number / one.per_second + days * 86_400)
    return ceil(longest)


def days_of_reach(work: Work, channel: str, templates: int) -> int:
    """Whole days that go by until as many people were written to first as the messenger allows."""
    left, reach = reach_left(work, channel)
    if left is None or reach is None or templates <= left:
        return 0
    return ceil((templates - left) / max(1, reach))


def reach_left(work: Work, channel: str) -> tuple[int | None, int | None]:
    """How many more may be written to first today, and how many in a day; None where nobody counts."""
    one = messengers.serving(work.tx).get(channel)
    if one is None or one.reach is None:
        return None, None
    used, _ = deliveries.reach(work.tx, channel, "", work.now)
    return max(0, one.reach - used), one.reach


def plan_lines(work: Work, counted: Plan) -> Text:
    """For the one who decides; with a plan that is still being counted, what is known so far."""
    return lines(
        "" if counted.complete else say("Penerima masih dihitung; sejauh ini:"),
        say("{count} pengurus.", count=counted.total),
        *(way_line(work, way, number) for way, number in sorted(counted.ways.items())),
        unreached_line(counted),
        names_line(counted),
        duration(work, counted) if counted.complete and counted.reached else "",
    )


def way_line(work: Work, way: str, number: int) -> Text:
    channel, _, form = way.partition(" ")
    messenger = MESSENGERS.get(channel, channel)
    left, _ = reach_left(work, channel)
    if form == TEMPLATE:
        return say(
            "{count} perlu templat {messenger} (sisa kuota hari ini {left}).",
            count=number,
            messenger=messenger,
            left="-" if left is None else left,
        )
    if left is None:
        return say("{count} lewat {messenger}.", count=number, messenger=messenger)
    return say("{count} lewat {messenger}, dalam jendela 24 jam.", count=number, messenger=messenger)


def unreached_line(counted: Plan) -> Text:
    if not counted.unreached:
        return say("Semua pengurus itu dapat dihubungi.") if counted.total else ""
    why = (say("{count} {reason}", count=n, reason=REASONS[reason]) for reason, n in sorted(counted.unreached.items()))
    return say("{count} tidak dapat dihubungi: {why}.", count=sum(counted.unreached.values()), why=listed(why))


def ormas_lines(work: Work, broadcast: Broadcast) -> Text:
    """How many ormas of the segment have somebody who can be written to, and which have nobody."""
    found = audience.ormas(work.tx, broadcast, NAMES)
    if found is None:
        return ""
    more = found.without - len(found.silent)
    names = listed([*found.silent, *([say("{count} lainnya", count=more)] if more else [])])
    return lines(
        say("{reached} dari {total} ormas dapat dihubungi.", reached=found.total - found.without, total=found.total),
        say("Ormas tanpa pengurus yang dapat dihubungi: {names}.", names=names) if found.without else "",
    )


def names_line(counted: Plan) -> Text:
    if not counted.named:
        return ""
    told = [say("{name} ({reason})", name=name, reason=REASONS[reason]) for name, reason in counted.named]
    more = sum(counted.unreached.values()) - len(told)
    return say("Mereka: {names}.", names=listed([*told, say("{count} lainnya", count=more)] if more > 0 else told))


def duration(work: Work, counted: Plan) -> Text:
    needed = timedelta(seconds=seconds(work, counted))
    return say("Perkiraan lama kirim: {time}.", time=in_time_words(needed))


def in_time_words(needed: timedelta) -> Text:
    """Rounded up to something a person plans by."""
    if needed < timedelta(minutes=1):
        return say("kurang dari satu menit")
    if needed < timedelta(hours=2):
        return say("{minutes} menit", minutes=ceil(needed / timedelta(minutes=1)))
    if needed < timedelta(days=2):
        return say("{hours} jam", hours=ceil(needed / timedelta(hours=1)))
    return say("{days} hari", days=ceil(needed / timedelta(days=1)))
