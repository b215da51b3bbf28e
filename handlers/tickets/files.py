"""Files of a ticket: what there is, in words, and sending them to whoever may see them."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from handlers.conversation.catalogue import Action
from handlers.conversation.message import Document, Message
from handlers.conversation.questions.file_kinds import ENDINGS, MEGABYTE, REASONS, SENT, called, length
from handlers.conversation.turn import Choice, Turn, Work
from handlers.conversation.words import Text, in_language, lines, listed, say
from handlers.telling.officers import audit
from handlers.telling.rights import may, may_name
from handlers.tickets.kinds import PREFIXES
from storage.database.database import NotFound
from storage.mail import attachments, outbox
from storage.mail.attachments import Attachment
from storage.people import people
from storage.tickets import files as ticket_files
from storage.tickets import tickets
from storage.tickets.files import TicketFile, neutral
from storage.tickets.tickets import Ticket

WHICH = re.compile(r"(\d{1,15})(?:\.(\d{1,6}))?", re.ASCII)
NOT_THERE = say("Nomor itu tidak kami temukan di antara yang boleh Bapak/Ibu lihat.")
"""Whether there is no such ticket, or it is not theirs to see: neither can be told from the other."""


def file_lines(work: Work, ticket_id: int) -> Text:
    """`Berkas: 3 foto, 1 PDF (1 masih diunduh)` and a line for each that cannot be used; empty when there are none."""
    files = ticket_files.of_ticket(work.tx, ticket_id)
    usable = [file for file in files if file.reason is None]
    if not files:
        return ""
    refused = [
        say("Berkas {number} tidak bisa dipakai: {reason}", number=file.number, reason=REASONS[file.reason])
        for file in files
        if file.reason is not None
    ]
    return lines(counted(usable), *refused)


def counted(files: Sequence[TicketFile]) -> Text:
    kinds = Counter(called(file.type) for file in files)
    told = listed(say("{count} {kind}", count=count, kind=kind) for kind, count in kinds.items())
    waiting = sum(file.waiting for file in files)
    if not files:
        return say("Berkas: belum ada yang bisa dipakai")
    if waiting:
        return say("Berkas: {files} ({waiting} masih diunduh)", files=told, waiting=waiting)
    return say("Berkas: {files}", files=told)


def refuse(work: Work, file: Attachment, reason: str) -> None:
    """A file cannot be used: its ticket knows it, and so does whoever sent it. `reason` is a key of `REASONS`."""
    person = people.get(work.tx, file.person_id)
    due = ticket_files.of_attachment(work.tx, file.id)
    attachments.refuse(work.tx, file.id, reason, work.now)
    ticket_files.hand_over(work.tx, file.id)
    ticket = tickets.get(work.tx, due.ticket_id) if due else None
    if ticket is None:
        work.tell(person, unusable(file, reason))
    elif ticket.anonymous:
        whisper(work, file, unusable(file, reason))
    else:
        work.tell(
            person,
            say(
                "Mohon maaf, berkas {name} untuk {code} tidak bisa kami pakai: {reason}. Bila masih diperlukan, mohon "
                "kirim ulang; ketik {code} untuk membukanya.",
                name=file.name,
                code=ticket.code,
                reason=REASONS[reason],
            ),
        )


def unusable(file: Attachment, reason: str) -> Text:
    return say(
        "Mohon maaf, berkas {name} tidak bisa kami pakai: {reason}. Mohon kirim yang lain bila masih diperlukan.",
        name=file.name,
        reason=REASONS[reason],
    )


def whisper(work: Work, file: Attachment, words: Text) -> None:
    """Tell whoever sent it without a name: the number is not said, and nothing of this stays once it is sent."""
    message = Message(in_language(words, people.get(work.tx, file.person_id).language))
    outbox.put(work.tx, file.channel, file.address, outbox.WHISPER, message.written(), work.now, priority=outbox.NOTICE)


def see_files(turn: Turn, argument: str) -> None:
    """`a.berkas.812`, all of them; `a.berkas.812.3`, the third alone. Raises NotFound for anything else."""
    found = WHICH.fullmatch(argument)
    if found is None:
        raise NotFound(argument)
    if found[2]:
        send_single(turn, found[1], int(found[2]))
    else:
        send_files(turn, found[1])


def newest_file(work: Work, ticket: Ticket) -> list[Choice]:
    """To see the file that was sent last, and that alone; none where there is no file."""
    files = ticket_files.of_ticket(work.tx, ticket.id)
    return [FILES.on(f"{ticket.id}.{files[-1].number}", ticket.code)] if files else []


def send_single(turn: Turn, record: str, number: int) -> None:
    ticket = theirs(turn, record, "files")
    if ticket is None:
        return
    files = ticket_files.of_ticket(turn.tx, ticket.id)
    file = next((file for file in files if file.number == number), None)
    if file is None:
        raise NotFound(record)
    note_reading(turn, ticket, "read-files")
    if file.sha256 is not None:
        send_one(turn, ticket, file, readable(file))
    turn.say(standing_of(ticket, file), choices=[ALL_FILES.on(ticket.id, ticket.code)] if len(files) > 1 else ())


def standing_of(ticket: Ticket, file: TicketFile) -> Text:
    if file.reason is not None:
        return say("Berkas {number} tidak bisa dipakai: {reason}", number=file.number, reason=REASONS[file.reason])
    if file.waiting:
        return say("Berkas ini masih diunduh. Mohon dilihat lagi sebentar lagi.")
    return say("Berkas {number} dari {code} ada di atas.", number=file.number, code=ticket.code)


def send_files(turn: Turn, record: str) -> None:
    """Every file of a ticket to somebody who may see it: of pictures the one for reading, everything else itself."""
    ticket = theirs(turn, record, "files")
    if ticket is None:
        return
    files = ticket_files.of_ticket(turn.tx, ticket.id)
    if not files:
        turn.say(say("Tidak ada berkas pada {code}.", code=ticket.code))
        return
    note_reading(turn, ticket, "read-files")
    for file in files:
        if file.sha256 is not None:
            send_one(turn, ticket, file, readable(file))
    turn.say(
        say("Semua berkas {code} ada di atas.", code=ticket.code),
        file_lines(turn, ticket.id),
        choices=[ORIGINAL.on(ticket.id, ticket.code)] if has_originals(turn, ticket, files) else (),
    )


def send_originals(turn: Turn, record: str) -> None:
    """Pictures as they were sent, with what they tell about place and time: for officers, and written down."""
    ticket = theirs(turn, record, "original")
    if ticket is None:
        return
    files = ticket_files.of_ticket(turn.tx, ticket.id)
    if not has_originals(turn, ticket, files):
        turn.say(say("Tidak ada foto asli yang tersimpan pada {code}.", code=ticket.code))
    else:
        note_reading(turn, ticket, "read-original")
        for file in filter(has_original, files):
            send_one(turn, ticket, file, Document(named(file, file.type), file.type, sha256=file.sha256 or ""))


def theirs(turn: Turn, record: str, action: str) -> Ticket | None:
    """The ticket, if there is one and this person may do that with it; else they are told, and it is None."""
    try:
        ticket = tickets.get(turn.tx, int(record))
    except NotFound:
        ticket = None
    if ticket is not None and may(turn.person, ticket, action):
        return ticket
    turn.say(NOT_THERE)
    return None


def note_reading(turn: Turn, ticket: Ticket, what: str) -> None:
    """An officer's reading is written down; the sender's own is not."""
    if turn.person.roles and ticket.person_id != turn.person.id:
        audit(turn, what, ticket.code)


def has_original(file: TicketFile) -> bool:
    return file.preview is not None and file.preview != file.sha256


def has_originals(turn: Turn, ticket: Ticket, files: Sequence[TicketFile]) -> bool:
    return may(turn.person, ticket, "original") and any(map(has_original, files))


def readable(file: TicketFile) -> Document:
    """The file as everybody may see it who may see the ticket."""
    if file.preview is None:
        return Document(named(file, file.type), file.type, sha256=file.sha256 or "")
    shown = file.note or in_language(say("Foto nomor {number}", number=file.number), "id")
    return Document(named(file, "image/jpeg"), "image/jpeg", sha256=file.preview, alt=shown)


def named(file: TicketFile, type: str) -> str:
    """Its name with the ending of what it is: a messenger opens a file by that."""
    ending = ENDINGS.get(type, "bin")
    stem, dot, last = file.name.rpartition(".")
    if dot and last.lower() in (ending, "jpeg" if ending == "jpg" else ending):
        return file.name
    return f"{stem if dot and last.lower() in ENDINGS.values() else file.name}.{ending}"


def send_one(turn: Turn, ticket: Ticket, file: TicketFile, document: Document) -> None:
    title = say("{code}, berkas {number}: {file}", code=ticket.code, number=file.number, file=described(file))
    if not may_name(turn.person, ticket) and ticket.person_id != turn.person.id:
        document = replace(document, name=named(replace(file, name=neutral(file.type, file.number)), document.type))
    limit = SENT.get(turn.chat.channel)
    if limit is not None and document.sha256 == file.sha256 and (file.size or 0) > limit:
        turn.say(
            title,
            say(
                "Berkas ini {size} MB, lebih besar dari yang bisa dikirim lewat aplikasi ini ({limit} MB). Silakan "
                "dibuka lewat halaman web kantor.",
                size=-(-(file.size or 0) // MEGABYTE),
                limit=limit // MEGABYTE,
            ),
        )
        return
    turn.say(title, document=document)


def described(file: TicketFile) -> Text:
    """`foto (keterangan: jembatan retak)`, `pesan suara (0:42)`."""
    kind = called(file.type)
    if file.seconds is not None:
        kind = say("{file} ({length})", file=kind, length=length(file.seconds))
    return say("{name} (keterangan: {note})", name=kind, note=file.note) if file.note else kind


FILES = Action("berkas", see_files, say("Lihat berkas"), "berkas", prefixes=PREFIXES, numbered=False)
ALL_FILES = Action("semua-berkas", send_files, say("Semua berkas"), "semua berkas", prefixes=PREFIXES)
ORIGINAL = Action("asli", send_originals, say("Berkas asli"), "berkas asli", prefixes=PREFIXES)
ACTIONS = (FILES, ALL_FILES, ORIGINAL)
