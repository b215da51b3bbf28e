"""What the sender of a ticket does with it: follow it, answer a question, rate the end, open it once more."""

import re
from collections.abc import Sequence
from functools import partial

from handlers.conversation.catalogue import Action, Effect
from handlers.conversation.form import Form, start
from handlers.conversation.questions.words_or_files import Anything, AnythingQuestion, anything
from handlers.conversation.turn import Choice, Turn
from handlers.conversation.words import Text, in_language, lines, listed, say
from handlers.telling.rights import may
from handlers.tickets import deadlines
from handlers.tickets.files import file_lines
from handlers.tickets.kinds import PREFIXES
from handlers.tickets.officer.parts import is_file, named, owed
from handlers.tickets.officer.staff import NOT_THERE, current, guarded, tell_in_charge, tell_staff
from handlers.tickets.sender import limits
from handlers.tickets.words import RATINGS, fact_lines, headline, standing, trail
from storage.tickets import events, talks, tickets
from storage.tickets import files as ticket_files
from storage.tickets.tickets import Ticket

MOST_REOPENED = 1
"""Once more by the sender; after that it takes a new ticket, or an officer."""
RATED = re.compile(r"([A-Z]{3}-\d{1,9})-([1-4])")


def show_own(turn: Turn, ticket: Ticket) -> None:
    """`/status` of one ticket: where it is, its history, and what can be done with it now."""
    turn.say(
        lines(headline(ticket), standing(turn, ticket, mine=True)),
        lines(fact_lines(ticket), file_lines(turn, ticket.id)),
        lines(say("Riwayat:"), trail(turn, ticket, turn.person)),
        check_line(ticket),
        choices=own_choices(turn, ticket),
    )


def check_line(ticket: Ticket) -> Text:
    if not ticket.check_code:
        return ""
    return say(
        "Kode tanda terima: {code}. Siapa pun dapat memeriksanya dengan mengetik /cek {code}.", code=ticket.check_code
    )


def own_choices(turn: Turn, ticket: Ticket) -> list[Choice]:
    names = ["balas", "tarik"] if ticket.open else []
    if may_reopen(ticket):
        names.append("minta-buka")
    if ticket_files.of_ticket(turn.tx, ticket.id):
        names.append("berkas")
    return turn.catalogue.choices(names, ticket.id, ticket.code)


def may_reopen(ticket: Ticket) -> bool:
    """A ticket that ended without the sender's own doing, and was not opened again by them before."""
    if ticket.open or ticket.result in ("withdrawn", "merged"):
        return False
    return ticket.result == "unanswered" or ticket.reopened < MOST_REOPENED


class Reply(Form, name="balas-tiket"):
    """The sender answers, adds something, or sends again what could not be read."""

    title = say("Balasan untuk petugas")
    ticket: Ticket
    reply: Anything = anything(
        say("Balasan"),
        lambda form: asked_in_words(form.turn, form.ticket),
        enough=lambda form: any(map(is_file, owed(form.ticket))),
    )

    def refusal(self) -> Text | None:
        self.ticket = tickets.get(self.turn.tx, int(self.about))
        if not may(self.turn.person, self.ticket, "reply"):
            return NOT_THERE
        if self.ticket.open:
            return limits.words_refusal(self.turn, self.ticket)
        return say("{code} sudah ditutup. Kalau masih diperlukan, lihat pilihannya di /status.", code=self.ticket.code)

    def reviews(self) -> bool:
        """Words; what is gathered is shown beside its own "Kirim", and a voice cannot be."""
        question = self.questions[0]
        assert isinstance(question, AnythingQuestion)
        return not self.reply.voice and not question.shown(self)

    def goes_to(self) -> Text:
        return say("petugas yang menangani {code}", code=self.ticket.code)

    def summary(self) -> Text:
        return lines(say("“{words}”", words=self.reply.words), count_line(self.reply.files))

    def finish(self) -> None:
        turn = self.turn
        voice = (self.reply.voice,) if self.reply.voice else ()
        told = self.reply.words or (in_language(say("pesan suara"), "id") if voice else None)
        part = settled_by(self.ticket, self.reply)
        still = [other for other in owed(self.ticket) if other != part]
        hear(turn, self.ticket, told, (*voice, *self.reply.files), still)
        more = listed(named(turn, self.ticket, other) for other in still)
        turn.say(
            thanks(turn, self.ticket, part),
            say("Yang masih kami tunggu: {parts}.", parts=more) if still else "",
            choices=[REPLY.on(self.ticket.id, self.ticket.code)] if still else (),
        )


def count_line(files: Sequence[int]) -> Text:
    return say("Berkas: {count}", count=len(files)) if files else ""


def asked_in_words(turn: Turn, ticket: Ticket) -> Text:
    """What is to be sent: the part an officer asked for, or anything."""
    parts = [named(turn, ticket, part) for part in owed(ticket)]
    if len(parts) > 1:
        return say(
            "Yang kami tunggu untuk {code}: {parts}. Mohon dikirim atau ditulis satu per satu.",
            code=ticket.code,
            parts=listed(parts),
        )
    if parts and is_file(owed(ticket)[0]):
        return say("Mohon kirim {part} yang baru untuk {code}.", part=parts[0], code=ticket.code)
    if parts:
        return say("Mohon tulis lagi untuk {code}: {part}.", part=parts[0], code=ticket.code)
    return lines(
        say("Balasan untuk {code}.", code=ticket.code),
        say("Apa balasan Bapak/Ibu? Tulis, kirim pesan suara, atau kirim fotonya."),
    )


def settled_by(ticket: Ticket, reply: Anything) -> str:
    """The part this is: a file is one of those that were asked for, words an answer; empty when none was."""
    parts, sent = owed(ticket), bool(reply.files)
    return next((part for part in parts if is_file(part) is sent), parts[0] if parts else "")


def thanks(turn: Turn, ticket: Ticket, part: str) -> Text:
    if not part:
        return say("Terima kasih, balasan untuk {code} sudah kami teruskan.", code=ticket.code)
    told = named(turn, ticket, part)
    if is_file(part):
        return say("{part} yang baru sudah kami terima dan kami teruskan.", part=told)
    return say("Terima kasih, {part} untuk {code} sudah kami teruskan.", part=told, code=ticket.code)


def hear(
    turn: Turn, ticket: Ticket, words: str | None, attachments: tuple[int, ...], still: Sequence[str] = ()
) -> None:
    """The sender's words go into the ticket; a clock that stood still for them goes on, once nothing is owed still."""
    event = events.add(turn.tx, ticket.id, "replied", turn.now, words=words)
    turn.erased_files += ticket_files.attach(turn.tx, ticket.id, attachments, "added", turn.now, event_id=event)
    if still:
        tickets.ask(turn.tx, ticket.id, "\n".join(still), turn.now)
    elif ticket.asked_at:
        tickets.heard(turn.tx, ticket.id, *deadlines.left_after_pause(turn, ticket))
        deadlines.set_timers(turn, tickets.get(turn.tx, ticket.id))
    told = say("Balasan dari pengirim {code}: {words}", code=ticket.code, words=words or say("(mengirim berkas)"))
    tell_in_charge(turn, current(turn, ticket.id), told)


def want_again(turn: Turn, ticket: Ticket) -> None:
    """Not content, or the answer came too late: once more."""
    if ticket.open:
        start(turn, Reply, str(ticket.id))
        return
    refused = limits.refusal(turn, ticket.kind)
    if refused is not None or not may_reopen(ticket):
        turn.say(
            refused or say("{code} tidak dapat dibuka lagi. Silakan kirim yang baru lewat /menu.", code=ticket.code)
        )
        return
    _, due = deadlines.first_dues(turn, ticket.kind, turn.now)
    if tickets.reopen(turn.tx, ticket.id, due):
        events.add(turn.tx, ticket.id, "reopened", turn.now)
        opened = current(turn, ticket.id)
        deadlines.set_timers(turn, opened)
        tell_staff(turn, opened, say("Dibuka lagi oleh pengirim:"))
    turn.say(say("{code} sudah dibuka lagi. Silakan ceritakan apa yang belum sesuai.", code=ticket.code))
    start(turn, Reply, str(ticket.id))


def withdraw(turn: Turn, ticket: Ticket) -> None:
    """The sender needs no answer any more."""
    if tickets.close(turn.tx, ticket.id, None, "withdrawn", turn.now):
        events.add(turn.tx, ticket.id, "withdrawn", turn.now)
        talks.end(turn.tx, ticket.id)
        deadlines.reopen_gathered(turn, ticket)
        tell_staff(turn, tickets.get(turn.tx, ticket.id), say("Ditutup oleh pengirim:"))
    turn.say(say("{code} sudah ditutup. Terima kasih.", code=ticket.code))


def rate(turn: Turn, argument: str) -> None:
    """`a.nilai.MAS-204713-3`: how content the sender is; a low mark offers to open it again."""
    found = RATED.fullmatch(argument)
    ticket = tickets.by_code(turn.tx, found[1]) if found else None
    if found is None or ticket is None or not may(turn.person, ticket, "rate"):
        turn.say(NOT_THERE)
        return
    if not tickets.rate(turn.tx, ticket.id, int(found[2])):
        turn.say(say("Penilaian untuk {code} sudah kami catat sebelumnya. Terima kasih.", code=ticket.code))
        return
    events.add(turn.tx, ticket.id, "rated", turn.now, words=in_language(RATINGS[found[2]], "id"))
    unhappy = found[2] in ("1", "2") and may_reopen(ticket)
    turn.say(
        say("Terima kasih atas penilaiannya."),
        say("Mohon maaf bila belum sesuai. {code} dapat dibuka lagi satu kali; tekan Buka lagi.", code=ticket.code)
        if unhappy
        else "",
        choices=turn.catalogue.choices(("minta-buka",), ticket.id, ticket.code) if unhappy else (),
    )


of_sender = partial(Action, prefixes=PREFIXES)
OWN = of_sender("tiket-saya", guarded("reply", show_own), say("Riwayat"), "riwayat", effect=Effect.SHOWS)
REPLY = of_sender("balas", guarded("reply", lambda turn, t: start(turn, Reply, str(t.id))), say("Balas"), "balas")
AGAIN = of_sender("minta-buka", guarded("want-again", want_again), say("Buka lagi"), "buka lagi")
WITHDRAW = of_sender(
    "tarik", guarded("reply", withdraw), say("Tidak perlu lagi"), "tarik", also=("batal", "batalkan", "cancel")
)
RATE = Action("nilai", rate, numbered=False)
ACTIONS = [OWN, REPLY, AGAIN, WITHDRAW, RATE]
FORMS = [Reply]
