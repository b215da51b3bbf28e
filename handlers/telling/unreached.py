"""An officer hears when what they decided does not reach whom it is for, and what to do now. Once for each notice."""

import logging
from datetime import timedelta
from typing import Final

from handlers.conversation.message import read
from handlers.conversation.turn import Work
from handlers.conversation.words import Text, say
from handlers.telling.officers import to_officers
from handlers.telling.reach import why
from storage.database.database import Row
from storage.database.moment import maybe, moment
from storage.mail import told
from storage.people import people

LOG = logging.getLogger(__name__)
LONG: Final = timedelta(hours=1)
"""Waiting longer than this, the officer is told that it waits (our choice)."""
MAY_STILL_FAIL: Final = timedelta(days=3)
"""After this no messenger tells of a failure any more (our choice)."""
FAILED: Final = frozenset({"refused", "withheld", "expired", "unknown"})
OURS: Final = frozenset({"no longer true", "erased"})
"""Not sent because it is not to be sent: nobody has to do anything."""
LONGEST: Final = 80
"""Characters of a notice that are quoted where it has no code."""


def tell_officers(work: Work) -> int:
    """Look at every notice that is still open; how many officers were told. Called by the clock."""
    return sum(safely(work, row) for row in told.open_ones(work.tx))


def safely(work: Work, row: Row) -> bool:
    """One that fails in us is put aside: it must not hold up the others for ever."""
    try:
        with work.tx.attempt():
            return looked_at(work, row)
    except Exception as fault:
        LOG.error("notice %d could not be looked at: %s", row["parcel_id"], type(fault).__name__)
        told.close(work.tx, row["parcel_id"], work.now)
        return False


def looked_at(work: Work, row: Row) -> bool:
    failed = row["outcome"] in FAILED or (row["state"] == "failed" and row["settled_at"] is not None)
    if failed and row["reason"] not in OURS:
        push(work, row, not_reached(row))
    elif waits_long(work, row):
        told.put_off(work.tx, row["parcel_id"], work.now)
        push(work, row, later(row))
        return True
    elif not failed and not arrived(work, row):
        return False
    told.close(work.tx, row["parcel_id"], work.now)
    return failed


def waits_long(work: Work, row: Row) -> bool:
    if row["settled_at"] is not None or row["put_off_at"] is not None or row["reason"] is None:
        return False
    return moment(row["due_at"]) > work.now + LONG


def arrived(work: Work, row: Row) -> bool:
    """Whether nothing bad can be heard of it any more. Where its provider tells later, `sent` proves little."""
    if row["settled_at"] is None:
        return False
    at = maybe(row["settled_at"])
    return row["form"] is None or row["state"] in ("delivered", "read") or (at or work.now) < work.now - MAY_STILL_FAIL


def push(work: Work, row: Row, *text: Text) -> None:
    """To whoever decided; to the whole office where that is nobody any more."""
    officer = people.get(work.tx, row["officer_id"])
    if not officer.roles or not work.tell(officer, *text):
        to_officers(work, *text, but=officer.id)


def what(row: Row) -> Text:
    """The notice by its code, or by its first words. Never by the name of whom it is for: that may be hidden."""
    words = read(row["body"]).text.split("\n", 1)[0] if row["body"] else ""
    quoted = words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
    return row["about"] or (f"“{quoted}”" if quoted else say("keputusan Bapak/Ibu"))


def not_reached(row: Row) -> Text:
    return say(
        "Perhatian: kabar tentang {what} tidak sampai kepada yang bersangkutan: {why}. "
        "Mohon hubungi lewat telepon atau cara lain.",
        what=what(row),
        why=why(row["reason"]),
    )


def later(row: Row) -> Text:
    return say(
        "Perhatian: kabar tentang {what} belum sampai kepada yang bersangkutan: {why}. "
        "Kami coba lagi nanti; bila mendesak, mohon hubungi lewat telepon atau cara lain.",
        what=what(row),
        why=why(row["reason"]),
    )
