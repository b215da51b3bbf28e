"""The page for everybody: by keyboard, on a phone, in light and dark, with large letters; it loses nothing said."""

import re
from datetime import UTC, datetime
from functools import partial
from typing import Literal

import pytest
import pytest_asyncio
from playwright.async_api import Browser, FilePayload, expect

from storage.database.database import Transaction
from storage.mail import transcript
from tests.process.office import Process

from .window import IN_A_BROWSER, Visit, asks, memory, opened

pytestmark = IN_A_BROWSER
Scheme = Literal["light", "dark"]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def lively(browser: Browser, town: Process) -> Process:
    """Budi has asked for a meeting and begins to ask for another; Wati has his card and her queue before her."""
    budi, wati = await opened(browser, town, "budi"), await opened(browser, town, "wati")
    code = await asks(budi)
    await wati.sees(code)
    await wati.says("/antrean")
    await wati.sees("Menunggu keputusan")
    await budi.says("/audiensi")
    await budi.sees("Apa keperluannya?")
    return town


@pytest.mark.parametrize(
    ("who", "scheme", "width"),
    [("budi", "light", 1280), ("wati", "dark", 1280), ("wati", "light", 360), ("budi", "dark", 320)],
)
async def test_the_page_is_for_everybody(visit: Visit, lively: Process, who: str, scheme: Scheme, width: int) -> None:
    window = await visit(lively, who, width, 640)
    await window.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    await expect(window.choices.first).to_be_visible()
    await window.fits(width)
    await window.is_for_everybody()
    for name in ("Kirim", "Berkas", "Menu"):
        button = window.page.locator("footer").get_by_role("button", name=name, exact=True)
        await expect(button).to_be_in_viewport(ratio=1)


async def test_an_endless_word_needs_no_sideways_scrolling(visit: Visit, town: Process) -> None:
    joko = await visit(town, "joko", 320, 640)
    await joko.says("katayangsangatpanjangsekali" * 20)
    await expect(joko.lines.filter(has_text="katayangsangat")).to_have_count(1)
    await expect(joko.page.get_by_text("Mengirim…")).to_have_count(0)
    await joko.fits(320)


async def test_letters_of_twice_the_size_hide_nothing(visit: Visit, lively: Process) -> None:
    budi = await visit(lively, "budi", 640, 400)  # 1280 × 800 at 200 %
    await budi.says("/menu")
    await budi.sees("Ada yang bisa kami bantu?")
    await expect(budi.lines.last).to_be_in_viewport()
    await budi.fits(640)


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 800)])
async def test_a_long_conversation_scrolls_and_the_page_stays(
    visit: Visit, town: Process, width: int, height: int
) -> None:
    joko = await visit(town, "joko", width, height)
    async with memory(town) as database:
        await database.transact(partial(fill_page, "joko", str(width)))
    await joko.page.reload()
    await expect(joko.lines).to_contain_text(["baris 0", "baris 49"])
    await expect(joko.lines.last).to_be_in_viewport(ratio=1)
    await expect(joko.page.get_by_role("heading", name="Rumah Kedua")).to_be_in_viewport(ratio=1)
    await expect(joko.words).to_be_in_viewport(ratio=1)
    assert await joko.page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    assert await joko.page.evaluate("scrollY") == 0
    await joko.page.get_by_role("log").evaluate("log => log.scrollTo(0, 0)")
    await expect(joko.lines.last).not_to_be_in_viewport()
    await joko.page.evaluate("document.getElementById('below').hidden = false")
    await joko.page.get_by_role("button", name="Ada pesan baru di bawah").click()
    await expect(joko.lines.last).to_be_in_viewport(ratio=1)


def fill_page(address: str, key: str, tx: Transaction) -> None:
    for n in range(50):
        transcript.add(tx, address, False, {"text": f"baris {n}"}, f"{key}-{n}", datetime.now(UTC))


async def test_a_newcomer_agrees_and_gets_on_with_the_keyboard_alone(visit: Visit, town: Process) -> None:
    sari = await visit(town, "sari")
    await sari.page.keyboard.press("Tab")
    await expect(sari.page.get_by_role("link", name="Langsung menulis pesan")).to_be_focused()
    await sari.page.keyboard.press("Enter")
    await sari.page.keyboard.type("sugeng enjing")
    await sari.page.keyboard.press("Enter")
    await sari.tabs_to("Setuju")
    await sari.page.keyboard.press("Enter")
    await sari.sees("Ada yang bisa kami bantu?")
    await sari.tabs_to("Pilihan lain")
    await sari.page.keyboard.press("Space")
    await sari.tabs_to("Ganti bahasa")
    await sari.page.keyboard.press("Space")
    await sari.sees("Bahasa apa yang Bapak/Ibu inginkan?")


async def test_a_message_may_have_several_lines(visit: Visit, town: Process) -> None:
    wati = await visit(town, "wati")
    await wati.words.focus()
    for words, key in (("baris satu", "Shift+Enter"), ("baris dua", "Enter")):
        await wati.page.keyboard.type(words)
        await wati.page.keyboard.press(key)
    await expect(wati.lines.filter(has_text="baris satu\nbaris dua")).to_have_count(1)
    await expect(wati.words).to_be_focused()


async def test_persons_are_switched_at_the_top(visit: Visit, town: Process) -> None:
    window = await visit(town, "sari")
    persons = window.page.get_by_role("navigation", name="Berlatih sebagai")
    await expect(window.page.get_by_text("Mode latihan")).to_be_visible()
    await persons.get_by_role("link", name=re.compile("^Wati")).click()
    await expect(persons.locator("[aria-current=page]")).to_contain_text("Wati")
    assert window.page.url.endswith("/?siapa=wati")


async def test_old_choices_grow_quiet_and_still_answer(visit: Visit, lively: Process) -> None:
    wati = await visit(lively, "wati")
    await wati.page.get_by_role("button", name="Menu", exact=True).click()
    await wati.presses("Pilihan lain")
    await wati.sees("Pilihan lain:")
    old = wati.page.get_by_role("group", name="Pilihan sebelumnya").last
    await old.get_by_role("button", name="Antrean petugas", exact=True).click()
    await wati.sees("Menunggu keputusan")
    await expect(wati.choice("Setujui")).to_be_visible()  # a card's choices stay


async def test_a_letter_is_shown_before_it_is_sent(visit: Visit, town: Process) -> None:
    joko = await visit(town, "joko")
    letter = FilePayload(name="surat.pdf", mimeType="application/pdf", buffer=b"%PDF-1.7")
    async with joko.page.expect_file_chooser() as waiting:
        await joko.page.get_by_role("button", name="Berkas").click()
    await (await waiting.value).set_files(letter)
    await expect(joko.page.get_by_text("Akan dikirim: surat.pdf (1 KB)")).to_be_visible()
    await expect(joko.lines.filter(has_text="surat.pdf")).to_have_count(0)
    await joko.page.keyboard.press("Enter")
    await expect(joko.lines.filter(has_text="Berkas: surat.pdf (PDF, 1 KB)")).to_have_count(1)


async def test_what_is_refused_says_why(visit: Visit, town: Process) -> None:
    joko = await visit(town, "joko")
    await joko.says("a" * 16_001)
    await joko.sees("Tidak terkirim. Pesan itu terlalu panjang.")
    again = joko.page.get_by_role("button", name="Kirim ulang")
    await again.click()
    await expect(again).to_be_visible()
    await joko.is_for_everybody()


async def test_nothing_is_loaded_from_elsewhere(visit: Visit, town: Process) -> None:
    window = await visit(town, "budi")
    asked: list[str] = []
    window.page.on("request", lambda request: asked.append(request.url))
    await window.page.reload()
    await expect(window.status).to_have_text("Terhubung")
    assert asked
    assert all(url.startswith(f"{town.url}/") for url in asked)
    assert window.complaints == []
