"""`/rekap`: asks for the period and answers with the numbers at once; picture and table follow, made meanwhile."""

from collections.abc import Sequence

from handlers.conversation.catalogue import only_for
from handlers.conversation.form import Form, start
from handlers.conversation.message import Document
from handlers.conversation.turn import Said, Turn, Work, parts
from handlers.conversation.words import Text, in_language, lines, paragraphs, say
from handlers.recap import counts, periods
from handlers.recap.counts import Recap
from handlers.recap.periods import Span, span_of
from handlers.recap.words import told
from handlers.telling.officers import OFFICERS, audit
from handlers.telling.rights import kinds_for
from storage.machine import jobs
from storage.machine.jobs import Job
from storage.mail import outbox
from storage.people import people
from storage.people.people import Person

JOB = "rekap"
AT_ONCE = 1000
"""Tickets that are counted within a turn (some 50 ms); of more, the numbers come with the picture."""
PNG, XLSX = "image/png", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Recapitulation(Form, name="rekap"):
    """One question; what is asked for most stands under it."""

    title = say("Rekap pelayanan")
    review = False
    span: Span = span_of(
        say("Masa"), say("Rekap untuk masa yang mana? Pilih, atau tulis misalnya Januari 2026 atau semester 1 2026.")
    )

    def refusal(self) -> Text | None:
        return None if kinds_for(self.turn.person, "export") else only_for(OFFICERS, self.turn.person)

    def finish(self) -> None:
        answer(self.turn, self.span)


def ask(turn: Turn, rest: str) -> None:
    """`/rekap`, or at once: `/rekap Januari 2026`."""
    span = periods.read(rest, turn.now.date()) if rest else None
    if span is None or span.start > turn.now.date():
        start(turn, Recapitulation)
    else:
        answer(turn, span)


def answer(turn: Turn, span: Span) -> None:
    """The numbers, unless they take too long to count within a turn; then they come with the picture."""
    kinds = kinds_for(turn.person, "export")
    audit(turn, "recap", span.key)
    if counts.many(turn, span, kinds, AT_ONCE):
        jobs.put(turn.tx, JOB, turn.person.id, {"period": span.key}, turn.now)
        turn.say(
            say("Kirimannya banyak. Rekap {period} kami hitung dahulu; sebentar lagi kami kirim.", period=span.label)
        )
        return
    recap = counts.recap_of(turn, span, kinds, counts.tally_all(turn, span, kinds))
    follows = shows_something(recap)
    if follows:
        jobs.put(turn.tx, JOB, turn.person.id, {"period": span.key}, turn.now)
    turn.say(
        *told(turn, recap),
        say("Gambar dan tabelnya sedang kami buat; sebentar lagi kami kirim ke sini.") if follows else "",
    )


def shows_something(recap: Recap) -> bool:
    return not recap.empty or any(groups for _, groups in recap.duty)


def hand_over(work: Work, job: Job, recap: Recap, picture: str, table: str | None) -> None:
    """What was made goes out, under the hashes it has on the shelf; unless somebody else was quicker."""
    if not jobs.done(work.tx, job.id, "made", work.now):
        return
    for sha256 in filter(None, (picture, table)):
        jobs.made(work.tx, job.id, sha256, work.now)
    person = people.get(work.tx, job.person_id)
    about_picture = say("Gambar rekap {period}; angkanya ada di pesan sebelumnya.", period=recap.span.label)
    alt = in_language(about_picture, person.language)
    name, title = f"rekap-{recap.span.key}", say("Rekap {period}", period=recap.span.label)
    said = [Said(paragraphs(*told(work, recap)))] if recap.tally.total("opened") > AT_ONCE else []
    said.append(Said(title, document=Document(f"{name}.png", PNG, sha256=picture, alt=alt)))
    if table:
        about = lines(
            say("Tabel {period}: satu baris untuk setiap kiriman.", period=recap.span.label),
            say("Tabel ini memuat data pribadi. Simpan seperlunya dan hapus bila sudah selesai."),
        )
        said.append(Said(about, document=Document(f"{name}.xlsx", XLSX, sha256=table)))
    answer_later(work, job, person, said)


def give_up(work: Work, job: Job) -> None:
    """It could not be made, several times over: whoever asked is told."""
    span = periods.of_key(job.arguments["period"])
    if not jobs.done(work.tx, job.id, "failed", work.now) or span is None:
        return
    sorry = say(
        "Mohon maaf, gambar dan tabel rekap {period} tidak berhasil kami buat. Silakan coba lagi nanti dengan /rekap, "
        "atau beri tahu admin.",
        period=span.label,
    )
    answer_later(work, job, people.get(work.tx, job.person_id), [Said(sorry)])


def answer_later(work: Work, job: Job, person: Person, said: Sequence[Said]) -> None:
    """An answer to what they asked some moments ago, where they are now."""
    chat = next((chat for chat in people.chats(work.tx, person.id) if chat.unreachable_at is None), None)
    if chat is None:
        return
    for one in said:
        for part in parts(one.to(person.language)):
            outbox.put(work.tx, chat.channel, chat.address, "reply", part.written(), work.now, subject=job.subject)
