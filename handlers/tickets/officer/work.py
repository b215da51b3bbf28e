"""What an officer does with a ticket: take it, forward it, note, ask, answer, close, open again, verify."""

from functools import partial

from handlers.conversation.catalogue import Action, Effect
from handlers.conversation.questions.question import pick, text
from handlers.conversation.turn import Turn
from handlers.conversation.words import Text, say
from handlers.telling.officers import audit
from handlers.tickets import deadlines
from handlers.tickets.kinds import PREFIXES
from handlers.tickets.officer.office_form import OfficeForm, WordsForm, anyway, begin, to_sender
from handlers.tickets.officer.staff import STAFF, choices_for, current, guarded, more_for, note, settled
from handlers.tickets.officer.verdict import RUMOUR, begin_judging
from handlers.tickets.outcome import conclude, tell_sender
from handlers.tickets.sender.follow import REPLY, show_own
from handlers.tickets.words import card, headline, trail
from storage.tickets import tickets
from storage.tickets.tickets import Ticket


def show_ticket(turn: Turn, ticket: Ticket) -> None:
    """The card with its history, and what can be done with it now. Reading one is written down; one's own is a
    sender's."""
    if ticket.person_id == turn.person.id:
        show_own(turn, ticket)
        return
    audit(turn, "ticket-read", ticket.code)
    turn.say(
        card(turn, ticket, turn.person),
        trail(turn, ticket, turn.person),
        choices=choices_for(turn, turn.person, ticket),
    )


def show_more(turn: Turn, ticket: Ticket) -> None:
    turn.say(headline(ticket), say("Yang juga bisa dilakukan:"), choices=more_for(turn, turn.person, ticket))


def take(turn: Turn, ticket: Ticket) -> None:
    if not tickets.take(turn.tx, ticket.id, turn.person.id):
        turn.say(settled(turn, ticket), choices=choices_for(turn, turn.person, tickets.get(turn.tx, ticket.id)))
        return
    note(turn, ticket, "taken")
    taken = tickets.get(turn.tx, ticket.id)
    turn.say(
        say("{code} sekarang di tangan Bapak/Ibu.", code=ticket.code), choices=choices_for(turn, turn.person, taken)
    )


def reopen(turn: Turn, ticket: Ticket) -> None:
    _, due = deadlines.first_dues(turn, ticket.kind, turn.now)
    if not tickets.reopen(turn.tx, ticket.id, due):
        turn.say(settled(turn, ticket))
        return
    note(turn, ticket, "reopened")
    opened = current(turn, ticket.id)
    deadlines.set_timers(turn, opened)
    turn.say(say("{code} dibuka lagi.", code=ticket.code), choices=choices_for(turn, turn.person, opened))
    tell_sender(turn, opened, say("{code} dibuka lagi oleh kantor.", code=ticket.code))


CONFIRMED = "benar"


class Answering(WordsForm, name="jawab-tiket"):
    """A colleague's answer in between is shown first: nobody answers twice unknowingly."""

    title = say("Jawaban untuk pengirim")
    right, moment = "answer", "jawab"
    words: str = to_sender(say("Jawaban"), say("Apa jawabannya? Disampaikan kepada pengirim."), at_most=1500)
    anyway: str = anyway()

    def speak(self, said: str) -> None:
        turn, ticket = self.turn, self.ticket
        if tickets.take(turn.tx, ticket.id, turn.person.id):
            note(turn, ticket, "taken")
        tickets.respond(turn.tx, ticket.id, turn.now)
        note(turn, ticket, "answered", said)
        deadlines.set_timers(turn, tickets.get(turn.tx, ticket.id))
        turn.say(say("Jawaban untuk {code} dicatat.", code=ticket.code))
        tell_sender(
            turn,
            ticket,
            say("Jawaban untuk {code}:", code=ticket.code),
            said,
            choices=[REPLY.on(ticket.id, ticket.code)],
        )


class Asking(WordsForm, name="tanya-tiket"):
    """A question to the sender: until it is answered, the office's clock stands still."""

    title = say("Pertanyaan untuk pengirim")
    right, moment = "ask", "tanya"
    words: str = to_sender(say("Pertanyaan"), say("Apa yang ingin ditanyakan kepada pengirim?"), at_most=1000)
    anyway: str = anyway()

    def speak(self, said: str) -> None:
        turn, ticket = self.turn, self.ticket
        tickets.ask(turn.tx, ticket.id, ticket.asked_for, turn.now)
        tickets.respond(turn.tx, ticket.id, turn.now)
        note(turn, ticket, "asked", said)
        deadlines.wait_for_leader(turn, tickets.get(turn.tx, ticket.id))
        turn.say(say("Pertanyaan untuk {code} dicatat. Batas waktu berhenti sampai dijawab.", code=ticket.code))
        tell_sender(
            turn,
            ticket,
            say("Petugas bertanya tentang {code}:", code=ticket.code),
            said,
            choices=[REPLY.on(ticket.id, ticket.code)],
        )


class Closing(WordsForm, name="tutup-tiket"):
    """The end, with its result in words. The sender can rate it, and open it once more."""

    title = say("Penutupan")
    leave = say("Tidak jadi")
    leave_typed = "tidak jadi"
    right, moment = "close", "tutup"
    words: str = to_sender(say("Hasil"), say("Apa hasilnya? Disampaikan kepada pengirim."), at_most=1500)
    anyway: str = anyway()

    def speak(self, said: str) -> None:
        turn, ticket = self.turn, self.ticket
        tickets.close(turn.tx, ticket.id, turn.person.id, "done", turn.now)
        note(turn, ticket, "closed", said)
        turn.say(say("{code} ditutup.", code=ticket.code))
        conclude(turn, ticket, said)


class Verifying(OfficeForm, name="verifikasi"):
    """What an officer found out; until it is confirmed it stays marked as unverified everywhere."""

    title = say("Verifikasi laporan situasi")
    right = "verify"
    review = False
    finding: str = pick(
        say("Hasil"),
        say("Apa hasil pemeriksaannya?"),
        lambda form: {CONFIRMED: say("Benar"), "belum": say("Belum terbukti")},
    )

    def refusal(self) -> Text | None:
        refused = super().refusal()
        return refused or (settled(self.turn, self.ticket) if self.ticket.verified_at else None)

    def finish(self) -> None:
        turn, ticket = self.turn, self.ticket
        told: Text
        if self.finding != CONFIRMED:
            note(turn, ticket, "unproven", inside=True)
            told = say("{code} tetap belum diverifikasi; pemeriksaannya dicatat.", code=ticket.code)
        elif tickets.verify(turn.tx, ticket.id, turn.person.id, turn.now):
            note(turn, ticket, "verified")
            told = say("{code} sekarang terverifikasi.", code=ticket.code)
        else:
            told = settled(turn, ticket)
        turn.say(told, choices=choices_for(turn, turn.person, tickets.get(turn.tx, ticket.id)))


class Noting(OfficeForm, name="catat-tiket"):
    """For officers only."""

    title = say("Catatan untuk petugas")
    right = "note"
    review = False
    words: str = text(say("Catatan"), say("Apa catatannya? Hanya dibaca petugas."), at_most=1000, multiline=True)

    def finish(self) -> None:
        note(self.turn, self.ticket, "noted", self.words, inside=True)
        self.turn.say(say("Catatan untuk {code} disimpan.", code=self.ticket.code))


def begin_closing(turn: Turn, ticket: Ticket) -> None:
    """The end of a rumour is a public word; any other goes to its sender alone."""
    (begin_judging if ticket.kind == RUMOUR else begin(Closing))(turn, ticket)


on_tickets = partial(Action, roles=STAFF, prefixes=PREFIXES)
TAKE = on_tickets("ambil", guarded("take", take), say("Terima"), "terima")
ANSWER = on_tickets("jawab", guarded("answer", begin(Answering)), say("Jawab"), "jawab")
ASK = on_tickets("tanya", guarded("ask", begin(Asking)), say("Tanya pengirim"), "tanya")
CLOSE = on_tickets("tutup-tiket", guarded("close", begin_closing), say("Selesaikan"), "selesaikan")
NOTE = on_tickets("catat", guarded("note", begin(Noting)), say("Catat"), "catat")
VERIFY = on_tickets("verifikasi", guarded("verify", begin(Verifying)), say("Verifikasi"), "verifikasi")
REOPEN = on_tickets("buka-lagi", guarded("reopen", reopen), say("Buka kembali"), "buka kembali")
MORE = on_tickets("lain", guarded("note", show_more), say("Lainnya"), "lainnya")
SHOW = on_tickets("tiket", guarded("see", show_ticket), say("Lihat"), "lihat", effect=Effect.SHOWS)
ACTIONS = [SHOW, TAKE, ANSWER, ASK, CLOSE, NOTE, VERIFY, REOPEN, MORE]
FORMS = [Answering, Asking, Closing, Verifying, Noting]
