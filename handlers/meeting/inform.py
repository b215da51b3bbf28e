"""What an officer decided about a meeting reaches its leader; in a few approved words where no others may be sent."""

from collections.abc import Sequence

from handlers.conversation.approved import Filled
from handlers.conversation.turn import Choice, Turn
from handlers.conversation.words import Text
from handlers.meeting.words import STATES, calendar_file
from handlers.telling.officers import let_know
from handlers.telling.templates import RESULT
from storage.meetings.meetings import Meeting
from storage.people import people


def inform(
    turn: Turn,
    meeting: Meeting,
    *text: Text,
    choices: Sequence[Choice] = (),
    calendar: bool = False,
    approved: Filled | None = None,
) -> None:
    """Tell the leader, and tell the officer whether the leader could be told."""
    result = RESULT(office=turn.office.long_name, code=meeting.code, state=STATES[meeting.state])
    let_know(
        turn,
        people.get(turn.tx, meeting.person_id),
        *text,
        choices=choices,
        document=calendar_file(turn, meeting) if calendar else None,
        approved=approved or result,
    )
