"""Two officers, two processes, one ticket: one of them wins. And what tickets remember."""

from datetime import timedelta
from functools import partial

import pytest

from storage.database.database import Database, Transaction
from storage.tickets import events, queue, tickets
from storage.tickets.queue import Filter
from storage.tickets.tickets import ANONYMOUS, NewTicket, Ticket
from tests.storage.office import HOUR, NOW, Crowd
from tests.storage.test_nouns import told
from tests.storage.test_racing import crowd, race  # noqa: F401


def sends(tx: Transaction, who: int, hours: int = 24, kind: str = "masukan", **more: str) -> Ticket:
    due = NOW + timedelta(hours=hours)
    new = NewTicket(kind, kind[:3].upper(), "Lampu jalan", {"Isi": "Lampu"}, due, due, person_id=who, **more)  # type: ignore[arg-type]
    return tickets.open_ticket(tx, new, NOW)


@pytest.mark.parametrize("deed", ["take", "verify", "close", "merge", "reopen"])
async def test_one_of_two_officers_is_first(database: Database, other: Database, crowd: Crowd, deed: str) -> None:  # noqa: F811
    into = await database.transact(partial(sends, who=crowd.siti))
    deeds = {
        "take": lambda tx, ticket, who: tickets.take(tx, ticket, who),
        "verify": lambda tx, ticket, who: tickets.verify(tx, ticket, who, NOW),
        "close": lambda tx, ticket, who: tickets.close(tx, ticket, who, "done", NOW),
        "merge": lambda tx, ticket, who: tickets.merge(tx, ticket, into.id, who, NOW),
        "reopen": lambda tx, ticket, who: tickets.reopen(tx, ticket, NOW + HOUR),
    }
    for _ in range(10):
        ticket = await database.transact(partial(sends, who=crowd.siti))
        if deed == "reopen":
            await database.transact(
                partial(tickets.close, ticket_id=ticket.id, officer_id=None, result="done", now=NOW)
            )
        turns = [partial(deeds[deed], ticket=ticket.id, who=who) for who in crowd.officers]
        assert (await race(database, other, *turns)).count(True) == 1


@told
def test_the_queue_is_in_the_order_in_which_words_are_owed(tx: Transaction, crowd: Crowd) -> None:  # noqa: F811
    late = sends(tx, crowd.siti, hours=-1)
    soon, later = sends(tx, crowd.siti, hours=5), sends(tx, crowd.budi, hours=50, kecamatan="Doro")
    tickets.take(tx, soon.id, crowd.rina)

    def found(**chosen: object) -> list[str]:
        return [t.code for t in queue.waiting(tx, Filter(("masukan", "laporan"), **chosen), 10, NOW)]  # type: ignore[arg-type]

    assert found() == [late.code, soon.code, later.code]
    assert found(overdue=True) == [late.code]
    assert found(unassigned=True) == [late.code, later.code]
    assert found(assigned_to=crowd.rina) == [soon.code]
    assert found(kecamatan="Doro") == [later.code]
    tickets.ask(tx, late.id, "", NOW)
    assert found(overdue=True) == []
    assert queue.count(tx, Filter(("masukan",)), NOW) == 3
    assert queue.waiting(tx, Filter(()), 10, NOW) == []


@told
def test_danger_is_first_in_the_queue_whatever_is_owed_when(tx: Transaction, crowd: Crowd) -> None:  # noqa: F811
    late = sends(tx, crowd.siti, hours=-1)
    dues = [(NOW + timedelta(days=days), level) for days, level in ((9, "bahaya"), (1, "pantau"), (8, "bahaya"))]
    last, watched, first = (
        tickets.open_ticket(tx, NewTicket("situasi", "SIT", "x", {}, due, due, person_id=crowd.budi, level=level), NOW)
        for due, level in dues
    )
    chosen = Filter(("masukan", "situasi"), first=("bahaya",))
    expected = [first.code, last.code, late.code, watched.code]
    for most in (1, 2, 4):
        assert [one.code for one in queue.waiting(tx, chosen, most, NOW)] == expected[:most]


@told
def test_an_anonymous_ticket_knows_nobody_and_no_minute(tx: Transaction, crowd: Crowd) -> None:  # noqa: F811
    new = NewTicket(
        "situasi", "SIT", "x", {}, NOW, NOW, ANONYMOUS, crowd.siti, crowd.forum, field="sosial", secret_hash="h"
    )
    ticket = tickets.open_ticket(tx, new, NOW + timedelta(minutes=17))
    assert (ticket.person_id, ticket.organisation_id, ticket.field) == (None, None, "")
    assert ticket.opened_at == NOW.replace(minute=0)
    assert queue.anonymous_in_hour(tx, NOW, ["situasi"]) == 1
    assert queue.anonymous_in_hour(tx, NOW, ["masukan", "laporan"]) == 0
    assert tickets.renew_secret(tx, ticket.id, "h", "i")
    assert not tickets.renew_secret(tx, ticket.id, "h", "j")


@told
def test_a_number_is_never_given_twice(tx: Transaction, crowd: Crowd) -> None:  # noqa: F811
    codes = [sends(tx, crowd.siti).code for _ in range(300)]
    assert len(set(codes)) == 300
    assert codes != sorted(codes)
    assert all(code[4:].isdecimal() and len(code) == 10 for code in codes)


@told
def test_the_last_word_to_a_sender(tx: Transaction, crowd: Crowd) -> None:  # noqa: F811
    ticket = sends(tx, crowd.siti)
    events.add(tx, ticket.id, "answered", NOW, officer_id=crowd.rina, words="Sudah")
    events.add(tx, ticket.id, "noted", NOW, officer_id=crowd.joko, words="hm", inside=True)
    events.add(tx, ticket.id, "replied", NOW, words="Belum")
    last = events.last_to_leader(tx, ticket.id)
    assert last is not None
    assert (last.officer_id, last.words) == (crowd.rina, "Sudah")
