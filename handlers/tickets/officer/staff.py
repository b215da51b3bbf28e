"""Everybody of the office who works on tickets: who is told about one, and how their deeds are written down."""

from collections.abc import Callable

from handlers.conversation.turn import Choice, Turn, Work
from handlers.conversation.words import Text, say
from handlers.telling.officers import audit, called
from handlers.telling.own_matters import for_others
from handlers.telling.rights import ROLES, holders, may, own
from handlers.tickets.kinds import KINDS
from handlers.tickets.words import STATES, card
from storage.database.database import NotFound
from storage.people import people
from storage.people.people import Person
from storage.tickets import events, files, tickets
from storage.tickets.tickets import HIDDEN, Ticket

STAFF = frozenset(ROLES) - {"owner"}
NOT_THERE = say(
    "Nomor itu tidak kami temukan di antara yang boleh Bapak/Ibu lihat. Ketik /status untuk melihat kiriman "
    "Bapak/Ibu, /menu untuk pilihan lain."
)
"""The same words whether there is no such ticket or it is not theirs to see: neither can be told from the other."""

Run = Callable[[Turn, Ticket], None]


def guarded(action: str, run: Run) -> Callable[[Turn, str], None]:
    """An action on a ticket, for whoever may do it with that ticket."""

    def guard(turn: Turn, record: str) -> None:
        try:
            ticket = current(turn, int(record))
        except NotFound:
            turn.say(NOT_THERE)
            return
        refused = refusal(turn, ticket, action)
        if refused is None:
            run(turn, ticket)
        else:
            turn.say(refused)

    return guard


def refusal(turn: Turn, ticket: Ticket, action: str) -> Text | None:
    """Why this person cannot do that with this ticket; None when they can."""
    if own(turn.person, ticket, action):
        return for_others(turn, holders(ticket.kind, action))
    return None if may(turn.person, ticket, action) else NOT_THERE


def current(work: Work, ticket_id: int) -> Ticket:
    """The ticket as it is; from the hands of somebody who may not work on it any more it goes back. Raises NotFound."""
    ticket = tickets.get(work.tx, ticket_id)
    if ticket.assigned_to is None or people.get(work.tx, ticket.assigned_to).roles & holders(ticket.kind):
        return ticket
    if tickets.forward(work.tx, ticket.id, None, None):
        ticket = tickets.get(work.tx, ticket.id)
        tell_staff(work, ticket, say("{code} kembali ke antrean: petugasnya tidak bertugas lagi.", code=ticket.code))
    return ticket


def show(work: Work, officer: Person, ticket: Ticket, *because: Text) -> bool:
    """A card to one officer, with what they may do; False when they cannot be reached."""
    return work.tell(officer, *because, card(work, ticket, officer), choices=choices_for(work, officer, ticket))


def tell_staff(
    work: Work, ticket: Ticket, *because: Text, roles: frozenset[str] | None = None, but: int | None = None
) -> int:
    """A card to everyone who works on this kind (or who holds one of `roles`); how many could be reached."""
    wanted = holders(ticket.kind) if roles is None else roles & holders(ticket.kind)
    others = (officer for officer in people.with_roles(work.tx, wanted) if officer.id != but)
    return sum(show(work, officer, ticket, *because) for officer in others)


def ring_softly(work: Work, ticket: Ticket) -> None:
    """That something came without a name, and no word of it: it is read on its card, by whoever opens that."""
    told = say("Kiriman baru tanpa nama: {code} ({kind}).", code=ticket.code, kind=KINDS[ticket.kind].title)
    for officer in people.with_roles(work.tx, holders(ticket.kind)):
        work.tell(officer, told, choices=work.catalogue.choices(("tiket", "ambil"), ticket.id, ticket.code))


def tell_in_charge(work: Work, ticket: Ticket, *because: Text) -> None:
    """A card to whoever has it in hand; where nobody has, or they cannot be reached, to everyone who could take it."""
    officer = people.get(work.tx, ticket.assigned_to) if ticket.assigned_to else None
    if officer is None or not show(work, officer, ticket, *because):
        tell_staff(work, ticket, *because)


def choices_for(work: Work, officer: Person, ticket: Ticket) -> list[Choice]:
    """What this officer can do with it now."""
    names = [name for name, action, fits in OFFERED if fits(ticket, officer) and may(officer, ticket, action)]
    if files.of_ticket(work.tx, ticket.id) and may(officer, ticket, "files"):
        names.append("berkas")
    return work.catalogue.choices(names, ticket.id, ticket.code)


Fits = Callable[[Ticket, Person], bool]
OFFERED: tuple[tuple[str, str, Fits], ...] = (
    ("ambil", "take", lambda ticket, officer: ticket.open and ticket.assigned_to is None),
    ("bicara", "talk", lambda ticket, officer: ticket.open),
    ("jawab", "answer", lambda ticket, officer: ticket.open and ticket.kind != "percakapan"),
    ("tanya", "ask", lambda ticket, officer: ticket.open and ticket.kind != "percakapan"),
    ("verifikasi", "verify", lambda ticket, officer: ticket.open and ticket.verified_at is None),
    ("tutup-tiket", "close", lambda ticket, officer: ticket.open),
    ("lain", "note", lambda ticket, officer: ticket.open),
    ("buka-lagi", "reopen", lambda ticket, officer: not ticket.open),
)
"""Name of the action (handlers/__init__.py), the right it needs, and when it makes sense: no more than a list holds."""

MORE: tuple[tuple[str, str, Fits], ...] = (
    ("teruskan-tiket", "forward", lambda ticket, officer: True),
    ("catat", "note", lambda ticket, officer: True),
    ("minta-ulang", "again", lambda ticket, officer: ticket.kind != "percakapan"),
    ("gabungkan", "merge", lambda ticket, officer: True),
    ("bisukan", "mute", lambda ticket, officer: ticket.person_id is not None),
    ("buka-nama", "reveal", lambda ticket, officer: ticket.open and ticket.privacy == HIDDEN),
    ("siarkan", "announce", lambda ticket, officer: True),
)
"""What is needed less often: behind "Lainnya"."""


def more_for(work: Work, officer: Person, ticket: Ticket) -> list[Choice]:
    names = [name for name, action, fits in MORE if fits(ticket, officer) and may(officer, ticket, action)]
    return work.catalogue.choices(names, ticket.id, ticket.code)


def note(turn: Turn, ticket: Ticket, what: str, words: str | None = None, *, inside: bool = False) -> int:
    """An officer's deed: in the ticket's history and in the audit. The audit keeps no words of a ticket."""
    audit(turn, f"ticket-{what}", ticket.code)
    return events.add(turn.tx, ticket.id, what, turn.now, officer_id=turn.person.id, words=words, inside=inside)


def settled(turn: Turn, ticket: Ticket) -> Text:
    """What to say to the second of two officers."""
    ticket = tickets.get(turn.tx, ticket.id)
    deeds = [event for event in events.of_ticket(turn.tx, ticket.id) if event.officer_id]
    if not deeds:
        return say("{code} sekarang {state}. Tidak ada yang diubah.", code=ticket.code, state=STATES[ticket.state])
    who = called(people.get(turn.tx, deeds[-1].officer_id or 0))
    return say(
        "{code} sekarang {state} (terakhir oleh {who}). Tidak ada yang diubah.",
        code=ticket.code,
        state=STATES[ticket.state],
        who=who,
    )
