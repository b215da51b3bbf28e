"""Half-said forms: the answers so far, as text, by question. Nothing else is kept of a conversation."""

import json
from dataclasses import dataclass
from datetime import datetime

from storage.database.database import Row, Transaction
from storage.database.moment import moment, stamp


@dataclass(slots=True)
class Draft:
    """The answers of one person to one form about one record (`about` is empty for a new record)."""

    id: int
    person_id: int
    form: str
    about: str
    answers: dict[str, str]
    editing: str | None
    touched_at: datetime


def told(name: str) -> bool:
    """Whether a person said what stands under this name; what a form only keeps in mind ends with a `~`."""
    return not name.endswith("~")


def read(row: Row) -> Draft:
    return Draft(
        row["id"],
        row["person_id"],
        row["form"],
        row["about"],
        json.loads(row["answers"]),
        row["editing"],
        moment(row["touched_at"]),
    )


def open_draft(tx: Transaction, person_id: int, form: str, about: str, now: datetime) -> Draft:
    """The person's draft of this form, found or begun."""
    row = tx.one(
        """INSERT INTO drafts (person_id, form, about, answers, opened_at, touched_at)
        VALUES (:person, :form, :about, '{}', :now, :now)
        ON CONFLICT (person_id, form, about) DO UPDATE SET touched_at = :now, nudged_at = NULL RETURNING *""",
        person=person_id,
        form=form,
        about=about,
        now=stamp(now),
    )
    assert row is not None
    return read(row)


def find(tx: Transaction, person_id: int, draft_id: int) -> Draft | None:
    row = tx.one("SELECT * FROM drafts WHERE id = :id AND person_id = :person", id=draft_id, person=person_id)
    return None if row is None else read(row)


def of_person(tx: Transaction, person_id: int) -> list[Draft]:
    """Open drafts, the one touched last first."""
    rows = tx.all("SELECT * FROM drafts WHERE person_id = :person ORDER BY touched_at DESC, id DESC", person=person_id)
    return [read(row) for row in rows]


def everybodys(tx: Transaction) -> list[tuple[Draft, datetime]]:
    """Every open draft, and when it was begun."""
    return [(read(row), moment(row["opened_at"])) for row in tx.all("SELECT * FROM drafts ORDER BY id")]


def save(tx: Transaction, draft: Draft, now: datetime) -> None:
    tx.run(
        """UPDATE drafts SET answers = :answers, editing = :editing, touched_at = :now, nudged_at = NULL
        WHERE id = :id""",
        id=draft.id,
        answers=json.dumps(draft.answers, ensure_ascii=False),
        editing=draft.editing,
        now=stamp(now),
    )


def close(tx: Transaction, draft_id: int) -> None:
    tx.run("DELETE FROM drafts WHERE id = :id", id=draft_id)


def abandoned(tx: Transaction, since: datetime, at_most: int = 100) -> list[Draft]:
    """Not touched since then and not asked about yet."""
    rows = tx.all(
        "SELECT * FROM drafts WHERE touched_at <= :since AND nudged_at IS NULL ORDER BY touched_at LIMIT :at_most",
        since=stamp(since),
        at_most=at_most,
    )
    return [read(row) for row in rows]


def nudged(tx: Transaction, draft_id: int, now: datetime) -> None:
    tx.run("UPDATE drafts SET nudged_at = :now WHERE id = :id", id=draft_id, now=stamp(now))


def stale(tx: Transaction, since: datetime, at_most: int = 100) -> list[Draft]:
    """Not touched since then: to be closed."""
    rows = tx.all(
        "SELECT * FROM drafts WHERE touched_at <= :since ORDER BY touched_at LIMIT :at_most",
        since=stamp(since),
        at_most=at_most,
    )
    return [read(row) for row in rows]
