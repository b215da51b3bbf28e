"""A messenger names a person anew, by another number or another account: their record follows them there.

What becomes of a record that stands there already is docs/decisions/0013-a-changed-number.md.
"""

from handlers.conversation.message import Incoming, Kind
from handlers.conversation.turn import Work
from handlers.conversation.words import Text, listed, say
from handlers.membership.verify import ask_again, member_code
from handlers.telling.officers import called, to_officers
from handlers.telling.reach import MESSENGERS
from storage.machine import audit
from storage.ormas import organisations
from storage.people import merges, people
from storage.people.people import Person

MOVED = "moved"
"""Why two were merged here. It is never undone: of their two chats only one is left."""


def follow(work: Work, incoming: Incoming) -> None:
    """What the messenger vouches for in this item, before anything else. Whoever we do not know stays unknown.

    A notice of a move names the old address first; any other message names its sender twice, by account and number.
    """
    notice = incoming.kind is Kind.MOVED
    old, new = (incoming.address, incoming.also) if notice else (incoming.also, incoming.address)
    left = at(work, incoming.channel, old) if old else None
    if left is None:
        return
    found = at(work, incoming.channel, new)
    if found is None or found.id == left.id:
        readdress(work, incoming.channel, old, new)
        if found is None:
            tell_of_move(work, left, incoming.channel)
        return
    sure, doubted = (left, found) if notice else (found, left)
    if not doubted.roles and (not notice or began_after(work, doubted, incoming)):
        unite(work, sure, doubted, incoming.channel, old, new)
    else:
        set_aside(work, sure, doubted, incoming.channel, new if notice else old)
        if notice:
            readdress(work, incoming.channel, old, new)
    if notice:
        tell_of_move(work, left, incoming.channel)


def at(work: Work, channel: str, address: str) -> Person | None:
    person_id = people.chat_of(work.tx, channel, address).person_id
    return None if person_id is None else people.get(work.tx, person_id)


def began_after(work: Work, person: Person, notice: Incoming) -> bool:
    """Whether only the one who moved can have begun this record: nobody else was at that address since."""
    return notice.at is not None and people.began(work.tx, person.id) >= notice.at


def readdress(work: Work, channel: str, old: str, new: str) -> None:
    merges.readdress(work.tx, channel, old, new)
    people.readdress(work.tx, channel, old, new)


def tell_of_move(work: Work, person: Person, channel: str) -> None:
    """It stands in the audit, and no right of an officer changes its place without the others' knowledge."""
    audit.add(work.tx, person.id, "messenger", "moved", f"person:{person.id}", channel, work.now)
    if person.officer:
        to_officers(
            work,
            say(
                "{messenger} memberi tahu bahwa akun petugas {name} berganti nomor atau nama. Haknya ikut pindah. "
                "Kalau {name} tidak mengetahuinya, mohon segera beri tahu admin.",
                messenger=MESSENGERS.get(channel, channel),
                name=called(person),
            ),
            but=person.id,
        )


def unite(work: Work, sure: Person, doubted: Person, channel: str, old: str, new: str) -> None:
    """Two records of one person. The one that is vouched for is kept, so what was verified of the other is doubted."""
    merges.readdress(work.tx, channel, old, new)
    merge = merges.merge(work.tx, sure.id, doubted.id, MOVED, work.now)
    merges.hand_on(work.tx, sure.id, doubted.id)
    people.readdress(work.tx, channel, old, new)
    ask_again(work, merge)
    work.tell(
        people.get(work.tx, sure.id),
        say(
            "{messenger} memberi tahu bahwa nomor atau nama akun Bapak/Ibu berganti. Catatan Bapak/Ibu yang lama dan "
            "yang baru sekarang kami satukan: permintaan, isian, dan keanggotaan.",
            messenger=MESSENGERS.get(channel, channel),
        ),
        say(
            "Ini tidak dapat dipisahkan lagi dengan /lepaskan, karena obrolan yang lama sudah tidak ada. "
            "Kalau ada yang bukan milik Bapak/Ibu, mohon beri tahu {contact}. Untuk melihatnya, ketik /dataku.",
            contact=work.office.privacy.contact,
        ),
    )


def set_aside(work: Work, sure: Person, doubted: Person, channel: str, address: str) -> None:
    """The number may be somebody else's now: it opens the doubted record no more, which keeps all it holds."""
    away = people.take_away(work.tx, channel, address, work.now)
    merges.readdress(work.tx, channel, address, away)
    audit.add(work.tx, doubted.id, "messenger", "set-aside", f"person:{doubted.id}", f"person:{sure.id}", work.now)
    to_officers(
        work,
        say(
            "{messenger} memberi tahu bahwa nomor yang tercatat atas nama {other} sekarang dipakai {name}. "
            "Nomor bisa berpindah ke orang lain, jadi kedua catatan tidak kami satukan.",
            messenger=MESSENGERS.get(channel, channel),
            other=named(work, doubted),
            name=named(work, sure),
        ),
        say(
            "Catatan {other} tetap tersimpan, tetapi tidak dapat lagi dibuka atau dihubungi lewat nomor itu. "
            "Mohon dipastikan langsung kepada yang bersangkutan.",
            other=named(work, doubted),
        ),
        but=doubted.id,
    )
    work.tell(
        doubted,
        say(
            "{messenger} memberi tahu bahwa nomor Bapak/Ibu di sana sekarang dipakai akun lain, jadi kami lepaskan "
            "dari catatan Bapak/Ibu. Kalau akun itu milik Bapak/Ibu sendiri, ketik /hubungkan.",
            messenger=MESSENGERS.get(channel, channel),
        ),
    )


def named(work: Work, person: Person) -> Text:
    """With the numbers under which officers find a leader."""
    if person.officer or not person.name:
        return called(person) if person.officer else say("seseorang yang belum bernama")
    codes = [member_code(membership) for membership in organisations.of_person(work.tx, person.id)]
    return say("{name} ({codes})", name=person.name, codes=listed(codes)) if codes else person.name
