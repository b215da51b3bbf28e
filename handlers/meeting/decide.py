"""What an officer does with a request: approve, propose another time, forward, reject, cancel."""

from collections.abc import Mapping
from datetime import date, time

from handlers.conversation.catalogue import Action, Basis, Effect, only_for
from handlers.conversation.form import Form, begin
from handlers.conversation.questions.question import pick, text
from handlers.conversation.turn import Choice, Turn, Work
from handlers.conversation.words import Text, lines, say
from handlers.meeting.calendar_file import sent_before
from handlers.meeting.inform import inform
from handlers.meeting.letter import hand_unread
from handlers.meeting.slot import SlotForm, ask_day, ask_hour
from handlers.meeting.timers import set_reminders
from handlers.meeting.words import (
    CHANGED,
    DID,
    at_stake,
    card,
    lapsed,
    overdue,
    promise_lines,
    standing,
    time_now,
    trail,
    when,
)
from handlers.office.moments import in_full
from handlers.telling import own_matters
from handlers.telling.officers import OFFICERS, audit, called, to_officers
from handlers.telling.templates import PROPOSAL
from storage.meetings import history, meetings, promises, slots
from storage.meetings.meetings import Meeting
from storage.people import people

LONGEST_LABEL = 40
"""Characters of a promise on its button."""

OPEN_TO_OFFICERS = {
    "waiting": ("setujui", "usul", "teruskan", "tolak"),
    "overdue": ("usul", "teruskan", "tolak"),
    "proposed": ("batalkan",),
    "approved": ("usul", "teruskan", "batalkan"),
    "held": ("janji",),
    **dict.fromkeys(("rejected", "cancelled", "missed"), ()),
}
OPEN_TO_LEADERS = {
    "waiting": ("ubah", "batal-audiensi"),
    "proposed": ("terima", "tolak-usul", "batal-audiensi"),
    "approved": ("ubah", "batal-audiensi"),
}
"""What can be done with a meeting in each state, by the names of actions (handlers/__init__.py)."""


def show_to_officers(work: Work, meeting: Meeting, *because: Text, but: int | None = None) -> None:
    """A card for everyone who may decide."""
    to_officers(work, *because, card(work, meeting), choices=decisions(work, meeting), but=but)


def decisions(work: Work, meeting: Meeting) -> list[Choice]:
    """What an officer can do with it now."""
    names = [*OPEN_TO_OFFICERS["overdue" if overdue(meeting, work.now) else meeting.state]]
    if lapsed(meeting, work.now):
        names.insert(0, "usul")
    if meeting.open and meeting.approved_at and meeting.starts_at <= work.now:
        names.insert(0, "selesai")
    if meeting.letter_id:
        names.append("surat")
    return work.catalogue.choices(names, meeting.id, meeting.code, at_stake(meeting))


def leaders_choices(work: Work, meeting: Meeting) -> list[Choice]:
    """What a leader can do with it now."""
    return work.catalogue.choices(OPEN_TO_LEADERS.get(meeting.state, ()), meeting.id, meeting.code, at_stake(meeting))


def show_time_now(turn: Turn, record: str) -> None:
    """An officer pressed a button of a card that is no longer so."""
    meeting = meetings.get(turn.tx, int(record))
    turn.say(CHANGED, card(turn, meeting), choices=decisions(turn, meeting))


def settled(turn: Turn, meeting: Meeting) -> Text:
    """What to say to the second of two officers: what it is now, and who did what to it last."""
    last = history.of_meeting(turn.tx, meeting.id)[-1]
    return say(
        "{code} sekarang {state} ({did}, oleh {who}). Tidak ada yang diubah.",
        code=meeting.code,
        state=standing(turn, meeting),
        did=DID[last["what"]],
        who=called(people.get(turn.tx, last["person_id"])),
    )


def note(turn: Turn, meeting: Meeting, what: str, why: str | None = None) -> None:
    """An officer's deed: in the history both sides read, and in the audit."""
    history.add(turn.tx, meeting.id, turn.person.id, what, why, turn.now)
    audit(turn, what, meeting.code, why)


def approve(turn: Turn, record: str) -> None:
    meeting = meetings.get(turn.tx, int(record))
    if (refused := own_matters.refusal(turn, meeting)) is not None:
        turn.say(refused)
        return
    if overdue(meeting, turn.now):
        turn.say(
            say("Waktu yang diminta untuk {code} sudah lewat. Silakan usulkan waktu lain.", code=meeting.code),
            choices=decisions(turn, meeting),
        )
        return
    if meeting.state == "waiting" and hand_unread(turn, meeting):
        turn.say(say("Mohon suratnya dibaca dahulu, lalu pilih Setujui."), choices=decisions(turn, meeting))
        return
    if not meetings.approve(turn.tx, meeting.id, turn.person.id, turn.now):
        turn.say(settled(turn, meeting), choices=decisions(turn, meeting))
        return
    meeting = meetings.get(turn.tx, meeting.id)
    note(turn, meeting, "approved")
    turn.say(say("{code} disetujui untuk {when}.", code=meeting.code, when=when(turn, meeting)))
    set_reminders(turn, meeting)
    inform(
        turn,
        meeting,
        say("Kabar baik: permintaan {code} disetujui untuk {when}.", code=meeting.code, when=when(turn, meeting)),
        say("Tempat: {office}, {street}.", office=turn.office.long_name, street=turn.office.street),
        calendar=True,
    )


def requester(work: Work, meeting: Meeting) -> Text:
    return people.get(work.tx, meeting.person_id).name or ""


class Decision(Form):
    """A form of an officer about a meeting that is still open."""

    meeting: Meeting
    from_states: tuple[str, ...] = ("waiting",)

    def refusal(self) -> Text | None:
        if not self.turn.person.officer:
            return only_for(OFFICERS, self.turn.person)
        self.meeting = meetings.get(self.turn.tx, int(self.about))
        refused = own_matters.refusal(self.turn, self.meeting)
        return refused or (None if self.fits() else settled(self.turn, self.meeting))

    def goes_to(self) -> Text:
        return say("{name}, pemohon {code}", name=requester(self.turn, self.meeting), code=self.meeting.code)

    def fits(self) -> bool:
        """Whether the meeting is in a state this decides."""
        return self.meeting.state in self.from_states


class Rejection(Decision, name="tolak"):
    """The reason is required and goes to the leader."""

    title = say("Penolakan permintaan")
    reason: str = text(say("Alasan"), say("Apa alasannya? Alasan ini disampaikan kepada pemohon."), at_most=500)

    def finish(self) -> None:
        turn, meeting = self.turn, self.meeting
        meetings.reject(turn.tx, meeting.id, turn.now)
        slots.release(turn.tx, meeting.id, turn.now)
        meeting = meetings.get(turn.tx, meeting.id)
        note(turn, meeting, "rejected", self.reason)
        turn.say(say("{code} ditolak.", code=meeting.code))
        inform(
            turn,
            meeting,
            say("Mohon maaf, waktunya lewat sebelum kami jawab.") if overdue(self.meeting, turn.now) else "",
            say("Mohon maaf, permintaan {code} belum dapat dipenuhi.", code=meeting.code),
            say("Alasan: {reason}", reason=self.reason),
            say("Silakan ajukan waktu atau topik lain dengan /audiensi."),
            calendar=sent_before(self.meeting),
        )


class Proposal(SlotForm, Decision, name="usul"):
    """Another time, for the leader to accept or decline."""

    title = say("Usulan waktu lain")
    from_states = ("waiting", "approved")
    day: date = ask_day()
    hour: time = ask_hour()
    reason: str = text(
        say("Alasan"), say("Apa alasannya? Disampaikan kepada pemohon; boleh dilewati."), at_most=300, optional=True
    )

    @property
    def slot_host(self) -> str:
        return self.meeting.host

    def fits(self) -> bool:
        return super().fits() or lapsed(self.meeting, self.turn.now)

    def finish(self) -> None:
        turn, meeting = self.turn, self.meeting
        self.still_free()
        if lapsed(meeting, turn.now):
            meetings.decline(turn.tx, meeting, turn.now)
        meetings.propose(turn.tx, meeting, self.starts_at, self.ends_at, turn.person.id, turn.now)
        note(turn, meeting, "proposed", self.reason or None)
        offered = in_full(turn, self.starts_at)
        turn.say(say("Usulan {when} untuk {code} sudah dicatat.", when=offered, code=meeting.code))
        inform(
            turn,
            meeting,
            say("Untuk {code}, kantor mengusulkan waktu lain: {when}.", code=meeting.code, when=offered),
            say("Alasan: {reason}", reason=self.reason) if self.reason else "",
            say("Apakah Bapak/Ibu bisa?"),
            choices=leaders_choices(turn, meetings.get(turn.tx, meeting.id)),
            approved=PROPOSAL(code=meeting.code, when=offered, reason=self.reason or "-"),
        )


def colleagues(form: Form) -> Mapping[str, Text]:
    others = (p for p in people.with_roles(form.turn.tx, OFFICERS) if p.id != form.turn.person.id)
    return {str(person.id): called(person) for person in others}


class Forwarding(Decision, name="teruskan"):
    """Hand the card to a colleague, with a note."""

    title = say("Penerusan kepada petugas lain")
    from_states = ("waiting", "approved")
    to: str = pick(say("Kepada"), say("Diteruskan kepada siapa?"), colleagues)
    remark: str = text(say("Catatan"), say("Apa catatannya untuk petugas itu?"), at_most=300)

    def goes_to(self) -> Text:
        return ""

    def refusal(self) -> Text | None:
        return super().refusal() or (None if colleagues(self) else say("Belum ada petugas lain yang bergabung."))

    def finish(self) -> None:
        turn, meeting = self.turn, self.meeting
        colleague = people.get(turn.tx, int(self.to))
        meetings.assign(turn.tx, meeting.id, colleague.id)
        note(turn, meeting, "forwarded", self.remark)
        reached = turn.tell(
            colleague,
            say("Diteruskan oleh {name}: {remark}", name=called(turn.person), remark=self.remark),
            card(turn, meetings.get(turn.tx, meeting.id)),
            choices=decisions(turn, meeting),
        )
        turn.say(say("{code} diteruskan kepada {name}.", code=meeting.code, name=called(colleague)))
        if not reached:
            turn.say(say("Perhatian: petugas itu sedang tidak menerima pesan dari bot. Mohon diberi tahu langsung."))


class CallingOff(Decision, name="batalkan-oleh-kantor"):
    """The office has to cancel an approved meeting."""

    title = say("Pembatalan oleh kantor")
    leave = say("Tidak jadi")
    leave_typed = "tidak jadi"
    left = say("Baik, tidak jadi dibatalkan. Audiensinya tetap seperti semula.")
    from_states = ("proposed", "approved")
    reason: str = text(say("Alasan"), say("Apa alasannya? Alasan ini disampaikan kepada pemohon."), at_most=500)

    def finish(self) -> None:
        turn = self.turn
        meetings.cancel(turn.tx, self.meeting.id, turn.now)
        meeting = meetings.get(turn.tx, self.meeting.id)
        note(turn, meeting, "cancelled", self.reason)
        turn.say(say("{code} dibatalkan.", code=meeting.code))
        inform(
            turn,
            meeting,
            say("Mohon maaf, {code} pada {when} dibatalkan oleh kantor.", code=meeting.code, when=when(turn, meeting)),
            say("Alasan: {reason}", reason=self.reason),
            say("Silakan ajukan waktu lain dengan /audiensi."),
            calendar=sent_before(self.meeting),
        )


def show_card(turn: Turn, record: str) -> None:
    """One card out of the queue, with its history."""
    meeting = meetings.get(turn.tx, int(record))
    turn.say(
        card(turn, meeting),
        lines(say("Riwayat:"), trail(turn, meeting, for_office=True)),
        lines(say("Hasil:"), meeting.minutes) if meeting.minutes else "",
        promise_lines(turn, meeting),
        choices=[*decisions(turn, meeting), *unkept(turn, meeting)],
    )


def unkept(turn: Turn, meeting: Meeting) -> list[Choice]:
    """A press for every promise of this meeting that nobody marked kept yet."""
    made = [promise for promise in promises.of_meeting(turn.tx, meeting.id) if not promise.kept_at]
    return [
        Choice(choice.token, say("Ditepati: {what}", what=promise.what[:LONGEST_LABEL]), choice.typed)
        for promise in made
        for choice in turn.catalogue.choices(("ditepati",), promise.id, f"JAN-{promise.id:04d}")
    ]


SEEN = Basis(time_now, show_time_now)
APPROVE = Action("setujui", approve, say("Setujui"), "setujui", OFFICERS, basis=SEEN)
PROPOSE = Action("usul", begin(Proposal), say("Usulkan waktu lain"), "usulkan", OFFICERS)
FORWARD = Action("teruskan", begin(Forwarding), say("Teruskan"), "teruskan", OFFICERS)
REJECT = Action("tolak", begin(Rejection), say("Tolak"), "tolak", OFFICERS, basis=SEEN)
CALL_OFF = Action("batalkan", begin(CallingOff), say("Batalkan"), "batalkan", OFFICERS)
CARD = Action("kartu", show_card, say("Lihat"), "kartu", OFFICERS, effect=Effect.SHOWS)
