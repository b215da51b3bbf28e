"""What a leader does with their own request: answer a proposal, say they come, move it, cancel it."""

from datetime import date, time

from handlers.conversation.catalogue import Action, Basis
from handlers.conversation.form import Form, begin
from handlers.conversation.questions.question import Unfit, text
from handlers.conversation.turn import Turn, Work
from handlers.conversation.words import Text, lines, say
from handlers.meeting.calendar_file import sent_before
from handlers.meeting.decide import leaders_choices, show_to_officers
from handlers.meeting.slot import SlotForm, ask_day, ask_hour
from handlers.meeting.timers import set_reminders, set_rings
from handlers.meeting.words import (
    CHANGED,
    NO_MEETING,
    STATES,
    calendar_file,
    offered_line,
    standing,
    summary,
    time_now,
    when,
)
from handlers.telling.officers import to_officers
from storage.database.database import NotFound
from storage.meetings import history, meetings
from storage.meetings.meetings import Meeting

NOT_YOURS = say("Permintaan itu tidak ada di daftar Bapak/Ibu. Ketik /status untuk melihat daftarnya.")

GO_SEE = say("Ketik /status untuk melihat perkembangannya.")


def mine(turn: Turn, record: str) -> Meeting | None:
    """The person's own meeting; None for somebody else's and for one that never was: both look the same."""
    try:
        meeting = meetings.get(turn.tx, int(record))
    except NotFound:
        return None
    return meeting if meeting.person_id == turn.person.id else None


def offer_now(work: Work, meeting_id: int) -> str:
    """The offered time; nothing to compare with when no offer waits."""
    now = time_now(work, meeting_id)
    return now if now == NO_MEETING or meetings.get(work.tx, meeting_id).proposed_start else ""


def show_time_now(turn: Turn, record: str) -> None:
    """A leader pressed a button of a message that is no longer so."""
    meeting = mine(turn, record)
    if meeting is None:
        turn.say(NOT_YOURS)
        return
    turn.say(
        CHANGED,
        lines(summary(turn, meeting), offered_line(turn, meeting)),
        choices=leaders_choices(turn, meeting),
    )


def closed(meeting: Meeting) -> Text:
    return say(
        "{code} tidak bisa diubah lagi: {state}. Permintaan baru dapat diajukan dengan /audiensi.",
        code=meeting.code,
        state=STATES[meeting.state],
    )


def note(turn: Turn, meeting: Meeting, what: str, why: str | None = None) -> None:
    history.add(turn.tx, meeting.id, turn.person.id, what, why, turn.now)


def accept(turn: Turn, record: str) -> None:
    """The proposed time suits: it is agreed."""
    meeting = mine(turn, record)
    if meeting is None:
        turn.say(NOT_YOURS)
    elif meeting.proposed_start and meeting.proposed_start <= turn.now:
        withdraw(turn, meeting, say("Waktu usulan sudah lewat sebelum dijawab pemohon."))
    elif not meetings.accept(turn.tx, meeting, turn.now):
        turn.say(say("Tidak ada usulan waktu yang menunggu untuk {code}.", code=meeting.code), GO_SEE)
    else:
        agreed(turn, meetings.get(turn.tx, meeting.id))


def agreed(turn: Turn, meeting: Meeting) -> None:
    note(turn, meeting, "accepted")
    set_reminders(turn, meeting)
    turn.say(
        say("Baik, {code} jadi {when}. Sampai jumpa.", code=meeting.code, when=when(turn, meeting)),
        document=calendar_file(turn, meeting),
    )
    to_officers(
        turn, say("{code}: pemohon menerima waktu usulan, {when}.", code=meeting.code, when=when(turn, meeting))
    )


def decline(turn: Turn, record: str) -> None:
    """The proposed time does not suit: the request waits for the office with its first time."""
    meeting = mine(turn, record)
    if meeting is None:
        turn.say(NOT_YOURS)
    elif not meetings.decline(turn.tx, meeting, turn.now):
        turn.say(say("Tidak ada usulan waktu yang menunggu untuk {code}.", code=meeting.code), GO_SEE)
    else:
        declined(turn, meeting)


def declined(turn: Turn, before: Meeting) -> None:
    """Both sides learn what the first time is worth now: one that was agreed is no longer certain."""
    meeting = meetings.get(turn.tx, before.id)
    note(turn, meeting, "declined")
    set_rings(turn, meeting)
    if not before.approved_at:
        stays = {"code": meeting.code, "when": when(turn, meeting)}
        turn.say(say("Baik. {code} tetap pada {when}; petugas akan menjawab lagi.", **stays))
    show_to_officers(turn, meeting, say("Pemohon belum bisa pada waktu usulan."), *no_longer_certain(turn, before))


def no_longer_certain(turn: Turn, before: Meeting) -> list[Text]:
    """What is said to the office of a time that was agreed, after the leader was told; nothing of any other."""
    if not before.approved_at:
        return []
    meeting = meetings.get(turn.tx, before.id)
    turn.say(
        say(
            "Baik. Karena kantor minta pindah, {code} pada {when} belum pasti lagi.",
            code=meeting.code,
            when=when(turn, meeting),
        ),
        say("Petugas akan menjawab: tetap pada waktu itu, atau waktu lain. Sampai dijawab, pengingatnya kami tahan."),
        document=calendar_file(turn, meeting),
        choices=leaders_choices(turn, meeting),
    )
    if meeting.starts_at <= turn.now:
        return [say("Waktu yang dahulu disetujui sudah lewat. Mohon diusulkan waktu lain.")]
    return [
        say(
            "{when} dahulu disetujui dan sekarang belum pasti. Tekan Setujui bila tetap pada waktu itu, atau usulkan "
            "waktu lain.",
            when=when(turn, meeting),
        )
    ]


def withdraw(turn: Turn, meeting: Meeting, because: Text) -> None:
    """Nobody can come at the offered time any more: the office answers again."""
    meetings.decline(turn.tx, meeting, turn.now)
    note(turn, meeting, "declined")
    set_rings(turn, meeting)
    turn.say(say("Waktu usulan itu sudah lewat. Petugas akan menjawab lagi."))
    uncertain = no_longer_certain(turn, meeting)
    show_to_officers(turn, meetings.get(turn.tx, meeting.id), because, *uncertain)


def come(turn: Turn, record: str) -> None:
    """The answer "Hadir" to a reminder."""
    meeting = mine(turn, record)
    if meeting is None:
        turn.say(NOT_YOURS)
    elif meeting.proposed_start:
        turn.say(lines(summary(turn, meeting), offered_line(turn, meeting)), choices=leaders_choices(turn, meeting))
    elif meeting.open and not meeting.approved_at:
        turn.say(say("{code} belum disetujui: {state}.", code=meeting.code, state=standing(turn, meeting)))
    elif meeting.open and meeting.ends_at <= turn.now:
        turn.say(say("{code} sudah lewat. Hasilnya akan dicatat petugas.", code=meeting.code))
    elif not meetings.confirm(turn.tx, meeting.id, turn.now):
        turn.say(closed(meeting))
    else:
        if meeting.confirmed_at is None:
            note(turn, meeting, "confirmed")
        turn.say(say("Matur nuwun. Kami tunggu {when}.", when=when(turn, meeting)))


class OwnMeeting(Form):
    """A form of a leader about their own meeting while it is open."""

    meeting: Meeting

    def goes_to(self) -> Text:
        return say("petugas kantor")

    def refusal(self) -> Text | None:
        found = mine(self.turn, self.about)
        if found is None:
            return NOT_YOURS
        self.meeting = found
        if not found.open or (found.approved_at and found.starts_at <= self.turn.now):
            return closed(found) if not found.open else say("{code} sudah dimulai.", code=found.code)
        return None


class Move(SlotForm, OwnMeeting, name="ubah"):
    """Another time. The old slot is free at once; the new one waits for the office."""

    title = say("Perubahan waktu")
    day: date = ask_day()
    hour: time = ask_hour()
    reason: str = text(say("Alasan"), say("Apa alasannya?"), at_most=300)

    @property
    def slot_host(self) -> str:
        return self.meeting.host

    def refusal(self) -> Text | None:
        refused = super().refusal()
        if refused is None:
            self.moving = self.meeting.id
        return refused

    def finish(self) -> None:
        turn = self.turn
        self.still_free()
        if self.starts_at == self.meeting.starts_at and self.meeting.state != "proposed":
            raise Unfit(say("Itu jam yang sekarang. Mohon pilih jam lain, atau ketik batal."), "hour")
        meetings.reschedule(turn.tx, self.meeting, self.starts_at, self.ends_at, turn.now)
        meeting = meetings.get(turn.tx, self.meeting.id)
        note(turn, meeting, "moved", self.reason)
        set_rings(turn, meeting)
        turn.say(
            say(
                "Baik, {code} kami pindahkan ke {when} dan menunggu persetujuan petugas.",
                code=meeting.code,
                when=when(turn, meeting),
            ),
            document=calendar_file(turn, meeting) if sent_before(self.meeting) else None,
        )
        show_to_officers(turn, meeting, say("Pemohon mengubah waktu. Alasan: {reason}", reason=self.reason))


class Cancellation(OwnMeeting, name="batal-audiensi"):
    """With a reason; the slot is free at once."""

    title = say("Pembatalan audiensi")
    leave = say("Tidak jadi")
    leave_typed = "tidak jadi"
    left = say("Baik, tidak jadi dibatalkan. Audiensinya tetap seperti semula.")
    reason: str = text(say("Alasan"), say("Apa alasannya?"), at_most=300)

    def finish(self) -> None:
        turn = self.turn
        meetings.cancel(turn.tx, self.meeting.id, turn.now)
        meeting = meetings.get(turn.tx, self.meeting.id)
        note(turn, meeting, "cancelled", self.reason)
        turn.say(
            say("{code} sudah dibatalkan. Terima kasih sudah memberi tahu.", code=meeting.code),
            document=calendar_file(turn, meeting) if sent_before(self.meeting) else None,
        )
        to_officers(
            turn,
            say(
                "{code} pada {when} dibatalkan pemohon. Alasan: {reason}",
                code=meeting.code,
                when=when(turn, meeting),
                reason=self.reason,
            ),
        )


OFFER = Basis(offer_now, show_time_now)
SEEN = Basis(time_now, show_time_now)
ACCEPT = Action("terima", accept, say("Terima waktu itu"), "terima", basis=OFFER)
DECLINE = Action("tolak-usul", decline, say("Belum bisa"), "belum bisa", also=("tolak",), basis=OFFER)
COME = Action("hadir", come, say("Hadir"), "hadir", basis=SEEN)
MOVE = Action("ubah", begin(Move), say("Ubah"), "ubah", also=("usulkan",))
CANCEL = Action("batal-audiensi", begin(Cancellation), say("Batal"), "batal", also=("batalkan",))
