"""A talk that rests: its sender talks to the bot, the ticket stays open, and one press or word leads back."""

from handlers.conversation.catalogue import Action
from handlers.conversation.turn import Choice, Turn, Work
from handlers.conversation.words import say
from handlers.tickets.officer.staff import guarded
from storage.people import people
from storage.tickets import queue, talks
from storage.tickets.tickets import Ticket

KIND = "percakapan"
PAUSED = say("Pengirim menjeda percakapan. Tulisan Bapak/Ibu tetap diteruskan kepadanya.")


def resume(turn: Turn, ticket: Ticket) -> None:
    """The sender's words go to the office again."""
    if not ticket.open or ticket.kind != KIND:
        turn.say(say("{code} sudah ditutup. Ketik /petugas untuk percakapan baru.", code=ticket.code))
        return
    enter(turn, ticket)
    turn.say(
        say(
            "Percakapan {code} masih terbuka. Silakan terus menulis di sini. Ketik /selesai"
            " untuk mengakhiri, /jeda untuk kembali ke bot.",
            code=ticket.code,
        )
    )


def enter(turn: Turn, ticket: Ticket) -> None:
    """The offer to go on is answered by it."""
    talks.begin(turn.tx, turn.person.id, ticket.id, turn.now)
    turn.screen.decided(f"a.{RESUME.name}.{ticket.id}")


def paused(turn: Turn) -> Ticket | None:
    """The one talk this person left open, if an officer wrote into it since: the offer to go on still stands."""
    mine = queue.open_of_person(turn.tx, turn.person.id)
    running = [ticket for ticket in mine if ticket.kind == KIND]
    offered = {token for token, _, _ in turn.screen.offered}
    return running[0] if len(running) == 1 and f"a.{RESUME.name}.{running[0].id}" in offered else None


def tell_paused(turn: Turn, ticket: Ticket) -> None:
    """To the officers who are in it."""
    for officer in talks.in_ticket(turn.tx, ticket.id):
        turn.tell(people.get(turn.tx, officer), say("{code}: {told}", code=ticket.code, told=PAUSED))


def to_resume(work: Work, ticket: Ticket) -> list[Choice]:
    """The way back for a sender who paused the talk."""
    away = ticket.person_id is not None and talks.of_person(work.tx, ticket.person_id) != ticket.id
    return [RESUME.on(ticket.id, ticket.code)] if away else []


RESUME = Action("sambung", guarded("reply", resume), say("Lanjutkan percakapan"), "lanjutkan", prefixes=("TNY",))
