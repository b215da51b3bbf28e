"""Plans of announcements for more people than one turn may look at: counted slice by slice, beside the turns."""

import json
from collections.abc import Mapping
from typing import Any

from storage.broadcasts import broadcasts
from storage.broadcasts.broadcasts import Broadcast
from storage.database.database import Transaction


def ask(tx: Transaction, broadcast_id: int, so_far: Mapping[str, Any], upto: int) -> None:
    """Count on from here."""
    keep(tx, broadcast_id, so_far, upto, complete=False)


def keep(tx: Transaction, broadcast_id: int, plan: Mapping[str, Any], upto: int, complete: bool) -> None:
    """As far as person `upto`."""
    tx.run(
        "UPDATE broadcasts SET plan = :plan, planned_upto = :upto WHERE id = :id",
        id=broadcast_id,
        plan=json.dumps(plan, ensure_ascii=False),
        upto=None if complete else upto,
    )


def waiting(tx: Transaction) -> list[Broadcast]:
    """Those whose plan is not complete."""
    rows = tx.all("SELECT * FROM broadcasts WHERE planned_upto IS NOT NULL ORDER BY id")
    return [broadcasts.read(row) for row in rows]
