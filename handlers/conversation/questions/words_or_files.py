"""Own words, a voice note or files as one answer: words and a voice close it at once, files are gathered before."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from handlers.conversation.questions.file_kinds import is_sound
from handlers.conversation.questions.files import TAKE_OUT, FilesQuestion, file_words
from handlers.conversation.questions.question import Answer, Question, Unfit
from handlers.conversation.questions.voice import Spoken, SpokenQuestion
from handlers.conversation.words import Text, folded, lines, say

if TYPE_CHECKING:
    from handlers.conversation.form import Form

SEND = "kirim"


@dataclass(frozen=True, slots=True)
class Anything:
    """What somebody said: `words` or the id of the attachment that is their `voice`, and the ids of their `files`."""

    words: str = ""
    voice: int | None = None
    files: tuple[int, ...] = ()


class Gathered(FilesQuestion):
    """Files that are never an answer of their own."""

    def place(self, answers: dict[str, str]) -> str:  # noqa: ARG002
        return self.name


class AnythingQuestion(Question[Anything]):
    """Files, and words that were said before the question, are kept beside the answer until it is given.

    `asked` is the question in words, by the form; `enough` tells of a file whether nothing is to be said with it.
    """

    ordinal = False
    gathers = True

    def __init__(
        self,
        label: Text,
        asked: Callable[[Any], Text],
        *,
        at_most: int,
        longest: int,
        enough: Callable[[Any], bool] = lambda form: False,
    ) -> None:
        super().__init__(label, "")
        self.asked, self.enough = asked, enough
        self.files = Gathered(label, "", at_most=at_most, at_least=0)
        self.spoken = SpokenQuestion(label, "", at_most=longest)

    def __set_name__(self, owner: type, name: str) -> None:
        super().__set_name__(owner, name)
        self.files.name, self.words_at, self.shown_at = f"{name}-files", f"{name}-words", f"{name}-shown"

    def takes(self, answer: Answer) -> bool:
        return answer.upload is not None

    def keep(self, answer: Answer, form: "Form", *, more: bool = False) -> None:
        """Said before it was asked for: kept, and not the answer yet. `more` of the same. Raises Unfit for a file."""
        if answer.upload is not None:
            self.files.gather(answer.upload, answer.text, form, form.answers)
            form.turn.gathers = None
            return
        before = form.answers.get(self.words_at, "") if more else ""
        form.answers[self.words_at] = f"{before}\n{answer.text}".strip()

    def shown(self, form: "Form") -> bool:
        """Whether all of it was on the screen when it was sent, or is a file that was asked for."""
        return self.shown_at in form.answers

    def holds(self, form: "Form") -> bool:
        return bool(form.answers.get(self.words_at) or self.files.held(form))

    def held_words(self, form: "Form") -> Text:
        """What is kept, a line each."""
        words = form.answers.get(self.words_at)
        rows = [say("{number}. {file}", number=n, file=file_words(file)) for n, file in self.numbered(form)]
        return lines(say("“{words}”", words=words) if words else None, *rows)

    def numbered(self, form: "Form") -> list[tuple[int, Any]]:
        return list(enumerate(self.files.held(form), 1))

    def prompt(self, form: "Form") -> Text:
        if not self.holds(form):
            return self.asked(form)
        out = say("Untuk mengeluarkan berkas ke-{number}: hapus {number}.", number=1) if self.numbered(form) else None
        return lines(
            self.asked(form),
            just_kept(form),
            say("Yang tersimpan dan belum dikirim:"),
            self.held_words(form),
            say("Tekan Kirim untuk mengirimnya, atau tulis balasannya; semuanya terkirim bersama."),
            out,
        )

    def options(self, form: "Form") -> Mapping[str, Text]:
        return {SEND: say("Kirim")} if self.holds(form) else {}

    def accept(self, answer: Answer, form: "Form", answers: dict[str, str]) -> bool:
        if answer.upload is not None and not is_sound(answer.upload.type):
            self.files.gather(answer.upload, answer.text, form, answers)
            return self.closed_by_file(form, answers)
        if answer.key == SEND and self.holds(form):
            self.close_shown(answers)
            return True
        said = folded(answer.text)
        if answer.upload is None and self.files.held(form) and TAKE_OUT.fullmatch(said):
            self.files.take_out(said, form, answers)
            return False
        if answer.upload is None:
            answer = Answer(text=f"{answers.get(self.words_at, '')}\n{answer.text}".strip())
        answers[self.name] = self.spoken.write(self.spoken.read(answer, form))
        return True

    def closed_by_file(self, form: "Form", answers: dict[str, str]) -> bool:
        """Not by one of several sent in one go: the others come after it."""
        if form.turn.incoming.album or not self.enough(form):
            return False
        form.turn.gathers = None
        self.close_shown(answers)
        return True

    def close_shown(self, answers: dict[str, str]) -> None:
        answers[self.name], answers[self.shown_at] = answers.pop(self.words_at, ""), SEND

    def load(self, stored: str, form: "Form") -> Anything:
        files = tuple(file.id for file in self.files.held(form) if not file.refused)
        if not stored and not files:
            raise Unfit(say("Berkas tadi tidak bisa kami pakai. Mohon kirim yang lain."))
        said = self.spoken.load(stored, form) if stored else Spoken()
        words = form.answers.get(self.words_at, "") if said.voice else said.words
        return Anything(words, said.voice, files)

    def write(self, value: Anything) -> str:
        return self.spoken.write(Spoken(value.words, value.voice))


def just_kept(form: "Form") -> Text | None:
    """Said once, as an answer to the file."""
    upload = form.turn.incoming.upload
    if upload is None:
        return None
    photo = upload.type.startswith("image/")
    return say("Foto ini kami simpan.") if photo else say("Berkas ini kami simpan.")


def anything(
    label: Text,
    asked: Callable[[Any], Text],
    *,
    at_most: int = 10,
    longest: int = 1500,
    enough: Callable[[Any], bool] = lambda form: False,
) -> Anything:
    """A question answered with words, a voice note or files: up to `longest` characters, `at_most` files."""
    return cast(Anything, AnythingQuestion(label, asked, at_most=at_most, longest=longest, enough=enough))
