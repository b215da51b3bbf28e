"""`/umumkan` and `/arsip`: what an officer can begin or go on with, and every announcement that ever was."""

from handlers.announcement.running.words import state_words
from handlers.announcement.topics import TOPICS
from handlers.announcement.writing.begin import NEW
from handlers.announcement.writing.card import head
from handlers.announcement.writing.saved import SHOW as SAVED
from handlers.announcement.writing.second_person import waiting_lines
from handlers.conversation.catalogue import Action
from handlers.conversation.turn import Choice, Turn, Work
from handlers.conversation.words import Text, lines, say
from handlers.telling.officers import APPROVERS, OFFICERS, called
from storage.broadcasts import approvals, archive, ledger, runs, segments
from storage.broadcasts.broadcasts import Broadcast
from storage.people import people

PAGE = 8
"""Announcements on a page of the archive: with "older" they fit a list of every messenger."""


def home(turn: Turn, rest: str) -> None:  # noqa: ARG001
    """`/umumkan`."""
    drafts, going = approvals.drafts_of(turn.tx, turn.person.id), runs.going(turn.tx)
    approves = bool(turn.person.roles & APPROVERS)
    reviews = [one for one in approvals.to_review(turn.tx) if turn.person.id not in (one.written_by, one.decided_by)]
    turn.say(
        say("Pengumuman: apa yang ingin dikerjakan?"),
        lines(say("Konsep Bapak/Ibu:"), *map(short, drafts)) if drafts else "",
        lines(say("Sedang berjalan atau menunggu waktunya:"), *map(short, going)) if going else "",
        choices=[
            NEW.on(0),
            *(Choice(f"a.konsep-umum.{one.id}", say("Konsep {code}", code=one.code)) for one in drafts[:3]),
            *(waiting_lines(turn) if approves else ()),
            *(Choice(f"a.tinjau-umum.{one.id}", say("Tinjau {code}", code=one.code)) for one in reviews if approves),
            *(Choice(f"a.umum.{one.id}", say("Lihat {code}", code=one.code)) for one in going[:3]),
            *([SAVED.on(0)] if segments.named(turn.tx) else ()),
            ARCHIVE.on(0),
        ],
    )


def short(broadcast: Broadcast) -> Text:
    return say("{head}. {state}.", head=head(broadcast), state=state_words(broadcast))


def show_archive(turn: Turn, rest: str) -> None:  # noqa: ARG001
    """`/arsip`."""
    page(turn, "0")


def page(turn: Turn, record: str) -> None:
    """Those before one of them, the newest first; all from the newest on for 0."""
    before = int(record) or None
    found = archive.page(turn.tx, before, PAGE + 1)
    shown, older = found[:PAGE], len(found) > PAGE
    if not shown:
        turn.say(say("Belum ada pengumuman di arsip."), choices=[NEW.on(0)])
        return
    turn.say(
        say("Arsip pengumuman, yang terbaru dahulu:"),
        *(archive_lines(turn, one) for one in shown),
        choices=[
            *(Choice(f"a.umum.{one.id}", one.code, one.code) for one in shown),
            *([Choice(f"a.{ARCHIVE.name}.{shown[-1].id}", say("Yang lebih lama"))] if older else ()),
        ],
    )


def archive_lines(work: Work, broadcast: Broadcast) -> Text:
    """Version, author, approver, hash and numbers of one."""
    counts = ledger.counts(work.tx, broadcast.id)
    return lines(
        say("{head}. {topic}.", head=head(broadcast), topic=TOPICS[broadcast.content.topic]),
        say(
            "{state}. Penulis {author}; {decided}.",
            state=state_words(broadcast),
            author=called(people.get(work.tx, broadcast.written_by)),
            decided=decided_by(work, broadcast),
        ),
        say("Dikecualikan dari gerbang netralitas: {why}", why=broadcast.override_why) if broadcast.override_by else "",
        say(
            "Sidik {hash}. Terkirim {sent} dari {all}, dijawab {answered}.",
            hash=(broadcast.hash or "-")[:12],
            sent=counts.sent,
            all=counts.listed,
            answered=counts.answered,
        ),
    )


def decided_by(work: Work, broadcast: Broadcast) -> Text:
    if broadcast.urgent_why is not None:
        return say("dikirim darurat: {why}", why=broadcast.urgent_why)
    if broadcast.decided_by is None:
        return say("belum diputuskan")
    who = called(people.get(work.tx, broadcast.decided_by))
    if broadcast.approved_at is not None:
        return say("disetujui {who}", who=who)
    return say("ditolak {who}", who=who) if broadcast.rejected_at else say("dikembalikan {who}", who=who)


ARCHIVE = Action("arsip-umum", page, say("Arsip"), roles=OFFICERS)
ACTIONS = [ARCHIVE]
