"""Counting over a period: every ticket once, however it is read; states as the nouns themselves derive them."""

from datetime import timedelta

from storage.database.database import Transaction
from storage.machine import jobs
from storage.meetings import meetings
from storage.ormas import duty
from storage.tickets import recap, tickets
from storage.tickets.recap import Line
from storage.tickets.tickets import NewTicket
from tests.storage.office import HOUR, NOW, Crowd, ask
from tests.storage.test_nouns import told

DAY = timedelta(days=1)


@told
def test_a_thousand_tickets_are_read_in_pages_each_of_them_once(tx: Transaction, crowd: Crowd) -> None:
    for number in range(1000):
        new = NewTicket("masukan", "MAS", "", {}, NOW + DAY, NOW + DAY, person_id=crowd.siti)
        tickets.open_ticket(tx, new, NOW + timedelta(minutes=number // 300))
    last: Line | None = None
    read: list[Line] = []
    while page := recap.lines(tx, "masukan", NOW, NOW + HOUR, NOW, last, 70):
        read += page
        last = page[-1]
    assert len(read) == len({line.id for line in read}) == 1000
    assert [line.opened_at for line in read] == sorted(line.opened_at for line in read)
    assert recap.count(tx, ["laporan", "masukan"], NOW, NOW + HOUR, 5000) == 1000
    assert recap.count(tx, ["masukan"], NOW, NOW + HOUR, 7) == 7
    assert recap.count(tx, ["masukan"], NOW + HOUR, NOW + DAY, 7) == 0
    assert recap.count(tx, [], NOW, NOW + HOUR, 7) == 0


@told
def test_meetings_are_counted_in_the_state_they_have(tx: Transaction, crowd: Crowd) -> None:
    made = [ask(tx, crowd.siti, crowd.forum, NOW + number * HOUR) for number in range(1, 8)]
    meetings.cancel(tx, made[0].id, NOW)
    meetings.reject(tx, made[1].id, NOW)
    for meeting in made[2:5]:
        meetings.approve(tx, meeting.id, crowd.rina, NOW)
    meetings.record(tx, made[2].id, True, "", NOW)
    meetings.record(tx, made[3].id, False, "", NOW)
    meetings.propose(tx, made[5], NOW + DAY, NOW + DAY + HOUR, crowd.rina, NOW)
    states = [meetings.get(tx, meeting.id).state for meeting in made]
    assert len(set(states)) == 7
    assert recap.meetings(tx, NOW, NOW + DAY) == dict.fromkeys(states, 1)
    assert recap.meetings(tx, NOW + HOUR, NOW + 2 * HOUR) == {"cancelled": 1}


@told
def test_a_ticket_is_late_when_a_word_of_the_office_was_or_is(tx: Transaction, crowd: Crowd) -> None:
    def late(*, responded: int | None = None, closed: int | None = None, asked: bool = False) -> bool:
        new = NewTicket("masukan", "MAS", "", {}, NOW + 2 * HOUR, NOW + 4 * HOUR)
        ticket = tickets.open_ticket(tx, new, NOW)
        if responded is not None:
            tickets.respond(tx, ticket.id, NOW + responded * HOUR)
        if asked:
            tickets.ask(tx, ticket.id, "", NOW)
        if closed is not None:
            tickets.close(tx, ticket.id, None, "done", NOW + closed * HOUR)
        lines = recap.lines(tx, "masukan", NOW, NOW + DAY, NOW + 3 * HOUR, None, 100)
        return next(line.late for line in lines if line.id == ticket.id)

    assert late()
    assert not late(asked=True)
    assert not late(responded=1)
    assert late(responded=3)
    assert not late(responded=1, closed=4)
    assert late(responded=1, closed=5)


@told
def test_who_owes_a_report(tx: Transaction, crowd: Crowd) -> None:
    assert duty.groups(tx, "2026-2") == [duty.Group("skt", "Kajen", 1, 0, 1)]
    assert duty.to_remind(tx, "2026-2", 0, 10) == [], "nobody leads it yet"
    tx.run("UPDATE memberships SET verified_at = 'then' WHERE person_id = :siti", siti=crowd.siti)
    assert duty.to_remind(tx, "2026-2", 0, 10) == [crowd.forum]
    assert duty.to_remind(tx, "2026-2", crowd.forum, 10) == []
    new = NewTicket("laporan", "LAP", "", {}, NOW, NOW, organisation_id=crowd.forum, period="2026-2")
    report = tickets.open_ticket(tx, new, NOW)
    assert duty.groups(tx, "2026-2") == [duty.Group("skt", "Kajen", 1, 1, 0)]
    assert not duty.owing(tx, "2026-2", "", "", 10)
    assert not duty.to_remind(tx, "2026-2", 0, 10)
    assert duty.owing(tx, "2026-1", "skt", "Kajen", 10) == ["Forum Melati"]
    assert not duty.owing(tx, "2026-1", "skt", "Doro", 10)
    assert not duty.groups(tx, "2026-1", "belum")
    tickets.close(tx, report.id, None, "withdrawn", NOW)
    assert duty.owing(tx, "2026-2", "", "", 10) == ["Forum Melati"]


@told
def test_jobs(tx: Transaction, crowd: Crowd) -> None:
    assert jobs.begin(tx, NOW, NOW + HOUR) is None
    assert jobs.put(tx, "rekap", crowd.rina, {"period": "2026"}, NOW)
    assert not jobs.put(tx, "rekap", crowd.rina, {"period": "2026"}, NOW)
    assert jobs.put(tx, "rekap", crowd.joko, {"period": "2026"}, NOW + HOUR)
    first = jobs.begin(tx, NOW, NOW + HOUR)
    assert first is not None
    assert (first.person_id, first.arguments, first.attempts) == (crowd.rina, {"period": "2026"}, 1)
    assert jobs.begin(tx, NOW, NOW + HOUR) is None, "it is in somebody's hands"
    again = jobs.begin(tx, NOW + HOUR, NOW + DAY)
    assert again is not None
    assert (again.id, again.attempts) == (first.id, 2)
    jobs.later(tx, first.id, NOW)
    assert jobs.begin(tx, NOW, NOW + HOUR) is not None
    assert jobs.done(tx, first.id, "made", NOW)
    assert not jobs.done(tx, first.id, "failed", NOW), "the first decides"
    jobs.made(tx, first.id, "a", NOW)
    jobs.made(tx, first.id, "a", NOW)
    assert jobs.tidy(tx, NOW, NOW) == 0
    assert jobs.tidy(tx, NOW + HOUR, NOW) == 1
    jobs.made(tx, first.id, "a", NOW)
    jobs.forget(tx, crowd.rina)
    assert [row["person_id"] for row in tx.all("SELECT person_id FROM jobs")] == [crowd.joko]
    assert tx.all("SELECT * FROM made_files") == []
