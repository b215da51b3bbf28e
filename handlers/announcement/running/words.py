"""An announcement in words: exactly what a recipient reads, and how its states and pauses are called."""

from dataclasses import dataclass
from datetime import datetime

from handlers.conversation.approved import Filled
from handlers.conversation.turn import Choice, Said, Work
from handlers.conversation.words import Text, lines, paragraphs, say
from handlers.office.moments import in_full
from handlers.telling.templates import ANNOUNCEMENT
from storage.broadcasts import broadcasts
from storage.broadcasts import files as broadcast_files
from storage.broadcasts.broadcasts import PICK, READ, YES_NO, Broadcast

ANSWERS: dict[str, tuple[tuple[str, Text], ...]] = {
    READ: (("sudah-baca", say("Sudah saya baca")),),
    YES_NO: (("ikut-ya", say("Ya")), ("ikut-tidak", say("Tidak")), ("ikut-mungkin", say("Mungkin"))),
}
"""By question: the action of each answer and its label. Of one to pick from, the actions are pilih-1 to pilih-10."""
VERBS = {"berkas-umum": "berkas"}
"""What is typed for an action whose name is not what people say."""
ASKED: dict[str, Text] = {
    READ: say("Mohon tekan Sudah saya baca bila sudah dibaca."),
    YES_NO: say("Mohon dijawab: Ya, Tidak atau Mungkin."),
    PICK: say("Mohon pilih satu."),
}
NOT_YOURS = say("Pengumuman itu tidak kami temukan di antara yang dikirim kepada Bapak/Ibu.")
"""Whether there is no such announcement, or it was not for them."""
STATES: dict[str, Text] = {
    "draft": say("masih ditulis"),
    "submitted": say("menunggu persetujuan"),
    "returned": say("dikembalikan kepada penulis"),
    "rejected": say("ditolak"),
    "approved": say("disetujui, menunggu waktunya"),
    "running": say("sedang dikirim"),
    "paused": say("dijeda"),
    "cancelled": say("dibatalkan"),
    "finished": say("selesai dikirim"),
}
PAUSES: dict[str, Text] = {
    "failures": say("terlalu banyak yang gagal"),
    "late": say("waktunya sudah lewat terlalu lama"),
    "restored": say("data baru saja dipulihkan dari cadangan; sebagian mungkin sudah terkirim"),
    "changed": say("isinya tidak sama lagi dengan yang disetujui"),
    "same person": say("penulis dan penyetujunya ternyata orang yang sama; mohon dibatalkan dan diajukan lagi"),
    "names": say("gerbang netralitas kini menahannya; mohon dibatalkan dan diajukan lagi"),
    "corrected": say("pengumuman dengan isi ini sudah diganti atau ditarik"),
    "paused": say("dijeda petugas"),
    "quiet stage": say("masa tenang"),
    "fault": say("ada kesalahan pada program"),
}
"""Why it stands still; what is not here are an officer's own words."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """What everybody gets: its text and its choices, not in a language yet."""

    text: Text
    choices: tuple[Choice, ...]

    def said(self) -> Said:
        return Said(self.text, self.choices)


def announcement(work: Work, broadcast: Broadcast) -> Announcement:
    """The same for the preview, the test to oneself and all recipients."""
    content = broadcast.content
    text = paragraphs(
        chained(work, broadcast),
        content.title,
        content.body,
        say("Dasar: {source}", source=content.source) if content.source else "",
        ASKED.get(content.question, ""),
        lines(
            until(work, content.expires_at),
            say("Nomor {code}, kode cek {check}.", code=broadcast.code, check=broadcast.check_code),
            say("Ragu apakah ini asli? Ketik: /cek {check}", check=broadcast.check_code),
        ),
    )
    return Announcement(text, tuple(choices(work, broadcast)))


def chained(work: Work, broadcast: Broadcast) -> Text:
    """A correction names what it replaces."""
    if broadcast.replaces is None:
        return ""
    old = broadcasts.get(work.tx, broadcast.replaces)
    if broadcast.withdraws:
        return say("DITARIK. Pengumuman {code} ({title}) tidak berlaku lagi.", code=old.code, title=old.content.title)
    return say("RALAT. Ini menggantikan pengumuman {code} ({title}).", code=old.code, title=old.content.title)


def replaced(work: Work, old: Broadcast, by: Broadcast) -> Announcement:
    """What stands in place of the old one where it can still be changed: nothing to press any more."""
    head = (
        say("DITARIK: pengumuman ini tidak berlaku lagi. Lihat {code}.", code=by.code)
        if by.withdraws
        else say("SUDAH DIGANTI: pengumuman ini tidak berlaku lagi. Yang berlaku: {code}.", code=by.code)
    )
    return Announcement(paragraphs(head, announcement(work, old).text), ())


def until(work: Work, expires_at: datetime | None) -> Text:
    return say("Berlaku sampai {when}.", when=in_full(work, expires_at)) if expires_at else ""


def choices(work: Work, broadcast: Broadcast) -> list[Choice]:
    """The answers to its question, typed with its code; and its files."""
    content = broadcast.content
    answers = ANSWERS.get(content.question, ())
    if content.question == PICK:
        answers = tuple((f"pilih-{place}", label) for place, label in enumerate(content.options, 1))
    found = [choice(name, label, broadcast) for name, label in answers]
    files = broadcast_files.of(work.tx, broadcast.id)
    if files:
        found.append(choice("berkas-umum", say("Berkas ({count})", count=len(files)), broadcast))
    return found


def choice(name: str, label: Text, broadcast: Broadcast) -> Choice:
    return Choice(f"a.{name}.{broadcast.id}", label, f"{VERBS.get(name, name.replace('-', ' '))} {broadcast.code}")


def in_approved_words(work: Work, broadcast: Broadcast) -> Filled:
    """Where no free words may be sent: that there is an announcement, its title and its check code."""
    return ANNOUNCEMENT(office=work.office.long_name, title=broadcast.content.title, check=broadcast.check_code)


def state_words(broadcast: Broadcast) -> Text:
    """What state it is in; of a pause, why."""
    if broadcast.state == "finished" and broadcast.started_at is None:
        return say("berakhir sebelum sempat dikirim")
    state = STATES[broadcast.state]
    if broadcast.state != "paused":
        return state
    return say("{state}: {why}", state=state, why=pause_words(broadcast.paused_why or ""))


def pause_words(why: str) -> Text:
    return PAUSES.get(why, why)
