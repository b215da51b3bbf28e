"""The page with files: several at once, sound, a position; and an officer who looks at the pictures in place."""

import re

import pytest
from playwright.async_api import FilePayload, Geolocation, Page, expect

from tests.made import PDF, photo_with_place, picture
from tests.process.office import Process

from .window import IN_A_BROWSER, Visit, Window

pytestmark = IN_A_BROWSER
KAJEN = Geolocation(latitude=-7.0281, longitude=109.5815)


def photo(name: str, content: bytes) -> FilePayload:
    return FilePayload(name=name, mimeType="image/jpeg", buffer=content)


async def chooses(page: Page, *files: FilePayload) -> None:
    async with page.expect_file_chooser() as waiting:
        await page.get_by_role("button", name="Berkas", exact=True).click()
    await (await waiting.value).set_files(files)


async def sends_suggestion(budi: Window) -> str:
    """With two photos under a caption and a paper; its number."""
    await budi.says("/masukan")
    await budi.presses("Dengan nama saya", "Keluhan")
    await budi.answers("Boleh ditulis atau pesan suara", "Jalan landai di depan kantor retak")
    await budi.sees("Ada berkas yang ingin disertakan?")
    paper = FilePayload(name="surat.pdf", mimeType="application/pdf", buffer=PDF)
    await chooses(budi.page, photo("retak.jpg", photo_with_place((1600, 1000))), paper)
    await chooses(budi.page, photo("dekat.jpg", picture(size=(900, 600), color="teal")))
    await expect(budi.page.get_by_text("Akan dikirim: retak.jpg")).to_contain_text("surat.pdf (1 KB), dekat.jpg")
    await budi.says("retak di sisi kiri")
    await budi.sees("Berkas 3 dari 10 sudah kami terima", "1. retak.jpg (keterangan: retak di sisi kiri)")
    await budi.presses("Selesai", "Kirim")
    await budi.sees("sudah kami terima dengan nomor")
    found = re.search(r"MAS-\d+", await budi.lines.last.inner_text())
    assert found
    return found[0]


@pytest.mark.parametrize("width", [1280, 320])
async def test_photos_are_sent_together_and_seen_in_place(visit: Visit, town: Process, width: int) -> None:
    budi, wati = await visit(town, "budi", width, 700), await visit(town, "wati", width, 700)
    code = await sends_suggestion(budi)
    await budi.fits(width)
    await wati.sees(code)
    shown = wati.lines.get_by_role("img", name="retak di sisi kiri").last
    while not await shown.is_visible():
        await wati.says(f"berkas {code}")
        await wati.sees(f"Semua berkas {code}")
    await expect(
        wati.lines.get_by_role("link", name=re.compile(r"^Unduh .*\.jpg: retak di sisi kiri$")).last
    ).to_be_visible()
    await expect(shown).to_have_js_property("complete", True)
    await expect(shown).to_have_js_property("naturalWidth", 800)  # 1600 × 1000, upright, at most 1280 high
    await expect(wati.lines.get_by_role("link", name="Unduh surat.pdf (PDF)").last).to_be_visible()
    await wati.page.emulate_media(reduced_motion="reduce")
    await wati.fits(width)
    await wati.is_for_everybody()
    assert wati.complaints == budi.complaints == []


async def test_a_chosen_file_goes_before_the_choice_that_is_pressed(visit: Visit, town: Process) -> None:
    budi = await visit(town, "budi", 390, 844)
    await budi.says("/masukan")
    await budi.presses("Dengan nama saya", "Keluhan")
    await budi.answers("Boleh ditulis atau pesan suara", "Lampu alun-alun padam")
    await budi.sees("Ada berkas yang ingin disertakan?")
    await expect(budi.page.locator("#choose").get_by_text("Berkas")).to_be_visible()
    await chooses(budi.page, photo("senja.jpg", picture(size=(800, 600), color="orange")))
    await budi.page.locator("footer").get_by_role("button", name="Kirim", exact=True).click()
    await budi.sees("Berkas 1 dari 10 sudah kami terima")
    await chooses(budi.page, photo("gelap.jpg", picture(size=(900, 600), color="navy")))
    chosen = budi.page.get_by_role("status", name="Berkas yang dipilih")
    await expect(chosen).to_have_text(re.compile(r"Akan dikirim: gelap\.jpg"))
    await budi.is_for_everybody()
    await budi.presses("Selesai")
    await expect(chosen).to_be_empty()
    sent = budi.lines.filter(has_text="Berkas: gelap.jpg")
    await expect(sent.locator("img")).to_have_js_property("naturalWidth", 900)
    await budi.sees("Mohon diperiksa sekali lagi:", "gelap.jpg")
    await budi.page.reload()
    await expect(sent).to_have_count(1)
    await expect(sent.locator("img")).to_have_count(0)
    assert budi.complaints == []


async def test_a_position_is_shared_by_a_button_and_a_no_is_taken_kindly(visit: Visit, town: Process) -> None:
    budi = await visit(town, "budi")
    await budi.page.emulate_media(reduced_motion="reduce")
    await budi.says("/situasi")
    share = budi.page.get_by_role("button", name="Kirim titik Lokasi saya")
    await share.click()
    await expect(budi.page.get_by_role("alert")).to_have_text(
        re.compile("Lokasi tidak dibagikan, dan itu tidak apa-apa")
    )
    await budi.is_for_everybody()
    await budi.page.context.grant_permissions(["geolocation"])
    await budi.page.context.set_geolocation(KAJEN)
    await share.focus()
    await budi.page.keyboard.press("Enter")
    await expect(budi.lines.filter(has_text="Titik lokasi: 7,02810 LS, 109,58150 BT")).to_have_count(1)
    await expect(budi.page.get_by_role("alert")).to_be_empty()
    await expect(budi.words).to_be_focused()


async def test_a_file_that_is_too_large_is_named_and_the_others_go(visit: Visit, town: Process) -> None:
    joko = await visit(town, "joko")
    await joko.page.evaluate(
        """() => {
          const [small, large] = [new File(["a"], "kecil.pdf"), new File(["b"], "besar.mp4")];
          Object.defineProperty(large, "size", { value: 101 * 1024 * 1024 });
          const file = document.getElementById("file");
          Object.defineProperty(file, "files", { value: [small, large], configurable: true });
          file.dispatchEvent(new Event("change"));
        }"""
    )
    await expect(joko.page.get_by_role("alert")).to_have_text(re.compile("besar.mp4 lebih dari 100 MB"))
    await expect(joko.page.get_by_text("Akan dikirim: kecil.pdf (1 KB)")).to_be_visible()
    await joko.page.get_by_role("button", name="Tidak jadi").click()
    await expect(joko.page.get_by_text("Akan dikirim")).to_be_hidden()
