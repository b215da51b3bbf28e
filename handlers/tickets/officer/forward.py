"""Passing on: a ticket to a colleague with a day to have it done by, two reports of one thing put together."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import cast

from handlers.conversation.catalogue import Action
from handlers.conversation.form import Form
from handlers.conversation.questions.day import future_day
from handlers.conversation.questions.question import pick, text
from handlers.conversation.words import Text, say
from handlers.telling.officers import called
from handlers.telling.rights import holders
from handlers.tickets.kinds import PREFIXES
from handlers.tickets.officer.office_form import OfficeForm, begin, sender_of
from handlers.tickets.officer.staff import STAFF, guarded, note, settled, show
from handlers.tickets.outcome import tell_sender
from handlers.tickets.words import DID, title_of
from storage.people import people
from storage.people.people import Person
from storage.tickets import events, queue, talks, tickets
from storage.tickets.tickets import NAMED

OFFERED = 8
"""Other reports offered to be put together with one."""


def colleagues(form: Form) -> Mapping[str, Text]:
    """Everybody who may work on this kind of ticket but whoever has it in hand: it can be taken over as well.

    Nor its sender, unless their name is hidden: who is missing in the list would be told by it.
    """
    ticket = cast(OfficeForm, form).ticket
    not_to = {ticket.assigned_to} | ({ticket.person_id} if ticket.privacy == NAMED else set())
    everyone = people.with_roles(form.turn.tx, holders(ticket.kind))
    return {str(person.id): called(person) for person in everyone if person.id not in not_to}


class Forwarding(OfficeForm, name="teruskan-tiket"):
    """Disposisi: to whom, what to do, until when."""

    title = say("Disposisi")
    right = "forward"
    to: str = pick(say("Kepada"), say("Diteruskan kepada siapa?"), colleagues)
    remark: str = text(say("Catatan"), say("Apa yang perlu dikerjakan?"), at_most=500, multiline=True)
    wanted_by: date | None = future_day(
        say("Paling lambat"), say("Paling lambat kapan selesai? Tulis harinya, atau ketik lewati."), optional=True
    )

    def refusal(self) -> Text | None:
        return super().refusal() or (None if colleagues(self) else say("Belum ada petugas lain yang bergabung."))

    def finish(self) -> None:
        turn, colleague = self.turn, people.get(self.turn.tx, int(self.to))
        tickets.forward(turn.tx, self.ticket.id, colleague.id, self.wanted_by)
        note(turn, self.ticket, "forwarded", self.remark, inside=True)
        self.release(colleague)
        told = say("Disposisi dari {name}: {remark}", name=called(turn.person), remark=self.remark)
        reached = show(turn, colleague, tickets.get(turn.tx, self.ticket.id), told)
        turn.say(say("{code} diteruskan kepada {name}.", code=self.ticket.code, name=called(colleague)))
        if not reached:
            turn.say(say("Perhatian: petugas itu sedang tidak menerima pesan dari bot. Mohon diberi tahu langsung."))

    def release(self, colleague: Person) -> None:
        """Whoever had it in hand is told, and their words go to the sender no longer."""
        turn, before = self.turn, self.ticket.assigned_to
        for person_id in talks.in_ticket(turn.tx, self.ticket.id):
            if person_id not in (self.ticket.person_id, colleague.id):
                talks.leave(turn.tx, person_id)
        if before is not None and before not in (turn.person.id, colleague.id):
            told = say("{code} diteruskan kepada {name}.", code=self.ticket.code, name=called(colleague))
            turn.tell(people.get(turn.tx, before), told)


def alike(form: Form) -> Mapping[str, Text]:
    others = queue.open_alike(form.turn.tx, cast(OfficeForm, form).ticket, OFFERED)
    return {str(other.id): say("{code}: {title}", code=other.code, title=title_of(other)) for other in others}


class Merging(OfficeForm, name="gabungkan"):
    """A repetition is closed and points to the report that is worked on; both senders stay with their own."""

    title = say("Penggabungan")
    right = "merge"
    into: str = pick(say("Dengan"), say("Digabung dengan laporan yang mana?"), alike)

    def goes_to(self) -> Text:
        return sender_of(self)

    def refusal(self) -> Text | None:
        return super().refusal() or (None if alike(self) else say("Tidak ada laporan lain yang serupa."))

    def finish(self) -> None:
        turn, other = self.turn, tickets.get(self.turn.tx, int(self.into))
        if not tickets.merge(turn.tx, self.ticket.id, other.id, turn.person.id, turn.now):
            turn.say(settled(turn, self.ticket))
            return
        note(turn, self.ticket, "merged", other.code, inside=True)
        events.add(turn.tx, other.id, "gathered", turn.now, words=self.ticket.code, inside=True)
        turn.say(say("{code} digabung ke {other}.", code=self.ticket.code, other=other.code))
        tell_sender(
            turn,
            self.ticket,
            say("{code}: {did}.", code=self.ticket.code, did=DID["merged"]),
            say("Hasilnya tetap kami kabarkan kepada Bapak/Ibu."),
        )


on_tickets = partial(Action, roles=STAFF, prefixes=PREFIXES)
FORWARD = on_tickets("teruskan-tiket", guarded("forward", begin(Forwarding)), say("Disposisi"), "disposisi")
MERGE = on_tickets("gabungkan", guarded("merge", begin(Merging)), say("Gabungkan"), "gabungkan")
ACTIONS = [FORWARD, MERGE]
FORMS = [Forwarding, Merging]
