"""A ticket in words: the card an officer works with, the lines its sender follows, the history both can read."""

from datetime import datetime

from handlers.conversation.turn import Work
from handlers.conversation.words import Text, Words, day_in_full, lines, say
from handlers.office.moments import in_full
from handlers.telling.officers import called
from handlers.telling.reach import reach_lines
from handlers.telling.rights import may, may_name
from handlers.tickets.files import file_lines
from handlers.tickets.kinds import KINDS
from storage.ormas import organisations
from storage.people import people
from storage.people.people import Person
from storage.tickets import events, queue
from storage.tickets.events import Event
from storage.tickets.tickets import ANONYMOUS, HIDDEN, Ticket

STATES: dict[str, Text] = {
    "waiting": say("sudah diterima, menunggu petugas"),
    "taken": say("sedang dikerjakan petugas"),
    "asked": say("menunggu jawaban pengirim"),
    "done": say("selesai"),
    "merged": say("selesai, digabung dengan laporan lain"),
    "unanswered": say("ditutup dahulu, pertanyaan petugas belum dijawab"),
    "withdrawn": say("ditutup oleh pengirim"),
}
"""Where a ticket stands, in words for both sides."""

DID: dict[str, Text] = {
    "opened": say("Dikirim"),
    "taken": say("Diambil petugas"),
    "forwarded": say("Diteruskan kepada petugas lain"),
    "asked": say("Petugas bertanya"),
    "again": say("Petugas meminta dikirim ulang"),
    "replied": say("Pengirim menjawab"),
    "said": say("Pengirim menulis"),
    "noted": say("Catatan petugas"),
    "answered": say("Petugas menjawab"),
    "verified": say("Diverifikasi petugas"),
    "unproven": say("Diperiksa petugas, belum terbukti"),
    "merged": say("Digabung dengan laporan lain"),
    "gathered": say("Laporan lain digabungkan ke sini"),
    "escalated": say("Disampaikan kepada atasan karena lewat batas waktu"),
    "judged": say("Hasilnya diajukan kepada orang kedua"),
    "closed": say("Ditutup"),
    "unanswered": say("Ditutup karena tidak ada jawaban dari pengirim"),
    "withdrawn": say("Ditutup oleh pengirim"),
    "reopened": say("Dibuka lagi"),
    "rated": say("Dinilai oleh pengirim"),
    "revealed": say("Nama pengirim dibuka kepada petugas yang menangani"),
    "emptied": say("Isinya dihapus karena masa simpannya berakhir"),
}
"""What the history calls each deed."""

RATINGS: dict[str, Text] = {
    "1": say("Tidak puas"),
    "2": say("Kurang puas"),
    "3": say("Puas"),
    "4": say("Sangat puas"),
}
UNVERIFIED = say("BELUM DIVERIFIKASI")


def title_of(ticket: Ticket) -> Text:
    """What it is about; said with every mention of a situation report that nobody verified."""
    named = ticket.title or KINDS[ticket.kind].title
    if ticket.kind == "situasi" and ticket.verified_at is None:
        return say("{title} ({standing})", title=named, standing=UNVERIFIED)
    if ticket.kind == "situasi":
        return say("{title} (terverifikasi)", title=named)
    return named


def headline(ticket: Ticket) -> Text:
    return say("{code}: {kind}. {title}", code=ticket.code, kind=KINDS[ticket.kind].title, title=title_of(ticket))


def state_of(ticket: Ticket, *, mine: bool = False) -> Text:
    """The state in words; `mine` for whoever sent it."""
    return say("menunggu jawaban Bapak/Ibu") if mine and ticket.state == "asked" else STATES[ticket.state]


def standing(work: Work, ticket: Ticket, *, mine: bool = False) -> Text:
    """Where it is, since when, and by when the next word is due."""
    state = state_of(ticket, mine=mine)
    if not ticket.open:
        return say("Status: {state}, {when}.", state=state, when=in_full(work, ticket.closed_at or work.now))
    if ticket.asked_at:
        return say("Status: {state} sejak {when}.", state=state, when=in_full(work, ticket.asked_at))
    return say("Status: {state}. {due}", state=state, due=due_line(work, ticket, mine))


def due_line(work: Work, ticket: Ticket, mine: bool) -> Text:
    due = in_full(work, ticket.next_by)
    if ticket.late(work.now) and not mine:
        return say("TERLAMBAT, seharusnya {when}.", when=due)
    if ticket.late(work.now):
        return say("Seharusnya kami kabari {when}; mohon maaf, kami terlambat.", when=due)
    if ticket.responded_at:
        return say("Selesai paling lambat {when}.", when=due)
    return say("Jawaban pertama paling lambat {when}.", when=due)


def summary(work: Work, ticket: Ticket) -> Text:
    """Three lines for its sender: what it is, since when, and where it stands."""
    sent = say("Dikirim: {when}.", when=in_full(work, ticket.opened_at))
    return lines(headline(ticket), sent, standing(work, ticket, mine=True))


def sender(work: Work, ticket: Ticket, viewer: Person) -> Text:
    """Who sent it, as far as this viewer may know."""
    if ticket.privacy == ANONYMOUS:
        return say("Dari: tanpa nama (kantor tidak menyimpan siapa pengirimnya)")
    if not may_name(viewer, ticket):
        return say("Dari: nama dirahasiakan atas permintaan pengirim")
    told = named(work, ticket)
    return say("{who} (nama dirahasiakan dari petugas lain)", who=told) if ticket.privacy == HIDDEN else told


def named(work: Work, ticket: Ticket) -> Text:
    """Who sent it, for whoever may know."""
    name = people.get(work.tx, ticket.person_id).name if ticket.person_id else None
    organisation = organisations.get(work.tx, ticket.organisation_id).name if ticket.organisation_id else None
    if not name:
        return say("Dari: {organisation} (pengirim sudah menghapus datanya)", organisation=organisation or "-")
    if organisation is None:
        return say("Dari: {name}", name=name)
    member = organisations.in_organisation(work.tx, ticket.person_id or 0, ticket.organisation_id or 0)
    return say(
        "Dari: {name}, {position} {organisation} ({standing})",
        name=name,
        position=member.position if member else "",
        organisation=organisation,
        standing=say("terverifikasi") if member and member.verified else say("belum diverifikasi"),
    )


def fact_lines(ticket: Ticket) -> Text:
    """The answers of its form, a line each."""
    return lines(*(say("{label}: {value}", label=Words(label), value=told) for label, told in ticket.facts.items()))


def card(work: Work, ticket: Ticket, viewer: Person) -> Text:
    """Everything an officer needs to work on it, and no name that is not theirs to know."""
    reach = ticket.person_id and ticket.open and may_name(viewer, ticket)
    return lines(
        level_of(work, ticket) if ticket.level in work.office.situation.at_once else "",
        headline(ticket),
        standing(work, ticket),
        sender(work, ticket, viewer),
        fact_lines(ticket),
        file_lines(work, ticket.id),
        in_hands(work, ticket),
        gathered_line(work, ticket),
        say("Diterima: {when}", when=in_full(work, ticket.opened_at)),
        reach_lines(work, ticket.person_id) if reach and ticket.person_id else None,
    )


def in_hands(work: Work, ticket: Ticket) -> Text:
    if not ticket.assigned_to:
        return say("Ditangani: belum ada")
    name = called(people.get(work.tx, ticket.assigned_to))
    if ticket.wanted_by:
        return say("Ditangani: {name}, diminta selesai {day}", name=name, day=day_in_full(ticket.wanted_by))
    return say("Ditangani: {name}", name=name)


def gathered_line(work: Work, ticket: Ticket) -> Text:
    others = queue.merged_into(work.tx, ticket.id)
    return say("Laporan serupa: {codes}", codes=", ".join(other.code for other in others)) if others else ""


def trail(work: Work, ticket: Ticket, viewer: Person) -> Text:
    """Its history; what officers note for each other is for those who may work on it, and not about themselves."""
    inside = may(viewer, ticket, "note") and ticket.person_id != viewer.id
    told = [event_line(work, event, inside) for event in events.of_ticket(work.tx, ticket.id)]
    opened = say("{at}: {did}", at=at(work, ticket, ticket.opened_at), did=DID["opened"])
    return lines(opened, *(line for line in told if line))


def event_line(work: Work, event: Event, inside: bool) -> Text | None:
    if event.inside and not inside:
        return None
    who = say(" ({name})", name=called(people.get(work.tx, event.officer_id))) if inside and event.officer_id else ""
    did = say("{did}{who}", did=DID[event.what], who=who)
    when = in_full(work, event.at)
    return (
        say("{at}: {did}. {words}", at=when, did=did, words=event.words)
        if event.words
        else say("{at}: {did}", at=when, did=did)
    )


def at(work: Work, ticket: Ticket, moment: datetime) -> Text:
    return say("sekitar {when}", when=in_full(work, moment)) if ticket.anonymous else in_full(work, moment)


def list_line(work: Work, ticket: Ticket) -> Text:
    """One line of a queue, short enough for a phone."""
    due = ticket.next_by.astimezone(work.now.tzinfo).strftime("%d/%m %H.%M")
    if ticket.asked_at:
        state = say("menunggu pengirim")
    elif ticket.late(work.now):
        state = say("TERLAMBAT sejak {when}", when=due)
    else:
        state = say("paling lambat {when}", when=due)
    taken = "" if ticket.assigned_to else say(", belum diambil")
    told = say("{headline}. {state}{taken}", headline=headline(ticket), state=state, taken=taken)
    level = level_of(work, ticket)
    return say("{level}. {line}", level=level, line=told) if level else told


def level_of(work: Work, ticket: Ticket) -> str:
    """How serious it is, in capitals where people are in danger; empty where nothing was said about that."""
    level = work.office.situation.levels.get(ticket.level, ticket.level)
    return level.upper() if ticket.level in work.office.situation.at_once else level
