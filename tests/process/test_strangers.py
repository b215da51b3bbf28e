"""The real process among strangers: crowds of idle connections, and files nobody asked for."""

import asyncio
import resource
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from aiohttp import FormData

from tests.loopback.bot_api import BotApi
from tests.loopback.crowd import Person, Phone
from tests.made import PDF
from tests.process.office import Process


@contextmanager
def few_descriptors(soft: int) -> Iterator[None]:
    """For what is started meanwhile."""
    before, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (before, hard))


async def test_idle_connections_do_not_silence_telegram(process: Process, api: BotApi) -> None:
    process.settings |= {"WEBCHAT": "on", "TRUSTED_PROXIES": "127.0.0.1"}
    with few_descriptors(256):
        await process.start()
    port = int(process.url.rsplit(":", 1)[1])
    async with AsyncExitStack() as stack:
        for _ in range(600):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            stack.callback(writer.close)
        sari = Phone(api, Person(42))
        await sari.says("halo")
        await sari.waits_for("Apakah Bapak/Ibu setuju?", within=20)
        async with aiohttp.ClientSession() as session, session.get(f"{process.url}/") as answer:
            assert answer.status == 200
    assert await process.stop() == 0


@dataclass
class Visitor:
    """Somebody on the practice page, without a browser."""

    process: Process
    session: aiohttp.ClientSession
    who: str
    said: int = 0

    async def says(self, text: str, sees: str) -> None:
        self.said += 1
        await self._posts("", json={"id": f"kunci-{self.who}-{self.said}", "text": text})
        await self.waits_for(sees)

    async def uploads(self) -> None:
        self.said += 1
        form = FormData({"id": f"kunci-{self.who}-{self.said}", "note": ""})
        form.add_field("file", PDF, filename="surat.pdf", content_type="application/pdf")
        await self._posts("/files", data=form)

    async def _posts(self, path: str, **body: object) -> None:
        url, headers = f"{self.process.url}/chat/{self.who}{path}", {"Origin": self.process.url}
        async with self.session.post(url, headers=headers, **body) as answer:  # type: ignore[arg-type]
            assert answer.status == 202

    async def waits_for(self, words: str) -> None:
        """Until it stands among the last lines."""
        async with asyncio.timeout(30):
            while True:
                if words in await self._screen():
                    return
                await asyncio.sleep(0.1)

    async def _screen(self) -> str:
        async with self.session.get(f"{self.process.url}/chat/{self.who}/messages") as answer:
            lines = (await answer.json())["lines"]
            last_own = max((place for place, line in enumerate(lines) if line["mine"]), default=-1)
            return "\n".join(str(line) for line in lines[last_own + 1 :])

    @property
    def lying(self) -> int:
        """Files of everybody, fetched or not."""
        return sum(path.is_file() for path in (self.process.folder / "files").rglob("*"))


@asynccontextmanager
async def practising(folder: Path, who: str) -> AsyncIterator[Visitor]:
    process = Process(folder)
    await process.start()
    async with aiohttp.ClientSession() as session:
        yield Visitor(process, session, who)
    assert await process.stop() == 0


async def test_before_consent_no_file_is_kept_and_nothing_of_who_declines(tmp_path: Path) -> None:
    async with practising(tmp_path, "sari") as sari:
        await sari.uploads()
        await sari.waits_for("Apakah Bapak/Ibu setuju?")
        assert sari.lying == 0
        await sari.says("tidak setuju", sees="Tidak ada yang kami simpan")
        await sari.uploads()
        await sari.waits_for("Apakah Bapak/Ibu setuju?")
        assert sari.lying == 0


async def test_after_consent_only_what_a_question_asks_for_is_kept(tmp_path: Path) -> None:
    async with practising(tmp_path, "budi") as budi:
        await budi.uploads()
        await budi.waits_for("belum kami minta, jadi tidak kami simpan")
        assert budi.lying == 0
        await budi.says("/masukan", sees="Dengan nama saya")
        await budi.says("dengan nama saya", sees="saran, aspirasi")
        await budi.says("keluhan", sees="Boleh ditulis atau pesan suara")
        await budi.uploads()
        await budi.waits_for("Kami simpan")
        assert budi.lying >= 1
