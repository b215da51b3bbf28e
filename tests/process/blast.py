"""An announcement to many, put in the database of a real process: people, their chats, and what was approved."""

from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from storage.broadcasts import approvals, broadcasts
from storage.broadcasts.broadcasts import Content
from storage.database.database import Transaction
from storage.database.migrate import migrate
from storage.database.moment import stamp
from storage.database.sqlite_file import SQLiteTransaction, connect, make_room

FIRST = 100_000
"""The address of the first recipient."""
TITLE = "Banjir di Wiradesa"
PEOPLE = """WITH RECURSIVE n (i) AS (SELECT :low UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :high)
  INSERT INTO {table} SELECT {values} FROM n"""
ROWS = (
    ("people (id, name, language, created_at)", "i, 'Pengurus ' || i, 'id', :now"),
    ("consents (person_id, version, channel, given_at)", "i, '2026-12', :channel, :now"),
    ("chats (channel, address, person_id, seen_at)", ":channel, CAST(i AS TEXT), i, :now"),
    ("memberships (person_id, organisation_id, position, added_at, verified_at)", "i, 1, 'Ketua', :now, :now"),
)
"""The same number is a person's id and the address of their chat."""


@dataclass(frozen=True)
class Blast:
    """What was put down: the announcement, and its recipients."""

    broadcast_id: int
    addresses: range


def settle(path: Path, people: int, channel: str = "telegram", first: int = FIRST) -> range:
    """So many verified leaders with a chat in one messenger, in which they wrote just now."""
    make_room(path)
    with closing(connect(path)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        tx = SQLiteTransaction(connection)
        migrate(tx)
        now = stamp(datetime.now(UTC))
        for office in (1, 2):
            tx.run(
                "INSERT INTO people (id, name, language, created_at) VALUES (:id, 'P', 'id', :now)", id=office, now=now
            )
        tx.run(
            """INSERT INTO organisations (id, name, kind, field, kecamatan, added_at)
            VALUES (1, 'Forum Melati', 'skt', 'sosial', 'Kajen', :now)""",
            now=now,
        )
        for table, values in ROWS:
            values_of = {"low": first, "high": first + people, "now": now, "channel": channel}
            tx.run(PEOPLE.format(table=table, values=values), **values_of)
        connection.execute("COMMIT")
    return range(first, first + people)


def announce(path: Path, addresses: range, body: str = "Mohon mengungsi ke balai desa.") -> Blast:
    """Approved, to go out at once; urgent, so that no test waits for the morning."""
    with closing(connect(path)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        made = approved(SQLiteTransaction(connection), body)
        connection.execute("COMMIT")
    return Blast(made, addresses)


def approved(tx: Transaction, body: str) -> int:
    now = datetime.now(UTC)
    content = Content("darurat", TITLE, body, segment={"all": True}, expires_at=now + timedelta(days=1))
    made = broadcasts.draft(tx, 1, content, "K7MN-2QXR", now)
    seen = approvals.submit(tx, made.id, now)
    assert seen is not None
    assert approvals.approve(tx, made.id, 2, seen, now)
    return made.id
