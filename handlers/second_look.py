"""The second person looks at a public word in full, and lets it count or sends it back with a reason."""

from handlers.conversation.catalogue import Action, Effect, only_for
from handlers.conversation.form import Form, begin
from handlers.conversation.questions.question import text
from handlers.conversation.turn import Choice, Turn
from handlers.conversation.words import Text, say
from handlers.election import stage, table
from handlers.election.names_first import empty_list
from handlers.public_word.proposing import PublicWord, approvers, findings, findings_text, head
from handlers.telling.officers import APPROVERS, OFFICERS, audit, called, let_know
from handlers.tickets.officer import canned, verdict
from storage.broadcasts import proposals
from storage.broadcasts.proposals import Proposal
from storage.database.database import NotFound
from storage.people import people

WORDS: dict[str, PublicWord] = {
    word.kind: word
    for word in (stage.WRITTEN, stage.REMOVED, table.IMPORTED, canned.WRITTEN, canned.REMOVED, verdict.JUDGED)
}
CODES = ("USL",)


def objection(turn: Turn, proposal: Proposal) -> Text | None:
    """Why this person cannot decide about it; None when they can."""
    if not proposal.open:
        return decided_words(turn, proposal)
    if proposal.proposed_by == turn.person.id:
        names = ", ".join(str(called(one)) for one in approvers(turn, proposal)[:3])
        return say("Usulan Bapak/Ibu sendiri perlu orang kedua. Yang dapat menyetujui: {names}.", names=names or "-")
    if not turn.person.roles & APPROVERS:
        return only_for(APPROVERS, turn.person)
    return WORDS[proposal.kind].against(turn, proposal)


def decided_words(turn: Turn, proposal: Proposal) -> Text:
    who = called(people.get(turn.tx, proposal.decided_by or 0))
    if proposal.approved:
        return say("{code} sudah disetujui oleh {who}. Tidak ada yang diubah.", code=proposal.code, who=who)
    return say("{code} sudah dikembalikan oleh {who}. Tidak ada yang diubah.", code=proposal.code, who=who)


def look(turn: Turn, record: str) -> None:
    """Everything that would be public, and what can be done with it."""
    proposal = proposals.get(turn.tx, int(record))
    word, because, found = WORDS[proposal.kind], objection(turn, proposal), findings(turn, proposal)
    author = people.get(turn.tx, proposal.proposed_by) if proposal.proposed_by else None
    turn.say(
        head(word, proposal),
        *word.shown(turn, proposal),
        say("Diusulkan oleh: {who}", who=called(author) if author else say("impor di komputer kantor")),
        findings_text(found) if found else "",
        empty_list(turn),
        because or "",
        choices=[] if because else choices(turn, proposal, stopped=bool(found)),
    )


def choices(turn: Turn, proposal: Proposal, *, stopped: bool) -> list[Choice]:
    """Whoever presses "Setujui" has seen it: the press says so."""
    back = turn.catalogue.choices(("kembalikan-usul",), proposal.id, proposal.code)
    if stopped:
        return [*turn.catalogue.choices(("kecualikan-usul",), proposal.id, proposal.code), *back]
    return [Choice(f"a.{APPROVE.name}.{proposal.id}.seen", APPROVE.label, f"setujui {proposal.code}"), *back]


def approve(turn: Turn, argument: str) -> None:
    """A code typed without having looked shows it first. Raises NotFound for no record."""
    record, _, seen = argument.partition(".")
    if not (record.isascii() and record.isdigit() and len(record) <= 15):
        raise NotFound(argument)
    proposal = proposals.get(turn.tx, int(record))
    because = objection(turn, proposal)
    if because is not None:
        turn.say(because)
    elif not seen or findings(turn, proposal):
        look(turn, record)
    else:
        count(turn, proposal, None)


def count(turn: Turn, proposal: Proposal, why: str | None) -> None:
    """It becomes public, once."""
    if not proposals.approve(turn.tx, proposal.id, turn.person.id, why, turn.now):
        turn.say(decided_words(turn, proposals.get(turn.tx, proposal.id)))
        return
    refused = WORDS[proposal.kind].publish(turn, proposal)
    audit(turn, "proposal-void" if refused else "proposal-approved", f"proposal:{proposal.id}", why)
    turn.say(refused or say("{code} disetujui dan mulai berlaku.", code=proposal.code))
    tell_author(
        turn, proposal, refused or say("{code} disetujui oleh {who}.", code=proposal.code, who=called(turn.person))
    )


def tell_author(turn: Turn, proposal: Proposal, *text: Text) -> None:
    if proposal.proposed_by is not None:
        let_know(turn, people.get(turn.tx, proposal.proposed_by), *text)


class Deciding(Form):
    """What an approver says about it."""

    leave = say("Tidak jadi")
    leave_typed = "tidak jadi"
    proposal: Proposal

    def refusal(self) -> Text | None:
        self.proposal = proposals.get(self.turn.tx, int(self.about))
        return objection(self.turn, self.proposal)


class Returning(Deciding, name="kembalikan-usul"):
    """With a reason; whoever proposed it may propose it anew."""

    title = say("Pengembalian usulan")
    note: str = text(say("Catatan"), say("Apa yang perlu diubah? Disampaikan kepada pengusulnya."), at_most=1000)

    def goes_to(self) -> Text:
        author = self.proposal.proposed_by
        return called(people.get(self.turn.tx, author)) if author else say("arsip kantor")

    def finish(self) -> None:
        turn, proposal = self.turn, self.proposal
        proposals.send_back(turn.tx, proposal.id, turn.person.id, self.note, turn.now)
        audit(turn, "proposal-returned", f"proposal:{proposal.id}", self.note)
        turn.say(say("{code} dikembalikan.", code=proposal.code))
        back = say(
            "{code} dikembalikan oleh {who}: {note}", code=proposal.code, who=called(turn.person), note=self.note
        )
        tell_author(turn, proposal, back)


class Excepting(Deciding, name="kecualikan-usul"):
    """What the neutrality gate found is let through by the second person, with a reason in the audit."""

    title = say("Pengecualian gerbang netralitas")
    reason: str = text(say("Alasan"), say("Mengapa temuan itu boleh? Alasannya tetap tercatat di arsip."), at_most=1000)

    def goes_to(self) -> Text:
        return say("arsip kantor")

    def finish(self) -> None:
        count(self.turn, self.proposal, self.reason)


def waiting_choices(turn: Turn) -> list[Choice]:
    """What waits for this person, as choices."""
    if not turn.person.roles & APPROVERS:
        return []
    mine = [one for one in proposals.waiting(turn.tx) if one.proposed_by != turn.person.id]
    return [Choice(f"a.{LOOK.name}.{one.id}", say("Periksa {code}", code=one.code)) for one in mine]


APPROVE = Action("setujui-usul", approve, say("Setujui"), "setujui", OFFICERS, CODES, numbered=False)
LOOK = Action("periksa-usul", look, say("Periksa"), "periksa", OFFICERS, CODES, effect=Effect.SHOWS)
ACTIONS = [
    APPROVE,
    LOOK,
    Action("kembalikan-usul", begin(Returning), say("Kembalikan"), "kembalikan", OFFICERS, CODES, ("tolak",)),
    Action("kecualikan-usul", begin(Excepting), say("Kecualikan temuan"), "kecualikan", OFFICERS, CODES),
]
FORMS = [Returning, Excepting]
