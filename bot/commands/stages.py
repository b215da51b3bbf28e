"""The calendar of an election at the command line: `import-stages` reads a table or a calendar file."""

import argparse
import asyncio
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from bot.app import reach_database, read_office
from bot.commands.registry import INDONESIAN, digest, note, warn_in_practice
from bot.settings import Settings, WrongSetting
from bot.work import sheet
from handlers import CATALOGUE
from handlers.conversation.turn import Work
from handlers.conversation.words import Text, in_language, say
from handlers.election.stage import summary_of
from handlers.election.table import BadCalendar, Entry, Plan, events, hand_in, make_plan, rows
from storage.database.database import Transaction


def do(chosen: argparse.Namespace, settings: Settings) -> int:
    """0: done; 1: bad rows stand in the way, and nothing is written; 2 (WrongSetting): this file cannot be used."""
    try:
        found = list(read(chosen.file, datetime.now(settings.zone)))
    except (sheet.BadFile, BadCalendar) as bad:
        raise WrongSetting(f"{chosen.file}: {bad}") from None
    except OSError as fault:
        raise WrongSetting(f"{chosen.file}: {fault.strerror}") from None
    return asyncio.run(take_in(settings, found, digest(chosen.file), chosen.apply))


def read(file: Path, now: datetime) -> Iterable[Entry | tuple[int, Text]]:
    """By its content: a calendar says so in its first line."""
    content = file.read_bytes()
    if content.lstrip(b"\xef\xbb\xbf \r\n").upper().startswith(b"BEGIN:VCALENDAR"):
        return events(content, now)
    return rows(sheet.read(file), now)


async def take_in(settings: Settings, found: list[Entry | tuple[int, Text]], digest: str, write: bool) -> int:
    """Plan and, if asked, write, in one transaction."""
    office, now = read_office(settings.office_file), datetime.now(settings.zone)
    warn_in_practice(settings)
    database = await reach_database(settings.database)

    def turn(tx: Transaction) -> Plan:
        plan = make_plan(tx, found)
        if write and not plan.bad:
            if plan.new or plan.changed:
                hand_in(Work(tx, office, CATALOGUE, now), plan)
            counts = f"new {len(plan.new)}, changed {len(plan.changed)}, unchanged {plan.unchanged}"
            note(tx, "import-stages", f"file:{digest}", counts, now)
        return plan

    try:
        plan = await database.transact(turn)
    finally:
        await database.close()
    for line in report(plan, write):
        print(in_language(line, INDONESIAN))
    return int(bool(plan.bad))


def report(plan: Plan, write: bool) -> Iterator[Text]:
    """What would be or was done, every bad row with its reason, and what to do next."""
    yield say("Baru: {count}", count=len(plan.new))
    for one in plan.new:
        yield say("  baris {row}: {name}", row=one.row, name=one.facts["name"])
    yield say("Berubah: {count}", count=len(plan.changed))
    for stage, facts in plan.changed:
        yield say("  {name} ({what})", name=stage.name, what=summary_of(facts))
    yield say("Tetap: {count}", count=plan.unchanged)
    yield say("Salah: {count}", count=plan.bad_rows)
    for row, reason in plan.bad:
        yield say("  baris {row}: {reason}", row=row, reason=reason)
    if plan.bad:
        yield say("Tidak ada yang disimpan, karena ada baris yang salah. Mohon diperbaiki dahulu.")
    elif write and not (plan.new or plan.changed):
        yield say("Tidak ada yang perlu diajukan.")
    elif write:
        yield say("Diajukan. Kalender berubah setelah seorang penyetuju menyetujuinya di obrolan (ketik /antrean).")
    else:
        yield say("Ini baru percobaan: tidak ada yang disimpan. Tambahkan --apply untuk menyimpan.")
