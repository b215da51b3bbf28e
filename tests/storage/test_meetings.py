"""Meetings and the outbox on both databases: the nouns whose every change is compare-and-set."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from storage.database.database import NotFound, Transaction
from storage.mail import claims, outbox
from storage.meetings import meetings, slots
from storage.meetings.meetings import Meeting
from tests.storage.office import HOUR, NINE, NOW, Crowd, ask
from tests.storage.test_nouns import told

LATER = NINE + timedelta(days=1)
Step = Callable[[Transaction, Crowd, Meeting], bool]


def propose(tx: Transaction, crowd: Crowd, meeting: Meeting) -> bool:
    return meetings.propose(tx, meeting, LATER, LATER + HOUR, crowd.rina, NOW)


def approve(tx: Transaction, crowd: Crowd, meeting: Meeting) -> bool:
    return meetings.approve(tx, meeting.id, crowd.rina, NOW)


STORIES: dict[str, tuple[Step, ...]] = {
    "waiting": (),
    "approved": (approve,),
    "rejected": (lambda tx, crowd, meeting: meetings.reject(tx, meeting.id, NOW),),
    "proposed": (propose,),
    "cancelled": (approve, lambda tx, crowd, meeting: meetings.cancel(tx, meeting.id, NOW)),
    "held": (approve, lambda tx, crowd, meeting: meetings.record(tx, meeting.id, True, "baik", NOW)),
    "missed": (approve, lambda tx, crowd, meeting: meetings.record(tx, meeting.id, False, None, NOW)),
}


@told
def test_a_meeting_takes_each_step_once(tx: Transaction, crowd: Crowd) -> None:
    for n, (state, story) in enumerate(STORIES.items()):
        meeting = ask(tx, crowd.siti, crowd.forum, NOW + timedelta(days=10 * n))
        for step in story:
            assert step(tx, crowd, meetings.get(tx, meeting.id))
        changed = meetings.get(tx, meeting.id)
        assert changed.state == state
        if story:
            assert not story[-1](tx, crowd, changed)
        slots.release(tx, meeting.id, NOW)


@told
def test_an_offered_time_is_taken_or_left(tx: Transaction, crowd: Crowd) -> None:
    for answer, starts_at in ((meetings.accept, LATER), (meetings.decline, NINE)):
        meeting = ask(tx, crowd.siti, crowd.forum)
        propose(tx, crowd, meeting)
        assert answer(tx, meetings.get(tx, meeting.id), NOW)
        assert meetings.get(tx, meeting.id).starts_at == starts_at
        held = slots.between(tx, NOW.date(), LATER.date(), NOW.tzinfo)
        assert [(slot.starts_at, slot.meeting_id) for slot in held] == [(starts_at, meeting.id)]
        assert meetings.cancel(tx, meeting.id, NOW)


@told
def test_an_approved_meeting_is_confirmed_moved_and_found(tx: Transaction, crowd: Crowd) -> None:
    meeting = ask(tx, crowd.siti, crowd.forum)
    assert not meetings.confirm(tx, meeting.id, NOW)
    approve(tx, crowd, meeting)
    assert meetings.confirm(tx, meeting.id, NOW)
    assert meetings.assign(tx, meeting.id, crowd.joko)
    assert [found.code for found in meetings.unrecorded(tx, LATER)] == [meeting.code]
    assert meetings.reschedule(tx, meetings.get(tx, meeting.id), LATER, LATER + HOUR, NOW)
    moved = meetings.get(tx, meeting.id)
    assert (moved.state, moved.starts_at, moved.confirmed_at, moved.assigned_to) == ("waiting", LATER, None, crowd.joko)
    assert (
        meetings.waiting(tx, NOW)
        == meetings.of_person(tx, crowd.siti, 5)
        == [moved]
        == [meetings.by_code(tx, moved.code)]
    )
    with pytest.raises(NotFound):
        meetings.get(tx, 99)


@told
def test_a_parcel_ends_in_one_of_its_ways(tx: Transaction, crowd: Crowd) -> None:
    for address in ("siti", "stranger", "budi", "rina", "joko"):
        outbox.put(tx, "web", address, "reply", f"halo {address}", NOW, expires_at=LATER)
    one, two, three, four, five = claims.claim(tx, ["telegram", "web"], 10, NOW)
    assert one.expires_at == LATER
    outbox.settle(tx, one.id, "sent", NOW, receipt="77")
    outbox.settle(tx, two.id, "unknown", NOW, reason="timeout")
    outbox.again(tx, three.id, NOW, "timeout", unknown=True)
    outbox.postpone(tx, four.id, LATER, "pace")
    claims.release(tx, [five.id])
    assert claims.doubts(tx, three.id) == 1
    assert [(parcel.id, parcel.attempts) for parcel in claims.claim(tx, ["web"], 10, NOW)] == [
        (three.id, 2),
        (five.id, 1),
    ]
    assert [parcel.id for parcel in claims.orphans(tx, ["web"])] == [three.id, five.id]
    assert outbox.counts(tx) == {"sent": 1, "unknown": 1, "waiting": 3, "maybe_twice": 2}
    bodies = [row["body"] for row in tx.all("SELECT body FROM outbox ORDER BY id")]
    assert bodies[:2] == ["halo siti", ""]
    assert outbox.tidy(tx, LATER) == 1


@told
def test_what_waits_is_taken_back_moved_or_withheld(tx: Transaction, crowd: Crowd) -> None:
    outbox.put(tx, "web", "siti", "notice", "besok", NOW, priority=outbox.NOTICE, subject="meeting:1", due_at=LATER)
    outbox.put(tx, "web", "budi", "reply", "halo", NOW)
    assert outbox.take_back(tx, "meeting:1", NOW) == 1
    outbox.move(tx, "web", "budi", "grup")
    outbox.withhold(tx, "web", "grup", "gone", NOW)
    assert outbox.counts(tx) == {"withheld": 2, "maybe_twice": 0}


@told
def test_replies_go_first_and_a_retried_one_keeps_its_place(tx: Transaction, crowd: Crowd) -> None:
    for priority, address in ((outbox.NOTICE, "budi"), (outbox.REPLY, "siti"), (outbox.REPLY, "siti")):
        outbox.put(tx, "web", address, "reply", address, NOW, priority=priority)
    first = claims.claim(tx, ["web"], 1, NOW)[0]
    assert first.id == 2
    outbox.again(tx, first.id, LATER, "timeout")
    assert [parcel.id for parcel in claims.claim(tx, ["web"], 9, NOW)] == [1]
    assert [parcel.id for parcel in claims.claim(tx, ["web"], 9, LATER)] == [2]
