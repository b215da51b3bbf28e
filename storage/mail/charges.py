"""How many messages went out on a messenger that charges for them."""

from dataclasses import dataclass
from datetime import datetime

from storage.database.database import Transaction
from storage.database.moment import stamp


@dataclass(frozen=True, slots=True)
class Counted:
    """Of free words and of templates: what the provider reported as delivered, and what it took and said no more of."""

    delivered: int = 0
    unreported: int = 0
    templates: int = 0
    templates_unreported: int = 0

    @property
    def anything(self) -> bool:
        return bool(self.delivered + self.unreported + self.templates + self.templates_unreported)


def charged(tx: Transaction, channel: str, since: datetime) -> Counted:
    """What was sent since then. The answer to a press and a menu are no messages there."""
    rows = tx.all(
        """SELECT form, CASE WHEN state IN ('delivered', 'read') THEN 1 ELSE 0 END AS arrived, count(*) AS n FROM outbox
        WHERE channel = :channel AND outcome = 'sent' AND settled_at >= :since
          AND kind NOT IN ('query', 'menu') GROUP BY 1, 2""",
        channel=channel,
        since=stamp(since),
    )
    counts = {(row["form"] == "template", bool(row["arrived"])): int(row["n"]) for row in rows}
    free, template = (False, True)
    return Counted(
        counts.get((free, True), 0),
        counts.get((free, False), 0),
        counts.get((template, True), 0),
        counts.get((template, False), 0),
    )
