"""One person, two messengers: `/hubungkan` makes a code on one and takes it on the other; `/lepaskan` undoes it.

A code alone links nothing: the one who typed it says yes, then the one who made it does.
"""

from dataclasses import replace
from datetime import timedelta

from handlers.conversation.catalogue import Action
from handlers.conversation.converse import menu
from handlers.conversation.turn import Choice, Stale, Turn
from handlers.conversation.words import Text, lines, listed, say
from handlers.identity import guesses
from handlers.identity.join import typed
from handlers.membership.verify import ask_again
from handlers.office.codes import digest, drawn
from handlers.telling.officers import audit
from storage.database.database import NotFound
from storage.mail import outbox
from storage.people import link_codes, merges, people
from storage.people.link_codes import LinkCode
from storage.people.merges import Merge

LENGTH = 8
"""Forty bits, good for a quarter of an hour, for one asker, and only with the maker's own yes."""
CODE = typed(LENGTH)
VALID = timedelta(minutes=15)
NONE = 0
"""The id of no code: one that was never given is asked for like any other, so that the time it takes tells nothing."""
CHANNELS: dict[str, Text] = {"telegram": "Telegram", "whatsapp": "WhatsApp", "web": say("halaman web")}
LINKED = "linked"
"""Why two were merged here. What others merged for other reasons is not undone here either."""
OVER = say("Kode itu sudah tidak berlaku. Untuk mencoba lagi, ketik /hubungkan di salah satu obrolan Bapak/Ibu.")


def link(turn: Turn, rest: str) -> None:
    """`/hubungkan` gives a code, or shows what is linked; `/hubungkan ABCD-EFGH` takes one."""
    if rest:
        take_code(turn, rest)
    elif linked(turn):
        show_linked(turn)
    else:
        give_code(turn, "0")


def give_code(turn: Turn, record: str) -> None:  # noqa: ARG001
    code = drawn(LENGTH)
    link_codes.renew(turn.tx, turn.person.id, digest(code), turn.chat.channel, turn.now, turn.now + VALID)
    turn.say(
        say(
            "Di WhatsApp, Telegram, atau halaman web Bapak/Ibu yang lain, ketik: /hubungkan {code}",
            code=code,
        ),
        say(
            "Kode berlaku {minutes} menit dan hanya sekali. Mohon jangan diberikan kepada siapa pun, "
            "juga tidak kepada petugas.",
            minutes=int(VALID.total_seconds()) // 60,
        ),
    )


def take_code(turn: Turn, said: str) -> None:
    """A code from the other messenger. Nobody learns whether a wrong one was ever right."""
    if guesses.too_many(turn):
        turn.say(say("Terlalu banyak percobaan. Silakan coba lagi satu jam lagi."))
        return
    code = link_codes.find(turn.tx, digest(said), turn.now)
    if code is not None and code.person_id == turn.person.id:
        turn.say(say("Itu kode Bapak/Ibu sendiri. Mohon ketik di obrolan Bapak/Ibu yang lain."))
    elif not link_codes.ask(turn.tx, code.id if code else NONE, turn.person.id, turn.chat.channel) or code is None:
        guesses.note(turn)
        turn.say(
            say("Kode itu tidak berlaku: salah, sudah dipakai, atau kedaluwarsa. Ketik /hubungkan untuk kode baru.")
        )
    else:
        ask_asker(turn, code)


def ask_asker(turn: Turn, code: LinkCode) -> None:
    """What a link means is said before it is made: a stranger may have talked somebody into typing the code."""
    maker = people.get(turn.tx, code.person_id)
    turn.say(
        say(
            "Kode dikenali. Hubungkan obrolan ini dengan akun {hint} di {channel}?",
            hint=hint(maker.name),
            channel=channel_name(code.channel),
        ),
        say(
            "Sesudah itu semua permintaan, isian, dan hak di obrolan ini juga terbuka di akun itu. Lanjutkan hanya "
            "kalau akun itu milik Bapak/Ibu sendiri; petugas tidak pernah meminta ini."
        ),
        choices=[WISH.on(code.id), DROP.on(code.id)],
    )


def hint(name: str | None) -> Text:
    """`S… A…`: enough to know oneself by, too little to learn a name from."""
    return " ".join(f"{word[0]}…" for word in name.split()) if name else say("yang belum bernama")


def channel_name(channel: str) -> Text:
    return CHANNELS.get(channel, channel)


def asked(turn: Turn, record: str) -> LinkCode:
    """The code this person typed. Raises NotFound for anybody else's."""
    code = link_codes.get(turn.tx, int(record))
    if code.asked_by != turn.person.id:
        raise NotFound(record)
    return code


def made(turn: Turn, record: str) -> LinkCode:
    """The code this person made. Raises NotFound for anybody else's."""
    code = link_codes.get(turn.tx, int(record))
    if code.person_id != turn.person.id:
        raise NotFound(record)
    return code


def wish(turn: Turn, record: str) -> None:
    """The one who typed the code says yes: now the one who made it is asked."""
    code = asked(turn, record)
    where = channel_name(code.channel)
    if not code.open(turn.now):
        turn.say(OVER)
    elif code.wished or ask_maker(turn, code):
        link_codes.wish(turn.tx, code.id, turn.now)
        turn.say(say("Terima kasih. Sekarang mohon tekan “Ya, itu saya” di {channel}.", channel=where))
    else:
        turn.say(
            say(
                "Akun di {channel} sedang tidak menerima pesan dari kami, jadi tidak dapat kami mintai persetujuan. "
                "Mohon ketik MULAI di sana, lalu tekan Ya sekali lagi di sini.",
                channel=where,
            ),
            choices=[WISH.on(code.id), DROP.on(code.id)],
        )


def ask_maker(turn: Turn, code: LinkCode) -> bool:
    number = f"TAU-{code.id:04d}"
    return turn.tell(
        people.get(turn.tx, code.person_id),
        say(
            "Seseorang di {channel} ingin menghubungkan obrolannya dengan akun Bapak/Ibu. "
            "Kalau itu Bapak/Ibu sendiri, tekan Ya.",
            channel=channel_name(turn.chat.channel),
        ),
        choices=[CONFIRM.on(code.id, number), REFUSE.on(code.id, number)],
        stale=Stale(code.expires_at, code.expires_at, f"link:{code.id}"),
    )


def drop(turn: Turn, record: str) -> None:
    """The one who typed the code thinks better of it."""
    code = asked(turn, record)
    link_codes.close(turn.tx, code.id, turn.now)
    outbox.take_back(turn.tx, f"link:{code.id}", turn.now)
    turn.say(say("Baik, tidak ada yang dihubungkan."))


def confirm(turn: Turn, record: str) -> None:
    """The one who made the code says yes, after the other did: two become one."""
    code = made(turn, record)
    if not code.open(turn.now) or not code.wished or code.asked_by is None:
        turn.say(OVER)
        return
    roles, other = turn.person.roles, people.get(turn.tx, code.asked_by)
    done = say("Obrolan ini sekarang terhubung dengan akun Bapak/Ibu di {channel}.", channel=channel_name(code.channel))
    turn.tell(other, done, say("Ketik /menu untuk melanjutkan, /lepaskan untuk memisahkan lagi."))
    merge = merges.merge(turn.tx, turn.person.id, other.id, LINKED, turn.now)
    turn.refresh()
    if turn.person.roles != roles:
        turn.renew_menu()
    ask_again(turn, merge)
    turn.say(
        say("Obrolan di {channel} sekarang terhubung dengan akun ini.", channel=channel_name(code.asked_from)),
        say("Kabar dari kantor tetap berhenti. Ketik MULAI untuk menerimanya.") if turn.person.stopped else "",
        say("Ketik /lepaskan untuk memisahkannya lagi."),
        choices=menu(turn),
    )


def refuse(turn: Turn, record: str) -> None:
    """It was somebody else: nothing happens, and it stands in the audit."""
    code = made(turn, record)
    if code.asked_by is None or not link_codes.close(turn.tx, code.id, turn.now):
        turn.say(OVER)
        return
    audit(turn, "link-refused", f"person:{turn.person.id}", f"person:{code.asked_by}")
    turn.tell(
        people.get(turn.tx, code.asked_by),
        say("Mohon maaf, pemilik akun di {channel} tidak menyetujuinya.", channel=channel_name(code.channel)),
    )
    turn.say(say("Baik, tidak ada yang dihubungkan. Terima kasih sudah berhati-hati."))


def linked(turn: Turn) -> list[Merge]:
    """What this person linked and still lives with."""
    return [merge for merge in merges.into(turn.tx, turn.person.id) if merge.reason == LINKED]


def show_linked(turn: Turn) -> None:
    """Every chat of this person, and what can be let go."""
    chats = sorted(people.chats(turn.tx, turn.person.id), key=lambda chat: (chat.channel, chat.address))
    here = (turn.chat.channel, turn.chat.address)
    turn.say(
        say("Obrolan Bapak/Ibu yang terhubung:"),
        lines(
            *(
                say("{channel} (obrolan ini)", channel=channel_name(chat.channel))
                if (chat.channel, chat.address) == here
                else channel_name(chat.channel)
                for chat in chats
            )
        ),
        choices=[*choices_to_part(turn), AGAIN.on(0)],
    )


def choices_to_part(turn: Turn) -> list[Choice]:
    return [
        Choice(LET_GO.on(merge.id).token, say("Lepaskan {channel}", channel=came_with(merge))) for merge in linked(turn)
    ]


def came_with(merge: Merge) -> Text:
    """The messengers that came with it."""
    return listed(channel_name(channel) for channel in sorted({channel for channel, _ in merge.chats}))


def unlink(turn: Turn, rest: str) -> None:  # noqa: ARG001
    """`/lepaskan`."""
    known = linked(turn)
    if not known:
        turn.say(say("Tidak ada obrolan yang terhubung. Untuk menghubungkan, ketik /hubungkan."))
    elif len(known) == 1:
        ask_to_part(turn, str(known[0].id))
    else:
        show_linked(turn)


def own_merge(turn: Turn, record: str) -> Merge:
    """A link this person lives with now. Raises NotFound for anybody else's."""
    merge = merges.get(turn.tx, int(record))
    if merge not in linked(turn):
        raise NotFound(record)
    return merge


def ask_to_part(turn: Turn, record: str) -> None:
    merge = own_merge(turn, record)
    turn.say(
        say("Lepaskan {channel} dari akun ini?", channel=came_with(merge)),
        say(
            "Yang dulu dibawanya kembali ke sana: permintaan, isian, keanggotaan, dan hak. "
            "Yang dibuat sesudah dihubungkan tetap di akun {hint}.",
            hint=hint(turn.person.name),
        ),
        choices=[PART.on(merge.id), STAY.on(0)],
    )


def part(turn: Turn, record: str) -> None:
    """Two again. This chat may be the one that goes: then it is somebody else's from here on."""
    merge = own_merge(turn, record)
    roles = turn.person.roles
    merges.undo(turn.tx, merge.id, turn.now)
    chat = people.chat_of(turn.tx, turn.chat.channel, turn.chat.address)
    assert chat.person_id is not None
    turn.known, turn.chat = people.get(turn.tx, chat.person_id), replace(turn.chat, person_id=chat.person_id)
    if turn.person.roles != roles:
        turn.renew_menu()
    other = merge.merged_id if turn.person.id == merge.kept_id else merge.kept_id
    turn.tell(people.get(turn.tx, other), say("Obrolan ini sudah dipisahkan dari obrolan Bapak/Ibu yang lain."))
    turn.say(say("Baik, obrolannya sudah dipisahkan. Ketik /hubungkan bila ingin menghubungkan lagi."))


def stay(turn: Turn, record: str) -> None:  # noqa: ARG001
    turn.say(say("Baik, semuanya tetap terhubung."))


AGAIN = Action("kode-hubung", give_code, say("Hubungkan lagi"))
WISH = Action("hubungkan-ya", wish, say("Ya, hubungkan"))
DROP = Action("hubungkan-tidak", drop, say("Tidak"))
CONFIRM = Action("itu-saya", confirm, say("Ya, itu saya"), "itu saya", prefixes=("TAU",))
REFUSE = Action("bukan-saya", refuse, say("Bukan saya"), "bukan saya", prefixes=("TAU",))
LET_GO = Action("lepaskan", ask_to_part, say("Lepaskan"))
PART = Action("ya-lepaskan", part, say("Ya, lepaskan"))
STAY = Action("tetap-terhubung", stay, say("Tidak jadi"))
