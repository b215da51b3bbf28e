"""A moment as the office says it: day, date, hour and zone."""

from datetime import datetime
from typing import TYPE_CHECKING

from handlers.conversation.words import Text, moment_in_full

if TYPE_CHECKING:
    from handlers.conversation.turn import Work


def in_full(work: "Work", moment: datetime) -> Text:
    """The moment as it is always said back: day, date, hour and zone."""
    return moment_in_full(moment.astimezone(work.now.tzinfo), work.office.zone_label)
