"""One fact of the register gets another value: proposed by a leader, written at once by an officer."""

from collections.abc import Mapping
from typing import cast

from handlers.conversation.catalogue import Action
from handlers.conversation.form import Form, begin
from handlers.conversation.questions.many import many
from handlers.conversation.questions.question import Answer, Question, Unfit, pick
from handlers.conversation.turn import Choice
from handlers.conversation.words import Text, clean, lines, say
from handlers.register.decide import change_lines, may_stand, put, show_to_officers, value_in_words
from handlers.register.facts import BY_KEY, FACTS, Fact
from handlers.telling import own_matters
from handlers.telling.officers import OFFICERS, audit
from storage.database.database import NotFound
from storage.ormas import corrections, organisations, registry
from storage.ormas.registry import Record

NONE = "-"
"""How "there is none" is typed and stored."""
FIELDS = "fields"


class ValueQuestion(Question[str]):
    """The new value of the fact that was chosen before, read as that fact is read."""

    def fact(self, form: Form) -> Fact:
        return BY_KEY[cast("Correction", form).fact]

    def prompt(self, form: Form) -> Text:
        fact, record = self.fact(form), cast("Correction", form).record
        return lines(
            say(
                "{fact} sekarang: {value}.",
                fact=fact.label,
                value=value_in_words(form.turn, fact.key, record.facts[fact.key]),
            ),
            say("Mohon tulis yang benar ({hint}).", hint=fact.hint),
        )

    def options(self, form: Form) -> Mapping[str, Text]:
        fact, office = self.fact(form), form.turn.office
        if fact.key == "kind":
            return dict(office.kinds)
        if fact.key == "kecamatan":
            return {name: name for name in office.kecamatan}
        emptied = not fact.needed and cast("Correction", form).record.facts[fact.key]
        return {NONE: say("Kosongkan")} if emptied else {}

    def read(self, answer: Answer, form: Form) -> str:
        fact, record = self.fact(form), cast("Correction", form).record
        said = clean(answer.text)
        value = "" if said == NONE and not fact.needed else fact.read(said, form.turn.office, form.turn.now)
        if value == record.facts[fact.key]:
            raise Unfit(say("Itu yang sudah tertulis sekarang."))
        may_stand(form.turn, record, fact.key, value)
        return value

    def write(self, value: str) -> str:
        return value or NONE

    def echo(self, value: str, form: Form) -> Text:
        return value_in_words(form.turn, self.fact(form).key, value)


class Correction(Form, name="perbaikan"):
    """Which fact, and what should stand there. Officers write it; what a leader says waits for one who is none."""

    title = say("Perbaikan data ormas")
    fact: str = pick(
        say("Bagian"), say("Bagian mana yang perlu diperbaiki?"), lambda form: {fact.key: fact.label for fact in FACTS}
    )
    fields: tuple[str, ...] = many(
        say("Bidang"),
        say("Bidang apa saja? Yang pertama dipilih menjadi bidang utama."),
        lambda form: form.turn.office.fields,
        when=lambda form: form.fact == FIELDS,
    )
    value: str = cast(str, ValueQuestion(say("Menjadi"), "", when=lambda form: form.fact != FIELDS))

    record: Record

    def refusal(self) -> Text | None:
        turn = self.turn
        try:
            self.record = registry.get(turn.tx, int(self.about))
        except NotFound:
            return say("Ormas itu sudah tidak ada.")
        if self.decides():
            return None
        own = organisations.in_organisation(turn.tx, turn.person.id, self.record.id)
        if not turn.person.officer and (own is None or not own.verified):
            return say("Hanya pengurus yang sudah terverifikasi dapat mengusulkan perbaikan.")
        if len(corrections.open_of_person(turn.tx, turn.person.id)) >= turn.office.registry.open_corrections:
            return say("Beberapa usulan Bapak/Ibu masih menunggu petugas. Mohon ditunggu dahulu.")
        return None

    def summary(self) -> Text:
        return change_lines(self.turn, self.record, self.fact, self.wished())

    def wished(self) -> str:
        return ",".join(self.fields) if self.fact == FIELDS else self.value

    def finish(self) -> None:
        turn, record, wished = self.turn, self.record, self.wished()
        if not wished and BY_KEY[self.fact].needed:
            raise Unfit(say("Mohon pilih paling sedikit satu bidang."), FIELDS)
        if wished == record.facts[self.fact]:
            raise Unfit(say("Itu yang sudah tertulis sekarang."), self.fact if self.fact == FIELDS else "value")
        if self.decides():
            self.write_down(wished)
            return
        made = corrections.propose(turn.tx, record.id, turn.person.id, self.fact, wished, turn.now)
        show_to_officers(turn, made)
        turn.say(say("Usulan {code} sudah kami terima. Petugas akan memeriksanya.", code=made.code))

    def decides(self) -> bool:
        """An officer, unless it is an ormas of theirs: then they propose, and a colleague decides."""
        return self.turn.person.officer and not own_matters.own(self.turn.tx, self.turn.person, self.record)

    def write_down(self, wished: str) -> None:
        turn, record = self.turn, self.record
        put(turn, record, self.fact, wished)
        audit(turn, "change-ormas", f"organisation:{record.id}", self.fact)
        turn.say(
            say("Data {name} sudah diperbarui.", name=record.name),
            choices=[Choice(f"a.data-ormas.{record.id}", say("Lihat {code}", code=record.code))],
        )


CHANGE = Action("ubah-data", begin(Correction), say("Ubah data"), "ubah", OFFICERS, ("ORM",))
PROPOSE = Action("usul-perbaikan", begin(Correction), say("Usulkan perbaikan"), "usulkan", prefixes=("ORM",))
