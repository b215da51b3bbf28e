"""Announcements on both databases: who decides, what runs, and what is found when looking back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from storage.broadcasts import approvals, archive, broadcasts, files, ledger, messengers, plans, recipients, runs
from storage.broadcasts.broadcasts import Content
from storage.broadcasts.files import File
from storage.database.database import Transaction
from storage.mail import outbox
from tests.storage.district import ALL, SERVING, District, fed, leader, told
from tests.storage.office import NOW


@told
def test_the_author_never_approves_and_nobody_approves_what_they_did_not_see(tx: Transaction, here: District) -> None:
    made = here.draft(tx)
    files.put(tx, made.id, [File("surat.pdf", "application/pdf", 9, "a" * 64)])
    assert made.state == "draft"
    assert not approvals.approve(tx, made.id, here.crowd.joko, "", NOW), "it was not handed in"
    seen = approvals.submit(tx, made.id, NOW)
    assert seen is not None
    assert approvals.submit(tx, made.id, NOW) is None, "twice is once"
    assert [one.id for one in approvals.waiting(tx)] == [made.id]
    assert not broadcasts.change(tx, made.id, ALL, NOW), "it is frozen"
    assert not approvals.approve(tx, made.id, here.crowd.rina, seen, NOW)
    assert not approvals.approve(tx, made.id, here.crowd.joko, "something else", NOW)
    files.put(tx, made.id, [File("lain.pdf", "application/pdf", 9, "b" * 64)])
    assert not approvals.approve(tx, made.id, here.crowd.joko, seen, NOW), "another file is another announcement"
    assert approvals.send_back(tx, made.id, here.crowd.joko, "Salah berkas", NOW)
    assert broadcasts.get(tx, made.id).state == "returned"
    assert broadcasts.change(tx, made.id, replace(ALL, title="Rapat besok"), NOW)
    again = approvals.submit(tx, made.id, NOW)
    assert again not in (None, seen)
    assert approvals.override(tx, made.id, here.crowd.joko, "sumber menyusul")
    assert approvals.approve(tx, made.id, here.crowd.joko, again or "", NOW)
    assert not approvals.reject(tx, made.id, here.crowd.joko, "terlambat", NOW), "the second decides nothing"
    assert broadcasts.get(tx, made.id).state == "approved"


@told
def test_only_what_is_urgent_goes_out_by_one_person_and_somebody_else_looks_at_it(
    tx: Transaction, here: District
) -> None:
    calm = here.draft(tx)
    approvals.submit(tx, calm.id, NOW)
    assert not approvals.urgent(tx, calm.id, here.crowd.rina, "penting", NOW)
    assert approvals.reject(tx, calm.id, here.crowd.joko, "tidak perlu", NOW)
    flood = here.draft(tx, replace(ALL, topic="darurat"), "BBBB-BBBB")
    assert not approvals.urgent(tx, flood.id, here.crowd.rina, "banjir", NOW), "not before it is frozen"
    approvals.submit(tx, flood.id, NOW)
    assert approvals.urgent(tx, flood.id, here.crowd.rina, "banjir", NOW)
    assert [one.id for one in approvals.to_review(tx)] == [flood.id]
    assert not approvals.review(tx, flood.id, here.crowd.rina, "sudah benar", NOW)
    assert approvals.review(tx, flood.id, here.crowd.joko, "sudah benar", NOW)
    assert approvals.to_review(tx) == []
    thrown = here.draft(tx, ALL, "CCCC-CCCC")
    assert not approvals.discard(tx, thrown.id, here.crowd.joko, NOW)
    assert approvals.discard(tx, thrown.id, here.crowd.rina, NOW)
    assert [one.id for one in approvals.drafts_of(tx, here.crowd.rina)] == []


@told
def test_a_correction_goes_to_exactly_those_who_got_the_first(tx: Transaction, here: District) -> None:
    old = here.listed(tx)
    parcels = fed(tx, old, 4)
    outbox.settle(tx, parcels[0], "sent", NOW, receipt="1")
    outbox.settle(tx, parcels[1], "unknown", NOW)
    outbox.settle(tx, parcels[2], "refused", NOW)
    late = leader(tx, here.crowd, "latecomer")
    tx.run("UPDATE memberships SET ended_at = 'now' WHERE person_id = :id", id=here.leaders[0])
    new = here.listed(tx, replace(ALL, segment={}), "DDDD-DDDD", replaces=old.id)
    assert {line.person_id for line in ledger.lines(tx, new.id)} == set(here.leaders[:2])
    assert recipients.of(tx, new.id, late) is None
    assert (new.version, old.version) == (2, 1)
    newest = archive.replaced_by(tx, old.id)
    assert newest is not None
    assert newest.id == new.id
    assert archive.replaced_by(tx, new.id) is None
    assert [one.id for one in archive.chain(tx, new.id)] == [old.id, new.id]
    assert [one.id for one in archive.page(tx)] == [new.id, old.id]
    assert [one.id for one in archive.page(tx, before_id=new.id)] == [old.id]
    assert [one.id for one in archive.genuine(tx)] == [new.id, old.id]
    found = broadcasts.by_check_code(tx, "DDDD-DDDD")
    assert found is not None
    assert found.id == broadcasts.by_number(tx, 2) == new.id


@told
def test_a_series_writes_its_next_once(tx: Transaction, here: District) -> None:
    first = here.approved(tx, replace(ALL, starts_at=NOW, repeat={"every": "week"}))
    files.put(tx, first.id, [File("a.pdf", "application/pdf", 9, "c" * 64)])
    week = NOW + timedelta(weeks=1)
    following = runs.copy(tx, first, "FFFF-FFFF", week, None, NOW)
    assert following is not None
    assert runs.copy(tx, first, "GGGG-GGGG", week, None, NOW) is None
    assert (following.state, following.repeats, following.content.starts_at) == ("approved", first.id, week)
    assert following.hash == broadcasts.fresh_digest(tx, following)
    assert [one.id for one in runs.going(tx)] == [first.id, following.id]
    assert files.of(tx, following.id) == files.of(tx, first.id)


@told
def test_a_long_plan_is_remembered_where_it_stands(tx: Transaction, here: District) -> None:
    made = here.draft(tx)
    plans.ask(tx, made.id, {"ways": {"web free": 3}}, 7)
    assert [one.plan for one in plans.waiting(tx)] == [{"ways": {"web free": 3}}]
    plans.keep(tx, made.id, {"ways": {"web free": 10}}, 12, complete=True)
    assert plans.waiting(tx) == []


@pytest.mark.parametrize(
    "wrong",
    [
        replace(ALL, topic="iklan"),
        replace(ALL, question="pick"),
        replace(ALL, options=("a",)),
        replace(ALL, question="pick", options=tuple("abcdefghijk")),
    ],
)
def test_what_no_announcement_can_be_is_refused(wrong: Content) -> None:
    with pytest.raises(ValueError, match=r"topic or question|options"):
        wrong.columns()


@told
def test_a_messenger_nobody_speaks_of_any_more_is_out_of_service(tx: Transaction, here: District) -> None:
    messengers.set(tx, SERVING[:1], NOW + timedelta(minutes=9))
    assert set(messengers.serving(tx)) == {"web", "whatsapp"}, "another process may have it"
    messengers.set(tx, SERVING[:1], NOW + timedelta(minutes=11))
    assert messengers.serving(tx) == {"web": SERVING[0]}


@told
def test_a_restored_backup_asks_for_every_decision_again(tx: Transaction, here: District) -> None:
    waiting = here.draft(tx)
    seen = approvals.submit(tx, waiting.id, NOW)
    decided = here.approved(tx, code="BBBB-BBBB")
    assert approvals.return_all(tx, "Data dipulihkan", NOW) == 1
    returned = broadcasts.get(tx, waiting.id)
    assert (returned.state, returned.note) == ("returned", "Data dipulihkan")
    assert not approvals.approve(tx, waiting.id, here.crowd.joko, seen or "", NOW)
    assert broadcasts.get(tx, decided.id).state == "approved"
