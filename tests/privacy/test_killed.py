"""Point 2: a process that dies at any moment of a form without a name leaves no more of it than one that lives."""

import asyncio
import random
import time
from itertools import count
from pathlib import Path

from tests.loopback.bot_api import BotApi
from tests.loopback.chats import Screen
from tests.loopback.crowd import Person, Phone
from tests.made import picture
from tests.privacy.test_bytes import holding
from tests.process.office import Process
from tests.scenarios.test_situation import SECRET

KILLS = 20
WITHIN = 30.0
"""Seconds for one answer, the deaths of the process in between included."""
SITI = 5017717717


async def asked(phone: Phone, words: str) -> Screen:
    return await phone.waits_for(words, within=WITHIN)


async def presses(phone: Phone, asks: str, label: str) -> None:
    await phone.taps(label, on=await asked(phone, asks))


async def sends_namelessly(phone: Phone, number: int) -> str:
    """A form with an answer that is thought better of, and a photo that tells its place; the code it ends with."""
    await phone.says("/masukan")
    await presses(phone, "Tanpa nama bagi kantor", "Tanpa nama")
    await presses(phone, "Apa yang ingin Bapak/Ibu sampaikan", "Keluhan")
    await asked(phone, "Boleh ditulis atau pesan suara")
    await phone.says(f"dibatalkan-zq{number}-x")
    await asked(phone, "Ada berkas")
    await phone.says("kembali")
    await asked(phone, "Boleh ditulis atau pesan suara")
    await phone.says(f"tertulis-zq{number}-x")
    await asked(phone, "Ada berkas")
    await phone.sends_document(f"nama-zq{number}-x.jpg", "image/jpeg", picture(comment=f"kamera-zq{number}-x".encode()))
    await asked(phone, "Berkas 1")
    await phone.says("selesai")
    await presses(phone, "Sudah benar?", "Kirim")
    screen = await asked(phone, "tanpa nama bagi kantor")
    secret = SECRET.search(str(screen))
    assert secret
    return secret[0]


def marks(number: int, *kinds: str) -> list[str]:
    return [f"{kind}-zq{number}-x" for kind in kinds or ("dibatalkan", "nama", "kamera")]


async def dies_again_and_again(process: Process, chance: random.Random) -> None:
    for _ in range(KILLS):
        await asyncio.sleep(chance.uniform(0.02, 0.5))
        await process.kill()
        await process.start()


async def comes_to_rest(process: Process) -> None:
    waits = """SELECT (SELECT count(*) FROM inbox WHERE done_at IS NULL) + (SELECT count(*) FROM outbox
      WHERE settled_at IS NULL) + (SELECT count(*) FROM attachments WHERE stored_at IS NULL)"""
    limit = time.monotonic() + WITHIN
    while process.rows(waits) != [(0,)]:
        assert time.monotonic() < limit
        await asyncio.sleep(0.05)


def standing(process: Process, word: str) -> int:
    """How often it stands in tables."""
    tables = process.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    return sum(str(process.rows(f"SELECT * FROM {name}")).count(word) for (name,) in tables)


def lying(process: Process, word: str) -> int:
    """How often it lies in the bytes of the database and its log."""
    whole = b"".join(path.read_bytes() for path in process.folder.glob("office.db*"))
    return sum(whole.count(word.encode(how)) for how in ("utf-8", "utf-16-le", "utf-16-be"))


def beside_the_database(folder: Path, *words: str) -> list[tuple[str, str]]:
    return [(name, word) for name, word in holding(folder, *words) if not name.startswith("office.db")]


async def test_what_was_sent_without_a_name_is_nowhere_whenever_the_process_died(api: BotApi, process: Process) -> None:
    process.settings["LOG_LEVEL"] = "DEBUG"
    await process.start()
    siti = Phone(api, Person(SITI))
    await siti.says("halo")
    await presses(siti, "setuju", "Setuju")
    await asked(siti, "Ada yang bisa")
    dying = asyncio.create_task(dies_again_and_again(process, random.Random(17)))
    secrets = []
    for number in count():
        secrets.append(await sends_namelessly(siti, number))
        assert not beside_the_database(process.folder, *marks(number, "dibatalkan", "tertulis"))
        if dying.done():
            break
    await dying
    await comes_to_rest(process)
    await process.kill()
    await process.start()
    await comes_to_rest(process)
    gone = [word for before in range(number + 1) for word in marks(before)]
    assert not holding(process.folder, *gone, *secrets, *(code.replace("-", "") for code in secrets))
    for before in range(number + 1):
        (word,) = marks(before, "tertulis")
        assert lying(process, word) == standing(process, word) > 0
    assert standing(process, str(SITI)) == 1
    assert not beside_the_database(process.folder, str(SITI))
    print(f"\n{number + 1} forms without a name in {KILLS} deaths")
    assert await process.stop() == 0
