"""What the bot says and decides: the catalogue. A new service is one file and its lines here."""

from handlers import (
    after_meeting,
    change_meeting,
    decide_meeting,
    join,
    letter,
    link,
    my_data,
    my_requests,
    profile,
    request_meeting,
    unread,
    verify_member,
    welcome,
)
from handlers.conversation.catalogue import Action, Catalogue, Command, by_name
from handlers.conversation.converse import converse, go_on, put_away
from handlers.conversation.form import start
from handlers.conversation.message import Kind
from handlers.conversation.turn import Turn
from handlers.conversation.words import say
from handlers.officers import OFFICERS
from storage import meetings, people

COMMANDS = [
    Command(
        "audiensi",
        say("Minta audiensi"),
        lambda turn, rest: start(turn, request_meeting.MeetingRequest),
        words=("audiensi", "ketemu", "bertemu", "silaturahmi", "konsultasi", "rawuh", "sowan", "meeting"),
    ),
    Command("status", say("Lihat permintaan saya"), my_requests.status, words=("perkembangan", "cek", "sampai")),
    Command("profil", say("Profil dan ormas saya"), profile.show_profile, words=("profile",)),
    Command("antrean", say("Antrean petugas"), my_requests.queue, words=("antrian", "queue"), roles=OFFICERS),
    Command("bahasa", say("Ganti bahasa"), welcome.choose_language, words=("language",)),
    Command("dataku", say("Data saya"), my_data.my_data, words=("data",)),
    Command("hapus", say("Hapus data saya"), my_data.ask_to_erase),
    Command("hubungkan", say("Hubungkan obrolan"), link.link, words=("sambungkan",)),
    Command("lepaskan", say("Lepaskan obrolan yang terhubung"), link.unlink, listed=False),
    Command("menu", say("Menu"), welcome.show_menu, words=("help", "bantuan", "tolong", "halo", "hai"), listed=False),
    Command("mulai", say("Mulai"), welcome.start, words=("start",), listed=False),
    Command("berhenti", say("Berhenti menerima kabar"), welcome.stop, words=("stop", "unsubscribe"), listed=False),
    Command("kabar", say("Kabar dari kantor"), unread.news, words=("baca",), listed=False, aside=True),
    Command("gabung", say("Bergabung sebagai petugas"), join.join, listed=False),
]

ACTIONS = [
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
]


def named(turn: Turn, prefix: str, number: int) -> int:
    """The record behind a code that was typed. Only whether it exists; rights are checked where it is used."""
    if prefix != "AUD":
        return number
    meeting = meetings.by_code(turn.tx, f"AUD-{number:04d}")
    return 0 if meeting is None else meeting.id


CATALOGUE = Catalogue(
    commands={command.name: command for command in COMMANDS},
    actions={action.name: action for action in ACTIONS},
    forms=by_name(FORMS),
    named=named,
    shows={"AUD": ("kartu", "riwayat"), "ANG": ("anggota",)},
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
    elif kind is not Kind.UNBLOCKED:
        unread.bring(turn)
        agreed = turn.known is not None and turn.known.version == turn.office.privacy.version
        converse(turn) if agreed or welcome.keeps_rights(turn) else welcome.welcome(turn)
    turn.finish()
