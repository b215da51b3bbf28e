"""The promise that matters most: whatever process dies when, no message is lost and none is answered twice."""

import asyncio
import random
from collections import Counter
from itertools import pairwise
from pathlib import Path

from tests.loopback.bot_api import BotApi
from tests.loopback.chats import Screen
from tests.loopback.crowd import Person, Phone
from tests.process.office import Process

LEADERS, KILLS = 200, 20
WITHIN = 150.0
"""Seconds a leader waits for one answer, all the deaths of the process in between included."""


ANSWERS: dict[str, tuple[str, str]] = {
    "Apakah Bapak/Ibu setuju?": ("taps", "Setuju"),
    "Ada yang bisa": ("says", "/audiensi"),
    "Siapa nama": ("says", "Pengurus {n}"),
    "Dari ormas apa": ("says", "Paguyuban {n:03d}"),
    "Yang mana": ("taps", "ambahkan"),
    "belum ada di daftar": ("taps", "ambahkan"),
    "pencatatan": ("taps", "Belum tercatat"),
    "bidang apa": ("taps", "Sosial dan kemanusiaan"),
    "kecamatan mana": ("taps", "Kajen"),
    "jabatan": ("taps", "Ketua"),
    "keperluannya": ("taps", "Silaturahmi"),
    "Ingin bertemu": ("taps", "{host}"),
    "dibicarakan": ("says", "Rencana {n}"),
    "Siapa saja": ("says", "Pengurus {n}"),
    "Berapa orang": ("taps", "1"),
    "surat permohonan": ("taps", "Lewati"),
    "memerlukan bantuan": ("taps", "Tidak ada"),
    "Sudah benar?": ("taps", "Kirim"),
}
HOSTS = ("Kepala Badan", "Sekretaris", "Bidang Politik Dalam Negeri")


async def fills_the_form(phone: Phone, number: int) -> None:
    """From the first "halo" to the ticket number: whatever is asked is answered, each question once."""
    answered = ""
    await phone.says("halo")
    for attempt in range(200):
        screen = await phone.waits_for(within=WITHIN)
        if "sudah kami terima" in screen.text:
            return
        if screen.text != answered and not screen.text.startswith(("Matur nuwun", "Terima kasih")):
            answered = screen.text
            await replies(phone, screen, number, attempt)
    raise AssertionError(f"{number} is still filling in the form:\n{phone.screen}")


async def replies(phone: Phone, screen: Screen, number: int, attempt: int) -> None:
    """The answer to one question; of days and hours a different one for each leader and attempt."""
    for asked, first in (("Hari apa?", "2026"), ("Jam berapa?", ".")):
        if asked in screen.text:
            labels = [button.label for row in screen.rows for button in row if first in button.label]
            await phone.taps(labels[(number * 7 + attempt) % len(labels)], on=screen)
            return
    known = [reply for asked, reply in ANSWERS.items() if asked in screen.text]
    assert known, f"no leader expects this:\n{screen.text}"
    how, answer = known[0]
    said = answer.format(n=number, host=HOSTS[number % 3])
    if how == "says":
        await phone.says(said)
        return
    await phone.taps(next(button.label for row in screen.rows for button in row if said in button.label), on=screen)


async def dies_again_and_again(process: Process, chance: random.Random) -> None:
    for _ in range(KILLS):
        await asyncio.sleep(chance.uniform(0.2, 1.6))
        await process.kill()
        await process.start()


def repeated(texts: list[str]) -> int:
    """How often the same words came twice in a row."""
    return sum(1 for first, second in pairwise(texts) if first == second)


async def test_two_hundred_leaders_are_served_while_the_process_is_killed_twenty_times(tmp_path: Path) -> None:
    async with BotApi() as api:
        process = Process(tmp_path, api)
        process.roomy_office()
        process.settings["TELEGRAM_PER_SECOND"] = "1000"  # the pace is shown elsewhere: here it is only waited for
        await process.start()
        phones = [Phone(api, Person(5000 + number)) for number in range(LEADERS)]
        async with asyncio.TaskGroup() as everybody:
            everybody.create_task(dies_again_and_again(process, random.Random(2026)))
            for number, phone in enumerate(phones):
                everybody.create_task(fills_the_form(phone, number))
        assert await process.stop() == 0

    doubts = process.rows("SELECT sum(unknowns), count(*) FROM outbox WHERE unknowns > 0")[0]
    doubled = sum(repeated([str(screen) for screen in phone.screens]) for phone in phones)
    print(f"\nunknown window: {doubts[1]} items in doubt over {KILLS} kills, {doubled} of them seen twice")

    meetings = process.rows("SELECT code, host, starts_at FROM meetings")
    assert len(meetings) == len({code for code, _, _ in meetings}) == LEADERS
    slots = Counter((host, starts_at) for _, host, starts_at in meetings)
    assert max(slots.values()) == 1, "a slot is held twice"
    assert doubled <= (doubts[0] or 0), "somebody was answered twice outside the unknown window"
    assert not process.rows("SELECT 1 FROM inbox WHERE done_at IS NULL OR parked_at IS NOT NULL")
    assert not process.rows("SELECT 1 FROM outbox WHERE settled_at IS NULL OR kind <> 'query' AND outcome <> 'sent'")
    violations = [said for said in api.violations if "answered before" not in said]
    assert not violations, violations[:5]
