"""Revealing a hidden name to the officer in charge: a right of its own, a reason, written down, the sender told."""

from handlers.conversation.catalogue import Action
from handlers.conversation.questions.question import text
from handlers.conversation.words import Text, say
from handlers.telling.officers import audit, called
from handlers.telling.rights import may_name
from handlers.tickets.kinds import PREFIXES
from handlers.tickets.officer.office_form import OfficeForm, begin
from handlers.tickets.officer.staff import STAFF, guarded
from handlers.tickets.outcome import tell_sender
from handlers.tickets.words import named
from storage.people import people
from storage.people.people import Person
from storage.tickets import events
from storage.tickets.tickets import HIDDEN


class Revealing(OfficeForm, name="buka-nama"):
    """Once, to one officer, in words: nobody's rights change, and the card goes on hiding the name."""

    title = say("Pembukaan nama")
    right = "reveal"
    review = True
    why: str = text(
        say("Alasan"),
        say(
            "Mengapa nama pengirim perlu dibuka kepada petugas yang menangani? Alasannya dicatat dan disampaikan "
            "kepada pengirim."
        ),
        at_most=300,
    )

    @property
    def officer(self) -> Person | None:
        """Who has it in hand."""
        return people.get(self.turn.tx, self.ticket.assigned_to) if self.ticket.assigned_to else None

    def refusal(self) -> Text | None:
        if refused := super().refusal():
            return refused
        if self.ticket.privacy != HIDDEN or self.ticket.person_id is None:
            return say("Nama pengirimnya tidak dirahasiakan, atau memang tidak ada pada kami.")
        if self.officer is None:
            return say("Belum ada petugas yang menanganinya, jadi tidak ada yang perlu tahu namanya.")
        if may_name(self.officer, self.ticket):
            return say("{name} memang boleh melihat namanya.", name=called(self.officer))
        return None

    def finish(self) -> None:
        turn, ticket, officer = self.turn, self.ticket, self.officer
        assert officer is not None, "refused before"
        reason = say("Alasan: {reason}", reason=self.why)
        opened = say("Nama pengirim {code} dibuka untuk Bapak/Ibu. Mohon dijaga.", code=ticket.code)
        if not turn.tell(officer, opened, named(turn, ticket), reason):
            turn.say(say("{name} tidak dapat dihubungi, jadi nama tidak dibuka.", name=called(officer)))
            return
        audit(turn, "ticket-revealed", ticket.code, self.why)
        events.add(turn.tx, ticket.id, "revealed", turn.now, officer_id=turn.person.id, words=self.why)
        turn.say(say("Nama pengirim sudah dibuka kepada {name}, dan dicatat.", name=called(officer)))
        told = say("Nama Bapak/Ibu pada {code} dibuka kepada petugas yang menanganinya.", code=ticket.code)
        tell_sender(turn, ticket, told, reason)


REVEAL = Action(
    "buka-nama", guarded("reveal", begin(Revealing)), say("Buka nama pengirim"), "buka nama", STAFF, prefixes=PREFIXES
)
ACTIONS = [REVEAL]
FORMS = [Revealing]
