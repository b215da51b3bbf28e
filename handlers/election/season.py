"""`/pemilu`: the calendar of the election for everybody, as words and as a file; where to turn, what is not allowed."""

from collections.abc import Sequence
from datetime import UTC, timedelta

from handlers.conversation.catalogue import Action
from handlers.conversation.message import Document
from handlers.conversation.turn import Choice, Turn, Work
from handlers.conversation.words import Text, in_language, lines, say
from handlers.election.names_first import empty_list
from handlers.election.stage import ADD, CHOOSE_STAGE, LABELS, UNSET, stage_lines
from handlers.meeting.calendar_file import as_file
from handlers.telling.officers import OFFICERS
from storage.elections import stages
from storage.elections.stages import Stage

FILE = "kalender-pemilu.ics"


def season(turn: Turn, rest: str) -> None:  # noqa: ARG001
    """`/pemilu`."""
    found, today = stages.everyone(turn.tx), turn.now.date()
    dated = [stage for stage in found if stage.starts_on]
    if dated:
        turn.say(
            say("Kalender ini bisa disimpan di kalender ponsel Bapak/Ibu:"),
            document=Document(FILE, "text/calendar", calendar(turn, dated)),
        )
    turn.say(
        say("Kalender pemilu menurut catatan kantor ini:") if found else nothing_known(turn),
        *(stage_lines(stage, today) for stage in found),
        say("Jadwal resmi ditetapkan dan diumumkan KPU."),
        empty_list(turn) if "admin" in turn.person.roles else "",
        choices=[
            VIOLATION.on(0),
            BANS.on(0),
            Choice("c.cek", say("Cek kabar")),
            *([ADD.on(0), CHOOSE_STAGE.on(0)] if turn.person.roles & OFFICERS else ()),
        ],
    )


def nothing_known(work: Work) -> Text:
    return lines(
        say("Kalender pemilu: {unset}.", unset=UNSET),
        say("Belum ada tahapan dengan dasar hukum yang kami catat, jadi kami tidak menyebut tanggal."),
        *(say("{text} ({law})", text=note.text, law=note.law) for note in work.office.election.notes),
    )


def calendar(work: Work, dated: Sequence[Stage]) -> str:
    """All-day events; the end of one is the day after (RFC 5545)."""
    from icalendar import Event

    events = []
    for stage in dated:
        if stage.starts_on is None or stage.ends_on is None:
            continue
        event = Event()
        event.add("uid", f"tahapan-{stage.id}@rumah-kedua")
        event.add("sequence", stage.version)
        event.add("dtstamp", work.now.astimezone(UTC))
        event.add("dtstart", stage.starts_on)
        event.add("dtend", stage.ends_on + timedelta(days=1))
        event.add("summary", stage.name)
        if described := description(stage):
            event.add("description", described)
        events.append(event)
    return as_file(events)


def description(stage: Stage) -> str:
    """Source and announcer, a line each: `import-stages` reads them again."""
    told = [(fact, stage.facts[fact]) for fact in ("source", "announced_by") if stage.facts[fact]]
    return in_language(lines(*(say("{label}: {value}", label=LABELS[fact], value=said) for fact, said in told)), "id")


def violation(turn: Turn, record: str) -> None:  # noqa: ARG001
    """Where to report one; what is not known is said not to be."""
    watchdog = turn.office.election.watchdog
    turn.say(
        say("Dugaan pelanggaran pemilu dilaporkan kepada {name}, bukan kepada kantor ini.", name=watchdog.name),
        lines(
            say("Situs: {site}", site=watchdog.site or UNKNOWN),
            say("Telepon: {phone}", phone=watchdog.phone or UNKNOWN),
            say("Alamat: {address}", address=watchdog.address or UNKNOWN),
        ),
        say("Kabar yang meragukan dapat diserahkan kepada kami dengan /cek; jangan disebarkan dahulu."),
    )


UNKNOWN = say("belum kami ketahui, silakan tanya petugas")


def bans(turn: Turn, record: str) -> None:  # noqa: ARG001
    """What an ormas may not do, each with the law that says so."""
    turn.say(
        say("Yang tidak boleh dilakukan ormas menurut undang-undang:"),
        *(say("- {text} ({law})", text=ban.text, law=ban.law) for ban in turn.office.election.bans),
        say("Ini ringkasan, bukan nasihat hukum. Bila ragu, tanyakan lewat /petugas."),
    )


VIOLATION = Action("lapor-pelanggaran", violation, say("Lapor pelanggaran"))
BANS = Action("larangan-ormas", bans, say("Larangan bagi ormas"))
ACTIONS = [VIOLATION, BANS]
