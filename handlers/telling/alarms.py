"""What a messenger tells of the office's own account, told to the admins in words, with what to do; once, not again.

Source of the states: WhatsApp Business Platform, webhook reference (message_template_status_update and its like).
"""

from collections.abc import Callable
from datetime import timedelta

from handlers.conversation.catalogue import Action
from handlers.conversation.message import Alarm
from handlers.conversation.turn import Choice, Turn, Work
from handlers.conversation.words import Text, say
from handlers.telling.officers import ADMINS, audit, called
from handlers.telling.templates import ALL
from storage.database.database import NotFound
from storage.mail import approved_words
from storage.mail.approved_words import ADVERTISING, NO, YES
from storage.people import people

AGAIN_AFTER = timedelta(hours=24)
"""The same is told once in this time, in whatever language of a template and however often it comes (our choice)."""
NAMES = frozenset(approved.name for approved in ALL)
"""Other templates of the account are not ours."""
FINE = frozenset({"APPROVED", "REINSTATED", "UNARCHIVED", "UNLOCKED", "UNPAUSED"})

TEMPLATE: dict[str, Callable[[str], Text]] = {
    "REJECTED": lambda name: say(
        "WhatsApp menolak templat {name}. Kabar yang memakainya tidak sampai di luar 24 jam. Mohon dibaca alasannya di "
        "WhatsApp Manager, lalu diajukan lagi.",
        name=name,
    ),
    "PAUSED": lambda name: say(
        "WhatsApp menjeda templat {name} karena banyak penerima tidak berkenan. Biasanya terbuka lagi sendiri dalam "
        "beberapa jam. Mohon kurangi dahulu pengirimannya.",
        name=name,
    ),
    "DISABLED": lambda name: say(
        "WhatsApp mematikan templat {name}. Kabar yang memakainya tidak sampai di luar 24 jam. Mohon ajukan banding di "
        "WhatsApp Manager.",
        name=name,
    ),
}


def unusable(name: str) -> Text:
    return say(
        "Templat WhatsApp {name} tidak bisa dipakai saat ini. Mohon dilihat di WhatsApp Manager, bagian Message "
        "templates.",
        name=name,
    )


ACCOUNT: dict[tuple[str, str], Text] = {
    ("number", "FLAGGED"): say(
        "Mutu nomor WhatsApp kantor turun: ada penerima yang memblokir atau melaporkan. Mohon tunda pengumuman "
        "beberapa hari."
    ),
    ("number", "DOWNGRADE"): say(
        "WhatsApp menurunkan batas kirim nomor kantor. Mohon tunda pengumuman, dan lihat WhatsApp Manager, bagian "
        "Phone numbers."
    ),
    ("name", "REJECTED"): say(
        "WhatsApp menolak nama nomor kantor. Mohon ajukan nama lain di WhatsApp Manager, bagian Phone numbers."
    ),
    ("review", "REJECTED"): say(
        "WhatsApp menolak akun kantor setelah ditinjau. Mohon ajukan banding di Meta Business Support."
    ),
    ("account", "ACCOUNT_DELETED"): say(
        "Akun WhatsApp kantor dihapus di Meta; pesan tidak terkirim lagi. Bila tidak disengaja, mohon hubungi Meta "
        "Business Support."
    ),
    **dict.fromkeys(
        [("account", state) for state in ("DISABLED_UPDATE", "ACCOUNT_VIOLATION", "ACCOUNT_RESTRICTION")],
        say(
            "WhatsApp membatasi akun kantor atau memberi peringatan pelanggaran. Mohon segera lihat Meta Business "
            "Support Home, dan tunda pengumuman."
        ),
    ),
    **dict.fromkeys(
        [("security", state) for state in ("PIN_CHANGED", "PIN_RESET_REQUEST", "PIN_RESET_SUCCESS")],
        say(
            "PIN verifikasi dua langkah nomor WhatsApp kantor diubah atau diminta diubah. Bila bukan kita, mohon "
            "segera amankan akun Meta kantor."
        ),
    ),
}
"""What is not here needs nobody."""


def tell(turn: Turn) -> None:
    """Keep what a messenger says of our templates, and tell the admins what they should know."""
    alarm = turn.incoming.alarm
    if alarm is None or (alarm.name and alarm.name not in NAMES):
        return
    if alarm.about in ("category", "category-soon"):
        categorised(turn, alarm)
        return
    before = state_of(turn, alarm)
    if alarm.about == "template":
        approved_words.told(turn.tx, alarm.name, alarm.language, status=alarm.state)
    if alarm.about == "template" and alarm.state in FINE:
        approved_words.well_again(turn.tx, f"template:{alarm.name}:")
    words = sentence(alarm, before)
    if words and first_time(turn, alarm):
        to_admins(turn, words)


def state_of(work: Work, alarm: Alarm) -> str:
    known = (one for one in approved_words.states(work.tx) if (one.name, one.language) == (alarm.name, alarm.language))
    return next((one.status for one in known), "")


def sentence(alarm: Alarm, before: str) -> Text:
    """Empty for what needs nobody: a template that is fine is told of only where it was not."""
    match alarm.about, alarm.state:
        case "template", state if state in FINE:
            again = before and before not in FINE
            return say("Templat WhatsApp {name} bisa dipakai lagi.", name=alarm.name) if again else ""
        case "template", "PENDING" | "IN_APPEAL":
            return ""
        case "template", state:
            return TEMPLATE.get(state, unusable)(alarm.name)
        case "template-quality", "RED" | "YELLOW":
            return say(
                "Mutu templat WhatsApp {name} turun: sebagian penerima tidak berkenan. Bila turun lagi, templat itu "
                "dijeda. Mohon kurangi pengirimannya.",
                name=alarm.name,
            )
        case "limit", number:
            return say(
                "Batas WhatsApp kini {number} orang per hari untuk kabar yang kita mulai. Mohon sesuaikan "
                "WHATSAPP_DAILY_REACH.",
                number=number,
            )
        case "alert", kind:
            return say("WhatsApp meminta perhatian ({kind}). Mohon dilihat di Meta Business Suite.", kind=kind)
        case "error", code:
            return say("WhatsApp melaporkan gangguan pada akun kantor (kode {code}). Mohon jalankan doctor.", code=code)
    return ACCOUNT.get((alarm.about, alarm.state), "")


def first_time(work: Work, alarm: Alarm) -> bool:
    what = f"{alarm.about}:{alarm.name}:{alarm.state}"
    return approved_words.first_time(work.tx, what, work.now, AGAIN_AFTER)


def categorised(turn: Turn, alarm: Alarm) -> None:
    """Words that became advertising, or will in a day: they are not sent as that without an admin's yes."""
    soon, name = alarm.about == "category-soon", alarm.name
    if not soon:
        approved_words.told(turn.tx, name, alarm.language, category=alarm.state)
    known = [one for one in approved_words.states(turn.tx) if one.name == name]
    if alarm.state != ADVERTISING:
        if not any(one.category == ADVERTISING for one in known):
            approved_words.forget_answer(turn.tx, name)
            approved_words.well_again(turn.tx, f"{alarm.about}:{name}:")
    elif not any(one.answer for one in known) and first_time(turn, alarm):
        if soon:
            approved_words.told(turn.tx, name, alarm.language)
        ask(turn, name, soon)


def ask(work: Work, name: str, soon: bool) -> None:
    when = (
        say("Besok Meta menggolongkan templat {name} sebagai promosi.", name=name)
        if soon
        else say("Meta kini menggolongkan templat {name} sebagai promosi.", name=name)
    )
    to_admins(
        work,
        when,
        say(
            "Promosi lebih mahal, dan tidak sampai kepada yang menolaknya. Selama belum dijawab, kabar dengan "
            "templat itu ditahan. Tetap dikirim?"
        ),
        choices=[
            Choice(f"a.{ADVERTISE.name}.{name}.{YES}", say("Tetap kirim"), f"izinkan {name}"),
            Choice(f"a.{ADVERTISE.name}.{name}.{NO}", say("Jangan kirim"), f"tahan {name}"),
        ],
    )


def decide(turn: Turn, record: str) -> None:
    """An admin's answer; the last word counts. Raises NotFound for a template nobody asked about."""
    name, _, said = record.partition(".")
    if name not in NAMES or said not in (YES, NO):
        raise NotFound(name)
    approved_words.answer(turn.tx, name, said, turn.now)
    audit(turn, "template-advertising", f"template:{name}", said)
    done = (
        say("Baik, templat {name} tetap dikirim walau digolongkan promosi.", name=name)
        if said == YES
        else say("Baik, kabar dengan templat {name} tidak dikirim selama digolongkan promosi.", name=name)
    )
    turn.say(done)
    to_admins(turn, say("{who}: {done}", who=called(turn.person), done=done), but=turn.person.id)


ADVERTISE = Action("promosi", decide, roles=ADMINS, numbered=False)


def to_admins(work: Work, *text: Text, choices: list[Choice] | None = None, but: int | None = None) -> None:
    for admin in people.with_roles(work.tx, ADMINS):
        if admin.id != but:
            work.tell(admin, *text, choices=choices or ())
