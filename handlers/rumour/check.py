"""`/cek`: is this from the office? A receipt, the code of an anonymous report; or a rumour to be cleared up."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from handlers.announcement.writing.genuine import by_code, by_words
from handlers.conversation import form as forms
from handlers.conversation.form import Form
from handlers.conversation.questions.files import files
from handlers.conversation.questions.question import Answer, TextQuestion, Unfit, pick, text
from handlers.conversation.turn import Turn
from handlers.conversation.words import Text, lines, say
from handlers.identity import guesses
from handlers.office.codes import ALPHABET
from handlers.office.moments import in_full
from handlers.rumour.judged import judged
from handlers.tickets.kinds import KINDS
from handlers.tickets.sender import anonymity, limits
from handlers.tickets.sender.follow import hear
from handlers.tickets.sender.sending import About, Sending
from handlers.tickets.words import headline, standing, trail
from storage.broadcasts import broadcasts
from storage.machine import drafts
from storage.ormas import organisations
from storage.tickets import tickets
from storage.tickets.tickets import Ticket

GROUP, DASH = f"([{ALPHABET}]{{4}})", "[-‐‑‒–—]"
"""Telephones put longer dashes where one was typed."""


def code_of(groups: int) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A code within a message; and one that is the whole message, read aloud: with blanks or nothing between."""
    within = rf"(?<![0-9A-Z-]){DASH.join([GROUP] * groups)}(?![0-9A-Z-])"
    alone = rf"\s*{' ?'.join([GROUP] * groups)}\s*"
    return re.compile(within, re.ASCII | re.IGNORECASE), re.compile(alone, re.ASCII | re.IGNORECASE)


SECRET, SECRET_ALONE = code_of(3)
RECEIPT, RECEIPT_ALONE = code_of(2)
YES = "ya"
LONGEST = 3500


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a message turned out to be; `known` when the office recognises it, as its own or as judged."""

    words: Text
    known: bool


def receipt_in(said: str) -> str | None:
    """The code of a receipt or an announcement, as it is stored."""
    found = RECEIPT.search(said) or RECEIPT_ALONE.fullmatch(said)
    return "-".join(found.groups()).upper() if found else None


def secret_in(said: str) -> tuple[str, str] | None:
    """The code of a report without a name, and what stands behind it."""
    found = SECRET_ALONE.fullmatch(said) or SECRET.search(said)
    code = "-".join(found.groups()).upper() if found else ""
    if found is None or not re.search("[A-Z]", code):
        return None  # digits alone are a telephone number
    return code, said[found.end() :].strip()


def judge(turn: Turn, said: str) -> Verdict | None:
    """What can be said of a code or a message; None when nothing in it is ours."""
    code = receipt_in(said)
    if code is None:
        return alike(turn, said)
    ticket = tickets.by_check_code(turn.tx, code)
    if ticket is not None:
        return Verdict(genuine(turn, ticket), known=True)
    announced = broadcasts.by_check_code(turn.tx, code)
    if announced is not None and (words := by_code(turn, announced, said, code)) is not None:
        return Verdict(words, known=True)
    return alike(turn, said)


def weigh(turn: Turn, said: str) -> None:
    """A wrong code counts as one guess, when it is said and not again later. Raises Unfit after too many."""
    only_words = RECEIPT.search(said) is None and not re.search("[2-9]", said)
    if only_words or secret_in(said) is not None or receipt_in(said) is None:
        return
    if guesses.too_many(turn):
        raise Unfit(TOO_MANY)
    if judge(turn, said) is None:
        guesses.note(turn)


def alike(turn: Turn, said: str) -> Verdict | None:
    """Without a code of ours: words like those of an announcement, or of a rumour that was judged."""
    words = by_words(turn, said) or judged(turn, said)
    return None if words is None else Verdict(words, known=True)


TOO_MANY = say("Terlalu banyak percobaan. Silakan coba lagi satu jam lagi.")


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
    secret = secret_in(rest)
    if secret is not None:
        open_by_secret(turn, *secret)
        return
    try:
        weigh(turn, rest)
    except Unfit as unfit:
        turn.say(unfit.words)
        return
    draft = drafts.open_draft(turn.tx, turn.person.id, Check.name, "", turn.now)
    if rest:
        draft.answers = {"message": rest[:LONGEST]}
        drafts.save(turn.tx, draft, turn.now)
    forms.show(turn, draft)


def opened_by_code(turn: Turn, said: str) -> bool:
    """The code of a report without a name, typed alone: it must not stay anywhere, and be passed on to nobody."""
    alone = SECRET.match(said) or (re.search("[2-9]", said) and SECRET_ALONE.fullmatch(said))
    secret = secret_in(said) if alone else None
    if secret is not None:
        open_by_secret(turn, *secret)
    return secret is not None


def open_by_secret(turn: Turn, secret: str, answer: str) -> None:
    """Whoever holds the code follows the report, unknown; the code is good once and another one takes its place."""
    if guesses.too_many(turn):
        turn.whisper()
        turn.say(TOO_MANY)
        return
    used = anonymity.used(turn, secret)
    if used is None:
        guesses.note(turn)
        turn.say(
            say(
                "Kode itu tidak berlaku: salah, atau sudah dipakai. Mohon pakai kode yang "
                "terakhir diberikan. Kalau kode itu hilang, kami tidak dapat mencarinya; "
                "silakan kirim yang baru lewat /menu."
            )
        )
        return
    ticket, fresh = used
    passed_on = pass_on(turn, ticket, answer) if answer else ""
    ticket = tickets.get(turn.tx, ticket.id)
    turn.say(
        lines(headline(ticket), standing(turn, ticket, mine=True)),
        lines(say("Riwayat:"), trail(turn, ticket, turn.person)),
        passed_on,
        anonymity.kept_line(turn, ticket),
        say(
            "Kode berikutnya: {secret}. Mohon dicatat sekarang; kode yang tadi tidak berlaku "
            "lagi. Untuk membalas, ketik misalnya: /cek {secret} lalu balasannya.",
            secret=fresh,
        ),
    )


def pass_on(turn: Turn, ticket: Ticket, answer: str) -> Text:
    """The answer of somebody unknown; what became of it."""
    if not ticket.open:
        return say(
            "{code} sudah ditutup, jadi balasan Bapak/Ibu tidak diteruskan. Kalau masih diperlukan, silakan kirim yang "
            "baru lewat /menu.",
            code=ticket.code,
        )
    refused = limits.words_refusal(turn, ticket)
    if refused is None:
        hear(turn, ticket, answer, ())
    return refused or say("Balasan Bapak/Ibu sudah kami teruskan.")


class MessageQuestion(TextQuestion):
    """A code or a whole message, typed, pasted or forwarded."""

    takes_forwards = True

    def accept(self, answer: Answer, form: Form, answers: dict[str, str]) -> bool:
        answers.pop("hand_in", None)
        closed = super().accept(answer, form, answers)
        weigh(form.turn, answer.text)
        return closed


def unknown(form: Any) -> bool:
    check = cast("Check", form)
    return check.verdict is None and secret_in(check.message) is None


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
        """Judged once a turn."""
        return judge(self.turn, self.message)

    def refusal(self) -> Text | None:
        """Whoever has to wait with what they send may still check what they got."""
        return super().refusal() if self.answers.get("hand_in") == YES else None

    def finish(self) -> None:
        secret = secret_in(self.message)
        if secret is not None:
            open_by_secret(self.turn, *secret)
        elif self.verdict is not None:
            self.turn.say(self.verdict.words)
        elif self.answers.get("hand_in") != YES:
            self.turn.say(say("Baik. Bila ragu, jangan disebarkan dahulu."))
        else:
            super().finish()

    def about_it(self) -> About:
        return About(title=self.message, files=(("shots", self.shots),))
