"""Who someone is: name, ormas, position."""

import re
from collections.abc import Mapping
from typing import cast

from rapidfuzz import fuzz, process, utils

from handlers.conversation.catalogue import Action
from handlers.conversation.form import Form, start
from handlers.conversation.questions.question import Answer, Question, TextQuestion, Unfit, pick, text
from handlers.conversation.turn import Choice, Turn
from handlers.conversation.words import Text, folded, lines, say
from handlers.membership.verify import ask_officers
from handlers.office.kecamatan import ask_kecamatan
from storage.database.database import NotFound
from storage.ormas import organisations
from storage.ormas.organisations import Membership
from storage.people import people

ALIKE = 70
"""Of 100: how near a typed ormas must be to be offered (rapidfuzz `WRatio`)."""
OFFERED = 5
LONGEST_NAME = 100
KNOWN = re.compile(r"#\d{1,15}$", re.ASCII)


class OrganisationQuestion(Question[str]):
    """An ormas, typed: `#12` is a known one, `+Name` a new one. What is near is offered first."""

    @property
    def typed(self) -> str:
        return self.name + "~"

    def prompt(self, form: Form) -> Text:
        typed = form.answers.get(self.typed)
        if not typed:
            return self.ask
        if len(self.options(form)) == 1:
            return say("“{typed}” belum ada di daftar kami. Tambahkan, atau tulis namanya sekali lagi.", typed=typed)
        return say("Yang mana yang Bapak/Ibu maksud dengan “{typed}”?", typed=typed)

    def options(self, form: Form) -> Mapping[str, Text]:
        typed = form.answers.get(self.typed)
        if not typed:
            return {}
        known = {f"#{number}": name for number, name in near(organisations.names(form.turn.tx), typed).items()}
        return known | {"+": say("Belum ada di daftar: tambahkan “{typed}”", typed=typed)}

    def taken_back(self, answers: dict[str, str]) -> bool:
        return answers.pop(self.typed, None) is not None

    def accept(self, answer: Answer, form: Form, answers: dict[str, str]) -> bool:
        if answer.key is None:
            typed = TextQuestion("", "", at_most=LONGEST_NAME).read(answer, form)
            same = exact(organisations.names(form.turn.tx), typed)
            if same is None:
                answers[self.typed] = typed
                return False
            answer = Answer(key=f"#{same}")
        answers[self.name] = (
            f"+{answers[self.typed]}" if answer.key == "+" and self.typed in answers else self.read(answer, form)
        )
        answers.pop(self.typed, None)
        return True

    def read(self, answer: Answer, form: Form) -> str:
        key = answer.key or ""
        if (key.startswith("+") and len(key) > 1) or is_known(form.turn, key):
            return key
        raise Unfit(say("Mohon tulis nama ormasnya."))

    def echo(self, value: str, form: Form) -> Text:
        return value[1:] if value.startswith("+") else organisations.get(form.turn.tx, int(value[1:])).name


def is_known(turn: Turn, key: str) -> bool:
    """Whether `#12` is an ormas we have."""
    if not KNOWN.match(key):
        return False
    try:
        organisations.get(turn.tx, int(key[1:]))
    except NotFound:
        return False
    return True


def exact(names: Mapping[int, str], typed: str) -> int | None:
    """The ormas with exactly this name, but for case and spaces."""
    wanted = folded(typed)
    return next((number for number, name in names.items() if folded(name) == wanted), None)


def near(names: Mapping[int, str], typed: str) -> dict[int, str]:
    """The ormas with these initials, then those whose names are like what was typed, best first."""
    wanted = folded(typed)
    short = [number for number, name in names.items() if wanted in initials(name)]
    longer = {number: name for number, name in names.items() if number not in short}
    found = process.extract(
        typed, longer, scorer=fuzz.WRatio, processor=utils.default_process, limit=OFFERED, score_cutoff=ALIKE
    )
    return {number: names[number] for number in [*short, *(number for _, _, number in found)][:OFFERED]}


def initials(name: str) -> set[str]:
    """`pwi` for "Persatuan Wartawan Indonesia", with and without small words: what people call an ormas every day."""
    words = [word for word in name.split() if word[0].isalpha()]
    return {folded("".join(word[0] for word in words)), folded("".join(w[0] for w in words if w[0].isupper()))} - {""}


def is_new(form: "Profile") -> bool:
    return form.organisation.startswith("+")


class Profile(Form, name="profil"):
    """Asked once; asked again for every further ormas."""

    title = say("Perkenalan")
    opening = say("Sebelumnya, mohon berkenalan sebentar. Ketik batal bila ingin berhenti.")
    resumes = True

    person_name: str = text(
        say("Nama"), say("Siapa nama Bapak/Ibu?"), at_most=80, when=lambda form: not form.turn.person.name
    )
    organisation: str = cast(
        str, OrganisationQuestion(say("Ormas"), say("Dari ormas apa? Tulis nama atau singkatannya."))
    )
    kind: str = pick(say("Bentuk"), say("Bagaimana pencatatannya?"), lambda form: form.turn.office.kinds, when=is_new)
    field: str = pick(say("Bidang"), say("Bergerak di bidang apa?"), lambda form: form.turn.office.fields, when=is_new)
    kecamatan: str = ask_kecamatan(say("Sekretariatnya di kecamatan mana?"), when=is_new)
    position: str = text(
        say("Jabatan"),
        say("Apa jabatan Bapak/Ibu di sana? Pilih atau tulis sendiri."),
        at_most=60,
        suggested=("Ketua", "Wakil Ketua", "Sekretaris", "Bendahara", "Anggota pengurus"),
    )

    def finish(self) -> None:
        turn = self.turn
        if self.answers.get("person_name"):
            people.rename(turn.tx, turn.person.id, self.person_name)
            turn.refresh()
        member = organisations.join(turn.tx, turn.person.id, self.organisation_id(), self.position, turn.now)
        membership = organisations.membership(turn.tx, member)
        if not membership.verified:
            ask_officers(turn, membership)
        turn.say(
            say(
                "Terima kasih, {name}. {position} {organisation} sudah kami catat.{standing}",
                name=turn.person.name,
                position=membership.position,
                organisation=membership.organisation.name,
                standing=""
                if membership.verified
                else say(" Petugas akan memeriksanya; sementara itu Bapak/Ibu sudah dapat dilayani."),
            )
        )

    def organisation_id(self) -> int:
        if not is_new(self):
            return int(self.organisation[1:])
        turn, name = self.turn, self.organisation[1:]
        same = exact(organisations.names(turn.tx), name)
        if same is not None:
            return same
        return organisations.add(turn.tx, name, self.kind, self.field, self.kecamatan, turn.person.id, turn.now)


def show_profile(turn: Turn, rest: str) -> None:  # noqa: ARG001
    """`/profil`."""
    memberships = organisations.of_person(turn.tx, turn.person.id)
    if not turn.person.name or not memberships:
        start(turn, Profile)
        return
    turn.say(
        say("Nama: {name}", name=turn.person.name),
        lines(*map(membership_line, memberships)),
        choices=[*map(data_choice, memberships), ADD.on(0), RENAME.on(0)],
    )


def data_choice(membership: Membership) -> Choice:
    """To what the register holds about the ormas."""
    code = membership.organisation.code
    return Choice(f"a.data-ormas.{membership.organisation.id}", say("Data {code}", code=code))


def membership_line(membership: Membership) -> Text:
    return say(
        "{code}: {position} {organisation} ({standing})",
        code=membership.organisation.code,
        position=membership.position,
        organisation=membership.organisation.name,
        standing=say("terverifikasi") if membership.verified else say("belum diverifikasi"),
    )


class Rename(Form, name="ubah-nama"):
    """A person corrects their name."""

    title = say("Perubahan nama")
    person_name: str = text(say("Nama"), say("Siapa nama Bapak/Ibu yang benar?"), at_most=80)

    def reviews(self) -> bool:
        """A first name undoes nothing; another one brings an officer to look at what was verified."""
        return bool(self.turn.person.name)

    def finish(self) -> None:
        turn = self.turn
        people.rename(turn.tx, turn.person.id, self.person_name)
        same = folded(self.person_name) == folded(turn.person.name or "")
        doubted = [] if same else organisations.doubt(turn.tx, turn.person.id)
        for membership in doubted:
            ask_officers(turn, membership)
        turn.say(
            say("Terima kasih, {name}. Nama sudah kami perbaiki.", name=self.person_name),
            say("Petugas akan memeriksa kepengurusan sekali lagi; sementara itu Bapak/Ibu tetap dapat dilayani.")
            if doubted
            else "",
        )


ADD = Action("tambah-ormas", lambda turn, record: start(turn, Profile), say("Tambah ormas"))
RENAME = Action("ubah-nama", lambda turn, record: start(turn, Rename), say("Ubah nama"))
