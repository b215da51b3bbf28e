"""`/status` for leaders, `/antrean` for officers: where everything stands."""

import re

from handlers.change_meeting import NOT_YOURS, mine
from handlers.conversation.catalogue import Action
from handlers.conversation.turn import Choice, Turn
from handlers.conversation.words import Text, day_in_full, lines, paragraphs, say
from handlers.decide_meeting import CARD, leaders_choices
from handlers.meeting_words import offered_line, promise_lines, summary, trail, when
from handlers.officers import OFFICERS
from handlers.verify_member import member_code, membership_card, membership_choices
from storage import meetings, organisations, people
from storage.organisations import Membership

NUMBER = re.compile(r"[1-9]\d{0,8}", re.ASCII)
"""The number of a request, with or without what stands before it."""
SHOWN = 10
"""Requests in one list, the newest first (a WhatsApp list has room for as many)."""


def status(turn: Turn, rest: str) -> None:
    """`/status`: every request with its number, time and state; one press, or its number, shows its history."""
    if number := NUMBER.search(rest):
        asked = meetings.by_code(turn.tx, f"AUD-{int(number[0]):04d}")
        show_trail(turn, str(asked.id if asked else 0))
        return
    found = meetings.of_person(turn.tx, turn.person.id, SHOWN)
    if not found:
        turn.say(say("Bapak/Ibu belum punya permintaan."), choices=[Choice("c.audiensi", say("Minta audiensi"))])
        return
    turn.say(
        paragraphs(*(summary(turn, meeting) for meeting in found)),
        say("Pilih nomor layanan untuk melihat riwayatnya."),
        choices=[Choice(f"a.riwayat.{meeting.id}", meeting.code) for meeting in found],
    )


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


def queue(turn: Turn, rest: str) -> None:  # noqa: ARG001
    """`/antrean`: what waits for the office, the oldest first."""
    waiting, members = meetings.waiting(turn.tx, turn.now), organisations.unverified(turn.tx)
    over = meetings.unrecorded(turn.tx, turn.now)
    if not waiting and not members and not over:
        turn.say(say("Antrean kosong. Tidak ada yang menunggu."))
        return
    turn.say(
        say("Menunggu keputusan: {count}", count=len(waiting)),
        lines(
            *(
                say(
                    "{code}: {when}, diminta {since}",
                    code=m.code,
                    when=when(turn, m),
                    since=day_in_full(m.requested_at.astimezone(turn.now.tzinfo).date()),
                )
                for m in waiting[:SHOWN]
            )
        ),
        say("Menunggu catatan hasil: {codes}", codes=", ".join(m.code for m in over[:SHOWN])) if over else "",
        lines(say("Pengurus menunggu diperiksa:"), *(one_member(turn, m) for m in members[:SHOWN])) if members else "",
        choices=[
            *(Choice(f"a.{CARD.name}.{meeting.id}", meeting.code) for meeting in (*waiting[:SHOWN], *over[:SHOWN])),
            *(
                # Without a name: what a screen showed is stored with the officer, who cannot erase it for the leader.
                Choice(f"a.anggota.{m.id}", say("Periksa {code}", code=member_code(m)))
                for m in members[:SHOWN]
            ),
        ],
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


HISTORY = Action("riwayat", show_trail, say("Riwayat"), "riwayat")
MEMBER = Action("anggota", show_member, say("Periksa"), "periksa", OFFICERS, "ANG")
