"""From a message to the one call of the Bot API it is, at and around every published limit."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.channel import Outcome, SendFailed
from bot.channels.telegram.calls import Call, commands, render
from handlers.conversation.message import Button, Document, Message

CHAT = "42"
NO_PREVIEW = {"is_disabled": True}
SIMPLE: dict[str, Any] = {"chat_id": 42, "text": "Halo", "link_preview_options": NO_PREVIEW}
KEYS = [
    [{"text": "Ya", "callback_data": "f.1.ya"}],
    [{"text": "Batal", "callback_data": "f.1.batal"}],
]


def buttons(*labels: str) -> tuple[Button, ...]:
    return tuple(Button(f"a.{number}", label) for number, label in enumerate(labels))


def keyboard(message: Message) -> list[list[str]]:
    rows = render(CHAT, message).params["reply_markup"]["inline_keyboard"]
    return [[button["text"] for button in row] for row in rows]


def refusal(message: Message, address: str = CHAT) -> str:
    with pytest.raises(SendFailed) as failed:
        render(address, message)
    assert failed.value.outcome is Outcome.REFUSED
    return failed.value.reason


CALLS = {
    "a text": (Message("Halo"), Call("sendMessage", SIMPLE)),
    "other words on an earlier message, whose buttons go": (
        Message("Halo", edits="7"),
        Call("editMessageText", {"reply_markup": {"inline_keyboard": []}} | SIMPLE | {"message_id": 7}),
    ),
    "what looks like markup stays as it is": (
        Message("<b>*x*</b> _y_ &amp;"),
        Call("sendMessage", SIMPLE | {"text": "<b>*x*</b> _y_ &amp;"}),
    ),
    "a text with choices": (
        Message("Halo", choices=(Button("f.1.ya", "Ya"),), words=(Button("f.1.batal", "Batal", "batal"),)),
        Call("sendMessage", SIMPLE | {"reply_markup": {"inline_keyboard": KEYS}}),
    ),
    "a file of text": (
        Message("Undangan", document=Document("undangan.ics", "text/calendar", content="BEGIN")),
        Call(
            "sendDocument",
            {"chat_id": 42, "caption": "Undangan"},
            Document("undangan.ics", "text/calendar", content="BEGIN"),
        ),
    ),
    "a stored file without words": (
        Message(document=Document("surat\r\n.pdf", "application/pdf", sha256="ab")),
        Call("sendDocument", {"chat_id": 42}, Document("surat__.pdf", "application/pdf", sha256="ab")),
    ),
    "a file Telegram still has": (
        Message("Surat", document=Document("surat.pdf", "application/pdf", remote="BQAC")),
        Call("sendDocument", {"chat_id": 42, "caption": "Surat", "document": "BQAC"}),
    ),
    "a photo Telegram still has": (
        Message("Surat", document=Document("foto.jpg", "image/jpeg", remote="photo:AgAC")),
        Call("sendPhoto", {"chat_id": 42, "caption": "Surat", "photo": "AgAC"}),
    ),
    "the answer to a press": (
        Message("Tersimpan", query="77"),
        Call("answerCallbackQuery", {"callback_query_id": "77", "text": "Tersimpan", "show_alert": False}),
    ),
    "a silent answer to a press": (
        Message(query="77"),
        Call("answerCallbackQuery", {"callback_query_id": "77"}),
    ),
    "a menu for one chat": (
        Message(menu=(("antrean", "Yang menunggu"),)),
        Call(
            "setMyCommands",
            {
                "commands": [{"command": "antrean", "description": "Yang menunggu"}],
                "scope": {"type": "chat", "chat_id": 42},
            },
        ),
    ),
}


@pytest.mark.parametrize("case", CALLS)
def test_a_message_is_exactly_this_call(case: str) -> None:
    message, call = CALLS[case]
    assert render(CHAT, message) == call


def test_a_group_has_an_id_below_zero() -> None:
    assert render("-1001234567890", Message("Halo")).params["chat_id"] == -1001234567890


@pytest.mark.parametrize("address", ["", "halo", "@kanal", "+62", "4 2", "４２", "4" * 17, "--1"])
def test_what_is_no_chat_is_refused(address: str) -> None:
    assert "chat" in refusal(Message("Halo"), address)


ROWS = {
    "short choices in pairs": (("Ya", "Tidak", "Nanti"), (), [["Ya", "Tidak"], ["Nanti"]]),
    "18 characters are short": (("a" * 18, "b" * 18), (), [["a" * 18, "b" * 18]]),
    "19 characters are not": (("a" * 18, "b" * 19), (), [["a" * 18], ["b" * 19]]),
    "a long one parts the short ones": (("a", "b" * 30, "c", "d"), (), [["a"], ["b" * 30], ["c", "d"]]),
    "words share the last row": (("Ya",), ("Kembali", "Batal", "Lewati"), [["Ya"], ["Kembali", "Batal", "Lewati"]]),
    "at most three words in a row": ((), ("a", "b", "c", "d"), [["a", "b", "c"], ["d"]]),
}


@pytest.mark.parametrize("case", ROWS)
def test_buttons_stand_in_rows(case: str) -> None:
    choices, words, rows = ROWS[case]
    assert keyboard(Message("Pilih", choices=buttons(*choices), words=buttons(*words))) == rows


def file(content: str = "") -> Document:
    return Document("a.pdf", "application/pdf", content=content)


def chosen(token: str) -> Message:
    return Message("a", choices=(Button(token, "Ya"),))


EDGES = {
    "text": (Message("a" * 4096), Message("a" * 4097), "4096"),
    "text of emoji": (Message("🙏" * 4096), Message("🙏" * 4097), "4096"),
    "an empty text": (Message("."), Message(""), "empty"),
    "an empty text with choices": (Message(".", buttons("Ya")), Message(" \n", buttons("Ya")), "empty"),
    "caption": (Message("a" * 1024, document=file("x")), Message("a" * 1025, document=file("x")), "1024"),
    "an empty file": (Message(document=file("x")), Message(document=file()), "empty"),
    "data of a button": (chosen("x" * 64), chosen("x" * 65), "65 bytes"),
    "data of a button in bytes": (chosen("é" * 32), chosen("é" * 32 + "x"), "65 bytes"),
    "no data": (chosen("x"), chosen(""), "0 bytes"),
    "label": (Message("a", buttons("Ya")), Message("a", buttons(" ")), "label"),
    "commands": (Message(menu=(("a", "b"),) * 100), Message(menu=(("a", "b"),) * 101), "100"),
    "name of a command": (Message(menu=(("a" * 32, "b"),)), Message(menu=(("a" * 33, "b"),)), "command"),
    "letters of a command": (Message(menu=(("a_1", "b"),)), Message(menu=(("A", "b"),)), "command"),
    "title of a command": (Message(menu=(("a", "b" * 256),)), Message(menu=(("a", "b" * 257),)), "256"),
    "no title": (Message(menu=(("a", "b"),)), Message(menu=(("a", ""),)), "256"),
}


@pytest.mark.parametrize("case", EDGES)
def test_what_is_at_the_limit_goes_and_what_is_beyond_does_not(case: str) -> None:
    fits, breaks, reason = EDGES[case]
    render(CHAT, fits)
    assert reason in refusal(breaks)


def test_a_file_of_fifty_megabytes_goes_and_one_byte_more_does_not() -> None:
    size = 50 * 1024 * 1024
    render(CHAT, Message(document=file("x" * size)))
    assert str(size) in refusal(Message(document=file("x" * (size + 1))))


def test_the_answer_to_a_press_is_cut_at_two_hundred() -> None:
    assert render(CHAT, Message("a" * 201, query="7")).params["text"] == "a" * 200


def test_an_empty_menu_is_a_menu() -> None:
    assert commands(()) == {"commands": []}


LABELS = st.lists(st.text(min_size=1).filter(str.strip), max_size=12)


@given(LABELS, LABELS)
def test_every_button_is_shown_once_and_in_order(choices: list[str], words: list[str]) -> None:
    if choices or words:
        shown = keyboard(Message("Pilih", choices=buttons(*choices), words=buttons(*words)))
        assert [label for row in shown for label in row] == choices + words
        assert all(1 <= len(row) <= 3 for row in shown)


@given(st.text(), st.text(), st.text())
def test_anything_to_anybody_is_a_call_or_a_refusal(address: str, text: str, label: str) -> None:
    with suppress(SendFailed):
        render(address, Message(text, choices=buttons(label)))


def test_what_never_had_an_id_cannot_be_changed() -> None:
    assert "no id of Telegram" in refusal(Message("Halo", edits="-"))


def test_what_is_asked_in_a_topic_is_answered_in_it() -> None:
    assert render("-100123:7", Message("Halo")) == Call(
        "sendMessage", {**SIMPLE, "chat_id": -100123, "message_thread_id": 7}
    )
    assert "address" in refusal(Message("Halo"), "-100123:")
