"""When an answer is owed, in working days; who is warned before, and who is told when it is late."""

from datetime import datetime, timedelta
from fractions import Fraction

from handlers.conversation.turn import Work
from handlers.conversation.words import Text, say
from handlers.telling.rights import holders
from handlers.tickets.officer.staff import current, show, tell_in_charge, tell_staff
from handlers.tickets.words import UNVERIFIED
from storage.database.moment import stamp
from storage.machine import reminders
from storage.machine.reminders import Reminder
from storage.people import people
from storage.tickets import events, queue, tickets
from storage.tickets.tickets import Ticket

ESCALATED_TO = frozenset({"approver"})
AGAIN_AFTER = HOUR = timedelta(hours=1)
UNHEARD = say(
    "PERHATIAN: ada laporan situasi yang tidak sampai kepada siapa pun. Belum ada petugas piket atau penyetuju yang "
    "dapat dihubungi. Mohon segera ditambahkan dengan kode bergabung."
)
"""Without its number: an admin may not see it, but is the one who can give the roles."""


def first_dues(work: Work, kind: str, since: datetime, level: str = "") -> tuple[datetime, datetime]:
    """When the first answer and the end are due. Danger has a clock of its own that never closes."""
    promised, clock = work.office.service_levels.kinds[kind], work.office.working_time(work.now.tzinfo)
    end = clock.after(since, promised.resolution)
    minutes = work.office.situation.respond_minutes.get(level) if kind == "situasi" else None
    if minutes is None:
        return clock.after(since, promised.first_response), end
    # A time that is known to the hour alone counts from the end of that hour: it tells no minute.
    return (since if since == work.now else since + HOUR) + timedelta(minutes=minutes), end


def left_after_pause(work: Work, ticket: Ticket) -> tuple[datetime, datetime]:
    """The same working time that was left when the leader was asked, counted from now."""
    clock = work.office.working_time(work.now.tzinfo)
    paused = ticket.asked_at or work.now
    left = [max(clock.between(paused, due), Fraction(0)) for due in (ticket.respond_by, ticket.due_at)]
    return clock.after(work.now, left[0]), clock.after(work.now, left[1])


def set_timers(work: Work, ticket: Ticket) -> None:
    """A warning before the next due time, and an alarm at it; for the first answer and for the end."""
    clock = work.office.working_time(work.now.tzinfo)
    dues = {"due": ticket.due_at} if ticket.responded_at else {"respond": ticket.respond_by, "due": ticket.due_at}
    for which, due in dues.items():
        basis = f"{which} {stamp(due)}"
        before = clock.between(work.now, due) - work.office.service_levels.warn_before
        if before > 0:
            reminders.set(work.tx, "ticket-warn", ticket.id, basis, clock.after(work.now, before))
        reminders.set(work.tx, "ticket-late", ticket.id, basis, due)


def owed(work: Work, reminder: Reminder) -> Ticket | None:
    """The ticket, if what the timer was set for is still owed at that time."""
    ticket = current(work, reminder.subject_id)
    which, _, due = reminder.basis.partition(" ")
    now_due = ticket.respond_by if which == "respond" else ticket.due_at
    settled = which == "respond" and ticket.responded_at is not None
    return None if settled or not ticket.open or ticket.asked_at or stamp(now_due) != due else ticket


def warn(work: Work, reminder: Reminder) -> str:
    """To whoever has it in hand, else to everyone who could take it."""
    ticket = owed(work, reminder)
    if ticket is None:
        return "void"
    told = say("Pengingat: batas waktu {code} hampir habis. Mohon ditindaklanjuti.", code=ticket.code)
    tell_in_charge(work, ticket, told)
    return "sent"


def late(work: Work, reminder: Reminder) -> str:
    """The time is over: the approvers get to know, and whoever has it in hand; without them, all who could take it."""
    ticket = owed(work, reminder)
    if ticket is None:
        return "void"
    events.add(work.tx, ticket.id, "escalated", work.now, inside=True)
    told = say("{code} LEWAT BATAS WAKTU dan belum selesai. Mohon segera ditangani.", code=ticket.code)
    if not tell_staff(work, ticket, told, roles=ESCALATED_TO):
        tell_staff(work, ticket, told)
    elif ticket.assigned_to and not people.get(work.tx, ticket.assigned_to).roles & ESCALATED_TO:
        show(work, people.get(work.tx, ticket.assigned_to), ticket, told)
    return "sent"


def wait_for_leader(work: Work, ticket: Ticket) -> datetime:
    """How long a question may stay unanswered: counted from the last word to the sender."""
    assert ticket.asked_at is not None
    said = events.last_to_leader(work.tx, ticket.id)
    days = work.office.service_levels.silent_close_after
    due = work.office.working_time(work.now.tzinfo).after(said.at if said else ticket.asked_at, days)
    reminders.set(work.tx, "ticket-silent", ticket.id, stamp(ticket.asked_at), due)
    return due


def close_unanswered(work: Work, reminder: Reminder) -> str:
    """The sender did not answer: they are told, and can open it again with one press."""
    ticket = tickets.get(work.tx, reminder.subject_id)
    if not ticket.open or ticket.asked_at is None or stamp(ticket.asked_at) != reminder.basis:
        return "void"
    if wait_for_leader(work, ticket) > work.now:
        return "asked again"
    tickets.close(work.tx, ticket.id, None, "unanswered", work.now)
    events.add(work.tx, ticket.id, "unanswered", work.now)
    reopen_gathered(work, ticket)
    if ticket.person_id:
        work.tell(
            people.get(work.tx, ticket.person_id),
            say(
                "{code} kami tutup dahulu, karena pertanyaan petugas belum dijawab selama {days}"
                " hari kerja. Kalau masih diperlukan, tekan Buka lagi kapan saja.",
                code=ticket.code,
                days=work.office.service_levels.silent_close_after,
            ),
            choices=work.catalogue.choices(("minta-buka",), ticket.id, ticket.code),
        )
    return "sent"


def reopen_gathered(work: Work, ticket: Ticket) -> None:
    """A report ended without an answer: those that were put together with it are owed one still."""
    _, due = first_dues(work, ticket.kind, work.now)
    for other in queue.merged_into(work.tx, ticket.id):
        if not tickets.reopen(work.tx, other.id, due):
            continue
        events.add(work.tx, other.id, "reopened", work.now)
        opened = current(work, other.id)
        set_timers(work, opened)
        tell_in_charge(work, opened, say("Dibuka lagi, karena {code} ditutup tanpa jawaban:", code=ticket.code))


def ring_next(work: Work, ticket: Ticket, step: int) -> None:
    """Ring the roles of this step; if nobody takes it in time, the next ones are rung."""
    rules = work.office.situation
    if step >= len(rules.ring):
        ring_again(work, ticket)
        return
    at_once = ticket.level in rules.at_once
    roles = frozenset(role for roles in rules.ring for role in roles) if at_once else frozenset(rules.ring[step])
    reached = tell_staff(work, ticket, ring_words(work, ticket, step), roles=roles)
    wait = timedelta(minutes=rules.ring_minutes) if reached else timedelta(0)
    following = len(rules.ring) if at_once else step + 1
    ring_at(work, ticket, following, work.now + wait)


def ring_at(work: Work, ticket: Ticket, step: int, due_at: datetime) -> None:
    reminders.set(work.tx, "ticket-ring", ticket.id, str(step), due_at)


def ring_words(work: Work, ticket: Ticket, step: int) -> Text:
    """How serious it is stands first; whoever is rung later knows why."""
    level = work.office.situation.levels.get(ticket.level, ticket.level).upper()
    if step:
        return say(
            "{level}. BELUM ADA YANG MENANGANI laporan situasi ini, {standing}. Tekan Terima bila Bapak/Ibu yang akan "
            "menangani.",
            level=level,
            standing=UNVERIFIED,
        )
    return say(
        "{level}. LAPORAN SITUASI BARU, {standing}. Tekan Terima bila Bapak/Ibu yang akan menangani.",
        level=level,
        standing=UNVERIFIED,
    )


def ring_again(work: Work, ticket: Ticket) -> None:
    """Nobody took it: once more an hour later; while the office is open, or at any hour where people are in danger.

    Where nobody can take it, an admin has to know.
    """
    watchers = people.with_roles(work.tx, holders(ticket.kind))
    if not any(work.reachable(person) for person in watchers):
        for admin in people.with_roles(work.tx, frozenset({"admin"})):
            work.tell(admin, UNHEARD)
    later = work.now + AGAIN_AFTER
    if ticket.level not in work.office.situation.at_once:
        later = work.office.working_time(work.now.tzinfo).opens_at(later)
    reminders.set(work.tx, "ticket-ring", ticket.id, "0", later)


def ring(work: Work, reminder: Reminder) -> str:
    ticket = current(work, reminder.subject_id)
    if not ticket.open or ticket.assigned_to or ticket.responded_at:
        return "void"
    ring_next(work, ticket, int(reminder.basis))
    return "sent"
