"""`python -m bot import-stages`: a dry run first, everything or nothing, every bad row named, and back again."""

import argparse
import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest

from bot.commands import stages
from bot.settings import Settings, WrongSetting
from handlers import CATALOGUE
from handlers.conversation.turn import Turn, Work
from handlers.election.season import calendar
from handlers.election.table import publish
from handlers.office.profile import Office
from storage.broadcasts import proposals
from storage.database.database import Transaction, open_database
from storage.elections.stages import everyone

TABLE = """Nama;Mulai;Selesai;Dasar hukum;Diumumkan oleh
Masa kampanye;1 Desember 2028;10/02/2029;PKPU 3/2028;KPU
Masa tenang;11-02-2029;13-02-2029;PKPU 3/2028;KPU
Pemungutan suara;belum ditetapkan;;;
"""
ALL = "SELECT name, kind, starts_on, ends_on, source, announced_by FROM stages WHERE removed_at IS NULL ORDER BY id"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    values: Any = {"database_url": f"sqlite:///{tmp_path}/office.db", "telegram_token": "123456789:" + "A" * 35}
    return Settings(_env_file=None, **values)


async def agreed(settings: Settings, office: Office) -> None:
    """What happens once somebody of the office has agreed to everything that waits."""
    database = await open_database(settings.database)

    def turn(tx: Transaction) -> None:
        for one in proposals.waiting(tx):
            assert publish(cast(Turn, Work(tx, office, CATALOGUE, datetime.now(settings.zone))), one) is None
            tx.run("UPDATE proposals SET approved_at = proposed_at")

    try:
        await database.transact(turn)
    finally:
        await database.close()


@pytest.fixture
def run(
    settings: Settings, office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    """What an administrator types, what is printed and with which exit status."""

    def run(content: str, *, write: bool = False, name: str = "kalender.csv") -> tuple[int, str]:
        file = tmp_path / name
        file.write_text(content, encoding="utf-8")
        status = stages.do(argparse.Namespace(file=file, apply=write), settings)
        if write and status == 0:
            asyncio.run(agreed(settings, office))
        return status, capsys.readouterr().out

    return run


Run = Callable[..., tuple[int, str]]


def rows(settings: Settings, sql: str = ALL) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(settings.database.removeprefix("sqlite:///"))) as database:
        return database.execute(sql).fetchall()


def test_a_dry_run_says_what_it_would_do_and_does_nothing(run: Run, settings: Settings) -> None:
    status, told = run(TABLE)
    assert status == 0
    assert "Baru: 3" in told
    assert "baris 3: Masa tenang" in told
    assert "Ini baru percobaan" in told
    assert rows(settings) == []


def test_a_table_is_written_changed_and_never_doubled(run: Run, settings: Settings) -> None:
    assert run(TABLE, write=True)[1].endswith("menyetujuinya di obrolan (ketik /antrean).\n")
    assert rows(settings) == [
        ("Masa kampanye", "kampanye", "2028-12-01", "2029-02-10", "PKPU 3/2028", "KPU"),
        ("Masa tenang", "tenang", "2029-02-11", "2029-02-13", "PKPU 3/2028", "KPU"),
        ("Pemungutan suara", "suara", "", "", "", ""),
    ]
    told = run(TABLE.replace("belum ditetapkan;;;", "14 Februari 2029;;PKPU 3/2028;KPU"), write=True)[1]
    assert "Berubah: 1\n  Pemungutan suara (Dasar hukum, Diumumkan oleh, Mulai)\nTetap: 2" in told
    assert [row[2] for row in rows(settings)] == ["2028-12-01", "2029-02-11", "2029-02-14"]
    due = rows(settings, "SELECT basis FROM reminders WHERE subject_id = 3 ORDER BY due_at")
    assert due == [("2.30",), ("2.7",), ("2.1",), ("2.0",)]
    audited = rows(settings, "SELECT person_id, what, why FROM audit ORDER BY id")
    assert audited == [
        (0, "import-stages", "new 3, changed 0, unchanged 0"),
        (0, "import-stages", "new 0, changed 1, unchanged 2"),
    ]


def test_nothing_is_in_the_calendar_before_somebody_agreed(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "kalender.csv"
    file.write_text(TABLE, encoding="utf-8")
    assert stages.do(argparse.Namespace(file=file, apply=True), settings) == 0
    assert rows(settings) == []
    assert rows(settings, "SELECT kind, proposed_by, approved_at FROM proposals") == [("stages", None, None)]


WRONG = {
    "no year": ("Masa tenang;11 Februari;;;", "tulis lengkap dengan tahunnya"),
    "no day at all": ("Masa tenang;kapan-kapan;;;", "tidak bisa dibaca"),
    "the end before the beginning": ("Masa tenang;11-02-2029;10-02-2029;;", "Hari terakhir sebelum hari pertama"),
    "an end without a beginning": ("Masa tenang;;10-02-2029;;", "Hari terakhir sebelum hari pertama"),
    "no name": (";11-02-2029;;PKPU;", "Nama tahapan belum diisi"),
    "a name twice": ("Masa tenang;;;;\nmasa  tenang;;;;", "Sama dengan baris 2"),
    "a novel": (f"Masa tenang;;;{'x' * 201};", "lebih dari 200 huruf"),
}


@pytest.mark.parametrize(("row", "reason"), WRONG.values(), ids=WRONG)
def test_a_bad_row_stops_everything_and_is_named(run: Run, settings: Settings, row: str, reason: str) -> None:
    status, told = run(f"Nama;Mulai;Selesai;Dasar hukum;Diumumkan oleh\n{row}\nRekapitulasi;;;;\n", write=True)
    assert status == 1
    assert reason in told
    assert "Tidak ada yang disimpan" in told
    assert rows(settings) == []


@pytest.mark.parametrize("content", ["Kolom;Lain\n1;2\n", "", "BEGIN:VCALENDAR\nnot a calendar"])
def test_a_file_that_is_no_calendar_is_refused(run: Run, content: str) -> None:
    with pytest.raises(WrongSetting):
        run(content)


def test_a_kind_that_nobody_knows_is_refused_and_a_known_one_counts(run: Run, settings: Settings) -> None:
    assert "Jenis “pesta” tidak dikenal" in run("Nama;Mulai;Jenis\nHari sunyi;;pesta\n")[1]
    run("Nama;Mulai;Jenis\nHari sunyi;;Masa tenang\n", write=True)
    assert rows(settings)[0][:2] == ("Hari sunyi", "tenang")


async def exported(settings: Settings, office: Office) -> str:
    database = await open_database(settings.database)
    now = datetime(2026, 11, 23, tzinfo=UTC)
    try:
        return await database.transact(
            lambda tx: calendar(Work(tx, office, CATALOGUE, now), [stage for stage in everyone(tx) if stage.starts_on])
        )
    finally:
        await database.close()


def test_the_calendar_that_people_get_can_be_read_in_again(run: Run, settings: Settings, office: Office) -> None:
    run(TABLE, write=True)
    before = rows(settings)[:2]
    told = asyncio.run(exported(settings, office))
    assert "Tetap: 2" in run(told, name="kalender.ics")[1]
    with closing(sqlite3.connect(settings.database.removeprefix("sqlite:///"))) as database, database:
        database.execute("DELETE FROM stages")
    run(told, write=True, name="kalender.ics")
    assert rows(settings) == before


def test_an_event_of_some_hours_is_a_day_and_one_without_a_day_is_named(run: Run, settings: Settings) -> None:
    event = "BEGIN:VEVENT\r\nSUMMARY:{}\r\n{}END:VEVENT\r\n"
    events = event.format("Debat", "DTSTART:20290105T120000Z\r\n") + event.format("Rapat", "")
    told = run(f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n", name="acara.ics")[1]
    assert "Baru: 1" in told
    assert "baris 2: Tanggalnya tidak bisa dibaca" in told
