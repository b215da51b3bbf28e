"""What became of a send, and what arrives when all goes well; and files people sent."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp import web

from bot.channels.channel import Channel, Outcome, SendFailed
from bot.channels.whatsapp import WhatsApp
from handlers.conversation.message import Document, Message
from storage.mail.outbox import Parcel
from tests.channels.conftest import Folder

TOKEN, NUMBER, PHONE, WORDS = "EAAG-token", "106540352242922", "6281234567890", "kata rahasia"
LATER = timedelta(seconds=9)
HALO = Message(WORDS)
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Graph:
    """Answers every call with what is next, and remembers what it was asked."""

    url: str = ""
    answers: list[Answer] = field(default_factory=list)
    asked: list[tuple[str, Any]] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        given = request.headers.get("Authorization")
        body = await (filled(request) if request.content_type == "multipart/form-data" else request.text())
        self.asked.append((f"{request.method} {request.path_qs}", body))
        assert given == f"Bearer {TOKEN}"
        return await self.answers.pop(0)(request)


async def filled(request: web.Request) -> dict[str, Any]:
    """The fields of a form; of a file its name, its kind and what is in it."""
    form: dict[str, Any] = dict(await request.post())
    file = form["file"]
    with file.file:
        return form | {"file": (file.filename, file.content_type, file.file.read())}


@pytest.fixture
async def graph() -> AsyncIterator[Graph]:
    graph, app = Graph(), web.Application()
    app.router.add_route("*", "/{path:.*}", graph.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    graph.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield graph
    await runner.cleanup()


@pytest.fixture
async def whatsapp(graph: Graph, files: Folder) -> AsyncIterator[WhatsApp]:
    whatsapp = WhatsApp(TOKEN, NUMBER, "s", "v", files, api_url=graph.url, tells_later=LATER, read_timeout=0.3)
    yield whatsapp
    await whatsapp.close()


def says(body: object, status: int = 200, **headers: str) -> Answer:
    async def answer(request: web.Request) -> web.StreamResponse:
        text = body if isinstance(body, str) else json.dumps(body)
        return web.Response(text=text, status=status, headers={"Retry-After": "7"} if "wait" in headers else {})

    return answer


def error(code: int, status: int = 400, **headers: str) -> Answer:
    return says({"error": {"code": code, "message": f"{WORDS} {PHONE}", "type": "OAuthException"}}, status, **headers)


async def hangs(request: web.Request) -> web.StreamResponse:
    await asyncio.sleep(5)
    return web.Response()


async def hangs_up(request: web.Request) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.close()
    return web.Response()


SENT = says({"messaging_product": "whatsapp", "contacts": [{"input": PHONE}], "messages": [{"id": "wamid.1"}]})


def parcel(attempts: int = 1, form: str = "free") -> Parcel:
    return Parcel(7, "whatsapp", PHONE, "reply", 0, "", attempts, None, datetime.now(UTC), form=form)


async def fails(whatsapp: WhatsApp, message: Message = HALO, attempts: int = 1, form: str = "free") -> SendFailed:
    with pytest.raises(SendFailed) as failed:
        await whatsapp.send(parcel(attempts, form), message)
    return failed.value


async def test_a_receipt_is_the_id_of_the_message(graph: Graph, whatsapp: WhatsApp) -> None:
    graph.answers = [SENT]
    channel: Channel = whatsapp
    assert await channel.send(parcel(), HALO) == "wamid.1"
    ((path, sent),) = graph.asked
    assert path == f"POST /v25.0/{NUMBER}/messages"
    assert json.loads(sent) == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": PHONE,
        "biz_opaque_callback_data": "rk-7",
        "type": "text",
        "text": {"body": WORDS, "preview_url": False},
    }
    assert (channel.rules.window, channel.rules.reach) == (timedelta(hours=24), 250)


RETRY, REFUSED, UNKNOWN = Outcome.RETRY, Outcome.REFUSED, Outcome.UNKNOWN
MAYBE = {"outcome": UNKNOWN, "after": LATER}
OUTCOMES: dict[str, tuple[Answer, dict[str, Any]]] = {
    "200 without a message": (says({"messages": []}), MAYBE),
    "200 with an odd message": (says({"messages": [{"id": 5}]}), MAYBE),
    "200 with a page": (says("<html>"), MAYBE),
    "200 with a list": (says([]), MAYBE),
    "200 with nothing": (says(""), MAYBE),
    "500": (says("", 500), MAYBE),
    "502 with a page": (says("<html>", 502), MAYBE),
    "503 with a code nobody knows": (error(99, 503), MAYBE),
    "404 with a page": (says("<html>", 404), MAYBE),
    "302": (says("", 302), MAYBE),
    "a hang": (hangs, MAYBE),
    "a hang-up": (hangs_up, MAYBE),
    "500 with a fault that passes": (error(2, 500), {"outcome": RETRY, "after": timedelta(seconds=30)}),
    "429": (
        says("", 429, wait="7"),
        {"outcome": RETRY, "after": timedelta(seconds=7), "whole_channel": True},
    ),
    "too fast for this person": (
        error(131056),
        {"outcome": RETRY, "after": timedelta(seconds=64), "whole_chat": True},
    ),
    "a wrong token": (
        error(190, 401),
        {"outcome": RETRY, "after": timedelta(minutes=5), "whole_channel": True, "alarm": True},
    ),
    "a closed window": (error(131047), {"outcome": REFUSED, "window_closed": True}),
    "a person who stopped": (error(131050), {"outcome": REFUSED, "opted_out": True}),
    "a code nobody knows": (error(99), {"outcome": REFUSED}),
}


@pytest.mark.parametrize("case", OUTCOMES)
async def test_every_answer_has_its_outcome(graph: Graph, whatsapp: WhatsApp, case: str) -> None:
    answer, expected = OUTCOMES[case]
    graph.answers = [answer]
    failed = await fails(whatsapp, attempts=3)
    assert failed == SendFailed(reason=failed.reason, **expected)
    assert not any(secret in failed.reason for secret in (TOKEN, WORDS, PHONE))


async def test_what_found_nobody_was_not_sent(files: Folder) -> None:
    whatsapp = WhatsApp(TOKEN, NUMBER, "s", "v", files, api_url="http://127.0.0.1:1")
    failed = await fails(whatsapp)
    assert failed == SendFailed(RETRY, failed.reason)
    await whatsapp.close()


async def test_the_answer_to_a_press_and_a_menu_are_nothing(graph: Graph, whatsapp: WhatsApp) -> None:
    assert await whatsapp.send(parcel(), Message("Tersimpan", query="7")) == ""
    assert await whatsapp.send(parcel(), Message(menu=(("a", "b"),))) == ""
    assert graph.asked == []


async def test_what_cannot_be_rendered_is_never_sent(graph: Graph, whatsapp: WhatsApp) -> None:
    for message, form in ((Message(), "free"), (HALO, "template"), (Message("a" * 5000), "free")):
        assert (await fails(whatsapp, message, form=form)).outcome is REFUSED
    assert graph.asked == []


CONTENT = Document("undangan \u2013 Pak.ics", "text/calendar", content="BEGIN")
STORED = Document("surat.pdf", "application/pdf", sha256="ab12")


@pytest.mark.parametrize(("document", "mime"), [(CONTENT, "text/plain"), (STORED, "application/pdf")])
async def test_a_file_is_uploaded_and_sent_by_its_id(
    graph: Graph, whatsapp: WhatsApp, files: Folder, document: Document, mime: str
) -> None:
    files.path("ab12").write_bytes(b"BEGIN")
    graph.answers = [says({"id": "24230"}), SENT]
    assert await whatsapp.send(parcel(), Message("Ini", document=document)) == "wamid.1"
    (path, form), (_, sent) = graph.asked
    assert path == f"POST /v25.0/{NUMBER}/media"
    assert (form["messaging_product"], form["type"]) == ("whatsapp", mime)
    assert form["file"] == (document.name, mime, b"BEGIN")
    assert json.loads(sent)["document"] == {"filename": document.name, "id": "24230", "caption": "Ini"}


UPLOADS: dict[str, tuple[Answer, Outcome]] = {
    "a hang": (hangs, RETRY),
    "502": (says("", 502), RETRY),
    "no id": (says({}), RETRY),
    "a fault of the file": (error(131053), RETRY),
    "a kind WhatsApp does not take": (error(100), REFUSED),
}


@pytest.mark.parametrize("case", UPLOADS)
async def test_an_upload_that_failed_sent_nothing(graph: Graph, whatsapp: WhatsApp, case: str) -> None:
    answer, outcome = UPLOADS[case]
    graph.answers = [answer]
    assert (await fails(whatsapp, Message(document=CONTENT))).outcome is outcome
    assert len(graph.asked) == 1


@pytest.mark.parametrize(("sha256", "reason"), [("hilang", "missing"), ("besar", "larger"), ("a\0b", "cannot")])
async def test_a_stored_file_that_cannot_go_is_refused(
    whatsapp: WhatsApp, files: Folder, sha256: str, reason: str
) -> None:
    with files.path("besar").open("wb") as large:
        large.truncate(100 * 1024 * 1024 + 1)
    failed = await fails(whatsapp, Message(document=replace(STORED, sha256=sha256)))
    assert failed.outcome is REFUSED
    assert reason in failed.reason


async def test_our_number_makes_the_link(graph: Graph, whatsapp: WhatsApp) -> None:
    graph.answers = [says({"display_phone_number": "+62 812-3456"})]
    assert (whatsapp.link, await whatsapp.number(), whatsapp.link) == ("", "628123456", "https://wa.me/628123456")
    assert await whatsapp.number() == "628123456"
    assert [path for path, _ in graph.asked] == [f"GET /v25.0/{NUMBER}?fields=display_phone_number"]


async def test_nothing_of_token_address_or_words_is_logged(
    graph: Graph, whatsapp: WhatsApp, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    graph.answers = [error(100), error(1, 500), hangs_up, says("<html>"), SENT]
    for _ in range(4):
        await fails(whatsapp)
    await whatsapp.send(parcel(), HALO)
    logged = " ".join(record.getMessage() for record in caplog.records)
    assert not any(secret in logged for secret in (TOKEN, WORDS, PHONE))
