"""Which files stay on our disk: those somebody still needs, and no others."""

import os
import time
from pathlib import Path

import pytest

from bot.judging.aside import Aside
from storage.mail import attachments
from tests.chat import Chat
from tests.made import PDF
from tests.world import World


@pytest.fixture
async def asked(world: World, leader: Chat) -> Chat:
    """A leader who is asked for the letter."""

    async def live() -> str:
        await leader.joins()
        await leader.says("/audiensi", "audiensi", "kepala", "Program kerja", "besok 08.30", "Siti", "1")
        return ""

    await world.once("asked for a letter, no officer", live)
    return leader


def on_disk(world: World) -> list[Path]:
    return [path for path in (world.folder / "files").rglob("*") if path.is_file()]


def put(path: Path, hours: float) -> Path:
    """A file that lies there since then."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    os.utime(path, (time.time() - hours * 3600,) * 2)
    return path


async def sweeps(world: World) -> None:
    async with world.awake() as room:
        await room.fetcher.sweep()


async def test_a_file_fetched_while_its_person_is_erased_is_not_kept(world: World, asked: Chat) -> None:
    await asked.sends_file("surat.pdf", "application/pdf", len(PDF), PDF)
    async with world.awake() as room:
        (file,) = await room.database.transact(lambda tx: attachments.waiting(tx, world.channel, world.now))
    await asked.says("/hapus")
    await asked.taps("Ya, hapus data saya")
    async with world.awake() as room:
        await room.fetcher.fetch(file)
    assert on_disk(world) == []
    assert await world.rows("SELECT id FROM attachments WHERE sha256 IS NOT NULL") == []


async def test_what_nobody_needs_is_swept_away(world: World, asked: Chat) -> None:
    await asked.sends_file("surat.pdf", "application/pdf", len(PDF), PDF)
    await world.fetches()
    (letter,) = on_disk(world)
    os.utime(letter, (0, 0))
    files = world.folder / "files"
    stay = [letter, put(files / "ab" / ("ab" * 32), 0.5), put(files / "tmpyoung", 0.5), put(files / "uploads" / "a", 9)]
    put(files / "cd" / ("cd" * 32), 2)
    put(files / "tmpold", 2)
    await sweeps(world)
    assert sorted(on_disk(world)) == sorted(stay)


async def test_the_letter_of_a_form_that_was_left_goes_after_a_day(world: World, asked: Chat) -> None:
    await asked.sends_file("surat.pdf", "application/pdf", len(PDF), PDF)
    await world.fetches()
    await world.passes(hours=25)
    os.utime(on_disk(world)[0], (0, 0))
    await sweeps(world)
    assert len(on_disk(world)) == 1
    await asked.says("batal", "ya")
    assert await world.rows("SELECT id FROM drafts") == []
    await sweeps(world)
    assert on_disk(world) == []
    assert await world.rows("SELECT id FROM attachments WHERE name <> ''") == []


async def test_a_letter_that_was_sent_stays(world: World, asked: Chat) -> None:
    await asked.sends_file("surat.pdf", "application/pdf", len(PDF), PDF)
    await world.fetches()
    await asked.says("tidak ada", "kirim")
    await world.passes(hours=25)
    os.utime(on_disk(world)[0], (0, 0))
    await sweeps(world)
    assert len(on_disk(world)) == 1


async def test_our_own_fault_is_a_failed_attempt(world: World, asked: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    async def full(aside: Aside, path: Path) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Aside, "judge", full)
    await asked.sends_file("surat.pdf", "application/pdf", len(PDF), PDF)
    await world.fetches()
    assert await world.rows("SELECT attempts FROM attachments") == [{"attempts": 1}]
    for _ in range(5):
        await world.passes(minutes=2)
        await world.fetches()
    asked.sees("surat.pdf tidak bisa kami pakai", "tidak bisa diunduh")
    assert on_disk(world) == []
