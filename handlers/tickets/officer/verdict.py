"""What came of a rumour: true, false or not clear, with a source and in words. Everybody may read it, so two decide."""

from collections.abc import Sequence

from handlers.conversation.form import start
from handlers.conversation.questions.question import pick, text
from handlers.conversation.turn import Turn, Work
from handlers.conversation.words import Text, in_language, lines, say
from handlers.public_word.proposing import PublicWord, propose
from handlers.tickets.officer.office_form import OfficeForm
from handlers.tickets.officer.staff import note, refusal
from handlers.tickets.outcome import conclude
from handlers.tickets.words import headline
from storage.broadcasts import proposals
from storage.broadcasts.proposals import Proposal
from storage.tickets import tickets
from storage.tickets.tickets import Ticket

RUMOUR = "klarifikasi"
VERDICTS: dict[str, Text] = {"benar": say("Benar"), "salah": say("Salah"), "belum": say("Belum jelas")}


class Judging(OfficeForm, name="putuskan-kabar"):
    """The end of a rumour, once a second person has agreed; until then its ticket stays open."""

    title = say("Hasil pemeriksaan kabar")
    right = "close"
    verdict: str = pick(say("Hasil"), say("Bagaimana kabar ini?"), lambda form: VERDICTS)
    source: str = text(
        say("Sumber"), say("Apa sumbernya? Misalnya surat, peraturan, atau siapa yang menjelaskan."), at_most=200
    )
    words: str = text(
        say("Penjelasan"),
        say("Apa penjelasannya? Dibaca pengirim dan siapa pun yang memeriksa kabar ini."),
        at_most=1200,
        multiline=True,
    )

    def goes_to(self) -> Text:
        return say("penyetuju, lalu pengirim dan siapa pun yang memeriksa kabar ini")

    def refusal(self) -> Text | None:
        refused = super().refusal()
        waiting = proposals.open_about(self.turn.tx, JUDGED.kind, self.ticket.id)
        if refused is None and waiting is not None:
            return say("{code} sudah menunggu orang kedua untuk nomor ini.", code=waiting.code)
        return refused

    def finish(self) -> None:
        facts = {"verdict": self.verdict, "source": self.source, "words": self.words}
        propose(self.turn, JUDGED, self.ticket.id, facts)
        note(self.turn, self.ticket, "judged", inside=True)


def begin_judging(turn: Turn, ticket: Ticket) -> None:
    start(turn, Judging, str(ticket.id))


def verdict_text(proposal: Proposal) -> Text:
    facts = proposal.facts
    return lines(
        say("{verdict}. {words}", verdict=VERDICTS[facts["verdict"]], words=facts["words"]),
        say("Sumber: {source}", source=facts["source"]),
    )


def shown(work: Work, proposal: Proposal) -> Sequence[Text]:
    return [headline(tickets.get(work.tx, proposal.subject_id)), verdict_text(proposal)]


def publish(turn: Turn, proposal: Proposal) -> Text | None:
    """The ticket ends with it, and whoever asks `/cek` about the same rumour reads it."""
    ticket = tickets.get(turn.tx, proposal.subject_id)
    said = in_language(verdict_text(proposal), "id")
    if not tickets.close(turn.tx, ticket.id, turn.person.id, "done", turn.now):
        return say("{code} sudah ditutup dengan cara lain, jadi hasil ini tidak ditampilkan.", code=ticket.code)
    note(turn, ticket, "closed", said)
    conclude(turn, ticket, said)
    return None


def own(turn: Turn, proposal: Proposal) -> Text | None:
    """Nobody agrees to what is said about a rumour of their own."""
    return refusal(turn, tickets.get(turn.tx, proposal.subject_id), "close")


JUDGED = PublicWord("verdict", say("Hasil pemeriksaan kabar"), shown, publish, own)
FORMS = [Judging]
