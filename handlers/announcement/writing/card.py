"""An announcement in words for the office: the card with what is decided about, and what it looks like to people."""

from datetime import datetime

from handlers.announcement.running.attached import hand_out
from handlers.announcement.running.plan import ormas_lines, plan, plan_lines
from handlers.announcement.running.words import state_words
from handlers.announcement.topics import TOPICS
from handlers.announcement.writing.audience_words import in_words
from handlers.announcement.writing.preview import preview
from handlers.conversation.turn import Turn, Work
from handlers.conversation.words import Text, day_in_full, lines, listed, paragraphs, say
from handlers.election.quiet import held_back_words, holds_back
from handlers.neutrality import WHY, Finding
from handlers.office.moments import in_full
from handlers.telling.officers import called
from storage.broadcasts import approvals, broadcasts, files
from storage.broadcasts.broadcasts import Broadcast
from storage.database.moment import day
from storage.people import people

ASKS: dict[str, Text] = {
    "": say("tanpa pertanyaan"),
    "read": say("“Sudah saya baca”"),
    "yes-no": say("ya, tidak, mungkin"),
    "pick": say("pilih satu"),
}
EVERY: dict[str, Text] = {"week": say("setiap minggu"), "month": say("setiap bulan")}
HASH_SHOWN = 12
"""Signs of a hash that are shown, and that travel in a button."""


def head(broadcast: Broadcast) -> Text:
    return say(
        "{code} (versi {version}): {title}",
        code=broadcast.code,
        version=broadcast.version,
        title=broadcast.content.title,
    )


def card(work: Work, broadcast: Broadcast) -> Text:
    """Everything about it but its words and its reach."""
    content = broadcast.content
    return lines(
        head(broadcast),
        say("Keadaan: {state}.", state=state_words(broadcast)),
        replaced_line(work, broadcast),
        say("Topik: {topic}.", topic=TOPICS[content.topic]),
        say("Penerima: {who}.", who=whom(work, broadcast)),
        say("Dikirim: {when}.", when=when(work, content.starts_at, say("segera setelah disetujui"))),
        repeat_line(broadcast),
        say("Berlaku sampai: {when}.", when=when(work, content.expires_at, say("tidak dibatasi"))),
        say("Pertanyaan: {question}.", question=listed(content.options) if content.options else ASKS[content.question]),
        say("Dasar hukum: {source}.", source=content.source) if content.source else "",
        files_line(work, broadcast),
        say("Ditulis oleh: {name}.", name=called(people.get(work.tx, broadcast.written_by))),
        say("Sidik isi: {hash}.", hash=broadcast.hash[:HASH_SHOWN]) if broadcast.hash else "",
    )


def whom(work: Work, broadcast: Broadcast) -> Text:
    if broadcast.replaces is not None:
        return say("tepat penerima {code}", code=broadcasts.get(work.tx, broadcast.replaces).code)
    if broadcast.follows is not None:
        return say("yang belum menjawab {code}", code=broadcasts.get(work.tx, broadcast.follows).code)
    return in_words(work, broadcast.content.segment)


def when(work: Work, at: datetime | None, otherwise: Text) -> Text:
    return otherwise if at is None else in_full(work, at)


def repeat_line(broadcast: Broadcast) -> Text:
    rule = broadcast.content.repeat
    if "before" in rule:
        days = listed(str(days) for days in rule["before"])
        return say("Diulang: {days} hari sebelum {day}.", days=days, day=day_in_full(day(rule["date"])))
    return say("Diulang: {every}.", every=EVERY[rule["every"]]) if rule else ""


def replaced_line(work: Work, broadcast: Broadcast) -> Text:
    if broadcast.replaces is None:
        return ""
    code = broadcasts.get(work.tx, broadcast.replaces).code
    return say("Menarik {code}.", code=code) if broadcast.withdraws else say("Memperbaiki {code}.", code=code)


def files_line(work: Work, broadcast: Broadcast) -> Text:
    found = files.of(work.tx, broadcast.id)
    return say("Berkas: {names}.", names=listed(file.name for file in found)) if found else ""


PARTS: dict[str, Text] = {
    "title": say("Judul"),
    "body": say("Isi"),
    "source": say("Dasar hukum"),
    "topic": say("Topik"),
    "question": say("Pertanyaan"),
    "options": say("Pilihan jawaban"),
    "segment": say("Penerima"),
    "starts_at": say("Waktu kirim"),
    "expires_at": say("Berlaku sampai"),
    "repeat": say("Pengulangan"),
    "files": say("Berkas"),
}
IN_WORDS = ("title", "body", "source")


def changes_line(work: Work, broadcast: Broadcast) -> Text:
    """What is another since it was returned; its words as they were."""
    before = approvals.returned(work.tx, broadcast)
    if before is None:
        return ""
    now = approvals.written(work.tx, broadcast)
    changed = [part for part in PARTS if before.get(part) != now.get(part)]
    if not changed:
        return say("Tidak berubah sejak dikembalikan.")
    return lines(
        say("Berubah sejak dikembalikan: {parts}.", parts=listed(PARTS[part] for part in changed)),
        *(
            say("{part} sebelumnya: “{words}”", part=PARTS[part], words=before[part] or "-")
            for part in IN_WORDS
            if part in changed
        ),
    )


def findings_text(found: list[Finding]) -> Text:
    return lines(
        say("Gerbang netralitas menahan pengumuman ini:"),
        *(say("- {what}", what=f.words) for f in found),
        WHY,
    )


def forbidden_now(work: Work, broadcast: Broadcast) -> Text | None:
    """Why it may not go out at its time at all, whoever agrees: masa tenang."""
    stage = holds_back(work, broadcast.content.topic, broadcast.content.starts_at or work.now)
    return None if stage is None else held_back_words(stage)


def show_all(turn: Turn, broadcast: Broadcast) -> Text:
    """The announcement exactly as it arrives is said, with its files; the card with its reach is given back."""
    turn.say(say("Begini pengumuman ini terbaca di setiap aplikasi:"), preview(turn, broadcast))
    hand_out(turn, broadcast)
    counted = plan(turn, broadcast)
    return paragraphs(
        card(turn, broadcast), changes_line(turn, broadcast), plan_lines(turn, counted), ormas_lines(turn, broadcast)
    )
