"""An ormas of the register in words: `/ormas` for officers, a leader's own under `/profil`."""

from datetime import date

from handlers.conversation.catalogue import Action, Effect
from handlers.conversation.turn import Choice, Turn, Work
from handlers.conversation.words import Text, day_in_full, lines, say
from handlers.membership.profile import exact, near
from handlers.membership.verify import member_code
from handlers.register.correct import CHANGE, PROPOSE
from handlers.register.ends import ENDS, days_left
from handlers.register.facts import BY_KEY, FACTS
from storage.machine import reminders
from storage.machine.reminders import Reminder
from storage.ormas import corrections, organisations, registry
from storage.ormas.corrections import Correction
from storage.ormas.organisations import Membership
from storage.ormas.registry import Record
from storage.people import people

OPEN_TO_ALL = ("name", "kind", "fields", "kecamatan")
"""What somebody may see of an ormas as long as nobody verified that they lead it: what they said themselves."""
SHOWN = 10
SOON = 90
"""Days before an end in which it stands in the overview."""


def search(turn: Turn, rest: str) -> None:
    """`/ormas NAMA`: by number, code, exact name, initials, or what is like it."""
    if not rest:
        overview(turn)
        return
    names = organisations.names(turn.tx)
    found = registry.numbered(turn.tx, rest) or [one for one in [exact(names, rest)] if one] or [*near(names, rest)]
    if len(found) == 1:
        show(turn, str(found[0]))
    elif found:
        told = [registry.get(turn.tx, number) for number in found[:SHOWN]]
        turn.say(
            say("Yang mana yang Bapak/Ibu maksud dengan “{typed}”?", typed=rest),
            lines(*map(name_line, told)),
            choices=[open_record(record) for record in told],
        )
    else:
        turn.say(say("“{typed}” tidak ada di daftar ormas.", typed=rest))


def overview(turn: Turn) -> None:
    """What waits for an officer in the register, and what ends soon."""
    waiting = corrections.waiting(turn.tx, SHOWN)
    today = turn.now.date()
    ending = registry.ending(turn.tx, today, today.fromordinal(today.toordinal() + SOON), SHOWN)
    turn.say(
        lines(say("Usulan perbaikan yang menunggu:"), *(correction_line(turn, one) for one in waiting))
        if waiting
        else say("Tidak ada usulan perbaikan yang menunggu."),
        lines(say("SKT yang segera berakhir:"), *(ending_line(turn, record) for record in ending)) if ending else "",
        say("Untuk mencari, tulis namanya di belakang perintah, misalnya: /ormas melati"),
        choices=[
            *(Choice(f"a.perbaikan.{one.id}", say("Periksa {code}", code=one.code)) for one in waiting),
            *map(open_record, ending[: SHOWN - len(waiting)]),
        ],
    )


def name_line(record: Record) -> Text:
    return say("{code}: {name}, {kecamatan}", code=record.code, name=record.name, kecamatan=record.facts["kecamatan"])


def ending_line(work: Work, record: Record) -> Text:
    end = record.day("expires_on")
    assert end is not None
    left = (end - work.now.date()).days
    return say("{code}: {name}, {left}", code=record.code, name=record.name, left=days_left(left))


def correction_line(work: Work, correction: Correction) -> Text:
    return say(
        "{code}: {name}, {fact}",
        code=correction.code,
        name=registry.get(work.tx, correction.organisation_id).name,
        fact=BY_KEY[correction.fact].label,
    )


def open_record(record: Record) -> Choice:
    return Choice(f"a.data-ormas.{record.id}", say("Lihat {code}", code=record.code), f"lihat {record.code}")


def show(turn: Turn, record: str) -> None:
    """One ormas: all of it for officers and its verified leaders, little for those nobody verified yet."""
    found = registry.get(turn.tx, int(record))
    own = organisations.in_organisation(turn.tx, turn.person.id, found.id)
    if turn.person.officer:
        turn.say(*card(turn, found), choices=[CHANGE.on(found.id, found.code)])
    elif own is None:
        turn.say(say("Ormas itu tidak ada di daftar Bapak/Ibu. Ketik /profil untuk melihat daftarnya."))
    elif not own.verified:
        turn.say(
            fact_lines(turn, found, OPEN_TO_ALL),
            say("Data lengkap tampil setelah petugas memeriksa kepengurusan Bapak/Ibu."),
        )
    else:
        turn.say(
            fact_lines(turn, found),
            own_corrections(turn, found),
            say("Ada yang keliru atau berubah? Usulkan perbaikannya; petugas yang memutuskan."),
            choices=[PROPOSE.on(found.id, found.code)],
        )


def fact_lines(work: Work, record: Record, keys: tuple[str, ...] = ()) -> Text:
    """Each fact that is known, on a line of its own."""
    known = (fact for fact in FACTS if record.facts[fact.key] and fact.key in (keys or BY_KEY))
    return lines(
        record.code,
        *(
            say("{label}: {value}", label=fact.label, value=fact.write(record.facts[fact.key], work.office))
            for fact in known
        ),
    )


def card(work: Work, record: Record) -> list[Text]:
    """Everything an officer may want to know: the facts, who speaks for it, what is to come and what waits."""
    leaders = organisations.leaders(work.tx, record.id)
    missing = [fact.label for fact in FACTS if not record.facts[fact.key]]
    return [
        fact_lines(work, record),
        lines(say("Belum diketahui:"), lines(*missing)) if missing else "",
        lines(say("Pengurus terverifikasi:"), *(leader_line(work, leader) for leader in leaders))
        if leaders
        else say("Belum ada pengurus terverifikasi."),
        timers(work, record),
        lines(
            say("Usulan perbaikan yang menunggu:"),
            *(correction_line(work, one) for one in corrections.open_of_organisation(work.tx, record.id)),
        )
        if corrections.open_of_organisation(work.tx, record.id)
        else "",
    ]


def leader_line(work: Work, leader: Membership) -> Text:
    """With its code, by which the line is found again should that person want to be forgotten."""
    name = people.get(work.tx, leader.person_id).name
    return say("{code}: {name}, {position}", code=member_code(leader), name=name, position=leader.position)


def timers(work: Work, record: Record) -> Text:
    """Days on which the leaders will be told that something ends, and what."""
    to_come = [
        timer_line(timer, timer.due_at.astimezone(work.now.tzinfo).date())
        for kind, fact in ENDS.items()
        for timer in reminders.waiting(work.tx, kind, record.id, record.facts[fact])
    ]
    return lines(say("Pengingat kepada pengurus:"), *to_come) if to_come else ""


def timer_line(timer: Reminder, day: date) -> Text:
    left = (date.fromisoformat(timer.basis) - day).days
    if timer.kind == "term-ends":
        return say("{day}: masa bakti pengurus berakhir {left} hari lagi", day=day_in_full(day), left=left)
    return say("{day}: SKT berakhir {left} hari lagi", day=day_in_full(day), left=left)


def own_corrections(turn: Turn, record: Record) -> Text:
    """What this leader proposed and nobody decided yet."""
    mine = [one for one in corrections.open_of_person(turn.tx, turn.person.id) if one.organisation_id == record.id]
    return lines(say("Usulan Bapak/Ibu yang menunggu:"), *(correction_line(turn, one) for one in mine)) if mine else ""


DATA = Action("data-ormas", show, say("Lihat data"), "lihat", prefixes=("ORM",), effect=Effect.SHOWS)
