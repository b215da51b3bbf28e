"""Every verb of every noun, once, on both databases: that its SQL runs, and does what it says."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from storage.database.database import Database, NotFound, Transaction
from storage.database.moment import stamp
from storage.machine import audit, drafts, reminders
from storage.mail import attachments, claims, deliveries, inbox, outbox, transcript
from storage.mail.inbox import Arrival
from storage.meetings import history, promises
from storage.ormas import organisations
from storage.people import join_codes, own_data, people, preferences
from storage.people.people import Chat
from tests.storage.office import HOUR, NOW, Crowd, ask, gather

LATER = NOW + timedelta(days=60)


def told(noun: Callable[[Transaction, Crowd], None]) -> Callable[[Database], object]:
    """A test that is one turn in the small office."""

    async def test(database: Database) -> None:
        await database.transact(lambda tx: noun(tx, gather(tx)))

    test.__doc__ = noun.__doc__
    return test


@told
def test_people(tx: Transaction, crowd: Crowd) -> None:
    siti = people.get(tx, crowd.siti)
    assert (siti.name, siti.language, siti.version, siti.officer) == ("Siti", "id", "2026-12", False)
    people.speak(tx, crowd.siti, "en")
    people.stop(tx, crowd.siti, NOW)
    assert people.get(tx, crowd.siti).stopped
    people.resume(tx, crowd.siti)
    assert not people.get(tx, crowd.siti).stopped
    people.grant(tx, crowd.rina, "officer", NOW)
    people.grant(tx, crowd.rina, "admin", NOW)
    assert [person.id for person in people.with_roles(tx, ["officer"])] == list(crowd.officers)
    assert people.get(tx, crowd.rina).roles == {"officer", "admin"}
    with pytest.raises(NotFound):
        people.get(tx, 99)


@told
def test_chats(tx: Transaction, crowd: Crowd) -> None:
    assert people.chat_of(tx, "web", "nobody") == Chat("web", "nobody")
    chat = people.chat_of(tx, "web", "siti")
    assert people.agree(tx, chat, "2027-01", "id", LATER).version == "2027-01"
    people.unreachable(tx, "web", "siti", NOW)
    assert people.chat_of(tx, "web", "siti").unreachable_at == NOW
    people.seen(tx, chat, {"form": "request"}, NOW)
    people.show(tx, chat, {"form": "profil"})
    assert people.chats(tx, crowd.siti) == [Chat("web", "siti", crowd.siti, None, {"form": "profil"}, NOW)]


@told
def test_organisations(tx: Transaction, crowd: Crowd) -> None:
    assert organisations.names(tx) == {crowd.forum: organisations.get(tx, crowd.forum).name}
    again = organisations.join(tx, crowd.siti, crowd.forum, "Sekretaris", NOW)
    first, second = organisations.unverified(tx)
    assert (again, first.position) == (first.id, "Sekretaris")
    assert organisations.verify(tx, first.id, crowd.rina, NOW)
    assert not organisations.refuse(tx, first.id, crowd.joko, NOW)
    assert organisations.refuse(tx, second.id, crowd.joko, NOW)
    assert organisations.membership(tx, first.id).verified
    assert organisations.of_person(tx, crowd.budi) == []
    organisations.leave(tx, crowd.siti, NOW)
    assert organisations.in_organisation(tx, crowd.siti, crowd.forum) is None
    for missing in (organisations.get, organisations.membership):
        with pytest.raises(NotFound):
            missing(tx, 99)


@told
def test_join_codes(tx: Transaction, crowd: Crowd) -> None:
    join_codes.add(tx, "one", "officer", NOW, NOW + HOUR)
    join_codes.add(tx, "two", "officer", NOW, NOW)
    assert join_codes.use(tx, "one", crowd.siti, NOW) == "officer"
    assert join_codes.use(tx, "one", crowd.budi, NOW) is join_codes.use(tx, "two", crowd.budi, NOW) is None
    join_codes.guess(tx, crowd.siti, NOW)
    assert join_codes.guesses(tx, crowd.siti, NOW - HOUR) == 1
    join_codes.tidy(tx, LATER)
    assert join_codes.guesses(tx, crowd.siti, NOW - HOUR) == 0


@told
def test_inbox(tx: Transaction, crowd: Crowd) -> None:
    arrivals = [Arrival("web", key, key.encode()) for key in "abca"]
    assert inbox.put(tx, arrivals, NOW) == 3
    one, two, three = inbox.waiting(tx, ["telegram", "web"], 10)
    assert [letter.raw for letter in (one, two, three)] == [b"a", b"b", b"c"]
    inbox.done(tx, one.id, "siti", NOW)
    inbox.forget(tx, two.id, NOW)
    inbox.park(tx, three.id, "unreadable", NOW)
    assert inbox.waiting(tx, ["web"], 10) == []
    assert [row["fault"] for row in inbox.parked(tx)] == ["unreadable"]
    assert inbox.tidy(tx, LATER, NOW) == 2, "what was set aside is emptied too"
    assert inbox.tidy(tx, LATER, LATER) == 0
    assert inbox.put(tx, arrivals, NOW) == 3


@told
def test_drafts(tx: Transaction, crowd: Crowd) -> None:
    draft = drafts.open_draft(tx, crowd.siti, "request", "", NOW)
    draft.answers["topic"] = "Jalan “Sindoro” 100 %"
    drafts.save(tx, draft, NOW)
    assert drafts.open_draft(tx, crowd.siti, "request", "", NOW) == draft
    assert drafts.abandoned(tx, NOW) == drafts.stale(tx, NOW) == drafts.of_person(tx, crowd.siti) == [draft]
    drafts.nudged(tx, draft.id, NOW)
    assert drafts.abandoned(tx, NOW) == []
    drafts.close(tx, draft.id)
    assert drafts.find(tx, crowd.siti, draft.id) is None


@told
def test_attachments(tx: Transaction, crowd: Crowd) -> None:
    one, two = (
        attachments.add(tx, crowd.siti, "web", "siti", f"r{n}", "surat.pdf", "application/pdf", None, NOW)
        for n in range(2)
    )
    assert [file.id for file in attachments.waiting(tx, "web", NOW)] == [one, two]
    assert attachments.stored(tx, one, "f00d", "application/pdf", 3_000_000_000, NOW)
    attachments.later(tx, two, LATER)
    assert attachments.waiting(tx, "web", NOW) == []
    assert attachments.get(tx, one).size == 3_000_000_000
    attachments.refuse(tx, two, "not a letter", NOW)
    assert [file.refused for file in attachments.of_person(tx, crowd.siti)] == [False, True]
    assert attachments.shared(tx, "f00d")
    assert attachments.hashes(tx) == {"f00d"}
    assert attachments.forget(tx, crowd.siti, NOW) == ["f00d"]
    assert not attachments.stored(tx, one, "f00d", "application/pdf", 9, NOW), "forgotten while it was fetched"
    assert attachments.hashes(tx) == set()
    with pytest.raises(NotFound):
        attachments.get(tx, 99)


@told
def test_reminders(tx: Transaction, crowd: Crowd) -> None:
    for _ in range(2):
        reminders.set(tx, "meeting", crowd.siti, "basis", NOW)
    [reminder] = reminders.due(tx, NOW)
    reminders.done(tx, reminder.id, "sent", NOW)
    assert reminders.due(tx, NOW) == []


@told
def test_promises_history_and_audit(tx: Transaction, crowd: Crowd) -> None:
    meeting = ask(tx, crowd.siti, crowd.forum)
    promise = promises.make(tx, meeting.id, "surat", "office", NOW.date(), crowd.rina, NOW)
    assert promises.of_meeting(tx, meeting.id) == [promise] == [promises.get(tx, promise.id)]
    assert promises.keep(tx, promise.id, crowd.joko, NOW)
    assert not promises.keep(tx, promise.id, crowd.rina, NOW)
    history.add(tx, meeting.id, crowd.siti, "requested", "ingin bertemu", NOW)
    history.forget(tx, crowd.siti)
    assert [(row["what"], row["why"]) for row in history.of_meeting(tx, meeting.id)] == [("requested", None)]
    audit.add(tx, crowd.rina, "officer", "approved", "meeting:1", None, NOW)
    assert [row["what"] for row in audit.of_subject(tx, "meeting:1")] == ["approved"]
    assert [row["what"] for row in audit.of_person(tx, crowd.rina)] == ["approved"]
    with pytest.raises(NotFound):
        promises.get(tx, 99)


@told
def test_transcript(tx: Transaction, crowd: Crowd) -> None:
    said = transcript.add(tx, "siti", True, {"text": "halo"}, "k1", NOW)
    assert said is not None
    assert said.mine
    assert transcript.add(tx, "siti", True, {"text": "halo"}, "k1", NOW) is None
    assert transcript.add(tx, "guest", False, {"text": "halo"}, "k2", NOW)
    assert transcript.after(tx, "siti", 0) == [said]
    transcript.forget_strangers(tx, LATER)
    assert transcript.after(tx, "guest", 0) == []
    transcript.forget(tx, "siti")
    assert transcript.after(tx, "siti", 0) == []


@told
def test_own_data(tx: Transaction, crowd: Crowd) -> None:
    """Gathered in plain values, erased without a trace of the name."""
    ask(tx, crowd.siti, crowd.forum)
    attachments.add(tx, crowd.siti, "web", "siti", "r", "surat.pdf", "application/pdf", 9, NOW)
    inbox.put(tx, [Arrival("web", "k", "halo é".encode())], NOW)
    inbox.done(tx, inbox.waiting(tx, ["web"], 1)[0].id, "siti", NOW)
    own = own_data.gather(tx, crowd.siti)
    assert own["diri"]["name"] == "Siti"
    assert own["pesan_masuk"] == [{"received_at": stamp(NOW), "raw": "halo é"}]
    assert own_data.erase(tx, crowd.siti, LATER) == []
    assert people.chats(tx, crowd.siti) == []
    assert own_data.gather(tx, crowd.siti)["diri"]["name"] is None


@told
def test_preferences(tx: Transaction, crowd: Crowd) -> None:
    """The last word about a topic counts, and all of them stay."""
    assert not preferences.unwanted(tx, crowd.siti, "kegiatan")
    for wanted in (False, True, False):
        preferences.note(tx, crowd.siti, "kegiatan", wanted, "stop", "web", NOW)
        assert preferences.unwanted(tx, crowd.siti, "kegiatan") is not wanted
    assert not preferences.unwanted(tx, crowd.siti, "hibah")


@told
def test_deliveries(tx: Transaction, crowd: Crowd) -> None:
    """A status goes forward only, opens what failed again, and waits for its message."""
    outbox.put(tx, "web", "siti", "notice", '{"text": "Halo", "template": {}}', NOW, priority=outbox.NOTICE)
    (parcel,) = claims.claim(tx, ["web"], 5, NOW)
    outbox.judged(tx, parcel.id, "template", "window closed: by template")
    deliveries.keep_early(tx, "web", "wamid.1", "delivered", NOW, NOW)
    assert deliveries.find(tx, "web", "wamid.1", None, ()) is None
    outbox.settle(tx, parcel.id, "sent", NOW, receipt="wamid.1")
    deliveries.catch_up(tx, "web", "wamid.1")
    sent = deliveries.find(tx, "web", "wamid.1", None, ())
    assert sent is not None
    assert (sent.id, sent.state, sent.has_template) == (parcel.id, "delivered", True)
    assert not deliveries.forward(tx, sent, "sent", "wamid.1", NOW)
    assert deliveries.reach(tx, "web", "another", NOW) == (1, NOW)
    assert deliveries.reach(tx, "web", "siti", NOW) == (0, None)
    assert len(deliveries.unread(tx, "web", "siti")) == 1
    deliveries.retold(tx, "web", "siti", NOW)
    assert deliveries.unread(tx, "web", "siti") == []
    deliveries.reopen(tx, sent, LATER, "failed")
    assert [again.id for again in claims.claim(tx, ["web"], 5, LATER)] == [parcel.id]
    outbox.settle(tx, parcel.id, "sent", LATER, attempt=parcel.attempts)
    again = outbox.get(tx, parcel.id)
    assert again.attempts == parcel.attempts + 1
    assert deliveries.last_notice(tx, "web", "siti") is None, "the answer to an attempt that failed ends nothing"
    deliveries.fail(tx, sent, "131026", LATER)
    last = deliveries.last_notice(tx, "web", "siti")
    assert last is not None
    assert (last["outcome"], last["reason"]) == ("refused", "131026")
    outbox.copy(tx, parcel.id, "telegram", "42", LATER)
    assert len(outbox.waiting_notices(tx, "telegram", "42")) == 1
    deliveries.keep_early(tx, "web", "wamid.9", "read", NOW, NOW)
    deliveries.tidy(tx, LATER)
    assert tx.all("SELECT * FROM early_statuses") == []
