"""The run of an announcement: started, paused, resumed, cancelled, finished; each by the one who is first."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from storage.broadcasts import broadcasts, ledger, recipients
from storage.broadcasts.broadcasts import URGENT, Broadcast
from storage.database.database import Transaction
from storage.database.moment import stamp

GOING = "approved_at IS NOT NULL AND finished_at IS NULL"
RESTORED = "restored"


def going(tx: Transaction) -> list[Broadcast]:
    """Everything decided and not over, what is urgent first; what was cancelled too, until its lines are closed."""
    rows = tx.all(f"SELECT * FROM broadcasts WHERE {GOING} ORDER BY CASE WHEN topic = '{URGENT}' THEN 0 ELSE 1 END, id")
    return [broadcasts.read(row) for row in rows]


def changed(tx: Transaction, changes: str, broadcast_id: int, state: str, now: datetime, **values: object) -> bool:
    sql = f"UPDATE broadcasts SET {changes} WHERE id = :id AND {GOING} AND cancelled_at IS NULL AND {state}"
    return tx.run(sql, id=broadcast_id, now=stamp(now), **values) == 1


def start(tx: Transaction, broadcast_id: int, now: datetime) -> bool:
    """Once and for all: what was started is never started again, by nobody and no second process."""
    return changed(tx, "started_at = :now", broadcast_id, "started_at IS NULL AND paused_at IS NULL", now)


def pause(tx: Transaction, broadcast_id: int, why: str, now: datetime, person_id: int | None = None) -> bool:
    """Nothing more goes out; what waits in the outbox is taken back and waits in the ledger."""
    paused = changed(
        tx,
        "paused_at = :now, paused_why = :why, paused_by = :person",
        broadcast_id,
        "paused_at IS NULL",
        now,
        why=why,
        person=person_id,
    )
    if paused:
        recipients.requeue(tx, broadcasts.subject(broadcast_id), "paused", now)
    return paused


def resume(tx: Transaction, broadcast_id: int, person_id: int, now: datetime) -> bool:
    """A person says that it goes on, although its time is over; failures so far are not counted against it again."""
    told = ledger.counts(tx, broadcast_id)
    goes_on = changed(
        tx,
        """paused_at = NULL, paused_why = NULL, paused_by = :person,
          excused = CASE WHEN coalesce(starts_at, approved_at) <= :now THEN 1 ELSE excused END""",
        broadcast_id,
        "paused_at IS NOT NULL",
        now,
        person=person_id,
    )
    if goes_on:
        note(tx, broadcast_id, {"forgiven": [told.tried, told.failed + told.unknown]})
    return goes_on


def cancel(tx: Transaction, broadcast_id: int, why: str, person_id: int, now: datetime) -> bool:
    """For good. What waits is taken back; its lines are closed in small steps by whoever feeds (`finish` ends it)."""
    cancelled = changed(
        tx,
        "cancelled_at = :now, cancelled_why = :why, cancelled_by = :person, paused_at = NULL",
        broadcast_id,
        "1 = 1",
        now,
        why=why,
        person=person_id,
    )
    if cancelled:
        recipients.requeue(tx, broadcasts.subject(broadcast_id), "cancelled", now)
    return cancelled


def finish(tx: Transaction, broadcast_id: int, now: datetime) -> bool:
    """Every line has its outcome."""
    sql = f"UPDATE broadcasts SET finished_at = :now WHERE id = :id AND {GOING}"
    return tx.run(sql, id=broadcast_id, now=stamp(now)) == 1


def note(tx: Transaction, broadcast_id: int, told: Mapping[str, Any]) -> None:
    """What the engine remembers of its progress, added to what it remembers already."""
    known = dict(broadcasts.get(tx, broadcast_id).progress)
    sql = "UPDATE broadcasts SET progress = :progress WHERE id = :id"
    tx.run(sql, id=broadcast_id, progress=json.dumps(known | dict(told)))


def restored(tx: Transaction, now: datetime) -> int:
    """A backup took the place of the database: they may have gone on since, so a person says what happens; how many.

    What had been handed to the network then is in doubt, as after a kill.
    """
    stopped = [one for one in going(tx) if one.cancelled_at is None]
    for one in stopped:
        pause(tx, one.id, RESTORED, now)
        sql = "UPDATE broadcasts SET paused_why = :why WHERE id = :id"
        tx.run(sql, id=one.id, why=RESTORED)
    return len(stopped)


def copy(
    tx: Transaction,
    of: Broadcast,
    check_code: str,
    starts_at: datetime,
    expires_at: datetime | None,
    now: datetime,
) -> Broadcast | None:
    """The next of a series, approved with the first; None when it is there already, or the series was ended."""
    first = of.repeats or of.id
    there = tx.one(
        """SELECT 1 AS one FROM broadcasts WHERE repeats_id = :first
          AND (starts_at >= :starts_at OR cancelled_at IS NOT NULL AND started_at IS NULL)""",
        first=first,
        starts_at=stamp(starts_at),
    )
    if there is not None:
        return None
    content = replace(of.content, starts_at=starts_at, expires_at=expires_at)
    made = broadcasts.draft(tx, of.written_by, content, check_code, now, repeats=first)
    copy_files(tx, of.id, made.id)
    tx.run(
        """UPDATE broadcasts SET submitted_at = :now, approved_at = :now, approved_by = :approved, hash = :hash,
          decided_by = :decided, override_by = :override_by, override_why = :override_why WHERE id = :id""",
        id=made.id,
        now=stamp(now),
        approved=of.approved_by,
        decided=of.decided_by,
        override_by=of.override_by,
        override_why=of.override_why,
        hash=broadcasts.fresh_digest(tx, broadcasts.get(tx, made.id)),
    )
    return broadcasts.get(tx, made.id)


def copy_files(tx: Transaction, of_id: int, to_id: int) -> None:
    tx.run(
        """INSERT INTO broadcast_files (broadcast_id, place, name, type, size, sha256)
        SELECT :to_id, place, name, type, size, sha256 FROM broadcast_files WHERE broadcast_id = :of_id""",
        of_id=of_id,
        to_id=to_id,
    )
