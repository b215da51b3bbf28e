"""What cannot be read, and what fails in us: set aside, answered once, and what is behind it goes on."""

import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.work.jobs import Jobs
from handlers import CATALOGUE
from handlers.conversation.catalogue import Command
from handlers.conversation.turn import Turn
from handlers.recap import ask
from storage.machine import jobs
from tests.chat import Chat
from tests.world import World


def stumble(turn: Turn, rest: str) -> None:
    """A command of ours that is broken, after it has said something."""
    turn.say("setengah jadi")
    turn.tx.run("UPDATE people SET name = 'setengah jadi'")
    raise RuntimeError(rest)


@pytest.fixture
def broken(world: World) -> None:
    """An office whose bot has a broken command."""
    world.catalogue = replace(CATALOGUE, commands=CATALOGUE.commands | {"rusak": Command("rusak", "Rusak", stumble)})


MALFORMED = [b"", b"{", b"[]", b"null", b'"halo"', b"{}", b'{"update_id": 1, "message": 5}', b"\xff\xfe", b"[" * 400]


@pytest.mark.parametrize("malformed", MALFORMED, ids=[raw[:12].decode("latin-1") for raw in MALFORMED])
async def test_a_malformed_update_is_parked_and_what_is_behind_it_goes_on(
    world: World, leader: Chat, malformed: bytes
) -> None:
    await leader.agrees()
    leader.looks_up()
    await world.arrives(malformed, world.paper.text(leader.address, "/status"))
    leader.sees("belum mengirim apa pun")
    (parked,) = await world.rows("SELECT fault FROM inbox WHERE parked_at IS NOT NULL")
    assert parked["fault"].startswith("unreadable")
    leader.looks_up()
    await world.arrives(world.paper.text(leader.address, "/status"))
    assert len(leader.new) == 1


@pytest.mark.usefixtures("broken")
async def test_a_fault_of_ours_is_apologised_for_once_and_what_is_behind_it_goes_on(world: World, leader: Chat) -> None:
    await leader.joins()
    leader.looks_up()
    paper = world.paper
    await world.arrives(paper.text(leader.address, "/rusak Siti"), paper.text(leader.address, "/status"))
    leader.sees("Mohon maaf, ada gangguan di pihak kami", "belum mengirim apa pun")
    leader.sees_no("setengah jadi")
    assert leader.screen.count("gangguan") == 1
    assert (await world.rows("SELECT name FROM people")) == [{"name": "Siti Aminah"}]
    (parked,) = await world.rows("SELECT fault FROM inbox WHERE parked_at IS NOT NULL")
    assert parked["fault"].startswith("RuntimeError at test_when_we_fail.py")
    assert "Siti" not in parked["fault"]


@pytest.mark.usefixtures("broken")
async def test_a_fault_in_the_middle_of_a_form_loses_no_answer(leader: Chat) -> None:
    await leader.joins()
    await leader.says("/audiensi", "audiensi", "kepala", "/rusak")
    leader.sees("gangguan")
    await leader.says("Program kerja")
    leader.sees("Hari apa?")


@pytest.mark.usefixtures("broken")
async def test_somebody_elses_message_in_the_same_moment_is_not_touched(world: World, leader: Chat) -> None:
    other = world.phone("Budi Santoso")
    await leader.agrees()
    await other.agrees()
    leader.looks_up()
    other.looks_up()
    paper = world.paper
    await world.arrives(
        paper.text(other.address, "/status"), paper.text(leader.address, "/rusak"), paper.text(other.address, "/menu")
    )
    leader.sees("gangguan")
    other.sees("belum mengirim apa pun", "Ada yang bisa kami bantu?")
    other.sees_no("gangguan")


def full(turn: Turn, rest: str) -> None:
    """What SQLite says in a turn when the disk is full."""
    turn.say("setengah jadi")
    fault = sqlite3.OperationalError("database or disk is full")
    fault.sqlite_errorcode = sqlite3.SQLITE_FULL
    raise fault


async def test_a_fault_of_the_database_is_nobodys_fault_here_and_the_message_is_answered_once_it_is_well(
    world: World, leader: Chat
) -> None:
    """Nothing is parked and nobody gets an apology; what stood in the same commit is undone with it."""
    await leader.joins()
    leader.looks_up()
    world.catalogue = replace(CATALOGUE, commands=CATALOGUE.commands | {"penuh": Command("penuh", "Penuh", full)})
    said = [world.paper.text(leader.address, words) for words in ("/bahasa", "/penuh", "/status")]
    for _ in range(3):
        with pytest.raises(sqlite3.OperationalError, match="is full"):
            await world.arrives(*said)
    assert leader.new == []
    assert await world.rows("SELECT count(*) AS n FROM inbox WHERE parked_at IS NOT NULL") == [{"n": 0}]
    well = Command("penuh", "Penuh", lambda turn, rest: turn.say("sudah longgar"))
    world.catalogue = replace(CATALOGUE, commands=CATALOGUE.commands | {"penuh": well})
    await world.arrives(*said)
    leader.sees("sudah longgar", "belum mengirim apa pun")
    leader.sees_no("setengah jadi", "gangguan")


async def test_a_fault_of_the_database_is_not_counted_against_slow_work(
    world: World, officer: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    (asked,) = await world.rows("SELECT id FROM people")
    async with world.awake() as room:
        await room.database.transact(lambda tx: jobs.put(tx, ask.JOB, asked["id"], {}, world.now))

    def away(*_: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    with monkeypatch.context() as broken:
        broken.setattr(Jobs, "maker", away)
        for _ in range(5):
            world.now += timedelta(minutes=1)
            async with world.awake() as room:
                await room.jobs.work_once()
    (job,) = await world.rows("SELECT attempts, done_at FROM jobs")
    assert job == {"attempts": 0, "done_at": None}
