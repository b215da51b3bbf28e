"""Tickets whose words are kept no longer: emptied, never deleted, so that no number is given twice."""

from datetime import datetime

from storage.database.database import Transaction
from storage.database.moment import stamp
from storage.tickets import events, files, queue


def empty(tx: Transaction, kind: str, before: datetime, at_most: int, now: datetime) -> int:
    """Empty what was closed before then; how many that were. Their files lose their last owner and are swept."""
    old = queue.to_empty(tx, kind, before, at_most)
    for ticket_id in old:
        empty_one(tx, ticket_id, now)
    return len(old)


def empty_one(tx: Transaction, ticket_id: int, now: datetime) -> None:
    """Words, files and the sender go; number, kind, place, times, result and rating stay for the counts.

    That an ormas sent its report of a period stays as well; of nothing else is its name kept.
    """
    tx.run(
        """UPDATE tickets SET title = '', facts = '{}', asked_for = '', person_id = NULL, emptied_at = :now,
          organisation_id = CASE WHEN kind = 'laporan' THEN organisation_id END WHERE id = :id""",
        id=ticket_id,
        now=stamp(now),
    )
    events.forget(tx, ticket_id)
    files.forget(tx, ticket_id)
    events.add(tx, ticket_id, "emptied", now)
