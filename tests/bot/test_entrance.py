"""The server's entrance over real sockets: who sits idle, talks slowly or comes in crowds keeps nobody else out."""

import asyncio
import resource
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from unittest.mock import Mock

import aiohttp
import pytest
from aiohttp import web

from bot.channels.callers import Callers
from bot.channels.telegram.door import Door
from bot.web import entrance, pages

SECRET = "rahasia"


@asynccontextmanager
async def open_to_all(most: int = 40, proxies: tuple[str, ...] = ()) -> AsyncIterator[int]:
    """The port of a server with a Telegram webhook and a page that never ends; `most` connections may be open."""

    async def kept(_: object) -> None: ...

    async def well() -> str:
        return ""

    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await asyncio.sleep(60)
        return response

    routes = [web.post("/telegram", Door(SECRET, kept).answer), web.get("/page", endless)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages, "connections_at_most", lambda: most)
        patch.setattr(pages, "SHUTDOWN", 0.1)
        runner, port = await pages.serve(pages.site(Mock(), routes, well), "127.0.0.1", 0, Callers(proxies))
    yield port
    await runner.cleanup()


async def telegram_knocks(port: int) -> int:
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"http://127.0.0.1:{port}/telegram", json={"update_id": 1}, headers=headers) as answer,
    ):
        return answer.status


async def sits(stack: AsyncExitStack, port: int, says: bytes = b"") -> asyncio.StreamReader:
    """A connection that says this and nothing more."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    stack.callback(writer.close)
    writer.write(says)
    return reader


@pytest.mark.parametrize("says", [b"", b"GET / HTTP/1.1\r\nX-"], ids=["silent", "half a head"])
async def test_a_thousand_idle_connections_keep_nobody_out(says: bytes) -> None:
    async with open_to_all(proxies=("127.0.0.1",)) as port, AsyncExitStack() as stack:
        sitting = [await sits(stack, port, says) for _ in range(200)]
        assert await telegram_knocks(port) == 200
        assert (await asyncio.gather(*(gone(one) for one in sitting[:100]))) == [True] * 100
        assert not await gone(sitting[-1])


async def gone(reader: asyncio.StreamReader) -> bool:
    """Whether the server hung up."""
    try:
        async with asyncio.timeout(0.5):
            return await reader.read(1) == b""
    except ConnectionError:
        return True
    except TimeoutError:
        return False


async def test_one_address_has_a_quarter_and_a_proxy_of_ours_all() -> None:
    async with open_to_all() as port, AsyncExitStack() as stack:
        sitting = [await sits(stack, port) for _ in range(11)]
        assert await gone(sitting[10])
        assert not await gone(sitting[0])
    async with open_to_all(proxies=("127.0.0.0/8",)) as port, AsyncExitStack() as stack:
        sitting = [await sits(stack, port) for _ in range(11)]
        assert not await gone(sitting[10])


async def test_who_is_being_answered_is_not_sent_away() -> None:
    async with open_to_all(most=4, proxies=("127.0.0.1",)) as port, AsyncExitStack() as stack:
        page = await sits(stack, port, b"GET /page HTTP/1.1\r\nHost: a\r\n\r\n")
        assert b" 200 " in await page.readline()
        for _ in range(10):
            await sits(stack, port)
        assert await telegram_knocks(port) == 200
        assert b":" in await page.readline()


async def test_a_head_has_a_time_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(entrance.PATIENT, "keepalive_timeout", 0.2)
    async with open_to_all() as port, AsyncExitStack() as stack:
        slow = await sits(stack, port, b"GET / HTTP/1.1\r\nX-Slow: ")
        async with asyncio.timeout(20):
            assert await slow.read() == b""


@pytest.mark.parametrize("packing", ["gzip", "br", "zstd", "deflate"])
@pytest.mark.parametrize("path", ["telegram", "healthz", "nowhere"])
async def test_nothing_packed_comes_in_anywhere(path: str, packing: str) -> None:
    async with open_to_all() as port, aiohttp.ClientSession() as session:
        headers = {"Content-Encoding": packing, "X-Telegram-Bot-Api-Secret-Token": SECRET}
        async with session.post(f"http://127.0.0.1:{port}/{path}", data=b"\x1f\x8b", headers=headers) as answer:
            assert answer.status == 415


async def test_heads_without_end_are_refused() -> None:
    async with open_to_all() as port, AsyncExitStack() as stack:
        for head in (b"GET /" + b"a" * 20_000, b"X: y\r\n" * 500, b"Cookie: " + b"a=b; " * 20_000):
            start = b"" if head.startswith(b"GET") else b"GET / HTTP/1.1\r\n"
            reader = await sits(stack, port, start + head + b"\r\n\r\n")
            assert b" 400 " in await reader.readline()


@pytest.mark.parametrize(
    ("soft", "most"), [(256, 96), (1024, 384), (65536, 4096), (resource.RLIM_INFINITY, 4096), (20, 8)]
)
def test_descriptors_are_left_for_our_own_work(soft: int, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (soft, soft))
    assert entrance.connections_at_most() == most
