"""Forms that ask first whether the sender is named, hidden or unknown."""

from typing import cast

from handlers.conversation.form import Form
from handlers.conversation.questions.question import PickQuestion
from handlers.conversation.turn import Turn
from handlers.conversation.words import Text, paragraphs, say
from handlers.membership.profile import Profile
from handlers.telling.reach import MESSENGERS
from handlers.tickets.sender import limits
from handlers.tickets.sender.sending import PRIVACY, Sending
from storage.broadcasts import messengers
from storage.tickets.tickets import ANONYMOUS

PAGE = "web"
"""Our own page: nobody but the office knows who wrote there, and what it shows is the office's to take away."""
KNOW = ("telegram", "whatsapp")
"""Messengers, whose company knows who writes to whom, and tells it to whoever may ask."""


class PrivacyQuestion(PickQuestion):
    """Says before anything is told what each answer hides, from whom, and what disappears."""

    def prompt(self, form: Form) -> Text:
        return paragraphs(self.ask, *what_goes(form.turn))


def what_goes(turn: Turn) -> list[Text]:
    """What happens to this chat when something is sent without a name, and who knows the sender nevertheless."""
    if turn.chat.channel == PAGE:
        return [
            say(
                "Kalau dikirim tanpa nama, obrolan sehari terakhir (atau sejak isian ini dibuka) dihapus dari layar "
                "ini dan dari catatan kami."
            )
        ]
    gone = say("Kalau dikirim tanpa nama, catatan kami tentang obrolan sehari terakhir dihapus.")
    if turn.chat.channel not in KNOW:
        return [gone]
    knows = say("{messenger} tetap tahu siapa yang menulis.", messenger=MESSENGERS[turn.chat.channel])
    return [gone, knows, SAFER if PAGE in messengers.serving(turn.tx) else ""]


SAFER = say(
    "Kalau itu berbahaya bagi Bapak/Ibu, pakailah obrolan di halaman web kantor, sebaiknya dari perangkat lain."
)
SCREEN_GOES = say(
    "Sesudah dikirim, obrolan sehari terakhir hilang dari layar ini. Kode rahasianya tampil sepuluh menit; "
    "mohon segera dicatat."
)


FILES_TELL = say(
    "Dari foto, video MP4, PDF, Word dan Excel (bukan .doc dan .xls) kami buang keterangan pembuat, tempat dan "
    "waktunya; dari berkas jenis lain dan pesan suara tidak. Yang terlihat dan terdengar di dalamnya tetap ada."
)


class PrivateSending(Sending):
    """With a name, with a hidden one, or without: asked first, so that nobody tells more than they want to."""

    privacy: str = cast(
        str,
        PrivacyQuestion(
            say("Pencantuman nama"),
            say(
                "Bagaimana nama Bapak/Ibu dicantumkan? Nama dirahasiakan: hanya petugas piket dan penyetuju yang "
                "melihatnya. Tanpa nama bagi kantor: kami tidak menyimpan siapa pengirimnya."
            ),
            lambda form: PRIVACY,
        ),
    )

    def needs(self) -> type[Form] | None:
        """Who gives no name is not asked for one."""
        unnamed = self.answers.get("privacy") in (None, ANONYMOUS)
        return None if unnamed or self.turn.person.name else Profile

    def may_wait(self) -> bool:
        """What was begun without a name is gone as soon as it is left."""
        return self.answers.get("privacy") not in (None, ANONYMOUS)

    def summary(self) -> Text:
        """What disappears is said once more where it can still be decided otherwise."""
        unnamed = self.answers.get("privacy") == ANONYMOUS
        sends = unnamed and any(question.gathers and self.answers.get(question.name) for question, _ in self.wanted())
        goes = unnamed and self.turn.chat.channel == PAGE
        return paragraphs(super().summary(), FILES_TELL if sends else "", SCREEN_GOES if goes else "")

    def refusal(self) -> Text | None:
        refused = limits.refusal(self.turn, self.kind)
        if refused is None and self.answers.get("privacy") == ANONYMOUS:
            return limits.anonymous_refusal(self.turn, self.kind)
        return refused
