"""What people want and do not want from the office: each time with their words, the time and the channel."""

from datetime import datetime

from storage.database.database import Transaction
from storage.database.moment import stamp

EVERYTHING = "semua"
"""The topic of BERHENTI and MULAI."""
ADVERTISING = "promosi"
"""The topic of a messenger's own switch; it holds for that messenger alone."""


def note(tx: Transaction, person_id: int, topic: str, wanted: bool, said: str, channel: str, now: datetime) -> None:
    """Write it down; the last word about a topic counts."""
    tx.run(
        """INSERT INTO preferences (person_id, topic, wanted, said, channel, at)
        VALUES (:person, :topic, :wanted, :said, :channel, :now)""",
        person=person_id,
        topic=topic,
        wanted=int(wanted),
        said=said[:200],
        channel=channel,
        now=stamp(now),
    )


def unwanted(tx: Transaction, person_id: int, topic: str) -> bool:
    """Whether the last word of this person about the topic was no."""
    row = tx.one(
        "SELECT wanted FROM preferences WHERE person_id = :person AND topic = :topic ORDER BY id DESC LIMIT 1",
        person=person_id,
        topic=topic,
    )
    return row is not None and not row["wanted"]


def no_advertising(tx: Transaction, person_id: int, channel: str) -> bool:
    """Whether this person switched advertising off in this messenger, and not on again anywhere."""
    row = tx.one(
        """SELECT wanted FROM preferences WHERE person_id = :person AND topic = :topic
          AND (channel = :channel OR wanted = 1) ORDER BY id DESC LIMIT 1""",
        person=person_id,
        topic=ADVERTISING,
        channel=channel,
    )
    return row is not None and not row["wanted"]
