"""What ends: an SKT, a board's term. Leaders are told some days before; the office forwards, it issues nothing."""

from datetime import date, datetime, timedelta

from handlers.conversation.turn import Work
from handlers.conversation.words import Text, day_in_full, say
from handlers.office.profile import Office
from handlers.telling.officers import to_officers
from storage.database.database import Transaction
from storage.machine import reminders
from storage.machine.reminders import Reminder
from storage.ormas import organisations, registry
from storage.ormas.registry import Record
from storage.people import people

ENDS = {"registration-ends": "expires_on", "term-ends": "term_until"}
"""Each kind of timer and the fact it is made for (its basis)."""


def set_reminders(tx: Transaction, office: Office, record: Record, now: datetime) -> None:
    """Some days before each end; what is past already is not set. A changed end makes the old timers void."""
    rules = office.registry
    if record.facts["kind"] in rules.unreminded:
        return
    for kind, fact in ENDS.items():
        if (end := record.day(fact)) is None:
            continue
        for days in rules.remind_days:
            due_at = datetime.combine(end - timedelta(days=days), rules.remind_at, now.tzinfo)
            if due_at > now:
                reminders.set(tx, kind, record.id, end.isoformat(), due_at)


def still(work: Work, reminder: Reminder) -> Record | None:
    """The ormas, if that still ends on the day the timer was made for."""
    record = registry.get(work.tx, reminder.subject_id)
    spared = record.facts["kind"] in work.office.registry.unreminded
    return record if record.facts[ENDS[reminder.kind]] == reminder.basis and not spared else None


def remind_of_end(work: Work, reminder: Reminder) -> str:
    """Tell the verified leaders, and officers how many could be told."""
    record = still(work, reminder)
    if record is None:
        return "void"
    end = date.fromisoformat(reminder.basis)
    left = (end - work.now.date()).days
    planned = (end - reminder.due_at.astimezone(work.now.tzinfo).date()).days
    if left < 0:
        return "too late"
    if any(left <= days < planned for days in work.office.registry.remind_days):
        return "overtaken"
    ending = end_in_words(reminder.kind, record, end, left)
    leaders = organisations.leaders(work.tx, record.id)
    told = sum(
        work.tell(people.get(work.tx, leader.person_id), ending, what_to_do(work, reminder.kind)) for leader in leaders
    )
    to_officers(
        work,
        say("{code}: {ending}", code=record.code, ending=ending),
        say("Pengurus terverifikasi yang dikirimi kabar: {told} dari {all}.", told=told, all=len(leaders)),
        choices=work.catalogue.choices(("data-ormas",), record.id, record.code),
    )
    return "sent" if told else "unreachable"


def end_in_words(kind: str, record: Record, end: date, left: int) -> Text:
    day, soon = day_in_full(end), days_left(left)
    if kind == "term-ends":
        return say("Masa bakti pengurus {name} sampai {day} ({soon}).", name=record.name, day=day, soon=soon)
    return say("SKT {name} berlaku sampai {day} ({soon}).", name=record.name, day=day, soon=soon)


def days_left(left: int) -> Text:
    if left < 0:
        return say("sudah lewat")
    return say("{days} hari lagi", days=left) if left else say("hari ini")


def what_to_do(work: Work, kind: str) -> Text:
    if kind == "term-ends":
        return say("Bila susunan pengurus berganti, mohon perbarui datanya lewat /profil.")
    return say(
        "Perpanjangan diputuskan oleh kementerian; {office} membantu memeriksa dan meneruskan berkas. "
        "Untuk menyiapkannya, ketik /skt. Bila sudah diperpanjang, mohon perbarui datanya lewat /profil.",
        office=work.office.name,
    )
