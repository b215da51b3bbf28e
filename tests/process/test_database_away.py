"""The database is locked, full or gone while people write: nobody is lost, it is said, and the end can be had."""

import asyncio
import resource
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import aiohttp
import psycopg
import pytest

from tests.loopback.bot_api import BotApi
from tests.loopback.crowd import Person, Phone
from tests.postgres import Address, make
from tests.process.office import Process

LOCKED_SECONDS = 22.0
WITHIN = 60.0


@contextmanager
def locked(process: Process) -> Iterator[None]:
    """As a backup tool or a person with a shell would."""
    with closing(sqlite3.connect(process.database, isolation_level=None, timeout=30)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        yield


async def well(process: Process) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(f"{process.url}/readyz") as answer:
        return answer.status, (await answer.text()).strip()


async def gets_well(process: Process, status: int) -> None:
    async with asyncio.timeout(WITHIN):
        while (await well(process))[0] != status:  # noqa: ASYNC110  # somebody else's state
            await asyncio.sleep(0.3)


async def test_a_file_that_is_locked_for_long_under_load_loses_nobody(process: Process, api: BotApi) -> None:
    await process.start()
    phones = [Phone(api, Person(4000 + number)) for number in range(60)]
    await asyncio.gather(*(phone.says("halo") for phone in phones[:20]))
    with locked(process):
        until = time.monotonic() + LOCKED_SECONDS
        await asyncio.gather(*(phone.says("halo") for phone in phones[20:]))
        while time.monotonic() < until:
            assert (await well(process))[0] == 503
            await asyncio.sleep(1)
    await asyncio.gather(*(phone.waits_for("Apakah Bapak/Ibu setuju?", within=WITHIN) for phone in phones))
    await gets_well(process, 200)
    assert process.rows("SELECT count(*) FROM inbox WHERE parked_at IS NOT NULL") == [(0,)]
    assert await process.stop() == 0
    assert "Traceback" not in process.errors()


async def test_a_stop_is_a_stop_while_the_file_is_locked(process: Process, api: BotApi) -> None:
    await process.start()
    sari = Phone(api, Person(42))
    await sari.says("halo")
    await sari.waits_for("Apakah Bapak/Ibu setuju?", within=WITHIN)
    with locked(process):
        await sari.says("halo")
        await asyncio.sleep(1)
        assert await process.stop() == 0
    assert "Traceback" not in process.errors()


async def test_a_disk_that_is_full_is_not_ready_and_nothing_is_parked(process: Process, api: BotApi) -> None:
    """The system refuses files of more bytes, as a full disk does; then there is room again."""
    await process.start()
    sari = Phone(api, Person(42))
    await sari.says("halo")
    await sari.waits_for("Apakah Bapak/Ibu setuju?", within=WITHIN)
    assert process._process is not None
    resource.prlimit(process._process.pid, resource.RLIMIT_FSIZE, (100, resource.RLIM_INFINITY))
    await gets_well(process, 503)
    await sari.taps("Setuju", within=WITHIN)
    await asyncio.sleep(3)
    assert await well(process) == (503, "database")
    resource.prlimit(process._process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    await sari.waits_for("Ada yang bisa", within=WITHIN)
    await gets_well(process, 200)
    assert process.rows("SELECT count(*) FROM inbox WHERE parked_at IS NOT NULL") == [(0,)]
    assert await process.stop() == 0


async def test_a_second_process_on_the_same_file_is_refused_and_the_words_of_an_administrator_are_not(
    process: Process, api: BotApi
) -> None:
    await process.start()
    assert process._process is not None
    status, said = await process.run()
    assert status == 2
    assert f"is served by process {process._process.pid} on " in said
    assert said.count("\n") == 1, said
    copy = process.folder / "copy.db"
    assert (await process.run("invite", "officer"))[0] == 0
    assert (await process.run("doctor"))[0] == 0
    assert (await process.run("backup", str(copy)))[0] == 0
    status, said = await process.run("restore", str(copy), "--force")
    assert status == 2
    assert "Nothing was changed" in said
    await process.kill()
    await process.start()
    assert await process.stop() == 0


async def test_an_office_whose_file_is_gone_is_not_begun_anew(process: Process) -> None:
    await process.start()
    await process.stop()
    process.database.unlink()
    status, said = await process.run()
    assert status == 2
    assert "an office was kept there" in said
    assert said.count("\n") == 1, said


async def test_a_stop_while_postgresql_is_locked_or_away_is_quiet(
    api: BotApi, tmp_path: Path, postgres_server: Address
) -> None:
    make(postgres_server, "away")
    process = Process(tmp_path, api, {"DATABASE_URL": postgres_server("away")})
    await process.start()
    with psycopg.connect(postgres_server("postgres"), autocommit=True) as admin:
        admin.execute("ALTER DATABASE away ALLOW_CONNECTIONS false")
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'away'")
        await gets_well(process, 503)
        assert await process.stop() == 0
    assert "Traceback" not in process.errors()


@pytest.mark.parametrize("host", ["0.0.0.0", "127.0.0.1"])
async def test_practice_that_everybody_can_reach_says_so_at_the_start(tmp_path: Path, host: str) -> None:
    process = Process(tmp_path, settings={"HOST": host, "PUBLIC_URL": "http://127.0.0.1:1"})
    await process.start()
    await process.stop()
    assert ("practice mode can be reached from elsewhere" in process.errors()) == (host == "0.0.0.0")
