"""From a message to the one call of the Cloud API it is, at and around every published limit."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.channel import Outcome, SendFailed
from bot.channels.numbered import render as numbered
from bot.channels.whatsapp.calls import Call, render
from handlers.conversation.message import Button, Document, Message, Template

PHONE, BSUID = "6281234567890", "ID.13491208655302741918"
Json = dict[str, Any]
HEAD: Json = {
    "messaging_product": "whatsapp",
    "recipient_type": "individual",
    "to": PHONE,
    "biz_opaque_callback_data": "rk-7",
}


def buttons(*labels: str) -> tuple[Button, ...]:
    return tuple(Button(f"a.{number}", label) for number, label in enumerate(labels))


def many(count: int, length: int = 3) -> tuple[Button, ...]:
    return buttons(*(f"{number:0{length}}" for number in range(count)))


def rendered(message: Message, form: str = "free", address: str = PHONE) -> Json:
    call = render(address, message, form, 7)
    assert call is not None
    return call.payload


def way(message: Message) -> str:
    """Which of the ways of rendering it took."""
    payload = rendered(message)
    return str(payload["interactive"]["type"] if payload["type"] == "interactive" else payload["type"])


def refusal(message: Message, form: str = "free", address: str = PHONE) -> str:
    with pytest.raises(SendFailed) as failed:
        render(address, message, form, 7)
    assert failed.value == SendFailed(Outcome.REFUSED, failed.value.reason)
    return failed.value.reason


def text(body: str) -> Json:
    return {"type": "text", "text": {"body": body, "preview_url": False}}


def reply(token: str, title: str) -> Json:
    return {"type": "reply", "reply": {"id": token, "title": title}}


def pressable(kind: str, body: str, action: Json, **more: Any) -> Json:
    return {"type": "interactive", "interactive": {"type": kind, "body": {"text": body}, "action": action} | more}


ICS = Document("undangan.ics", "text/calendar", content="BEGIN")
PDF = Document("surat.pdf", "application/pdf", remote="1234")
YES, CANCEL = Button("f.1.ya", "Ya"), Button("f.1.batal", "Batal", "batal")
FOUR = (Button("f.1.a", "Setujui"), Button("f.1.b", "Tolak"), Button("f.1.c", "Ubah jam"), Button("f.1.d", "Tunda"))
LIST = [
    *({"id": choice.token, "title": choice.label} for choice in FOUR),
    {"id": "f.1.batal", "title": "Batal"},
]
LONG = "Organisasi kemasyarakatan"

CALLS: dict[str, tuple[Message, Call | None]] = {
    "a text": (Message("Halo"), Call(HEAD | text("Halo"))),
    "what looks like markup stays as it is": (Message("*x* _y_ https://x"), Call(HEAD | text("*x* _y_ https://x"))),
    "few short choices are buttons, words last": (
        Message("Setuju?", (YES,), (CANCEL,)),
        Call(
            HEAD | pressable("button", "Setuju?", {"buttons": [reply("f.1.ya", "Ya"), reply("f.1.batal", "Batal")]}),
        ),
    ),
    "more are a list": (
        Message("Apa?", FOUR, (CANCEL,)),
        Call(HEAD | pressable("list", "Apa?", {"button": "Pilih", "sections": [{"rows": LIST}]})),
    ),
    "what we add is in the language of its words": (
        Message("What?", FOUR, (CANCEL,), language="en"),
        Call(HEAD | pressable("list", "What?", {"button": "Choose", "sections": [{"rows": LIST}]})),
    ),
    "a long label makes numbers": (
        Message("Apa?", (Button("f.1.a", LONG), Button("f.1.b", "Lain")), (CANCEL,)),
        Call(HEAD | text(f"Apa?\n\n1. {LONG}\n2. Lain\n\nKetik: batal")),
    ),
    "a file of text is uploaded first, as a text": (
        Message("Undangan", document=ICS),
        Call(
            HEAD | {"type": "document", "document": {"filename": "undangan.ics", "caption": "Undangan"}},
            replace(ICS, type="text/plain"),
        ),
    ),
    "a stored file without words": (
        Message(document=Document("surat\r\n.pdf", "application/pdf\r\nX: y", sha256="ab")),
        Call(
            HEAD | {"type": "document", "document": {"filename": "surat__.pdf"}},
            Document("surat__.pdf", "application/octet-stream", sha256="ab"),
        ),
    ),
    "a file WhatsApp still has": (
        Message("Surat", document=PDF),
        Call(HEAD | {"type": "document", "document": {"filename": "surat.pdf", "id": "1234", "caption": "Surat"}}),
    ),
    "a picture to be seen": (
        Message("Berkas 1", document=Document("a.jpg", "image/jpeg", remote="1234", alt="jembatan")),
        Call(HEAD | {"type": "image", "image": {"id": "1234", "caption": "Berkas 1"}}),
    ),
    "a file with few choices": (
        Message("Surat ini?", (YES,), document=PDF),
        Call(
            HEAD
            | pressable(
                "button",
                "Surat ini?",
                {"buttons": [reply("f.1.ya", "Ya")]},
                header={"type": "document", "document": {"filename": "surat.pdf", "id": "1234"}},
            )
        ),
    ),
    "a file to be uploaded with few choices": (
        Message("Surat ini?", (YES,), document=replace(PDF, remote="", sha256="ab")),
        Call(
            HEAD
            | pressable(
                "button",
                "Surat ini?",
                {"buttons": [reply("f.1.ya", "Ya")]},
                header={"type": "document", "document": {"filename": "surat.pdf"}},
            ),
            replace(PDF, remote="", sha256="ab"),
        ),
    ),
    "a file with many choices": (
        Message("Apa?", FOUR, document=PDF),
        Call(
            HEAD
            | {
                "type": "document",
                "document": {
                    "filename": "surat.pdf",
                    "id": "1234",
                    "caption": "Apa?\n\n1. Setujui\n2. Tolak\n3. Ubah jam\n4. Tunda",
                },
            }
        ),
    ),
    "the answer to a press": (Message("Tersimpan", query="77"), None),
    "a menu": (Message(menu=(("antrean", "Yang menunggu"),)), None),
}


@pytest.mark.parametrize("case", CALLS)
def test_a_message_is_exactly_this_call(case: str) -> None:
    message, call = CALLS[case]
    assert render(PHONE, message, "free", 7) == call


def test_a_person_without_a_number_is_a_recipient() -> None:
    head = {key: value for key, value in HEAD.items() if key != "to"}
    assert rendered(Message("Halo"), address=BSUID) == head | {"recipient": BSUID} | text("Halo")


@pytest.mark.parametrize("address", ["", "halo sari", "+6281234567890", "４２", "4" * 21, "ID.\n1", "ID." + "1" * 160])
def test_what_is_nobody_is_refused(address: str) -> None:
    assert "address" in refusal(Message("Halo"), address=address)


TWO = buttons("Ya", "Tidak")
WAYS: dict[str, tuple[Message, str]] = {
    "one choice": (Message("a", many(1)), "button"),
    "three choices": (Message("a", many(3)), "button"),
    "four choices": (Message("a", many(4)), "list"),
    "two choices and a word": (Message("a", many(2), (CANCEL,)), "button"),
    "three choices and a word": (Message("a", many(3), (CANCEL,)), "list"),
    "words alone": (Message("a", words=(CANCEL,)), "button"),
    "ten choices": (Message("a", many(10)), "list"),
    "eleven choices": (Message("a", many(11)), "text"),
    "ten choices and a word": (Message("a", many(10), (CANCEL,)), "text"),
    "a title of 19": (Message("a", many(2, 19)), "button"),
    "a title of 20": (Message("a", many(2, 20)), "button"),
    "a title of 21": (Message("a", many(2, 21)), "list"),
    "a title of 24": (Message("a", many(2, 24)), "list"),
    "a title of 25": (Message("a", many(2, 25)), "text"),
    "a title of 10 emoji": (Message("a", buttons("🙏" * 10)), "button"),
    "a title of 11 emoji": (Message("a", buttons("🙏" * 11)), "list"),
    "a body of 1024": (Message("a" * 1024, TWO), "button"),
    "a body of 1025": (Message("a" * 1025, TWO), "text"),
    "a list below a body of 1024": (Message("a" * 1024, many(4)), "list"),
    "a list below a body of 1025": (Message("a" * 1025, many(4)), "text"),
    "an id of 256": (Message("a", (Button("x" * 256, "Ya"),)), "button"),
    "an id of 257": (Message("a", (Button("x" * 257, "Ya"),)), "text"),
    "an id of 200 in a list": (Message("a", (*many(3), Button("x" * 200, "Ya"))), "list"),
    "an id of 201 in a list": (Message("a", (*many(3), Button("x" * 201, "Ya"))), "text"),
    "no id": (Message("a", (Button("", "Ya"),)), "text"),
    "the same title twice": (Message("a", (Button("a", "Ya"), Button("b", "Ya"))), "text"),
    "the same id twice": (Message("a", (Button("a", "Ya"), Button("a", "Tidak"))), "text"),
    "a title of two lines": (Message("a", buttons("Ya\nTidak")), "text"),
    "a title with a space before it": (Message("a", buttons(" Ya")), "text"),
    "a file with three choices": (Message("a", many(3), document=PDF), "button"),
    "a file with four choices": (Message("a", many(4), document=PDF), "document"),
    "a file with choices and no words": (Message("", many(1), document=PDF), "document"),
}


@pytest.mark.parametrize("case", WAYS)
def test_choices_take_the_best_way_they_fit(case: str) -> None:
    message, expected = WAYS[case]
    assert way(message) == expected


def sized(size: int) -> Message:
    return Message(document=Document("a.pdf", "application/pdf", content="x" * size))


EDGES: dict[str, tuple[Message, Message, str]] = {
    "text": (Message("a" * 4096), Message("a" * 4097), "4096"),
    "numbered text": (Message("a" * 4081, many(11)[:1] * 2), Message("a" * 4082, many(11)[:1] * 2), "4096"),
    "an empty text": (Message("."), Message(" \n"), "empty"),
    "an empty text with choices": (Message(".", TWO), Message("", TWO), "empty"),
    "caption": (Message("a" * 1024, document=PDF), Message("a" * 1025, document=PDF), "1024"),
    "an empty file": (sized(1), sized(0), "empty"),
    "an id of a file": (Message(document=PDF), Message(document=replace(PDF, remote="../me")), "id"),
    "a label": (Message("a", TWO), Message("a", buttons(" ")), "label"),
}


@pytest.mark.parametrize("case", EDGES)
def test_what_is_at_the_limit_goes_and_what_is_beyond_does_not(case: str) -> None:
    fits, breaks, reason = EDGES[case]
    rendered(fits)
    assert reason in refusal(breaks)


def test_a_file_of_a_hundred_megabytes_goes_and_one_byte_more_does_not() -> None:
    size = 100 * 1024 * 1024
    rendered(sized(size))
    assert str(size) in refusal(sized(size + 1))


LABELS = st.lists(st.text(min_size=1, max_size=30).filter(str.strip), max_size=12)


@given(LABELS, LABELS)
def test_every_choice_is_shown_once_and_in_order(choices: list[str], words: list[str]) -> None:
    message = Message("Pilih", buttons(*choices), tuple(Button(f"w.{n}", label) for n, label in enumerate(words)))
    payload = rendered(message)
    if payload["type"] == "text":
        assert payload["text"]["body"] == numbered(message)
        return
    action = payload["interactive"]["action"]
    shown = [key["reply"] for key in action.get("buttons", [])] or action["sections"][0]["rows"]
    assert [choice["title"] for choice in shown] == choices + words


@given(st.text(), st.text(), st.text(), st.sampled_from(["free", "template"]), st.text())
def test_anything_to_anybody_is_a_call_or_a_refusal(address: str, text: str, label: str, form: str, name: str) -> None:
    message = Message(text, buttons(label), template=Template(name, label, ((text, label),), (text,)))
    with suppress(SendFailed):
        render(address, message, form, 7)


def test_a_group_is_written_to_as_a_group() -> None:
    head = HEAD | {"recipient_type": "group", "to": "Y2Fw"}
    assert rendered(Message("Halo"), address="group:Y2Fw") == head | text("Halo")
