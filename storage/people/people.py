"""People, their consents and the chats they are reached in.

Their times are kept to the hour, for everybody alike: a minute would tell who wrote when a report without a name came.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from storage.broadcasts import recipients
from storage.database.database import NotFound, Row, Transaction
from storage.database.moment import hour_of, maybe, moment, stamp


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who agreed to the privacy notice. `version` is the notice they agreed to last."""

    id: int
    name: str | None
    language: str
    stopped: bool
    version: str | None
    roles: frozenset[str]

    @property
    def officer(self) -> bool:
        """Whether they receive guests; who only watches over the region (duty) does not."""
        return bool(self.roles & {"officer", "approver", "admin"})


@dataclass(frozen=True, slots=True)
class Chat:
    """A place a person is reached in, and what they see there (`screen`, see conversation/screen.py)."""

    channel: str
    address: str
    person_id: int | None = None
    unreachable_at: datetime | None = None
    screen: dict[str, Any] = field(default_factory=dict)
    seen_at: datetime | None = None
    closed: bool = False
    """The provider said, since they last wrote, that free words are not allowed there."""


CHANGES_HANDS = ("whatsapp",)
"""Where an address may become somebody else's: whose a record is depends there on the minute it was begun."""

PERSON = """SELECT p.*,
  (SELECT version FROM consents c WHERE c.person_id = p.id AND c.withdrawn_at IS NULL ORDER BY c.id DESC LIMIT 1)
    AS version FROM people p """


def read(tx: Transaction, row: Row) -> Person:
    roles = tx.all("SELECT role FROM roles WHERE person_id = :person", person=row["id"])
    return Person(
        id=row["id"],
        name=row["name"],
        language=row["language"],
        stopped=row["stopped_at"] is not None,
        version=row["version"],
        roles=frozenset(role["role"] for role in roles),
    )


def get(tx: Transaction, person_id: int) -> Person:
    """The person with this id. Raises NotFound when there is none."""
    row = tx.one(PERSON + "WHERE p.id = :id", id=person_id)
    if row is None:
        raise NotFound("no such person")
    return read(tx, row)


def agree(tx: Transaction, chat: Chat, version: str, language: str, now: datetime) -> Person:
    """Record consent to the notice's `version`; the person and their chat exist from here on."""
    person_id = chat.person_id
    if person_id is None:
        made = tx.one(
            "INSERT INTO people (language, created_at) VALUES (:language, :now) RETURNING id",
            language=language,
            now=stamp(now if chat.channel in CHANGES_HANDS else hour_of(now)),
        )
        assert made is not None
        person_id = int(made["id"])
        tx.run(
            "INSERT INTO chats (channel, address, person_id, seen_at) VALUES (:channel, :address, :person, :now)",
            channel=chat.channel,
            address=chat.address,
            person=person_id,
            now=stamp(hour_of(now)),
        )
    tx.run(
        "INSERT INTO consents (person_id, version, channel, given_at) VALUES (:person, :version, :channel, :now)",
        person=person_id,
        version=version,
        channel=chat.channel,
        now=stamp(hour_of(now)),
    )
    return get(tx, person_id)


def chat_of(tx: Transaction, channel: str, address: str) -> Chat:
    """The chat as it is known, or a new one that nobody has agreed in yet (and that is not stored)."""
    row = tx.one(
        "SELECT * FROM chats WHERE channel = :channel AND address = :address", channel=channel, address=address
    )
    return Chat(channel, address) if row is None else read_chat(row)


def read_chat(row: Row) -> Chat:
    return Chat(
        row["channel"],
        row["address"],
        row["person_id"],
        maybe(row["unreachable_at"]),
        json.loads(row["screen"]),
        moment(row["seen_at"]),
        row["closed_at"] is not None,
    )


def chats(tx: Transaction, person_id: int) -> list[Chat]:
    """Every chat of a person, the one they used last first."""
    rows = tx.all(
        "SELECT * FROM chats WHERE person_id = :person ORDER BY seen_at DESC, used DESC, channel, address",
        person=person_id,
    )
    return [read_chat(row) for row in rows]


NEWEST_RANK = """coalesce((SELECT max(n.used) + 1 FROM chats n WHERE n.person_id = chats.person_id
  AND n.used >= chats.used AND (n.channel <> chats.channel OR n.address <> chats.address)), used)"""
"""Above every other chat of the same person; it stays what it is where it is above them already."""


def seen(tx: Transaction, chat: Chat, screen: dict[str, Any], now: datetime) -> None:
    """The person wrote: they are reachable again, this chat is the one used last, and this is what they see now.

    The hour is kept, and a window that counts from it closes a little early for everybody.
    """
    tx.run(
        f"""UPDATE chats SET seen_at = :hour, used = {NEWEST_RANK}, unreachable_at = NULL, closed_at = NULL,
          screen = :screen WHERE channel = :channel AND address = :address""",
        hour=stamp(hour_of(now)),
        screen=json.dumps(screen),
        channel=chat.channel,
        address=chat.address,
    )


def overheard(tx: Transaction, chat: Chat, screen: dict[str, Any]) -> None:
    """Somebody who wants to stay unknown wrote: they are reachable again, and no time tells that they did."""
    tx.run(
        """UPDATE chats SET unreachable_at = NULL, closed_at = NULL, screen = :screen
        WHERE channel = :channel AND address = :address""",
        screen=json.dumps(screen),
        channel=chat.channel,
        address=chat.address,
    )


def show(tx: Transaction, chat: Chat, screen: dict[str, Any]) -> None:
    """What the person sees after something the office started."""
    tx.run(
        "UPDATE chats SET screen = :screen WHERE channel = :channel AND address = :address",
        screen=json.dumps(screen),
        channel=chat.channel,
        address=chat.address,
    )


def standing(tx: Transaction, channel: str, address: str) -> Row | None:
    """What decides whether this chat may be written to; None for one of nobody.

    Columns: person_id, seen_at, closed_at, unreachable_at, stopped_at, agreed.
    """
    return tx.one(
        """SELECT c.person_id, c.seen_at, c.closed_at, c.unreachable_at, p.stopped_at,
          EXISTS (SELECT 1 FROM consents s WHERE s.person_id = p.id AND s.withdrawn_at IS NULL) AS agreed
        FROM chats c JOIN people p ON p.id = c.person_id WHERE c.channel = :channel AND c.address = :address""",
        channel=channel,
        address=address,
    )


def unreachable(tx: Transaction, channel: str, address: str, now: datetime) -> None:
    """The provider says this chat is closed to us, until the person writes again."""
    tx.run(
        """UPDATE chats SET unreachable_at = :now
        WHERE channel = :channel AND address = :address AND unreachable_at IS NULL""",
        now=stamp(now),
        channel=channel,
        address=address,
    )


def rename(tx: Transaction, person_id: int, name: str) -> None:
    tx.run("UPDATE people SET name = :name WHERE id = :id", name=name, id=person_id)


def speak(tx: Transaction, person_id: int, language: str) -> None:
    tx.run("UPDATE people SET language = :language WHERE id = :id", language=language, id=person_id)


def stop(tx: Transaction, person_id: int, now: datetime) -> None:
    """They want nothing any more that the office starts by itself."""
    tx.run("UPDATE people SET stopped_at = :now WHERE id = :id", now=stamp(now), id=person_id)


def resume(tx: Transaction, person_id: int) -> None:
    tx.run("UPDATE people SET stopped_at = NULL WHERE id = :id", id=person_id)


def with_roles(tx: Transaction, roles: Iterable[str]) -> list[Person]:
    """Everyone who holds one of these roles, the longest in office first."""
    wanted = set(roles)
    rows = tx.all(PERSON + "WHERE p.erased_at IS NULL AND p.id IN (SELECT person_id FROM roles) ORDER BY p.id")
    everyone = (read(tx, row) for row in rows)
    return [person for person in everyone if person.roles & wanted]


def grant(tx: Transaction, person_id: int, role: str, now: datetime) -> None:
    tx.run(
        "INSERT INTO roles VALUES (:person, :role, :now) ON CONFLICT DO NOTHING",
        person=person_id,
        role=role,
        now=stamp(now),
    )


def revoke(tx: Transaction, person_id: int, role: str) -> None:
    tx.run("DELETE FROM roles WHERE person_id = :person AND role = :role", person=person_id, role=role)


def began(tx: Transaction, person_id: int) -> datetime:
    """When this record was begun. Raises NotFound when there is none."""
    row = tx.one("SELECT created_at FROM people WHERE id = :id", id=person_id)
    if row is None:
        raise NotFound("no such person")
    return moment(row["created_at"])


def readdress(tx: Transaction, channel: str, old: str, new: str) -> None:
    """A chat is found at another address from now on; what waits for it and what came from it goes along.

    Where the person has that other chat already, this one ends.
    """
    recipients.readdress(tx, channel, old, new)
    tx.run(
        """DELETE FROM chats WHERE channel = :channel AND address = :old AND EXISTS (SELECT 1 FROM chats n
          WHERE n.channel = :channel AND n.address = :new AND n.person_id = chats.person_id)""",
        channel=channel,
        old=old,
        new=new,
    )
    for table in ("chats", "outbox", "inbox", "attachments"):
        tx.run(
            f"UPDATE {table} SET address = :new WHERE channel = :channel AND address = :old",
            channel=channel,
            old=old,
            new=new,
        )


def take_away(tx: Transaction, channel: str, address: str, now: datetime) -> str:
    """The address is not this person's any more: they keep the chat, closed, under a name nobody can write from.

    That name: no messenger has addresses with a blank in them.
    """
    away = f"{address} until {stamp(now)}"
    readdress(tx, channel, address, away)
    unreachable(tx, channel, away, now)
    return away
