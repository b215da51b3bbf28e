"""`/semester`: who has reported and who has not, for the period that runs and the one before, by kind and kecamatan."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from handlers.conversation.reading.closest import closest
from handlers.conversation.turn import Choice, Turn, Work
from handlers.conversation.words import Text, day_in_full, folded, lines, listed, say
from handlers.office.kecamatan import kecamatan_named
from handlers.recap.words import share
from handlers.register.ends import days_left
from handlers.report.periods import Period, before, period_of
from storage.ormas import duty
from storage.ormas.duty import Group

NAMED = 10
"""Ormas named of those that have not reported."""
BY_KIND, BY_PLACE = "jenis", "kecamatan"


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which ormas. Empty means all."""

    kind: str = ""
    kecamatan: str = ""

    def token(self, last: str = "") -> str:
        """What a button carries after the command: the filter so far, and what to choose next."""
        return "c.semester." + ",".join(filter(None, (self.kind, self.kecamatan, last)))


def show(turn: Turn, rest: str) -> None:
    """`/semester`, `/semester skt`, `/semester kajen`, `/semester skt, kajen`."""
    *said, last = [folded(part) for part in rest.split(",")]
    asks = last in (BY_KIND, BY_PLACE)
    chosen = read(turn, said if asks else [*said, last])
    if chosen is None:
        turn.say(say("Saringan itu tidak kami kenal. Pilih salah satu:"), choices=filters(Chosen()))
    elif asks:
        turn.say(say("Yang mana?"), choices=by_kind(turn, chosen) if last == BY_KIND else by_place(turn, chosen))
    else:
        answer(turn, chosen)


def read(turn: Turn, parts: Iterable[str]) -> Chosen | None:
    """None when a part is neither a kind of ormas nor a kecamatan."""
    chosen = Chosen()
    for part in filter(None, parts):
        if kind := part if part in turn.office.kinds else closest(part, turn.office.kinds):
            chosen = replace(chosen, kind=kind)
        elif place := kecamatan_named(part, turn.office):
            chosen = replace(chosen, kecamatan=place)
        else:
            return None
    return chosen


def answer(turn: Turn, chosen: Chosen) -> None:
    """The period that runs first, then the one before, with what is still owed of it."""
    current = period_of(turn.now.date(), turn.office.report)
    turn.say(*of_period(turn, current, chosen))
    turn.say(*of_period(turn, before(current, turn.office.report), chosen), choices=filters(chosen))


def of_period(work: Work, period: Period, chosen: Chosen) -> list[Text]:
    groups = duty.groups(work.tx, period.key, chosen.kind, chosen.kecamatan)
    title = say(
        "Laporan kegiatan {period}, paling lambat {due} ({left}).",
        period=period.label,
        due=day_in_full(period.due),
        left=days_left((period.due - work.now.date()).days),
    )
    if not groups:
        return [lines(title, chosen_line(work, chosen)), say("Belum ada ormas seperti itu di daftar.")]
    return [
        lines(title, chosen_line(work, chosen), say("Sudah melapor: {share}.", share=share(groups))),
        shares(say("Menurut jenis ormas:"), groups, work.office.kinds, "kind") if not chosen.kind else "",
        shares(say("Menurut kecamatan:"), groups, {name: name for name in work.office.kecamatan}, "kecamatan")
        if not chosen.kecamatan
        else "",
        owing(work, period, chosen, groups),
    ]


def chosen_line(work: Work, chosen: Chosen) -> Text:
    told = [work.office.kinds.get(chosen.kind, ""), chosen.kecamatan]
    return say("Hanya: {filter}", filter=listed(filter(None, told))) if any(told) else ""


def shares(title: Text, groups: list[Group], labels: Mapping[str, str], what: str) -> Text:
    """A line for each kind or kecamatan that has ormas."""
    parted = ((label, [group for group in groups if getattr(group, what) == key]) for key, label in labels.items())
    return lines(title, *(say("{label}: {share}", label=label, share=share(some)) for label, some in parted if some))


def owing(work: Work, period: Period, chosen: Chosen, groups: list[Group]) -> Text:
    """The first names, how many there are behind them, and how many of all nobody can be reminded of."""
    missing = sum(group.owing - group.sent for group in groups)
    if not missing:
        return say("Semua sudah melapor.")
    names = duty.owing(work.tx, period.key, chosen.kind, chosen.kecamatan, NAMED)
    unled = sum(group.unled for group in groups)
    return lines(
        say("Belum melapor: {count} ormas.", count=missing),
        *names,
        say("dan {count} lagi", count=missing - len(names)) if missing > len(names) else "",
        say("{count} di antaranya tidak dapat kami ingatkan: belum ada pengurus terverifikasi.", count=unled)
        if unled
        else "",
    )


def filters(chosen: Chosen) -> list[Choice]:
    offered = [
        Choice(chosen.token(BY_KIND), say("Menurut jenis ormas")),
        Choice(chosen.token(BY_PLACE), say("Menurut kecamatan")),
    ]
    return offered if chosen == Chosen() else [*offered, Choice("c.semester", say("Semua ormas"))]


def by_kind(turn: Turn, chosen: Chosen) -> list[Choice]:
    return [Choice(replace(chosen, kind=key).token(), label) for key, label in turn.office.kinds.items()]


def by_place(turn: Turn, chosen: Chosen) -> list[Choice]:
    return [Choice(replace(chosen, kecamatan=name).token(), name) for name in turn.office.kecamatan]
