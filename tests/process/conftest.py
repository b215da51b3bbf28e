"""A loopback Bot API and the real process beside it."""

from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.loopback.bot_api import BotApi
from tests.process.office import Process

AGAIN = "answered before"
"""A press answered once more after its first answer was lost on the way: all that can break a limit here."""


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    """Whatever the test is about: in the end not one call has broken a published limit."""
    async with BotApi() as api:
        yield api
        assert not [said for said in api.violations if AGAIN not in said]


@pytest.fixture
async def process(api: BotApi, tmp_path: Path) -> AsyncIterator[Process]:
    """Started by the test when its world is as it should be; killed at the end if it still runs."""
    process = Process(tmp_path, api)
    yield process
    with suppress(AssertionError, ProcessLookupError):
        await process.kill()
