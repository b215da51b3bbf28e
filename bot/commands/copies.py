"""Copies of the database: made while the bot runs, proved, and put in its place without destroying what was there."""

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from bot.running.erasures import Erasures, list_of, replay
from bot.settings import Settings, WrongSetting
from handlers.conversation.words import in_language, say
from handlers.office.codes import sealed
from storage.broadcasts import approvals, runs
from storage.database.database import Transaction
from storage.database.faults import Unfit
from storage.database.migrate import migrate
from storage.database.serving import hold
from storage.database.sqlite_file import SQLiteTransaction, beside, connect, empty_log, make_room, place_of, tables_of
from storage.people import erased

SURE = say("Data dipulihkan dari cadangan. Mohon dipastikan pengumuman ini belum terkirim, lalu ajukan lagi.")
TABLES = frozenset({"migrations", "people", "inbox", "outbox"})
"""Whoever has none of these is no database of ours."""


def sqlite_file(settings: Settings) -> Path:
    """Raises WrongSetting for PostgreSQL, whose own tools do this better."""
    place = place_of(settings.database)
    if place is None:
        raise WrongSetting("DATABASE_URL is PostgreSQL: use pg_dump and pg_restore.")
    return place


def backup(settings: Settings, to: Path) -> int:
    """A consistent copy (SQLite's online backup), also while the bot runs; readable by its owner only.

    It has its name only once it is whole and proved.
    """
    source = sqlite_file(settings)
    if not source.exists():
        raise WrongSetting(f"DATABASE_URL: there is no database at {source} yet.")
    refuse_taken(to)
    unproved = in_progress(to)
    try:
        with closing(sqlite3.connect(source)) as live:
            copied(live, source, unproved)
        refuse_taken(to)
        unproved.rename(to)
    except (OSError, sqlite3.Error) as fault:
        raise WrongSetting(f"{to} could not be written ({fault}); there is no copy.") from None
    finally:
        remove(unproved)
    print(f"{to}: {to.stat().st_size} bytes, ok")
    return 0


def refuse_taken(to: Path) -> None:
    if to.exists():
        raise WrongSetting(f"{to} is there already; choose another name.")


def in_progress(to: Path) -> Path:
    """A new file beside the one that is to be, which only its owner may read."""
    unproved = to.with_name(f"{to.name}.unproved-{os.getpid()}")
    remove(unproved)
    make_room(unproved)
    return unproved


def remove(file: Path) -> None:
    for part in (file, *beside(file)):
        part.unlink(missing_ok=True)


def copied(database: sqlite3.Connection, name: Path, to: Path) -> None:
    """Copy it and prove the copy. Raises WrongSetting when it is no sound office."""
    with closing(sqlite3.connect(to)) as copy:
        database.backup(copy)
        refuse_unsound(copy, name)
    written_through(to)


def only_read(source: Path) -> sqlite3.Connection:
    """A copy that somebody kept: nothing is changed in it or beside it, so it may lie where nobody may write."""
    alone = not any(part.exists() for part in beside(source))
    return sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro{'&immutable=1' * alone}", uri=True)


def refuse_unsound(database: sqlite3.Connection, name: Path) -> None:
    """Raises WrongSetting unless SQLite finds nothing wrong in it and the tables are ours."""
    try:
        fault = str(database.execute("PRAGMA integrity_check").fetchone()[0])
        tables = tables_of(database)
    except sqlite3.DatabaseError as wrong:
        fault, tables = str(wrong), set()
    if fault != "ok":
        raise WrongSetting(f"{name} is damaged or no database ({fault.splitlines()[0]}); nothing was changed.")
    if not tables >= TABLES:
        raise WrongSetting(f"{name} is empty or no database of this program; nothing was changed.")


def written_through(file: Path) -> None:
    """It and its name are on the disk, whatever happens to the machine now."""
    for place, kind in ((file, os.O_RDWR), (file.parent, os.O_RDONLY)):
        number = os.open(place, kind)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def restore(settings: Settings, source: Path, force: bool) -> int:
    """Put a copy in place of the database, once it is proved; what was there stays beside it under another name.

    Raises WrongSetting, with everything as it was: while the bot runs, and for what is no sound copy of ours.
    """
    place = sqlite_file(settings)
    if not source.is_file():
        raise WrongSetting(f"{source} is not there, or no file.")
    if place.exists() and place.samefile(source):
        raise WrongSetting(f"{source} is the database itself.")
    if place.exists() and not force:
        raise WrongSetting(f"{place} is there; stop the bot and add --force to replace it.")
    try:
        serving = hold(settings.database)
    except Unfit as running:
        raise WrongSetting(f"Nothing was changed: {running}") from None
    unproved, erasures = in_progress(place), list_of(settings)
    try:
        note_erased(place, erasures)
        stopped, again = prepared(source, unproved, erasures.read())
        kept = replace(place, unproved)
    finally:
        remove(unproved)
        serving.end()
    tell(place, source, kept, stopped, again)
    return 0


def note_erased(place: Path, erasures: Erasures) -> None:
    """Who was erased in the last minutes stands in the database that is replaced, as far as that can be read.

    A copy of it is looked into, with its log: what is replaced is kept as it is, whatever is wrong with it.
    """
    looked_into = place.with_name(f"{place.name}.looked-into-{os.getpid()}")
    remove(looked_into)
    try:
        for part in (place, *beside(place)):
            if part.exists():
                make_room(looked_into)  # readable by its owner only
                shutil.copyfile(part, looked_into.with_name(looked_into.name + part.name.removeprefix(place.name)))
        with suppress(sqlite3.Error), closing(connect(looked_into)) as replaced:
            erasures.write(map(sealed, erased.gone(SQLiteTransaction(replaced))))
    finally:
        remove(looked_into)


def prepared(source: Path, unproved: Path, known: set[str]) -> tuple[int, int]:
    """A proved copy, brought up to date; how many announcements were stopped in it, and how much was erased again."""
    try:
        with closing(only_read(source)) as copy:
            copied(copy, source, unproved)
        with closing(connect(unproved)) as database:
            stopped, again = brought_up_to_date(database, known)
            refuse_unsound(database, source)
    except Unfit as unfit:
        raise WrongSetting(f"{source}: {unfit} Nothing was changed.") from None
    except (OSError, sqlite3.Error) as fault:
        raise WrongSetting(f"{source} is damaged or no database ({fault}); nothing was changed.") from None
    written_through(unproved)
    return stopped, again


def brought_up_to_date(database: sqlite3.Connection, known: set[str]) -> tuple[int, int]:
    """Announcements that were under way or waited for a decision are not started again by themselves; how many those
    are. What was erased since is erased again; how much that is."""
    tx, now = SQLiteTransaction(database), datetime.now(UTC)
    database.execute("BEGIN IMMEDIATE")
    migrate(tx)
    stopped, again = stopped_in(tx, now), replay(tx, known, now)
    database.execute("COMMIT")
    empty_log(database)
    return stopped, again


def stopped_in(tx: Transaction, now: datetime) -> int:
    return runs.restored(tx, now) + approvals.return_all(tx, in_language(SURE, "id"), now)


def replace(place: Path, proved: Path) -> Path | None:
    """The proved file takes the place of the one that is there; where that one, with its log, is kept."""
    parts = [part for part in (place, *beside(place)) if part.exists()]
    kept = place.with_name(f"{place.name}.replaced-{datetime.now(UTC):%Y%m%dT%H%M%S%f}Z")
    for part in parts:  # the file before its log: it never stands there without, as if it were whole
        part.rename(kept.with_name(kept.name + part.name.removeprefix(place.name)))
    proved.rename(place)
    with suppress(OSError):
        written_through(place)
    return kept if parts else None


def tell(place: Path, source: Path, kept: Path | None, stopped: int, again: int) -> None:
    print(f"{place}: restored from {source}")
    if kept is not None:
        print(f"What was there is kept as {kept}: delete it once the restored one is known to be right.")
    if stopped:
        print(f"{stopped} announcements wait for an officer: parts of them may have gone out since that copy was made.")
    if again:
        print(f"{again} records that were erased after that copy was made, or were to stay unknown, are erased again.")
