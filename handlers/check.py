"""`/cek`: is this from the office? A receipt, the code of an anonymous report; or a rumour to be cleared up."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any, cast

from handlers.announcements.genuine import by_code, by_words
from handlers.conversation import form as forms
from handlers.conversation.files import files
from handlers.conversation.form import Form
from handlers.conversation.question import Answer, TextQuestion, pick, text
from handlers.conversation.turn import Turn
from handlers.conversation.words import Text, lines, say
from handlers.join import ALPHABET
from handlers.slot import in_full
from handlers.tickets import anonymity
from handlers.tickets.kinds import KINDS
from handlers.tickets.sender import hear
from handlers.tickets.sending import About, Sending
from handlers.tickets.words import headline, standing, trail
from storage import broadcasts, drafts, join_codes, organisations, tickets
from storage.tickets import Ticket

GROUP = f"[{ALPHABET}]{{4}}"
SECRET = re.compile(rf"(?<![0-9A-Z]){GROUP}-{GROUP}-{GROUP}(?![0-9A-Z-])")
RECEIPT = re.compile(rf"(?<![0-9A-Z-]){GROUP}-{GROUP}(?![0-9A-Z-])")
YES = "ya"
LONGEST = 3500


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a message turned out to be; `known` when the office recognises it as its own."""

    words: Text
    known: bool


def judge(turn: Turn, said: str) -> Verdict | None:
    """What can be said of a code or a message; None when nothing in it is ours. Wrong codes are counted."""
    found = RECEIPT.search(said.upper())
    if found is None:
        return alike(turn, said)
    if too_many_guesses(turn):
        return Verdict(say("Terlalu banyak percobaan. Silakan coba lagi satu jam lagi."), known=True)
    ticket = tickets.by_check_code(turn.tx, found[0])
    if ticket is not None:
        return Verdict(genuine(turn, ticket), known=True)
    announced = broadcasts.by_check_code(turn.tx, found[0])
    if announced is not None and (words := by_code(turn, announced, said, found[0])) is not None:
        return Verdict(words, known=True)
    verdict = alike(turn, said)
    if verdict is None:
        join_codes.guess(turn.tx, turn.person.id, turn.now)
    return verdict


def alike(turn: Turn, said: str) -> Verdict | None:
    """Without a code of ours: words like those of an announcement."""
    words = by_words(turn, said)
    return None if words is None else Verdict(words, known=True)


def too_many_guesses(turn: Turn) -> bool:
    since = turn.now - timedelta(hours=1)
    return join_codes.guesses(turn.tx, turn.person.id, since) >= turn.office.join_codes.guesses_per_hour


def genuine(turn: Turn, ticket: Ticket) -> Text:
    """A receipt says what was received, from which ormas and when; nobody's name, nothing of what is in it."""
    organisation = organisations.get(turn.tx, ticket.organisation_id).name if ticket.organisation_id else "-"
    return lines(
        say("ASLI. Tanda terima ini dari {office}.", office=turn.office.name),
        say("Nomor: {code} ({kind})", code=ticket.code, kind=KINDS[ticket.kind].title),
        say("Dari: {organisation}", organisation=organisation),
        say("Diterima: {when}", when=in_full(turn, ticket.opened_at)),
        standing(turn, ticket),
    )


def check(turn: Turn, rest: str) -> None:
    """`/cek`, `/cek KODE`, `/cek KODE balasan`: the code of an anonymous report opens it, and takes an answer."""
    secret = SECRET.search(rest.upper())
    if secret is not None:
        open_by_secret(turn, secret[0], rest[secret.end() :].strip())
        return
    draft = drafts.open_draft(turn.tx, turn.person.id, Check.name, "", turn.now)
    if rest:
        draft.answers = {"message": rest[:LONGEST]}
        drafts.save(turn.tx, draft, turn.now)
    forms.show(turn, draft)


def open_by_secret(turn: Turn, secret: str, answer: str) -> None:
    """Whoever holds the code follows the report, unknown; the code is good once and another one takes its place."""
    if too_many_guesses(turn):
        turn.say(say("Terlalu banyak percobaan. Silakan coba lagi satu jam lagi."))
        return
    used = anonymity.used(turn, secret)
    if used is None:
        join_codes.guess(turn.tx, turn.person.id, turn.now)
        turn.say(
            say(
                "Kode itu tidak berlaku: salah, atau sudah dipakai. Mohon pakai kode yang "
                "terakhir diberikan. Kalau kode itu hilang, kami tidak dapat mencarinya; "
                "silakan kirim yang baru lewat /menu."
            )
        )
        return
    ticket, fresh = used
    passed_on: Text = ""
    if answer and ticket.open:
        hear(turn, ticket, answer[:LONGEST], ())
        ticket = tickets.get(turn.tx, ticket.id)
        passed_on = say("Balasan Bapak/Ibu sudah kami teruskan.")
    elif answer:
        passed_on = say(
            "{code} sudah ditutup, jadi balasan Bapak/Ibu tidak diteruskan. Kalau masih diperlukan, silakan kirim yang "
            "baru lewat /menu.",
            code=ticket.code,
        )
    turn.say(
        lines(headline(ticket), standing(turn, ticket, mine=True)),
        lines(say("Riwayat:"), trail(turn, ticket, turn.person)),
        passed_on,
        say(
            "Kode berikutnya: {secret}. Mohon dicatat sekarang; kode yang tadi tidak berlaku "
            "lagi. Untuk membalas, ketik misalnya: /cek {secret} lalu balasannya.",
            secret=fresh,
        ),
    )


class MessageQuestion(TextQuestion):
    """A code or a whole message, typed, pasted or forwarded."""

    takes_forwards = True

    def accept(self, answer: Answer, form: Form, answers: dict[str, str]) -> bool:
        answers.pop("hand_in", None)
        return super().accept(answer, form, answers)


def unknown(form: Any) -> bool:
    return cast("Check", form).verdict is None


def hands_in(form: Any) -> bool:
    return unknown(form) and form.answers.get("hand_in") == YES


def choices(form: Form) -> Mapping[str, Text]:  # noqa: ARG001
    return {YES: say("Minta klarifikasi"), "tidak": say("Tidak perlu")}


class Check(Sending, name="cek"):
    """What is recognised is told at once; what is not can be handed in, and the answer comes back."""

    kind = "klarifikasi"
    title = say("Pemeriksaan kabar")
    review = False
    unsaid = frozenset({"hand_in"})
    message: str = cast(
        str,
        MessageQuestion(
            say("Pesan"),
            say(
                "Apa yang ingin diperiksa? Tulis kodenya, atau kirim pesannya ke sini (boleh diteruskan atau disalin)."
            ),
            at_most=LONGEST,
            multiline=True,
        ),
    )
    hand_in: str = pick(
        say("Tindakan"),
        say(
            "Ini TIDAK kami kenali sebagai pesan kantor ini; kalau yang ditulis kode, mohon "
            "periksa hurufnya. Mohon jangan disebarkan dahulu. Mau kami periksa? Jawabannya kami"
            " sampaikan di sini."
        ),
        choices,
        when=unknown,
    )
    origin: str = text(
        say("Asal"), say("Dari mana pesan itu didapat? Boleh dilewati."), at_most=200, optional=True, when=hands_in
    )
    shots: tuple[int, ...] = files(
        say("Berkas"), say("Ada tangkapan layar atau berkasnya?"), when=hands_in, optional=True
    )

    @cached_property
    def verdict(self) -> Verdict | None:
        """Judged once a turn: a wrong code counts as one guess."""
        return judge(self.turn, self.message)

    def finish(self) -> None:
        if self.verdict is not None:
            self.turn.say(self.verdict.words)
        elif self.answers.get("hand_in") != YES:
            self.turn.say(say("Baik. Bila ragu, jangan disebarkan dahulu."))
        else:
            super().finish()

    def about_it(self) -> About:
        return About(title=self.message, files=(("shots", self.shots),))
