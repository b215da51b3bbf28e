"""`/petugas`: talking to a person of the office. Both sides go through the ticket; the bot stays silent in between."""

from datetime import timedelta

from handlers.conversation.catalogue import Action
from handlers.conversation.form import start
from handlers.conversation.questions.files import note_file
from handlers.conversation.questions.question import Unfit, text
from handlers.conversation.turn import Turn, Work
from handlers.conversation.words import Text, say
from handlers.office.moments import in_full
from handlers.rumour.check import opened_by_code
from handlers.talk import pause as rest
from handlers.telling.officers import audit, called
from handlers.telling.rights import may, may_name
from handlers.telling.templates import TICKET
from handlers.tickets import deadlines
from handlers.tickets.files import newest_file
from handlers.tickets.officer.inside import meant_for_office
from handlers.tickets.officer.office_form import begin
from handlers.tickets.officer.staff import STAFF, current, guarded, note, settled, tell_staff
from handlers.tickets.officer.work import Closing
from handlers.tickets.sender import limits, unasked_reply
from handlers.tickets.sender.follow import withdraw
from handlers.tickets.sender.sending import About, Sending
from handlers.tickets.words import STATES, card, trail
from storage.machine import audit as ledger
from storage.people import people
from storage.people.people import Person
from storage.tickets import events, queue, talks, tickets
from storage.tickets import files as ticket_files
from storage.tickets.tickets import NAMED, Ticket

JOINED = "talk-joined"
WAITS = 20
"""Earlier talks the expected wait is taken from; fewer than `ENOUGH` tell nothing."""
ENOUGH = 3


class Talk(Sending, name="petugas"):
    """The first words; what is written afterwards goes the same way."""

    kind = rest.KIND
    title = say("Percakapan dengan petugas")
    review = False
    words: str = text(
        say("Pertanyaan"), say("Apa yang ingin dibicarakan dengan petugas?"), at_most=2000, multiline=True
    )

    def about_it(self) -> About:
        return About(title=self.words, privacy=NAMED)

    def say_received(self, ticket: Ticket, secret: str) -> None:  # noqa: ARG002
        turn = self.turn
        talks.begin(turn.tx, turn.person.id, ticket.id, turn.now)
        turn.say(
            say("Pesan Bapak/Ibu sudah kami teruskan ke petugas dengan nomor {code}.", code=ticket.code),
            hours_line(turn),
            wait_line(turn, ticket),
            say(
                "Silakan terus menulis di sini; semuanya diteruskan ke petugas, bukan ke bot. Ketik "
                "/selesai untuk mengakhiri, /jeda untuk kembali ke bot."
            ),
        )


def hours_line(work: Work) -> Text:
    clock = work.office.working_time(work.now.tzinfo)
    if clock.is_open(work.now):
        return say("Kantor sedang buka.")
    return say(
        "Kantor sedang tutup dan buka lagi {when}. Pesan Bapak/Ibu tetap kami simpan.",
        when=in_full(work, clock.opens_at(work.now)),
    )


def wait_line(work: Work, ticket: Ticket) -> Text:
    """How long it took lately; else only until when an answer is owed."""
    waits = sorted(queue.recent_waits(work.tx, ticket.kind, WAITS))
    if len(waits) < ENOUGH:
        return say("Jawaban pertama paling lambat {when}.", when=in_full(work, ticket.respond_by))
    return say("Biasanya dijawab dalam {length}.", length=spoken_length(waits[len(waits) // 2]))


def spoken_length(wait: timedelta) -> Text:
    minutes = max(1, round(wait.total_seconds() / 60))
    if minutes < 60:
        return say("{count} menit", count=minutes)
    return say("{count} jam", count=round(minutes / 60))


def talk(turn: Turn, said: str) -> None:  # noqa: ARG001
    """`/petugas`: go on with an open talk, or begin one."""
    mine = queue.of_person(turn.tx, turn.person.id, WAITS)
    running = next((ticket for ticket in mine if ticket.kind == rest.KIND and ticket.open), None)
    if running is None:
        start(turn, Talk)
        return
    rest.resume(turn, running)


def overhear(turn: Turn, said: str, free: bool) -> bool:
    """The answer to a question of an officer, else to what one wrote while the talk was paused."""
    if unasked_reply.ask(turn, said):
        return True
    ticket = rest.paused(turn) if free else None
    if ticket is None:
        return False
    rest.enter(turn, ticket)
    turn.say(say("Percakapan {code} dilanjutkan. Ketik /jeda untuk kembali ke bot.", code=ticket.code))
    from_sender(turn, ticket, said)
    return True


def begin_talk(turn: Turn, ticket: Ticket) -> None:
    """An officer's words go to the sender from now on. Whoever was first has it in hand."""
    if not ticket.open:
        turn.say(settled(turn, ticket))
        return
    if tickets.take(turn.tx, ticket.id, turn.person.id):
        note(turn, ticket, "taken")
    elif ticket.assigned_to != turn.person.id:
        turn.say(settled(turn, ticket))
        return
    talks.begin(turn.tx, turn.person.id, ticket.id, turn.now)
    ticket = tickets.get(turn.tx, ticket.id)
    announce(turn, ticket)
    turn.say(
        card(turn, ticket, turn.person),
        trail(turn, ticket, turn.person),
        say(
            "Yang Bapak/Ibu tulis sekarang langsung diteruskan ke pengirim. Ketik /jeda untuk berhenti, "
            "/selesai untuk menutup."
        ),
    )


def announce(turn: Turn, ticket: Ticket) -> None:
    """That somebody is there, told once in a talk."""
    if ticket.person_id is None or any(row["what"] == JOINED for row in ledger.of_subject(turn.tx, ticket.code)):
        return
    audit(turn, JOINED, ticket.code)
    approved = TICKET(office=turn.office.long_name, code=ticket.code, state=STATES[ticket.state])
    sender = people.get(turn.tx, ticket.person_id)
    turn.tell(sender, say("Petugas sudah bergabung."), choices=rest.to_resume(turn, ticket), approved=approved)


def relay(turn: Turn, said: str) -> bool:
    """What is not for the bot: words in a talk, or the code of a report without a name. False when it is neither."""
    if opened_by_code(turn, said):
        return True
    number = talks.of_person(turn.tx, turn.person.id)
    if number is None:
        return False
    ticket = current(turn, number)
    if not ticket.open:
        talks.end(turn.tx, number)
        return False
    if ticket.person_id == turn.person.id:
        from_sender(turn, ticket, said)
    elif may(turn.person, ticket, "talk"):
        from_officer(turn, ticket, said)
    else:
        talks.leave(turn.tx, turn.person.id)
        return False
    return True


def taken_files(turn: Turn) -> list[int]:
    """The file that came with the words, if it can be taken; its refusal is said."""
    if turn.incoming.upload is None:
        return []
    try:
        return [note_file(turn, turn.incoming.upload, turn.incoming.text)]
    except Unfit as unfit:
        turn.say(unfit.words)
        return []


def said_with(turn: Turn, said: str) -> str:
    """The words, or the position that was sent instead of words."""
    place = turn.incoming.place
    return f"{said} ({place.latitude:.5f}, {place.longitude:.5f})".strip() if place else said


def from_sender(turn: Turn, ticket: Ticket, said: str) -> None:
    if (refused := limits.words_refusal(turn, ticket)) is not None:
        turn.say(refused)
        return
    words, files = said_with(turn, said), taken_files(turn)
    if not words and not files:
        return
    event = events.add(turn.tx, ticket.id, "said", turn.now, words=words)
    turn.erased_files += ticket_files.attach(turn.tx, ticket.id, files, "talk", turn.now, event_id=event)
    if ticket.asked_at:
        tickets.heard(turn.tx, ticket.id, *deadlines.left_after_pause(turn, ticket))
        deadlines.set_timers(turn, tickets.get(turn.tx, ticket.id))
    officer = people.get(turn.tx, ticket.assigned_to) if ticket.assigned_to else None
    reached = officer is not None and pass_on(turn, ticket, officer, words, files)
    if not reached and ticket.responded_at:
        tell_staff(turn, ticket, say("Pengirim menulis: {words}", words=words or FILE))
    # Before the first answer the words wait in the ticket: its card is with everyone who could take it.
    if turn.person.stopped:
        turn.say(STOPPED)


def pass_on(turn: Turn, ticket: Ticket, officer: Person, words: str, files: list[int]) -> bool:
    """To the officer who has it in hand; one who is not in the talk just now is offered to enter it."""
    name = turn.person.name if may_name(officer, ticket) else None
    there = talks.of_person(turn.tx, officer.id) == ticket.id
    choices = [] if there else turn.catalogue.choices(("bicara",), ticket.id, ticket.code)
    if files:
        choices += newest_file(turn, ticket)
    who = name or say("Pengirim")
    told = say("{code} {who}: {words}", code=ticket.code, who=who, words=words or FILE)
    return turn.tell(officer, told, choices=choices)


STOPPED = say(
    "Pesan ini sudah kami teruskan. Bapak/Ibu sedang berhenti menerima kabar, jadi jawaban petugas tidak kami antarkan "
    "ke sini; ketik MULAI untuk menerimanya, atau /status untuk membacanya."
)
FILE = say("(mengirim berkas)")


def from_officer(turn: Turn, ticket: Ticket, said: str) -> None:
    if meant_for_office(turn, ticket, said):
        return
    words, sent = said_with(turn, said), taken_files(turn)
    if not words and not sent:
        return
    event = note(turn, ticket, "answered", words)
    turn.erased_files += ticket_files.attach(turn.tx, ticket.id, sent, "talk", turn.now, event_id=event)
    tickets.respond(turn.tx, ticket.id, turn.now)
    choices = [*rest.to_resume(turn, ticket), *(newest_file(turn, ticket) if sent else ())]
    if ticket.person_id is None:
        return
    approved = TICKET(office=turn.office.long_name, code=ticket.code, state=STATES[ticket.state])
    told = say("{who}: {words}", who=called(turn.person), words=words or FILE)
    if not turn.tell(people.get(turn.tx, ticket.person_id), told, choices=choices, approved=approved):
        turn.say(
            say(
                "Perhatian: pengirim sedang tidak menerima pesan dari bot. Tulisan "
                "Bapak/Ibu tersimpan dan dapat dibacanya lewat /status."
            )
        )


def pause(turn: Turn, said: str) -> None:  # noqa: ARG001
    """`/jeda`: talk to the bot again; the ticket stays open."""
    number = talks.of_person(turn.tx, turn.person.id)
    ticket = tickets.get(turn.tx, number) if number is not None else None
    if ticket is None or not talks.leave(turn.tx, turn.person.id):
        turn.say(say("Tidak ada percakapan yang sedang berjalan. Ketik /petugas untuk memulai."))
    elif ticket.person_id == turn.person.id:
        rest.tell_paused(turn, ticket)
        turn.say(
            say("Baik, kita kembali ke menu bot. Ketik /petugas untuk melanjutkan percakapan, /menu untuk yang lain.")
        )
    else:
        turn.say(
            say("Baik, percakapan {code} dijeda dan tetap terbuka. Tekan Bicara untuk melanjutkan.", code=ticket.code),
            choices=[TALK.on(ticket.id, ticket.code)],
        )


def finish(turn: Turn, said: str) -> None:  # noqa: ARG001
    """`/selesai`: the sender ends it; an officer says how it ended."""
    number = talks.of_person(turn.tx, turn.person.id)
    ticket = tickets.get(turn.tx, number) if number is not None else None
    if ticket is None or not ticket.open:
        pause(turn, "")
    elif ticket.person_id == turn.person.id:
        withdraw(turn, ticket)
    else:
        talks.leave(turn.tx, turn.person.id)
        begin(Closing)(turn, ticket)


TALK = Action("bicara", guarded("talk", begin_talk), say("Bicara"), "bicara", STAFF, ("TNY",))
ACTIONS = [TALK, rest.RESUME]
FORMS = [Talk]
