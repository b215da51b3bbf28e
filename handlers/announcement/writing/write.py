"""The one form in which an announcement is written, whatever it comes from (handlers/announcement/writing/begin.py)."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, cast

from handlers.announcement.topics import TOPICS, URGENT
from handlers.announcement.writing.audience import Expression, audience
from handlers.announcement.writing.draft import show_draft
from handlers.conversation.catalogue import only_for
from handlers.conversation.form import Form
from handlers.conversation.questions.day import FutureDay
from handlers.conversation.questions.files import files
from handlers.conversation.questions.many import many
from handlers.conversation.questions.moment import moment
from handlers.conversation.questions.question import Unfit, names, pick, text
from handlers.conversation.words import Text, say
from handlers.neutrality import ELECTION
from handlers.office.codes import drawn
from handlers.telling.officers import OFFICERS, audit
from storage.broadcasts import broadcasts, segments
from storage.broadcasts import files as broadcast_files
from storage.broadcasts.broadcasts import Broadcast, Content
from storage.broadcasts.files import File
from storage.elections import stages
from storage.mail import attachments

NEW, CHANGED, CORRECTION, WITHDRAWAL = "", "b", "c", "w"
"""How `about` begins: what the form is for; a number follows. Others (a stage, a ticket, an alarm that is over) only
fill it in."""
ONCE, BEFORE = "once", "before"
REPEATS: dict[str, Text] = {
    ONCE: say("Sekali saja"),
    "week": say("Setiap minggu"),
    "month": say("Setiap bulan"),
    BEFORE: say("Menjelang suatu hari"),
}
NONE = "none"
QUESTIONS: dict[str, Text] = {
    NONE: say("Tanpa pertanyaan"),
    "read": say("Sudah saya baca"),
    "yes-no": say("Ya, tidak, mungkin"),
    "pick": say("Pilih satu"),
}
DAYS = {f"d{days}": days for days in (30, 14, 7, 3, 1, 0)}
LONGEST = 2000
"""Characters of the words of an announcement: with its head and foot it stays one message on every messenger."""
CODE_SIGNS = 8


class RecordedDay(FutureDay):
    """Any day to come; the first days of stages that are on record are offered."""

    def options(self, form: Form) -> Mapping[str, Text]:
        first = {stage.starts_on: stage.name for stage in stages.everyone(form.turn.tx) if stage.starts_on}
        return {day.isoformat(): name for day, name in first.items() if day > form.turn.now.date()}


def days_before(form: Form) -> Mapping[str, Text]:  # noqa: ARG001
    return {key: say("{count} hari sebelumnya", count=days) if days else say("Hari itu") for key, days in DAYS.items()}


def starts_well(form: Any, at: datetime) -> Text | None:
    """Nobody is written to at night, but in danger."""
    if form.topic != URGENT and form.turn.office.quiet(at):
        return say("Pada jam itu kami tidak mengirim pengumuman, kecuali darurat. Pilih jam lain.")
    return None


def ends_well(form: Any, at: datetime) -> Text | None:
    starts_at = form.first_start()
    if starts_at is not None and at <= starts_at:
        return say("Itu sebelum pengumuman dikirim.")
    return None


class Announcement(Form, name="pengumuman"):
    """What is written is a draft: nothing of it goes out before a second person has agreed."""

    title = say("Pengumuman")
    topic: str = pick(say("Topik"), say("Topiknya apa?"), lambda form: TOPICS)
    heading: str = text(say("Judul"), say("Apa judulnya?"), at_most=80)
    body: str = text(say("Isi"), say("Apa isinya?"), at_most=LONGEST, multiline=True)
    attached: tuple[int, ...] = files(
        say("Berkas"), say("Ada berkasnya? Penerima membukanya dengan satu tombol."), at_most=broadcast_files.AT_MOST
    )
    source: str = text(
        say("Dasar hukum"),
        say("Apa dasar hukumnya? Misalnya PKPU dengan nomornya. Tanpa itu pengumuman pemilu tertahan."),
        optional=True,
        when=lambda form: form.topic == ELECTION,
    )
    question: str = pick(say("Pertanyaan"), say("Apa yang ditanyakan kepada penerima?"), lambda form: QUESTIONS)
    choices: tuple[str, ...] = names(
        say("Pilihan jawaban"),
        say("Apa saja pilihannya? Satu baris satu pilihan, paling panjang 20 huruf."),
        at_most=broadcasts.OPTIONS,
        longest=20,
        when=lambda form: form.question == broadcasts.PICK,
    )
    whom: Expression = audience(say("Penerima"), say("Untuk siapa?"), when=lambda form: not form.chained)
    saved_as: str = text(
        say("Nama pilihan"),
        say("Pilihan penerima ini mau disimpan dengan nama? Boleh dilewati."),
        at_most=24,
        optional=True,
        when=lambda form: form.worth_a_name,
    )
    repeat: str = pick(say("Ulangan"), say("Dikirim berapa kali?"), lambda form: REPEATS, when=lambda f: not f.chained)
    before_day: date = cast(
        date, RecordedDay(say("Hari yang dituju"), say("Hari apa yang dituju?"), when=lambda form: form.counts_days)
    )
    before_days: tuple[str, ...] = many(
        say("Dikirim"), say("Berapa hari sebelumnya?"), days_before, when=lambda form: form.counts_days
    )
    starts: datetime | None = moment(
        say("Waktu kirim"),
        say("Kapan dikirim? Pilih sekarang, atau tulis misalnya: besok jam 9."),
        at_once=True,
        fits=starts_well,
        when=lambda form: not form.counts_days,
    )
    expires: datetime | None = moment(
        say("Berlaku sampai"),
        say("Sampai kapan berlaku? Sesudah itu tidak dikirim dan tidak dijawab lagi. Boleh dilewati."),
        day_alone=True,
        optional=True,
        fits=ends_well,
        when=lambda form: form.topic != ELECTION,
    )
    expires_by: datetime | None = moment(
        say("Berlaku sampai"),
        say("Sampai kapan berlaku? Pengumuman pemilu harus berakhir, supaya tidak ada yang tiba terlambat."),
        day_alone=True,
        fits=ends_well,
        when=lambda form: form.topic == ELECTION,
    )

    def refusal(self) -> Text | None:
        if not self.turn.person.roles & OFFICERS:
            return only_for(OFFICERS, self.turn.person)
        if self.way == CHANGED and not in_hands_of(self.named, self.turn.person.id):
            return say("{code} tidak bisa diubah (lagi).", code=self.named.code)
        return None

    @property
    def way(self) -> str:
        return self.about[:1]

    @property
    def named(self) -> Broadcast:
        """The announcement the form is about: to change, correct or withdraw."""
        return broadcasts.get(self.turn.tx, int(self.about[1:]))

    @property
    def chained(self) -> bool:
        """Whether its audience is that of an earlier one, so that neither it nor a repetition is asked about."""
        if self.way == CHANGED:
            return self.named.replaces is not None or self.named.follows is not None
        return self.way in (CORRECTION, WITHDRAWAL)

    @property
    def worth_a_name(self) -> bool:
        if self.chained or not {"and", "or"} & self.whom.keys():
            return False
        return all(one.expression != self.whom for one in segments.named(self.turn.tx))

    @property
    def counts_days(self) -> bool:
        return not self.chained and self.repeat == BEFORE

    def first_start(self) -> datetime | None:
        """When it goes out for the first time; None for at once."""
        if not self.counts_days:
            return self.starts
        at = time(self.turn.office.election.alert_hour)
        days = [self.before_day - timedelta(days=DAYS[key]) for key in self.before_days]
        moments = [datetime.combine(day, at, self.turn.now.tzinfo) for day in days]
        return min((one for one in moments if one > self.turn.now), default=None)

    def rule(self) -> dict[str, Any]:
        if self.chained or self.repeat == ONCE:
            return {}
        if self.repeat != BEFORE:
            return {"every": self.repeat}
        days = sorted((DAYS[key] for key in self.before_days), reverse=True)
        return {"before": days, "date": self.before_day.isoformat(), "of": self.heading}

    def content(self) -> Content:
        earlier = self.named.content if self.chained else None
        return Content(
            topic=self.topic,
            title=self.heading,
            body=self.body,
            question="" if self.question == NONE else self.question,
            options=self.choices if self.question == broadcasts.PICK else (),
            segment=earlier.segment if earlier else self.whom,
            starts_at=self.first_start(),
            expires_at=self.expires_by if self.topic == ELECTION else self.expires,
            repeat=self.rule(),
            source=self.source if self.topic == ELECTION else "",
        )

    def finish(self) -> None:
        turn = self.turn
        if self.counts_days and self.first_start() is None:
            raise Unfit(say("Semua hari itu sudah lewat. Pilih paling sedikit satu yang belum."), "before_days")
        content, attached = self.content(), self.stored()
        if self.way == CHANGED:
            made = self.named
            broadcasts.change(turn.tx, made.id, content, turn.now)
        else:
            made = self.begin(content)
        broadcast_files.put(turn.tx, made.id, attached)
        if self.worth_a_name and self.saved_as:
            segments.save(turn.tx, self.saved_as, self.whom, turn.person.id, turn.now)
        audit(turn, "broadcast-written", made.subject)
        show_draft(turn, broadcasts.get(turn.tx, made.id))

    def begin(self, content: Content) -> Broadcast:
        replaces = self.named.id if self.chained else None
        code = drawn(CODE_SIGNS)
        withdraws = self.way == WITHDRAWAL
        turn = self.turn
        return broadcasts.draft(
            turn.tx, turn.person.id, content, code, turn.now, replaces=replaces, withdraws=withdraws
        )

    def stored(self) -> list[File]:
        """The files as they go out: pictures without the place and camera that phones write into them. Raises Unfit."""
        found = [attachments.get(self.turn.tx, one) for one in self.attached]
        if not all(file.stored for file in found):
            raise Unfit(say("Berkasnya masih kami periksa. Mohon tunggu sebentar, lalu kirim lagi."))
        return [
            File(file.name, "image/jpeg" if file.pictured else file.type, file.size or 0, file.shown)
            for file in found
            if file.shown
        ]


def in_hands_of(broadcast: Broadcast, person_id: int) -> bool:
    """Whether somebody may still change it: its author, while nobody decides or has decided about it."""
    return broadcast.written_by == person_id and broadcast.state in ("draft", "returned")


def filled_in(content: Content, now: datetime) -> dict[str, str]:
    """The answers that would make this content; times that are over are asked again."""
    rule = content.repeat
    told = {
        "topic": content.topic,
        "heading": content.title,
        "body": content.body,
        "source": content.source,
        "question": content.question or NONE,
        "repeat": rule.get("every", BEFORE if "before" in rule else ONCE),
    }
    if content.options:
        told["choices"] = "\n".join(content.options)
    if "before" in rule:
        keys = {days: key for key, days in DAYS.items()}
        told |= {"before_day": rule["date"], "before_days": ",".join(keys[d] for d in rule["before"] if d in keys)}
    if content.starts_at is None or content.starts_at > now:
        told["starts"] = content.starts_at.isoformat() if content.starts_at else "sekarang"
    if content.expires_at is None or content.expires_at > now:
        ends = content.expires_at.isoformat() if content.expires_at else ""
        told |= {"expires": ends} | ({"expires_by": ends} if ends else {})
    return told


FORMS = [Announcement]
