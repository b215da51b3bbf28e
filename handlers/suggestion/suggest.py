"""`/masukan`: a suggestion, an aspiration, a complaint, a question; answered in the chat, rated by who sent it."""

from collections.abc import Mapping

from handlers.conversation.form import Form
from handlers.conversation.questions.files import files
from handlers.conversation.questions.question import pick
from handlers.conversation.questions.voice import Spoken, spoken, voice_of
from handlers.conversation.words import Text, say
from handlers.tickets.sender.private import PrivateSending
from handlers.tickets.sender.sending import About
from storage.ormas import organisations

SORTS: dict[str, Text] = {
    "saran": say("Saran"),
    "aspirasi": say("Aspirasi"),
    "keluhan": say("Keluhan"),
    "pertanyaan": say("Pertanyaan"),
}


def sorts(form: Form) -> Mapping[str, Text]:  # noqa: ARG001
    return SORTS


class Suggestion(PrivateSending, name="masukan"):
    """Whatever somebody wants to tell the office."""

    kind = "masukan"
    title = say("Masukan")
    opening = say("Masukan Bapak/Ibu mendapat nomor dan dijawab di obrolan ini. Ketik kembali atau batal kapan saja.")
    sort: str = pick(
        say("Jenis"), say("Apa yang ingin Bapak/Ibu sampaikan: saran, aspirasi, keluhan, atau pertanyaan?"), sorts
    )
    words: Spoken = spoken(say("Isi"), say("Monggo, silakan ceritakan. Boleh ditulis atau pesan suara."), at_most=2000)
    papers: tuple[int, ...] = files(say("Berkas"), say("Ada berkas yang ingin disertakan?"), optional=True)

    def about_it(self) -> About:
        mine = organisations.of_person(self.turn.tx, self.turn.person.id)
        return About(
            title=self.words.words or "",
            privacy=self.privacy,
            organisation_id=mine[0].organisation.id if mine else None,
            files=(("words", voice_of(self.words)), ("papers", self.papers)),
        )
