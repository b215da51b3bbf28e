"""A stop in order while somebody has the page open."""

import asyncio
import time

import aiohttp
import pytest

from tests.process.office import Process

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_an_open_page_does_not_hold_up_the_stop(process: Process) -> None:
    async with aiohttp.ClientSession() as session, session.get(f"{process.url}/chat/budi/events") as page:
        async with asyncio.timeout(10):
            await page.content.readuntil(b"event: history")
        started = time.monotonic()
        assert await process.stop() == 0
        assert time.monotonic() - started < 3
        await page.read()
    assert process.errors() == ""
