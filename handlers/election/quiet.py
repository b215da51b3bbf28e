"""Masa tenang: while it runs, only the topics named in the office profile go out."""

from datetime import datetime

from handlers.conversation.turn import Work
from handlers.conversation.words import Text, say
from handlers.election.stage import QUIET, dates
from storage.elections import stages
from storage.elections.stages import Stage


def holds_back(work: Work, topic: str, at: datetime) -> Stage | None:
    """The masa tenang in which nothing about this topic may go out at that moment; None when it may."""
    if topic in work.office.election.allowed_in_quiet:
        return None
    return stages.running(work.tx, QUIET, at.astimezone(work.now.tzinfo).date())


def held_back_words(stage: Stage) -> Text:
    return say(
        "Masa tenang ({dates}): pengumuman dengan topik ini tidak boleh keluar. Pilih waktu lain.", dates=dates(stage)
    )
