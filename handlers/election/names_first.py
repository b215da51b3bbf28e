"""Before a season begins the names must be on the list: without them the neutrality gate knows calls, and nobody."""

from datetime import date, timedelta

from handlers.conversation.turn import Choice, Work
from handlers.conversation.words import Text, day_in_full, say
from handlers.telling.alarms import to_admins
from storage.database.database import Transaction
from storage.elections import neutral_names, stages
from storage.elections.stages import Stage
from storage.mail import approved_words

CLOSE = timedelta(days=180)
"""How long before its first day a stage is close: about what it takes until candidates are known (our choice)."""
AGAIN_AFTER = timedelta(hours=24)
EMPTY = say(
    "Daftar nama partai dan calon masih kosong: pemeriksaan netralitas baru mengenal kata ajakan, belum nama. Admin "
    "mengisinya lewat /netral."
)


def nobody_listed(tx: Transaction) -> bool:
    return not neutral_names.everyone(tx)


def close(stage: Stage, today: date) -> bool:
    """Whether it begins soon or runs."""
    first, last = stage.starts_on, stage.ends_on
    return first is not None and last is not None and first - CLOSE <= today <= last


def season_is_close(tx: Transaction, today: date) -> bool:
    return any(close(stage, today) for stage in stages.everyone(tx))


def empty_list(work: Work) -> Text:
    """What whoever decides about public words should know; nothing when there are names."""
    return EMPTY if nobody_listed(work.tx) else ""


def ask_for_names(work: Work, stage: Stage) -> None:
    """A stage was entered or comes near while the list is empty: admins are told, once a day at most."""
    if not close(stage, work.now.date()) or not nobody_listed(work.tx) or stage.starts_on is None:
        return
    if approved_words.first_time(work.tx, "names-first", work.now, AGAIN_AFTER):
        near = say("{name} mulai {day}.", name=stage.name, day=day_in_full(stage.starts_on))
        to_admins(work, near, EMPTY, choices=[Choice("c.netral", say("Buka daftar nama"))])
