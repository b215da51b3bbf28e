"""The screens of a form: a question, the review page, the list of answers to change; and the words to move between."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from handlers.conversation.questions.question import Question
from handlers.conversation.turn import Choice, Turn
from handlers.conversation.words import Text, paragraphs, say
from storage.machine.drafts import Draft

if TYPE_CHECKING:
    from handlers.conversation.form import Form

BACK, CANCEL, SKIP, SEND, EDIT = "_back", "_cancel", "_skip", "_send", "_edit"
REVIEW, CHOOSE = "_review", "_choose"
"""Two screens that are no questions: the review page, and the list of answers to change."""
WORD = {BACK: "kembali", SKIP: "lewati"}
"""What to type; other ways to say it stand in `MEANT`."""
MEANT = {
    "kembali": BACK, "back": BACK, "sebelumnya": BACK,
    "batal": CANCEL, "batalkan": CANCEL, "tidak jadi": CANCEL, "cancel": CANCEL, "/batal": CANCEL, "/kembali": BACK,
    "lewati": SKIP, "skip": SKIP, "lewat": SKIP,
}  # fmt: skip
MEANT_IN_REVIEW = {"kirim": SEND, "ya": SEND, "benar": SEND, "nggih": SEND, "inggih": SEND, "oke": SEND, "ok": SEND,
    "sudah": SEND, "yes": SEND, "send": SEND, "ubah": EDIT, "belum": EDIT, "salah": EDIT, "edit": EDIT,
    "change": EDIT}  # fmt: skip


def meant(said: str, question: Question[Any] | None) -> str | None:
    word = " ".join(said.casefold().split()).strip(".! ")
    return MEANT.get(word) or (MEANT_IN_REVIEW.get(word) if question is None else None)


def ask(turn: Turn, draft: Draft, form: "Form", question: Question[Any] | None, because: Sequence[Text]) -> None:
    assert question is not None
    number = turn.screen.asks(draft.id, question.name, more=turn.gathers is not None)
    choices = [
        Choice(f"f.{number}.{key}", label, "" if question.ordinal else key)
        for key, label in question.options(form).items()
    ]
    names: list[tuple[str, Text]] = [(SKIP, say("Lewati"))] if question.may_skip(form) else []
    begun = any(name.isidentifier() for name in draft.answers)  # not what a form only keeps in mind ("seen~")
    names += [(BACK, say("Kembali"))] if begun else []
    names += [(CANCEL, form.leave)]
    opening = "" if begun or because else form.opening
    turn.say(
        *because,
        opening,
        question.prompt(form),
        choices=choices,
        words=[Choice(f"f.{number}.{key}", label, WORD.get(key, form.leave_typed)) for key, label in names],
    )


def ask_to_send(turn: Turn, draft: Draft, form: "Form", because: Sequence[Text]) -> None:
    number = turn.screen.asks(draft.id, REVIEW)
    turn.say(
        *because,
        paragraphs(say("Mohon diperiksa sekali lagi:"), reader(form), form.summary(), say("Sudah benar?")),
        choices=[
            Choice(f"f.{number}.{SEND}", say("Kirim")),
            Choice(f"f.{number}.{EDIT}", say("Ubah")),
            Choice(f"f.{number}.{CANCEL}", form.leave),
        ],
    )


def reader(form: "Form") -> Text:
    who = form.goes_to()
    return say("Akan dibaca oleh: {who}", who=who) if who else ""


def ask_which(turn: Turn, draft: Draft, asked: Sequence[Question[Any]], because: Sequence[Text]) -> None:
    number = turn.screen.asks(draft.id, CHOOSE)
    turn.say(
        *because,
        say("Jawaban mana yang ingin diubah?"),
        choices=[Choice(f"f.{number}.{question.name}", question.label) for question in asked],
        words=[Choice(f"f.{number}.{BACK}", say("Kembali"), WORD[BACK])],
    )


def ask_to_leave(turn: Turn, draft: Draft) -> None:
    """The form waits in its draft until this is answered, or until drafts are closed by themselves."""
    turn.say(
        say("Tidak ada yang dikirim. Jawaban yang sudah ada dibuang, atau disimpan dulu?"),
        say("Yang disimpan dapat dilanjutkan dalam {days} hari.", days=turn.office.drafts.close_after_days),
        choices=[
            Choice(f"a.tutup.{draft.id}", say("Ya, buang"), "ya"),
            Choice(f"a.simpan-isian.{draft.id}", say("Simpan dulu"), "simpan"),
        ],
    )
