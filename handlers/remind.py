"""What the office starts by itself when its time comes. Every reminder is recomputed from the facts when it fires."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from handlers import standing
from handlers.announcement.writing.begin import draft_alert
from handlers.conversation.approved import Filled
from handlers.conversation.fault import told
from handlers.conversation.turn import Choice, Stale, Work
from handlers.conversation.words import Text, say
from handlers.election.timers import ALERT
from handlers.meeting import undecided
from handlers.meeting.decide import decisions, leaders_choices
from handlers.meeting.timers import set_promise_reminder
from handlers.meeting.words import at_stake, host, promise_line, when
from handlers.office.moments import in_full
from handlers.register.ends import ENDS, remind_of_end
from handlers.telling.templates import PROPOSAL, REMINDER
from handlers.telling.unreached import tell_officers
from handlers.tickets import deadlines, drawn
from storage.database.faults import of_the_database
from storage.database.moment import stamp
from storage.machine import drafts, reminders
from storage.machine.drafts import Draft
from storage.machine.reminders import Reminder
from storage.meetings import meetings, promises, slots
from storage.meetings.meetings import Meeting
from storage.people import people

LOG = logging.getLogger(__name__)
URGENT = "ticket-ring"
"""A report of danger rings at night too."""
AT_NIGHT = (URGENT, *standing.AT_NIGHT)


def due(work: Work) -> int:
    """Do everything that is due; how much that was. Called by the clock, in one transaction. At night most can wait."""
    heard = tell_officers(work)
    if work.office.quiet(work.now):
        return heard + sum(fire_all(work, reminders.due_of_kind(work.tx, kind, work.now)) for kind in AT_NIGHT)
    return heard + fire_all(work, reminders.due(work.tx, work.now)) + close_stale(work) + ask_about_abandoned(work)


def fire_all(work: Work, waiting: list[Reminder]) -> int:
    for reminder in waiting:
        reminders.done(work.tx, reminder.id, fire(work, reminder), work.now)
    return len(waiting)


def fire(work: Work, reminder: Reminder) -> str:
    """What became of one reminder. One that fails is undone and put aside: it must not hold up the others for ever."""
    try:
        with work.tx.attempt():
            return FIRES[reminder.kind](work, reminder)
    except Exception as fault:
        if of_the_database(fault):
            raise
        LOG.error("reminder %d (%s) failed: %s", reminder.id, reminder.kind, told(fault))
        return "failed"


def still(work: Work, reminder: Reminder) -> Meeting | None:
    """The meeting, if it is still to be at the time the reminder was made for."""
    meeting = meetings.get(work.tx, reminder.subject_id)
    same = stamp(meeting.starts_at) == reminder.basis
    return meeting if same and meeting.approved_at and meeting.open else None


def ask_for_answer(work: Work, reminder: Reminder, meeting: Meeting, offered: datetime) -> str:
    """The office wants to move what was agreed and the leader has not answered: nothing is certain, so that is said."""
    reached = work.tell(
        people.get(work.tx, meeting.person_id),
        late(work, reminder),
        say(
            "Untuk {code} kami masih menunggu jawaban Bapak/Ibu. Kantor minta pindah dari {when} ke {offered}.",
            code=meeting.code,
            when=when(work, meeting),
            offered=in_full(work, offered),
        ),
        say("Apakah Bapak/Ibu bisa?"),
        choices=leaders_choices(work, meeting),
        stale=stale(work, reminder, meeting),
        approved=PROPOSAL(code=meeting.code, when=in_full(work, offered), reason="-"),
    )
    return "sent" if reached else "unreachable"


def remind_day_before(work: Work, reminder: Reminder) -> str:
    meeting = still(work, reminder)
    if meeting is not None and work.now >= meeting.starts_at - timedelta(hours=work.office.reminders.hours_before):
        return "overtaken"
    told = remind_leader(work, reminder, meeting)
    if meeting is not None and told == "sent" and (officer := in_hand(meeting)):
        work.tell(
            people.get(work.tx, officer),
            say("Pengingat petugas: {code}, {when}.", code=meeting.code, when=when(work, meeting)),
            stale=stale(work, reminder, meeting),
        )
    return told


def in_hand(meeting: Meeting) -> int | None:
    """The officer it was forwarded to, else who approved it."""
    return meeting.assigned_to or meeting.approved_by


def remind_leader(work: Work, reminder: Reminder, meeting: Meeting | None = None) -> str:
    meeting = meeting or still(work, reminder)
    if meeting is None:
        return "void"
    if meeting.starts_at <= work.now:
        return "too late"
    if meeting.proposed_start is not None:
        return ask_for_answer(work, reminder, meeting, meeting.proposed_start)
    reached = work.tell(
        people.get(work.tx, meeting.person_id),
        late(work, reminder),
        say(
            "Pengingat: {code}, {purpose} dengan {host}, {when}.",
            code=meeting.code,
            purpose=work.office.purposes.get(meeting.purpose, meeting.purpose),
            host=host(work, meeting),
            when=when(work, meeting),
        ),
        say("Tempat: {office}, {street}.", office=work.office.long_name, street=work.office.street),
        say("Apakah Bapak/Ibu tetap hadir?"),
        choices=work.catalogue.choices(
            ("hadir", "ubah", "batal-audiensi"), meeting.id, meeting.code, at_stake(meeting)
        ),
        stale=stale(work, reminder, meeting),
        approved=None if late(work, reminder) else in_approved_words(work, meeting),
    )
    return "sent" if reached else "unreachable"


def in_approved_words(work: Work, meeting: Meeting) -> Filled:
    return REMINDER(
        code=meeting.code,
        purpose=work.office.purposes.get(meeting.purpose, meeting.purpose),
        host=host(work, meeting),
        when=when(work, meeting),
        office=work.office.long_name,
        street=work.office.street,
    )


def late(work: Work, reminder: Reminder) -> Text:
    """Said when we slept over the time ourselves."""
    if work.now <= reminder.due_at + timedelta(minutes=work.office.reminders.late_after_minutes):
        return ""
    return say("Mohon maaf, pengingat ini terlambat kami kirim.")


def stale(work: Work, reminder: Reminder, meeting: Meeting) -> Stale:
    """A note of lateness is added on the way only to what left us in time."""
    grace = timedelta(minutes=work.office.reminders.late_after_minutes)
    in_time = reminder.due_at + grace if not late(work, reminder) else meeting.starts_at
    return Stale(in_time, meeting.starts_at, slots.subject(meeting.id))


def ask_outcome(work: Work, reminder: Reminder) -> str:
    """After the meeting, the officer who approved it is asked for the record."""
    meeting = still(work, reminder)
    if meeting is None or (officer := in_hand(meeting)) is None:
        return "void"
    reached = work.tell(
        people.get(work.tx, officer),
        say("{code} sudah selesai? Mohon dicatat hasilnya.", code=meeting.code),
        choices=decisions(work, meeting),
    )
    return "sent" if reached else "unreachable"


def remind_promise(work: Work, reminder: Reminder) -> str:
    """Both sides, every few days, until an officer marks it kept."""
    promise = promises.get(work.tx, reminder.subject_id)
    if promise.kept_at or promise.due_on.isoformat() != reminder.basis:
        return "void"
    meeting = meetings.get(work.tx, promise.meeting_id)
    told = say("Pengingat janji dari {code}:", code=meeting.code)
    kept = work.catalogue.choices(("ditepati",), promise.id, f"JAN-{promise.id:04d}")
    work.tell(people.get(work.tx, promise.made_by), told, promise_line(promise), choices=kept)
    work.tell(people.get(work.tx, meeting.person_id), told, promise_line(promise))
    following = work.now.date() + timedelta(days=work.office.reminders.promise_every_days - 1)
    set_promise_reminder(work, promise, work.office.calendar.working_days_after(following, 1))
    return "sent"


FIRES: dict[str, Callable[[Work, Reminder], str]] = {
    "day-before": remind_day_before,
    "hours-before": remind_leader,
    "outcome": ask_outcome,
    **undecided.FIRES,
    "promise": remind_promise,
    **dict.fromkeys(ENDS, remind_of_end),
    "ticket-warn": deadlines.warn,
    "ticket-late": deadlines.late,
    "ticket-silent": deadlines.close_unanswered,
    URGENT: deadlines.ring,
    drawn.NOTICE: drawn.ring,
    **standing.FIRES,
    ALERT: draft_alert,
}


def ask_about_abandoned(work: Work) -> int:
    """A form nobody touched for a while is asked about, once."""
    left = drafts.abandoned(work.tx, work.now - timedelta(hours=work.office.drafts.ask_after_hours))
    for draft in left:
        speak_of(work, draft, ask_about)
    return len(left)


def close_stale(work: Work) -> int:
    """A form nobody came back to is closed, and the person is told."""
    left = drafts.stale(work.tx, work.now - timedelta(days=work.office.drafts.close_after_days))
    for draft in left:
        speak_of(work, draft, close)
    return len(left)


def speak_of(work: Work, draft: Draft, speak: Callable[[Work, Draft], None]) -> None:
    """Ask or tell about one draft. One of a form that a release took away, or that fails, is closed quietly."""
    if draft.form not in work.catalogue.forms:
        drafts.close(work.tx, draft.id)
        return
    try:
        with work.tx.attempt():
            speak(work, draft)
    except Exception as fault:
        if of_the_database(fault):
            raise
        LOG.error("draft %d (%s) is closed: it failed: %s", draft.id, draft.form, told(fault))
        drafts.close(work.tx, draft.id)


def ask_about(work: Work, draft: Draft) -> None:
    drafts.nudged(work.tx, draft.id, work.now)
    work.tell(
        people.get(work.tx, draft.person_id),
        say("{form} belum selesai. Lanjutkan, atau tutup?", form=work.catalogue.forms[draft.form].title),
        choices=[
            Choice(f"a.lanjut.{draft.id}", say("Lanjutkan"), "lanjutkan"),
            Choice(f"a.tutup.{draft.id}", say("Tutup"), "tutup"),
        ],
    )


def close(work: Work, draft: Draft) -> None:
    drafts.close(work.tx, draft.id)
    work.tell(
        people.get(work.tx, draft.person_id),
        say(
            "{form} kami tutup karena {days} hari tidak dilanjutkan. Tidak ada yang dikirim.",
            form=work.catalogue.forms[draft.form].title,
            days=work.office.drafts.close_after_days,
        ),
    )
