"""Codes people type: drawn by lot, and kept only as hashes that nobody can try out without this office's own key."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Thirty-two signs without look-alikes (0 O 1 I): five bits each."""
KEYED = "k:"
"""Before every hash that was made with the key; one without it is of an older release."""


@dataclass
class Seal:
    """The key of this office: a file of its own, in no database and no backup (bot/key.py). Set when a process starts.

    Who stole the database alone cannot even try: sixty bits are short for a machine that guesses without pause.
    """

    key: bytes = b""


SEAL = Seal()


def drawn(length: int) -> str:
    """A code nobody can guess, in groups of four that can be read aloud."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(length))
    return "-".join(code[place : place + 4] for place in range(0, length, 4))


def digest(code: str) -> str:
    """What is kept of a code. Dashes, spaces and small letters are forgiven."""
    plain = "".join(c for c in code.upper() if c.isalnum())
    return sealed(hashlib.sha256(plain.encode()).hexdigest())


def sealed(plain_hash: str) -> str:
    """A hash as older releases kept it, under the key: so codes of then stay good without being known."""
    return KEYED + hmac.new(SEAL.key, plain_hash.encode(), hashlib.sha256).hexdigest()
