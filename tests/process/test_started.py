"""Started as a user starts it: good settings, wrong settings, an administrator's words, and a stop in order."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest

from bot.version import our_version
from handlers.office.profile import SHIPPED
from tests.loopback.bot_api import BotApi
from tests.loopback.crowd import Person, Phone
from tests.process.office import Process

WRONG = {
    "TELEGRAM_TOKEN": "not a token",
    "TELEGRAM_API_URL": "telegram",
    "DATABASE_URL": "mysql://somewhere",
    "TIMEZONE": "Mars/Olympus",
    "OFFICE_FILE": "/nowhere/office.json",
    "PORT": "99999",
    "WEBCHAT": "maybe",
    "LOG_LEVEL": "LOUD",
    "RAW_DAYS": "0",
    "PUBLIC_URL": "example.org",
}


@pytest.mark.parametrize("name", WRONG)
async def test_a_wrong_setting_stops_the_start_with_one_sentence_that_names_it(name: str, tmp_path: Path) -> None:
    process = Process(tmp_path, settings={name: WRONG[name]})
    status, said = await process.run()
    assert status == 2
    assert name in said
    assert said.count("\n") == 1, said


async def test_a_webhook_without_its_secret_or_address_is_refused(api: BotApi, tmp_path: Path) -> None:
    process = Process(tmp_path, api, {"TELEGRAM_MODE": "webhook"})
    assert "PUBLIC_URL" in (await process.run())[1]
    process.settings["PUBLIC_URL"] = "https://kantor.example"
    status, said = await process.run()
    assert status == 2
    assert "TELEGRAM_WEBHOOK_SECRET" in said


async def test_a_wrong_office_profile_is_named_with_the_field_that_does_not_fit(tmp_path: Path) -> None:
    profile = tmp_path / "office.json"
    profile.write_text('{"name": "Kantor"}')
    status, said = await Process(tmp_path, settings={"OFFICE_FILE": str(profile)}).run()
    assert status == 2
    assert "OFFICE_FILE" in said
    assert "long_name" in said


async def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    first, second = Process(tmp_path / "a"), Process(tmp_path / "b")
    await first.start()
    second.settings["PORT"] = first.url.rsplit(":", 1)[1]
    status, said = await second.run()
    assert status == 2
    assert "PORT" in said
    await first.stop()


async def test_a_leader_is_answered_over_polling_and_the_stop_is_in_order(process: Process, api: BotApi) -> None:
    await process.start()
    sari = Phone(api, Person(42))
    await sari.says("halo")
    await sari.waits_for("Apakah Bapak/Ibu setuju?", within=20)
    assert await process.stop() == 0
    assert not api.violations


async def test_a_leader_is_answered_over_a_webhook_with_its_secret(api: BotApi, tmp_path: Path) -> None:
    port = await free_port()
    settings = {"TELEGRAM_MODE": "webhook", "TELEGRAM_WEBHOOK_SECRET": "rahasia-123"}
    settings |= {"PORT": str(port), "PUBLIC_URL": f"http://127.0.0.1:{port}"}
    process = Process(tmp_path, api, settings)
    await process.start()
    sari = Phone(api, Person(42))
    await sari.says("halo")
    await sari.waits_for("Apakah Bapak/Ibu setuju?", within=20)
    async with aiohttp.ClientSession() as session:
        forged = {"update_id": 1, "message": {"message_id": 1, "date": 1, "chat": {"id": 42, "type": "private"}}}
        async with session.post(f"{process.url}/telegram", json=forged) as answer:
            assert answer.status in (401, 403)
    assert len(process.rows("SELECT 1 FROM inbox")) == 1
    assert await process.stop() == 0


async def free_port() -> int:
    import asyncio

    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port = int(server.sockets[0].getsockname()[1])
    server.close()
    return port


async def test_an_officer_is_invited_at_the_command_line_and_joins_in_the_chat(process: Process, api: BotApi) -> None:
    await process.start()
    status, said = await process.run("invite", "officer")
    assert status == 0
    code = re.search(r"/gabung \S+", said)
    assert code is not None
    wati = Phone(api, Person(43, "Wati"))
    await wati.says("halo")
    await wati.taps("Setuju", within=20)
    await wati.waits_for("Ada yang bisa", within=20)
    await wati.says(code[0])
    await wati.waits_for("petugas", within=20)
    menus = [call for call in api.calls_of("setMyCommands") if call.chat == 43 or "43" in str(call.params)]
    assert any("antrean" in str(call.params) for call in menus), "the officer's own menu is set"
    await process.stop()


async def test_the_doctor_lists_what_was_set_aside(process: Process, api: BotApi) -> None:
    await process.start()
    sari = Phone(api, Person(42))
    await sari.pushes({"message": {"odd": True}})
    await sari.says("halo")
    await sari.waits_for("Apakah Bapak/Ibu setuju?", within=20)
    status, said = await process.run("doctor")
    assert status == 1
    assert "unreadable" in said
    assert "@" in said
    assert api.token not in said
    await process.stop()


async def test_the_doctor_names_a_year_without_holidays(process: Process) -> None:
    profile = json.loads(SHIPPED.read_text(encoding="utf-8")) | {"holidays": {"2020-01-01": "Tahun Baru"}}
    office = process.folder / "office.json"
    office.parent.mkdir(parents=True, exist_ok=True)
    office.write_text(json.dumps(profile | {"joint_leave": []}), encoding="utf-8")
    process.settings["OFFICE_FILE"] = str(office)
    status, said = await process.run("doctor")
    assert status == 1
    assert f"{datetime.now(UTC).year} has none in the office profile" in said


async def test_a_backup_taken_while_it_runs_is_put_back(process: Process, api: BotApi) -> None:
    await process.start()
    sari = Phone(api, Person(42))
    await sari.says("halo")
    await sari.taps("Setuju", within=20)
    await sari.waits_for("Ada yang bisa", within=20)
    copy = process.folder / "copy.db"
    assert (await process.run("backup", str(copy)))[0] == 0
    assert (await process.run("backup", str(copy)))[0] == 2, "a backup never overwrites another"
    await process.stop()
    process.database.unlink()
    assert (await process.run("restore", str(copy)))[0] == 0
    assert (await process.run("restore", str(copy)))[0] == 2, "a restore asks before it overwrites"
    assert process.rows("SELECT count(*) FROM consents") == [(1,)]


async def test_the_pages_of_an_administrator_answer(process: Process) -> None:
    await process.start()
    async with aiohttp.ClientSession() as session:
        for page, expected in (("/healthz", f"ok {our_version()}\n"), ("/readyz", "ok"), ("/metrics", "rumah_waiting")):
            async with session.get(process.url + page) as answer:
                assert answer.status == 200
                assert expected in await answer.text()
    await process.stop()
