"""The ledger of an announcement on both databases: one line each, true whatever becomes of its parcel."""

from dataclasses import replace

from storage.broadcasts import audience, broadcasts, ledger, recipients, runs
from storage.database.database import Transaction
from storage.mail import claims, deliveries, outbox
from storage.ormas import organisations
from storage.people import own_data, people, preferences
from tests.storage.district import ALL, SOON, District, fed, told
from tests.storage.office import NOW


@told
def test_everybody_has_one_line_before_anything_is_sent(tx: Transaction, here: District) -> None:
    """However often the list is begun; and of those who are not written to, why."""
    other = organisations.add(tx, "Paguyuban", "skt", "disability", "Kajen", None, NOW)
    member = organisations.join(tx, here.leaders[0], other, "Sekretaris", NOW)
    organisations.verify(tx, member, here.crowd.rina, NOW)
    people.stop(tx, here.leaders[1], NOW)
    preferences.note(tx, here.leaders[2], "umum", False, "tidak", "web", NOW)
    people.unreachable(tx, "web", "leader 3", NOW)
    tx.run("DELETE FROM chats WHERE address = 'leader 4'")
    tx.run("UPDATE consents SET withdrawn_at = 'now' WHERE person_id = :id", id=here.leaders[5])
    preferences.note(tx, here.leaders[6], "umum", False, "tidak", "web", NOW)
    preferences.note(tx, here.leaders[6], "umum", True, "lagi", "web", NOW)
    tx.run("UPDATE chats SET channel = 'plain' WHERE address = 'leader 7'")
    made = here.listed(tx)
    assert (made.listed, made.listed_at is not None) == (10, True)
    tx.run("UPDATE broadcasts SET listed_upto = 0, listed_at = NULL")
    while recipients.list_slice(tx, broadcasts.get(tx, made.id), NOW):
        pass
    assert broadcasts.get(tx, made.id).listed == 10
    reasons = {line.person_id - here.leaders[0]: line.reason for line in ledger.lines(tx, made.id)}
    assert reasons == {
        0: None, 1: "stopped", 2: "topic", 3: "unreachable", 4: "no chat", 5: "no consent", 6: None,
        7: "unreachable", 8: None, 9: None,
    }  # fmt: skip
    rows = [row for row in audience.counted(tx, made, 0, 10**6, NOW) if row["reason"] is None]
    assert [(row["channel"], row["free"], row["n"]) for row in rows] == [("web", 1, 4)]


@told
def test_the_ledger_says_what_became_of_each_parcel(tx: Transaction, here: District) -> None:
    made = here.listed(tx)
    assert recipients.waits(tx, made.id)
    parcels = fed(tx, made)
    assert outbox.in_line(tx, made.subject, SOON) == {"web": 10}
    assert claims.claim(tx, ["web"], 100, NOW) == [], "what goes to many is claimed by itself"
    assert len(claims.claim_bulk(tx, "web", 3, NOW)) == 3
    outbox.settle(tx, parcels[0], "sent", NOW, receipt="7")
    outbox.settle(tx, parcels[1], "unknown", NOW, reason="timeout")
    outbox.settle(tx, parcels[2], "refused", NOW, reason="blocked")
    outbox.withhold(tx, "web", "leader 3", "unreachable", NOW)
    outbox.copy(tx, parcels[4], "whatsapp", "62811", NOW)
    outbox.settle(tx, parcels[4], "refused", NOW, reason="elsewhere")
    counts = ledger.counts(tx, made.id)
    assert (counts.sent, counts.unknown, counts.failed, counts.of("withheld"), counts.waiting) == (1, 1, 1, 1, 6)
    assert counts.by_channel["whatsapp"] == {"waiting": 1}, "the line follows its parcel to the other messenger"
    assert [line.name for line in ledger.unsure(tx, made.id)] == ["Leader 1"]
    assert outbox.receipt(tx, parcels[0]) == "7"
    sent = tx.one("SELECT body, address FROM outbox WHERE id = :id", id=parcels[0])
    assert sent is not None
    assert (sent["body"], sent["address"]) == ("", "leader 0"), "its words stand in the announcement"
    assert runs.cancel(tx, made.id, "salah", here.crowd.joko, NOW)
    while recipients.close_slice(tx, made.id, "cancelled", NOW, 2):
        pass
    assert not recipients.waits(tx, made.id)
    assert runs.finish(tx, made.id, NOW)
    assert ledger.counts(tx, made.id).of("cancelled") == 6


@told
def test_what_a_provider_tells_later_stands_in_the_ledger(tx: Transaction, here: District) -> None:
    made = here.listed(tx)
    first, second, third = fed(tx, made, 3)
    for parcel in (first, second, third):
        outbox.judged(tx, parcel, "free", "")
    outbox.settle(tx, first, "unknown", NOW)
    outbox.settle(tx, second, "sent", NOW, receipt="b")
    outbox.settle(tx, third, "sent", NOW, receipt="c")
    address = outbox.get(tx, first).address
    assert deliveries.find(tx, "web", "a", first, ("somebody else",)) is None
    for parcel, name, state in ((first, "a", "delivered"), (second, "b", "read"), (third, "c", "failed")):
        sent = deliveries.find(tx, "web", name, parcel, (address,))
        assert sent is not None
        assert deliveries.forward(tx, sent, state, name, SOON)
        if state == "failed":
            deliveries.fail(tx, sent, "undeliverable", SOON)
    counts = ledger.counts(tx, made.id)
    assert (counts.sent, counts.failed, counts.unknown, counts.delivered, counts.read) == (2, 1, 0, 2, 1)
    sent = deliveries.find(tx, "web", "b", None, ())
    assert sent is not None
    deliveries.reopen(tx, sent, SOON, "window closed")
    assert ledger.counts(tx, made.id).waiting == 8


@told
def test_a_pause_takes_back_what_waits_and_a_person_lets_it_go_on(tx: Transaction, here: District) -> None:
    made = here.listed(tx)
    fed(tx, made, 4)
    claims.claim_bulk(tx, "web", 1, NOW)
    assert runs.pause(tx, made.id, "paused", NOW, here.crowd.joko)
    assert not runs.pause(tx, made.id, "paused", NOW, here.crowd.rina)
    assert outbox.in_line(tx, made.subject, SOON) == {"web": 1}, "one was on its way"
    assert len(recipients.next_in_line(tx, made.id, "web", 100)) == 9
    assert broadcasts.get(tx, made.id).state == "paused"
    assert runs.resume(tx, made.id, here.crowd.joko, NOW)
    assert not runs.resume(tx, made.id, here.crowd.joko, NOW)
    assert not runs.start(tx, made.id, NOW), "what was started is never started again"
    assert runs.restored(tx, NOW) == 1
    assert broadcasts.get(tx, made.id).paused_why == "restored"


@told
def test_an_answer_may_change_and_proves_that_it_was_read(tx: Transaction, here: District) -> None:
    made = here.listed(tx, replace(ALL, question="yes-no"))
    assert recipients.answer(tx, made.id, here.leaders[0], "ikut-ya", NOW)
    assert recipients.answer(tx, made.id, here.leaders[0], "ikut-tidak", SOON)
    assert not recipients.answer(tx, made.id, here.crowd.rina, "ikut-ya", NOW), "it was not for her"
    assert ledger.answers(tx, made.id) == {"ikut-tidak": 1}
    assert ledger.counts(tx, made.id).read == 1
    assert len(ledger.silent(tx, made.id)) == 9
    assert len(ledger.silent(tx, made.id, at_most=4)) == 4


@told
def test_when_it_arrived_and_was_read_is_kept_to_the_hour(tx: Transaction, here: District) -> None:
    """A minute would tell that somebody had their telephone in hand when a report without a name came."""
    (parcel,) = fed(tx, here.listed(tx), 1)
    row = tx.one("SELECT id FROM recipients WHERE parcel_id = :parcel", parcel=parcel)
    assert row
    for state, at in (("delivered", NOW.replace(minute=17)), ("read", NOW.replace(minute=23))):
        recipients.told(tx, row["id"], parcel, state, at)
    kept = tx.one("SELECT settled_at, delivered_at, read_at FROM recipients WHERE id = :id", id=row["id"])
    assert kept
    assert {str(kept[one])[13:] for one in ("settled_at", "delivered_at", "read_at")} == {":00:00.000000+00:00"}


@told
def test_a_second_round_goes_to_the_silent_on_their_other_messenger(tx: Transaction, here: District) -> None:
    tx.run(
        "INSERT INTO chats (channel, address, person_id, seen_at) VALUES ('whatsapp', '62811', :id, '2026')",
        id=here.leaders[1],
    )
    old = here.listed(tx, replace(ALL, question="read"))
    for parcel in fed(tx, old):
        outbox.settle(tx, parcel, "sent", NOW, receipt=str(parcel))
    recipients.answer(tx, old.id, here.leaders[0], "sudah-baca", NOW)
    second = here.listed(tx, replace(ALL, segment={}), "EEEE-EEEE", follows=old.id)
    lines = ledger.lines(tx, second.id)
    assert [line.person_id for line in lines] == here.leaders[1:]
    assert [line.channel for line in lines] == ["whatsapp", *["web"] * 8]
    (free,) = [row for row in audience.counted(tx, second, 0, 10**6, NOW) if row["channel"] == "whatsapp"]
    assert free["free"] == 0, "that one last wrote long ago"


@told
def test_an_erased_person_leaves_a_line_that_says_nothing_of_them(tx: Transaction, here: District) -> None:
    made = here.listed(tx)
    fed(tx, made, 2)
    mine = own_data.gather(tx, here.leaders[0])
    assert [line["title"] for line in mine["pengumuman_diterima"]] == ["Rapat"]
    people.readdress(tx, "web", "leader 1", "leader one")
    own_data.erase(tx, here.leaders[0], NOW)
    line, other = (recipients.of(tx, made.id, leader) for leader in here.leaders[:2])
    assert line is not None
    assert other is not None
    assert (line.outcome, line.address) == ("withheld", None)
    assert other.address == "leader one"
