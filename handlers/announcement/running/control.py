"""Jeda, Lanjut, Batalkan: what an officer does with an announcement that is decided. Each press is written down."""

from collections.abc import Callable

from handlers.announcement.running.progress import controls, progress_text
from handlers.announcement.running.words import state_words
from handlers.conversation.catalogue import Action
from handlers.conversation.turn import Turn
from handlers.conversation.words import say
from handlers.telling.officers import OFFICERS, audit
from storage.broadcasts import broadcasts, runs
from storage.database.database import NotFound, Transaction

Change = Callable[[Transaction, int, Turn], bool]


def pauses(tx: Transaction, broadcast_id: int, turn: Turn) -> bool:
    return runs.pause(tx, broadcast_id, "paused", turn.now, turn.person.id)


def resumes(tx: Transaction, broadcast_id: int, turn: Turn) -> bool:
    return runs.resume(tx, broadcast_id, turn.person.id, turn.now)


def cancels(tx: Transaction, broadcast_id: int, turn: Turn) -> bool:
    return runs.cancel(tx, broadcast_id, "cancelled", turn.person.id, turn.now)


def does(change: Change, what: str) -> Callable[[Turn, str], None]:
    """The action of one change: the first of two officers does it, the second sees how it stands."""

    def act(turn: Turn, rest: str) -> None:
        try:
            broadcast = broadcasts.get(turn.tx, int(rest))
        except NotFound:
            turn.say(say("Pengumuman itu tidak ada."))
            return
        done = change(turn.tx, broadcast.id, turn)
        if done:
            audit(turn, what, f"broadcast:{broadcast.id}")
        now = broadcasts.get(turn.tx, broadcast.id)
        turn.say(
            "" if done else say("Tidak ada yang diubah: {code} {state}.", code=now.code, state=state_words(now)),
            progress_text(turn, now),
            choices=controls(turn, now),
        )

    return act


PAUSE = Action("jeda-umum", does(pauses, "paused"), say("Jeda"), "jeda", OFFICERS, ("UMU",))
RESUME = Action("lanjut-umum", does(resumes, "resumed"), say("Lanjut"), "lanjut", OFFICERS, ("UMU",))
CANCEL = Action("batal-umum", does(cancels, "cancelled"), say("Batalkan"), "batalkan", OFFICERS, ("UMU",))
ACTIONS = (PAUSE, RESUME, CANCEL)
