"""The real process with a loopback Graph API for the world, and leaders who answer whatever WhatsApp shows them."""

import random
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from pathlib import Path

from tests.loopback.graph import GraphApi, Phone, Screen
from tests.process.office import Process
from tests.process.test_killed import ANSWERS, HOSTS

NUMBERED = re.compile(r"^(\d+)\. (.+)$", re.MULTILINE)
NAMED = re.compile(r"^- (.+?)(?: \(ketik: (.+)\))?$", re.MULTILINE)
WORDS = re.compile(r"^Ketik: (.+)$", re.MULTILINE)
WITHIN = 60.0


@asynccontextmanager
async def whatsapp_office(folder: Path) -> AsyncIterator[tuple[GraphApi, Process]]:
    """Not started yet. In the end not one call has broken a published limit, and none reached nobody."""
    async with GraphApi() as graph:
        port = quiet_port()
        url = f"http://127.0.0.1:{port}"
        graph.callback_url = f"{url}/whatsapp"
        settings = {"WHATSAPP_TOKEN": graph.token, "WHATSAPP_PHONE_NUMBER_ID": graph.phone_number_id}
        settings |= {"WHATSAPP_APP_SECRET": graph.app_secret, "WHATSAPP_VERIFY_TOKEN": graph.verify_token}
        settings |= {"WHATSAPP_API_URL": graph.url, "WEBCHAT": "off", "PORT": str(port), "PUBLIC_URL": url}
        process = Process(folder, settings=settings)
        try:
            yield graph, process
        finally:
            with suppress(AssertionError, ProcessLookupError):
                await process.kill()
        assert not graph.violations, graph.violations[:5]
        assert not graph.messages.vanished


def quiet_port() -> int:
    """Below those a system gives to callers: none of them can take it while the process is down."""
    for port in random.sample(range(20_000, 30_000), 100):
        with closing(socket.socket()) as taken, suppress(OSError):
            taken.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no free port")


def offers(screen: Screen) -> dict[str, str]:
    """What can be chosen on a screen without buttons, each with what to type for it."""
    typed = {label: number for number, label in NUMBERED.findall(screen.text)}
    typed |= {label: word or label for label, word in NAMED.findall(screen.text)}
    words = WORDS.search(screen.text)
    return typed | ({word: word for word in words[1].split(" · ")} if words else {})


def labels(screen: Screen) -> list[str]:
    return [choice.title for choice in screen.choices] or list(offers(screen))


async def chooses(phone: Phone, wanted: str, *, on: Screen) -> None:
    """Tap it, or type what stands for it."""
    if on.choices:
        await phone.taps(wanted, on=on)
        return
    offered = offers(on)
    label = next((label for label in offered if wanted in (label, offered[label])), None)
    label = label or next((label for label in offered if wanted in label), None)
    assert label is not None, f"no {wanted!r} on:\n{on}"
    await phone.says(offered[label])


async def agrees(phone: Phone, within: float = WITHIN) -> Phone:
    await phone.says("halo")
    await chooses(phone, "Setuju", on=await phone.waits_for("Apakah Bapak/Ibu setuju?", within=within))
    await phone.waits_for("Ada yang bisa", within=within)
    return phone


async def fills_the_form(phone: Phone, number: int, within: float = WITHIN, *, letter: bytes | None = None) -> Screen:
    """From the first "halo" to the ticket number: whatever is asked is answered, each question once."""
    answered = ""
    await phone.says("halo")
    for attempt in range(200):
        screen = await phone.waits_for(within=within)
        if "sudah kami terima" in screen.text:
            return screen
        if screen.text != answered and not screen.text.startswith(("Matur nuwun", "Terima kasih")):
            answered = screen.text
            if letter and "Ada surat permohonan?" in screen.text:
                await phone.sends_file("surat_kami.pdf", "application/pdf", letter)
            else:
                await replies(phone, screen, number, attempt)
    raise AssertionError(f"{number} is still filling in the form:\n{phone.screen}")


async def replies(phone: Phone, screen: Screen, number: int, attempt: int) -> None:
    """The answer to one question; of days and hours a different one for each leader and attempt."""
    for asked, part in (("Hari apa?", "2026"), ("Jam berapa?", ".")):
        if asked in screen.text:
            there = [label for label in labels(screen) if part in label]
            await chooses(phone, there[(number * 7 + attempt) % len(there)], on=screen)
            return
    known = [reply for asked, reply in ANSWERS.items() if asked in screen.text]
    assert known, f"no leader expects this:\n{screen}"
    how, answer = known[0]
    said = answer.format(n=number, host=HOSTS[number % 3])
    if how == "says":
        await phone.says(said)
    else:
        await chooses(phone, said, on=screen)
