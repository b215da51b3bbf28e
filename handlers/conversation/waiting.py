"""A form that waits while something else is done: its way back, and putting it away."""

from handlers.conversation import form
from handlers.conversation.turn import Choice, Turn
from handlers.conversation.words import say
from storage.machine import drafts


def offer_to_go_on(turn: Turn) -> None:
    """A form still waits and no other question is open: its way back stands under the last message."""
    if turn.screen.draft is not None or turn.known is None:
        return
    waiting = [draft for draft in form.waiting(turn) if any(map(drafts.told, draft.answers))]
    if not waiting:
        return
    title = turn.catalogue.forms[waiting[0].form].title
    more = say("{form} masih menunggu. Mau dilanjutkan?", form=title)
    turn.add(
        more, [Choice(f"a.lanjut.{waiting[0].id}", say("Lanjutkan")), Choice(f"a.tutup.{waiting[0].id}", say("Tutup"))]
    )


def go_on(turn: Turn, record: str) -> None:
    """The person wants to go on with a form that waited."""
    draft = form.find(turn, int(record))
    if draft is None:
        turn.say(say("Isian itu sudah ditutup. Ketik /menu untuk memulai yang baru."))
    else:
        form.show(turn, draft)


def put_away(turn: Turn, record: str) -> None:
    """The person does not want to go on with a form that waited."""
    draft = drafts.find(turn.tx, turn.person.id, int(record))
    if draft is not None:
        drafts.close(turn.tx, draft.id)
    turn.say(say("Baik, isian itu sudah kami tutup. Tidak ada yang dikirim."))


def keep(turn: Turn, record: str) -> None:
    """It is wanted later: its way back is offered from now on."""
    if form.find(turn, int(record)) is None:
        turn.say(say("Isian itu sudah ditutup. Ketik /menu untuk memulai yang baru."))
    else:
        turn.say(say("Baik, kami simpan {days} hari.", days=turn.office.drafts.close_after_days))
