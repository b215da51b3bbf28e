"""An album of ten photos that comes out of order while the process dies: all ten are kept, and none twice."""

import asyncio
import random
import time
from pathlib import Path
from typing import Any

from tests.loopback.bot_api import BotApi
from tests.loopback.crowd import Person, Phone
from tests.loopback.shapes import file_of
from tests.made import picture
from tests.process.office import Process

PHOTOS, KILLS = 10, 4
WITHIN = 60.0


def album(api: BotApi) -> list[dict[str, Any]]:
    """As Telegram sends one: a message for each photo, in any order."""
    stored = [api.methods.store_file("photo.jpg", picture(color=f"#{n}0{n}0{n}0")) for n in range(PHOTOS)]
    messages = [
        {
            "message_id": 9000 + place,
            "media_group_id": "13",
            "photo": [file_of(file.id, file.size, width=64, height=48)],
        }
        for place, file in enumerate(stored)
    ]
    random.Random(2026).shuffle(messages)
    return messages


async def dies_again_and_again(process: Process) -> None:
    for _ in range(KILLS):
        await asyncio.sleep(0.25)
        await process.kill()
        await process.start()


async def sends_slowly(phone: Phone, messages: list[dict[str, Any]]) -> None:
    for message in messages:
        await phone.sends(message)
        await asyncio.sleep(0.1)


async def comes_true(process: Process, sql: str, expected: int) -> None:
    """The office works in its own time."""
    limit = time.monotonic() + WITHIN
    while process.rows(sql) != [(expected,)]:
        assert time.monotonic() < limit, process.rows(sql)
        await asyncio.sleep(0.1)


async def test_an_album_out_of_order_survives_the_death_of_the_process(api: BotApi, process: Process) -> None:
    await process.start()
    siti = Phone(api, Person(5001))
    await siti.says("halo")
    await siti.taps("Setuju")
    await siti.waits_for("Ada yang bisa", within=WITHIN)
    await siti.says("/masukan")
    for label in ("Tanpa nama", "Saran"):
        await siti.taps(label, within=WITHIN)
    await siti.waits_for("Boleh ditulis atau pesan suara", within=WITHIN)
    await siti.says("Album dari lapangan")
    await siti.waits_for("Ada berkas", within=WITHIN)

    async with asyncio.TaskGroup() as together:
        together.create_task(sends_slowly(siti, album(api)))
        together.create_task(dies_again_and_again(process))
    await siti.waits_for("Berkas 10 dari 10 sudah kami terima", within=WITHIN)
    await comes_true(process, "SELECT count(DISTINCT sha256) FROM attachments", PHOTOS)
    assert process.rows("SELECT count(*) FROM attachments") == [(PHOTOS,)]

    await siti.taps("Selesai")
    await siti.waits_for("Sudah benar?", within=WITHIN)
    await siti.taps("Kirim")
    await siti.waits_for("sudah kami terima", within=WITHIN)
    assert await process.stop() == 0
    assert process.rows("SELECT count(*), count(DISTINCT sha256) FROM ticket_files") == [(PHOTOS, PHOTOS)]
    assert process.rows("SELECT count(*) FROM attachments") == [(0,)]
    assert not process.rows("SELECT 1 FROM inbox WHERE done_at IS NULL OR parked_at IS NOT NULL")
    assert len(on_disk(process)) >= PHOTOS


def on_disk(process: Process) -> list[Path]:
    return [path for path in (process.folder / "files").rglob("*") if path.is_file() and len(path.name) == 64]
