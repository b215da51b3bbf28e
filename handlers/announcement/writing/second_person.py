"""The second person: sees exactly what the author froze and whom it reaches, then agrees, returns or rejects."""

from handlers.announcement.running.gate import findings
from handlers.announcement.running.words import state_words
from handlers.announcement.writing.card import HASH_SHOWN, card, findings_text, forbidden_now, head, show_all
from handlers.announcement.writing.draft import CODES, parted
from handlers.conversation.catalogue import Action, only_for
from handlers.conversation.form import Form, begin
from handlers.conversation.questions.question import text
from handlers.conversation.turn import Choice, Turn
from handlers.conversation.words import Text, lines, listed, say
from handlers.election.names_first import empty_list
from handlers.telling.officers import APPROVERS, OFFICERS, audit, called, let_know
from storage.broadcasts import approvals, broadcasts
from storage.broadcasts.broadcasts import Broadcast
from storage.people import people


def own_words(turn: Turn) -> Text:
    """Why its author does not decide, and who can."""
    others = [called(one) for one in people.with_roles(turn.tx, APPROVERS) if one.id != turn.person.id]
    return lines(
        say("Bapak/Ibu yang menulisnya; penyetujunya harus orang lain."),
        say("Yang dapat menyetujui: {names}.", names=listed(others[:3])) if others else "",
    )


def objection(turn: Turn, broadcast: Broadcast) -> Text | None:
    """Why this person cannot decide about it now; None when they can."""
    if broadcast.written_by == turn.person.id:
        return own_words(turn)
    if not turn.person.roles & APPROVERS:
        return only_for(APPROVERS, turn.person)
    if broadcast.state != "submitted":
        return decided_words(turn, broadcast)
    return None


def decided_words(turn: Turn, broadcast: Broadcast) -> Text:
    """What the second of two is told."""
    if broadcast.decided_by is None:
        return say("{code}: {state}. Tidak ada yang diubah.", code=broadcast.code, state=state_words(broadcast))
    who = called(people.get(turn.tx, broadcast.decided_by))
    return say(
        "{code}: {state} (diputuskan oleh {who}). Tidak ada yang diubah.",
        code=broadcast.code,
        state=state_words(broadcast),
        who=who,
    )


def examine_it(turn: Turn, record: str) -> None:
    """The same preview and plan as its author saw, and what the gate found."""
    broadcast = broadcasts.get(turn.tx, int(record))
    because = objection(turn, broadcast)
    if because is not None:
        turn.say(card(turn, broadcast), because)
        return
    told, found, forbidden = show_all(turn, broadcast), findings(turn, broadcast), forbidden_now(turn, broadcast)
    turn.say(
        told,
        findings_text(found) if found else "",
        empty_list(turn),
        override_line(turn, broadcast),
        forbidden or "",
        choices=choices(turn, broadcast, stopped=(bool(found) and broadcast.override_by is None) or bool(forbidden)),
    )


def override_line(turn: Turn, broadcast: Broadcast) -> Text:
    if broadcast.override_by is None:
        return ""
    who = called(people.get(turn.tx, broadcast.override_by))
    return say("Temuan dikecualikan oleh {who}: {why}", who=who, why=broadcast.override_why)


def choices(turn: Turn, broadcast: Broadcast, *, stopped: bool) -> list[Choice]:
    """What was seen travels in the button: another text is never agreed to by it."""
    others = ["kembalikan-umum", "tolak-umum"]
    if stopped:
        names = others if forbidden_now(turn, broadcast) else ["kecualikan", *others]
        return turn.catalogue.choices(names, broadcast.id, broadcast.code)
    seen = f"{broadcast.id}.{(broadcast.hash or '')[:HASH_SHOWN]}"
    agree = Choice(f"a.{APPROVE.name}.{seen}", APPROVE.label, f"{APPROVE.verb} {broadcast.code}")
    return [agree, *turn.catalogue.choices(others, broadcast.id, broadcast.code)]


def approve(turn: Turn, argument: str) -> None:
    """Only what was seen: a code typed without having looked shows it first. Raises NotFound for no record."""
    number, seen = parted(argument)
    broadcast = broadcasts.get(turn.tx, number)
    because = objection(turn, broadcast)
    if because is not None:
        turn.say(because)
        return
    digest = broadcast.hash or ""
    if not seen or not digest.startswith(seen):
        turn.say(say("Mohon dibaca dahulu, lalu pilih Setujui."))
        examine_it(turn, str(number))
        return
    found = findings(turn, broadcast) if broadcast.override_by is None else []
    if found or forbidden_now(turn, broadcast):
        examine_it(turn, str(number))
        return
    if not approvals.approve(turn.tx, broadcast.id, turn.person.id, digest, turn.now):
        turn.say(decided_words(turn, broadcasts.get(turn.tx, broadcast.id)))
        return
    audit(turn, "broadcast-approved", broadcast.subject, digest)
    turn.say(say("{code} disetujui.", code=broadcast.code))
    tell_author(turn, broadcast, say("Pengumuman Bapak/Ibu disetujui oleh {who}.", who=called(turn.person)))


def tell_author(turn: Turn, broadcast: Broadcast, *text: Text, names: tuple[str, ...] = ()) -> None:
    author = people.get(turn.tx, broadcast.written_by)
    let_know(turn, author, *text, head(broadcast), choices=turn.catalogue.choices(names, broadcast.id, broadcast.code))


class Deciding(Form):
    """What an approver says about a frozen announcement."""

    leave = say("Tidak jadi")
    leave_typed = "tidak jadi"
    broadcast: Broadcast

    def goes_to(self) -> Text:
        author = called(people.get(self.turn.tx, self.broadcast.written_by))
        return say("{name}, penulis {code}", name=author, code=self.broadcast.code)

    def refusal(self) -> Text | None:
        self.broadcast = broadcasts.get(self.turn.tx, int(self.about))
        return objection(self.turn, self.broadcast)


class Returning(Deciding, name="kembalikan-umum"):
    """Its author may change it and hand it in again."""

    title = say("Pengembalian pengumuman")
    note: str = text(say("Catatan"), say("Apa yang perlu diubah? Disampaikan kepada penulisnya."), at_most=1000)

    def finish(self) -> None:
        turn, broadcast = self.turn, self.broadcast
        approvals.send_back(turn.tx, broadcast.id, turn.person.id, self.note, turn.now)
        audit(turn, "broadcast-returned", broadcast.subject, self.note)
        turn.say(say("{code} dikembalikan kepada penulisnya.", code=broadcast.code))
        told = say("{who} mengembalikan pengumuman Bapak/Ibu: {note}", who=called(turn.person), note=self.note)
        tell_author(turn, broadcast, told, names=("konsep-umum", "ubah-umum", "buang-umum"))


class Rejecting(Deciding, name="tolak-umum"):
    """For good."""

    title = say("Penolakan pengumuman")
    reason: str = text(say("Alasan"), say("Apa alasannya? Disampaikan kepada penulisnya."), at_most=1000)

    def finish(self) -> None:
        turn, broadcast = self.turn, self.broadcast
        approvals.reject(turn.tx, broadcast.id, turn.person.id, self.reason, turn.now)
        audit(turn, "broadcast-rejected", broadcast.subject, self.reason)
        turn.say(say("{code} ditolak.", code=broadcast.code))
        told = say("{who} menolak pengumuman Bapak/Ibu: {reason}", who=called(turn.person), reason=self.reason)
        tell_author(turn, broadcast, told)


class Excepting(Deciding, name="kecualikan-umum"):
    """What the neutrality gate found is let through, with a reason that everybody finds in the archive."""

    title = say("Pengecualian gerbang netralitas")
    reason: str = text(say("Alasan"), say("Mengapa temuan itu boleh? Alasannya tetap tercatat di arsip."), at_most=1000)

    def goes_to(self) -> Text:
        return say("arsip kantor")

    def finish(self) -> None:
        turn, broadcast = self.turn, self.broadcast
        approvals.override(turn.tx, broadcast.id, turn.person.id, self.reason)
        found = lines(*(finding.kind for finding in findings(turn, broadcast)))
        kinds = ", ".join(str(kind) for kind in found.parts)
        audit(turn, "broadcast-excepted", broadcast.subject, f"{kinds}: {self.reason}")
        examine_it(turn, self.about)


def waiting_lines(turn: Turn) -> list[Choice]:
    """What waits for this person's decision, as choices."""
    mine = (one for one in approvals.waiting(turn.tx) if one.written_by != turn.person.id)
    return [Choice(f"a.{EXAMINE.name}.{one.id}", say("Periksa {code}", code=one.code)) for one in mine]


APPROVE = Action("setujui-umum", approve, say("Setujui"), "setujui", OFFICERS, CODES, numbered=False)
EXAMINE = Action("periksa-umum", examine_it, say("Periksa"), "periksa", OFFICERS, CODES)
ACTIONS = [
    APPROVE,
    EXAMINE,
    Action("kembalikan-umum", begin(Returning), say("Kembalikan"), "kembalikan", OFFICERS, CODES),
    Action("tolak-umum", begin(Rejecting), say("Tolak"), "tolak", OFFICERS, CODES),
    Action("kecualikan", begin(Excepting), say("Kecualikan temuan"), "kecualikan", OFFICERS, CODES),
]
FORMS = [Returning, Rejecting, Excepting]
