"""What is sent instead of written: a file, a voice note, a place. It goes to a question of the form, or nowhere."""

from typing import Any

from handlers.conversation.form import Form, load, on_screen, show, take
from handlers.conversation.questions.question import Answer, Question, Unfit
from handlers.conversation.turn import Turn
from storage.machine import drafts
from storage.machine.drafts import Draft


def take_sent(turn: Turn, draft: Draft, answer: Answer) -> bool:
    """Take it to the open question, else a file to the one that gathers them. False when none takes it."""
    form = load(turn, draft)
    if form.refused is not None:
        return False
    question = on_screen(turn, form)
    if question is not None and question.takes(answer):
        take(turn, draft, form, question, answer)
        return True
    gathering = gatherer(form)
    if gathering is None or not gathering.takes(answer):
        return False
    try:
        gathering.accept(answer, form, draft.answers)
    except Unfit as unfit:
        show(turn, draft, unfit.words)
        return True
    drafts.save(turn.tx, draft, turn.now)
    show(turn, draft, gathering.kept(answer, form))
    return True


def would_take(turn: Turn, draft: Draft, answer: Answer) -> bool:
    """Whether a question of the form takes it. Nothing is changed: a channel asks before it keeps a file."""
    form = load(turn, draft)
    if form.refused is not None:
        return False
    return any(one is not None and one.takes(answer) for one in (on_screen(turn, form), gatherer(form)))


def gatherer(form: Form) -> Question[Any] | None:
    """The question of a form that files go to from everywhere; one with conditions only once it is reached."""
    reached = [question for question, _ in form.wanted()]
    return next((q for q in form.questions if q.gathers and (q in reached or q.when is None)), None)
