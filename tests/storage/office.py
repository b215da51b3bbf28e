"""A small office to try the nouns on: two leaders, two officers, one ormas."""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from storage.database.database import Transaction
from storage.meetings import meetings
from storage.meetings.meetings import Meeting, Request
from storage.ormas import organisations
from storage.people import people
from storage.people.people import Chat

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=timezone(timedelta(hours=7)))
NINE = NOW + timedelta(hours=23)
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Crowd:
    """Ids, as every noun takes them."""

    siti: int
    budi: int
    rina: int
    joko: int
    forum: int

    @property
    def leaders(self) -> tuple[int, int]:
        return self.siti, self.budi

    @property
    def officers(self) -> tuple[int, int]:
        return self.rina, self.joko


def gather(tx: Transaction) -> Crowd:
    """Siti and Budi lead Forum Melati; Rina and Joko are officers."""
    siti, budi, rina, joko = (newcomer(tx, name) for name in ("siti", "budi", "rina", "joko"))
    forum = organisations.add(tx, "Forum Melati", "skt", "disability", "Kajen", siti, NOW)
    for leader in (siti, budi):
        organisations.join(tx, leader, forum, "Ketua", NOW)
    for officer in (rina, joko):
        people.grant(tx, officer, "officer", NOW)
    return Crowd(siti, budi, rina, joko, forum)


def newcomer(tx: Transaction, name: str) -> int:
    person = people.agree(tx, Chat("web", name), "2026-12", "id", NOW)
    people.rename(tx, person.id, name.title())
    return person.id


def ask(tx: Transaction, person_id: int, forum: int, starts_at: datetime = NINE) -> Meeting:
    """A request for an hour with the head of the office."""
    asked = Request(
        person_id, forum, "audiensi", "kepala", "Program 2027", ("Siti", "Budi"), 2, ("ramp",), None,
        starts_at, starts_at + HOUR,
    )  # fmt: skip
    return meetings.request(tx, asked, NOW)
