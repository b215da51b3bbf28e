"""The files of an announcement: handed to whoever it was for, and to those who write it or decide about it before."""

from handlers.conversation.message import Document
from handlers.conversation.turn import Turn
from handlers.conversation.words import say
from handlers.telling.officers import APPROVERS, OFFICERS
from storage.broadcasts import files as broadcast_files
from storage.broadcasts import recipients
from storage.broadcasts.broadcasts import Broadcast

FILES = "berkas-umum"


def may_see(turn: Turn, broadcast: Broadcast) -> bool:
    """Its author and who decides at any time; once it goes out, every officer and whoever it was for."""
    if broadcast.written_by == turn.person.id or turn.person.roles & APPROVERS:
        return True
    if broadcast.started_at is None:
        return False
    return bool(turn.person.roles & OFFICERS) or recipients.of(turn.tx, broadcast.id, turn.person.id) is not None


def hand_out(turn: Turn, broadcast: Broadcast) -> int:
    """Every file of it, one message each; how many."""
    files = broadcast_files.of(turn.tx, broadcast.id)
    for place, file in enumerate(files, 1):
        caption = say("{code}, berkas {place} dari {count}", code=broadcast.code, place=place, count=len(files))
        turn.say(caption, document=Document(file.name, file.type, sha256=file.sha256))
    return len(files)
