"""Slow work somebody asked for: a row in the turn that asked, worked off between turns, tried a few times."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from storage.database.database import Row, Transaction
from storage.database.moment import stamp


@dataclass(frozen=True, slots=True)
class Job:
    """`attempts` counts how often it was begun, this time included."""

    id: int
    kind: str
    person_id: int
    arguments: dict[str, str]
    attempts: int

    @property
    def subject(self) -> str:
        """How the outbox calls what comes of it."""
        return f"job:{self.id}"


def read(row: Row) -> Job:
    return Job(row["id"], row["kind"], row["person_id"], json.loads(row["arguments"]), row["attempts"])


def put(tx: Transaction, kind: str, person_id: int, arguments: Mapping[str, str], now: datetime) -> bool:
    """Ask for it; False when the same person waits for the same already."""
    values = {"kind": kind, "person": person_id, "arguments": json.dumps(arguments, sort_keys=True)}
    same = "kind = :kind AND person_id = :person AND arguments = :arguments AND done_at IS NULL"
    if tx.one(f"SELECT 1 AS one FROM jobs WHERE {same}", **values):
        return False
    tx.run(
        """INSERT INTO jobs (kind, person_id, arguments, asked_at, due_at)
        VALUES (:kind, :person, :arguments, :now, :now)""",
        now=stamp(now),
        **values,
    )
    return True


def begin(tx: Transaction, now: datetime, until: datetime) -> Job | None:
    """The one that waits longest, for whoever comes first; again for anybody at `until`, should we die over it."""
    row = tx.one("SELECT * FROM jobs WHERE done_at IS NULL AND due_at <= :now ORDER BY due_at, id", now=stamp(now))
    if row is None or not tx.run(
        """UPDATE jobs SET attempts = attempts + 1, due_at = :until
        WHERE id = :id AND attempts = :attempts AND done_at IS NULL""",
        id=row["id"],
        attempts=row["attempts"],
        until=stamp(until),
    ):
        return None
    return read({**row, "attempts": row["attempts"] + 1})


def later(tx: Transaction, job_id: int, due_at: datetime) -> None:
    """It failed: try again then."""
    tx.run("UPDATE jobs SET due_at = :due_at WHERE id = :id AND done_at IS NULL", id=job_id, due_at=stamp(due_at))


def due_now(tx: Transaction, now: datetime) -> None:
    """The clock went back: nothing waits for a time that comes a second time."""
    tx.run("UPDATE jobs SET due_at = :now WHERE done_at IS NULL AND due_at > :now", now=stamp(now))


def again(tx: Transaction, job: Job, due_at: datetime) -> None:
    """It was not the job's fault: try again then, and do not count this time."""
    tx.run(
        "UPDATE jobs SET due_at = :due_at, attempts = :before WHERE id = :id AND done_at IS NULL",
        id=job.id,
        before=job.attempts - 1,
        due_at=stamp(due_at),
    )


def done(tx: Transaction, job_id: int, outcome: str, now: datetime) -> bool:
    """True for whoever was first: what a slow worker finishes after another did counts no more."""
    sql = "UPDATE jobs SET done_at = :now, outcome = :outcome WHERE id = :id AND done_at IS NULL"
    return tx.run(sql, id=job_id, outcome=outcome, now=stamp(now)) == 1


def made(tx: Transaction, job_id: int, sha256: str, now: datetime) -> None:
    """A file that came of it stands on the shelf."""
    tx.run(
        "INSERT INTO made_files VALUES (:job, :sha256, :now) ON CONFLICT DO NOTHING",
        job=job_id,
        sha256=sha256,
        now=stamp(now),
    )


def tidy(tx: Transaction, before: datetime, now: datetime) -> int:
    """Give up files that nobody waits for since then; how many. Their place on the shelf is swept."""
    tx.run(
        """UPDATE made_files SET wanted_at = :now WHERE EXISTS (SELECT 1 FROM outbox o
          WHERE o.subject = 'job:' || made_files.job_id AND o.settled_at IS NULL)""",
        now=stamp(now),
    )
    return tx.run("DELETE FROM made_files WHERE wanted_at < :before", before=stamp(before))


def forget(tx: Transaction, person_id: int) -> None:
    """The person was erased: what they asked for goes, and is not made any more."""
    tx.run("DELETE FROM made_files WHERE job_id IN (SELECT id FROM jobs WHERE person_id = :p)", p=person_id)
    tx.run("DELETE FROM jobs WHERE person_id = :person", person=person_id)
