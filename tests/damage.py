"""A small service of the tests' own: reporting damage, with a voice, a place and files."""

from datetime import timedelta
from typing import ClassVar

from handlers import CATALOGUE
from handlers.conversation.catalogue import Catalogue, Command
from handlers.conversation.form import Form, start
from handlers.conversation.questions.file_kinds import called
from handlers.conversation.questions.files import files
from handlers.conversation.questions.place import Where, place
from handlers.conversation.questions.question import pick, text
from handlers.conversation.questions.voice import Spoken, spoken
from handlers.conversation.turn import Turn
from handlers.conversation.words import Text, say
from handlers.tickets import files as ticket_files
from storage.tickets import files as kept
from storage.tickets import tickets
from storage.tickets.tickets import ANONYMOUS, HIDDEN, NAMED, NewTicket

PRIVACY = {NAMED: say("Dengan nama"), HIDDEN: say("Dirahasiakan"), ANONYMOUS: say("Tanpa nama")}


class Damage(Form, name="kerusakan"):
    """What is broken, where, and how it looks."""

    title: ClassVar[Text] = say("Laporan kerusakan")
    what: Spoken = spoken(say("Kejadian"), say("Apa yang rusak?"), at_most=200)
    where: Where = place(say("Tempat"), say("Di mana?"))
    photos: tuple[int, ...] = files(say("Foto dan dokumen"), say("Ada foto atau dokumen?"), at_most=10)
    who: str = text(say("Pelapor"), say("Atas nama siapa?"))
    privacy: str = pick(say("Nama"), say("Bagaimana dengan nama?"), lambda form: PRIVACY)

    def finish(self) -> None:
        turn = self.turn
        new = NewTicket(
            kind="laporan",
            prefix="LAP",
            title=self.who,
            facts={},
            respond_by=turn.now + timedelta(days=3),
            due_at=turn.now + timedelta(days=9),
            privacy=self.privacy,
            person_id=turn.person.id,
        )
        ticket = tickets.open_ticket(turn.tx, new, turn.now)
        voice = () if self.what.voice is None else (self.what.voice,)
        kept.attach(turn.tx, ticket.id, voice, "what", turn.now)
        kept.attach(turn.tx, ticket.id, self.photos, "photos", turn.now)
        turn.say(say("Laporan {code} diterima.", code=ticket.code))


def look(turn: Turn, record: str) -> None:
    """What stands on a ticket about its files."""
    ticket = tickets.by_code(turn.tx, record.upper())
    turn.say(say("{lines}.", lines=ticket_files.file_lines(turn, ticket.id) if ticket else called("")))


OFFICE = Catalogue(
    commands=CATALOGUE.commands
    | {
        "kerusakan": Command("kerusakan", say("Lapor kerusakan"), lambda turn, rest: start(turn, Damage)),
        "lihat": Command("lihat", say("Lihat laporan"), look, listed=False),
    },
    actions=CATALOGUE.actions,
    forms=CATALOGUE.forms | {Damage.name: Damage},
    named=CATALOGUE.named,
    shows=CATALOGUE.shows,
)
