"""The key of this office, under which the hashes of codes are made: read when a process starts, made at the first."""

import logging
import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from bot.settings import WrongSetting
from handlers.office.codes import KEYED, SEAL, sealed
from storage.database.database import Transaction
from storage.people import code_hashes

LOG = logging.getLogger(__name__)

LENGTH = 32
"""Bytes of a key."""


def take_key(path: Path) -> bool:
    """Hashes of codes are made with this key from now on; whether it is a new one. Raises WrongSetting."""
    try:
        if new := not path.exists():
            make_key(path)
        key = path.read_bytes()
    except OSError as wrong:
        raise WrongSetting(f"KEY_FILE {path} cannot be read or made ({type(wrong).__name__}).") from None
    if len(key) != LENGTH:
        raise WrongSetting(f"KEY_FILE {path} is no key of ours: put the right one back, or codes are good no more.")
    SEAL.key = key
    return new


def make_key(path: Path) -> None:
    """A new key, readable by its owner only; whole before it has its name. Of two processes the first one's stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent) as made:  # opened with mode 0600
        made.write(secrets.token_bytes(LENGTH))
        made.flush()
        os.fsync(made.fileno())
        with suppress(FileExistsError):
            os.link(made.name, path)


def seal_codes(tx: Transaction, new_key: bool) -> None:
    """Hashes of an older release are put under the key."""
    if new_key and code_hashes.any_begins(tx, KEYED):
        LOG.error("KEY_FILE was not there and a new key was made: codes given before are good no more; see operations")
    code_hashes.replace(tx, KEYED, sealed)
