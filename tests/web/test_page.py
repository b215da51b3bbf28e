"""The page in a real browser: sent and answered live, kept over a reload, by keyboard, on a phone, for everybody."""

import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, BrowserContext, Locator, Page, Route, async_playwright, expect

from storage.database import Database

from .echo import Echo
from .office import served

CHROMIUM = shutil.which("chromium")
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

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium here (Debian: apt-get install chromium)")


@pytest_asyncio.fixture
async def site(database: Database, tmp_path: Path) -> AsyncIterator[str]:
    """Where the page is served, with somebody behind it who answers."""
    echo = Echo()
    async with served(database, tmp_path, receive=echo.receive) as office:
        echo.chat = office.chat
        yield office.origin


@pytest_asyncio.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture
async def context(browser: Browser) -> AsyncIterator[BrowserContext]:
    context = await browser.new_context(viewport={"width": 1100, "height": 800}, locale="id-ID")
    yield context
    await context.close()


async def opened(context: BrowserContext, site: str, who: str = "ani") -> Page:
    page = await context.new_page()
    await page.goto(f"{site}/?siapa={who}")
    await expect(page.get_by_role("status")).to_have_text("Terhubung")
    return page


async def say(page: Page, text: str) -> None:
    await page.get_by_label("Pesan Bapak/Ibu").fill(text)
    await page.get_by_role("button", name="Kirim", exact=True).click()


def lines(page: Page) -> Locator:
    return page.get_by_role("log").get_by_role("listitem")


async def greeted(context: BrowserContext, site: str) -> Page:
    page = await opened(context, site)
    await page.get_by_role("button", name="Mulai: kirim “halo”").click()
    await expect(page.get_by_role("button", name="1. Audiensi")).to_be_visible()
    return page


async def test_a_message_is_sent_and_answered_live(context: BrowserContext, site: str) -> None:
    page = await opened(context, site)
    await say(page, "sugeng enjing")
    await expect(lines(page)).to_contain_text(["Anda: sugeng enjing", "Kantor: Kami baca: sugeng enjing"])
    await expect(page.get_by_text("Mengirim…")).to_have_count(0)
    await expect(page.get_by_label("Pesan Bapak/Ibu")).to_be_focused()


async def test_another_window_of_another_person_sees_a_line_arrive(context: BrowserContext, site: str) -> None:
    ani, budi = await opened(context, site), await opened(context, site, "budi")
    await budi.get_by_label("Pesan Bapak/Ibu").fill("sedang menulis")
    await say(ani, "kabari budi ada permintaan baru")
    await expect(lines(budi)).to_contain_text(["Kantor: ada permintaan baru"])
    await expect(budi.get_by_label("Pesan Bapak/Ibu")).to_have_value("sedang menulis")
    await expect(budi.get_by_label("Pesan Bapak/Ibu")).to_be_focused()
    await expect(lines(ani)).to_have_count(2)


async def test_persons_are_switched_at_the_top(context: BrowserContext, site: str) -> None:
    page = await opened(context, site)
    persons = page.get_by_role("navigation", name="Berlatih sebagai")
    await expect(page.get_by_text("Mode latihan")).to_be_visible()
    await persons.get_by_role("link", name="Budi").click()
    await expect(persons.locator("[aria-current=page]")).to_contain_text("Budi")
    assert page.url.endswith("/?siapa=budi")


async def test_a_reload_keeps_the_history(context: BrowserContext, site: str) -> None:
    page = await greeted(context, site)
    await say(page, "pesan kedua")
    await expect(lines(page)).to_have_count(4)
    before = await lines(page).all_inner_texts()
    await page.reload()
    await expect(lines(page)).to_have_count(4)
    assert await lines(page).all_inner_texts() == before


async def test_choices_are_buttons_and_grow_old(context: BrowserContext, site: str) -> None:
    page = await greeted(context, site)
    await expect(page.get_by_role("group", name="Pilihan", exact=True).get_by_role("button")).to_have_text(
        ["1. Audiensi", "2. Laporan kegiatan", "Batal"]
    )
    await page.get_by_role("button", name="1. Audiensi").click()
    await expect(lines(page)).to_contain_text(["halo", "Monggo", "Anda: Audiensi", "Tombol c.audiensi diterima."])
    old = page.get_by_role("group", name="Pilihan sebelumnya")
    await old.get_by_role("button", name="Laporan kegiatan", exact=True).click()
    await expect(lines(page)).to_have_count(6)


async def test_everything_is_done_by_keyboard(context: BrowserContext, site: str) -> None:
    page = await opened(context, site)
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Langsung menulis pesan")).to_be_focused()
    await page.keyboard.press("Enter")
    await page.keyboard.type("baris satu")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("baris dua")
    await page.keyboard.press("Enter")
    await expect(lines(page)).to_contain_text(["Anda: baris satu\nbaris dua"], use_inner_text=True)
    await page.keyboard.type("halo")
    await page.keyboard.press("Enter")
    batal = page.get_by_role("button", name="Batal")
    await expect(batal).to_be_visible()
    while not await batal.evaluate("button => button === document.activeElement"):
        await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Space")
    await expect(lines(page).last).to_contain_text("Tombol c.batal diterima.")


async def test_a_document_is_downloaded(context: BrowserContext, site: str, tmp_path: Path) -> None:
    page = await opened(context, site)
    await say(page, "surat")
    async with page.expect_download() as waiting:
        await page.get_by_role("link", name="Unduh audiensi.ics (kalender)").click()
    download = await waiting.value
    await download.save_as(tmp_path / "jadwal.ics")
    assert download.suggested_filename == "audiensi.ics"
    assert (tmp_path / "jadwal.ics").read_text() == "BEGIN:VCALENDAR"


async def test_a_file_is_shown_before_it_is_sent(context: BrowserContext, site: str) -> None:
    page = await opened(context, site)
    letter = {"name": "surat.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    async with page.expect_file_chooser() as waiting:
        await page.get_by_role("button", name="Berkas").click()
    await (await waiting.value).set_files(letter)  # type: ignore[arg-type]
    await expect(page.get_by_text("Akan dikirim: surat.pdf (1 KB)")).to_be_visible()
    await expect(lines(page)).to_have_count(0)
    await page.keyboard.press("Enter")
    await expect(lines(page)).to_contain_text(["Berkas: surat.pdf (PDF, 1 KB)", "Berkas surat.pdf diterima."])


async def test_a_message_is_tried_again_until_the_office_has_it_once(context: BrowserContext, site: str) -> None:
    page = await opened(context, site)
    tries: list[str] = []

    async def lossy(route: Route) -> None:
        tries.append(route.request.post_data or "")
        if len(tries) == 1:
            await route.abort()
        elif len(tries) == 2:  # the office has it, but its answer is lost
            await route.fetch()
            await route.abort()
        else:
            await route.continue_()

    await page.route("**/chat/ani", lossy)
    await say(page, "penting")
    await expect(lines(page)).to_contain_text(["Anda: penting", "Kami baca: penting"])
    await expect(page.get_by_text("Mengirim…")).to_have_count(0, timeout=10_000)
    assert len(tries) == 3
    assert len(set(tries)) == 1
    await page.reload()
    await expect(lines(page)).to_have_count(2)


async def test_what_is_refused_says_why(context: BrowserContext, site: str) -> None:
    page = await opened(context, site)
    await say(page, "a" * 16_001)
    await expect(lines(page)).to_contain_text(["Tidak terkirim. Pesan itu terlalu panjang."])
    again = page.get_by_role("button", name="Kirim ulang")
    await again.click()
    await expect(again).to_be_visible()
    await expect(lines(page)).to_have_count(1)


async def test_a_lost_connection_is_said_and_mended(context: BrowserContext, site: str) -> None:
    page = await opened(context, site)
    await page.route("**/events*", lambda route: route.fulfill(status=502))
    await page.reload()
    await expect(page.get_by_role("status")).to_have_text("Menyambung lagi…")
    await page.unroute_all()
    await expect(page.get_by_role("status")).to_have_text("Terhubung")


@pytest.mark.parametrize("width", [320, 360])
async def test_a_phone_needs_no_sideways_scrolling(browser: Browser, site: str, width: int) -> None:
    context = await browser.new_context(viewport={"width": width, "height": 640}, has_touch=True, is_mobile=True)
    page = await greeted(context, site)
    await say(page, "katayangsangatpanjangsekali" * 20)
    await expect(lines(page)).to_have_count(4)
    assert await page.evaluate("document.documentElement.scrollWidth") == width
    for name in ("Kirim", "Berkas"):
        await expect(page.get_by_role("button", name=name, exact=True)).to_be_in_viewport(ratio=1)
    await context.close()


async def test_letters_of_twice_the_size_hide_nothing(context: BrowserContext, site: str) -> None:
    page = await greeted(context, site)
    await page.set_viewport_size({"width": 640, "height": 400})  # 1280 × 800 at 200 %
    await say(page, "halo lagi")
    await expect(lines(page).last).to_be_in_viewport()
    await page.get_by_role("button", name="Kirim", exact=True).click()
    assert await page.evaluate("document.documentElement.scrollWidth") <= 640


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing(context: BrowserContext, site: str, scheme: str) -> None:
    page = await greeted(context, site)
    await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    await page.get_by_role("button", name="1. Audiensi").click()
    await say(page, "surat")
    await say(page, "a" * 16_001)
    await expect(page.get_by_role("button", name="Kirim ulang")).to_be_visible()
    await say(page, "halo")
    await expect(page.get_by_role("button", name="1. Audiensi")).to_be_visible()
    found = await Axe().run(page, options=AXE_RULES)
    assert found.violations_count == 0, found.generate_report()


async def test_nothing_is_loaded_from_elsewhere(context: BrowserContext, site: str) -> None:
    page = await context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    await page.goto(site)
    await expect(page.get_by_role("status")).to_have_text("Terhubung")
    assert all(re.match(re.escape(site), url) for url in asked)
    assert complaints == []
