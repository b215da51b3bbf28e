"""An officer accepts what a leader proposed for the register, or says why not. The first decision counts."""

import hashlib

from handlers.conversation.catalogue import Action, Basis, Effect, only_for
from handlers.conversation.form import Form, begin
from handlers.conversation.questions.question import Unfit, text
from handlers.conversation.turn import Choice, Turn, Work
from handlers.conversation.words import Text, folded, lines, say
from handlers.register.ends import set_reminders
from handlers.register.facts import BY_KEY, check, differences, with_changes
from handlers.telling import own_matters
from handlers.telling.officers import OFFICERS, audit, called, let_know, to_officers
from storage.database.database import NotFound
from storage.ormas import corrections, organisations, registry
from storage.ormas.corrections import Correction
from storage.ormas.registry import Record
from storage.people import people


def show_to_officers(work: Work, correction: Correction) -> None:
    to_officers(work, *card(work, correction), choices=choices(work, correction))


def card(work: Work, correction: Correction) -> list[Text]:
    record = registry.get(work.tx, correction.organisation_id)
    member = organisations.in_organisation(work.tx, correction.person_id, record.id)
    return [
        say("Usulan perbaikan {code}:", code=correction.code),
        lines(
            say("Dari: {name}", name=people.get(work.tx, correction.person_id).name),
            say("Jabatan: {position}", position=member.position) if member else "",
            change_lines(work, record, correction.fact, correction.value),
        ),
    ]


def change_lines(work: Work, record: Record, fact: str, value: str) -> Text:
    """What stands in the register and what would stand there."""
    return lines(
        say("Ormas: {code} {name}", code=record.code, name=record.name),
        say("Bagian: {fact}", fact=BY_KEY[fact].label),
        say("Sekarang: {value}", value=value_in_words(work, fact, record.facts[fact])),
        say("Menjadi: {value}", value=value_in_words(work, fact, value)),
    )


def value_in_words(work: Work, fact: str, value: str) -> Text:
    return BY_KEY[fact].write(value, work.office) if value else say("tidak ada")


def choices(work: Work, correction: Correction) -> list[Choice]:
    seen = at_stake(work, correction.id)
    return work.catalogue.choices((ACCEPT.name, REFUSE.name), correction.id, correction.code, seen)


def at_stake(work: Work, correction_id: int) -> str:
    """Tells one change from another, too short to tell what it is; empty once it is decided."""
    correction = corrections.get(work.tx, correction_id)
    if not correction.open:
        return ""
    now = registry.get(work.tx, correction.organisation_id).facts[correction.fact]
    return hashlib.sha256(f"{now}\n{correction.value}".encode()).hexdigest()[:6]


def show_now(turn: Turn, record: str) -> None:
    """An officer pressed a button of a card that is no longer so."""
    correction = corrections.get(turn.tx, int(record))
    turn.say(
        say("Datanya sudah berubah, jadi belum ada yang diputuskan. Yang berlaku sekarang:"),
        *card(turn, correction),
        choices=choices(turn, correction),
    )


def show_card(turn: Turn, record: str) -> None:
    correction = corrections.get(turn.tx, int(record))
    if correction.open:
        turn.say(*card(turn, correction), choices=choices(turn, correction))
    else:
        turn.say(settled(turn, correction))


def settled(turn: Turn, correction: Correction) -> Text:
    """What the second of two officers is told."""
    who = called(people.get(turn.tx, correction.decided_by)) if correction.decided_by else say("petugas")
    if correction.accepted:
        return say("{code} sudah diterima oleh {who}. Tidak ada yang diubah.", code=correction.code, who=who)
    return say("{code} sudah ditolak oleh {who}. Tidak ada yang diubah.", code=correction.code, who=who)


def may_stand(turn: Turn, record: Record, fact: str, value: str) -> None:
    """Raises Unfit when the register would contradict itself."""
    after = with_changes(record.facts, {fact: value}, turn.office)
    check(after, turn.office, turn.now.date())
    if fact in ("name", "kecamatan"):
        same = (one for one, name in organisations.names(turn.tx).items() if folded(name) == folded(after["name"]))
        others = (organisations.get(turn.tx, one) for one in same if one != record.id)
        if any(other.kecamatan == after["kecamatan"] for other in others):
            raise Unfit(say("Di kecamatan itu sudah ada ormas dengan nama yang sama."))


def put(turn: Turn, record: Record, fact: str, value: str) -> None:
    """Write it, and set the timers for what ends. The old ones are void by themselves."""
    after = with_changes(record.facts, {fact: value}, turn.office)
    registry.change(turn.tx, record.id, differences(record.facts, after))
    set_reminders(turn.tx, turn.office, registry.get(turn.tx, record.id), turn.now)


def accept(turn: Turn, record: str) -> None:
    correction = corrections.get(turn.tx, int(record))
    found = registry.get(turn.tx, correction.organisation_id)
    if (refused := own_matters.refusal(turn, correction)) is not None:
        turn.say(refused)
        return
    try:
        if correction.open:
            may_stand(turn, found, correction.fact, correction.value)
    except Unfit as unfit:
        turn.say(say("Belum bisa diterima: {reason}", reason=unfit.words), choices=choices(turn, correction))
        return
    if not corrections.accept(turn.tx, correction.id, turn.person.id, turn.now):
        turn.say(settled(turn, correction))
        return
    put(turn, found, correction.fact, correction.value)
    audit(turn, "accept-correction", f"correction:{correction.id}", correction.fact)
    turn.say(say("{code} diterima; data {name} sudah diperbarui.", code=correction.code, name=found.name))
    let_know(
        turn,
        people.get(turn.tx, correction.person_id),
        say(
            "Terima kasih, usulan {code} diterima: {fact} {name} sudah diperbarui.",
            code=correction.code,
            fact=BY_KEY[correction.fact].label,
            name=found.name,
        ),
    )


class CorrectionRefusal(Form, name="tolak-perbaikan"):
    """The reason is required and goes to the leader."""

    title = say("Penolakan usulan perbaikan")
    reason: str = text(say("Alasan"), say("Apa alasannya? Ini akan disampaikan kepada yang bersangkutan."), at_most=300)

    def goes_to(self) -> Text:
        name = people.get(self.turn.tx, self.correction.person_id).name
        return say("{name}, pengusul {code}", name=name, code=self.correction.code)

    def refusal(self) -> Text | None:
        if not self.turn.person.officer:
            return only_for(OFFICERS, self.turn.person)
        try:
            self.correction = corrections.get(self.turn.tx, int(self.about))
        except NotFound:
            return say("Usulan itu sudah tidak ada.")
        refused = own_matters.refusal(self.turn, self.correction)
        return refused or (None if self.correction.open else settled(self.turn, self.correction))

    def finish(self) -> None:
        turn, correction = self.turn, self.correction
        corrections.refuse(turn.tx, correction.id, turn.person.id, self.reason, turn.now)
        audit(turn, "refuse-correction", f"correction:{correction.id}", self.reason)
        turn.say(say("{code} ditolak.", code=correction.code))
        let_know(
            turn,
            people.get(turn.tx, correction.person_id),
            say("Mohon maaf, usulan {code} belum dapat kami terima.", code=correction.code),
            say("Alasan: {reason}", reason=self.reason),
            say("Silakan usulkan lagi lewat /profil."),
        )


SEEN = Basis(at_stake, show_now)
ACCEPT = Action("terima-perbaikan", accept, say("Terima"), "terima", OFFICERS, ("KOR",), basis=SEEN)
REFUSE = Action("tolak-perbaikan", begin(CorrectionRefusal), say("Tolak"), "tolak", OFFICERS, ("KOR",), basis=SEEN)
CARD = Action("perbaikan", show_card, say("Periksa"), "periksa", OFFICERS, ("KOR",), effect=Effect.SHOWS)
