"""A recap as a table: one line a ticket, with the sender's name only where it was sent with one."""

from collections.abc import Mapping
from datetime import datetime, tzinfo

from handlers.conversation.turn import Work
from handlers.conversation.words import Text, in_language, listed, say
from handlers.office.moments import in_full
from handlers.office.profile import Office
from handlers.recap.counts import days
from handlers.recap.periods import Span
from handlers.report.periods import of_key
from handlers.tickets.kinds import KINDS
from handlers.tickets.sender.sending import PRIVACY
from handlers.tickets.words import RATINGS, STATES
from storage.tickets.recap import Line
from storage.tickets.tickets import NAMED

INDONESIAN = "id"
YES = say("ya")
HEADINGS: tuple[Text, ...] = (
    say("Nomor"),
    say("Jenis"),
    say("Kerahasiaan"),
    say("Pengirim"),
    say("Ormas"),
    say("Judul"),
    say("Masa laporan"),
    say("Kecamatan"),
    say("Bidang ormas"),
    say("Tanggal masuk"),
    say("Tanggal jawaban pertama"),
    say("Tanggal selesai"),
    say("Status"),
    say("Hari kerja sampai jawaban"),
    say("Hari kerja sampai selesai"),
    say("Terlambat"),
    say("Dibuka lagi"),
    say("Penilaian"),
)
DAYS = (9, 10, 11)
"""Columns that hold a day."""
Cell = str | int | float | None


def row(line: Line, office: Office, zone: tzinfo | None) -> list[Cell]:
    """What an officer may take out of the office about one ticket; days as ISO text, for the columns `DAYS`."""
    clock, named = office.working_time(zone), line.privacy == NAMED
    report = of_key(line.period, office.report) if line.period else None
    return [
        line.code,
        plain(KINDS[line.kind].title),
        plain(PRIVACY_HERE[line.privacy]),
        line.sender if named else "",
        line.organisation if named else "",
        line.title,
        plain(report.label) if report else "",
        line.kecamatan,
        office.fields.get(line.field, "") if named else "",
        day_of(zone, line.opened_at),
        day_of(zone, line.responded_at),
        day_of(zone, line.closed_at),
        plain(state(line)),
        tenth(days(clock, line, line.responded_at)),
        tenth(days(clock, line, line.closed_at)),
        plain(YES) if line.late else "",
        line.reopened or None,
        plain(RATINGS[str(line.rating)]) if line.rating else "",
    ]


PRIVACY_HERE: Mapping[str, Text] = PRIVACY | {NAMED: say("Dengan nama")}


def state(line: Line) -> Text:
    if line.closed_at:
        return STATES[line.result or "done"]
    return say("masih terbuka")


def plain(words: Text) -> str:
    return in_language(words, INDONESIAN)


def day_of(zone: tzinfo | None, at: datetime | None) -> str | None:
    return at.astimezone(zone).date().isoformat() if at else None


def tenth(count: float | None) -> float | None:
    return None if count is None else round(count, 1)


def remarks(work: Work, span: Span, kinds: tuple[str, ...]) -> list[list[str]]:
    """What somebody should know who finds this table later: a line each, name and value."""
    included = listed(KINDS[kind].title for kind in kinds)
    told: list[tuple[Text, Text]] = [
        (say("Kantor"), work.office.long_name),
        (say("Masa"), span.label),
        (say("Dibuat"), in_full(work, work.now)),
        (say("Jenis kiriman"), included),
        (say("Tidak dimuat"), say("Laporan situasi, dan nama pengirim yang dirahasiakan atau tanpa nama.")),
        (say("Hari kerja"), say("Menurut jam kantor dan hari libur di profil kantor.")),
        (say("Mohon dijaga"), say("Tabel ini memuat data pribadi. Simpan seperlunya dan hapus bila sudah selesai.")),
    ]
    return [[plain(name), plain(value)] for name, value in told]
