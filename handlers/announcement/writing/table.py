"""What became of an announcement as a table, a line for each recipient, and as a picture of the numbers."""

import json
from typing import Any

from handlers.announcement.running.plan import REASONS
from handlers.announcement.writing.card import head, whom
from handlers.announcement.writing.draft import CODES
from handlers.announcement.writing.report import OUTCOMES, answer_words
from handlers.conversation.catalogue import Action
from handlers.conversation.message import Document
from handlers.conversation.turn import Said, Turn, Work
from handlers.conversation.words import Text, in_language, lines, say
from handlers.office.moments import in_full
from handlers.recap.ask import PNG, XLSX, answer_later
from handlers.recap.chart import bar, panel
from handlers.telling.officers import OFFICERS, audit
from handlers.telling.reach import MESSENGERS
from storage.broadcasts import broadcasts, ledger
from storage.broadcasts.broadcasts import Broadcast
from storage.broadcasts.ledger import Line
from storage.machine import jobs
from storage.machine.jobs import Job
from storage.ormas import organisations
from storage.people import people

JOB = "siaran"
INDONESIAN = "id"
HEADINGS: tuple[Text, ...] = (
    say("Nama"),
    say("Ormas"),
    say("Aplikasi"),
    say("Hasil"),
    say("Sebab"),
    say("Waktu"),
    say("Sampai"),
    say("Dibaca"),
    say("Jawaban"),
    say("Waktu jawaban"),
)


def ask(turn: Turn, record: str) -> None:
    """Asked for in a turn, made beside the turns, sent when it is ready."""
    broadcast = broadcasts.get(turn.tx, int(record))
    audit(turn, "broadcast-table", broadcast.subject)
    jobs.put(turn.tx, JOB, turn.person.id, {"broadcast": str(broadcast.id)}, turn.now)
    turn.say(say("Tabel dan gambar {code} sedang dibuat; kami kirim bila sudah siap.", code=broadcast.code))


def of_job(work: Work, job: Job) -> Broadcast | None:
    """What the job is about; None when whoever asked may not see it any more."""
    if not people.get(work.tx, job.person_id).roles & OFFICERS:
        jobs.done(work.tx, job.id, "void", work.now)
        return None
    return broadcasts.get(work.tx, int(job.arguments["broadcast"]))


def sheets(work: Work, broadcast: Broadcast) -> dict[str, Any]:
    """How the sheets are called, and what stands on the second one (bot/work/draw.py)."""
    about = [
        (say("Pengumuman"), head(broadcast)),
        (say("Penerima"), whom(work, broadcast)),
        (say("Dibuat"), in_full(work, work.now)),
        (say("Mohon dijaga"), say("Tabel ini memuat data pribadi. Simpan seperlunya dan hapus bila sudah selesai.")),
    ]
    return {
        "title": plain(say("Penerima")),
        "headings": [plain(heading) for heading in HEADINGS],
        "days": [],
        "about": plain(say("Keterangan")),
        "remarks": [[plain(name), plain(value)] for name, value in about],
    }


def rows(work: Work, broadcast: Broadcast, after: int) -> list[tuple[int, str]]:
    """A page of the table: the number of each line in the ledger, and the line as JSON."""
    return [
        (line.id, json.dumps([plain(cell) for cell in cells(work, broadcast, line)]))
        for line in ledger.lines(work.tx, broadcast.id, after)
    ]


def cells(work: Work, broadcast: Broadcast, line: Line) -> list[Text]:
    places = organisations.of_person(work.tx, line.person_id)
    moments = (line.sent_at, line.delivered_at, line.read_at)
    return [
        line.name or say("(data dihapus)"),
        ", ".join(place.organisation.name for place in places),
        MESSENGERS.get(line.channel or "", line.channel or ""),
        OUTCOMES[line.outcome],
        REASONS.get(line.reason, line.reason) if line.reason else "",
        *(in_full(work, moment) if moment else "" for moment in moments),
        answer_words(broadcast, line.answer) if line.answer else "",
        in_full(work, line.answered_at) if line.answered_at else "",
    ]


def picture(work: Work, broadcast: Broadcast) -> dict[str, Any]:
    """What became of it, by outcome, by messenger and by answer (bot/work/draw.py)."""
    counts = ledger.counts(work.tx, broadcast.id)
    outcomes = [(label, counts.of(outcome)) for outcome, label in OUTCOMES.items()]
    ways = [(MESSENGERS.get(name, name), sum(told.values())) for name, told in counts.by_channel.items() if name]
    answers = [(answer_words(broadcast, key), n) for key, n in ledger.answers(work.tx, broadcast.id).items()]
    silent = [(say("belum menjawab"), counts.listed - counts.answered)] if broadcast.content.question else []
    panels = [
        panel(title, [bar(label, [number], str(number)) for label, number in told if number])
        for title, told in (
            (say("Hasil pengiriman"), outcomes),
            (say("Menurut aplikasi"), ways),
            (say("Jawaban penerima"), [*answers, *silent]),
        )
    ]
    figures = [(counts.listed, say("penerima")), (counts.sent, say("terkirim")), (counts.answered, say("menjawab"))]
    return {
        "office": work.office.name,
        "title": plain(head(broadcast)),
        "foot": plain(say("Dihitung {when}", when=in_full(work, work.now))),
        "figures": [[str(number), plain(words)] for number, words in figures],
        "empty": "" if counts.listed else plain(say("Belum ada penerima.")),
        "panels": [one for one in panels if one["bars"]],
    }


def in_words(work: Work, broadcast: Broadcast) -> Text:
    """What is on the picture, for whoever does not see it."""
    drawn = picture(work, broadcast)
    told = [say("{label}: {number}", label=words, number=number) for number, words in drawn["figures"]]
    return lines(head(broadcast), *told)


def hand_over(work: Work, job: Job, broadcast: Broadcast, drawn: str, table: str) -> None:
    """What was made goes out, under the hashes it has on the shelf; unless somebody else was quicker."""
    if not jobs.done(work.tx, job.id, "made", work.now):
        return
    for sha256 in (drawn, table):
        jobs.made(work.tx, job.id, sha256, work.now)
    person, words = people.get(work.tx, job.person_id), in_words(work, broadcast)
    alt = in_language(words, person.language)
    caution = say("Tabel ini memuat data pribadi. Simpan seperlunya dan hapus bila sudah selesai.")
    png = Document(f"{broadcast.code}.png", PNG, sha256=drawn, alt=alt)
    xlsx = Document(f"{broadcast.code}.xlsx", XLSX, sha256=table)
    answer_later(work, job, person, [Said(words, document=png), Said(caution, document=xlsx)])


def give_up(work: Work, job: Job) -> None:
    """It could not be made, several times over: whoever asked is told."""
    if jobs.done(work.tx, job.id, "failed", work.now):
        code = broadcasts.get(work.tx, int(job.arguments["broadcast"])).code
        sorry = say("Mohon maaf, tabel {code} tidak berhasil dibuat. Silakan coba lagi nanti.", code=code)
        answer_later(work, job, people.get(work.tx, job.person_id), [Said(sorry)])


def plain(words: Text) -> str:
    return in_language(words, INDONESIAN)


ACTIONS = [Action("tabel-umum", ask, say("Tabel dan gambar"), "tabel", OFFICERS, CODES)]
