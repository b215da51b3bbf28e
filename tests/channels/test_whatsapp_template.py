"""From a message whose words were approved beforehand to the call it is, at and around every limit."""

from typing import Any

import pytest

from handlers.conversation.message import Message, Template
from tests.channels.test_whatsapp_render import HEAD, refusal, rendered, text

Json = dict[str, Any]


def template(*values: tuple[str, str], tokens: tuple[str, ...] = (), name: str = "pengingat") -> Message:
    return Message("Besok", template=Template(name, "id", values, tokens))


def body(**values: str) -> Json:
    parameters = [{"type": "text", "parameter_name": name, "text": value} for name, value in values.items()]
    return {"type": "body", "parameters": parameters}


def pressed(index: str, token: str) -> Json:
    parameters = [{"type": "payload", "payload": token}]
    return {"type": "button", "sub_type": "quick_reply", "index": index, "parameters": parameters}


TEMPLATES: dict[str, tuple[Message, list[Json]]] = {
    "bare": (template(), []),
    "with values": (template(("nama", "Sari"), ("jam", "09.00")), [body(nama="Sari", jam="09.00")]),
    "with buttons": (template(tokens=("f.1.ya", "f.1.no")), [pressed("0", "f.1.ya"), pressed("1", "f.1.no")]),
    "with both": (template(("nama", "Sari"), tokens=("f.1",)), [body(nama="Sari"), pressed("0", "f.1")]),
    "on one line": (template(("isi", " a\n\nb\tc     d ")), [body(isi="a b c d")]),
    "an empty value": (template(("isi", " \n")), [body(isi="-")]),
}


@pytest.mark.parametrize("case", TEMPLATES)
def test_a_template_is_exactly_this_call(case: str) -> None:
    message, components = TEMPLATES[case]
    said = {"name": "pengingat", "language": {"code": "id"}} | ({"components": components} if components else {})
    assert rendered(message, "template") == HEAD | {"type": "template", "template": said}


def test_the_same_message_has_its_own_words_inside_the_window() -> None:
    assert rendered(template()) == HEAD | text("Besok")


def valued(length: int) -> Message:
    return template(("isi", "x" * length))


def named(name: str) -> Message:
    return template(name=name)


TEMPLATE_EDGES: dict[str, tuple[Message, Message, str]] = {
    "value": (valued(1024), valued(1025), "1024"),
    "buttons": (template(tokens=("a",) * 10), template(tokens=("a",) * 11), "10"),
    "token": (template(tokens=("a" * 256,)), template(tokens=("a" * 257,)), "token"),
    "no token": (template(tokens=("a",)), template(tokens=("",)), "token"),
    "name": (named("a" * 512), named("a" * 513), "name"),
    "letters of a name": (named("a_1"), named("A b"), "name"),
    "no template": (template(), Message("Besok"), "template"),
}


@pytest.mark.parametrize("case", TEMPLATE_EDGES)
def test_a_template_at_the_limit_goes_and_beyond_does_not(case: str) -> None:
    fits, breaks, reason = TEMPLATE_EDGES[case]
    rendered(fits, "template")
    assert reason in refusal(breaks, "template")
