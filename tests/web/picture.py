"""`python -m tests.web.picture`: the pictures of the README and the handbooks, taken in practice mode."""

import asyncio
import io
import re
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.async_api import Browser, FilePayload

from bot.work.picture import draw
from tests.process.office import Process

from .busy_office import CHART
from .window import Window, asks, chromium, opened, running

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
PHONE = (390, 844)


async def take(*names: str) -> None:
    """The named pictures, or all: each in a new office, as long as it takes."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    async with chromium() as browser:
        for name in names or SCENES:
            with tempfile.TemporaryDirectory() as folder:
                async with running(Path(folder)) as process:
                    await SCENES[name](browser, process)


async def shoot(window: Window, name: str) -> None:
    """What stands in the window now, with nothing moving and no cursor blinking."""
    await window.page.emulate_media(reduced_motion="reduce")
    await window.words.blur()
    await window.page.screenshot(path=PICTURES / f"{name}.png")


async def meeting(browser: Browser, process: Process) -> None:
    """Budi asks for a meeting, Wati approves it."""
    budi = await opened(browser, process, "budi", width=1000, height=1120)
    wati = await opened(browser, process, "wati")
    code = await asks(budi)
    await wati.presses("Setujui")
    await budi.sees(f"Kabar baik: permintaan {code}")
    await shoot(budi, "web-chat")


async def card(browser: Browser, process: Process) -> None:
    """Budi asks for a meeting; the card on Wati's phone."""
    wati = await opened(browser, process, "wati", *PHONE)
    code = await asks(await opened(browser, process, "budi"))
    await wati.sees(code)
    await shoot(wati, "kartu-audiensi")


async def announcement(browser: Browser, process: Process) -> None:
    """Joko writes an announcement; its preview on his phone."""
    joko = await opened(browser, process, "joko", *PHONE)
    await joko.says("/umumkan")
    await joko.presses("Tulis pengumuman", "Kegiatan")
    await joko.answers("Apa judulnya?", "Pelatihan pengurus")
    await joko.answers("Apa isinya?", "Senin di pendapa, pukul sembilan pagi.")
    await joko.presses("Lewati", "Sudah saya baca", "Semua pengurus", "Sekali saja", "Sekarang", "Lewati", "Kirim")
    await joko.sees("Ajukan")
    await shoot(joko, "pengumuman")


async def recap(browser: Browser, process: Process) -> None:
    """What `/rekap` draws for an office with some work behind it."""
    draw(CHART, PICTURES / "rekap.png")
    Image.open(PICTURES / "rekap.png").quantize(64).save(PICTURES / "rekap.png", optimize=True)


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
    await shoot(joko, "files")


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


Scene = Callable[[Browser, Process], Awaitable[None]]
SCENES: dict[str, Scene] = {
    "web-chat": meeting,
    "kartu-audiensi": card,
    "files": files,
    "pengumuman": announcement,
    "rekap": recap,
}
"""By the name of the picture."""

if __name__ == "__main__":
    asyncio.run(take(*sys.argv[1:]))
