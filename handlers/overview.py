"""`/status` for leaders, `/antrean` for officers: where everything stands."""

import re

from handlers.conversation.catalogue import Action, Effect
from handlers.conversation.converse import menu
from handlers.conversation.turn import Choice, Turn
from handlers.conversation.words import Text, day_in_full, folded, lines, paragraphs, say
from handlers.meeting.change import NOT_YOURS, mine
from handlers.meeting.decide import CARD, leaders_choices
from handlers.meeting.words import STATES, offered_line, overdue, promise_lines, standing, summary, trail, when
from handlers.membership.verify import member_code, membership_card, membership_choices
from handlers.register.decide import CARD as CORRECTION
from handlers.register.facts import BY_KEY
from handlers.second_look import waiting_choices
from handlers.telling.officers import OFFICERS
from handlers.tickets.kinds import PREFIXES
from handlers.tickets.officer.queue import LATE, MINE, UNTAKEN, everything, in_danger, own_lines, page, show_filtered
from handlers.tickets.officer.staff import NOT_THERE
from handlers.tickets.sender.follow import show_own
from storage.meetings import meetings
from storage.meetings.meetings import Meeting
from storage.ormas import corrections, organisations
from storage.ormas.corrections import Correction
from storage.ormas.organisations import Membership
from storage.people import people
from storage.tickets import queue as ticket_queue
from storage.tickets import tickets
from storage.tickets.tickets import Ticket

NUMBER = re.compile(r"(?:\b([a-z]{3})[ –-]*)?0*([1-9]\d{0,8})", re.ASCII | re.IGNORECASE)
"""The number of a request or a ticket, with or without what stands before it; telephones make dashes longer."""
SHOWN = 5
"""Requests and tickets in one list, the open and newest of each first (a WhatsApp list has room for ten)."""
ALL, MOST = {"semua", "all"}, 100
"""What is typed for the others, and how many of each kind are then told."""


def status(turn: Turn, rest: str) -> None:
    """`/status`: everything sent, with its number and state; one press, or its number, shows its history."""
    if number := NUMBER.search(rest):
        prefix = number[1] or prefix_of_own(turn, int(number[2]))
        show_numbered(turn, prefix.upper(), int(number[2]))
        return
    whole = folded(rest) in ALL
    found = meetings.of_person(turn.tx, turn.person.id, MOST if whole else SHOWN)
    sent, choices = own_lines(turn, MOST if whole else SHOWN)
    if not found and not sent:
        turn.say(say("Bapak/Ibu belum mengirim apa pun. Monggo, pilih di bawah ini."), choices=menu(turn))
        return
    shown = paragraphs(*(summary(turn, meeting) for meeting in found), *sent)
    if whole:
        turn.say(shown, say("Ketik nomor layanan untuk melihat riwayatnya."))
        return
    turn.say(
        shown,
        say("Pilih nomor layanan untuk melihat riwayatnya."),
        the_others(turn, len(found) + len(sent)),
        choices=[*(Choice(f"a.riwayat.{meeting.id}", meeting.code) for meeting in found), *choices],
    )


def the_others(turn: Turn, shown: int) -> Text:
    """How many are not on the list, and how they are seen."""
    more = meetings.count(turn.tx, turn.person.id) + ticket_queue.count_of_person(turn.tx, turn.person.id) - shown
    if more <= 0:
        return ""
    return say("Yang masih berjalan di atas. Masih ada {count} lagi: ketik /status semua.", count=more)


def prefix_of_own(turn: Turn, number: int) -> str:
    """What stands before a number somebody typed without it."""
    own = (tickets.by_code(turn.tx, f"{prefix}-{number}") for prefix in PREFIXES)
    found = next((ticket for ticket in own if ticket is not None and ticket.person_id == turn.person.id), None)
    return found.code[:3] if found else "AUD"


def show_numbered(turn: Turn, prefix: str, number: int) -> None:
    """The history behind a number that was typed; the same words for what is not there and what is not theirs."""
    if prefix in PREFIXES:
        ticket = tickets.by_code(turn.tx, f"{prefix}-{number}")
        show_own_or_not(turn, ticket)
        return
    asked = meetings.by_code(turn.tx, f"AUD-{number:04d}")
    show_trail(turn, str(asked.id if asked else 0))


def show_own_or_not(turn: Turn, ticket: Ticket | None) -> None:
    if ticket is not None and ticket.person_id == turn.person.id:
        show_own(turn, ticket)
    else:
        turn.say(NOT_THERE)


def show_trail(turn: Turn, record: str) -> None:
    """One request with its history in words, its promises, and what can be done with it now."""
    meeting = mine(turn, record)
    if meeting is None:
        turn.say(NOT_YOURS)
        return
    turn.say(
        lines(summary(turn, meeting), offered_line(turn, meeting)),
        lines(say("Riwayat:"), trail(turn, meeting, for_office=False)),
        lines(say("Hasil:"), meeting.minutes) if meeting.minutes else "",
        promise_lines(turn, meeting),
        choices=leaders_choices(turn, meeting),
    )


def queue(turn: Turn, rest: str) -> None:
    """`/antrean`: requests and members, then tickets, along the filter that is asked for; danger first of all."""
    if rest:
        show_filtered(turn, rest, filtered_guests(turn, folded(rest)))
        return
    told, choices = guests(turn) if turn.person.officer else ([], [])
    if looks := waiting_choices(turn):
        told, choices = [*told, say("Menunggu persetujuan Bapak/Ibu: {count}", count=len(looks))], [*choices, *looks]
    sent, presses = page(turn, everything(turn))
    if not told and not sent:
        turn.say(say("Antrean kosong. Tidak ada yang menunggu. Yang lain ada di /menu."))
    elif in_danger(turn, everything(turn)):
        turn.say(*sent, *told, choices=[*presses, *choices])
    else:
        turn.say(*told, *sent, choices=[*choices, *presses])


def guests(turn: Turn) -> tuple[list[Text], list[Choice]]:
    """Requests for meetings, meetings without a record, members to be verified and corrections, the oldest first."""
    waiting, members = meetings.waiting(turn.tx, turn.now), organisations.unverified(turn.tx, SHOWN)
    over = meetings.unrecorded(turn.tx, turn.now)[:SHOWN]
    proposed = corrections.waiting(turn.tx, SHOWN)
    told = [
        lines(say("Menunggu keputusan: {count}", count=len(waiting)), *(one_request(turn, m) for m in waiting[:SHOWN]))
        if waiting
        else "",
        say("Menunggu catatan hasil: {codes}", codes=", ".join(m.code for m in over)) if over else "",
        lines(say("Pengurus menunggu diperiksa:"), *(one_member(turn, m) for m in members)) if members else "",
        lines(say("Usulan perbaikan data:"), *(one_correction(turn, c) for c in proposed)) if proposed else "",
    ]
    cards = [Choice(f"a.{CARD.name}.{meeting.id}", meeting.code) for meeting in (*waiting[:SHOWN], *over)]
    # Without a name: what a screen showed is stored with the officer, who cannot erase it for the leader.
    checks = [Choice(f"a.anggota.{m.id}", say("Periksa {code}", code=member_code(m))) for m in members]
    changes = [Choice(f"a.{CORRECTION.name}.{c.id}", say("Periksa {code}", code=c.code)) for c in proposed]
    return [text for text in told if text], [*cards, *checks, *changes]


def filtered_guests(turn: Turn, word: str) -> tuple[list[Text], list[Choice]]:
    """Requests for meetings that stand under a filter: in one's own hands, in nobody's, past their time."""
    if not turn.person.officer or word not in (MINE, UNTAKEN, LATE):
        return [], []
    if word == MINE:
        found = meetings.assigned(turn.tx, turn.person.id)
    else:
        waiting = meetings.waiting(turn.tx, turn.now)
        found = [m for m in waiting if (m.assigned_to is None if word == UNTAKEN else overdue(m, turn.now))]
    told = lines(say("Audiensi: {count}", count=len(found)), *(summary(turn, m) for m in found[:SHOWN]))
    return [told] if found else [], [Choice(f"a.{CARD.name}.{m.id}", m.code) for m in found[:SHOWN]]


def one_request(turn: Turn, meeting: Meeting) -> Text:
    asked = day_in_full(meeting.requested_at.astimezone(turn.now.tzinfo).date())
    told = say("{code}: {when}, diminta {since}", code=meeting.code, when=when(turn, meeting), since=asked)
    plain = standing(turn, meeting) == STATES[meeting.state]
    return told if plain else say("{told} ({standing})", told=told, standing=standing(turn, meeting))


def one_correction(turn: Turn, correction: Correction) -> Text:
    return say(
        "{code}: {organisation}, {fact}",
        code=correction.code,
        organisation=organisations.get(turn.tx, correction.organisation_id).name,
        fact=BY_KEY[correction.fact].label,
    )


def one_member(turn: Turn, membership: Membership) -> Text:
    return say(
        "{code}: {name}, {position} {organisation}",
        code=member_code(membership),
        name=people.get(turn.tx, membership.person_id).name,
        position=membership.position,
        organisation=membership.organisation.name,
    )


def show_member(turn: Turn, record: str) -> None:
    """The card of one membership out of the queue."""
    membership = organisations.membership(turn.tx, int(record))
    open_still = not membership.verified and not membership.refused
    turn.say(*membership_card(turn, membership), choices=membership_choices(turn, membership) if open_still else ())


HISTORY = Action("riwayat", show_trail, say("Riwayat"), "riwayat", effect=Effect.SHOWS)
MEMBER = Action("anggota", show_member, say("Periksa"), "periksa", OFFICERS, ("ANG",), effect=Effect.SHOWS)
