"""What the bot says and decides: the catalogue. A new service is one file and its lines here."""

from handlers import overview, second_look
from handlers.announcement import topics, unread
from handlers.announcement.running import answer, control
from handlers.announcement.writing import (
    begin,
    draft,
    genuine,
    home,
    report,
    saved,
    second_person,
    table,
    urgent,
    write,
)
from handlers.commands import COMMANDS
from handlers.conversation.attachments_in import would_take
from handlers.conversation.catalogue import Action, Catalogue, by_name
from handlers.conversation.converse import converse, open_draft
from handlers.conversation.message import Kind
from handlers.conversation.questions.question import Answer
from handlers.conversation.turn import Turn
from handlers.conversation.waiting import go_on, keep, put_away
from handlers.conversation.words import say
from handlers.election import season, stage
from handlers.identity import link, welcome
from handlers.meeting import after, ask, change, letter
from handlers.meeting import decide as decide_meeting
from handlers.membership import profile, verify
from handlers.neutrality import listed_names
from handlers.privacy import my_data
from handlers.recap import ask as recap
from handlers.register import correct, decide, papers, record
from handlers.report import send
from handlers.rumour import check
from handlers.situation import report as report_situation
from handlers.suggestion import suggest
from handlers.talk import talk
from handlers.telling import alarms
from handlers.tickets import files
from handlers.tickets.kinds import PREFIXES
from handlers.tickets.officer import canned, forward, mute, resend, reveal, verdict, work
from handlers.tickets.sender import follow, unasked_reply
from storage.broadcasts.broadcasts import by_number
from storage.meetings import meetings
from storage.people import people
from storage.tickets import tickets

TICKET_ACTIONS = (
    *work.ACTIONS,
    *forward.ACTIONS,
    *mute.ACTIONS,
    *reveal.ACTIONS,
    *resend.ACTIONS,
    *follow.ACTIONS,
    *unasked_reply.ACTIONS,
    *canned.ACTIONS,
    *talk.ACTIONS,
    *files.ACTIONS,
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
    *listed_names.ACTIONS,
    *second_look.ACTIONS,
    *topics.ACTIONS,
    alarms.ADVERTISE,
    Action("lanjut", go_on, say("Lanjutkan")),
    Action("tutup", put_away, say("Tutup")),
    Action("simpan-isian", keep, say("Simpan dulu")),
    Action("bahasa", welcome.speak, numbered=False),
    verify.VERIFY,
    verify.DENY,
    profile.ADD,
    profile.RENAME,
    decide_meeting.APPROVE,
    decide_meeting.PROPOSE,
    decide_meeting.FORWARD,
    decide_meeting.REJECT,
    decide_meeting.CALL_OFF,
    decide_meeting.CARD,
    letter.LETTER,
    change.ACCEPT,
    change.DECLINE,
    change.COME,
    change.MOVE,
    change.CANCEL,
    after.OUTCOME,
    after.PROMISE,
    after.KEEP,
    overview.HISTORY,
    overview.MEMBER,
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
    send.ActivityReport,
    report_situation.SituationReport,
    suggest.Suggestion,
    check.Check,
    *work.FORMS,
    *forward.FORMS,
    *mute.FORMS,
    *reveal.FORMS,
    *follow.FORMS,
    *canned.FORMS,
    *verdict.FORMS,
    *second_look.FORMS,
    *talk.FORMS,
    *stage.FORMS,
    *write.FORMS,
    *second_person.FORMS,
    *urgent.FORMS,
    *listed_names.FORMS,
    ask.MeetingRequest,
    profile.Profile,
    verify.Denial,
    profile.Rename,
    decide_meeting.Rejection,
    decide_meeting.Proposal,
    decide_meeting.Forwarding,
    decide_meeting.CallingOff,
    change.Move,
    change.Cancellation,
    after.Outcome,
    after.NewPromise,
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
