"""A stage of the election is entered, changed or removed by an officer; what it says, in words."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast

from handlers.conversation import form as forms
from handlers.conversation.asking import CHOOSE
from handlers.conversation.catalogue import Action, only_for
from handlers.conversation.form import Form, begin
from handlers.conversation.questions.day import AnyDay
from handlers.conversation.questions.question import Answer, Unfit, pick, text
from handlers.conversation.turn import Choice, Turn, Work
from handlers.conversation.words import Text, day_in_full, lines, listed, say
from handlers.election.timers import set_timers
from handlers.public_word.proposing import PublicWord, propose
from handlers.telling.officers import OFFICERS, audit
from storage.broadcasts.proposals import Proposal
from storage.database.database import NotFound
from storage.elections import stages
from storage.elections.stages import Stage
from storage.machine import drafts

QUIET = "tenang"
KINDS: dict[str, Text] = {
    "tahapan": say("Tahapan"),
    "kampanye": say("Masa kampanye"),
    QUIET: say("Masa tenang"),
    "suara": say("Pemungutan suara"),
}
LABELS: dict[str, Text] = {
    "name": say("Nama"),
    "kind": say("Jenis"),
    "starts_on": say("Mulai"),
    "ends_on": say("Selesai"),
    "source": say("Dasar hukum"),
    "announced_by": say("Diumumkan oleh"),
}
UNSET = say("belum ditetapkan")
LONGEST = 200


def subject(stage_id: int) -> str:
    return f"stage:{stage_id}"


def dates(stage: Stage) -> Text:
    """Its days in full, or that they are not set."""
    first, last = stage.starts_on, stage.ends_on
    if first is None or last is None:
        return UNSET
    if first == last:
        return day_in_full(first)
    return say("{first} sampai {last}", first=day_in_full(first), last=day_in_full(last))


def countdown(stage: Stage, today: date) -> Text:
    """How far away it is; only for what has a legal source, since nobody should count on anything else."""
    first, last = stage.starts_on, stage.ends_on
    if first is None or last is None or not stage.source:
        return ""
    if today < first:
        return say("{count} hari lagi.", count=(first - today).days)
    return say("Sedang berlangsung.") if today <= last else say("Sudah selesai.")


def stage_lines(stage: Stage, today: date) -> Text:
    """Everything everybody may read about it."""
    return lines(
        say("{name}: {dates}", name=stage.name, dates=dates(stage)),
        say("Dasar hukum: {source}.", source=stage.source or say("belum dicatat")),
        say("Diumumkan oleh: {who}.", who=stage.facts["announced_by"]) if stage.facts["announced_by"] else "",
        countdown(stage, today),
    )


class LastDay(AnyDay):
    """Not before the first."""

    def load(self, stored: str, form: Form) -> date:
        return self.fits(super().load(stored, form), form)

    def read(self, answer: Answer, form: Form) -> date:
        return self.fits(super().read(answer, form), form)

    def fits(self, day: date | None, form: Form) -> date:
        first = cast("StageForm", form).starts_on
        if day is not None and day < first:
            raise Unfit(say("{day} sebelum hari pertamanya. Mohon diperiksa.", day=day_in_full(day)))
        return cast(date, day)


def kinds(form: Form) -> Mapping[str, Text]:  # noqa: ARG001
    return KINDS


def dated(form: Form) -> bool:
    return bool(form.answers.get("starts_on"))


class StageForm(Form, name="tahapan"):
    """A new stage, or (about `12.3`: stage and version) one that is there, with its facts filled in and a reason."""

    title = say("Tahapan pemilu")
    called: str = text(LABELS["name"], say("Apa nama tahapannya?"), at_most=100)
    kind: str = pick(LABELS["kind"], say("Jenisnya apa? Masa tenang membatasi pengumuman."), kinds)
    starts_on: date = cast(
        date,
        AnyDay(
            LABELS["starts_on"],
            say("Kapan mulainya? Tulis tanggal dan tahunnya; bila belum ditetapkan, lewati."),
            optional=True,
        ),
    )
    ends_on: date = cast(
        date,
        LastDay(LABELS["ends_on"], say("Kapan hari terakhirnya? Lewati bila hanya sehari."), optional=True, when=dated),
    )
    source: str = text(
        LABELS["source"],
        say("Apa dasar hukumnya? Misalnya peraturan KPU dengan nomornya. Tanpa itu, hari tidak dihitung mundur."),
        at_most=LONGEST,
        optional=True,
    )
    announced_by: str = text(
        LABELS["announced_by"], say("Siapa yang mengumumkan, dan kapan?"), at_most=LONGEST, optional=True
    )
    reason: str = text(
        say("Alasan"),
        say("Apa alasan perubahannya? Sesudah ini Bapak/Ibu memilih apa yang diubah."),
        when=lambda form: bool(form.about),
    )

    def refusal(self) -> Text | None:
        if not self.turn.person.roles & OFFICERS:
            return only_for(OFFICERS, self.turn.person)
        return None if not self.about or self.stage else CHANGED

    @property
    def stage(self) -> Stage | None:
        """The stage as it was seen; None when it was changed or removed since."""
        number, version = map(int, self.about.split("."))
        try:
            found = stages.get(self.turn.tx, number)
        except NotFound:
            return None
        return found if found.version == version else None

    @property
    def facts(self) -> dict[str, str]:
        return {fact: self.answers.get(question_of(fact), "") for fact in stages.FACTS} | (
            {} if dated(self) else {"ends_on": ""}
        )

    def finish(self) -> None:
        before = self.stage if self.about else None
        if before is not None and self.facts == dict(before.facts):
            self.turn.say(say("Tidak ada yang berubah."))
            return
        seen = {"version": before.version, "reason": self.reason} if before else {}
        propose(self.turn, WRITTEN, before.id if before else 0, {"facts": self.facts, **seen})


def written(work: Work, proposal: Proposal) -> Sequence[Text]:
    """What stands in the calendar now, and what would stand there."""
    facts, today = proposal.facts, work.now.date()
    proposed = Stage(proposal.subject_id, facts.get("version", 1), facts["facts"])
    before = stages.find(work.tx, proposal.subject_id)
    return [
        lines(say("Sekarang:"), stage_lines(before, today)) if before else "",
        lines(say("Menjadi:") if before else "", stage_lines(proposed, today), KINDS[proposed.kind]),
        say("Alasan: {reason}", reason=facts["reason"]) if "reason" in facts else "",
    ]


def publish_written(turn: Turn, proposal: Proposal) -> Text | None:
    """A new stage, or the change of one that is still as it was seen."""
    told, number, source = proposal.facts, proposal.subject_id, proposal.facts["facts"]["source"]
    if not number:
        number = stages.add(turn.tx, told["facts"])
        audit(turn, "stage-added", subject(number), source or None)
    else:
        before = stages.find(turn.tx, number)
        if before is None or not stages.change(turn.tx, number, told["version"], told["facts"]):
            return CHANGED
        changed = ", ".join(fact for fact in stages.FACTS if told["facts"][fact] != before.facts[fact])
        audit(turn, "stage-changed", subject(number), f"{changed}: {told['reason']}")
    set_timers(turn, stages.get(turn.tx, number))
    return None


WRITTEN = PublicWord("stage", say("Tahapan pemilu"), written, publish_written)


CHANGED = say("Tahapan itu sudah diubah atau dihapus petugas lain. Mohon dilihat dahulu: /pemilu.")


def question_of(fact: str) -> str:
    return "called" if fact == "name" else fact


class StageRemoval(Form, name="hapus-tahapan"):
    """Taken out of the calendar, with a reason; nothing is drafted from it any more."""

    title = say("Penghapusan tahapan")
    leave = say("Tidak jadi")
    leave_typed = "tidak jadi"
    reason: str = text(say("Alasan"), say("Apa alasan menghapus tahapan ini dari kalender?"))

    def refusal(self) -> Text | None:
        if not self.turn.person.roles & OFFICERS:
            return only_for(OFFICERS, self.turn.person)
        try:
            self.stage = stages.get(self.turn.tx, int(self.about))
        except NotFound:
            return CHANGED
        return None

    def finish(self) -> None:
        facts = {"version": self.stage.version, "reason": self.reason}
        propose(self.turn, REMOVED, self.stage.id, facts)


def removed(work: Work, proposal: Proposal) -> Sequence[Text]:
    stage = stages.find(work.tx, proposal.subject_id)
    return [
        stage_lines(stage, work.now.date()) if stage else CHANGED,
        say("Alasan: {reason}", reason=proposal.facts["reason"]),
    ]


def publish_removed(turn: Turn, proposal: Proposal) -> Text | None:
    stage = stages.find(turn.tx, proposal.subject_id)
    if stage is None or stage.version != proposal.facts["version"]:
        return CHANGED
    stages.remove(turn.tx, stage.id, turn.now)
    audit(turn, "stage-removed", subject(stage.id), proposal.facts["reason"])
    return None


REMOVED = PublicWord("stage-removal", say("Penghapusan tahapan"), removed, publish_removed)


def change(turn: Turn, record: str) -> None:
    """The form with what is known filled in: only the reason and what changes are asked."""
    stage = stages.get(turn.tx, int(record))
    draft = drafts.open_draft(turn.tx, turn.person.id, StageForm.name, f"{stage.id}.{stage.version}", turn.now)
    if not draft.answers:
        draft.answers = {question_of(fact): told for fact, told in stage.facts.items()}
        draft.editing = CHOOSE
        drafts.save(turn.tx, draft, turn.now)
    forms.show(turn, draft)


def manage(turn: Turn, record: str) -> None:
    """One stage, for an officer."""
    stage = stages.get(turn.tx, int(record))
    turn.say(stage_lines(stage, turn.now.date()), choices=[CHANGE.on(stage.id), REMOVE.on(stage.id)])


def choose(turn: Turn, record: str) -> None:  # noqa: ARG001
    """Which stage an officer wants to change or remove."""
    found = stages.everyone(turn.tx)
    if not found:
        turn.say(say("Kalender pemilu masih kosong."), choices=[ADD.on(0)])
        return
    turn.say(
        say("Tahapan mana yang ingin diubah atau dihapus?"),
        choices=[Choice(f"a.{MANAGE.name}.{stage.id}", stage.name) for stage in found],
    )


def summary_of(facts: Mapping[str, str]) -> Text:
    """The labels of facts, for a report."""
    return listed(LABELS[fact] for fact in facts)


ADD = Action("tambah-tahapan", lambda turn, record: forms.start(turn, StageForm), say("Tambah tahapan"), roles=OFFICERS)
MANAGE = Action("tahapan", manage, say("Lihat tahapan"), roles=OFFICERS)
CHOOSE_STAGE = Action("kelola-tahapan", choose, say("Ubah tahapan"), roles=OFFICERS)
CHANGE = Action("ubah-tahapan", change, say("Ubah"), roles=OFFICERS)
REMOVE = Action("hapus-tahapan", begin(StageRemoval), say("Hapus"), roles=OFFICERS)
ACTIONS = [ADD, MANAGE, CHOOSE_STAGE, CHANGE, REMOVE]
FORMS = [StageForm, StageRemoval]
