"""A person in front of the page, in a real browser, of a real process started as a user starts it."""

import re
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from storage.database.database import Database, open_database
from tests.process.office import Process

CHROMIUM = shutil.which("chromium")
IN_A_BROWSER = [
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium here (Debian: apt-get install chromium)"),
    pytest.mark.asyncio(loop_scope="module"),
]
"""For every module whose tests look at the page; they share one browser."""
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PATIENCE = 20_000
"""Milliseconds a person waits for anything on a busy machine."""
expect.set_options(timeout=PATIENCE)


@dataclass
class Window:
    """One window, and what a person does and sees in it."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    """What the browser wrote to its console."""

    def __post_init__(self) -> None:
        self.page.set_default_timeout(PATIENCE)
        self.page.on("console", lambda message: self.complaints.append(message.text))

    @property
    def lines(self) -> Locator:
        return self.page.get_by_role("log").get_by_role("listitem")

    @property
    def words(self) -> Locator:
        return self.page.get_by_label("Pesan Bapak/Ibu")

    @property
    def status(self) -> Locator:
        return self.page.get_by_role("status", name="Sambungan")

    @property
    def choices(self) -> Locator:
        """Buttons that count now: those of the last answer and those under notices."""
        return self.page.get_by_role("group", name="Pilihan", exact=True).get_by_role("button")

    def choice(self, label: str) -> Locator:
        return self.choices.filter(has_text=re.compile(rf"^(\d+\. )?{re.escape(label)}$")).last

    async def says(self, *texts: str) -> None:
        """Type and send."""
        for text in texts:
            await self.words.fill(text)
            await self.page.locator("footer").get_by_role("button", name="Kirim", exact=True).click()

    async def presses(self, *labels: str) -> None:
        """Press one after the other, each as soon as it is there."""
        for label in labels:
            await self.choice(label).click()

    async def sees(self, *texts: str) -> None:
        """The last line comes to hold all of this."""
        for text in texts:
            await expect(self.lines.last).to_contain_text(text)

    async def tabs_to(self, label: str) -> None:
        """Go back to a choice with Shift+Tab, as far as it takes."""
        choice = self.choice(label)
        while not await choice.evaluate("element => element === document.activeElement"):
            await self.page.keyboard.press("Shift+Tab")

    async def answers(self, question: str, *texts: str) -> None:
        """Wait to be asked, then type."""
        await self.sees(question)
        await self.says(*texts)

    async def picks_first(self, question: str) -> None:
        """Wait to be asked, then press whatever is offered first."""
        await self.sees(question)
        await self.lines.last.get_by_role("group").get_by_role("button").first.click()

    async def fits(self, width: int) -> None:
        """Nothing has to be scrolled sideways."""
        assert await self.page.evaluate("document.documentElement.scrollWidth") <= width

    async def is_for_everybody(self) -> None:
        """axe-core finds nothing that keeps somebody out."""
        found = await Axe().run(self.page, options=AXE_RULES)
        assert found.violations_count == 0, found.generate_report()


Visit = Callable[..., Awaitable[Window]]
"""Opens a window: of which process, as whom, how wide and how high."""


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        await browser.close()


@asynccontextmanager
async def memory(process: Process) -> AsyncIterator[Database]:
    """The database of a practice office, beside the process that works with it."""
    database = await open_database(f"sqlite:///{process.database.with_name('office-latihan.db')}")
    yield database
    await database.close()


@asynccontextmanager
async def running(folder: Path) -> AsyncIterator[Process]:
    """`python -m bot` with nothing set: practice on the page."""
    process = Process(folder)
    await process.start()
    yield process
    await process.kill()


async def opened(browser: Browser, process: Process, who: str, width: int = 1100, height: int = 800) -> Window:
    """A window of its own for one of the practice people."""
    context = await browser.new_context(
        viewport={"width": width, "height": height},
        locale="id-ID",
        timezone_id="Asia/Jakarta",
        has_touch=width < 500,
        is_mobile=width < 500,
    )
    window = Window(await context.new_page())
    await window.page.goto(f"{process.url}/?siapa={who}")
    await expect(window.status).to_have_text("Terhubung")
    return window


async def introduces(sari: Window) -> None:
    """A newcomer is greeted, agrees and tells who she is."""
    await sari.page.get_by_role("button", name="Mulai: kirim “halo”").click()
    await sari.presses("Setuju", "Profil dan ormas saya")
    await sari.answers("Siapa nama Bapak/Ibu?", "Sari Wulandari")
    await sari.answers("Dari ormas apa?", "Paguyuban Seruni")
    await sari.presses("Belum ada di daftar: tambahkan “Paguyuban Seruni”", "Belum tercatat", "Seni, budaya, adat")
    await sari.presses("Kedungwuni", "Ketua", "Kirim")
    await sari.sees("Terima kasih, Sari Wulandari.")


async def fills_request(leader: Window) -> None:
    """From /audiensi to the review page, pressing and typing."""
    await leader.says("/audiensi")
    await leader.presses("Audiensi", "Bidang Organisasi Kemasyarakatan")
    await leader.answers("Apa yang ingin dibicarakan?", "Pentas seni akhir tahun di alun-alun")
    await leader.picks_first("Hari")
    await leader.picks_first("Jam")
    await leader.answers("Siapa saja yang akan hadir?", "Sari Wulandari, Budi Santoso")
    await leader.presses("2", "Lewati", "Tidak ada")
    await leader.sees("Mohon diperiksa sekali lagi:")


async def asks(leader: Window) -> str:
    """A whole request; its number."""
    await fills_request(leader)
    await leader.presses("Kirim")
    await leader.sees("sudah kami terima")
    found = re.search(r"AUD-\d{4}", await leader.lines.last.inner_text())
    assert found
    return found[0]
