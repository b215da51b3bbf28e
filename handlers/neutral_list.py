"""`/netral`: an admin keeps the names of parties and candidates that no announcement may carry."""

import re

from handlers.conversation.catalogue import Action, only_for
from handlers.conversation.form import Form, start
from handlers.conversation.question import names
from handlers.conversation.turn import Turn
from handlers.conversation.words import Text, folded, lines, say
from handlers.officers import audit
from storage import neutral_names

ADMINS = frozenset({"admin"})
AT_ONCE = 30
REMOVE = re.compile(r"(?:hapus|buang|keluarkan|remove|delete)\s+(.{1,60})", re.IGNORECASE)


class NeutralNames(Form, name="netral"):
    """New names; what is on the list already stays once."""

    title = say("Daftar nama untuk gerbang netralitas")
    added: tuple[str, ...] = names(
        say("Nama"),
        say("Nama partai, calon, atau slogan apa? Beberapa nama dipisah dengan koma."),
        at_most=AT_ONCE,
    )

    def refusal(self) -> Text | None:
        return None if self.turn.person.roles & ADMINS else only_for(ADMINS, self.turn.person)

    def finish(self) -> None:
        turn = self.turn
        known = {folded(name) for name in neutral_names.everyone(turn.tx).values()}
        fresh = {folded(name): name for name in self.added if folded(name) not in known}
        for name in fresh.values():
            audit(turn, "neutral-added", f"neutral:{neutral_names.add(turn.tx, name)}", name)
        turn.say(say("{count} nama ditambahkan.", count=len(fresh)))
        show(turn)


def neutral(turn: Turn, rest: str) -> None:
    """`/netral`, `/netral hapus NAMA`."""
    found = REMOVE.fullmatch(rest)
    if found is not None:
        remove(turn, found[1])
    else:
        show(turn)


def show(turn: Turn) -> None:
    known = neutral_names.everyone(turn.tx)
    turn.say(
        say("Nama yang menahan pengumuman: {count}", count=len(known)),
        lines(*(say("- {name}", name=name) for name in known.values())),
        say("Untuk mengeluarkan satu nama, ketik misalnya: /netral hapus Partai Contoh."),
        choices=[ADD.on(0)],
    )


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
