"""The webhook: what is not signed with our secret is not kept, and 200 means that it is on disk."""

import asyncio
import io
import json
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import ClientSession, web
from hypothesis import given, settings

from bot.channels.whatsapp import WhatsApp
from bot.channels.whatsapp.door import FOREIGN, LARGEST_BODY, SIGNATURE_HEADER, signature
from bot.channels.whatsapp.read_marks import MOST
from tests.channels.conftest import Folder
from tests.channels.inbox import Inbox
from tests.channels.test_whatsapp_any import ANY, VALID
from tests.channels.test_whatsapp_parse import NUMBER, WAMID, body, message

SECRET, WORD, TOKEN = "rahasia-1", "kata", "EAAG-token"
HALO = json.dumps(message({"type": "text", "text": {"body": "halo"}})).encode()


@dataclass
class Meta:
    """What our nods reach: it counts them, and may leave them hanging or refuse them."""

    status: int = 200
    hanging: bool = False
    nods: list[Any] = field(default_factory=list)
    rang: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, request: web.Request) -> web.Response:
        assert request.headers["Authorization"] == f"Bearer {TOKEN}"
        self.nods.append(await request.json())
        self.rang.set()
        if self.hanging:
            await asyncio.sleep(60)
        return web.json_response({"success": True}, status=self.status)


@dataclass
class House:
    """A channel, the address of its door, and what came in."""

    whatsapp: WhatsApp
    url: str
    inbox: Inbox
    meta: Meta

    async def knock(self, raw: bytes, given: str | None = None) -> int:
        """Without `given`, it is signed as it should be."""
        given = signature(SECRET.encode(), raw).decode() if given is None else given
        async with (
            ClientSession(headers={SIGNATURE_HEADER: given} if given else {}) as session,
            session.post(f"{self.url}/whatsapp", data=io.BytesIO(raw)) as answer,
        ):
            return answer.status

    async def asked(self, **params: str) -> tuple[int, str]:
        named = {f"hub.{name}": value for name, value in params.items()}
        async with ClientSession() as session, session.get(f"{self.url}/whatsapp", params=named) as answer:
            return answer.status, await answer.text()


@pytest.fixture
async def house(files: Folder) -> AsyncIterator[House]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        whatsapp = WhatsApp(TOKEN, NUMBER, SECRET, WORD, files, api_url=url)
        inbox, meta, app = Inbox(), Meta(), web.Application()
        app.add_routes(whatsapp.routes(inbox))
        app.add_routes([web.post(f"/v25.0/{NUMBER}/messages", meta.answer)])
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.SockSite(runner, listener).start()
        yield House(whatsapp, url, inbox, meta)
        await whatsapp.close()
        await runner.cleanup()


async def test_the_challenge_is_echoed(house: House) -> None:
    assert await house.asked(mode="subscribe", verify_token=WORD, challenge="1158201444") == (200, "1158201444")


WRONG: dict[str, dict[str, str]] = {
    "no word": {"mode": "subscribe", "challenge": "1"},
    "another word": {"mode": "subscribe", "verify_token": "kata2", "challenge": "1"},
    "a word beyond ASCII": {"mode": "subscribe", "verify_token": "katä🙏", "challenge": "1"},
    "another mode": {"mode": "unsubscribe", "verify_token": WORD, "challenge": "1"},
    "no mode": {"verify_token": WORD, "challenge": "1"},
    "no challenge": {"mode": "subscribe", "verify_token": WORD},
    "a script": {"mode": "subscribe", "verify_token": WORD, "challenge": "<script>"},
    "a long challenge": {"mode": "subscribe", "verify_token": WORD, "challenge": "1" * 257},
    "nothing": {},
}


@pytest.mark.parametrize("case", WRONG)
async def test_a_wrong_challenge_is_not_echoed(house: House, case: str) -> None:
    assert await house.asked(**WRONG[case]) == (403, "")


FORGED = {
    "unsigned": "",
    "with another secret": signature(b"rahasia-2", HALO).decode(),
    "for another body": signature(SECRET.encode(), HALO + b" ").decode(),
    "in capitals": signature(SECRET.encode(), HALO).decode().upper(),
    "without its kind": signature(SECRET.encode(), HALO).decode().removeprefix("sha256="),
    "of the old kind": "sha1=" + "0" * 40,
    "too short": "sha256=0",
    "beyond ASCII": "sha256=" + "é" * 64,
    "an emoji": "🙏",
}


@pytest.mark.parametrize("case", FORGED)
async def test_what_is_not_signed_with_our_secret_is_not_kept(house: House, case: str) -> None:
    assert await house.knock(HALO, FORGED[case]) == 401
    assert (house.inbox.times, house.meta.nods) == (0, [])


async def test_a_signature_of_any_bytes_is_no_signature(house: House) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", int(house.url.rpartition(":")[2]))
    head = f"POST /whatsapp HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nConnection: close\r\n{SIGNATURE_HEADER}: "
    writer.write(head.encode() + b"sha256=\xff\xfe\xe9\r\n\r\n{}")
    await writer.drain()
    assert (await reader.read()).startswith(b"HTTP/1.1 401 ")
    writer.close()


async def test_a_message_is_kept_and_answered_with_a_nod(house: House) -> None:
    assert [await house.knock(HALO) for _ in range(2)] == [200, 200]
    assert list(house.inbox.kept) == [WAMID]
    await asyncio.wait_for(house.meta.rang.wait(), 5)
    assert house.meta.nods[0] == {
        "messaging_product": "whatsapp",
        "status": "read",
        "message_id": WAMID,
        "typing_indicator": {"type": "text"},
    }


async def test_many_entries_are_all_kept_and_nods_have_an_end(house: House) -> None:
    house.meta.hanging = True
    messages = [{"id": f"wamid.{n}", "from": "62811", "type": "text", "text": {"body": "x"}} for n in range(100)]
    entries = [entry for said in messages for entry in body({"messages": [said]})["entry"]]
    assert await house.knock(json.dumps({"entry": entries}).encode()) == 200
    assert list(house.inbox.kept) == [said["id"] for said in messages]
    async with asyncio.timeout(5):
        while len(house.meta.nods) < MOST:
            house.meta.rang.clear()
            await house.meta.rang.wait()
    await asyncio.sleep(0.05)
    assert len(house.meta.nods) == MOST
    await asyncio.wait_for(house.whatsapp.close(), 5)


async def test_a_nod_that_fails_is_forgotten(house: House) -> None:
    house.meta.status = 500
    assert await house.knock(HALO) == 200
    await asyncio.wait_for(house.meta.rang.wait(), 5)
    assert await house.knock(HALO) == 200


async def test_what_is_for_another_number_is_counted_and_not_kept(house: House) -> None:
    theirs = body({"metadata": {"phone_number_id": "999"}, "messages": [{}, {}]})
    before = FOREIGN._value.get()
    assert await house.knock(json.dumps(theirs).encode()) == 200
    assert (FOREIGN._value.get() - before, house.inbox.times) == (2, 0)


async def test_what_cannot_be_kept_is_sent_again_by_meta(house: House) -> None:
    house.inbox.failing = 1
    assert await house.knock(HALO) == 503
    assert house.meta.nods == []
    assert await house.knock(HALO) == 200


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff", b"[" * 100_000, b"{}", b"5", b'{"entry": 5}'], ids=range(7))
async def test_what_is_odd_but_signed_is_kept_as_it_is(house: House, raw: bytes) -> None:
    assert await house.knock(raw) == 200
    assert list(house.inbox.kept.values()) == [raw]


async def test_four_megabytes_are_taken_and_one_byte_more_is_not(house: House) -> None:
    assert await house.knock(b" " * LARGEST_BODY) == 200
    assert await house.knock(b" " * (LARGEST_BODY + 1)) == 413
    assert house.inbox.times == 1


async def test_what_does_not_tell_its_length_is_counted(house: House) -> None:
    async def pieces(count: int) -> AsyncIterator[bytes]:
        for _ in range(count):
            yield b" " * 65536

    given = {SIGNATURE_HEADER: signature(SECRET.encode(), b" " * 65536 * 64).decode()}
    async with ClientSession(headers=given) as session:
        for count, status in ((64, 200), (65, 413)):
            async with session.post(f"{house.url}/whatsapp", data=pieces(count)) as answer:
                assert answer.status == status


async def test_who_leaves_in_the_middle_is_forgotten(house: House) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", int(house.url.rpartition(":")[2]))
    head = f"POST /whatsapp HTTP/1.1\r\nHost: x\r\n{SIGNATURE_HEADER}: {FORGED['with another secret']}\r\n"
    writer.write(head.encode() + b"Content-Length: 99\r\n\r\n{")
    await writer.drain()
    writer.close()
    await reader.read()
    assert await house.knock(HALO) == 200
    assert list(house.inbox.kept) == [WAMID]


async def test_any_json_that_is_signed_is_answered(house: House) -> None:
    """Everything one run makes up goes to one door, in bounded time each."""
    made: list[bytes] = [json.dumps(update).encode() for update in VALID]

    @settings(max_examples=100, deadline=None)
    @given(ANY)
    def collect(update: object) -> None:
        made.append(json.dumps(update).encode())

    collect()
    for raw in made:
        assert await asyncio.wait_for(house.knock(raw), 5) == 200


async def test_nothing_is_fetched(house: House) -> None:
    await asyncio.wait_for(house.whatsapp.listen(house.inbox), 1)
