"""Words nobody asked for just now, while an officer waits for an answer: they are kept, and the person is asked."""

import re

from handlers.conversation import form as forms
from handlers.conversation.catalogue import Action
from handlers.conversation.converse import usual
from handlers.conversation.questions.question import Answer, Unfit
from handlers.conversation.questions.words_or_files import SEND, AnythingQuestion
from handlers.conversation.turn import Choice, Turn
from handlers.conversation.words import Text, folded, lines, say
from handlers.tickets.officer.staff import NOT_THERE, guarded
from handlers.tickets.sender.follow import Reply
from handlers.tickets.words import headline
from storage.machine import drafts
from storage.machine.drafts import Draft
from storage.tickets import queue
from storage.tickets.tickets import Ticket

KEPT = re.compile(r"(\d{1,16})-(\d{1,15})", re.ASCII)
"""A ticket, and the draft that holds what was said."""
YES = frozenset({"iya", "benar", "betul", "nggih", "inggih", "oke", "ok", "kirim", "sampaikan", "yes"})
NO = frozenset({"tidak", "sanes", "salah", "no"})
"""What is typed to the question itself, beside "ya" and "bukan", which stand under it."""


def the_question() -> AnythingQuestion:
    question = Reply.questions[0]
    assert isinstance(question, AnythingQuestion)
    return question


def ask(turn: Turn, said: str) -> bool:
    """Whether this is the answer somebody waits for. False when nobody waits, or there is nothing in it."""
    waiting = [ticket for ticket in queue.open_of_person(turn.tx, turn.person.id) if ticket.asked_at]
    turn.screen.draft = turn.screen.question = None
    if not waiting or not (turn.incoming.upload or any(c.isalnum() for c in said)):
        return False
    draft = drafts.open_draft(turn.tx, turn.person.id, Reply.name, str(waiting[0].id), turn.now)
    more = asked_already(turn, draft)
    if more and len(waiting) == 1 and folded(said) in YES:
        send(turn, waiting[0], draft.id)
    elif more and folded(said) in NO:
        refuse(turn, str(draft.id))
    elif keep(turn, draft, said, more):
        held = the_question().held_words(forms.load(turn, draft))
        turn.say(*which(waiting, held), choices=choices(waiting, draft))
    return True


def keep(turn: Turn, draft: Draft, said: str, more: bool) -> bool:
    """Put it into the draft; False when it cannot be taken, which is said."""
    form = forms.load(turn, draft)
    try:
        if form.refused is not None:
            raise Unfit(form.refused)
        the_question().keep(Answer(text=said, upload=turn.incoming.upload), form, more=more)
    except Unfit as unfit:
        turn.say(unfit.words)
        if not draft.answers:
            drafts.close(turn.tx, draft.id)
        return False
    drafts.save(turn.tx, draft, turn.now)
    return True


def asked_already(turn: Turn, draft: Draft) -> bool:
    """What was said before still waits under the same question: this is more of it."""
    return any(token == f"a.bukan.{draft.id}" for token, _, _ in turn.screen.shown)


def which(waiting: list[Ticket], held: Text) -> list[Text]:
    if len(waiting) == 1:
        return [say("Apakah ini jawaban untuk {code}?", code=waiting[0].code), held]
    return [
        say("Apakah ini jawaban untuk salah satu nomor ini? Mohon pilih yang mana."),
        lines(*map(headline, waiting)),
        held,
    ]


def choices(waiting: list[Ticket], draft: Draft) -> list[Choice]:
    no = say("Bukan")
    if len(waiting) == 1:
        yes = Choice(f"a.sampaikan.{waiting[0].id}-{draft.id}", say("Ya, sampaikan"), "ya")
        return [yes, Choice(f"a.bukan.{draft.id}", no, "bukan")]
    codes = [Choice(f"a.sampaikan.{ticket.id}-{draft.id}", ticket.code) for ticket in waiting]
    return [*codes, Choice(f"a.bukan.{draft.id}", no)]


def pass_on(turn: Turn, argument: str) -> None:
    """`a.sampaikan.812-34`: what is kept in that draft is the answer for that ticket."""
    found = KEPT.fullmatch(argument)
    if found is None:
        turn.say(NOT_THERE)
        return
    guarded("reply", lambda turn, ticket: send(turn, ticket, int(found[2])))(turn, found[1])


def send(turn: Turn, ticket: Ticket, number: int) -> None:
    """At once; where nothing is kept any more, the answer is asked for."""
    draft = kept(turn, number)
    if draft is None:
        forms.start(turn, Reply, str(ticket.id))
        return
    draft.about = str(ticket.id)
    form = forms.load(turn, draft)
    if form.refused is None and the_question().holds(form):
        the_question().accept(Answer(key=SEND), form, draft.answers)
    forms.send(turn, draft)


def kept(turn: Turn, number: int) -> Draft | None:
    draft = forms.find(turn, number)
    return draft if draft is not None and draft.form == Reply.name else None


def refuse(turn: Turn, record: str) -> None:
    """It was no answer: what it may have meant otherwise, else the menu."""
    draft = kept(turn, int(record))
    said = draft.answers.get(the_question().words_at, "") if draft else ""
    if draft is not None:
        drafts.close(turn.tx, draft.id)
    usual(turn, folded(said))


ACTIONS = [
    Action("sampaikan", pass_on, say("Ya, sampaikan"), numbered=False),
    Action("bukan", refuse, say("Bukan")),
]
