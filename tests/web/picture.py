"""`python -m tests.web.picture`: the picture of a conversation in the README, taken in practice mode."""

import asyncio
import tempfile
from pathlib import Path

from .window import asks, chromium, opened, running

PICTURE = Path(__file__).parents[2] / "docs" / "pictures" / "web-chat.png"


async def take() -> None:
    """Budi asks for a meeting, Wati approves it."""
    with tempfile.TemporaryDirectory() as folder:
        async with chromium() as browser, running(Path(folder)) as process:
            budi = await opened(browser, process, "budi", width=1000, height=1120)
            wati = await opened(browser, process, "wati")
            code = await asks(budi)
            await wati.presses("Setujui")
            await budi.sees(f"Kabar baik: permintaan {code}")
            await budi.page.emulate_media(reduced_motion="reduce")
            await budi.words.blur()
            await budi.page.screenshot(path=PICTURE)


if __name__ == "__main__":
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    asyncio.run(take())
