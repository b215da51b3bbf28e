"""After a meeting: did they come, what was said, and what was promised until it is kept."""

from datetime import date

from handlers.conversation.catalogue import Action
from handlers.conversation.form import begin
from handlers.conversation.questions.day import future_day
from handlers.conversation.questions.question import pick, text
from handlers.conversation.turn import Turn
from handlers.conversation.words import Text, paragraphs, say
from handlers.meeting.decide import Decision, decisions, note
from handlers.meeting.inform import inform
from handlers.meeting.timers import set_promise_reminder
from handlers.meeting.words import promise_line
from handlers.telling import own_matters
from handlers.telling.officers import OFFICERS, audit
from storage.meetings import history, meetings, promises
from storage.meetings.meetings import Meeting


class Outcome(Decision, name="selesai"):
    """Whether they came, and the minutes, which the leader gets too."""

    title = say("Catatan setelah pertemuan")
    from_states = ("approved",)
    came: str = pick(
        say("Kehadiran"),
        say("Apakah pemohon hadir?"),
        lambda form: {"hadir": say("Hadir"), "tidak": say("Tidak hadir")},
    )
    minutes: str = text(
        say("Notulen"),
        say("Apa hasilnya? Tulis singkat; ini dikirim juga kepada pemohon."),
        at_most=2000,
        multiline=True,
        when=lambda form: form.came == "hadir",
    )

    def fits(self) -> bool:
        """A proposal nobody answered does not undo what was approved."""
        return super().fits() or (self.meeting.state == "proposed" and self.meeting.approved_at is not None)

    def refusal(self) -> Text | None:
        refused = super().refusal()
        if refused is None and self.meeting.starts_at > self.turn.now:
            return say("{code} belum dimulai.", code=self.meeting.code)
        return refused

    def finish(self) -> None:
        turn, came = self.turn, self.came == "hadir"
        minutes = self.minutes if came else None
        meetings.record(turn.tx, self.meeting.id, came, minutes, turn.now)
        meeting = meetings.get(turn.tx, self.meeting.id)
        note(turn, meeting, "held" if came else "missed")
        turn.say(say("{code} sudah dicatat.", code=meeting.code), choices=decisions(turn, meeting))
        self.report(meeting, minutes)

    def report(self, meeting: Meeting, minutes: str | None) -> None:
        if minutes is not None:
            text: list[Text] = [
                say("Terima kasih atas kunjungannya. Hasil {code}:", code=meeting.code),
                minutes,
            ]
        else:
            text = [
                say(
                    "{code} kami catat tidak jadi terlaksana. Monggo, ajukan waktu baru dengan /audiensi kapan saja.",
                    code=meeting.code,
                )
            ]
        inform(self.turn, meeting, *text)


class NewPromise(Decision, name="janji"):
    """What, who and by when; both sides see it and are reminded of it until it is kept."""

    title = say("Janji baru")
    from_states = ("held",)
    what: str = text(say("Janji"), say("Apa yang dijanjikan?"), at_most=300)
    who: str = pick(
        say("Oleh"),
        say("Siapa yang berjanji?"),
        lambda form: {"office": say("Kantor"), "organisation": say("Ormas")},
    )
    due_on: date = future_day(say("Paling lambat"), say("Paling lambat kapan? Tulis misalnya Jumat atau 2 Desember."))

    def finish(self) -> None:
        turn, meeting = self.turn, self.meeting
        promise = promises.make(turn.tx, meeting.id, self.what, self.who, self.due_on, turn.person.id, turn.now)
        note(turn, meeting, "promised", self.what)
        set_promise_reminder(turn, promise, promise.due_on)
        turn.say(
            say("Janji pada {code} sudah dicatat:", code=meeting.code),
            promise_line(promise),
            choices=[*decisions(turn, meeting), KEEP.on(promise.id, f"JAN-{promise.id:04d}")],
        )
        inform(turn, meeting, say("Janji dari pertemuan {code}:", code=meeting.code), promise_line(promise))


def keep(turn: Turn, record: str) -> None:
    """An officer says a promise was kept."""
    promise = promises.get(turn.tx, int(record))
    meeting = meetings.get(turn.tx, promise.meeting_id)
    if (refused := own_matters.refusal(turn, meeting)) is not None:
        turn.say(refused)
        return
    if not promises.keep(turn.tx, promise.id, turn.person.id, turn.now):
        turn.say(say("Janji itu sudah dicatat ditepati."))
        return
    history.add(turn.tx, meeting.id, turn.person.id, "kept", promise.what, turn.now)
    audit(turn, "kept", meeting.code, promise.what)
    told = paragraphs(say("Janji pada {code} sudah ditepati:", code=meeting.code), promise.what)
    turn.say(told)
    inform(turn, meeting, told)


OUTCOME = Action("selesai", begin(Outcome), say("Catat hasil"), "selesai", OFFICERS)
PROMISE = Action("janji", begin(NewPromise), say("Catat janji"), "janji", OFFICERS)
KEEP = Action("ditepati", keep, say("Sudah ditepati"), "ditepati", OFFICERS, ("JAN",))
