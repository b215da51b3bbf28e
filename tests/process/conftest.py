"""A loopback Bot API and the real process beside it."""

from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.loopback.bot_api import BotApi
from tests.process.office import Process


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        yield api


@pytest.fixture
async def process(api: BotApi, tmp_path: Path) -> AsyncIterator[Process]:
    """Started by the test when its world is as it should be; killed at the end if it still runs."""
    process = Process(tmp_path, api)
    yield process
    with suppress(AssertionError, ProcessLookupError):
        await process.kill()
