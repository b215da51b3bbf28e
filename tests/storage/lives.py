"""Two leaders and two officers who have done everything once: a row of theirs in every column that names somebody."""

from datetime import timedelta

from storage.broadcasts import broadcasts, proposals, segments
from storage.broadcasts.broadcasts import Content
from storage.database.database import Transaction
from storage.machine import drafts, jobs
from storage.mail import told
from storage.meetings import promises
from storage.ormas import corrections, organisations, papers
from storage.people import join_codes, preferences
from storage.tickets import events, mutes, replies, talks, tickets
from storage.tickets.tickets import NewTicket, Ticket
from tests.storage.office import HOUR, NOW, Crowd, ask

LATER = NOW + timedelta(minutes=5)


def lives(tx: Transaction, crowd: Crowd) -> None:
    """Budi and Joko each leave a row in every column that names a person."""
    for leader in crowd.leaders:
        join_codes.guess(tx, leader, NOW + timedelta(seconds=leader))
        drafts.open_draft(tx, leader, "audiensi", "", NOW + timedelta(seconds=leader))
        ask(tx, leader, crowd.forum, NOW + timedelta(hours=20 + leader))
        preferences.note(tx, leader, "semua", True, "MULAI", "web", NOW)
        corrections.propose(tx, crowd.forum, leader, "chair", "Siti", NOW)
        papers.put(tx, leader, crowd.forum, "skt", ["akta"], NOW)
        tx.run(
            """INSERT INTO attachments (person_id, channel, address, remote, name, type, received_at, due_at)
            VALUES (:person, 'web', 'x', 'r', 'n', 't', 'now', 'now')""",
            person=leader,
        )
        ticket = sends(tx, leader, crowd.forum)
        mutes.mute(tx, leader, NOW + HOUR, "sering", crowd.siti, NOW)
        announced(tx, leader, crowd.officers[leader - 1])
    talks.begin(tx, crowd.leaders[1], ticket.id, NOW)
    meeting = ask(tx, crowd.siti, crowd.forum, NOW + timedelta(hours=40))
    for officer in crowd.officers:
        jobs.put(tx, "rekap", officer, {"period": "2026"}, NOW)
        join_codes.add(tx, f"hash {officer}", "officer", NOW, NOW + HOUR)
        join_codes.use(tx, f"hash {officer}", officer, NOW)
        promise = promises.make(tx, meeting.id, "surat", "office", NOW.date(), officer, NOW)
        promises.keep(tx, promise.id, officer, NOW)
        corrections.accept(tx, officer - 2, officer, NOW)
        organisations.add(tx, f"Forum {officer}", "skt", "disability", "Kajen", officer, NOW)
        for column in ("assigned_to", "approved_by"):
            tx.run(f"UPDATE meetings SET {column} = :officer WHERE id = :officer - 2", officer=officer)
        tx.run("UPDATE memberships SET verified_by = :officer WHERE id = :officer - 2", officer=officer)
        tx.run(
            "INSERT INTO history (meeting_id, at, person_id, what) VALUES (1, 'now', :officer, 'approved')",
            officer=officer,
        )
        works(tx, officer, sends(tx, crowd.siti, crowd.forum))


def announced(tx: Transaction, leader_id: int, officer_id: int) -> None:
    """An announcement for a leader, with an officer's name in every column that takes one."""
    made = broadcasts.draft(tx, officer_id, Content("umum", "Rapat", "Besok."), f"AAAA-AAA{leader_id}", NOW)
    tx.run(
        """UPDATE broadcasts SET override_by = :officer, approved_by = :officer, decided_by = :officer,
          reviewed_by = :officer, paused_by = :officer, cancelled_by = :officer WHERE id = :id""",
        id=made.id,
        officer=officer_id,
    )
    segments.save(tx, f"Semua {leader_id}", {"all": True}, officer_id, NOW)
    line = "INSERT INTO recipients (person_id, broadcast_id) VALUES (:leader, :id)"
    tx.run(line, leader=leader_id, id=made.id)


def sends(tx: Transaction, person_id: int, organisation_id: int) -> Ticket:
    new = NewTicket(
        "masukan", "MAS", "Lampu jalan", {"Isi": "Lampu jalan"}, LATER, LATER, "named", person_id, organisation_id
    )
    return tickets.open_ticket(tx, new, NOW)


def works(tx: Transaction, officer_id: int, ticket: Ticket) -> None:
    """An officer's name in every column of a ticket that takes one."""
    tickets.take(tx, ticket.id, officer_id)
    tickets.verify(tx, ticket.id, officer_id, NOW)
    tickets.close(tx, ticket.id, officer_id, "done", NOW)
    events.add(tx, ticket.id, "closed", NOW, officer_id=officer_id, words="selesai")
    replies.write(tx, "masukan", "jawab", "Terima kasih", "Terima kasih.", officer_id, NOW)
    made = proposals.propose(tx, "reply", 0, {"words": "Terima kasih."}, officer_id, NOW)
    tx.run("UPDATE proposals SET decided_by = :officer WHERE id = :id", officer=officer_id, id=made.id)
    told.note(tx, officer_id, officer_id, "MAS-1", NOW)
    mutes.mute(tx, 1, NOW, "sering", officer_id, NOW)
