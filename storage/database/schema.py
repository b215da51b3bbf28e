"""Whether the tables of a database are those that the scripts make, and the scripts those that made them."""

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from storage.database.faults import Unfit
from storage.database.sqlite_file import SQLiteTransaction

Script = tuple[int, Path]
Columns = frozenset[tuple[str, str]]
"""Pairs of a table and a column."""
COLUMNS = {
    "sqlite": """SELECT m.name AS place, c.name AS column_name FROM sqlite_master m, pragma_table_info(m.name) c
      WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'""",
    "postgresql": """SELECT table_name AS place, column_name FROM information_schema.columns
      WHERE table_schema = current_schema()""",
}


def sum_of(script: Path) -> str:
    """Its SHA-256, whatever line ends a checkout gave it."""
    return hashlib.sha256(script.read_text(encoding="utf-8").encode()).hexdigest()


def columns(tx: Any) -> Columns:
    return frozenset((row["place"], row["column_name"]) for row in tx.all(COLUMNS[tx.dialect]))


def made_by(statements: Iterable[str]) -> Columns:
    """The columns that these statements make of nothing."""
    with closing(sqlite3.connect(":memory:")) as memory:
        memory.row_factory = sqlite3.Row
        for statement in statements:
            memory.execute(statement)
        return columns(SQLiteTransaction(memory))


def refuse_newer(ran: Iterable[int], known: Sequence[Script]) -> None:
    """Raises Unfit when a script ran that this release does not know."""
    ahead = sorted(set(ran) - {number for number, _ in known})
    if ahead:
        raise Unfit(
            f"the database was made by a newer release (script {ahead[-1]:04d}; this one knows {len(known):04d} at "
            "most): install that release, or put back a copy from before it."
        )


def refuse_edited(script: Path, ran_as: str) -> None:
    """Raises Unfit when a script is not the one that ran here."""
    if sum_of(script) != ran_as:
        raise Unfit(
            f"{script.name} was changed after it had run on this database: put the released file back "
            "(git checkout), or use a copy of the database that fits."
        )


def refuse_lacking(tx: Any, statements: Iterable[str]) -> None:
    """Raises Unfit when columns are missing that these scripts, which ran, make."""
    lacking = sorted(made_by(statements) - columns(tx))
    if lacking:
        named = ", ".join(f"{table}.{column}" for table, column in lacking[:8])
        raise Unfit(
            f"the database was made by scripts from between two releases and lacks {named}"
            f"{' and more' if len(lacking) > 8 else ''}: put back a copy from before it, or begin with a new one."
        )
