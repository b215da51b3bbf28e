"""The webhook: who knocks without the secret is not read, and 200 means that it is on disk. And files people sent."""

import asyncio
import io
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from aiohttp import ClientSession, web

from bot.channels.channel import Outcome, SendFailed
from bot.channels.telegram import Telegram
from bot.channels.telegram.door import LARGEST_UPDATE, SECRET_HEADER
from tests.channels.conftest import Folder
from tests.channels.inbox import Inbox
from tests.channels.telegram_table import bad_request, html
from tests.loopback.bot_api import TOKEN, BotApi
from tests.loopback.crowd import Phone
from tests.loopback.faults import BAD_JSON, DROPPED_BEFORE, WRONG_SHAPE, Fault, broken

SECRET = "rahasia-1"
MENU = (("menu", "Pilihan"),)


@dataclass
class House:
    """A channel with a webhook, the address of its door, and what came in."""

    telegram: Telegram
    url: str
    inbox: Inbox

    async def knock(self, body: bytes, secret: str | None = SECRET) -> int:
        headers = {} if secret is None else {SECRET_HEADER: secret}
        async with (
            ClientSession(headers=headers) as session,
            session.post(f"{self.url}/telegram", data=io.BytesIO(body)) as answer,
        ):
            return answer.status


@pytest.fixture
async def house(api: BotApi, files: Folder) -> AsyncIterator[House]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        telegram = Telegram(
            TOKEN,
            files,
            api_url=api.url,
            mode="webhook",
            webhook_secret=SECRET,
            public_url=f"{url}/",
            menu=MENU,
            pauses=(0.01,),
        )
        inbox = Inbox()
        app = web.Application()
        app.add_routes(telegram.routes(inbox))
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.SockSite(runner, listener).start()
        yield House(telegram, url, inbox)
        await runner.cleanup()
        await telegram.close()


async def test_telegram_is_told_and_delivers(api: BotApi, house: House, sari: Phone) -> None:
    api.faults.next("setWebhook", broken(500))
    api.faults.next("setWebhook", bad_request("bad webhook: Failed to resolve host"))
    house.inbox.failing = 2
    said = await sari.says("halo")
    await house.telegram.listen(house.inbox)
    await house.inbox.has(said)
    assert house.telegram.link == "https://t.me/rumah_kedua_bot"
    (call,) = [call for call in api.calls_of("setWebhook") if call.outcome == "ok"]
    assert call.params["url"] == f"{house.url}/telegram"
    assert (call.params["secret_token"], api.violations) == (SECRET, [])
    assert house.telegram.parse(house.inbox.kept[str(said)]).text == "halo"


@pytest.mark.parametrize("secret", [None, "", "rahasia-2", "rahasia-1x", "rahasiä-1", "🙏"])
async def test_without_the_secret_nothing_is_heard(house: House, secret: str | None) -> None:
    assert await house.knock(b'{"update_id": 5}', secret) == 403
    assert house.inbox.times == 0


async def test_twice_is_once(house: House) -> None:
    assert [await house.knock(b'{"update_id": 5}') for _ in range(2)] == [200, 200]
    assert house.inbox.kept == {"5": b'{"update_id": 5}'}


async def test_what_cannot_be_kept_is_sent_again_by_telegram(house: House) -> None:
    house.inbox.failing = 1
    assert [await house.knock(b'{"update_id": 5}') for _ in range(2)] == [503, 200]


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 100_000, b"{}", b'{"update_id": "5"}'], ids=range(6))
async def test_what_is_odd_but_knows_the_secret_is_kept(house: House, body: bytes) -> None:
    assert await house.knock(body) == 200
    ((key, raw),) = house.inbox.kept.items()
    assert key.startswith("odd-")
    assert raw == body


async def test_a_megabyte_is_taken_and_one_byte_more_is_not(house: House) -> None:
    assert await house.knock(b" " * LARGEST_UPDATE) == 200
    assert await house.knock(b" " * (LARGEST_UPDATE + 1)) == 413
    assert house.inbox.times == 1


async def test_what_does_not_tell_its_length_is_counted(house: House) -> None:
    async def pieces(count: int) -> AsyncIterator[bytes]:
        for _ in range(count):
            yield b" " * 65536

    async with ClientSession(headers={SECRET_HEADER: SECRET}) as session:
        for count, status in ((16, 200), (17, 413)):
            async with session.post(f"{house.url}/telegram", data=pieces(count)) as answer:
                assert answer.status == status


async def test_who_leaves_in_the_middle_is_forgotten(house: House) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", int(house.url.rpartition(":")[2]))
    head = f"POST /telegram HTTP/1.1\r\nHost: x\r\n{SECRET_HEADER}: {SECRET}\r\nContent-Length: 99\r\n\r\n"
    writer.write(head.encode() + b"{")
    await writer.drain()
    writer.close()
    await reader.read()
    assert await house.knock(b'{"update_id": 5}') == 200
    assert list(house.inbox.kept) == ["5"]


async def test_a_poll_has_no_door(telegram: Telegram) -> None:
    assert list(telegram.routes(Inbox())) == []


@pytest.mark.parametrize(
    ("token", "secret", "public", "setting"),
    [
        ("", SECRET, "https://x", "TELEGRAM_TOKEN"),
        (TOKEN, "", "https://x", "TELEGRAM_WEBHOOK_SECRET"),
        (TOKEN, "ada spasi", "https://x", "TELEGRAM_WEBHOOK_SECRET"),
        (TOKEN, "a" * 257, "https://x", "TELEGRAM_WEBHOOK_SECRET"),
        (TOKEN, SECRET, "", "PUBLIC_URL"),
    ],
)
async def test_a_wrong_setting_is_named(files: Folder, token: str, secret: str, public: str, setting: str) -> None:
    with pytest.raises(ValueError, match=setting):
        Telegram(token, files, mode="webhook", webhook_secret=secret, public_url=public)


async def fetched(telegram: Telegram, remote: str) -> bytes:
    return b"".join([piece async for piece in telegram.fetch(remote)])


async def test_a_file_comes_in_pieces(api: BotApi, telegram: Telegram, sari: Phone) -> None:
    content = bytes(range(256)) * 4096
    await sari.sends_document("surat Pak Budi #1?.pdf", content=content)
    await sari.sends_photo(content)
    for update in list(api.updates.pending):
        upload = telegram.parse(update.body).upload
        assert upload is not None
        pieces = [piece async for piece in telegram.fetch(upload.remote)]
        assert b"".join(pieces) == content
        assert max(map(len, pieces)) <= 65536


async def test_a_file_that_is_too_large_or_unknown_is_refused(api: BotApi, telegram: Telegram) -> None:
    large = api.methods.store_file("besar.pdf", b"", 25 * 1024 * 1024)
    for remote, reason in ((large.id, "too big"), ("hilang", "file_id")):
        with pytest.raises(SendFailed, match=reason) as failed:
            await fetched(telegram, remote)
        assert failed.value.outcome is Outcome.REFUSED


@pytest.mark.parametrize("fault", [BAD_JSON, WRONG_SHAPE, DROPPED_BEFORE, html(502)], ids=lambda fault: fault.name)
async def test_a_fetch_that_broke_can_be_tried_again(api: BotApi, telegram: Telegram, fault: Fault) -> None:
    file = api.methods.store_file("surat.pdf", b"%PDF")
    api.faults.next("getFile", fault)
    with pytest.raises(SendFailed) as failed:
        await fetched(telegram, file.id)
    assert failed.value.outcome is Outcome.RETRY
    assert await fetched(telegram, file.id) == b"%PDF"


async def test_a_download_that_is_gone_can_be_tried_again(api: BotApi, telegram: Telegram) -> None:
    file = api.methods.store_file("surat.pdf", b"%PDF")
    pieces = telegram.fetch(file.id)
    api.methods.files[file.id] = file
    object.__setattr__(file, "path", "documents/\udcff")
    with pytest.raises(SendFailed) as failed:
        await anext(pieces)
    assert failed.value.outcome is Outcome.RETRY
    assert TOKEN not in failed.value.reason
