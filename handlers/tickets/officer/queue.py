"""Tickets in `/antrean` and `/status`: what waits for the office, along filters; what somebody sent."""

from collections.abc import Sequence

from handlers.conversation.reading.closest import closest
from handlers.conversation.turn import Choice, Turn, Work
from handlers.conversation.words import Text, folded, in_language, lines, say
from handlers.office.kecamatan import kecamatan_named
from handlers.telling.rights import kinds_for
from handlers.tickets.kinds import KINDS
from handlers.tickets.words import list_line, summary
from storage.tickets import queue
from storage.tickets.queue import COUNTED, FEW, Filter
from storage.tickets.tickets import Ticket

SHOWN = 8
"""Tickets on one page of a queue."""
MINE, UNTAKEN, LATE = "saya", "baru", "lewat"
FILTERS: dict[str, Text] = {
    MINE: say("Di tangan saya"),
    UNTAKEN: say("Belum diambil"),
    LATE: say("Lewat waktu"),
    "jenis": say("Menurut jenis"),
    "kecamatan": say("Menurut kecamatan"),
}


NOT_BY_PLACE = say(
    "Kiriman tanpa nama yang belum ada {few} di satu kecamatan tidak disaring menurut tempat, kecuali ada bahaya; "
    "lihat /antrean.",
    few=FEW,
)


def chosen(turn: Turn, said: str) -> Filter | None:
    """The filter somebody asked for: one of the words, a kind, a kecamatan; None when it is none of them."""
    kinds, first = kinds_for(turn.person), at_once(turn)
    word = folded(said)
    if word in ("", MINE, UNTAKEN, LATE):
        mine = turn.person.id if word == MINE else None
        return Filter(kinds, assigned_to=mine, unassigned=word == UNTAKEN, overdue=word == LATE, first=first)
    labels = {key: in_language(KINDS[key].title, turn.language) for key in kinds}
    if (kind := word if word in kinds else closest(word, labels)) is not None:
        return Filter((kind,), first=first)
    place = kecamatan_named(word, turn.office)
    return Filter(kinds, kecamatan=place, first=first) if place else None


def everything(turn: Turn) -> Filter:
    return Filter(kinds_for(turn.person), first=at_once(turn))


def in_danger(turn: Turn, wanted: Filter) -> bool:
    """Whether a report of danger is open among these."""
    return any(ticket.level in wanted.first for ticket in queue.waiting(turn.tx, wanted, 1, turn.now))


def at_once(work: Work) -> tuple[str, ...]:
    """Levels that stand first in every list: people are in danger."""
    return tuple(work.office.situation.at_once)


def show_filtered(turn: Turn, rest: str, beside: tuple[list[Text], list[Choice]]) -> None:
    """`/antrean saya`, `/antrean kajen`, `/antrean masukan`; `beside` is what else stands under that filter."""
    word = folded(rest)
    if word in ("jenis", "kecamatan"):
        turn.say(FILTERS[word], choices=by_kind(turn) if word == "jenis" else by_place(turn))
        return
    wanted = chosen(turn, rest)
    if wanted is None:
        turn.say(say("Kami belum paham yang dicari. Mohon pilih salah satu:"), choices=filters())
        return
    found, presses = page(turn, wanted)
    danger = in_danger(turn, wanted)
    told = found + beside[0] if danger else beside[0] + found
    choices = presses + beside[1] if danger else beside[1] + presses
    nothing = [say("Tidak ada di sini. Kiriman lain ada di /antrean.")]
    told = [*(told or nothing), NOT_BY_PLACE if wanted.kecamatan else ""]
    turn.say(say("Antrean: {which}", which=called(turn, wanted)), *told, choices=choices or filters())


def called(turn: Turn, wanted: Filter) -> Text:
    """Which part of the queue is shown."""
    if wanted.kecamatan:
        return wanted.kecamatan
    if wanted.assigned_to is not None:
        return FILTERS[MINE]
    if wanted.unassigned or wanted.overdue:
        return FILTERS[UNTAKEN if wanted.unassigned else LATE]
    alone = wanted.kinds != kinds_for(turn.person) and len(wanted.kinds) == 1
    return KINDS[wanted.kinds[0]].title if alone else say("semua")


def page(turn: Turn, wanted: Filter) -> tuple[list[Text], list[Choice]]:
    """The first tickets of a queue, and how many there are; nothing when there are none."""
    found = queue.waiting(turn.tx, wanted, SHOWN, turn.now)
    if not found:
        return [], []
    count = queue.count(turn.tx, wanted, turn.now)
    total = say("lebih dari {count}", count=COUNTED - 1) if count >= COUNTED else str(count)
    told = lines(say("Kiriman terbuka: {count}", count=total), *(list_line(turn, ticket) for ticket in found))
    return [told], [*open_choices(found), *filters()]


def open_choices(found: Sequence[Ticket]) -> list[Choice]:
    return [Choice(f"a.tiket.{ticket.id}", ticket.code) for ticket in found]


def filters() -> list[Choice]:
    return [Choice(f"c.antrean.{word}", label) for word, label in FILTERS.items()]


def by_kind(turn: Turn) -> list[Choice]:
    return [Choice(f"c.antrean.{key}", KINDS[key].title) for key in kinds_for(turn.person)]


def by_place(turn: Turn) -> list[Choice]:
    return [Choice(f"c.antrean.{name}", name) for name in turn.office.kecamatan]


def own_lines(turn: Turn, at_most: int) -> tuple[list[Text], list[Choice]]:
    """What somebody sent, what is open first, in words, with a press for the history of each."""
    found = queue.of_person(turn.tx, turn.person.id, at_most)
    return [summary(turn, t) for t in found], [Choice(f"a.tiket-saya.{t.id}", t.code) for t in found]
