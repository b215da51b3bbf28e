"""docs/what-stays.md, out of the table the wipe uses: `python -m tests.privacy.document` writes it."""

from pathlib import Path

from storage.people.stays import TABLES, Stays

PLACE = Path(__file__).parents[2] / "docs" / "what-stays.md"
HEAD = """# What stays, and who sees it

Written by `python -m tests.privacy.document` from
[storage/people/stays.py](../storage/people/stays.py), the table the wipe uses.
A test holds it fresh. Beside the database there are files (`FILES_DIR`), the log and the backups:
[threat-model.md](threat-model.md) says what each of them surrenders.
Whoever has the database has all of it; "who sees it" is about the chat.

| table | what it keeps | who sees it | when somebody sends without a name |
| --- | --- | --- | --- |
"""
COLUMNS = "\n## Column by column\nIn bold: emptied for whoever sends without a name.\n\n"


def document() -> str:
    lines = "".join(f"| `{name}` | {kept.what} | {kept.seen_by} | {kept.unnamed} |\n" for name, kept in TABLES.items())
    return HEAD + lines + COLUMNS + "".join(columns(name, kept) for name, kept in TABLES.items())


def columns(name: str, kept: Stays) -> str:
    told = (f"**{column}**" if column in kept.emptied else column for column in kept.columns.split())
    return f"- `{name}`: {', '.join(told)}\n"


if __name__ == "__main__":
    PLACE.write_text(document(), encoding="utf-8")
