"""What the bot says and decides: the catalogue. A new service is one file and its lines here."""

from handlers import (
    after_meeting,
    alarms,
    change_meeting,
    check,
    decide_meeting,
    join,
    letter,
    link,
    my_data,
    my_requests,
    neutral_list,
    profile,
    report_situation,
    request_meeting,
    second_look,
    semester,
    send_report,
    suggest,
    talk,
    ticket_files,
    topics,
    unread,
    verify_member,
    welcome,
)
from handlers.announcements import begin, draft, genuine, home, report, saved, second_person, table, urgent, write
from handlers.broadcasts import answer, control
from handlers.conversation.catalogue import Action, Catalogue, Command, Effect, by_name
from handlers.conversation.converse import converse, open_draft
from handlers.conversation.form import start
from handlers.conversation.message import Kind
from handlers.conversation.question import Answer
from handlers.conversation.sent import would_take
from handlers.conversation.turn import Turn
from handlers.conversation.waiting import go_on, put_away
from handlers.conversation.words import say
from handlers.election import season, stage
from handlers.officers import OFFICERS
from handlers.ormas import correct, decide, papers, record
from handlers.recap import ask as recap
from handlers.tickets import again, canned, forward, mute, overheard, sender, verdict, work
from handlers.tickets.kinds import PREFIXES
from handlers.tickets.staff import STAFF
from storage import meetings, people, tickets
from storage.broadcasts import by_number

SHOWS, ACTS = Effect

COMMANDS = [
    Command(
        "audiensi",
        say("Minta audiensi"),
        lambda turn, rest: start(turn, request_meeting.MeetingRequest),
        SHOWS,
        words=("audiensi", "ketemu", "bertemu", "silaturahmi", "konsultasi", "rawuh", "sowan", "meeting"),
    ),
    Command(
        "laporan",
        say("Laporan kegiatan"),
        lambda turn, rest: start(turn, send_report.ActivityReport),
        SHOWS,
        words=("lapor", "report"),
    ),
    Command(
        "situasi",
        say("Laporan situasi"),
        lambda turn, rest: start(turn, report_situation.SituationReport),
        SHOWS,
        words=("bentrok", "rusuh", "kerusuhan", "konflik"),
    ),
    Command(
        "masukan",
        say("Masukan dan keluhan"),
        lambda turn, rest: start(turn, suggest.Suggestion),
        SHOWS,
        words=("saran", "aspirasi", "keluhan", "pengaduan", "usul", "kritik", "complaint", "suggestion"),
    ),
    Command(
        "cek", say("Cek keaslian kabar"), check.check, SHOWS, words=("hoaks", "hoax", "periksa", "asli", "genuine")
    ),
    Command("petugas", say("Bicara dengan petugas"), talk.talk, SHOWS, words=("orang", "manusia", "admin", "person")),
    Command(
        "status", say("Pantau permintaan"), my_requests.status, SHOWS, words=("perkembangan", "sampai", "progress")
    ),
    Command("profil", say("Profil dan ormas saya"), profile.show_profile, SHOWS, words=("profile",)),
    Command("antrean", say("Antrean petugas"), my_requests.queue, SHOWS, words=("antrian", "queue"), roles=STAFF),
    Command("rekap", say("Rekap pelayanan"), recap.ask, SHOWS, words=("statistik", "recap"), roles=OFFICERS),
    Command(
        "semester",
        say("Kewajiban laporan"),
        semester.show,
        SHOWS,
        words=("kepatuhan", "compliance"),
        roles=OFFICERS,
        seldom=True,
    ),
    Command("skt", say("Siapkan berkas SKT"), papers.prepare, SHOWS, words=("berkas", "papers"), seldom=True),
    Command("ormas", say("Cari ormas"), record.search, SHOWS, roles=OFFICERS, seldom=True),
    Command(
        "pemilu", say("Kalender pemilu"), season.season, SHOWS, words=("kampanye", "election", "tahapan"), seldom=True
    ),
    Command(
        "langganan", say("Pilih topik pengumuman"), topics.subscriptions, SHOWS, words=("topik", "topics"), seldom=True
    ),
    Command("bahasa", say("Ganti bahasa"), welcome.choose_language, SHOWS, words=("language",), seldom=True),
    Command("dataku", say("Data saya"), my_data.my_data, ACTS, words=("data",), seldom=True),
    Command(
        "hapus", say("Hapus data saya"), my_data.ask_to_erase, ACTS, words=("dihapus", "erase", "delete"), seldom=True
    ),
    Command(
        "hubungkan", say("Hubungkan obrolan"), link.link, ACTS, words=("sambungkan",), behind=link.CODE, seldom=True
    ),
    Command("lepaskan", say("Lepaskan obrolan yang terhubung"), link.unlink, ACTS, listed=False),
    Command("balasan", say("Balasan siap pakai"), canned.list_replies, SHOWS, roles=canned.ADMINS, seldom=True),
    Command("lainnya", say("Pilihan lain"), welcome.show_more, SHOWS, words=("lain", "more")),
    Command(
        "umumkan",
        say("Pengumuman"),
        home.home,
        SHOWS,
        words=("pengumuman", "announcement"),
        roles=OFFICERS,
        seldom=True,
    ),
    Command(
        "arsip", say("Arsip pengumuman"), home.show_archive, SHOWS, words=("archive",), roles=OFFICERS, listed=False
    ),
    Command("izin", say("Hak peringatan darurat"), urgent.rights, SHOWS, roles=urgent.ADMINS, listed=False),
    Command(
        "netral", say("Daftar nama netralitas"), neutral_list.neutral, SHOWS, roles=neutral_list.ADMINS, listed=False
    ),
    Command("jeda", say("Kembali ke bot"), talk.pause, ACTS, listed=False),
    Command("selesai", say("Akhiri percakapan"), talk.finish, ACTS, listed=False),
    Command(
        "menu", say("Menu"), welcome.show_menu, SHOWS, words=("help", "bantuan", "tolong", "halo", "hai"), listed=False
    ),
    Command("mulai", say("Mulai"), welcome.start, ACTS, words=("start",), listed=False, aside=True),
    Command("berhenti", say("Berhenti menerima kabar"), welcome.stop, ACTS, words=welcome.STOP, listed=False),
    Command("kabar", say("Kabar dari kantor"), unread.news, SHOWS, words=("baca",), listed=False, aside=True),
    Command("gabung", say("Bergabung sebagai petugas"), join.join, ACTS, behind=join.CODE, listed=False),
]

TICKET_ACTIONS = (
    *work.ACTIONS,
    *forward.ACTIONS,
    *mute.ACTIONS,
    *again.ACTIONS,
    *sender.ACTIONS,
    *overheard.ACTIONS,
    *canned.ACTIONS,
    *talk.ACTIONS,
    *ticket_files.ACTIONS,
)

ANNOUNCEMENT_ACTIONS = (
    *home.ACTIONS,
    *saved.ACTIONS,
    *begin.ACTIONS,
    *draft.ACTIONS,
    *second_person.ACTIONS,
    *urgent.ACTIONS,
    *report.ACTIONS,
    *table.ACTIONS,
    *genuine.ACTIONS,
    *control.ACTIONS,
    *answer.ACTIONS,
)

ACTIONS = [
    *TICKET_ACTIONS,
    *ANNOUNCEMENT_ACTIONS,
    *stage.ACTIONS,
    *season.ACTIONS,
    *neutral_list.ACTIONS,
    *second_look.ACTIONS,
    *topics.ACTIONS,
    alarms.ADVERTISE,
    Action("lanjut", go_on, say("Lanjutkan")),
    Action("tutup", put_away, say("Tutup")),
    Action("bahasa", welcome.speak, numbered=False),
    verify_member.VERIFY,
    verify_member.DENY,
    profile.ADD,
    profile.RENAME,
    decide_meeting.APPROVE,
    decide_meeting.PROPOSE,
    decide_meeting.FORWARD,
    decide_meeting.REJECT,
    decide_meeting.CALL_OFF,
    decide_meeting.CARD,
    letter.LETTER,
    change_meeting.ACCEPT,
    change_meeting.DECLINE,
    change_meeting.COME,
    change_meeting.MOVE,
    change_meeting.CANCEL,
    after_meeting.OUTCOME,
    after_meeting.PROMISE,
    after_meeting.KEEP,
    my_requests.HISTORY,
    my_requests.MEMBER,
    record.DATA,
    correct.CHANGE,
    correct.PROPOSE,
    decide.ACCEPT,
    decide.REFUSE,
    decide.CARD,
    my_data.ERASE,
    my_data.KEEP_DATA,
    link.AGAIN,
    link.WISH,
    link.DROP,
    link.CONFIRM,
    link.REFUSE,
    link.LET_GO,
    link.PART,
    link.STAY,
]

FORMS = [
    send_report.ActivityReport,
    report_situation.SituationReport,
    suggest.Suggestion,
    check.Check,
    *work.FORMS,
    *forward.FORMS,
    *mute.FORMS,
    *sender.FORMS,
    *canned.FORMS,
    *verdict.FORMS,
    *second_look.FORMS,
    *talk.FORMS,
    *stage.FORMS,
    *write.FORMS,
    *second_person.FORMS,
    *urgent.FORMS,
    *neutral_list.FORMS,
    request_meeting.MeetingRequest,
    profile.Profile,
    verify_member.Denial,
    profile.Rename,
    decide_meeting.Rejection,
    decide_meeting.Proposal,
    decide_meeting.Forwarding,
    decide_meeting.CallingOff,
    change_meeting.Move,
    change_meeting.Cancellation,
    after_meeting.Outcome,
    after_meeting.NewPromise,
    correct.Correction,
    decide.CorrectionRefusal,
    papers.Papers,
    recap.Recapitulation,
]


def named(turn: Turn, prefix: str, number: int) -> int:
    """The record behind a code that was typed. Only whether it exists; rights are checked where it is used."""
    if prefix in PREFIXES:
        ticket = tickets.by_code(turn.tx, f"{prefix}-{number}")
        return 0 if ticket is None else ticket.id
    if prefix == "UMU":
        return by_number(turn.tx, number)
    if prefix != "AUD":
        return number
    meeting = meetings.by_code(turn.tx, f"AUD-{number:04d}")
    return 0 if meeting is None else meeting.id


CATALOGUE = Catalogue(
    commands={command.name: command for command in COMMANDS},
    actions={action.name: action for action in ACTIONS},
    forms=by_name(FORMS),
    named=named,
    shows={"AUD": ("kartu", "riwayat"), "ANG": ("anggota",), "ORM": ("data-ormas",), "KOR": ("perbaikan",)}
    | {"USL": ("periksa-usul",), "UMU": ("umum", "isi-umum")}
    | dict.fromkeys(PREFIXES, ("tiket", "tiket-saya")),
    relay=talk.relay,
    overhear=talk.overhear,
)


def respond(turn: Turn, link: str) -> None:
    """Answer one thing a person did. `link` is where a person in a group finds the private chat."""
    kind = turn.incoming.kind
    if kind in (Kind.SILENT, Kind.MOVED):
        return
    if kind is Kind.BLOCKED:
        people.unreachable(turn.tx, turn.chat.channel, turn.chat.address, turn.now)
        return
    if kind is Kind.GROUP:
        welcome.help_in_group(turn, link)
    elif kind is Kind.OPTED_OUT:
        welcome.opted_out(turn)
    elif kind is Kind.OPTED_IN:
        welcome.opted_in(turn)
    elif kind is Kind.ALARM:
        alarms.tell(turn)
    elif kind is not Kind.UNBLOCKED:
        unread.bring(turn)
        agreed = turn.known is not None and turn.known.version == turn.office.privacy.version
        converse(turn) if agreed or welcome.keeps_rights(turn) else welcome.welcome(turn)
    turn.finish()


def wants(turn: Turn) -> bool:
    """Whether a file is what an open question of somebody who agreed asks for. Nothing is changed."""
    if turn.known is None or turn.known.version != turn.office.privacy.version:
        return False
    draft = open_draft(turn)
    return draft is not None and would_take(turn, draft, Answer(text="", upload=turn.incoming.upload))
