"""A draft in its author's hands: looked at, tried out, changed, thrown away, handed to a second person."""

from handlers.announcement.running.attached import hand_out
from handlers.announcement.running.gate import findings
from handlers.announcement.running.words import announcement
from handlers.announcement.topics import URGENT
from handlers.announcement.writing.card import card, findings_text, forbidden_now, head, show_all
from handlers.conversation.catalogue import Action
from handlers.conversation.converse import NUMBER
from handlers.conversation.turn import Choice, Turn
from handlers.conversation.words import say
from handlers.telling.officers import APPROVERS, OFFICERS, audit
from storage.broadcasts import approvals, broadcasts
from storage.broadcasts.broadcasts import Broadcast
from storage.database.database import NotFound
from storage.people import people

MAY_HURRY = "urgent"
"""The right an admin grants to let an alarm out at once (handlers/announcement/writing/urgent.py)."""


def show_draft(turn: Turn, broadcast: Broadcast) -> None:
    """What it looks like, whom it reaches, and what its author can do with it."""
    told = show_all(turn, broadcast)
    found = findings(turn, broadcast)
    turn.say(
        told,
        findings_text(found) if found else "",
        forbidden_now(turn, broadcast) or "",
        say("Catatan penyetuju: {note}", note=broadcast.note) if broadcast.state == "returned" else "",
        say("Ini konsep; belum ada yang dikirim."),
        choices=choices(turn, broadcast, stopped=bool(found)),
    )


def choices(turn: Turn, broadcast: Broadcast, *, stopped: bool) -> list[Choice]:
    names = ["minta-izin" if stopped else "ajukan", "coba-umum", "ubah-umum", "buang-umum"]
    if broadcast.content.topic == URGENT and MAY_HURRY in turn.person.roles and not stopped:
        names.insert(1, "segera-umum")
    return turn.catalogue.choices(names, broadcast.id, broadcast.code)


def parted(argument: str) -> tuple[int, str]:
    """The record a button is about, and what it carries beside it. Raises NotFound for no number."""
    number, _, rest = argument.partition(".")
    if not NUMBER.match(number):
        raise NotFound(number)
    return int(number), rest


def mine(turn: Turn, record: str) -> Broadcast | None:
    """The draft, if it is in this person's hands; what it became is said otherwise."""
    broadcast = broadcasts.get(turn.tx, int(record))
    if broadcast.written_by == turn.person.id and broadcast.state in ("draft", "returned"):
        return broadcast
    turn.say(card(turn, broadcast), say("Pengumuman ini tidak (lagi) di tangan Bapak/Ibu sebagai konsep."))
    return None


def hand_in(turn: Turn, record: str) -> None:
    """Frozen by its hash, and shown to everybody who may agree. What the gate found stops it."""
    broadcast = mine(turn, record)
    if broadcast is None:
        return
    found, forbidden = findings(turn, broadcast), forbidden_now(turn, broadcast)
    if found or forbidden:
        turn.say(
            findings_text(found) if found else "",
            forbidden or "",
            say("Ubah dahulu, atau minta penyetuju memutuskan dengan alasan.") if found and not forbidden else "",
            choices=choices(turn, broadcast, stopped=bool(found)),
        )
        return
    freeze(turn, broadcast)


def ask_exception(turn: Turn, record: str) -> None:
    """With what the gate found: only an approver can let it through, with a reason that stays."""
    broadcast = mine(turn, record)
    if broadcast is None:
        return
    if forbidden := forbidden_now(turn, broadcast):
        turn.say(forbidden, choices=choices(turn, broadcast, stopped=True))
    else:
        freeze(turn, broadcast)


def freeze(turn: Turn, broadcast: Broadcast) -> None:
    digest = approvals.submit(turn.tx, broadcast.id, turn.now)
    if digest is None:
        turn.say(say("{code} sudah diajukan.", code=broadcast.code))
        return
    audit(turn, "broadcast-submitted", broadcast.subject, digest)
    told = tell_approvers(turn, broadcasts.get(turn.tx, broadcast.id))
    turn.say(
        say("{code} diajukan. Isinya sekarang terkunci; penyetuju yang memutuskan.", code=broadcast.code),
        "" if told else say("Perhatian: belum ada penyetuju lain yang dapat dihubungi. Mohon diberi tahu langsung."),
    )


def tell_approvers(turn: Turn, broadcast: Broadcast) -> int:
    """A word to everybody who may decide, its author aside; how many could be reached."""
    others = [one for one in people.with_roles(turn.tx, APPROVERS) if one.id != broadcast.written_by]
    look = turn.catalogue.choices(("periksa-umum",), broadcast.id, broadcast.code)
    return sum(
        turn.tell(one, say("Pengumuman menunggu persetujuan:"), card(turn, broadcast), choices=look) for one in others
    )


def try_out(turn: Turn, record: str) -> None:
    """Sent to its author alone, as people will get it; nothing is counted and its buttons answer nothing."""
    broadcast = mine(turn, record)
    if broadcast is None:
        return
    shown = announcement(turn, broadcast)
    reached = turn.tell(turn.person, shown.text, choices=shown.choices)
    if reached:
        hand_out(turn, broadcast)
    turn.say(
        say("Contoh kirim ke Bapak/Ibu saja; jawabannya tidak dihitung.")
        if reached
        else say("Contoh tidak terkirim: Bapak/Ibu sedang tidak menerima pesan (BERHENTI)."),
        choices=choices(turn, broadcast, stopped=bool(findings(turn, broadcast))),
    )


def look(turn: Turn, record: str) -> None:
    broadcast = mine(turn, record)
    if broadcast is not None:
        show_draft(turn, broadcast)


def discard(turn: Turn, record: str) -> None:
    broadcast = mine(turn, record)
    if broadcast is None or not approvals.discard(turn.tx, broadcast.id, turn.person.id, turn.now):
        return
    audit(turn, "broadcast-discarded", broadcast.subject)
    turn.say(say("Konsep dibuang:"), head(broadcast))


CODES = ("UMU",)
ACTIONS = [
    Action("konsep-umum", look, say("Lihat konsep"), "konsep", OFFICERS, CODES),
    Action("ajukan", hand_in, say("Ajukan"), "ajukan", OFFICERS, CODES),
    Action("minta-izin", ask_exception, say("Minta pengecualian"), "minta", OFFICERS, CODES),
    Action("coba-umum", try_out, say("Coba ke saya"), "coba", OFFICERS, CODES),
    Action("buang-umum", discard, say("Buang konsep"), "buang", OFFICERS, CODES),
]
