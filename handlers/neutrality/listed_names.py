"""`/netral`: an admin keeps the names of parties and candidates that no announcement may carry, nicknames as well."""

import re
from typing import cast

from handlers.conversation.catalogue import Action, only_for
from handlers.conversation.form import Form, start
from handlers.conversation.questions.question import Answer, NamesQuestion, Unfit
from handlers.conversation.turn import Turn
from handlers.conversation.words import Text, clean, folded, lines, say
from handlers.neutrality.names import recognisable
from handlers.telling.officers import ADMINS, audit
from storage.elections import neutral_names

AT_ONCE = 30
LONGEST = 150
"""Letters of a name with all it is called."""
REMOVE = re.compile(r"(?:hapus|buang|keluarkan|remove|delete)\s+(.{1,150})", re.IGNORECASE)


class ListedNames(NamesQuestion):
    """Names, and behind "=" what else each is called; that may be a picture."""

    def read(self, answer: Answer, form: Form) -> tuple[str, ...]:  # noqa: ARG002
        found = tuple(filter(None, (" ".join(clean(part).split()) for part in re.split(r"[,;\n]", answer.text))))
        if not all(recognisable(name) for line in found for name in called_all(line)):
            raise Unfit(say("Ada yang tanpa huruf atau gambar. Tulis misalnya: Partai Contoh = Si Biru = 🌻."))
        return self.fitting(found)


def called_all(line: str) -> list[str]:
    """The parts of "Partai Contoh = Si Biru = 🌻": the name itself first."""
    return [" ".join(part.split()) for part in line.split("=")]


class NeutralNames(Form, name="netral"):
    """New names; what is on the list already stays once."""

    title = say("Daftar nama untuk gerbang netralitas")
    added: tuple[str, ...] = cast(
        "tuple[str, ...]",
        ListedNames(
            say("Nama"),
            say(
                "Nama partai, calon, atau slogan apa? Beberapa nama dipisah dengan koma. Julukan dan lambangnya "
                "ditulis sesudah tanda sama dengan, misalnya: Partai Contoh = Si Biru = 🌻."
            ),
            at_most=AT_ONCE,
            longest=LONGEST,
        ),
    )

    def refusal(self) -> Text | None:
        return None if self.turn.person.roles & ADMINS else only_for(ADMINS, self.turn.person)

    def finish(self) -> None:
        turn = self.turn
        count = sum(put_on(turn, called_all(line)) for line in self.added)
        turn.say(say("{count} nama ditambahkan.", count=count))
        show(turn)


def put_on(turn: Turn, names: list[str]) -> int:
    """A name and what else it is called; how many of them were new."""
    known = {folded(name): number for number, name in neutral_names.everyone(turn.tx).items()}
    whole: int | None = None
    before = len(known)
    for name in names:
        if folded(name) not in known:
            known[folded(name)] = neutral_names.add(turn.tx, name, whole)
            audit(turn, "neutral-added", f"neutral:{known[folded(name)]}", name)
        whole = whole or known[folded(name)]
    return len(known) - before


def neutral(turn: Turn, rest: str) -> None:
    """`/netral`, `/netral hapus NAMA`."""
    found = REMOVE.fullmatch(rest)
    if found is not None:
        remove(turn, found[1])
    else:
        show(turn)


def show(turn: Turn) -> None:
    known = neutral_names.listed(turn.tx)
    turn.say(
        say("Nama yang menahan pengumuman: {count}", count=len(known)),
        lines(*(name_line(name, others) for name, others in known.items())),
        say("Untuk mengeluarkan satu nama, ketik misalnya: /netral hapus Partai Contoh."),
        choices=[ADD.on(0)],
    )


def name_line(name: str, others: list[str]) -> Text:
    if not others:
        return say("- {name}", name=name)
    return say("- {name} (juga: {others})", name=name, others=", ".join(others))


def remove(turn: Turn, said: str) -> None:
    """By its name, as it stands on the list."""
    number = next((n for n, name in neutral_names.everyone(turn.tx).items() if folded(name) == folded(said)), None)
    name = None if number is None else neutral_names.remove(turn.tx, number, turn.now)
    if name is None:
        turn.say(say("“{name}” tidak ada di daftar.", name=said))
        return
    audit(turn, "neutral-removed", f"neutral:{number}", name)
    turn.say(say("“{name}” dikeluarkan dari daftar.", name=name))


ADD = Action("tambah-netral", lambda turn, record: start(turn, NeutralNames), say("Tambah nama"), roles=ADMINS)
ACTIONS = [ADD]
FORMS = [NeutralNames]
