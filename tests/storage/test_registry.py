"""The register and what is said about it: every verb once, on both databases."""

from datetime import date, timedelta

import pytest

from storage.database.database import NotFound, Transaction
from storage.machine import reminders
from storage.ormas import corrections, organisations, registry
from storage.ormas import papers as ready_papers
from tests.storage.office import NOW, Crowd
from tests.storage.test_nouns import told

FACTS = {"name": "Forum Mawar", "kind": "skt", "kecamatan": "Doro", "fields": "sosial,kesehatan,bencana"}


@told
def test_registry(tx: Transaction, crowd: Crowd) -> None:
    number = registry.add(tx, FACTS | {"number": "220/1", "expires_on": "2027-01-02"}, NOW)
    mawar = registry.get(tx, number)
    assert (mawar.code, mawar.fields) == (organisations.code(number), ["sosial", "kesehatan", "bencana"])
    assert (mawar.day("expires_on"), mawar.day("term_until")) == (date(2027, 1, 2), None)
    assert registry.everyone(tx) == [mawar, registry.get(tx, crowd.forum)], "by name"
    assert registry.numbered(tx, "220/1") == [number]
    assert registry.numbered(tx, "") == []
    registry.change(tx, number, {"fields": "sosial", "chair": "SITI"})
    assert registry.get(tx, number).fields == ["sosial"]
    assert registry.get(tx, number).facts["number"] == "220/1", "what is not named stays"
    assert [one.id for one in registry.ending(tx, date(2026, 12, 1), date(2027, 2, 1), 5)] == [number]
    assert registry.ending(tx, date(2027, 1, 3), date(2027, 2, 1), 5) == []
    registry.change(tx, crowd.forum, {"secretary": "siti", "treasurer": "Budi"})
    registry.forget(tx, crowd.siti)
    forum = registry.get(tx, crowd.forum).facts
    assert (forum["secretary"], forum["treasurer"]) == ("", "Budi")
    assert registry.get(tx, number).facts["chair"] == "SITI", "somebody of that name in an ormas that is not theirs"
    with pytest.raises(NotFound):
        registry.get(tx, 99)


@told
def test_corrections(tx: Transaction, crowd: Crowd) -> None:
    one, two, three = (corrections.propose(tx, crowd.forum, crowd.siti, "chair", name, NOW) for name in "ABC")
    assert corrections.waiting(tx, 2) == [one, two]
    assert corrections.open_of_person(tx, crowd.siti) == corrections.open_of_organisation(tx, crowd.forum)
    assert corrections.accept(tx, one.id, crowd.rina, NOW)
    assert not corrections.refuse(tx, one.id, crowd.joko, "belum", NOW)
    assert corrections.refuse(tx, two.id, crowd.joko, "belum", NOW)
    assert not corrections.accept(tx, two.id, crowd.rina, NOW)
    assert corrections.get(tx, two.id).reason == "belum"
    assert corrections.waiting(tx, 9) == [three]
    corrections.forget(tx, crowd.siti)
    assert [corrections.get(tx, one.id).value, corrections.get(tx, two.id).reason] == ["", None]
    with pytest.raises(NotFound):
        corrections.get(tx, three.id)


@told
def test_ready_papers(tx: Transaction, crowd: Crowd) -> None:
    for papers in (["akta", "npwp"], ["akta"]):
        ready_papers.put(tx, crowd.siti, crowd.forum, "skt", papers, NOW)
        assert ready_papers.of_person(tx, crowd.siti, crowd.forum, "skt") == set(papers)
    assert ready_papers.of_person(tx, crowd.siti, crowd.forum, "keberadaan") == set()
    ready_papers.forget(tx, crowd.siti)
    assert ready_papers.of_person(tx, crowd.siti, crowd.forum, "skt") == set()


@told
def test_leaders_and_timers(tx: Transaction, crowd: Crowd) -> None:
    first, second = organisations.unverified(tx)
    organisations.verify(tx, second.id, crowd.rina, NOW)
    organisations.refuse(tx, first.id, crowd.rina, NOW)
    assert [leader.id for leader in organisations.leaders(tx, crowd.forum)] == [second.id]
    for days in (2, 1):
        reminders.set(tx, "term-ends", crowd.forum, "2027-01-02", NOW + timedelta(days=days))
    one, two = reminders.waiting(tx, "term-ends", crowd.forum, "2027-01-02")
    assert one.due_at < two.due_at
    reminders.done(tx, one.id, "sent", NOW)
    assert reminders.waiting(tx, "term-ends", crowd.forum, "2027-01-02") == [two]
    assert reminders.waiting(tx, "term-ends", crowd.forum, "2028-01-02") == []
