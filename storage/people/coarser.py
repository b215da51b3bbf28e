"""Hours of people become days once nothing needs the hour: in a small office one hour may hold one person alone.

For everybody alike, however many there were: a time that is coarse for few would tell that they were few.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from storage.database.database import Transaction
from storage.database.moment import stamp
from storage.people.people import CHANGES_HANDS

AFTER = timedelta(days=1)
"""No window of a messenger is longer, and none counts from an older time."""
SETTLED_AFTER = timedelta(days=8)
"""Of whom an address may change hands: its messenger repeats what it tells for seven days."""
DAY = "substr({one}, 1, 10) || 'T00:00:00.000000+00:00'"
MOVES = f"EXISTS (SELECT 1 FROM chats c WHERE c.person_id = people.id AND c.channel IN {(*CHANGES_HANDS, '')})"
TIMES: Mapping[tuple[str, str], str] = {
    ("chats", "seen_at"): ":day",
    ("consents", "given_at"): ":day",
    ("people", "created_at"): f"CASE WHEN {MOVES} THEN :settled ELSE :day END",
}
"""What is widened, and before which time it has to lie."""


def widen(tx: Transaction, now: datetime) -> None:
    times = {"day": stamp(now - AFTER), "settled": stamp(now - SETTLED_AFTER)}
    for (table, one), before in TIMES.items():
        bound = {name: at for name, at in times.items() if f":{name}" in before}
        wide = DAY.format(one=one)
        tx.run(f"UPDATE {table} SET {one} = {wide} WHERE {one} < {before} AND {one} <> {wide}", **bound)
