"""A turn: who, when, the open transaction, and what is said in it. Nothing here can wait for a network."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from handlers.conversation.approved import NEWS, Filled
from handlers.conversation.message import Button, Document, Incoming, Message, Template
from handlers.conversation.screen import Screen
from handlers.conversation.words import SOURCE, Text, in_language, paragraphs, say, split
from storage.database.database import Transaction
from storage.mail import outbox, told
from storage.people import people
from storage.people.people import Chat, Person

if TYPE_CHECKING:
    from handlers.conversation.catalogue import Catalogue
    from handlers.office.profile import Office

LONGEST = 3900
"""Characters of one message. Both messengers allow 4,096; what is longer is parted between paragraphs."""
LONGEST_CAPTION = 1000
"""Characters beside a file (both messengers: 1,024)."""
QUERY_LIVES = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Choice:
    """Something a person can pick: by pressing, by its number, its label, or what `typed` says."""

    token: str
    label: Text
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One message on its way, in words that are not in a language yet."""

    text: Text
    choices: Sequence[Choice] = ()
    words: Sequence[Choice] = ()
    document: Document | None = None

    def to(self, language: str) -> Message:
        return Message(
            text=in_language(self.text, language),
            choices=tuple(button(choice, language) for choice in self.choices),
            words=tuple(button(choice, language) for choice in self.words),
            document=self.document,
            language="" if language == SOURCE else language,
        )


def button(choice: Choice, language: str) -> Button:
    return Button(choice.token, in_language(choice.label, language), choice.typed)


@dataclass(frozen=True, slots=True)
class Stale:
    """When a notice is late, when it is of no use any more, and what it is about, so that it can be taken back."""

    late_after: datetime
    expires_at: datetime
    subject: str


LATE = say("Mohon maaf, pesan ini terlambat kami kirim.")


@dataclass
class Work:
    """A piece of work in an open transaction: the office's own (a reminder) or somebody's turn."""

    tx: Transaction
    office: "Office"
    catalogue: "Catalogue"
    now: datetime

    def tell(
        self,
        person: Person,
        *text: Text,
        choices: Sequence[Choice] = (),
        document: Document | None = None,
        stale: Stale | None = None,
        approved: Filled | None = None,
    ) -> bool:
        """Something the office starts by itself; False when the person is not to be or cannot be reached.

        A notice never takes the place of a question on the person's screen: its choices are typed by name. `approved`
        are the words for a messenger that takes no free ones now; without them it says that there is news.
        """
        chat = self.reachable(person)
        if chat is None:
            return False
        message = Said(paragraphs(*text), choices, document=document).to(person.language)
        if stale is not None:
            note = in_language(LATE, person.language)
            news = self._approved(None, person.language, message)
            late_after = stale.late_after.isoformat()
            message = replace(message, late_after=late_after, late_note=note, late_template=news)
        message = replace(message, template=self._approved(approved, person.language, message))
        screen = Screen.read(chat.screen)
        if choices:
            screen.offer([(button.token, button.label, button.typed) for button in message.choices])
            people.show(self.tx, chat, screen.written())
        parcel = 0
        for part in parts(message):
            parcel = outbox.put(
                self.tx,
                chat.channel,
                chat.address,
                "notice",
                part.written(),
                self.now,
                priority=outbox.NOTICE,
                expires_at=stale.expires_at if stale else None,
                subject=stale.subject if stale else None,
            )
        self._answer_for(parcel, person, approved)
        return True

    def _answer_for(self, parcel_id: int, person: Person, approved: Filled | None) -> None:
        """What the office starts by itself nobody has to answer for."""

    def _approved(self, approved: Filled | None, language: str, message: Message) -> Template:
        tokens = {choice.token.split(".")[1]: choice.token for choice in message.choices}
        return (approved or NEWS(office=self.office.long_name)).to(language, tokens)

    def reachable(self, person: Person) -> Chat | None:
        """Where a notice may go: the chat used last that is open, unless the person said BERHENTI."""
        if person.stopped or person.version is None:
            return None
        return next((chat for chat in people.chats(self.tx, person.id) if chat.unreachable_at is None), None)


@dataclass
class Turn(Work):
    """One thing a person did, and the answer to it."""

    incoming: Incoming
    chat: Chat
    known: Person | None
    screen: Screen = field(init=False)
    saying: list[Said] = field(default_factory=list)
    answer: Text = ""
    tongue: str = "id"
    """The language of someone who has not agreed yet, and of whom nothing is stored."""
    brought: int = 0
    """Notices of before that were sent in full in this turn."""
    gathers: timedelta | None = None
    """Set when the answer says that a file was taken: how long it waits for the next such answer to take its place."""
    erased_files: list[str] = field(default_factory=list)
    """Hashes of stored files that nobody needs any more."""
    whispered: bool = False
    """Nothing of this turn may tell later who it was with."""

    def __post_init__(self) -> None:
        self.screen = Screen.read(self.chat.screen)

    @property
    def person(self) -> Person:
        """The person of this turn. Only called behind the door that asks for consent."""
        assert self.known is not None, "nobody agreed in this chat yet"
        return self.known

    @property
    def language(self) -> str:
        return self.known.language if self.known else self.tongue

    def _answer_for(self, parcel_id: int, person: Person, approved: Filled | None) -> None:
        """What an officer tells a leader: the officer hears when it does not arrive (handlers/telling/unreached.py)."""
        if self.known is None or not self.known.roles or person.roles:
            return
        code = dict(approved.values).get("code", "") if approved else ""
        told.note(self.tx, parcel_id, self.known.id, in_language(code, SOURCE), self.now)

    def refresh(self) -> None:
        """Read the person again after something about them changed."""
        self.known = people.get(self.tx, self.person.id)

    def forget(self, language: str) -> None:
        """The person was erased in this turn: the answer still goes out, and nothing is remembered of it."""
        self.known, self.chat, self.tongue = None, Chat(self.chat.channel, self.chat.address), language

    def whisper(self) -> None:
        """What came in and what is answered is not kept, once it was answered."""
        self.whispered = True

    def say(
        self,
        *text: Text,
        choices: Sequence[Choice] = (),
        words: Sequence[Choice] = (),
        document: Document | None = None,
    ) -> None:
        """Answer the person. The last message of a turn is what they see; its choices are what numbers mean."""
        self.saying.append(Said(paragraphs(*text), choices, words, document))

    def add(self, text: Text, choices: Sequence[Choice] = ()) -> None:
        """Put a line and its choices under the last message of this turn."""
        last = self.saying.pop() if self.saying else Said("")
        self.saying.append(replace(last, text=paragraphs(last.text, text), choices=[*last.choices, *choices]))

    def renew_menu(self) -> None:
        """The commands this person may use have changed: their messenger's menu follows."""
        commands = self.catalogue.for_person(self.known)
        menu = tuple((command.name, in_language(command.title, self.language)) for command in commands)
        self._put("menu", Message(menu=menu))

    def finish(self) -> None:
        """Write what was said to the outbox and remember what the person sees now."""
        if self.incoming.query:
            self._answer_query()
        if not self.saying:
            self._remember()
            return
        last = self.saying[-1].to(self.language)
        self.screen.shown = [(b.token, b.label, b.typed) for b in (*last.choices, *last.words)]
        self._make_way()
        self._remember()
        for message in [*(said.to(self.language) for said in self.saying[:-1]), last]:
            for part in parts(message):
                self._put("reply", part)

    def _make_way(self) -> None:
        """An answer about files that still waits: the next about files takes its place, anything else comes after it.

        One that is on its way already stays, and so does what was said with it; the last is always sent.
        """
        held = self.screen.held
        self.screen.held = f"files:{self.screen.draft}" if self.gathers is not None else ""
        if held and held == self.screen.held:
            outbox.take_back(self.tx, held, self.now)
        elif held:
            outbox.hurry(self.tx, held, self.now)

    def _remember(self) -> None:
        if self.known is None or self.chat.person_id is None:
            return
        if self.whispered:
            people.overheard(self.tx, self.chat, self.screen.written())
        else:
            people.seen(self.tx, self.chat, self.screen.written(), self.now)

    def _answer_query(self) -> None:
        answer = Message(in_language(self.answer, self.language)[:200], query=self.incoming.query)
        self._put("query", answer, self.now + QUERY_LIVES)

    def _put(self, kind: str, message: Message, expires_at: datetime | None = None) -> None:
        waits = kind == "reply" and self.gathers is not None
        if self.whispered:
            outbox.whisper(self.tx, self.chat.channel, self.chat.address, kind, message.written(), self.now)
            return
        outbox.put(
            self.tx,
            self.chat.channel,
            self.chat.address,
            kind,
            message.written(),
            self.now,
            due_at=self.now + self.gathers if waits and self.gathers else None,
            expires_at=expires_at,
            subject=self.screen.held if waits else None,
        )


def parts(message: Message) -> list[Message]:
    """The message in pieces every messenger takes; choices and file go with the last one."""
    pieces = split(message.text, LONGEST_CAPTION if message.document else LONGEST)
    return [Message(text=piece) for piece in pieces[:-1]] + [replace(message, text=pieces[-1])]
