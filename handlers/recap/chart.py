"""What the picture of a recap shows: numbers and words as plain values, for whoever draws them (bot/work/draw.py)."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from handlers.conversation.turn import Work
from handlers.conversation.words import Text, in_language, say
from handlers.office.moments import in_full
from handlers.recap.counts import Recap, Tally, within
from handlers.recap.words import UNKNOWN, in_order, percent, tenths
from handlers.tickets.kinds import KINDS

MOST = 5
"""Bars of one panel; the rest is one bar together."""

Bar = dict[str, Any]
Panel = dict[str, Any]


def chart(work: Work, recap: Recap) -> dict[str, Any]:
    """Title, four large numbers, and panels of bars. A bar has one or two parts, as the panel's legend names them."""
    panels = [
        by_kind(recap),
        waits(recap),
        places(say("Menurut kecamatan"), recap.tally.places, {}),
        places(say("Menurut bidang ormas"), recap.tally.fields, work.office.fields),
        *duty(work, recap),
        meetings(recap),
    ]
    return {
        "office": work.office.name,
        "title": plain(say("Rekap {period}", period=recap.span.label)),
        "foot": plain(say("Dihitung {when}", when=in_full(work, work.now))),
        "figures": figures(recap.tally) if recap.tally.totals else [],
        "empty": "" if recap.tally.totals else plain(say("Pada masa ini belum ada kiriman.")),
        "panels": [panel for panel in panels if panel["bars"]],
    }


def figures(tally: Tally) -> list[list[str]]:
    opened, closed = tally.total("opened"), tally.total("closed")
    told: list[tuple[int, Text]] = [
        (opened, say("masuk")),
        (closed, say("selesai")),
        (opened - closed, say("terbuka")),
        (tally.total("late"), say("terlambat")),
    ]
    return [[thousands(number), plain(words)] for number, words in told]


def by_kind(recap: Recap) -> Panel:
    bars = [
        bar(KINDS[kind].title, [closed, opened - closed], thousands(opened))
        for kind in recap.kinds
        if (opened := recap.tally.total("opened", kind))
        for closed in [recap.tally.total("closed", kind)]
    ]
    return panel(say("Kiriman menurut jenis"), bars, say("selesai"), say("masih terbuka"))


def waits(recap: Recap) -> Panel:
    """Working days until the first answer."""
    bars = [wait_bar(KINDS[kind].title, recap.tally.first[kind]) for kind in recap.kinds if kind in recap.tally.first]
    return panel(say("Hari kerja sampai jawaban pertama"), bars, say("separuhnya"), say("90 %"))


def wait_bar(kind: Text, told: list[float]) -> Bar:
    half, most = within(told, 50), within(told, 90)
    return bar(kind, [half, most - half], say("{half} · {most}", half=tenths(half), most=tenths(most)))


def places(title: Text, counted: Counter[str], labels: Mapping[str, str]) -> Panel:
    """The most first; what is many is drawn together, hatched, since it is no place of its own."""
    ranked = [(labels.get(key, key) or UNKNOWN, number) for key, number in in_order(counted)]
    shown = ranked if len(ranked) <= MOST + 1 else ranked[:MOST]
    bars = [bar(label, [number], thousands(number)) for label, number in shown]
    if rest := ranked[len(shown) :]:
        together = sum(number for _, number in rest)
        bars.append(bar(say("{count} lainnya", count=len(rest)), [0, together], thousands(together)))
    return panel(title, bars)


def duty(work: Work, recap: Recap) -> list[Panel]:
    """Who reported, in percent, by kind of ormas."""
    told = []
    for period, groups in recap.duty:
        bars = []
        for kind, label in work.office.kinds.items():
            some = [group for group in groups if group.kind == kind]
            sent, owing = sum(group.sent for group in some), sum(group.owing for group in some)
            if owing:
                share = percent(sent, owing)
                words = say("{percent} % ({sent} dari {owing})", percent=share, sent=sent, owing=owing)
                bars.append(bar(label, [share, 100 - share], words))
        title = say("Ormas yang melapor, {period}", period=period.label)
        told.append(panel(title, bars, say("sudah"), say("belum")))
    return told


def meetings(recap: Recap) -> Panel:
    bars = [
        bar(words, [recap.meetings[state]], thousands(recap.meetings[state]))
        for state, words in SHORT.items()
        if state in recap.meetings
    ]
    return panel(say("Audiensi"), bars)


SHORT: dict[str, Text] = {
    "held": say("terlaksana"),
    "missed": say("tidak jadi"),
    "approved": say("disetujui"),
    "proposed": say("waktu diusulkan"),
    "waiting": say("menunggu"),
    "rejected": say("belum dipenuhi"),
    "cancelled": say("dibatalkan"),
}


def panel(title: Text, bars: list[Bar], *legend: Text) -> Panel:
    return {"title": plain(title), "bars": bars, "legend": [plain(words) for words in legend]}


def bar(label: Text, parts: list[float], words: Text) -> Bar:
    return {"label": plain(label), "parts": parts, "words": plain(words)}


def thousands(number: int) -> str:
    """`1.234`, as numbers are written here."""
    return f"{number:,}".replace(",", ".")


def plain(words: Text) -> str:
    return in_language(words, "id")
