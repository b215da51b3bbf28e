"""Where an announcement comes from: nothing, an earlier one, a stage of the election, a ticket that was cleared up."""

import json
from collections.abc import Mapping
from datetime import datetime, time, timedelta

from handlers.announcement.writing import write
from handlers.announcement.writing.audience_words import EVERYBODY
from handlers.announcement.writing.draft import CODES, mine
from handlers.announcement.writing.write import CHANGED, CORRECTION, WITHDRAWAL, Announcement, filled_in
from handlers.conversation import form as forms
from handlers.conversation.asking import CHOOSE
from handlers.conversation.catalogue import Action
from handlers.conversation.questions.moment import NOW
from handlers.conversation.turn import Turn, Work
from handlers.conversation.words import Text, day_in_full, in_language, lines, paragraphs, say
from handlers.election.names_first import ask_for_names
from handlers.election.timers import basis, days_of
from handlers.neutrality import ELECTION
from handlers.telling.officers import OFFICERS, to_officers
from handlers.tickets.officer.staff import guarded
from storage.broadcasts import archive, broadcasts, files
from storage.broadcasts.broadcasts import Broadcast
from storage.database.database import NotFound
from storage.elections import stages
from storage.elections.stages import Stage
from storage.machine import drafts
from storage.machine.reminders import Reminder
from storage.mail import attachments
from storage.tickets import events
from storage.tickets.tickets import Ticket

INDONESIAN = "id"
ALONE = {"whom": json.dumps(EVERYBODY), "repeat": write.ONCE, "starts": NOW, "attached": "", "source": ""}
"""What is likely, and asked only if somebody wants to change it."""


def open_form(turn: Turn, about: str, answers: Mapping[str, str], editing: str | None = None) -> None:
    """The form with answers that are known; one that was begun before is gone on with."""
    draft = drafts.open_draft(turn.tx, turn.person.id, Announcement.name, about, turn.now)
    if not draft.answers:
        draft.answers, draft.editing = dict(answers), editing
        drafts.save(turn.tx, draft, turn.now)
    forms.show(turn, draft)


def new(turn: Turn, record: str) -> None:  # noqa: ARG001
    forms.start(turn, Announcement)


def known_answers(turn: Turn, broadcast: Broadcast) -> dict[str, str]:
    """Everything of an announcement as answers; its files as far as this person sent them."""
    sent = {file.shown: str(file.id) for file in attachments.of_person(turn.tx, turn.person.id)}
    kept = [sent[file.sha256] for file in files.of(turn.tx, broadcast.id) if file.sha256 in sent]
    told = filled_in(broadcast.content, turn.now) | {"attached": ",".join(kept), "saved_as": ""}
    if broadcast.replaces is None and broadcast.follows is None:
        told["whom"] = json.dumps(broadcast.content.segment)
    return told


def change(turn: Turn, record: str) -> None:
    """Its author goes on with a draft: everything is filled in, and they name what changes."""
    broadcast = mine(turn, record)
    if broadcast is not None:
        open_form(turn, f"{CHANGED}{broadcast.id}", known_answers(turn, broadcast), CHOOSE)


def correct(turn: Turn, record: str) -> None:
    """Another text for exactly the same people; it names what it replaces."""
    broadcast = still_holds(turn, record)
    if broadcast is not None:
        told = known_answers(turn, broadcast) | {"starts": NOW}
        open_form(turn, f"{CORRECTION}{broadcast.id}", told, CHOOSE)


def withdraw(turn: Turn, record: str) -> None:
    """It does not hold any more: only the reason is written."""
    broadcast = still_holds(turn, record)
    if broadcast is None:
        return
    told = known_answers(turn, broadcast) | {"starts": NOW, "question": write.NONE, "attached": "", "expires": ""}
    title = in_language(say("Ditarik: {title}", title=broadcast.content.title), INDONESIAN)
    told |= {"heading": title[:80]}
    del told["body"]
    open_form(turn, f"{WITHDRAWAL}{broadcast.id}", told)


def all_clear(turn: Turn, record: str) -> None:
    """The danger is over: exactly those who got the alarm hear of it. It was true, so nothing is corrected."""
    broadcast = was_sent(turn, record)
    if broadcast is None:
        return
    title = in_language(say("Sudah aman: {title}", title=broadcast.content.title), INDONESIAN)
    told = {"topic": broadcast.content.topic, "heading": title[:80], "question": write.NONE, "expires": ""}
    open_form(turn, f"a{broadcast.id}", ALONE | told | {"whom": json.dumps({"reached": broadcast.id})})


def was_sent(turn: Turn, record: str) -> Broadcast | None:
    """One that somebody may have got. What never went out needs no correction."""
    broadcast = broadcasts.get(turn.tx, int(record))
    if broadcast.started_at is not None:
        return broadcast
    turn.say(say("{code} belum pernah dikirim, jadi tidak ada yang perlu diperbaiki.", code=broadcast.code))
    return None


def still_holds(turn: Turn, record: str) -> Broadcast | None:
    """One that was sent and not replaced: with two corrections of one text nobody would know which holds."""
    broadcast = was_sent(turn, record)
    if broadcast is None or (newer := archive.replaced_by(turn.tx, broadcast.id)) is None:
        return broadcast
    turn.say(
        say("{code} sudah diganti dengan {newer}. Perbaiki atau tarik yang itu.", code=broadcast.code, newer=newer.code)
    )
    return None


def draft_alert(work: Work, reminder: Reminder) -> str:
    """A stage comes near: officers get the words to announce it with. Nothing goes out by itself."""
    try:
        stage = stages.get(work.tx, reminder.subject_id)
    except NotFound:
        return "void"
    days = days_of(reminder)
    if reminder.basis != basis(stage, days) or stage.starts_on is None or stage.starts_on < work.now.date():
        return "void"
    ask_for_names(work, stage)
    heading, body = alert_words(stage)
    to_officers(
        work,
        say("Konsep peringatan tahapan pemilu, {days} hari sebelumnya:", days=days),
        paragraphs(heading, body),
        say("Ini baru konsep: petugas menyunting, orang kedua menyetujui."),
        choices=[ALERT.on(stage.id, str(stage.id))],
    )
    return "sent"


def alert_words(stage: Stage) -> tuple[Text, Text]:
    """Heading and body. Days by their date: "besok" would be wrong for whoever reads it late."""
    first, last = stage.starts_on, stage.ends_on
    assert first, "only a stage with days has timers"
    assert last
    return say("{name}: {day}", name=stage.name, day=day_in_full(first)), lines(
        say("{name} dimulai {day}.", name=stage.name, day=day_in_full(first)),
        say("Berlangsung sampai {day}.", day=day_in_full(last)) if last != first else "",
        say("Dasar hukum: {source}.", source=stage.source) if stage.source else "",
        say("Diumumkan oleh {who}.", who=stage.facts["announced_by"]) if stage.facts["announced_by"] else "",
        say("Kalender lengkap: ketik /pemilu."),
    )


def take_alert(turn: Turn, record: str) -> None:
    """An officer makes a drafted alert their own. It ends with the first day of its stage."""
    stage = stages.get(turn.tx, int(record))
    if stage.starts_on is None or stage.starts_on < turn.now.date():
        turn.say(say("Tahapan itu sudah berjalan atau belum bertanggal; peringatannya tidak berlaku lagi."))
        return
    heading, body = (in_language(words, INDONESIAN) for words in alert_words(stage))
    ends = datetime.combine(stage.starts_on, time(23, 59), turn.now.tzinfo)
    told = {
        "topic": ELECTION,
        "heading": heading[:80],
        "body": body,
        "question": "read",
        "expires_by": ends.isoformat(),
    }
    open_form(turn, f"s{stage.id}.{(stage.starts_on - turn.now.date()) // timedelta(days=1)}", ALONE | told)


def clarify(turn: Turn, ticket: Ticket) -> None:
    """What the office found about a rumour becomes a draft; the rumour itself is never quoted by the program."""
    told = [event for event in events.of_ticket(turn.tx, ticket.id) if event.what in ("answered", "closed")]
    answers = {"topic": "umum", "heading": in_language(say("Klarifikasi"), INDONESIAN)} | ALONE
    if told and told[-1].words:
        answers["body"] = told[-1].words[: write.LONGEST]
    open_form(turn, f"t{ticket.id}", answers)


NEW = Action("tulis-umum", new, say("Tulis pengumuman"), roles=OFFICERS)
ALERT = Action("konsep-tahapan", take_alert, say("Pakai konsep ini"), "pakai konsep", OFFICERS, ())
ANNOUNCE = Action("siarkan", guarded("announce", clarify), say("Buat pengumuman"), "siarkan", OFFICERS, ("KLA",))
ACTIONS = [
    NEW,
    ALERT,
    ANNOUNCE,
    Action("ubah-umum", change, say("Ubah"), "ubah", OFFICERS, CODES),
    Action("perbaiki-umum", correct, say("Perbaiki"), "perbaiki", OFFICERS, CODES),
    Action("aman-umum", all_clear, say("Kabar aman"), "aman", OFFICERS, CODES),
    Action("tarik-umum", withdraw, say("Tarik"), "tarik", OFFICERS, CODES),
]
