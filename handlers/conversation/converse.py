"""From what a person did to what it means: the one order in which everything is tried."""

import re

from handlers.conversation import form
from handlers.conversation.asking import CANCEL, meant
from handlers.conversation.attachments_in import take_sent
from handlers.conversation.catalogue import Action, Effect, allowed, only_for
from handlers.conversation.message import Incoming, Kind
from handlers.conversation.questions.question import Answer
from handlers.conversation.screen import Shown
from handlers.conversation.turn import Choice, Turn
from handlers.conversation.unasked import CHANGED, FORWARDED, UNASKED
from handlers.conversation.waiting import offer_to_go_on
from handlers.conversation.words import Text, clean, folded, lines, say
from storage.database.database import NotFound
from storage.machine import drafts
from storage.machine.drafts import Draft

CODE = re.compile(r"(?:(.{1,40}) )?([a-z]{3})[ –-]*0*(\d{1,9})", re.ASCII)
"""`setujui AUD-0147`, also without the dash or the zeros; the code alone means to see it."""
CODES = re.compile(r"\b([a-z]{3})[–-]?0*(\d{1,9})\b", re.ASCII)
"""Codes inside a sentence; "mas 2 orang" holds none."""
LONGEST_COMMAND = 64
NUMBER = re.compile(r"\d{1,15}$", re.ASCII)


def converse(turn: Turn) -> None:
    """Answer one thing a person did, who has already agreed to the privacy notice."""
    incoming = turn.incoming
    if incoming.kind is Kind.PRESS:
        press(turn, incoming.token)
    elif incoming.kind is Kind.TEXT and incoming.forwarded and not takes_forwards(turn):
        if open_draft(turn) or not turn.catalogue.relay(turn, clean(incoming.text)):
            repeat(turn, FORWARDED)
    elif incoming.kind is Kind.TEXT:
        hear(turn, clean(incoming.text))
    elif incoming.kind in (Kind.FILE, Kind.VOICE, Kind.LOCATION):
        receive(turn, incoming)
    elif incoming.kind is Kind.OPENED:
        reopen(turn)
    elif incoming.kind in CHANGED:
        explain(turn, CHANGED[incoming.kind])
    elif incoming.kind in UNASKED:
        repeat(turn, UNASKED[incoming.kind])


def reopen(turn: Turn) -> None:
    """The chat was opened anew, perhaps empty: what was open is shown again."""
    draft = open_draft(turn)
    if draft is not None:
        form.show(turn, draft)
    else:
        repeat(turn, say("Ada yang bisa kami bantu?"))


def explain(turn: Turn, done: Text) -> None:
    """A message that was read is not unread: how to change what it answered, in the open form or afterwards."""
    draft = open_draft(turn)
    if draft is not None and any(map(drafts.told, draft.answers)):
        repeat(turn, lines(done, say("Bila itu jawaban untuk isian ini, ketik kembali untuk mengubahnya.")))
    else:
        repeat(turn, lines(done, say("Untuk melihat atau mengubah yang sudah terkirim, ketik /status.")))


def takes_forwards(turn: Turn) -> bool:
    """Whether the open question asks for somebody else's words."""
    draft = open_draft(turn)
    question = form.on_screen(turn, form.load(turn, draft)) if draft else None
    return question is not None and question.takes_forwards


def press(turn: Turn, token: str) -> None:
    """A button, or a choice that was typed. Its token is only a wish: rights and state are checked where it acts."""
    what, _, rest = token.partition(".")
    name, _, argument = rest.partition(".")
    if what == "f":
        press_in_form(turn, name, argument)
    elif what == "a" and name in turn.catalogue.actions:
        act(turn, name, argument)
    elif what == "c" and name in turn.catalogue.commands:
        command(turn, name, argument)
    else:
        repeat(turn, say("Tombol itu sudah tidak berlaku."))


def press_in_form(turn: Turn, number: str, key: str) -> None:
    draft = open_draft(turn)
    if draft is None or number != str(turn.screen.number):
        turn.answer = say("Tombol itu sudah tidak berlaku.")
        repeat(turn, turn.answer)
        return
    form.proceed(turn, draft, Answer(text=key, key=key))


def act(turn: Turn, name: str, argument: str) -> None:
    action = turn.catalogue.actions[name]
    if not allowed(action.roles, turn.known):
        repeat(turn, only_for(action.roles, turn.known))
        return
    leave_form(turn)
    turn.screen.decided(f"a.{name}.{argument}")
    try:
        with turn.tx.attempt():
            run(turn, action, argument)
    except NotFound:
        turn.saying.clear()
        turn.screen.clear()
        turn.say(say("Catatan itu tidak kami temukan. Ketik /menu untuk melihat pilihan."))
    offer_to_go_on(turn)


def run(turn: Turn, action: Action, argument: str) -> None:
    """Let it happen, unless the button is about something that has changed since. Raises NotFound for no record."""
    record, _, seen = argument.partition(".")
    if not action.numbered:
        action.run(turn, argument)
    elif not NUMBER.match(record):
        raise NotFound(record)
    elif seen and action.basis and action.basis.now(turn, int(record)) not in ("", seen):
        action.basis.changed(turn, record)
    else:
        action.run(turn, record)


def command(turn: Turn, name: str, rest: str) -> None:
    found = turn.catalogue.said(name)
    if found is None:
        repeat(turn, say("Perintah /{name} tidak kami kenal. Ketik /menu untuk melihat pilihan.", name=name[:32]))
    elif not allowed(found.roles, turn.known):
        repeat(turn, only_for(found.roles, turn.known))
    elif found.aside:
        found.run(turn, rest)
    else:
        leave_form(turn)
        found.run(turn, rest)
        offer_to_go_on(turn)


def hear(turn: Turn, said: str) -> None:
    """Typed words: a stop word, a command, a choice on the screen, an answer, or something to find the sense of."""
    word = folded(said)
    draft = open_draft(turn)
    if (always := turn.catalogue.said(word)) is not None and always.name in ("berhenti", "mulai"):
        command(turn, always.name, "")
    elif said.startswith("/") and len(said) > 1 and meant(said, None) is None:
        slashed(turn, *said[1:LONGEST_COMMAND].partition(" ")[::2])
    elif draft is None and coded(turn, word) is None and turn.catalogue.relay(turn, said):
        return
    elif draft is None and (several := turn.screen.several(word)):
        ask_which(turn, several)
    elif several := turn.screen.counted_two_ways(word):
        ask_what_number(turn, word, several)
    elif (token := turn.screen.meant(word)) is not None and not claimed(turn, draft, token):
        press(turn, token)
    elif (done := coded(turn, word)) is not None:
        act(turn, *done)
    elif draft is not None:
        form.proceed(turn, draft, Answer(text=said))
    elif meant(said, None) == CANCEL:
        repeat(turn, say("Tidak ada isian yang sedang terbuka."))
    else:
        guess(turn, said, word)


def slashed(turn: Turn, name: str, rest: str) -> None:
    """`/stop` counts at once; "/stop kirim pesan ya" is a sentence like any other, and only asks."""
    word = folded(name.partition("@")[0])
    found = turn.catalogue.said(word)
    if found is not None and found.alone and rest.strip() and allowed(found.roles, turn.known):
        ask_whether(turn, {found.name})
    else:
        command(turn, word, rest.strip())


def claimed(turn: Turn, draft: Draft | None, token: str) -> bool:
    """An open question is answered before an older notice: "Batal" in a form means the form.

    Only a notice about that very form comes first: "lanjutkan" is no answer to its question.
    """
    if draft is None or token in (f"a.lanjut.{draft.id}", f"a.tutup.{draft.id}"):
        return False
    return not any(token == shown for shown, _, _ in turn.screen.shown)


def ask_which(turn: Turn, several: list[Shown]) -> None:
    """One word stands under several notices: nothing is decided by chance."""
    turn.say(
        say("Yang mana yang Bapak/Ibu maksud?"),
        choices=[Choice(token, typed or label) for token, label, typed in several],
    )


def ask_what_number(turn: Turn, word: str, several: list[Shown]) -> None:
    """Never silently a wrong day: each meaning is shown in full, to be pressed or typed."""
    turn.say(
        say("Angka {number} bisa berarti beberapa hal. Yang mana yang Bapak/Ibu maksud?", number=word),
        choices=[Choice(token, label, folded(label)) for token, label, _ in several],
    )


def coded(turn: Turn, word: str) -> tuple[str, str] | None:
    """The action and record of "setujui AUD-0147"."""
    found = CODE.fullmatch(word)
    if found is None:
        return None
    prefix = found[2].upper()
    action = turn.catalogue.done((found[1] or "").strip(" :,"), prefix, turn.known)
    return None if action is None else (action.name, str(turn.catalogue.named(turn, prefix, int(found[3]))))


def guess(turn: Turn, said: str, word: str) -> None:
    """No question is open: a command from beginning to end, words somebody waits for, or a sentence."""
    whole = turn.catalogue.whole(said)
    if whole is not None and allowed(whole[0].roles, turn.known):
        command(turn, whole[0].name, whole[1])
    elif whole is not None or not turn.catalogue.overhear(turn, said, not services(turn, word)):
        usual(turn, word)


def services(turn: Turn, word: str) -> set[str]:
    """The commands whose words occur in what was said."""
    found = {c.name for part in word.split() if (c := turn.catalogue.said(part)) and allowed(c.roles, turn.known)}
    return found - {"menu"} or found  # "halo, mau ketemu" is more than a greeting


def usual(turn: Turn, word: str) -> None:
    """Look for a service in a sentence; else the menu. What a sentence merely contains never changes anything."""
    found = services(turn, word)
    spoken_of = mentioned(turn, word)
    if any(turn.catalogue.commands[name].effect is Effect.ACTS for name in found):
        ask_whether(turn, found)
    elif spoken_of is not None:
        act(turn, *spoken_of)
    elif len(found) == 1:
        command(turn, found.pop(), "")
    else:
        turn.screen.clear()
        turn.say(
            say("Maaf, kami belum paham maksudnya. Ini yang bisa kami bantu:"),
            choices=menu(turn),
        )


def ask_whether(turn: Turn, found: set[str]) -> None:
    """The word of something that counts stands in a sentence: "jangan berhenti berkarya" may mean anything."""
    turn.screen.clear()
    meant_perhaps = [Choice(f"c.{c.name}", c.title) for c in turn.catalogue.commands.values() if c.name in found]
    turn.say(
        say("Belum ada yang kami ubah. Apakah ini yang Bapak/Ibu maksud?"),
        choices=[*meant_perhaps, Choice("c.menu", say("Bukan, tampilkan menu"), "bukan")],
    )


def mentioned(turn: Turn, word: str) -> tuple[str, str] | None:
    """The action that shows the one record whose code stands in a sentence; what can be done stands under it."""
    codes = {(prefix, number) for prefix, number in CODES.findall(word) if prefix.upper() in turn.catalogue.shows}
    return coded(turn, " ".join(codes.pop())) if len(codes) == 1 else None


def menu(turn: Turn, *, seldom: bool = False) -> list[Choice]:
    """What this person can ask for; what is seldom needed stands on a page of its own."""
    return [Choice(f"c.{c.name}", c.title) for c in turn.catalogue.for_person(turn.known) if c.seldom is seldom]


def receive(turn: Turn, incoming: Incoming) -> None:
    """A file, a voice note or a place: for the open question, else for one of its form that gathers files."""
    draft = open_draft(turn)
    answer = Answer(text=clean(incoming.text), upload=incoming.upload, place=incoming.place)
    if draft is None and turn.catalogue.relay(turn, answer.text):
        return
    if draft is None and turn.catalogue.overhear(turn, answer.text, True):
        return
    if draft is None or not take_sent(turn, draft, answer):
        repeat(turn, UNASKED[incoming.kind])


def open_draft(turn: Turn) -> Draft | None:
    """The draft whose question is on the screen."""
    return None if turn.screen.draft is None else form.find(turn, turn.screen.draft)


def repeat(turn: Turn, because: Text) -> None:
    """Say something and show the open question again, so that nobody is left without a next step."""
    draft = open_draft(turn)
    if draft is not None:
        form.show(turn, draft, because)
    else:
        turn.screen.clear()
        turn.say(because, choices=menu(turn))
        offer_to_go_on(turn)


def leave_form(turn: Turn) -> None:
    """Something else comes first; the form waits in its draft."""
    turn.screen.clear()
