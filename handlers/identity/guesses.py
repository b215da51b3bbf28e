"""How often somebody may be wrong about a code: so often as a person, and so often in one chat, whoever is in it.

There is no limit for everybody together: a few strangers would use it up for all. None is needed either: a code to link
has 40 bits and lives for a quarter of an hour, one to join has 60. A thousand strangers at once, each as often wrong as
they may be, hit one of ten open codes in once of 20 million hours, and linking still waits for its maker's own yes.
"""

from datetime import timedelta

from handlers.conversation.turn import Turn
from storage.people import chat_guesses, join_codes

WITHIN = timedelta(hours=1)


def too_many(turn: Turn) -> bool:
    since, limit = turn.now - WITHIN, turn.office.join_codes.guesses_per_hour
    chat = chat_guesses.guesses(turn.tx, turn.chat.channel, turn.chat.address, since)
    return max(chat, join_codes.guesses(turn.tx, turn.person.id, since)) >= limit


def note(turn: Turn) -> None:
    """This one was wrong."""
    join_codes.guess(turn.tx, turn.person.id, turn.now)
    chat_guesses.guess(turn.tx, turn.chat.channel, turn.chat.address, turn.now, turn.now - WITHIN)
