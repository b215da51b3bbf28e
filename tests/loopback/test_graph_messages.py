"""What the office sends through the loopback Graph API: limits, screens, answers, the window, the rates."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientSession

from .graph import GraphApi, Order, Phone, Template
from .graph.errors import Breach, Json
from .graph.limits import check
from .graph.rates import BURST, PER_SECOND

REMINDER = Template("pengingat", "Pengingat untuk {{code}}: {{when}}.", buttons=("Hadir", "Batal"))


@pytest_asyncio.fixture
async def graph() -> AsyncIterator[GraphApi]:
    async with GraphApi() as graph:
        graph.statuses.order = Order.NEVER
        graph.templates.add(REMINDER)
        yield graph


@pytest_asyncio.fixture
async def client(graph: GraphApi) -> AsyncIterator[ClientSession]:
    headers = {"Authorization": f"Bearer {graph.token}"}
    async with ClientSession(f"{graph.url}/v25.0/", headers=headers) as session:
        yield session


@pytest_asyncio.fixture
async def siti(graph: GraphApi) -> Phone:
    phone = graph.phones.person("Siti")
    await phone.says("halo")
    return phone


async def send(client: ClientSession, graph: GraphApi, message: Json) -> tuple[int, Json]:
    body = {"messaging_product": "whatsapp"} | message
    async with client.post(f"{graph.phone_number_id}/messages", json=body) as answer:
        return answer.status, await answer.json()


def text(words: str = "Halo") -> Json:
    return {"type": "text", "text": {"body": words}}


def buttons(*titles: str, body: str = "Setuju?", ids: tuple[str, ...] = (), **more: Any) -> Json:
    named = zip(titles, ids or titles, strict=True)
    replies = [{"type": "reply", "reply": {"id": name, "title": title}} for title, name in named]
    interactive = {"type": "button", "body": {"text": body}, "action": {"buttons": replies}}
    return {"type": "interactive", "interactive": interactive | more}


def rows(count: int = 1, label: str = "Pilih", **row: str) -> Json:
    listed = [{"id": str(number), "title": f"Baris {number}"} | row for number in range(count)]
    action = {"button": label, "sections": [{"rows": listed}]}
    return {"type": "interactive", "interactive": {"type": "list", "body": {"text": "Yang mana?"}, "action": action}}


def template(name: str = "pengingat", when: str = "besok", **more: Any) -> Json:
    values = [{"type": "text", "parameter_name": "code", "text": "AUD-0147"}]
    values.append({"type": "text", "parameter_name": "when", "text": when})
    said = {"name": name, "language": {"code": "id"}, "components": [{"type": "body", "parameters": values}]}
    return {"type": "template", "template": said | more}


# what fits, what does not, what the note says
LIMITS: dict[str, tuple[Json, Json, str]] = {
    "text": (text("x" * 4096), text("x" * 4097), "4097 characters"),
    "empty text": (text("."), text(" \n"), "is empty"),
    "interactive body": (buttons("Ya", body="x" * 1024), buttons("Ya", body="x" * 1025), "1025 characters"),
    "number of buttons": (buttons("1", "2", "3"), buttons("1", "2", "3", "4"), "4 buttons"),
    "no buttons": (buttons("Ya"), buttons(), "0 buttons"),
    "title": (buttons("x" * 20), buttons("x" * 21), "21 characters"),
    "same titles": (buttons("Ya", "Tidak"), buttons("Ya", "Ya", ids=("1", "2")), "titles of buttons are not unique"),
    "same ids": (buttons("Ya", "Tidak"), buttons("Ya", "Tidak", ids=("1", "1")), "ids of buttons are not unique"),
    "id": (buttons("Ya", ids=("x" * 256,)), buttons("Ya", ids=("x" * 257,)), "257 characters"),
    "rows": (rows(10), rows(11), "11 rows"),
    "row title": (rows(title="x" * 24), rows(title="x" * 25), "25 characters"),
    "row id": (rows(id="x" * 200), rows(id="x" * 201), "201 characters"),
    "row description": (rows(description="x" * 72), rows(description="x" * 73), "73 characters"),
    "menu label": (rows(label="x" * 20), rows(label="x" * 21), "21 characters"),
    "header": (
        buttons("Ya", header={"type": "text", "text": "x" * 60}),
        buttons("Ya", header={"type": "text", "text": "x" * 61}),
        "61 characters",
    ),
    "footer": (buttons("Ya", footer={"text": "x" * 60}), buttons("Ya", footer={"text": "x" * 61}), "61 characters"),
    "caption": (
        {"type": "document", "document": {"id": "1", "caption": "x" * 1024}},
        {"type": "document", "document": {"id": "1", "caption": "x" * 1025}},
        "1025 characters",
    ),
    "callback data": (
        text() | {"biz_opaque_callback_data": "x" * 512},
        text() | {"biz_opaque_callback_data": "x" * 513},
        "513 characters",
    ),
    "type": (text(), {"type": "singing"}, "'singing' is not a type"),
    "product": (text(), text() | {"messaging_product": "telegram"}, "messaging_product"),
}


@pytest.mark.parametrize("limit", LIMITS)
def test_what_just_fits_passes_and_what_just_does_not_is_noted(limit: str) -> None:
    fits, breaks, sentence = LIMITS[limit]
    to = {"messaging_product": "whatsapp", "to": "628120000001"}
    check(to | fits)
    with pytest.raises(Breach) as caught:
        check(to | breaks)
    assert sentence in caught.value.sentence


@pytest.mark.parametrize(
    "whom", [{}, {"to": "628120000001", "recipient": "ID.1349"}, {"to": "Siti"}, {"recipient": "62812"}]
)
def test_a_message_needs_exactly_one_address_that_is_one(whom: Json) -> None:
    with pytest.raises(Breach):
        check({"messaging_product": "whatsapp"} | text() | whom)


async def test_a_breach_is_answered_as_the_graph_would_and_noted(
    graph: GraphApi, client: ClientSession, siti: Phone
) -> None:
    status, told = await send(client, graph, siti.address | buttons("x" * 21))
    assert (status, told["error"]["code"]) == (400, 131009)
    assert "21 characters" in told["error"]["error_data"]["details"]
    status, told = await send(client, graph, siti.address | text("x" * 4097))
    assert (status, told["error"]["code"]) == (400, 100)
    assert (len(siti.screens), len(graph.violations)) == (0, 2)


async def test_buttons_lists_and_files_appear_on_the_screen(
    graph: GraphApi, client: ClientSession, siti: Phone
) -> None:
    status, told = await send(client, graph, siti.address | buttons("Ya", "Tidak", footer={"text": "Kantor"}))
    assert status == 200
    assert told["contacts"] == [{"input": siti.number, "wa_id": siti.number}]
    screen = await siti.waits_for("Setuju?", "Kantor")
    assert (screen.wamid, screen.choice("Tidak")) == (told["messages"][0]["id"], screen.choices[1])
    await send(client, graph, siti.address | rows(3, description="pagi"))
    assert [choice.id for choice in (await siti.waits_for("pagi")).choices] == ["0", "1", "2"]
    stored = graph.media.keep("surat.txt", "text/plain", b"isi")
    header = {"type": "document", "document": {"id": stored.id, "filename": "bukti.txt"}}
    await send(client, graph, siti.address | buttons("Ya", header=header))
    file = (await siti.waits_for("bukti.txt")).file
    assert file is not None
    assert file.content == b"isi"
    status, told = await send(client, graph, siti.address | {"type": "document", "document": {"id": "404"}})
    assert (status, told["error"]["code"]) == (400, 100)
    assert graph.violations == []


async def test_a_user_id_reaches_somebody_as_recipient_and_vanishes_as_to(
    graph: GraphApi, client: ClientSession
) -> None:
    budi = graph.phones.person("Budi", hidden=True)
    await budi.says("halo")
    status, told = await send(client, graph, budi.address | text())
    assert (status, told["contacts"]) == (200, [{"input": budi.user_id, "user_id": budi.user_id}])
    assert (await send(client, graph, {"to": budi.user_id} | text("hilang")))[0] == 200
    assert ([screen.text for screen in budi.screens], len(graph.messages.vanished)) == (["Halo"], 1)


async def test_free_words_need_an_open_window_and_templates_do_not(
    graph: GraphApi, client: ClientSession, siti: Phone
) -> None:
    graph.statuses.order = Order.IN_ORDER
    graph.clock.shift(timedelta(hours=23, minutes=59))
    await send(client, graph, siti.address | text("masih"))
    graph.clock.shift(timedelta(minutes=2))
    status, told = await send(client, graph, siti.address | text("terlambat"))
    assert status == 200
    assert graph.statuses.told[-1] == (told["messages"][0]["id"], "failed")
    await send(client, graph, siti.address | template())
    assert [screen.text for screen in siti.screens] == ["masih", "Pengingat untuk AUD-0147: besok."]
    await siti.says("saya kembali")
    await send(client, graph, siti.address | text("silakan"))
    await siti.waits_for("silakan")


REFUSED: dict[str, tuple[Json, int]] = {
    "unknown": (template("lain"), 132001),
    "other language": (template(language={"code": "en"}), 132001),
    "too few": (template(components=[]), 132000),
    "new line": (template(when="besok\npagi"), 132012),
    "tab": (template(when="besok\tpagi"), 132012),
    "many spaces": (template(when="besok     pagi"), 132012),
    "empty": (template(when=""), 131008),
}


@pytest.mark.parametrize("refusal", REFUSED)
async def test_a_template_that_cannot_be_filled_is_refused(
    graph: GraphApi, client: ClientSession, siti: Phone, refusal: str
) -> None:
    message, code = REFUSED[refusal]
    _, told = await send(client, graph, siti.address | message)
    assert told["error"]["code"] == code
    assert not siti.screens


@pytest.mark.parametrize(("status", "code"), [("PAUSED", 132015), ("DISABLED", 132016), ("PENDING", 132001)])
async def test_a_template_that_is_not_approved_is_refused(
    graph: GraphApi, client: ClientSession, siti: Phone, status: str, code: int
) -> None:
    graph.templates.add(Template("pengingat", REMINDER.body, status=status))
    _, told = await send(client, graph, siti.address | template())
    assert told["error"]["code"] == code


async def test_positional_places_are_filled_in_order(graph: GraphApi, client: ClientSession, siti: Phone) -> None:
    graph.templates.add(Template("kabar", "{{1}} untuk {{2}}"))
    values = [{"type": "text", "text": text} for text in ("Kabar", "Siti")]
    await send(client, graph, siti.address | template("kabar", components=[{"type": "body", "parameters": values}]))
    assert siti.screen.text == "Kabar untuk Siti"


async def test_reading_is_seen_and_typing_too(graph: GraphApi, client: ClientSession, siti: Phone) -> None:
    said = siti.said[0]
    nod = {"status": "read", "message_id": said, "typing_indicator": {"type": "text"}}
    assert await send(client, graph, nod) == (200, {"success": True})
    assert (siti.seen_by_us, siti.typing) == ([said], 1)
    assert [call.method for call in graph.calls] == ["read"]
    assert (await send(client, graph, nod | {"message_id": "wamid.404"}))[0] == 400


async def test_a_person_and_a_number_take_only_so_much(graph: GraphApi, client: ClientSession, siti: Phone) -> None:
    for _ in range(BURST):
        assert (await send(client, graph, siti.address | text()))[0] == 200
    _, told = await send(client, graph, siti.address | text())
    assert told["error"]["code"] == 131056
    others = [graph.phones.person(f"Orang {number}") for number in range(PER_SECOND)]
    codes = {(await send(client, graph, other.address | text()))[1].get("error", {}).get("code") for other in others}
    assert 131056 not in codes
    assert 130429 in codes or graph.messages.rates.throttled == [131056], "unless the machine took a second for it"


async def test_a_wrong_token_is_told_so(graph: GraphApi, siti: Phone) -> None:
    for headers in ({}, {"Authorization": "Bearer wrong"}):
        url = f"{graph.url}/v25.0/{graph.phone_number_id}/messages"
        async with ClientSession(headers=headers) as session, session.post(url, json=siti.address | text()) as answer:
            assert (answer.status, (await answer.json())["error"]["code"]) == (401, 190)
    assert not graph.calls
