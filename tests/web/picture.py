"""`python -m tests.web.picture`: the pictures of conversations in the README, taken in practice mode."""

import asyncio
import io
import re
import tempfile
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.async_api import Browser, FilePayload

from tests.process.office import Process

from .window import asks, chromium, opened, running

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"


async def take() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        async with chromium() as browser, running(Path(folder)) as process:
            await meeting(browser, process)
            await files(browser, process)


async def meeting(browser: Browser, process: Process) -> None:
    """Budi asks for a meeting, Wati approves it."""
    budi = await opened(browser, process, "budi", width=1000, height=1120)
    wati = await opened(browser, process, "wati")
    code = await asks(budi)
    await wati.presses("Setujui")
    await budi.sees(f"Kabar baik: permintaan {code}")
    await budi.page.emulate_media(reduced_motion="reduce")
    await budi.words.blur()
    await budi.page.screenshot(path=PICTURES / "web-chat.png")


async def files(browser: Browser, process: Process) -> None:
    """Budi hands in a complaint with a photo and a paper, Joko looks at them."""
    budi = await opened(browser, process, "budi")
    joko = await opened(browser, process, "joko", width=1000, height=1000)
    await budi.says("/masukan")
    await budi.presses("Dengan nama saya", "Keluhan")
    await budi.answers("Boleh ditulis atau pesan suara", "Jalan landai di depan kantor retak, kursi roda sulit lewat")
    await budi.sees("Ada berkas yang ingin disertakan?")
    async with budi.page.expect_file_chooser() as waiting:
        await budi.page.get_by_role("button", name="Berkas", exact=True).click()
    paper = FilePayload(name="surat.pdf", mimeType="application/pdf", buffer=b"%PDF-1.7")
    await (await waiting.value).set_files([cracked_ramp(), paper])
    await budi.says("retak di sisi kiri jalan landai")
    await budi.sees("Berkas 2 dari 10")
    await budi.presses("Selesai", "Kirim")
    await budi.sees("sudah kami terima dengan nomor")
    found = re.search(r"MAS-\d+", await budi.lines.last.inner_text())
    assert found
    await joko.sees(found[0])
    shown = joko.lines.get_by_role("img").last
    while not await shown.is_visible():
        await joko.says(f"berkas {found[0]}")
        await joko.sees("Semua berkas")
    await joko.page.emulate_media(reduced_motion="reduce")
    await joko.words.blur()
    await joko.page.screenshot(path=PICTURES / "files.png")


def cracked_ramp() -> FilePayload:
    """A drawing in place of a photo."""
    sheet = Image.new("RGB", (1200, 560), "#b9d3e6")
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((0, 330, 1200, 560), fill="#8f9a86")
    pen.polygon([(120, 520), (1080, 300), (1200, 300), (1200, 560), (120, 560)], fill="#c9c4b8", outline="#7d786c")
    pen.line([(310, 545), (360, 520), (355, 500), (430, 505), (470, 475), (580, 490)], fill="#3d3a33", width=9)
    pen.line([(430, 505), (445, 530), (430, 556)], fill="#3d3a33", width=6)
    pen.rectangle((960, 90, 1200, 300), fill="#e7dcc6", outline="#8a7f68", width=4)
    pen.rectangle((1030, 150, 1110, 300), fill="#6a4b31")
    drawn = io.BytesIO()
    sheet.save(drawn, "JPEG", quality=90)
    return FilePayload(name="retak.jpg", mimeType="image/jpeg", buffer=drawn.getvalue())


if __name__ == "__main__":
    asyncio.run(take())
