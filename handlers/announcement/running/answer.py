"""What a recipient presses under an announcement: an answer, which may change until the expiry, or its files."""

from collections.abc import Callable

from handlers.announcement.running.attached import FILES, hand_out, may_see
from handlers.announcement.running.words import ANSWERS, NOT_YOURS, until
from handlers.conversation.catalogue import Action
from handlers.conversation.turn import Turn
from handlers.conversation.words import Text, lines, say
from storage.broadcasts import archive, broadcasts, recipients
from storage.broadcasts.broadcasts import OPTIONS, PICK, READ, YES_NO, Broadcast
from storage.database.database import NotFound


def received(turn: Turn, rest: str) -> Broadcast | None:
    """The announcement, if it was for this person; else they hear what anybody would hear."""
    try:
        broadcast = broadcasts.get(turn.tx, int(rest))
    except NotFound:
        broadcast = None
    line = recipients.of(turn.tx, broadcast.id, turn.person.id) if broadcast else None
    if broadcast is None or line is None or broadcast.started_at is None:
        turn.say(NOT_YOURS)
        return None
    return broadcast


def answers(question: str, key: str) -> Callable[[Turn, str], None]:
    """The action of one answer to one kind of question."""

    def answer(turn: Turn, rest: str) -> None:
        broadcast = received(turn, rest)
        if broadcast is None:
            return
        label = label_of(broadcast, key)
        if broadcast.content.question != question or label is None:
            turn.say(NOT_YOURS)
            return
        closed = over(turn, broadcast)
        if closed:
            turn.say(closed)
            return
        for one in rounds(turn, broadcast):
            recipients.answer(turn.tx, one.id, turn.person.id, key, turn.now)
        turn.say(
            say("Terima kasih. Jawaban untuk {code} kami catat: {answer}.", code=broadcast.code, answer=label),
            lines(say("Jawaban masih bisa diganti."), until(turn, broadcast.content.expires_at)),
        )

    return answer


def rounds(turn: Turn, broadcast: Broadcast) -> list[Broadcast]:
    """The announcement and those it asked the silent of: an answer to a second round answers the first as well."""
    if broadcast.follows is None:
        return [broadcast]
    return [broadcast, *rounds(turn, broadcasts.get(turn.tx, broadcast.follows))]


def label_of(broadcast: Broadcast, key: str) -> Text | None:
    """How an answer is called in this announcement; None when it has no such answer."""
    content = broadcast.content
    if content.question == PICK:
        place = int(key.removeprefix("pilih-")) if key.startswith("pilih-") else 0
        return content.options[place - 1] if 1 <= place <= len(content.options) else None
    return next((label for name, label in ANSWERS.get(content.question, ()) if name == key), None)


def over(turn: Turn, broadcast: Broadcast) -> Text:
    """Why no answer is taken any more; empty while it is."""
    newer = archive.replaced_by(turn.tx, broadcast.id)
    if newer is not None:
        return say(
            "{code} sudah tidak berlaku: sudah diganti dengan {newer}. Mohon jawab yang baru.",
            code=broadcast.code,
            newer=newer.code,
        )
    expires_at = broadcast.content.expires_at
    if expires_at is not None and turn.now >= expires_at:
        return say("{code} sudah berakhir, jawaban tidak dicatat lagi.", code=broadcast.code)
    return ""


def send_files(turn: Turn, rest: str) -> None:
    """Every file of it, to whoever may see them."""
    try:
        broadcast = broadcasts.get(turn.tx, int(rest))
    except NotFound:
        broadcast = None
    if broadcast is None or not may_see(turn, broadcast):
        turn.say(NOT_YOURS)
        return
    if newer := archive.replaced_by(turn.tx, broadcast.id):
        turn.say(
            say("{code} sudah tidak berlaku: sudah diganti dengan {newer}.", code=broadcast.code, newer=newer.code)
        )
    if not hand_out(turn, broadcast):
        turn.say(say("{code} tidak punya berkas.", code=broadcast.code))


ACTIONS = (
    *(
        Action(name, answers(question, name), label, name.replace("-", " "), prefixes=("UMU",))
        for question in (READ, YES_NO)
        for name, label in ANSWERS[question]
    ),
    *(
        Action(f"pilih-{place}", answers(PICK, f"pilih-{place}"), str(place), f"pilih {place}", prefixes=("UMU",))
        for place in range(1, OPTIONS + 1)
    ),
    Action(FILES, send_files, say("Berkas"), "berkas", prefixes=("UMU",)),
)
