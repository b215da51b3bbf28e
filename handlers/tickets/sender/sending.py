"""What every form that opens a ticket does at its end: write it down, number it, tell the office and the sender."""

from dataclasses import dataclass
from typing import Any, ClassVar

from handlers.conversation.form import Form
from handlers.conversation.questions.question import Question
from handlers.conversation.turn import Work
from handlers.conversation.words import Text, Words, in_language, say
from handlers.office.codes import digest
from handlers.office.moments import in_full
from handlers.tickets import deadlines
from handlers.tickets.drawn import ring_later
from handlers.tickets.kinds import KINDS
from handlers.tickets.officer.staff import tell_staff
from handlers.tickets.sender import anonymity, limits
from storage.database.moment import hour_of
from storage.ormas import organisations
from storage.tickets import files as ticket_files
from storage.tickets import tickets
from storage.tickets.tickets import ANONYMOUS, HIDDEN, NAMED, NewTicket, Ticket

PRIVACY: dict[str, Text] = {
    NAMED: say("Dengan nama saya"),
    HIDDEN: say("Nama dirahasiakan"),
    ANONYMOUS: say("Tanpa nama"),
}
LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class About:
    """What a form knows of its ticket beside its answers; empty where it knows none."""

    title: str
    privacy: str = NAMED
    organisation_id: int | None = None
    kecamatan: str = ""
    level: str = ""
    period: str = ""
    check_code: str | None = None
    files: tuple[tuple[str, tuple[int, ...]], ...] = ()
    """Ids of attachments, by the name of their question."""


class Sending(Form):
    """A form that opens a ticket."""

    kind: ClassVar[str]
    unsaid: ClassVar[frozenset[str]] = frozenset({"privacy"})
    """Questions whose answers are no part of what is sent."""

    def refusal(self) -> Text | None:
        return limits.refusal(self.turn, self.kind)

    def about_it(self) -> About:
        raise NotImplementedError

    def finish(self) -> None:
        turn, about = self.turn, self.about_it()
        anonymous = about.privacy == ANONYMOUS
        secret = anonymity.new_secret() if anonymous else ""
        ticket = tickets.open_ticket(turn.tx, self.new_ticket(about, secret), turn.now)
        for place, files in about.files:
            turn.erased_files += ticket_files.attach(turn.tx, ticket.id, files, place, turn.now)
        if anonymous:
            anonymity.forget_sender(turn, self)
        deadlines.set_timers(turn, ticket)
        self.say_received(ticket, secret)
        self.ring(ticket)

    def speaks_for(self, about: About) -> int | None:
        """The ormas of somebody who gives their name, so that officers know who speaks; nobody's without a name."""
        if about.privacy == ANONYMOUS:
            return None
        if about.organisation_id or about.privacy != NAMED:
            return about.organisation_id
        mine = organisations.of_person(self.turn.tx, self.turn.person.id)
        return mine[0].organisation.id if mine else None

    def new_ticket(self, about: About, secret: str) -> NewTicket:
        """Whose name is not for all to see, of their ormas nothing is written down that a list or a sum could show."""
        turn, known, named = self.turn, self.speaks_for(about), about.privacy == NAMED
        since = hour_of(turn.now) if about.privacy == ANONYMOUS else turn.now
        respond_by, due_at = deadlines.first_dues(turn, self.kind, since, about.level)
        organisation = organisations.get(turn.tx, known) if known else None
        return NewTicket(
            kind=self.kind,
            prefix=KINDS[self.kind].prefix,
            title=shortened(about.title),
            facts=self.facts(),
            respond_by=respond_by,
            due_at=due_at,
            privacy=about.privacy,
            person_id=turn.person.id,
            organisation_id=known,
            kecamatan=about.kecamatan or (organisation.kecamatan if organisation and named else ""),
            field=organisation.field if organisation and named else "",
            level=about.level,
            period=about.period,
            secret_hash=digest(secret) if secret else None,
            check_code=about.check_code,
        )

    def facts(self) -> dict[str, str]:
        """The answers in words, by the label of their question: what officers read, whatever a later form asks."""
        asked = [question for question, _ in self.wanted() if question.name not in self.unsaid]
        return {label(question): in_language(self.said(question), "id") for question in asked if self.tells(question)}

    def tells(self, question: Question[Any]) -> bool:
        """Files are told by themselves, and what was skipped not at all."""
        return bool(self.answers[question.name]) and not question.gathers

    def ring(self, ticket: Ticket) -> None:
        """Let the office know; of what came without a name later, and without its words in every telephone."""
        if ticket.anonymous:
            ring_later(self.turn, ticket)
        else:
            tell_staff(self.turn, ticket, say("Kiriman baru:"))

    def say_received(self, ticket: Ticket, secret: str) -> None:
        if secret:
            self.turn.say(*anonymous_receipt(self.turn, ticket, secret))
        else:
            self.turn.say(*receipt(self, ticket))


def receipt(form: Sending, ticket: Ticket) -> list[Text]:
    return [
        say(
            "Terima kasih. {kind} sudah kami terima dengan nomor {code}.",
            kind=KINDS[ticket.kind].title,
            code=ticket.code,
        ),
        say("Jawaban pertama paling lambat {when}.", when=in_full(form.turn, ticket.respond_by)),
        say("Nama Bapak/Ibu hanya dapat dibaca petugas piket dan penyetuju.") if ticket.privacy == HIDDEN else "",
        say("Ketik /status untuk mengikuti perkembangannya."),
    ]


def watched_receipt(ticket: Ticket) -> list[Text]:
    """For what rings at once: no day is promised for it."""
    return [
        say(
            "Laporan situasi sudah kami terima dengan nomor {code}. Petugas piket sudah kami panggil.", code=ticket.code
        ),
        say("Nama Bapak/Ibu hanya dapat dibaca petugas piket dan penyetuju.") if ticket.privacy == HIDDEN else "",
        say("Ketik /status untuk mengikuti perkembangannya."),
    ]


def anonymous_receipt(work: Work, ticket: Ticket, secret: str) -> list[Text]:
    return [
        say(
            "Terima kasih. {kind} sudah kami terima dengan nomor {code}, tanpa nama bagi kantor.",
            kind=KINDS[ticket.kind].title,
            code=ticket.code,
        ),
        say("Kode rahasia: {secret}", secret=secret),
        say(
            "Mohon dicatat sekarang; kode yang hilang tidak dapat kami cari. Untuk membaca jawaban, ketik "
            "/cek {secret}. Kode berlaku sekali; setiap kali dipakai, Bapak/Ibu mendapat kode baru.",
            secret=secret,
        ),
        say(
            "Kami tidak menyimpan siapa pengirimnya, dan isi obrolan ini sudah dihapus dari catatan kami. Di aplikasi "
            "pesan Bapak/Ibu obrolannya masih ada; silakan dihapus sendiri bila perlu."
        ),
        anonymity.kept_line(work, ticket),
    ]


def label(question: Question[Any]) -> str:
    """The label as it is written in the form: the key under which it is translated."""
    assert isinstance(question.label, Words)
    return question.label.template


def shortened(title: str) -> str:
    """A title for lists; the whole text stands among the answers."""
    line = " ".join(title.split())
    return line if len(line) <= LONGEST_TITLE else line[: LONGEST_TITLE - 1].rstrip() + "…"
