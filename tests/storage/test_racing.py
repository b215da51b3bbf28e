"""Two processes on one database: exactly one wins, and the other is told."""

import asyncio
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TypeVar

import psycopg
import pytest

from storage.database.database import Database, Transaction
from storage.mail import claims, inbox, outbox
from storage.mail.inbox import Arrival
from storage.meetings import meetings, promises, slots
from storage.ormas import corrections, organisations
from storage.people import join_codes
from tests.storage.office import HOUR, NOW, Crowd, ask, gather

T = TypeVar("T")
TAKEN = (sqlite3.IntegrityError, psycopg.IntegrityError)
CHANNELS = ["web"]


@pytest.fixture
async def crowd(database: Database) -> Crowd:
    return await database.transact(gather)


async def race(one: Database, two: Database, *turns: Callable[[Transaction], T]) -> list[T | BaseException]:
    """Each turn on both databases, all at once, now the one first and now the other."""
    both = [each.transact(turn) for n, turn in enumerate(turns) for each in ((one, two) if n % 2 else (two, one))]
    return await asyncio.gather(*both, return_exceptions=True)


async def test_two_people_never_hold_the_same_slot(database: Database, other: Database, crowd: Crowd) -> None:
    hours = [NOW + timedelta(hours=n) for n in range(20)]
    turns = [
        partial(ask, person_id=crowd.leaders[n % 2], forum=crowd.forum, starts_at=at) for n, at in enumerate(hours)
    ]
    outcomes = await race(database, other, *turns)
    assert sum(isinstance(outcome, TAKEN) for outcome in outcomes) == 20
    tomorrow = NOW.date() + timedelta(days=1)
    held = await database.transact(lambda tx: slots.between(tx, NOW.date(), tomorrow, NOW.tzinfo))
    assert sorted(slot.starts_at for slot in held) == hours
    made = await database.transact(lambda tx: meetings.waiting(tx, NOW))
    assert sorted(meeting.code for meeting in made) == [f"AUD-{n:04d}" for n in range(1, 21)]


async def test_two_officers_never_decide_twice(database: Database, other: Database, crowd: Crowd) -> None:
    for n in range(10):
        at = NOW + n * HOUR
        meeting = await database.transact(partial(ask, person_id=crowd.siti, forum=crowd.forum, starts_at=at))
        turns = [partial(meetings.approve, meeting_id=meeting.id, officer_id=who, now=NOW) for who in crowd.officers]
        assert (await race(database, other, *turns)).count(True) == 1


async def test_one_decides_about_a_correction(database: Database, other: Database, crowd: Crowd) -> None:
    propose = partial(
        corrections.propose, organisation_id=crowd.forum, person_id=crowd.siti, fact="chair", value="Siti"
    )
    for _ in range(10):
        made = await database.transact(partial(propose, now=NOW))
        accept = partial(corrections.accept, correction_id=made.id, officer_id=crowd.rina, now=NOW)
        refuse = partial(corrections.refuse, correction_id=made.id, officer_id=crowd.joko, reason="belum", now=NOW)
        assert (await race(database, other, accept, refuse)).count(True) == 1


async def test_one_decides_between_approving_and_rejecting(database: Database, other: Database, crowd: Crowd) -> None:
    for n in range(10):
        at = NOW + n * HOUR
        meeting = await database.transact(partial(ask, person_id=crowd.siti, forum=crowd.forum, starts_at=at))
        approve = partial(meetings.approve, meeting_id=meeting.id, officer_id=crowd.rina, now=NOW)
        reject = partial(meetings.reject, meeting_id=meeting.id, now=NOW)
        outcomes = await asyncio.gather(database.transact(approve), other.transact(reject))
        assert sum(outcomes) == 1


async def test_a_code_a_membership_and_a_promise_go_to_the_first(
    database: Database, other: Database, crowd: Crowd
) -> None:
    def prepare(tx: Transaction) -> int:
        join_codes.add(tx, "hash", "officer", NOW, NOW + HOUR)
        meeting = ask(tx, crowd.siti, crowd.forum)
        return promises.make(tx, meeting.id, "surat", "office", NOW.date(), crowd.rina, NOW).id

    promise = await database.transact(prepare)
    used = await race(database, other, lambda tx: join_codes.use(tx, "hash", crowd.siti, NOW))
    assert sorted(map(str, used)) == ["None", "officer"]
    verified = await race(database, other, lambda tx: organisations.verify(tx, 1, crowd.rina, NOW))
    kept = await race(database, other, lambda tx: promises.keep(tx, promise, crowd.rina, NOW))
    assert sorted(verified) == sorted(kept) == [False, True]  # type: ignore[type-var]


async def test_an_arrival_is_kept_once(database: Database, other: Database) -> None:
    arrivals = [Arrival("web", f"k{n}", b"halo") for n in range(50)]
    outcomes = await race(database, other, *(partial(inbox.put, arrivals=[arrival], now=NOW) for arrival in arrivals))
    assert sorted(outcomes) == [0] * 50 + [1] * 50  # type: ignore[type-var]


async def test_arrivals_are_worked_off_once_and_in_order(database: Database, other: Database) -> None:
    worked: list[int] = []

    def work(tx: Transaction) -> int:
        letters = inbox.waiting(tx, CHANNELS, 7)
        for letter in letters:
            worked.append(letter.id)
            inbox.done(tx, letter.id, "siti", NOW)
        return len(letters)

    async def work_off(database: Database) -> None:
        while await database.transact(work):
            pass

    arrivals = [Arrival("web", f"k{n}", b"halo") for n in range(200)]
    await database.transact(lambda tx: inbox.put(tx, arrivals, NOW))
    await asyncio.gather(work_off(database), work_off(other))
    assert worked == list(range(1, 201))


async def test_a_parcel_is_claimed_by_one(database: Database, other: Database) -> None:
    def fill(tx: Transaction) -> None:
        for n in range(200):
            outbox.put(tx, "web", f"{n}", "reply", f"{n}", NOW)

    async def claim_all(database: Database) -> list[int]:
        mine: list[int] = []
        while parcels := await database.transact(lambda tx: claims.claim(tx, CHANNELS, 7, NOW)):
            mine += [parcel.id for parcel in parcels]
        return mine

    await database.transact(fill)
    one, two = await asyncio.gather(claim_all(database), claim_all(other))
    assert sorted(one + two) == list(range(1, 201))


async def test_a_counter_skips_nothing_and_repeats_nothing(database: Database, other: Database) -> None:
    codes = await race(database, other, *[meetings.next_code] * 100)
    assert sorted(map(str, codes)) == [f"AUD-{n:04d}" for n in range(1, 201)]
