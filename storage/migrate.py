"""Brings the tables up to date: numbered files of plain SQL, each run once, never edited after release."""

from pathlib import Path
from typing import Any

MIGRATIONS = Path(__file__).parent / "migrations"


def statements(script: str) -> list[str]:
    """The statements of a script, parted by blank lines so that a trigger's inner `;` stays whole."""
    return [part.strip() for part in script.split("\n\n") if part.strip() and not is_comment(part)]


def is_comment(part: str) -> bool:
    return all(line.startswith("--") for line in part.strip().splitlines())


def scripts(dialect: str) -> list[tuple[int, Path]]:
    """Numbered scripts for this database: `0001_name.sql`, or `0002_name.sqlite.sql` where dialects differ."""
    found = [path for path in sorted(MIGRATIONS.glob("*.sql")) if fits(path, dialect)]
    return [(int(path.name[:4]), path) for path in found]


def fits(path: Path, dialect: str) -> bool:
    kinds = path.suffixes[:-1]
    return not kinds or kinds == [f".{dialect}"]


def migrate(tx: Any) -> int:
    """Run what has not run yet, in order; the number of the newest. One transaction: all or nothing."""
    tx.run("CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL)")
    done = {row["number"] for row in tx.all("SELECT number FROM migrations")}
    newest = max(done, default=0)
    for number, path in scripts(tx.dialect):
        if number not in done:
            for statement in statements(path.read_text(encoding="utf-8")):
                tx.run(translated(statement, tx.dialect))
            tx.run("INSERT INTO migrations VALUES (:number, :name)", number=number, name=path.name)
        newest = max(newest, number)
    return newest


def translated(statement: str, dialect: str) -> str:
    """PostgreSQL has other names for two of our column types; everything else is the same SQL."""
    if dialect == "postgresql":
        return statement.replace("INTEGER", "BIGINT").replace("BLOB", "BYTEA")
    return statement
