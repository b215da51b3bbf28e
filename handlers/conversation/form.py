"""A form: typed questions, and what happens at the end. Its state is the answers; the next question is found."""

from collections.abc import Iterator
from typing import Any, ClassVar

from handlers.conversation.asking import (
    BACK,
    CANCEL,
    CHOOSE,
    EDIT,
    REVIEW,
    SEND,
    SKIP,
    ask,
    ask_to_leave,
    ask_to_send,
    ask_which,
    meant,
)
from handlers.conversation.questions.question import Answer, Question, Unfit
from handlers.conversation.reading.closest import closest
from handlers.conversation.turn import Turn
from handlers.conversation.words import Text, in_language, lines, say
from storage.machine import drafts
from storage.machine.drafts import Draft

MUCH = 4
"""Answers that nobody should lose by one word."""


class Form:
    """Subclasses declare questions as typed attributes, in the order they are asked.

    `about` names the record a form belongs to (a meeting to move); empty for a form that makes a new one.
    """

    name: ClassVar[str]
    title: ClassVar[Text]
    opening: ClassVar[Text] = ""
    """Said before the first question."""
    review: ClassVar[bool] = True
    """Whether all answers are shown once more before they count. Always, where they go to somebody else or decide
    something: a greeting typed in the wrong moment must not become an answer. A test names the exceptions."""
    leave: ClassVar[Text] = say("Batal")
    leave_typed: ClassVar[str] = "batal"
    """The way out and what to type for it. "Batal" would be two things in a form that cancels something."""
    left: ClassVar[Text] = ""
    """Said when the person left by it; empty for the usual sentence."""
    resumes: ClassVar[bool] = False
    """Whether the form that waited for this one goes on by itself."""
    questions: ClassVar[tuple[Question[Any], ...]] = ()

    def __init_subclass__(cls, name: str = "", **rest: Any) -> None:
        super().__init_subclass__(**rest)
        if name:
            cls.name = name
        own = (value for value in vars(cls).values() if isinstance(value, Question))
        cls.questions = (*cls.questions, *own)

    def __init__(self, turn: Turn, about: str, answers: dict[str, str]) -> None:
        self.turn, self.about, self.answers = turn, about, answers
        self.refused = self.refusal()

    def refusal(self) -> Text | None:
        """Why this form cannot be filled (any more); None when it can. Loads the record it is about."""
        return None

    def needs(self) -> "type[Form] | None":
        """A form to be filled before this one (the profile); None when nothing is missing."""
        return None

    def may_wait(self) -> bool:
        """Whether it may be kept when the person leaves it."""
        return True

    def finish(self) -> None:
        """The only place with effects; all values are typed and just read again. Raises Unfit to reopen a question."""
        raise NotImplementedError

    def wanted(self) -> Iterator[tuple[Question[Any], Unfit | None]]:
        """Every question that applies with what is wrong with its answer; ends at the first that is open."""
        for question in self.questions:
            if not question.wanted(self):
                continue
            stored = self.answers.get(question.name)
            try:
                if stored is None:
                    raise Unfit("")
                setattr(self, question.name, question.load(stored, self))
            except Unfit as unfit:
                yield question, unfit
                return
            yield question, None

    def reviews(self) -> bool:
        """Whether what was answered is still to be shown once more; False where somebody just agreed to it."""
        return self.review

    def goes_to(self) -> Text:
        """Who will read it, for the review; empty where that stands among the answers, or nobody else does."""
        return ""

    def summary(self) -> Text:
        """Each answer in words. Only after every question is answered."""
        asked = [question for question, _ in self.wanted()]
        return lines(*(say("{label}: {value}", label=q.label, value=self.said(q)) for q in asked))

    def said(self, question: Question[Any]) -> Text:
        value = getattr(self, question.name)
        return question.echo(value, self) if self.answers[question.name] else say("tidak ada")


def start(turn: Turn, form: type[Form], about: str = "") -> None:
    """Begin a form, or go on where the person left it."""
    draft = drafts.open_draft(turn.tx, turn.person.id, form.name, about, turn.now)
    show(turn, draft)


def begin(form: type[Form]) -> Any:
    """An action that opens a form about its record."""
    return lambda turn, record: start(turn, form, record)


def load(turn: Turn, draft: Draft) -> Form:
    return turn.catalogue.forms[draft.form](turn, draft.about, draft.answers)


def find(turn: Turn, number: int) -> Draft | None:
    """The person's draft with this number; None for one of a form that a release took away."""
    draft = drafts.find(turn.tx, turn.person.id, number)
    return draft if draft and draft.form in turn.catalogue.forms else None


def waiting(turn: Turn) -> list[Draft]:
    """The person's open drafts of forms that are there, the one touched last first."""
    return [draft for draft in drafts.of_person(turn.tx, turn.person.id) if draft.form in turn.catalogue.forms]


def show(turn: Turn, draft: Draft, *because: Text, echo: Question[Any] | None = None) -> None:
    """Put the open question of a draft on the screen, with the reason it is asked (again).

    `echo` was just answered: what was understood is said back in full, so that nobody finds out on the wrong day.
    """
    form = load(turn, draft)
    if form.refused is not None:
        drafts.close(turn.tx, draft.id)
        turn.screen.clear()
        turn.say(*because, form.refused)
        return
    needed = form.needs()
    if needed is not None:
        start(turn, needed)
        return
    asked = list(form.wanted())
    if echo is not None and (echo, None) in asked:
        because = (say("Dicatat: {value}.", value=form.said(echo)), *because)
    question, unfit = next(((q, u) for q, u in asked if u is not None), (None, None))
    if unfit is not None and question is not None and question.name in draft.answers:
        drop(turn, draft, question.name)
        because = (*because, unfit.words)
    editing = next((q for q, _ in asked if q.name == draft.editing), None)
    if editing is not None or question is not None:
        ask(turn, draft, form, editing or question, because)
    elif draft.editing == CHOOSE:
        ask_which(turn, draft, [q for q, _ in asked], because)
    elif form.reviews():
        ask_to_send(turn, draft, form, because)
    else:
        conclude(turn, draft, form)


def drop(turn: Turn, draft: Draft, name: str) -> None:
    draft.answers.pop(name, None)
    drafts.save(turn.tx, draft, turn.now)


def conclude(turn: Turn, draft: Draft, form: Form) -> None:
    """Everything is answered and confirmed: let it happen, or reopen the question that no longer holds."""
    try:
        form.finish()
    except Unfit as unfit:
        drop(turn, draft, unfit.question)
        show(turn, draft, unfit.words)
        return
    drafts.close(turn.tx, draft.id)
    turn.screen.clear()
    left = waiting(turn) if form.resumes else []
    if left:
        show(turn, left[0])


def proceed(turn: Turn, draft: Draft, answer: Answer) -> None:
    """Take what was said to the question on the screen."""
    form = load(turn, draft)
    if form.refused is not None:
        show(turn, draft)
        return
    question = on_screen(turn, form)
    key = answer.key or meant(answer.text, question)
    if question is None and turn.screen.question not in (REVIEW, CHOOSE) and key != CANCEL:
        show(turn, draft)  # an answer before this one no longer holds: that comes first, with its reason
    elif key in (BACK, CANCEL, SKIP, SEND, EDIT):
        navigate(turn, draft, form, question, key)
    elif question is None:
        choose(turn, draft, form, answer)
    else:
        take(turn, draft, form, question, answer)


def on_screen(turn: Turn, form: Form) -> Question[Any] | None:
    """The question the person sees, with the answers before it read; None on the review page."""
    for question, _ in form.wanted():
        if question.name == turn.screen.question:
            return question
    return None


def take(turn: Turn, draft: Draft, form: Form, question: Question[Any], answer: Answer) -> None:
    before = dict(draft.answers)
    try:
        closed = question.accept(answer, form, draft.answers)
    except Unfit as unfit:
        show(turn, draft, unfit.words)
        return
    if closed and draft.editing == question.name:
        draft.editing = None
    drafts.save(turn.tx, draft, turn.now)
    changed = [q for q in form.questions if draft.answers.get(q.name) != before.get(q.name)]
    echoed = [q for q in (question, *changed) if closed and q.echoes]
    show(turn, draft, echo=echoed[-1] if echoed else None)


def choose(turn: Turn, draft: Draft, form: Form, answer: Answer) -> None:
    """On the review page or the list of answers: a question is named ("topik", "ubah jam"), or nothing we know."""
    labels = {asked.name: in_language(asked.label, turn.language) for asked, _ in form.wanted()}
    named = answer.key if answer.key in labels else closest(answer.text.casefold().removeprefix("ubah "), labels)
    if named is not None:
        edit(turn, draft, named)
    else:
        show(turn, draft, say("Mohon pilih salah satu di bawah ini; boleh diketik nomornya atau namanya."))


def navigate(turn: Turn, draft: Draft, form: Form, question: Question[Any] | None, key: str) -> None:
    """Back, cancel, skip, send, edit."""
    if key == CANCEL:
        leave(turn, draft, form)
    elif key == SEND and question is None and turn.screen.question == REVIEW:
        send(turn, draft)
    elif key == EDIT and question is None:
        asked = [asked.name for asked, _ in form.wanted()]
        edit(turn, draft, asked[0] if len(asked) == 1 else CHOOSE)
    elif key == SKIP and question is not None and question.may_skip(form):
        draft.answers[question.name] = ""
        edit(turn, draft, None)
    elif key == SKIP:
        show(turn, draft, say("Pertanyaan ini tidak bisa dilewati."))
    elif key == BACK:
        back(turn, draft, form, question)
    else:
        show(turn, draft)


def leave(turn: Turn, draft: Draft, form: Form) -> None:
    """Nothing is sent. Much work is not thrown away by one word: whether it is wanted later is asked."""
    turn.screen.clear()
    if sum(map(drafts.told, draft.answers)) >= MUCH and form.may_wait():
        ask_to_leave(turn, draft)
        return
    drafts.close(turn.tx, draft.id)
    turn.say(form.left or say("Baik, isian ini ditutup. Tidak ada yang dikirim."))


def edit(turn: Turn, draft: Draft, name: str | None) -> None:
    draft.editing = name
    drafts.save(turn.tx, draft, turn.now)
    show(turn, draft)


def back(turn: Turn, draft: Draft, form: Form, question: Question[Any] | None) -> None:
    """Ask the question before this one again; the answers stay until they are replaced. From a change: no change.

    A question that asked more about what was typed is asked anew first: whoever goes back wants to type it again.
    """
    if question is not None and question.taken_back(draft.answers):
        edit(turn, draft, draft.editing)
        return
    asked = list(form.wanted())
    complete = all(unfit is None for _, unfit in asked)
    if turn.screen.question == CHOOSE or (complete and draft.editing is not None):
        edit(turn, draft, None)
        return
    before = [asked.name for asked, _ in asked]
    if question is not None:
        before = before[: before.index(question.name)]
    if before:
        edit(turn, draft, before[-1])
    else:
        show(turn, draft, say("Ini pertanyaan pertama."))


def send(turn: Turn, draft: Draft) -> None:
    """Everything is read once more inside the writing transaction; only what still holds is sent."""
    form = load(turn, draft)
    if form.refused is None and all(unfit is None for _, unfit in form.wanted()):
        conclude(turn, draft, form)
    else:
        show(turn, draft)
