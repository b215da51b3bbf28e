"""The urgent path: an alarm goes out at once by one person with that right, and is looked at afterwards by another."""

from handlers.announcement.running.attached import FILES
from handlers.announcement.running.gate import findings
from handlers.announcement.topics import URGENT
from handlers.announcement.writing.card import card, forbidden_now
from handlers.announcement.writing.draft import CODES, MAY_HURRY
from handlers.announcement.writing.write import in_hands_of
from handlers.conversation.catalogue import Action, only_for
from handlers.conversation.form import Form, begin
from handlers.conversation.questions.question import text
from handlers.conversation.turn import Choice, Turn
from handlers.conversation.words import Text, lines, say
from handlers.telling.officers import ADMINS, APPROVERS, OFFICERS, audit, called
from storage.broadcasts import approvals, broadcasts
from storage.broadcasts import files as broadcast_files
from storage.broadcasts.broadcasts import Broadcast
from storage.people import people
from storage.people.people import Person


class Alarm(Form, name="segera-umum"):
    """Without a second person before it, with one after it."""

    title = say("Peringatan darurat")
    leave = say("Tidak jadi")
    leave_typed = "tidak jadi"
    why: str = text(say("Alasan"), say("Mengapa tidak bisa menunggu penyetuju? Alasannya ditinjau sesudahnya."))
    broadcast: Broadcast

    def refusal(self) -> Text | None:
        turn = self.turn
        self.broadcast = broadcasts.get(turn.tx, int(self.about))
        if MAY_HURRY not in turn.person.roles or not turn.person.roles & OFFICERS:
            return say("Maaf, hak mengirim peringatan darurat diberikan oleh admin.")
        if self.broadcast.content.topic != URGENT:
            return say("Hanya pengumuman dengan topik darurat yang boleh lewat jalur ini.")
        if self.broadcast.content.repeat or self.broadcast.content.starts_at is not None:
            return say("Jalur darurat hanya untuk yang dikirim sekarang dan sekali saja. Ubah dahulu waktunya.")
        if not in_hands_of(self.broadcast, turn.person.id):
            return say("{code} tidak bisa dikirim (lagi) lewat jalur ini.", code=self.broadcast.code)
        if findings(turn, self.broadcast):
            return say("Gerbang netralitas menahan pengumuman ini; hanya penyetuju yang dapat memutuskan.")
        return forbidden_now(turn, self.broadcast)

    def finish(self) -> None:
        turn, broadcast = self.turn, self.broadcast
        approvals.submit(turn.tx, broadcast.id, turn.now)
        approvals.urgent(turn.tx, broadcast.id, turn.person.id, self.why, turn.now)
        audit(turn, "broadcast-urgent", broadcast.subject, self.why)
        ask_for_review(turn, broadcasts.get(turn.tx, broadcast.id))
        turn.say(say("{code} dikirim sekarang. Penyetuju diminta meninjaunya sesudah ini.", code=broadcast.code))


def ask_for_review(turn: Turn, broadcast: Broadcast) -> None:
    files = (FILES,) if broadcast_files.of(turn.tx, broadcast.id) else ()
    look = turn.catalogue.choices((*files, "tinjau-umum"), broadcast.id, broadcast.code)
    for one in people.with_roles(turn.tx, APPROVERS):
        if one.id != turn.person.id:
            turn.tell(
                one,
                say("Peringatan darurat dikirim oleh {who} tanpa penyetuju. Mohon ditinjau.", who=called(turn.person)),
                card(turn, broadcast),
                say("Alasan: {why}", why=broadcast.urgent_why),
                broadcast.content.body,
                choices=look,
            )


class Reviewing(Form, name="tinjau-umum"):
    """What somebody else thinks of it afterwards."""

    title = say("Tinjauan peringatan darurat")
    words: str = text(say("Tinjauan"), say("Apa hasil tinjauannya? Tercatat di arsip."), at_most=1000)
    broadcast: Broadcast

    def goes_to(self) -> Text:
        author = called(people.get(self.turn.tx, self.broadcast.written_by))
        return say("{name}, penulis {code}", name=author, code=self.broadcast.code)

    def refusal(self) -> Text | None:
        turn = self.turn
        self.broadcast = one = broadcasts.get(turn.tx, int(self.about))
        if not turn.person.roles & APPROVERS:
            return only_for(APPROVERS, turn.person)
        if one.urgent_why is None or one.reviewed_at is not None:
            return say("{code} tidak (lagi) menunggu tinjauan.", code=one.code)
        if turn.person.id in (one.written_by, one.decided_by):
            return say("Peninjaunya harus orang lain, bukan yang menulis atau mengirimnya.")
        return None

    def finish(self) -> None:
        turn, broadcast = self.turn, self.broadcast
        approvals.review(turn.tx, broadcast.id, turn.person.id, self.words, turn.now)
        audit(turn, "broadcast-reviewed", broadcast.subject, self.words)
        turn.say(say("Tinjauan {code} tercatat.", code=broadcast.code))
        author = people.get(turn.tx, broadcast.written_by)
        said = say(
            "{code} ditinjau oleh {who}: {words}", code=broadcast.code, who=called(turn.person), words=self.words
        )
        turn.tell(author, said)


def rights(turn: Turn, rest: str) -> None:  # noqa: ARG001
    """`/izin`: who may let an alarm out at once; an admin gives and takes it."""
    officers = people.with_roles(turn.tx, OFFICERS)
    turn.say(
        say("Hak mengirim peringatan darurat tanpa menunggu penyetuju:"),
        lines(*(holder_line(officer) for officer in officers)),
        choices=[give_or_take(officer) for officer in officers],
    )


def holder_line(officer: Person) -> Text:
    answer = say("ya") if MAY_HURRY in officer.roles else say("tidak")
    return say("- {name}: {answer}", name=called(officer), answer=answer)


def give_or_take(officer: Person) -> Choice:
    if MAY_HURRY in officer.roles:
        return Choice(f"a.{REVOKE.name}.{officer.id}", say("Cabut {name}", name=called(officer)))
    return Choice(f"a.{GRANT.name}.{officer.id}", say("Beri {name}", name=called(officer)))


def grant(turn: Turn, record: str) -> None:
    person = people.get(turn.tx, int(record))
    if person.roles & OFFICERS:
        people.grant(turn.tx, person.id, MAY_HURRY, turn.now)
        audit(turn, "urgent-granted", f"person:{person.id}")
        turn.tell(person, say("Admin memberi Bapak/Ibu hak mengirim peringatan darurat. Pakai hanya bila ada bahaya."))
    rights(turn, "")


def revoke(turn: Turn, record: str) -> None:
    person = people.get(turn.tx, int(record))
    people.revoke(turn.tx, person.id, MAY_HURRY)
    audit(turn, "urgent-revoked", f"person:{person.id}")
    turn.tell(person, say("Hak Bapak/Ibu mengirim peringatan darurat dicabut oleh admin."))
    rights(turn, "")


GRANT = Action("beri-izin", grant, say("Beri hak darurat"), roles=ADMINS)
REVOKE = Action("cabut-izin", revoke, say("Cabut hak darurat"), roles=ADMINS)
ACTIONS = [
    GRANT,
    REVOKE,
    Action("segera-umum", begin(Alarm), say("Kirim darurat"), "segera", OFFICERS, CODES),
    Action("tinjau-umum", begin(Reviewing), say("Tinjau"), "tinjau", APPROVERS, CODES),
]
FORMS = [Alarm, Reviewing]
