"""What becomes of an announcement once it is decided: started on time, listed, fed in small steps, watched, finished.

Called again and again by the process (bot/outbound/feed.py), each time in one short transaction. Everything is found
in the database each time, so that a kill at any moment costs nothing but the moment.
"""

import logging
from datetime import timedelta

from handlers.announcement.running import feed, plan, progress, repeats
from handlers.announcement.running.gate import findings
from handlers.conversation.fault import told
from handlers.conversation.turn import Work
from handlers.conversation.words import say
from handlers.election.quiet import holds_back
from handlers.office.codes import drawn
from storage.broadcasts import archive, audience, broadcasts, ledger, plans, recipients, runs
from storage.broadcasts.broadcasts import Broadcast
from storage.database.faults import of_the_database
from storage.people import people

LOG = logging.getLogger(__name__)
CHECK_SIGNS = 8
"""Of a check code: two groups of four that can be read aloud."""
QUIET_STAGE = "quiet stage"
IN_HAND = timedelta(minutes=2)
"""How long a correction waits at the most for what is in hand: that of a messenger out of service never settles."""
PROMPT = 10_000
"""Lines that are counted in a few milliseconds, and so at every step; more of them only when progress is shown."""


def turn(work: Work) -> bool:
    """One small step for each that goes on; whether there is more to do at once."""
    going = [steps(work, broadcast.id) for broadcast in runs.going(work.tx)]
    counting = [count(work, broadcast) for broadcast in plans.waiting(work.tx)]
    return any(going) or any(counting)


def steps(work: Work, broadcast_id: int) -> bool:
    """One that fails in us is undone and stands still: it must not hold up the others for ever."""
    try:
        with work.tx.attempt():
            return step(work, broadcast_id)
    except Exception as fault:
        if of_the_database(fault):
            raise
        LOG.error("announcement %d stands still: it failed: %s", broadcast_id, told(fault))
        runs.pause(work.tx, broadcast_id, "fault", work.now)
        return False


def step(work: Work, broadcast_id: int) -> bool:
    broadcast = broadcasts.get(work.tx, broadcast_id)
    if broadcast.cancelled_at is not None:
        return close(work, broadcast, "cancelled")
    if expired(work, broadcast):
        repeat(work, broadcast)
        return close(work, broadcast, "expired")
    if broadcast.paused_at is not None:
        recipients.requeue(work.tx, broadcast.subject, "paused", work.now)  # what was in hand came back since
        return False
    if broadcast.started_at is None:
        return begin(work, broadcast)
    if broadcast.listed_at is None:
        return enlist(work, broadcast)
    if holds_back(work, broadcast.content.topic, work.now):
        stop(work, broadcast, QUIET_STAGE)
        return False
    feed.feed(work, broadcast)
    return watch(work, broadcast)


def expired(work: Work, broadcast: Broadcast) -> bool:
    return broadcast.content.expires_at is not None and work.now >= broadcast.content.expires_at


def begin(work: Work, broadcast: Broadcast) -> bool:
    """When its time has come and it is still what was approved. Far too late, it waits for a person."""
    due_at = broadcast.content.starts_at or broadcast.approved_at
    if due_at is None or work.now < due_at:
        return False
    repeat(work, broadcast)
    if against := objection(work, broadcast):
        stop(work, broadcast, against)
    elif work.now > due_at + timedelta(minutes=work.office.broadcasts.late_minutes) and not broadcast.excused:
        stop(work, broadcast, "late")
    elif holds_back(work, broadcast.content.topic, work.now):
        stop(work, broadcast, QUIET_STAGE)
    elif runs.start(work.tx, broadcast.id, work.now):
        replace_old(work, broadcast)
        return True
    return False


def objection(work: Work, broadcast: Broadcast) -> str:
    """Why it may not go out although it was approved, a word of PAUSES; much may have happened since. Empty: it may."""
    if broadcast.hash != broadcasts.fresh_digest(work.tx, broadcast):
        return "changed"
    if broadcast.urgent_why is None and broadcast.approved_by == broadcast.written_by:
        return "same person"  # two records were put together
    if broadcast.follows is not None and archive.replaced_by(work.tx, broadcast.follows):
        return "corrected"
    if broadcast.override_by is None and findings(work, broadcast):
        return "names"
    return ""


def enlist(work: Work, broadcast: Broadcast) -> bool:
    """A slice of the list. Whoever is being sent the earlier one at this moment is waited for: they are meant too."""
    waits = broadcast.started_at is None or work.now < broadcast.started_at + IN_HAND
    if waits and any(recipients.waits(work.tx, earlier) for earlier in ended_by(work, broadcast)):
        return False
    recipients.list_slice(work.tx, broadcast, work.now)
    return True  # with the last of them on the list, sending begins at once


def ended_by(work: Work, broadcast: Broadcast) -> list[int]:
    """What holds no more once this one goes out: what it corrects, the alarm it calls off; their second rounds too."""
    segment = broadcast.content.segment
    called_off = int(segment["reached"]) if segment.keys() == {"reached"} else None
    earlier = broadcast.replaces or called_off
    return archive.rounds(work.tx, earlier) if earlier else []


def replace_old(work: Work, broadcast: Broadcast) -> None:
    """What holds no more goes to nobody any more; where the same words are to come again, a person decides."""
    ended = ended_by(work, broadcast)
    by = broadcast.decided_by or broadcast.written_by
    for earlier in ended:
        runs.cancel(work.tx, earlier, broadcast.code, by, work.now)
    series = {broadcasts.get(work.tx, earlier).repeats or earlier for earlier in ended}
    for one in runs.going(work.tx):
        if one.started_at is None and series & {one.id, one.repeats}:
            stop(work, one, "corrected")


def repeat(work: Work, broadcast: Broadcast) -> None:
    """The next of its series is put down as soon as the time of this one has come."""
    first = broadcasts.get(work.tx, broadcast.repeats or broadcast.id)
    zone = work.now.tzinfo
    began = first.content.starts_at or first.approved_at
    if not first.content.repeat or began is None or zone is None:
        return
    began = began.astimezone(zone)
    following = repeats.next_start(first.content.repeat, began, work.now)
    if following is not None:
        ends = repeats.expiry(began, first.content.expires_at, following)
        runs.copy(work.tx, first, drawn(CHECK_SIGNS), following, ends, work.now)


def stop(work: Work, broadcast: Broadcast, why: str) -> None:
    """We ourselves stop it, and say so to those who answer for it."""
    if runs.pause(work.tx, broadcast.id, why, work.now):
        stopped = broadcasts.get(work.tx, broadcast.id)
        progress.tell(work, stopped)
        progress.ring(work, stopped)


def close(work: Work, broadcast: Broadcast, outcome: str) -> bool:
    """What still waits gets its outcome in small steps; then it is over."""
    recipients.requeue(work.tx, broadcast.subject, outcome, work.now)
    if recipients.close_slice(work.tx, broadcast.id, outcome, work.now, audience.SLICE):
        return True
    return finish(work, broadcast)


def finish(work: Work, broadcast: Broadcast) -> bool:
    """Over once every line has its outcome; False: there is nothing more to do at once."""
    if not recipients.waits(work.tx, broadcast.id) and runs.finish(work.tx, broadcast.id, work.now):
        progress.tell(work, broadcasts.get(work.tx, broadcast.id))
    return False


def watch(work: Work, broadcast: Broadcast) -> bool:
    """Shows how far it is, stops it when too much fails, ends it."""
    if not recipients.waits(work.tx, broadcast.id):
        return finish(work, broadcast)
    due = progress.due(work, broadcast)
    if not due and broadcast.listed > PROMPT:
        return False
    told = ledger.counts(work.tx, broadcast.id)
    if too_many_failed(work, broadcast, told.tried, told.failed + told.unknown):
        stop(work, broadcast, "failures")
    elif due:
        progress.tell(work, broadcast, told)
    return False


def too_many_failed(work: Work, broadcast: Broadcast, tried: int, failed: int) -> bool:
    """Counted anew since a person last said that it goes on."""
    forgiven = broadcast.progress.get("forgiven", [0, 0])
    tried, failed = tried - forgiven[0], failed - forgiven[1]
    rules = work.office.broadcasts
    return tried >= rules.pause_after and failed * 100 >= tried * rules.pause_failed_percent


def count(work: Work, broadcast: Broadcast) -> bool:
    """A plan too long for one turn is counted here, slice by slice; its author is told when it is done."""
    counted = plan.count(work.tx, broadcast, plan.read(broadcast.plan), 1, work.now)
    plans.keep(work.tx, broadcast.id, counted.written(), counted.upto, counted.complete)
    if counted.complete:
        author = people.get(work.tx, broadcast.written_by)
        head = say("Penerima {code} sudah dihitung.", code=broadcast.code)
        work.tell(author, head, plan.plan_lines(work, counted))
    return not counted.complete
