"""Choices of recipients that have a name: shown in plain words, taken away when nobody needs them."""

from handlers.announcement.writing.audience_words import in_words
from handlers.conversation.catalogue import Action
from handlers.conversation.turn import Choice, Turn
from handlers.conversation.words import lines, say
from handlers.telling.officers import OFFICERS, audit
from storage.broadcasts import segments

SHOWN = 20


def show(turn: Turn, record: str) -> None:  # noqa: ARG001
    found = segments.named(turn.tx)[:SHOWN]
    turn.say(
        say("Pilihan penerima yang disimpan: {count}", count=len(found)),
        lines(*(say("- {name}: {who}", name=one.name, who=in_words(turn, one.expression)) for one in found)),
        choices=[Choice(f"a.{REMOVE.name}.{one.id}", say("Hapus {title}", title=one.name)) for one in found],
    )


def remove(turn: Turn, record: str) -> None:
    """What was sent to it stays what it was: an announcement keeps its own copy."""
    one = segments.get(turn.tx, int(record))
    if segments.remove(turn.tx, one.id, turn.now):
        audit(turn, "segment-removed", f"segment:{one.id}", one.name)
    turn.say(say("Pilihan “{name}” dihapus.", name=one.name))
    show(turn, "")


SHOW = Action("pilihan-umum", show, say("Pilihan penerima"), roles=OFFICERS)
REMOVE = Action("hapus-pilihan", remove, say("Hapus pilihan"), roles=OFFICERS)
ACTIONS = [SHOW, REMOVE]
