"""A request that nobody answers rings at the office: before its time, and when that has passed."""

from handlers.conversation.turn import Work
from handlers.conversation.words import Text, say
from handlers.meeting.decide import decisions, show_to_officers
from handlers.meeting.timers import RINGS
from handlers.meeting.words import card, overdue
from storage.database.moment import stamp
from storage.machine.reminders import Reminder
from storage.meetings import meetings
from storage.meetings.meetings import Meeting
from storage.people import people


def ring(work: Work, reminder: Reminder) -> str:
    """Whoever has it in hand, else every officer; once its time has passed, every officer."""
    meeting = meetings.get(work.tx, reminder.subject_id)
    if meeting.state != "waiting" or stamp(meeting.starts_at) != reminder.basis:
        return "void"
    if overdue(meeting, work.now):
        show_to_officers(work, meeting, say("{code} lewat waktunya tanpa jawaban.", code=meeting.code), WHAT_NOW)
    elif meeting.assigned_to is None:
        show_to_officers(work, meeting, soon(meeting))
    else:
        officer = people.get(work.tx, meeting.assigned_to)
        work.tell(officer, soon(meeting), card(work, meeting), choices=decisions(work, meeting))
    return "sent"


def soon(meeting: Meeting) -> Text:
    return say("{code} belum dijawab, padahal waktunya sudah dekat.", code=meeting.code)


WHAT_NOW = say("Mohon diusulkan waktu lain, atau ditolak dengan permohonan maaf.")
FIRES = dict.fromkeys(RINGS, ring)
