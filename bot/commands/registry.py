"""The register of ormas at the command line: `import` reads a table into it, `export` writes it down as one."""

import argparse
import asyncio
import hashlib
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from bot.app import reach_database, read_office
from bot.settings import Settings, WrongSetting
from bot.work import sheet
from handlers.conversation.words import Text, in_language, listed, say
from handlers.office.profile import Office
from handlers.register.facts import BY_KEY, FACTS
from handlers.register.table import BadTable, Change, Columns, Plan, apply, make_plan, split
from storage.database.database import Transaction
from storage.machine import audit
from storage.ormas import registry
from storage.ormas.registry import Record

T = TypeVar("T")
COMMAND_LINE = 0
"""Who the audit names for a deed at the office's own machine: no person of any chat."""
NAMED = 20
"""Ormas named of each kind in the report; bad rows are all named."""
INDONESIAN = "id"


def do(chosen: argparse.Namespace, settings: Settings) -> int:
    """Run the chosen word. 0: done; 1: bad rows stand in the way; 2 (WrongSetting): this file cannot be used."""
    if chosen.word == "export":
        return asyncio.run(export(settings, new_name(chosen.file)))
    try:
        known, rows = split(sheet.read(chosen.file))
        taken = Taken(known, list(progress(rows, say("Membaca"))), digest(chosen.file))
    except (sheet.BadFile, BadTable) as bad:
        raise WrongSetting(f"{chosen.file}: {bad}") from None
    except OSError as fault:
        raise WrongSetting(f"{chosen.file}: {fault.strerror}") from None
    return asyncio.run(take_in(settings, taken, chosen.apply, chosen.skip_bad))


@dataclass(frozen=True)
class Taken:
    """A table that was read; `digest` tells one file from another in the audit, without its name."""

    columns: Columns
    lines: list[sheet.Line]
    digest: str


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12]


async def take_in(settings: Settings, taken: Taken, write: bool, skip_bad: bool) -> int:
    """Plan and, if asked, write, in one transaction: another import at the same time cannot come between."""
    office, now = read_office(settings.office_file), datetime.now(settings.zone)
    warn_in_practice(settings)
    database = await reach_database(settings.database)

    def turn(tx: Transaction) -> Plan:
        plan = make_plan(tx, taken.lines, taken.columns, office, now)
        if write and (skip_bad or not plan.bad):
            apply(tx, plan, office, now, lambda changes: progress(changes, say("Menulis")))
            note(tx, "import-ormas", f"file:{taken.digest}", counts(plan), now)
        return plan

    try:
        plan = await database.transact(turn)
    finally:
        await database.close()
    for line in report(plan, taken.columns, write, skip_bad):
        print(in_language(line, INDONESIAN))
    return int(bool(plan.bad) and not (write and skip_bad))


def warn_in_practice(settings: Settings) -> None:
    """Without a messenger the invented people have a database of their own."""
    if settings.practice:
        print(in_language(say("Mode latihan: ini daftar latihan, bukan daftar yang sebenarnya."), INDONESIAN))


def progress(items: Iterable[T], what: Text) -> Iterator[T]:
    """A bar on a terminal; nothing elsewhere."""
    from tqdm import tqdm

    yield from tqdm(items, desc=in_language(what, INDONESIAN), unit="", disable=None, leave=False, file=sys.stderr)


def note(tx: Transaction, what: str, subject: str, why: str, now: datetime) -> None:
    audit.add(tx, COMMAND_LINE, "admin", what, subject, why, now)


def counts(plan: Plan) -> str:
    return f"new {len(plan.new)}, changed {len(plan.changed)}, unchanged {plan.unchanged}, left out {plan.bad_rows}"


def report(plan: Plan, known: Columns, write: bool, skip_bad: bool) -> Iterator[Text]:
    """What would be or was done, every bad row with its reason, and what to do next."""
    yield say("{count} baris dibaca.", count=plan.rows)
    if known.unknown:
        yield say("Kolom yang tidak dipakai: {columns}.", columns=", ".join(known.unknown))
    yield say("Baru: {count}", count=len(plan.new))
    yield from named(plan.new)
    yield say("Berubah: {count}", count=len(plan.changed))
    yield from named(plan.changed)
    yield say("Tetap: {count}", count=plan.unchanged)
    yield from guessed(plan)
    yield say("Salah: {count}", count=plan.bad_rows)
    for bad in plan.bad:
        yield say("  baris {row}, kolom {column}: {reason}", row=bad.row, column=bad.column, reason=bad.reason)
    yield verdict(plan, write, skip_bad)


def named(changes: Sequence[Change]) -> Iterator[Text]:
    for change in changes[:NAMED]:
        what = listed(BY_KEY[key].label for key in change.facts)
        yield (
            say("  baris {row}: {name} ({what})", row=change.row, name=change.name, what=what)
            if change.record
            else say("  baris {row}: {name}", row=change.row, name=change.name)
        )
    if len(changes) > NAMED:
        yield say("  dan {count} lagi", count=len(changes) - NAMED)


def guessed(plan: Plan) -> Iterator[Text]:
    """All of them: a wrong guess is found by nobody else."""
    if plan.guesses:
        yield say("Dibaca karena mirip, mohon diperiksa: {count}", count=len(plan.guesses))
    for guess in plan.guesses:
        yield say(
            "  baris {row}, kolom {column}: “{said}” dibaca “{read}”",
            row=guess.row,
            column=guess.column,
            said=guess.said,
            read=guess.read,
        )


def verdict(plan: Plan, write: bool, skip_bad: bool) -> Text:
    if write and plan.bad and not skip_bad:
        return say(
            "Tidak ada yang disimpan, karena ada {count} baris yang salah. Perbaiki, atau tambahkan --skip-bad "
            "untuk menyimpan selebihnya.",
            count=plan.bad_rows,
        )
    if write and plan.bad:
        return say("Disimpan, kecuali {count} baris yang salah di atas.", count=plan.bad_rows)
    if write:
        return say("Semua disimpan.")
    return say("Ini baru percobaan: tidak ada yang disimpan. Tambahkan --apply untuk menyimpan.")


def new_name(file: Path) -> Path:
    """Raises WrongSetting for a name that is taken or says another kind of file."""
    if file.suffix.lower() != ".xlsx":
        raise WrongSetting(f"{file}: {in_language(say('Nama berkasnya harus berakhir .xlsx.'), INDONESIAN)}")
    if file.exists():
        raise WrongSetting(f"{file}: {in_language(say('Berkas ini sudah ada. Mohon pilih nama lain.'), INDONESIAN)}")
    return file


async def export(settings: Settings, file: Path) -> int:
    """Everything as a table that `import` reads again; on an empty database, a table to fill in."""
    office, now = read_office(settings.office_file), datetime.now(settings.zone)
    warn_in_practice(settings)
    database = await reach_database(settings.database)

    def turn(tx: Transaction) -> list[Record]:
        records = registry.everyone(tx)
        note(tx, "export-ormas", "registry", f"rows {len(records)}", now)
        return records

    try:
        records = await database.transact(turn)
        sheet.write(file, sheets(records, office))
    except OSError as fault:
        raise WrongSetting(f"{file}: {fault.strerror}") from None
    finally:
        await database.close()
    print(in_language(say("{count} ormas ditulis ke {file}.", count=len(records), file=str(file)), INDONESIAN))
    return 0


def sheets(records: list[Record], office: Office) -> dict[str, sheet.Table]:
    headings = [in_language(fact.label, INDONESIAN) for fact in FACTS]
    guide = [in_language(label, INDONESIAN) for label in (say("Kolom"), say("Cara mengisi"), say("Pilihan"))]
    return {
        "Ormas": (headings, progress([row(record, office) for record in records], say("Menulis"))),
        "Petunjuk": (guide, explained(office)),
    }


def row(record: Record, office: Office) -> list[sheet.Cell | None]:
    return [
        None
        if not record.facts[fact.key]
        else record.day(fact.key)
        if fact.is_day
        else in_language(fact.write(record.facts[fact.key], office), INDONESIAN)
        for fact in FACTS
    ]


def explained(office: Office) -> Iterator[Sequence[sheet.Cell | None]]:
    """What belongs into each column, one possible value a line."""
    options = {"kind": [*office.kinds.values()], "fields": [*office.fields.values()], "kecamatan": [*office.kecamatan]}
    for fact in FACTS:
        hint = in_language(fact.hint, INDONESIAN)
        first, *others = options.get(fact.key, [""])
        yield [in_language(fact.label, INDONESIAN), hint, first]
        yield from ([None, None, other] for other in others)
