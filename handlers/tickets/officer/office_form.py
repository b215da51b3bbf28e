"""Forms of an officer about a ticket: who may fill them in, prepared words, and a colleague who was quicker."""

from collections.abc import Callable, Mapping
from typing import ClassVar, cast

from handlers.conversation import form as forms
from handlers.conversation.form import Form
from handlers.conversation.questions.question import PickQuestion, pick, text
from handlers.conversation.turn import Turn
from handlers.conversation.words import Text, paragraphs, say
from handlers.telling.officers import called
from handlers.telling.rights import may_name
from handlers.tickets.officer.staff import refusal, settled
from storage.machine import drafts
from storage.people import people
from storage.tickets import events, replies, tickets
from storage.tickets.events import Event
from storage.tickets.tickets import Ticket

OWN = "sendiri"
NOTHING_SENT = say("Baik, tidak ada yang dikirim.")
GIVEN_UP = "tidak"
QUOTED = 400
"""Characters of a colleague's words."""
SEEN = "seen~"
"""Where a form keeps which word to the sender was the last one when it was begun."""


class OfficeForm(Form):
    """`right`: what it needs of the ticket (telling/rights.py); `open_only`: whether a closed one is beyond it."""

    right: ClassVar[str]
    open_only: ClassVar[bool] = True
    ticket: Ticket

    def refusal(self) -> Text | None:
        self.ticket = tickets.get(self.turn.tx, int(self.about))
        refused = refusal(self.turn, self.ticket, self.right)
        if refused is None and self.open_only and not self.ticket.open:
            return settled(self.turn, self.ticket)
        return refused


def sender_of(form: OfficeForm) -> Text:
    """Who reads it, as far as this officer may know them."""
    ticket = form.ticket
    if ticket.person_id is None or not may_name(form.turn.person, ticket):
        return say("pengirim {code}", code=ticket.code)
    return say("{name}, pengirim {code}", name=people.get(form.turn.tx, ticket.person_id).name, code=ticket.code)


def prepared(form: Form) -> Mapping[str, Text]:
    """Prepared replies for this kind and moment, and own words."""
    words = cast(WordsForm, form)
    fitting = replies.fitting(form.turn.tx, words.ticket.kind, words.moment)
    return {str(reply.id): reply.title for reply in fitting} | {OWN: say("Tulis sendiri")}


class WordsForm(OfficeForm):
    """Words to the sender: prepared ones, or the officer's own (`words`, asked by each form in its own way)."""

    moment: ClassVar[str]
    reply: str = pick(
        say("Balasan siap pakai"),
        say("Pakai balasan yang sudah disiapkan?"),
        prepared,
        when=lambda form: len(prepared(form)) > 1,
    )
    words: str

    @property
    def writes(self) -> bool:
        """Whether the officer writes the words; so they do where the prepared ones were taken away meanwhile."""
        chosen = self.answers.get("reply", OWN)
        return chosen == OWN or chosen not in prepared(self)

    def reviews(self) -> bool:
        """Not once more where it was just agreed to beside a colleague's words."""
        return self.turn.screen.question != "anyway"

    def goes_to(self) -> Text:
        return sender_of(self)

    def summary(self) -> Text:
        """The words themselves, prepared ones too: they are read before they go."""
        return say("“{words}”", words=self.said_words)

    @property
    def said_words(self) -> str:
        """What goes to the sender, once every question is answered."""
        return self.words if self.writes else replies.get(self.turn.tx, int(self.answers["reply"])).words

    def finish(self) -> None:
        if self.given_up:
            self.turn.say(NOTHING_SENT)
        else:
            self.speak(self.said_words)

    def speak(self, said: str) -> None:
        """Let the words count and tell them to the sender."""
        raise NotImplementedError

    @property
    def overtaken(self) -> Event | None:
        """What a colleague said to the sender since this form was begun."""
        last = events.last_to_leader(self.turn.tx, self.ticket.id)
        unseen = last is not None and last.id > int(self.answers.get(SEEN, 0))
        return last if unseen and last and last.officer_id != self.turn.person.id else None

    @property
    def given_up(self) -> bool:
        """Whether the officer left it at the colleague's words."""
        return self.answers.get("anyway") == GIVEN_UP


def to_sender(label: Text, ask: Text, *, at_most: int) -> str:
    """The officer's own words; only asked where no prepared ones were picked."""
    return text(label, ask, at_most=at_most, multiline=True, when=lambda form: form.writes)


class AnywayQuestion(PickQuestion):
    """Nobody answers twice unknowingly: a colleague's words are read first, and nothing that was written is lost."""

    def prompt(self, form: Form) -> Text:
        answering = cast(WordsForm, form)
        said = answering.overtaken
        assert said is not None
        return paragraphs(
            say(
                "Mohon dibaca dahulu: {name} baru saja menyampaikan “{words}”.",
                name=called(people.get(form.turn.tx, said.officer_id or 0)),
                words=(said.words or "")[:QUOTED],
            ),
            say("Yang Bapak/Ibu tulis belum dikirim: “{words}”. Tetap dikirim?", words=answering.said_words),
        )


def choices(form: Form) -> Mapping[str, Text]:
    """The key is the colleague's word that was read: a further one is shown again."""
    said = cast(WordsForm, form).overtaken
    return {str(said.id if said else 0): say("Tetap kirim"), GIVEN_UP: say("Tidak jadi")}


def anyway() -> str:
    """The last question of a form with words; only asked when a colleague was quicker."""
    return cast(str, AnywayQuestion(say("Tetap kirim"), "", choices, when=lambda form: form.overtaken is not None))


def begin(form: type[OfficeForm]) -> Callable[[Turn, Ticket], None]:
    """Open a form about a ticket, and remember what had been said to the sender by then."""

    def open_form(turn: Turn, ticket: Ticket) -> None:
        draft = drafts.open_draft(turn.tx, turn.person.id, form.name, str(ticket.id), turn.now)
        if SEEN not in draft.answers:
            last = events.last_to_leader(turn.tx, ticket.id)
            draft.answers[SEEN] = str(last.id if last else 0)
            drafts.save(turn.tx, draft, turn.now)
        forms.show(turn, draft, said_before(turn, ticket))

    return open_form


def said_before(turn: Turn, ticket: Ticket) -> Text:
    """What a colleague told the sender already: read before the first word is typed."""
    last = events.last_to_leader(turn.tx, ticket.id)
    if last is None or last.officer_id == turn.person.id:
        return ""
    return say(
        "{name} sudah menyampaikan: “{words}”",
        name=called(people.get(turn.tx, last.officer_id or 0)),
        words=(last.words or "")[:QUOTED],
    )
