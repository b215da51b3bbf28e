"""A file as an answer, and what becomes of it once it is fetched and judged by its content."""

from typing import Any, cast

from handlers.conversation.catalogue import Action
from handlers.conversation.form import Form
from handlers.conversation.message import Document
from handlers.conversation.questions.file_kinds import MEGABYTE, REASONS
from handlers.conversation.questions.question import Answer, Question, Unfit
from handlers.conversation.turn import Turn, Work
from handlers.conversation.words import Text, clean, folded, say
from handlers.telling.officers import OFFICERS, audit
from storage.machine import audit as ledger
from storage.mail import attachments
from storage.mail.attachments import Attachment
from storage.meetings import meetings
from storage.meetings.meetings import Meeting
from storage.people import people

READ = "read-letter"
"""What the audit calls it."""
LARGEST = 20 * MEGABYTE
"""What Telegram lets a bot download (Bot API, getFile); the same on every channel, so that nobody must know."""
WELCOME = {"application/pdf": "PDF", "image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WebP"}
"""Types taken, judged by content (bot/inbound/fetch.py)."""
NONE = {"tidak", "tidak ada", "belum", "belum ada", "-", "no", "none", "nanti", "mboten wonten", "mboten"}


class FileQuestion(Question[int | None]):
    """An optional photo or PDF; the value is the id of the attachment."""

    def takes(self, answer: Answer) -> bool:
        return answer.upload is not None

    def read(self, answer: Answer, form: Form) -> int | None:
        if answer.upload is None:
            raise Unfit(say("Mohon kirim foto atau PDF suratnya, atau ketik lewati."))
        upload = answer.upload
        if upload.size is not None and upload.size > LARGEST:
            raise Unfit(
                say(
                    "Berkas itu {size} MB; paling besar {limit} MB. Mohon kirim yang lebih kecil, atau ketik lewati.",
                    size=-(-upload.size // MEGABYTE),
                    limit=LARGEST // MEGABYTE,
                )
            )
        if upload.type not in WELCOME and upload.type != "application/octet-stream":
            raise Unfit(say("Berkas itu bukan foto atau PDF. Mohon kirim foto atau PDF, atau ketik lewati."))
        turn = form.turn
        name = clean(upload.name)[:80] or "surat"
        return attachments.add(
            turn.tx,
            turn.person.id,
            turn.incoming.channel,
            turn.incoming.address,
            upload.remote,
            name,
            upload.type,
            upload.size,
            turn.now,
        )

    def load(self, stored: str, form: Form) -> int | None:
        if not stored:
            return None
        found = attachments.get(form.turn.tx, int(stored))
        if found.refused:
            raise Unfit(
                say("Surat tadi tidak bisa kami pakai. Mohon kirim foto atau PDF yang lain, atau ketik lewati.")
            )
        return found.id

    def echo(self, value: int | None, form: Form) -> Text:
        return attachments.get(form.turn.tx, value).name if value else say("tidak ada")

    def accept(self, answer: Answer, form: Form, answers: dict[str, str]) -> bool:
        if answer.upload is None and folded(answer.text) in NONE:
            answers[self.name] = ""
            return True
        return super().accept(answer, form, answers)


def ask_letter(label: Text, ask: Text, **rest: Any) -> int | None:
    """An optional photo or PDF."""
    return cast("int | None", FileQuestion(label, ask, optional=True, **rest))


def refuse(work: Work, file: Attachment, reason: str) -> None:
    """Tell the person that their letter cannot be used, and why. `reason` is a key of `file_kinds.REASONS`."""
    attachments.refuse(work.tx, file.id, reason, work.now)
    work.tell(
        people.get(work.tx, file.person_id),
        say(
            "Mohon maaf, berkas {name} tidak bisa kami pakai: {reason}. Permintaan Bapak/Ibu tetap kami layani; "
            "suratnya dapat dibawa saat datang.",
            name=file.name,
            reason=REASONS[reason],
        ),
    )


def send_letter(turn: Turn, record: str) -> None:
    """The letter that came with a request, once it is fetched and judged."""
    meeting = meetings.get(turn.tx, int(record))
    letter = attachments.get(turn.tx, meeting.letter_id) if meeting.letter_id else None
    if letter is None or letter.sha256 is None:
        turn.say(say("Suratnya belum tersedia atau tidak bisa dipakai. Silakan coba lagi sebentar lagi."))
        return
    hand_letter(turn, meeting, letter)


def hand_letter(turn: Turn, meeting: Meeting, letter: Attachment) -> None:
    audit(turn, READ, meeting.code)
    turn.say(
        say("Surat untuk {code}", code=meeting.code),
        document=Document(letter.name, letter.type, sha256=letter.sha256 or ""),
    )


def hand_unread(turn: Turn, meeting: Meeting) -> bool:
    """Hand the letter to whoever is about to decide and has not seen it; False when there is nothing to see."""
    letter = attachments.get(turn.tx, meeting.letter_id) if meeting.letter_id else None
    if letter is None or letter.sha256 is None:
        return False
    deeds = ledger.of_subject(turn.tx, meeting.code)
    if any(row["what"] == READ and row["person_id"] == turn.person.id for row in deeds):
        return False
    hand_letter(turn, meeting, letter)
    return True


LETTER = Action("surat", send_letter, say("Lihat surat"), "surat", OFFICERS)
