"""One announcement afterwards: the numbers, who and why not, the silent once more, the call list for the front desk."""

from collections.abc import Sequence

from handlers.announcement.running.answer import label_of
from handlers.announcement.running.plan import REASONS
from handlers.announcement.running.progress import controls, progress_text
from handlers.announcement.writing.card import card, head
from handlers.announcement.writing.draft import CODES, parted, show_draft
from handlers.announcement.writing.home import decided_by
from handlers.announcement.writing.preview import preview
from handlers.announcement.writing.write import CODE_SIGNS
from handlers.conversation.catalogue import Action, Effect
from handlers.conversation.converse import NUMBER
from handlers.conversation.turn import Choice, Turn, Work
from handlers.conversation.words import Text, lines, say
from handlers.office.codes import drawn
from handlers.office.moments import in_full
from handlers.telling.officers import APPROVERS, OFFICERS, audit, called
from storage.broadcasts import archive, broadcasts, ledger, runs
from storage.broadcasts.broadcasts import Broadcast, Content
from storage.broadcasts.ledger import Line
from storage.ormas import organisations, registry
from storage.people import people

PAGE = 25
"""Names to a message: what a person reads in one go, and what fits."""
OUTCOMES: dict[str, Text] = {
    "waiting": say("menunggu"),
    "sent": say("terkirim"),
    "failed": say("gagal"),
    "withheld": say("tidak dikirim"),
    "unknown": say("tidak pasti sampai"),
    "expired": say("lewat masa berlaku"),
    "cancelled": say("dibatalkan"),
}


def show(turn: Turn, record: str) -> None:
    """`UMU-0012`: everything about it, and what can be done now."""
    broadcast = broadcasts.get(turn.tx, int(record))
    audit(turn, "broadcast-read", broadcast.subject)
    turn.say(preview(turn, broadcast))
    turn.say(
        card(turn, broadcast),
        lines(say("Keputusan: {decided}.", decided=decided_by(turn, broadcast)), override_line(turn, broadcast)),
        say("Tinjauan: {words}", words=broadcast.review) if broadcast.review else "",
        versions_line(turn, broadcast),
        numbers(turn, broadcast),
        choices=[
            *controls(turn, broadcast),
            *turn.catalogue.choices(names(turn, broadcast), broadcast.id, broadcast.code),
        ],
    )


def override_line(work: Work, broadcast: Broadcast) -> Text:
    if broadcast.override_by is None:
        return ""
    who = called(people.get(work.tx, broadcast.override_by))
    return say("Temuan gerbang netralitas dikecualikan oleh {who}: {why}", who=who, why=broadcast.override_why)


def versions_line(work: Work, broadcast: Broadcast) -> Text:
    """All versions, where there is more than this one."""
    chain = archive.chain(work.tx, broadcast.id)
    told = [say("{code} (versi {version})", code=one.code, version=one.version) for one in chain]
    return say("Rangkaian: {codes}.", codes=lines(*told)) if len(told) > 1 else ""


def numbers(work: Work, broadcast: Broadcast) -> Text:
    if broadcast.started_at is None:
        return ""
    answers = ledger.answers(work.tx, broadcast.id)
    told = [say("{answer}: {count}", answer=answer_words(broadcast, key), count=n) for key, n in answers.items()]
    return lines(progress_text(work, broadcast), *([say("Jawaban:"), *told] if told else []))


def answer_words(broadcast: Broadcast, key: str) -> Text:
    """An answer as people read it."""
    return label_of(broadcast, key) or key


def names(turn: Turn, broadcast: Broadcast) -> list[str]:
    """What can be done now; the silent are asked again only where something was asked."""
    if broadcast.started_at is None:
        return ["periksa-umum"] if broadcast.state == "submitted" and turn.person.roles & APPROVERS else []
    chased = ["hubungi-belum", "telepon-umum"] if broadcast.content.question and not broadcast.going else []
    over = ["aman-umum"] if broadcast.urgent else []
    return ["siapa-umum", "tabel-umum", *chased, *over, "perbaiki-umum", "tarik-umum"]


def who(turn: Turn, argument: str) -> None:
    """Name by name: what became of it, when, what was answered; and why not."""
    number, after = parted(argument)
    broadcast = broadcasts.get(turn.tx, number)
    last = int(after) if NUMBER.match(after) else 0
    found = ledger.lines(turn.tx, broadcast.id, last, PAGE + 1)
    audit(turn, "broadcast-names", broadcast.subject)
    turn.say(
        head(broadcast),
        lines(*(name_line(turn, broadcast, line) for line in found[:PAGE])) if found else say("Tidak ada (lagi)."),
        choices=more(broadcast, WHO.name, found),
    )


def more(broadcast: Broadcast, action: str, found: Sequence[Line]) -> list[Choice]:
    further = (
        [Choice(f"a.{action}.{broadcast.id}.{found[PAGE - 1].id}", say("Selanjutnya"))] if len(found) > PAGE else []
    )
    return [*further, Choice(f"a.umum.{broadcast.id}", say("Kembali ke {code}", code=broadcast.code))]


def name_line(work: Work, broadcast: Broadcast, line: Line) -> Text:
    name = line.name or say("(data dihapus)")
    if line.answer:
        at = in_full(work, line.answered_at or work.now)
        return say("- {name}: menjawab {answer}, {at}", name=name, answer=answer_words(broadcast, line.answer), at=at)
    if line.read_at:
        return say("- {name}: dibaca {at}", name=name, at=in_full(work, line.read_at))
    if line.delivered_at:
        return say("- {name}: sampai {at}", name=name, at=in_full(work, line.delivered_at))
    outcome = OUTCOMES[line.outcome]
    if not line.reason:
        return say("- {name}: {outcome}", name=name, outcome=outcome)
    return say(
        "- {name}: {outcome}, {reason}", name=name, outcome=outcome, reason=REASONS.get(line.reason, line.reason)
    )


def follow_up(turn: Turn, record: str) -> None:
    """The silent only, on another messenger where they have one: a draft that a second person decides about."""
    broadcast = broadcasts.get(turn.tx, int(record))
    if broadcast.started_at is None or not broadcast.content.question or not still_asked(turn, broadcast):
        turn.say(say("{code} tidak (lagi) menunggu jawaban.", code=broadcast.code))
        return
    content = broadcast.content
    again = Content(
        topic=content.topic,
        title=content.title,
        body=content.body,
        question=content.question,
        options=content.options,
        segment=content.segment,
        expires_at=content.expires_at,
        source=content.source,
    )
    code = drawn(CODE_SIGNS)
    made = broadcasts.draft(turn.tx, turn.person.id, again, code, turn.now, follows=broadcast.id)
    runs.copy_files(turn.tx, broadcast.id, made.id)
    audit(turn, "broadcast-written", made.subject, broadcast.code)
    show_draft(turn, made)


def still_asked(turn: Turn, broadcast: Broadcast) -> bool:
    ends = broadcast.content.expires_at
    holds = broadcast.cancelled_at is None and archive.replaced_by(turn.tx, broadcast.id) is None
    return holds and (ends is None or turn.now < ends)


def call_list(turn: Turn, argument: str) -> None:
    """Whom the front desk calls: names, ormas and the numbers we know, page by page."""
    number, after = parted(argument)
    broadcast = broadcasts.get(turn.tx, number)
    last = int(after) if NUMBER.match(after) else 0
    found = ledger.silent(turn.tx, broadcast.id, last, PAGE + 1)
    audit(turn, "broadcast-call-list", broadcast.subject)
    turn.say(
        say("Belum menjawab {code}, untuk ditelepon:", code=broadcast.code),
        lines(*(call_line(turn, line) for line in found[:PAGE])) if found else say("Tidak ada (lagi)."),
        choices=more(broadcast, CALLS.name, found),
    )


def call_line(work: Work, line: Line) -> Text:
    places = organisations.of_person(work.tx, line.person_id)
    phones = [chat.address for chat in people.chats(work.tx, line.person_id) if is_phone(chat.channel, chat.address)]
    phones += [phone for place in places if (phone := office_phone(work, place.organisation.id))]
    return say(
        "- {name} ({organisations}): {phones}",
        name=line.name or say("(data dihapus)"),
        organisations=", ".join(place.organisation.name for place in places) or "-",
        phones=", ".join(dict.fromkeys(phones)) or say("nomor tidak diketahui"),
    )


def is_phone(channel: str, address: str) -> bool:
    return channel == "whatsapp" and address.isdecimal()


def office_phone(work: Work, organisation_id: int) -> str:
    return registry.get(work.tx, organisation_id).facts["phone"]


SHOW = Action("umum", show, say("Lihat"), "lihat", OFFICERS, CODES, effect=Effect.SHOWS)
WHO = Action("siapa-umum", who, say("Siapa saja"), "siapa", OFFICERS, CODES, numbered=False)
CALLS = Action("telepon-umum", call_list, say("Daftar telepon"), "telepon", OFFICERS, CODES, numbered=False)
ACTIONS = [SHOW, WHO, CALLS, Action("hubungi-belum", follow_up, say("Hubungi yang belum"), "hubungi", OFFICERS, CODES)]
