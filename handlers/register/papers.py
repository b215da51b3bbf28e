"""`/skt`: papers to prepare, ticked off as they get ready. The office helps and forwards; it issues nothing."""

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from handlers.conversation.form import Form, start
from handlers.conversation.questions.many import ManyQuestion
from handlers.conversation.questions.question import pick
from handlers.conversation.turn import Choice, Turn
from handlers.conversation.words import Text, lines, say
from handlers.membership.profile import Profile
from handlers.office.profile import Checklist, Paper
from storage.ormas import organisations, registry
from storage.ormas import papers as ready_papers


def own_ormas(form: Form) -> Mapping[str, Text]:
    mine = organisations.of_person(form.turn.tx, form.turn.person.id)
    return {str(member.organisation.id): member.organisation.name for member in mine}


def several(form: Form) -> bool:
    return len(own_ormas(form)) > 1


class ReadyQuestion(ManyQuestion):
    """Ticks begin where the person left them the last time."""

    def ticked(self, form: Form) -> list[str]:
        if self.ticks in form.answers:
            return super().ticked(form)
        return [key for key in cast(Papers, form).ready_before() if key in self.offered(form)]

    def prompt(self, form: Form) -> Text:
        papers = cast(Papers, form)
        return lines(
            say(
                "{list}: {ready} dari {all} berkas siap.",
                list=papers.checklist.label,
                ready=len(self.ticked(form)),
                all=len(self.offered(form)),
            ),
            self.ask,
        )


class Papers(Form, name="berkas"):
    """Which checklist, for which ormas, and what is ready of it. Ticks are kept; nothing is sent to anybody."""

    title = say("Menyiapkan berkas")
    opening = say(
        "Kami membantu menyiapkan berkas, bukan menerbitkan SKT. Centang yang sudah siap; "
        "setelah Bapak/Ibu memilih Selesai, daftarnya kami simpan dan dapat dilanjutkan kapan saja."
    )
    review = False
    organisation: str = pick(
        say("Ormas"), say("Untuk ormas yang mana?"), own_ormas, when=lambda form: len(own_ormas(form)) > 1
    )
    which: str = pick(
        say("Keperluan"),
        say("Berkas untuk apa?"),
        lambda form: {key: one.label for key, one in form.turn.office.checklists.items()},
    )
    ready: tuple[str, ...] = cast(
        "tuple[str, ...]",
        ReadyQuestion(
            say("Berkas siap"),
            say("Mana yang sudah siap? Pilih satu per satu, atau ketik beberapa sekaligus, misalnya 1, 3."),
            lambda form: {key: paper.label for key, paper in form.papers().items()},
        ),
    )

    def needs(self) -> type[Form] | None:
        return None if own_ormas(self) else Profile

    @property
    def checklist(self) -> Checklist:
        return self.turn.office.checklists[self.which]

    def organisation_id(self) -> int:
        return int(self.organisation if self.answers.get("organisation") else next(iter(own_ormas(self))))

    def papers(self) -> dict[str, Paper]:
        """Those that concern this ormas: some are asked only of those working in one field."""
        fields = registry.get(self.turn.tx, self.organisation_id()).fields
        return {key: one for key, one in self.checklist.papers.items() if one.field is None or one.field in fields}

    def ready_before(self) -> set[str]:
        return ready_papers.of_person(self.turn.tx, self.turn.person.id, self.organisation_id(), self.which)

    def finish(self) -> None:
        turn, ormas = self.turn, self.organisation_id()
        ready_papers.put(turn.tx, turn.person.id, ormas, self.which, self.ready, turn.now)
        turn.say(
            say("{list} untuk {name}:", list=self.checklist.label, name=organisations.get(turn.tx, ormas).name),
            *self.standing(),
            self.examination(),
            self.checklist.note,
            choices=[Choice("c.skt", say("Centang lagi"))],
        )

    def standing(self) -> Iterator[Text]:
        """What is ready, what is missing, and what only some have, each in full."""
        papers = self.papers()
        missing = [one for key, one in papers.items() if key not in self.ready]
        needed = [one.text for one in missing if not one.optional]
        optional = [say("{paper} ({when})", paper=one.text, when=one.optional) for one in missing if one.optional]
        if self.ready:
            yield numbered(say("Sudah siap:"), [papers[key].text for key in self.ready])
        yield numbered(say("Masih kurang:"), needed) if needed else say("Semua berkas yang diwajibkan sudah siap.")
        if optional:
            yield numbered(say("Hanya bila ada:"), optional)

    def examination(self) -> Text:
        days = self.checklist.working_days
        if days is None:
            return ""
        return say("Pemeriksaan berkas oleh kementerian: {days} hari kerja menurut aturan.", days=days)


def numbered(heading: Text, papers: Sequence[Text]) -> Text:
    return lines(heading, *(say("{number}. {paper}", number=n, paper=paper) for n, paper in enumerate(papers, 1)))


def prepare(turn: Turn, rest: str) -> None:  # noqa: ARG001
    """`/skt`."""
    start(turn, Papers)
