"""A district to announce in: ten verified leaders of one ormas, and the messengers in service."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from storage.broadcasts import approvals, broadcasts, messengers, recipients, runs
from storage.broadcasts.broadcasts import Broadcast, Content
from storage.broadcasts.messengers import Messenger
from storage.database.database import Database, Transaction
from storage.mail import outbox
from storage.ormas import organisations
from storage.people import people
from storage.people.people import Chat
from tests.storage.office import NOW, Crowd, gather

SOON = NOW + timedelta(minutes=1)
SERVING = (Messenger("web", 1000, None, None, True), Messenger("whatsapp", 48, 250, 24, False))
ALL = Content("umum", "Rapat", "Besok pukul sembilan.", segment={"all": True})


@dataclass(frozen=True)
class District:
    """Ten verified leaders of Forum Melati in the web chat, beside the small office."""

    crowd: Crowd
    leaders: list[int]

    def draft(self, tx: Transaction, content: Content = ALL, code: str = "AAAA-AAAA", **more: int) -> Broadcast:
        return broadcasts.draft(tx, self.crowd.rina, content, code, NOW, **more)  # type: ignore[arg-type]

    def approved(self, tx: Transaction, content: Content = ALL, code: str = "AAAA-AAAA", **more: int) -> Broadcast:
        made = self.draft(tx, content, code, **more)
        seen = approvals.submit(tx, made.id, NOW)
        assert seen is not None
        assert approvals.approve(tx, made.id, self.crowd.joko, seen, NOW)
        return broadcasts.get(tx, made.id)

    def listed(self, tx: Transaction, content: Content = ALL, code: str = "AAAA-AAAA", **more: int) -> Broadcast:
        made = self.approved(tx, content, code, **more)
        assert runs.start(tx, made.id, NOW)
        while recipients.list_slice(tx, broadcasts.get(tx, made.id), NOW, at_most=3):
            pass
        return broadcasts.get(tx, made.id)


def told(noun: Callable[[Transaction, District], None]) -> Callable[[Database], object]:
    """A test that is one turn in the district."""

    async def test(database: Database) -> None:
        await database.transact(lambda tx: noun(tx, settle(tx)))

    test.__doc__ = noun.__doc__
    return test


def settle(tx: Transaction) -> District:
    crowd = gather(tx)
    messengers.set(tx, SERVING, NOW)
    return District(crowd, [leader(tx, crowd, f"leader {number}") for number in range(10)])


def leader(tx: Transaction, crowd: Crowd, name: str, channel: str = "web") -> int:
    person = people.agree(tx, Chat(channel, name), "2026-12", "id", NOW)
    people.rename(tx, person.id, name.title())
    member = organisations.join(tx, person.id, crowd.forum, "Ketua", NOW)
    organisations.verify(tx, member, crowd.rina, NOW)
    return person.id


def fed(tx: Transaction, broadcast: Broadcast, at_most: int = 100) -> list[int]:
    """Parcels for whoever is next, without words."""
    made = []
    for row in recipients.next_in_line(tx, broadcast.id, "web", at_most):
        subject = broadcast.subject
        parcel = outbox.put(
            tx, "web", row["address"], "broadcast", '{"text": "Halo"}', NOW,
            priority=outbox.BULK, subject=subject, recipient_id=row["id"],
        )  # fmt: skip
        recipients.queued(tx, row["id"], parcel, NOW)
        made.append(parcel)
    return made
