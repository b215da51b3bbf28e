"""Own words or one voice note as an answer."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from handlers.conversation.questions.file_kinds import REASONS, is_sound, length
from handlers.conversation.questions.files import note_file
from handlers.conversation.questions.question import Answer, Question, TextQuestion, Unfit
from handlers.conversation.words import Text, say
from storage.database.database import NotFound
from storage.mail import attachments
from storage.mail.attachments import Attachment

if TYPE_CHECKING:
    from handlers.conversation.form import Form

STORED = re.compile(r"suara:(\d{1,18})")
"""How a voice note stands among the answers; nobody's own words are written like that and nothing else."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What somebody said: `words`, or the id of the attachment that is their `voice`."""

    words: str = ""
    voice: int | None = None


class SpokenQuestion(Question[Spoken]):
    """Somebody's own words within a length, or a voice note."""

    def __init__(self, label: Text, ask: Text, *, at_most: int, **rest: Any) -> None:
        super().__init__(label, ask, **rest)
        self.own_words = TextQuestion(label, ask, at_most=at_most, multiline=True)

    def takes(self, answer: Answer) -> bool:
        return answer.upload is not None and is_sound(answer.upload.type)

    def read(self, answer: Answer, form: "Form") -> Spoken:
        if answer.upload is not None:
            return Spoken(voice=note_file(form.turn, answer.upload, answer.text))
        return Spoken(words=self.own_words.read(answer, form))

    def load(self, stored: str, form: "Form") -> Spoken:
        found = STORED.fullmatch(stored)
        if found is None:
            return super().load(stored, form)
        voice = self.voice(int(found[1]), form)
        if voice is None or voice.refused:
            reason = REASONS[voice.reason or "gone"] if voice else REASONS["gone"]
            raise Unfit(
                say("Pesan suara tadi tidak bisa kami pakai: {reason}. Mohon dikirim lagi atau ditulis.", reason=reason)
            )
        return Spoken(voice=voice.id)

    def voice(self, attachment_id: int, form: "Form") -> Attachment | None:
        """The voice note, if it is this person's own."""
        try:
            found = attachments.get(form.turn.tx, attachment_id)
        except NotFound:
            return None
        return found if found.person_id == form.turn.person.id else None

    def write(self, value: Spoken) -> str:
        return f"suara:{value.voice}" if value.voice is not None else value.words

    def empty(self) -> Spoken:
        return Spoken()

    def echo(self, value: Spoken, form: "Form") -> Text:
        if value.voice is None:
            return value.words
        return voice_words(attachments.get(form.turn.tx, value.voice))


def voice_words(file: Attachment) -> Text:
    """`pesan suara (0:42)`, as far as its length is known."""
    return say("pesan suara ({length})", length=length(file.seconds)) if file.seconds else say("pesan suara")


def spoken(label: Text, ask: Text, *, at_most: int = 1000, **rest: Any) -> Spoken:
    """A question answered with somebody's own words or one voice note."""
    return cast(Spoken, SpokenQuestion(label, ask, at_most=at_most, **rest))


def voice_of(answer: Spoken) -> tuple[int, ...]:
    """The voice note of an answer, if it is one."""
    return (answer.voice,) if answer.voice is not None else ()
