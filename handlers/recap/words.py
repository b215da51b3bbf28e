"""A recap in words: short lines that can be read on a phone, and read out by a screen reader."""

from collections import Counter
from collections.abc import Mapping

from handlers.conversation.turn import Work
from handlers.conversation.words import Text, day_in_full, lines, listed, say
from handlers.meeting.words import STATES
from handlers.office.moments import in_full
from handlers.recap.charges import charge_lines
from handlers.recap.counts import Recap, Tally, within
from handlers.report.periods import Period
from handlers.tickets.kinds import KINDS
from storage.ormas.duty import Group

UNKNOWN = say("tidak diketahui")
CONTENT = 4
"""The best rating."""


def told(work: Work, recap: Recap) -> list[Text]:
    """Everything, a paragraph for each subject."""
    title = lines(
        say("Rekap {period}", period=recap.span.label),
        say("{office}. Dihitung {when}.", office=work.office.name, when=in_full(work, work.now)),
        *(say("{kind} tidak dihitung di sini.", kind=KINDS[key].title) for key in KINDS if key not in recap.kinds),
    )
    if recap.empty:
        nothing = say("Pada masa ini belum ada kiriman dan audiensi.")
        return [title, nothing, *duty_lines(work, recap), charge_lines(work)]
    return [
        title,
        ticket_lines(recap),
        wait_lines(recap),
        rating_line(recap.tally),
        ranked(say("Menurut kecamatan"), recap.tally.places, {}),
        ranked(say("Menurut bidang ormas"), recap.tally.fields, work.office.fields),
        *duty_lines(work, recap),
        meeting_lines(recap),
        charge_lines(work),
    ]


def ticket_lines(recap: Recap) -> Text:
    kinds = (kind for kind in recap.kinds if recap.tally.total("opened", kind))
    return lines(
        standing(recap.tally, say("Kiriman")), *(standing(recap.tally, KINDS[kind].title, kind) for kind in kinds)
    )


def standing(tally: Tally, what: Text, kind: str = "") -> Text:
    opened, closed = tally.total("opened", kind), tally.total("closed", kind)
    return say(
        "{what}: {opened} masuk, {closed} selesai, {open} masih terbuka, {late} terlambat.",
        what=what,
        opened=opened,
        closed=closed,
        open=opened - closed,
        late=tally.total("late", kind),
    )


def wait_lines(recap: Recap) -> Text:
    """How quick the office was, by kind."""
    shown = [wait_line(kind, recap.tally) for kind in recap.kinds if kind in recap.tally.first]
    return lines(say("Hari kerja sampai jawaban pertama dan sampai selesai:"), *shown) if shown else ""


def wait_line(kind: str, tally: Tally) -> Text:
    title, first = KINDS[kind].title, how_long(tally.first[kind])
    if kind not in tally.end:
        return say("{kind}: jawaban {first}.", kind=title, first=first)
    return say("{kind}: jawaban {first}; selesai {end}.", kind=title, first=first, end=how_long(tally.end[kind]))


def how_long(waits: list[float]) -> Text:
    return say(
        "separuhnya dalam {half}, sembilan dari sepuluh dalam {most}",
        half=at_least_a_tenth(within(waits, 50)),
        most=at_least_a_tenth(within(waits, 90)),
    )


def at_least_a_tenth(days: float) -> Text:
    """An answer within minutes took some time, too."""
    return tenths(days) if round(days, 1) else say("kurang dari 0,1")


def tenths(number: float) -> Text:
    """With one digit behind the comma."""
    whole, tenth = divmod(round(number * 10), 10)
    return say("{whole},{tenth}", whole=whole, tenth=tenth)


def rating_line(tally: Tally) -> Text:
    rated = tally.total("rated")
    if not rated:
        return ""
    mean = tenths(tally.total("stars") / rated)
    return say(
        "Penilaian pengirim: rata-rata {mean} dari {best} ({count} penilaian).", mean=mean, best=CONTENT, count=rated
    )


def ranked(what: Text, counted: Counter[str], labels: Mapping[str, str]) -> Text:
    """The most first, the unknown last."""
    found = ((labels.get(key, key) or UNKNOWN, number) for key, number in in_order(counted))
    parts = listed(say("{label} {number}", label=label, number=number) for label, number in found)
    return say("{what}: {parts}.", what=what, parts=parts) if counted else ""


def in_order(counted: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda one: (not one[0], -one[1], one[0]))


def duty_lines(work: Work, recap: Recap) -> list[Text]:
    """Who kept the duty to report, by kind of ormas; nothing where no ormas is on record."""
    return [duty_line(work, period, groups) for period, groups in recap.duty if groups]


def duty_line(work: Work, period: Period, groups: list[Group]) -> Text:
    return lines(
        say(
            "Laporan kegiatan {period} (paling lambat {due}): {share}.",
            period=period.label,
            due=day_in_full(period.due),
            share=share(groups),
        ),
        *(
            say("{kind}: {share}", kind=label, share=share(some))
            for kind, label in work.office.kinds.items()
            if (some := [group for group in groups if group.kind == kind])
        ),
    )


def share(groups: list[Group]) -> Text:
    """`45 dari 120 ormas (37 %)`."""
    sent, owing = sum(group.sent for group in groups), sum(group.owing for group in groups)
    return say("{sent} dari {owing} ormas ({percent} %)", sent=sent, owing=owing, percent=percent(sent, owing))


def percent(part: int, whole: int) -> int:
    """Rounded down: a hundred only when it is all of them."""
    return 100 * part // whole if whole else 0


def meeting_lines(recap: Recap) -> Text:
    if not recap.meetings:
        return ""
    parts = listed(
        say("{count} {state}", count=recap.meetings[state], state=words)
        for state, words in STATES.items()
        if state in recap.meetings
    )
    return say("Audiensi: {count}, yaitu {parts}.", count=sum(recap.meetings.values()), parts=parts)
