"""How an officer gets their role: a one-time code from the office's own machine, typed once."""

from datetime import datetime, timedelta

from handlers.conversation.converse import menu
from handlers.conversation.turn import Choice, Turn
from handlers.conversation.words import say
from handlers.identity import guesses
from handlers.office.codes import digest, drawn
from handlers.telling.officers import audit
from storage.database.database import Transaction
from storage.people import join_codes, people

LENGTH = 12
"""Sixty bits."""


def typed(length: int) -> str:
    """A pattern for a code of that length as people type it: small letters, and anything for the dashes."""
    return rf"(?:[a-z0-9][ –-]*){{{length - 1}}}[a-z0-9]"


CODE = typed(LENGTH)
ROLES = ("officer", "duty", "approver", "admin")


def invite(tx: Transaction, role: str, valid: timedelta, now: datetime) -> str:
    """Make a code for `role`; only its hash is kept. Raises ValueError for an unknown role."""
    if role not in ROLES:
        raise ValueError(f"role must be one of {', '.join(ROLES)}")
    code = drawn(LENGTH)
    join_codes.add(tx, digest(code), role, now, now + valid)
    return code


def join(turn: Turn, rest: str) -> None:
    """`/gabung KODE`."""
    if not rest:
        turn.say(say("Tulis kodenya di belakang perintah, misalnya: /gabung ABCD-EFGH-JKLM"))
        return
    if guesses.too_many(turn):
        turn.say(say("Terlalu banyak percobaan. Silakan coba lagi satu jam lagi, atau minta kode baru kepada admin."))
        return
    role = join_codes.use(turn.tx, digest(rest), turn.person.id, turn.now)
    if role is None:
        guesses.note(turn)
        turn.say(
            say("Kode itu tidak berlaku: salah, sudah dipakai, atau kedaluwarsa. Mohon minta kode baru kepada admin.")
        )
        return
    people.grant(turn.tx, turn.person.id, role, turn.now)
    turn.refresh()
    audit(turn, "joined", f"person:{turn.person.id}", role)
    turn.renew_menu()
    turn.say(
        say("Selamat bergabung sebagai petugas. Permintaan baru akan langsung muncul di sini."),
        "" if turn.person.name else say("Mohon isi nama dahulu, supaya rekan dan pengurus tahu siapa yang menjawab."),
        choices=[*([] if turn.person.name else [Choice("a.ubah-nama.0", say("Isi nama"))]), *menu(turn)],
    )
