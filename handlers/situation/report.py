"""`/situasi`: what happens in the region, for the few who watch over it; unverified until an officer says otherwise."""

from collections.abc import Mapping

from handlers.conversation.form import Form
from handlers.conversation.questions.files import files
from handlers.conversation.questions.place import Where, place
from handlers.conversation.questions.question import pick, text
from handlers.conversation.questions.voice import Spoken, spoken, voice_of
from handlers.conversation.words import Text, say
from handlers.office.kecamatan import ask_kecamatan
from handlers.tickets import deadlines
from handlers.tickets.drawn import WATCHED_WITHIN, drawn
from handlers.tickets.sender import limits
from handlers.tickets.sender.private import PrivateSending
from handlers.tickets.sender.sending import About, anonymous_receipt, watched_receipt
from storage.tickets.tickets import Ticket


def levels(form: Form) -> Mapping[str, Text]:
    return form.turn.office.situation.levels


class SituationReport(PrivateSending, name="situasi"):
    """Never announced, never forwarded outside: kept for the roles that may see it (handlers/telling/rights.py)."""

    kind = "situasi"
    title = say("Laporan situasi")
    opening = say(
        "Ini BUKAN polisi. Bila ada bahaya, segera hubungi {emergency}. Laporan ini hanya dibaca petugas piket dan "
        "penyetuju. Pemberitahuan unjuk rasa mohon disampaikan langsung ke polisi; lewat bot ini tidak berlaku. "
        "Ketik kembali atau batal kapan saja.",
        emergency=limits.EMERGENCY,
    )
    what: Spoken = spoken(say("Kejadian"), say("Apa yang terjadi? Boleh ditulis atau pesan suara."), at_most=1500)
    kecamatan: str = ask_kecamatan(say("Di kecamatan mana?"))
    where: Where = place(
        say("Tempat"),
        say("Di mana tepatnya? Tulis desa dan tempatnya, kirim titik lokasi, atau ketik lewati."),
        optional=True,
    )
    when: str = text(
        say("Waktu"),
        say("Kapan kejadiannya? Pilih, atau tulis sendiri."),
        at_most=100,
        suggested=("Sedang terjadi", "Baru saja", "Hari ini", "Kemarin"),
    )
    level: str = pick(say("Kegawatan"), say("Menurut Bapak/Ibu, seberapa mendesak keadaannya?"), levels)
    shots: tuple[int, ...] = files(
        say("Bukti"),
        say(
            "Ada foto, video, atau rekaman suara? Keselamatan Bapak/Ibu lebih penting; jangan "
            "mengambil risiko untuk merekamnya."
        ),
        optional=True,
    )

    def about_it(self) -> About:
        return About(
            title=self.what.words or "",
            privacy=self.privacy,
            kecamatan=self.kecamatan,
            level=self.level,
            files=(("what", voice_of(self.what)), ("shots", self.shots)),
        )

    def say_received(self, ticket: Ticket, secret: str) -> None:
        self.turn.say(
            say(
                "BILA ADA BAHAYA, TELEPON {emergency} SEKARANG; jangan menunggu jawaban kami.",
                emergency=limits.EMERGENCY,
            ),
            *(anonymous_receipt(self.turn, ticket, secret) if secret else watched_receipt(ticket)),
        )

    def ring(self, ticket: Ticket) -> None:
        """At once; what came without a name and may wait, some minutes later, so that the bell tells no minute."""
        if ticket.anonymous and ticket.level in self.turn.office.situation.may_wait:
            deadlines.ring_at(self.turn, ticket, 0, self.turn.now + drawn(WATCHED_WITHIN))
        else:
            deadlines.ring_next(self.turn, ticket, 0)
