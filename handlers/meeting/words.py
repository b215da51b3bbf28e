"""A meeting in words: the card an officer decides on, the lines a leader follows, the history both can read."""

from datetime import datetime

from handlers.conversation.message import Document
from handlers.conversation.reading.guest_names import told_apart
from handlers.conversation.turn import Work
from handlers.conversation.words import Text, day_in_full, lines, listed, say
from handlers.meeting.calendar_file import invitation
from handlers.office.moments import in_full
from handlers.telling.officers import called
from handlers.telling.reach import reach_lines
from storage.database.database import NotFound
from storage.mail import attachments
from storage.meetings import history, meetings, promises
from storage.meetings.meetings import Meeting
from storage.meetings.promises import Promise
from storage.ormas import organisations
from storage.people import people

STATES: dict[str, Text] = {
    "waiting": say("menunggu jawaban kantor"),
    "proposed": say("menunggu jawaban pemohon atas waktu yang diusulkan kantor"),
    "approved": say("disetujui"),
    "rejected": say("belum dapat dipenuhi"),
    "cancelled": say("sudah dibatalkan"),
    "held": say("sudah terlaksana"),
    "missed": say("tidak jadi terlaksana"),
}
"""Where a request stands, in words for both sides."""


CHANGED = say("Waktunya sudah berubah, jadi belum ada yang diputuskan. Yang berlaku sekarang:")
NO_MEETING = "none"


def when(work: Work, meeting: Meeting) -> Text:
    return in_full(work, meeting.starts_at)


def at_stake(meeting: Meeting) -> str:
    """The time a button about this meeting is pressed for, as it travels in the button."""
    return str(int((meeting.proposed_start or meeting.starts_at).timestamp()))


def time_now(work: Work, meeting_id: int) -> str:
    """The time at stake now. A number without a meeting is no error: it must look like somebody else's meeting."""
    try:
        return at_stake(meetings.get(work.tx, meeting_id))
    except NotFound:
        return NO_MEETING


def lapsed(meeting: Meeting, now: datetime) -> bool:
    """Whether an offered time went by without an answer."""
    return meeting.state == "proposed" and meeting.proposed_start is not None and meeting.proposed_start <= now


def overdue(meeting: Meeting, now: datetime) -> bool:
    """Whether the time that was asked for went by while nobody answered."""
    return meeting.state == "waiting" and meeting.starts_at <= now


def unsettled(work: Work, meeting: Meeting) -> bool:
    """Whether its time was agreed once and is no longer: the office asked to move, the leader could not."""
    if meeting.state != "waiting" or not meeting.sequence:
        return False
    deeds = [row["what"] for row in history.of_meeting(work.tx, meeting.id)]
    return [did for did in deeds if did in SETS_A_TIME][-1:] not in ([], ["requested"], ["moved"])


def standing(work: Work, meeting: Meeting) -> Text:
    """Where a request stands, with what is to be known about its time."""
    if overdue(meeting, work.now):
        return say("waktunya sudah lewat, masih menunggu jawaban kantor")
    if unsettled(work, meeting):
        return say("waktunya belum pasti lagi, menunggu jawaban kantor")
    return STATES[meeting.state]


def host(work: Work, meeting: Meeting) -> str:
    known = work.office.hosts.get(meeting.host)
    return known.label if known else meeting.host


def summary(work: Work, meeting: Meeting) -> Text:
    """One line: number, purpose, host, time, state."""
    return say(
        "{code}: {purpose} dengan {host}, {when}. Status: {state}.",
        code=meeting.code,
        purpose=work.office.purposes.get(meeting.purpose, meeting.purpose),
        host=host(work, meeting),
        when=when(work, meeting),
        state=standing(work, meeting),
    )


def card(work: Work, meeting: Meeting) -> Text:
    """Everything an officer needs to decide."""
    member = organisations.in_organisation(work.tx, meeting.person_id, meeting.organisation_id)
    organisation = organisations.get(work.tx, meeting.organisation_id)
    name = people.get(work.tx, meeting.person_id).name
    verified = say("terverifikasi") if member and member.verified else say("belum diverifikasi")
    return lines(
        summary(work, meeting),
        say(
            "Dari: {name}, {position} {organisation} ({standing})",
            name=name,
            position=member.position if member else "",
            organisation=organisation.name,
            standing=verified,
        )
        if name
        else say("Dari: {organisation} (pemohon sudah menghapus datanya)", organisation=organisation.name),
        say("Topik: {topic}", topic=meeting.topic) if meeting.topic else None,
        say("Hadir: {names} ({count} orang)", names=told_apart(meeting.attendees), count=meeting.head_count)
        if meeting.attendees
        else None,
        say("Kebutuhan akses: {access}", access=access(work, meeting)) if meeting.access else None,
        letter_line(work, meeting),
        offered_line(work, meeting),
        say("Ditangani: {name}", name=called(people.get(work.tx, meeting.assigned_to)))
        if meeting.assigned_to
        else None,
        say("Diminta: {when}", when=in_full(work, meeting.requested_at)),
        reach_lines(work, meeting.person_id) if name and meeting.open else None,
    )


def offered_line(work: Work, meeting: Meeting) -> Text:
    return say("Waktu usulan: {when}", when=in_full(work, meeting.proposed_start)) if meeting.proposed_start else ""


def access(work: Work, meeting: Meeting) -> Text:
    return listed(work.office.access.get(key, key) for key in meeting.access)


def letter_line(work: Work, meeting: Meeting) -> Text | None:
    if meeting.letter_id is None:
        return None
    letter = attachments.get(work.tx, meeting.letter_id)
    if letter.refused:
        return say("Surat: tidak bisa dipakai")
    return say("Surat: {name}", name=letter.name)


DID: dict[str, Text] = {
    "requested": say("Diminta"),
    "approved": say("Disetujui"),
    "proposed": say("Kantor mengusulkan waktu lain"),
    "accepted": say("Waktu usulan diterima"),
    "declined": say("Waktu usulan belum cocok"),
    "forwarded": say("Diteruskan kepada petugas lain"),
    "rejected": say("Belum dapat dipenuhi"),
    "moved": say("Waktu diubah oleh pemohon"),
    "cancelled": say("Dibatalkan"),
    "confirmed": say("Pemohon menyatakan akan hadir"),
    "held": say("Terlaksana"),
    "missed": say("Tidak jadi terlaksana"),
    "promised": say("Janji dicatat"),
    "kept": say("Janji ditepati"),
}
"""What the history calls each deed."""

SETS_A_TIME = {"requested", "moved", "approved", "accepted"}
"""Deeds that say which time is meant; the last one tells whether both sides had agreed on it."""

INTERNAL = {"forwarded"}
"""Deeds whose reason is a note between officers."""


def trail(work: Work, meeting: Meeting, *, for_office: bool) -> Text:
    """The history of a meeting, a line each. Notes between officers are for officers only."""
    told = []
    for row in history.of_meeting(work.tx, meeting.id):
        did = DID[row["what"]]
        why = row["why"] if for_office or row["what"] not in INTERNAL else None
        at = in_full(work, datetime.fromisoformat(row["at"]))
        told.append(say("{at}: {did} ({why})", at=at, did=did, why=why) if why else say("{at}: {did}", at=at, did=did))
    return lines(*told)


def promise_line(promise: Promise) -> Text:
    """What was promised, by whom, until when, and whether it was kept."""
    return say(
        "{what}. Oleh {who}, paling lambat {day} ({standing})",
        what=promise.what,
        who=say("kantor") if promise.who == "office" else say("ormas"),
        day=day_in_full(promise.due_on),
        standing=say("sudah ditepati") if promise.kept_at else say("belum ditepati"),
    )


def promise_lines(work: Work, meeting: Meeting) -> Text:
    """Every promise of a meeting under a heading; nothing when there is none."""
    made = promises.of_meeting(work.tx, meeting.id)
    return lines(say("Janji:"), *map(promise_line, made)) if made else ""


def calendar_file(work: Work, meeting: Meeting) -> Document:
    """The meeting for a calendar; its number in the file's name, so that it can be found again."""
    return Document(f"{meeting.code}.ics", "text/calendar", content=invitation(work, meeting))
