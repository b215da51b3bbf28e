"""First contact: greeting, privacy notice, consent. Until someone agrees, nothing of them is stored but this answer."""

from dataclasses import replace

from handlers.conversation.converse import hear, leave_form, menu, reopen
from handlers.conversation.message import Kind
from handlers.conversation.turn import Choice, Turn
from handlers.conversation.words import LANGUAGES, Text, clean, folded, paragraphs, say
from storage.people import people, preferences

AGREE = {"setuju", "saya setuju", "ya setuju", "ya, setuju", "nggih setuju", "inggih setuju"}
IN_ENGLISH = {"agree", "i agree", "yes, i agree"}
"""Only what can mean nothing else: nobody stores whether the notice was seen, so a mere "ya" or "1" shows it."""
DISAGREE = {"tidak", "tidak setuju", "mboten", "mboten setuju", "no", "disagree", "i disagree"}
OTHER_LANGUAGE = {"english": "en", "inggris": "en", "bahasa inggris": "en", "bahasa indonesia": "id", "indonesia": "id"}
"""What is typed for the third choice."""
WITHOUT_CONSENT = {"berhenti", "dataku", "hapus"}
"""Rights of somebody who is known but has not agreed to a newer notice: they never wait for it (UU 27/2022)."""
STOP = (
    *("stop", "unsubscribe", "opt out", "stop all", "please stop"),
    *("mandheg", "mandeg", "kendel", "nyuwun kendel"),
    *("tolong berhenti", "mohon berhenti", "tolong stop", "mohon stop"),
)
"""Ways to say BERHENTI, each the whole message: English, Javanese (ngoko, krama), and asked politely."""
ANSWERS = ("a.hapus-data.", "a.simpan-data.")
"""Buttons under the question of /hapus, pressed or typed."""
LONGEST_WISH = 32
"""Bytes of a command that travel in the consent button, which carries 64: the person gets there after agreeing."""


def keeps_rights(turn: Turn) -> bool:
    """Whether a person who has not agreed to the newest notice asks for what is theirs in any case."""
    if turn.known is None:
        return False
    word = folded(turn.incoming.text)
    said = turn.catalogue.said(word.partition("@")[0])
    token = turn.incoming.token or turn.screen.meant(word) or ""
    return (said is not None and said.name in WITHOUT_CONSENT) or token.startswith(ANSWERS)


def welcome(turn: Turn) -> None:
    """Answer someone who has not agreed to this version of the notice."""
    token, word = turn.incoming.token, folded(turn.incoming.text)
    if token.startswith("a.setuju."):
        _, _, version, tongue, wish = [*token.split(".", 4), "", ""][:5]
        turn.tongue = tongue if tongue in LANGUAGES else "id"
        agree(turn, wish) if version == turn.office.privacy.version else greet(turn, wish)
    elif token.startswith("a.sapa."):
        _, _, tongue, wish = [*token.split(".", 3), ""][:4]
        turn.tongue = tongue if tongue in LANGUAGES else "id"
        greet(turn, wish)
    elif token == "a.menolak" or (turn.incoming.kind is Kind.TEXT and word in DISAGREE):
        part(turn)
    elif turn.incoming.kind is Kind.TEXT and not turn.incoming.forwarded and word in AGREE | IN_ENGLISH:
        turn.tongue = "en" if word in IN_ENGLISH else "id"
        agree(turn, "")
    elif word in OTHER_LANGUAGE:
        turn.tongue = OTHER_LANGUAGE[word]
        greet(turn, "")
    else:
        greet(turn, wish_of(clean(turn.incoming.text)))


def part(turn: Turn) -> None:
    """They do not agree. Nothing more is asked, and nobody is told that nothing is stored when something is."""
    if turn.known is None:
        turn.say(say("Baik. Tidak ada yang kami simpan. Bila berubah pikiran, kirim halo kapan saja."))
    else:
        turn.say(
            say(
                "Baik. Data Bapak/Ibu yang lama tetap seperti semula. Untuk melihatnya ketik /dataku, untuk "
                "menghapusnya /hapus. Bila berubah pikiran, kirim halo kapan saja."
            )
        )


def wish_of(said: str) -> str:
    """A command someone began with, short enough to travel in a button."""
    return said if said.startswith("/") and len(said.encode()) <= LONGEST_WISH else ""


def greet(turn: Turn, wish: str) -> None:
    office = turn.office
    other = "en" if turn.language == "id" else "id"
    turn.say(
        say("Monggo, selamat datang di rumah kedua: {office}.", office=office.name),
        say(
            "Di sini pengurus ormas dapat meminta audiensi, mengirim laporan dan masukan, bertanya kepada petugas, dan "
            "menerima kabar. Sebelum mulai, mohon dibaca (pemberitahuan privasi versi {version}):",
            version=office.privacy.version,
        ),
        notice(turn),
        say("Apakah Bapak/Ibu setuju?"),
        choices=[
            Choice(f"a.setuju.{office.privacy.version}.{turn.language}.{wish}", say("Setuju"), "setuju"),
            Choice("a.menolak", say("Tidak setuju"), "tidak setuju"),
            Choice(f"a.sapa.{other}.{wish}", LANGUAGES[other], LANGUAGES[other].casefold()),
        ],
    )


def notice(turn: Turn) -> Text:
    return paragraphs(
        say(
            "Kami menyimpan nama, ormas, jabatan, permintaan, laporan, foto dan berkas, serta pesan Bapak/Ibu, hanya "
            "untuk melayani. Yang membaca hanya petugas {office}. Pesan mentah dihapus setelah beberapa hari. Laporan "
            "tanpa nama tidak kami simpan pengirimnya.",
            office=turn.office.name,
        ),
        say(
            "Bapak/Ibu dapat melihat dan membawa datanya (/dataku), memintanya dihapus (/hapus), dan menghentikan "
            "pemberitahuan (ketik BERHENTI). Pertanyaan: {contact}.",
            contact=turn.office.privacy.contact,
        ),
    )


def agree(turn: Turn, wish: str) -> None:
    """Record the consent and let the person get on with what they came for."""
    turn.known = people.agree(turn.tx, turn.chat, turn.office.privacy.version, turn.language, turn.now)
    turn.chat = replace(turn.chat, person_id=turn.person.id)
    turn.say(say("Matur nuwun. Persetujuan Bapak/Ibu sudah kami catat."))
    if wish:
        hear(turn, wish)
    else:
        show_menu(turn, "")


def show_menu(turn: Turn, rest: str) -> None:
    """`/menu`: everything this person can ask for."""
    if rest.startswith("gabung_"):
        hear(turn, "/gabung " + rest.removeprefix("gabung_"))
        return
    turn.say(say("Ada yang bisa kami bantu?"), choices=menu(turn))


def show_more(turn: Turn, rest: str) -> None:  # noqa: ARG001
    """`/lainnya`: what is seldom needed."""
    turn.say(say("Pilihan lain:"), choices=menu(turn, seldom=True))


def start(turn: Turn, rest: str) -> None:
    """`/mulai`, `/start`: come back after BERHENTI, or just go on.

    Telegram sends it for whoever opens a deleted chat again: an open question is no less open for that.
    """
    if turn.person.stopped or unadvertised(turn):
        people.resume(turn.tx, turn.person.id)
        note_wish(turn, wanted=True)
        note_advertising(turn, wanted=True)
        turn.refresh()
        turn.say(say("Selamat datang kembali. Pengingat dan kabar dari kantor kami kirim lagi."))
    if rest:
        leave_form(turn)
        show_menu(turn, rest)
    else:
        reopen(turn)


def stop(turn: Turn, rest: str) -> None:  # noqa: ARG001
    """`BERHENTI`: nothing more that the office starts by itself."""
    people.stop(turn.tx, turn.person.id, turn.now)
    note_wish(turn, wanted=False)
    turn.refresh()
    turn.say(
        say(
            "Baik, kami tidak akan mengirim apa pun lebih dahulu: tidak ada pengingat dan kabar. "
            "Bapak/Ibu tetap bisa bertanya, misalnya /status. Ketik MULAI untuk menerima lagi."
        )
    )


def note_wish(turn: Turn, *, wanted: bool) -> None:
    """With the words it was said in: the office can show when, where and how somebody stopped and came back."""
    said = clean(turn.incoming.text) or turn.incoming.token
    preferences.note(turn.tx, turn.person.id, preferences.EVERYTHING, wanted, said, turn.incoming.channel, turn.now)


def opted_out(turn: Turn) -> None:
    """The messenger's own switch is about advertising: announcements stop there, and it is confirmed once."""
    if turn.known is None or turn.known.stopped or unadvertised(turn):
        return
    note_advertising(turn, wanted=False)
    turn.say(
        say(
            "Baik, pengumuman tidak kami kirim lagi ke sini. Jawaban dan pengingat tetap kami kirim. Untuk "
            "menghentikan semuanya ketik BERHENTI, untuk menerima pengumuman lagi ketik MULAI."
        )
    )


def opted_in(turn: Turn) -> None:
    """Switched on again. It takes back nothing that was said in words."""
    if turn.known is not None and unadvertised(turn):
        note_advertising(turn, wanted=True)
        if not turn.known.stopped:
            turn.say(say("Baik, pengumuman kami kirim lagi ke sini."))


def unadvertised(turn: Turn) -> bool:
    return preferences.no_advertising(turn.tx, turn.person.id, turn.incoming.channel)


def note_advertising(turn: Turn, *, wanted: bool) -> None:
    said, channel = clean(turn.incoming.text) or turn.incoming.token, turn.incoming.channel
    preferences.note(turn.tx, turn.person.id, preferences.ADVERTISING, wanted, said, channel, turn.now)


def choose_language(turn: Turn, rest: str) -> None:
    """`/bahasa`."""
    if folded(rest) in LANGUAGES:
        speak(turn, folded(rest))
        return
    turn.say(
        say("Bahasa apa yang Bapak/Ibu inginkan?"),
        choices=[Choice(f"a.bahasa.{key}", label) for key, label in LANGUAGES.items()],
    )


def speak(turn: Turn, language: str) -> None:
    people.speak(turn.tx, turn.person.id, language if language in LANGUAGES else "id")
    turn.refresh()
    turn.renew_menu()
    turn.say(say("Baik, mulai sekarang kami memakai {language}.", language=LANGUAGES[turn.language]))
    show_menu(turn, "")


def help_in_group(turn: Turn, link: str) -> None:
    """In a group everybody reads along, so nothing personal is asked or answered there."""
    turn.say(
        say(
            "Mohon maaf, di grup kami tidak melayani supaya data Bapak/Ibu tetap pribadi. "
            "Silakan kirim pesan langsung kepada kami. {link}",
            link=link,
        )
    )
