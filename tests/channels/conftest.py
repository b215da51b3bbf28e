"""Telegram as it is built for the office, against the loopback Bot API."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.channels.telegram import Telegram
from tests.loopback.bot_api import BotApi
from tests.loopback.crowd import Person, Phone


@dataclass
class Folder:
    """Stored files by name."""

    root: Path

    def path(self, sha256: str) -> Path:
        return self.root / sha256


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        yield api


@pytest.fixture
def sari(api: BotApi) -> Phone:
    return Phone(api, Person(42, "Sari"))


@pytest.fixture
def files(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.fixture
async def telegram(api: BotApi, files: Folder) -> AsyncIterator[Telegram]:
    """It loses patience after 0.3 seconds, so that a hang is a short wait."""
    telegram = Telegram(api.token, files, api_url=api.url, read_timeout=0.3, pauses=(0.01, 0.02))
    yield telegram
    await telegram.close()
