"""`/balasan`: an admin keeps the prepared replies, each for one kind of ticket and one moment of it."""

from collections.abc import Mapping

from handlers.conversation.catalogue import Action
from handlers.conversation.form import Form, start
from handlers.conversation.question import pick, text
from handlers.conversation.turn import Choice, Turn
from handlers.conversation.words import Text, say
from handlers.officers import audit
from handlers.tickets.kinds import KINDS, MOMENTS
from storage import canned_replies

ADMINS = frozenset({"admin"})
SHOWN = 9


def kinds(form: Form) -> Mapping[str, Text]:  # noqa: ARG001
    return {kind.key: kind.title for kind in KINDS.values()}


class Prepared(Form, name="balasan-baru"):
    """Changing one is writing a new one and removing the old: what was said with it stays what it was."""

    title = say("Balasan siap pakai")
    kind: str = pick(say("Jenis"), say("Untuk layanan yang mana?"), kinds)
    moment: str = pick(say("Dipakai untuk"), say("Dipakai sebagai apa?"), lambda form: MOMENTS)
    heading: str = text(
        say("Judul"), say("Apa judulnya? Paling panjang 14 huruf; ini yang dibaca petugas di tombol."), at_most=14
    )
    words: str = text(say("Isi"), say("Apa isinya? Disampaikan kepada pengirim."), at_most=1500, multiline=True)

    def refusal(self) -> Text | None:
        return None if self.turn.person.roles & ADMINS else say("Maaf, ini hanya untuk admin.")

    def finish(self) -> None:
        turn = self.turn
        made = canned_replies.write(turn.tx, self.kind, self.moment, self.heading, self.words, turn.person.id, turn.now)
        audit(turn, "canned-written", f"canned:{made}")
        turn.say(say("Balasan “{title}” disimpan.", title=self.heading))


def list_replies(turn: Turn, rest: str) -> None:  # noqa: ARG001
    """`/balasan`."""
    found = canned_replies.everyone(turn.tx)
    turn.say(
        say("Balasan siap pakai: {count}", count=len(found)),
        *(
            say(
                "{title} ({kind}, {moment}): {words}",
                title=reply.title,
                kind=KINDS[reply.kind].title,
                moment=MOMENTS[reply.moment],
                words=reply.words,
            )
            for reply in found
        ),
        choices=[
            Choice("a.balasan-baru.0", say("Tulis baru")),
            *(
                Choice(f"a.hapus-balasan.{reply.id}", say("Hapus {title}", title=reply.title))
                for reply in found[:SHOWN]
            ),
        ],
    )


def remove(turn: Turn, record: str) -> None:
    reply = canned_replies.get(turn.tx, int(record))
    canned_replies.remove(turn.tx, reply.id, turn.now)
    audit(turn, "canned-removed", f"canned:{reply.id}")
    turn.say(say("Balasan “{title}” dihapus.", title=reply.title))


WRITE = Action("balasan-baru", lambda turn, record: start(turn, Prepared), say("Tulis baru"), roles=ADMINS)
REMOVE = Action("hapus-balasan", remove, say("Hapus"), roles=ADMINS)
ACTIONS = [WRITE, REMOVE]
FORMS = [Prepared]
