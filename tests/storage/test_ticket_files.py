"""Files of tickets: handed over whole, without whoever sent them; and which stored files somebody still needs."""

from datetime import timedelta

import pytest

from storage.database.database import NotFound, Transaction
from storage.machine import drafts
from storage.mail import attachments, claims, outbox
from storage.tickets import files, tickets
from storage.tickets.tickets import ANONYMOUS, NAMED, NewTicket
from tests.storage.office import NOW, Crowd
from tests.storage.test_nouns import told

LATER = NOW + timedelta(days=2)


def opened(tx: Transaction, person: int, privacy: str = NAMED) -> int:
    new = NewTicket("masukan", "MAS", "Jalan", {}, LATER, LATER, privacy=privacy, person_id=person)
    return tickets.open_ticket(tx, new, NOW).id


def sent(tx: Transaction, person: int, name: str = "siti.jpg") -> int:
    return attachments.add(
        tx, person, "web", "siti", "r", name, "image/jpeg", 9, NOW, purpose="files", note="jembatan", seconds=None
    )


@told
def test_what_is_there_is_handed_over_at_once_and_the_rest_when_it_comes(tx: Transaction, crowd: Crowd) -> None:
    there, coming = sent(tx, crowd.siti), sent(tx, crowd.siti, "surat.pdf")
    attachments.stored(tx, there, "f00d", "image/png", 12, NOW, "cafe")
    ticket = opened(tx, crowd.siti)
    files.attach(tx, ticket, [there, coming], "photos", NOW)
    first, second = files.of_ticket(tx, ticket)
    assert (first.number, first.sha256, first.preview, first.type, first.size) == (1, "f00d", "cafe", "image/png", 12)
    assert (first.note, first.place, second.number, second.waiting) == ("jembatan", "photos", 2, True)
    with pytest.raises(NotFound):
        attachments.get(tx, there)
    assert files.hand_over(tx, coming) is None, "it is neither stored nor refused"
    attachments.refuse(tx, coming, "bomb", NOW)
    handed = files.hand_over(tx, coming)
    assert handed is not None
    assert (handed.id, handed.reason, handed.waiting) == (second.id, "bomb", False)
    assert tx.all("SELECT 1 FROM attachments") == []
    assert files.get(tx, first.id) == first


@told
def test_a_ticket_without_a_name_keeps_the_picture_for_reading_alone(tx: Transaction, crowd: Crowd) -> None:
    photo = sent(tx, crowd.siti, "Siti Aminah.jpg")
    ticket = opened(tx, crowd.siti, ANONYMOUS)
    files.attach(tx, ticket, [photo], "photos", NOW)
    attachments.stored(tx, photo, "f00d", "image/jpeg", 12, NOW, "cafe")
    files.hand_over(tx, photo)
    row = tx.one("SELECT * FROM ticket_files")
    assert row is not None
    assert (row["name"], row["sha256"], row["preview"], row["at"]) == ("foto-1", "cafe", "cafe", None)
    assert "Siti" not in str(dict(row))
    assert not attachments.shared(tx, "f00d")


@told
def test_a_file_is_asked_for_again_once(tx: Transaction, crowd: Crowd) -> None:
    ticket = opened(tx, crowd.siti)
    files.attach(tx, ticket, [sent(tx, crowd.siti)], "photos", NOW)
    (file,) = files.of_ticket(tx, ticket)
    assert files.missing(tx, file.id, NOW)
    assert not files.missing(tx, file.id, NOW)
    assert files.get(tx, file.id).again


@told
def test_only_what_nobody_else_has_is_dropped(tx: Transaction, crowd: Crowd) -> None:
    """The same photo of two people is stored once, and stays as long as one of them needs it."""
    mine, theirs, waiting = sent(tx, crowd.siti), sent(tx, crowd.budi), sent(tx, crowd.siti)
    for file in (mine, theirs):
        attachments.stored(tx, file, "f00d", "image/jpeg", 9, NOW, "cafe")
    ticket, other = opened(tx, crowd.siti), opened(tx, crowd.budi)
    files.attach(tx, ticket, [mine, waiting], "photos", NOW)
    files.attach(tx, other, [theirs], "photos", NOW)
    assert attachments.hashes(tx) == {"f00d", "cafe"}
    assert files.forget(tx, ticket) == []
    assert tx.all("SELECT 1 FROM attachments") == [], "what was still to come is not waited for"
    assert files.forget(tx, other) == ["cafe", "f00d"]
    assert attachments.hashes(tx) == set()


@told
def test_what_was_to_come_from_an_erased_person_does_not(tx: Transaction, crowd: Crowd) -> None:
    ticket = opened(tx, crowd.siti, ANONYMOUS)
    files.attach(tx, ticket, [sent(tx, crowd.siti)], "photos", NOW)
    files.orphaned(tx, crowd.siti)
    attachments.forget(tx, crowd.siti, NOW)
    (file,) = files.of_ticket(tx, ticket)
    assert (file.reason, file.waiting) == ("erased", False)


@told
def test_files_of_open_forms_and_tickets_are_in_use(tx: Transaction, crowd: Crowd) -> None:
    several, voice, handed, left = (sent(tx, crowd.siti) for _ in range(4))
    draft = drafts.open_draft(tx, crowd.siti, "masukan", "", NOW)
    draft.answers |= {"papers~": f"{several},99", "words": f"suara:{voice}", "who": "Siti, 12"}
    drafts.save(tx, draft, NOW)
    files.attach(tx, opened(tx, crowd.siti), [handed], "photos", NOW)
    assert attachments.unused(tx, LATER) == 1
    assert left not in [file.id for file in attachments.of_person(tx, crowd.siti)]


@told
def test_what_waits_to_be_replaced_is_replaced_or_sent_first(tx: Transaction, crowd: Crowd) -> None:
    soon = NOW + timedelta(seconds=3)
    outbox.put(tx, "web", "siti", "reply", "1", NOW, due_at=soon, subject="files:1")
    assert claims.claim(tx, ["web"], 9, NOW) == []
    outbox.hurry(tx, "files:1", NOW)
    outbox.put(tx, "web", "siti", "reply", "2", NOW)
    assert [parcel.body for parcel in claims.claim(tx, ["web"], 9, NOW)] == ["1", "2"]
    assert outbox.take_back(tx, "files:1", NOW) == 0, "it is under way already"
