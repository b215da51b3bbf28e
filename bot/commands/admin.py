"""What an administrator asks for at the command line: codes, a look at health, copies of the database."""

import argparse
import asyncio
from datetime import datetime, timedelta

from bot.app import reach_database, read_office
from bot.commands.copies import backup, restore
from bot.key import take_key
from bot.running.erasures import list_of, replay
from bot.settings import Settings
from bot.version import our_version
from handlers.election.names_first import season_is_close
from handlers.identity.join import invite
from handlers.office.profile import Office
from storage.database.database import Database, Row, Transaction
from storage.elections import neutral_names
from storage.mail import approved_words, inbox, outbox
from storage.mail.approved_words import State


def do(chosen: argparse.Namespace, settings: Settings) -> int:
    """Run the chosen word; its exit status."""
    if chosen.word == "backup":
        return backup(settings, chosen.file)
    if chosen.word == "restore":
        return restore(settings, chosen.file, chosen.force)
    if chosen.word == "erase-again":
        return asyncio.run(erase_again(settings))
    work = print_code(settings, chosen.role) if chosen.word == "invite" else doctor(settings)
    return asyncio.run(work)


async def erase_again(settings: Settings) -> int:
    """What `restore` does by itself on SQLite, for a database that was put back with its own tools."""
    known, now = list_of(settings).read(), datetime.now(settings.zone)
    database = await reach_database(settings.database)
    try:
        count = await database.transact(lambda tx: replay(tx, known, now))
    finally:
        await database.close()
    print(f"{count} records are erased again.")
    return 0


async def print_code(settings: Settings, role: str) -> int:
    """A code and what to do with it."""
    office, now = read_office(settings.office_file), datetime.now(settings.zone)
    hours = office.join_codes.valid_hours
    take_key(settings.key_file)
    database = await reach_database(settings.database)
    try:
        code = await database.transact(lambda tx: invite(tx, role, timedelta(hours=hours), now))
    finally:
        await database.close()
    if settings.practice:
        print("Mode latihan: kode ini hanya berlaku di sana. / Practice: this code is good only there.")
    print(f"/gabung {code}")
    print(f"Kirim baris di atas kepada calon petugas; berlaku sekali, {hours} jam. / Valid once, for {hours} hours.")
    return 0


async def doctor(settings: Settings) -> int:
    """What is set, what works, what waits and what was set aside; 1 when something needs a person."""
    office = read_office(settings.office_file)
    database = await reach_database(settings.database)
    try:
        boxes, parked = await look(database)
        words, unanswered = await database.transact(advertising)
        names, nameless = await database.transact(lambda tx: listed_names(tx, datetime.now(settings.zone)))
        reached, bad = await messengers(settings, office)
    finally:
        await database.close()
    missing = office.years_without_holidays(datetime.now(settings.zone))
    days_off = [f"holidays   {year} has none in the office profile: deadlines come too early" for year in missing]
    known = [*setup(settings, office), *days_off, names, *reached, *words, *boxes]
    for line in [*known, *(parked_line(row) for row in parked)]:
        print(line)
    return int(bool(parked or missing) or bad or unanswered or nameless)


async def messengers(settings: Settings, office: Office) -> tuple[list[str], bool]:
    """What each messenger that is set says of us, and whether that needs somebody."""
    told: list[str] = []
    bad = False
    if settings.serves_telegram:
        told.append(await telegram(settings, office))
        bad = "TELEGRAM_TOKEN" in told[0]
    if settings.serves_whatsapp:
        from bot.commands.whatsapp_account import examine

        found = await examine(settings)
        told += found.lines
        bad = bad or found.bad > 0
    return told, bad


def setup(settings: Settings, office: Office) -> list[str]:
    serving = [f"Telegram, {settings.telegram_mode}"] * settings.serves_telegram
    serving += ["WhatsApp"] * settings.serves_whatsapp
    mode = " and ".join(serving) or "practice (no messenger is set)"
    return [
        f"version    {our_version()}",
        f"office     {office.name}",
        f"mode       {mode}",
        f"web chat   {'on' if settings.serves_webchat else 'off'}",
    ]


async def look(database: Database) -> tuple[list[str], list[Row]]:
    counts = await database.transact(outbox.counts)
    parked = await database.transact(inbox.parked)
    told = ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
    aside = f"{len(parked)}, newest first:" if parked else "nothing was set aside"
    return ["database   ok", f"outbox     {told or 'empty'}", f"parked     {aside}"], parked


def listed_names(tx: Transaction, now: datetime) -> tuple[str, bool]:
    """How many names the neutrality gate knows; whether there are none though a stage of an election is close."""
    count = len(neutral_names.everyone(tx))
    if count:
        return f"names      {count} of parties and candidates on the list of the neutrality gate", False
    close = season_is_close(tx, now.date())
    told = "none on the list, and a stage of the election is close" if close else "none on the list yet"
    return f"names      {told}: an admin enters parties and candidates with /netral", close


def advertising(tx: Transaction) -> tuple[list[str], bool]:
    """Templates that WhatsApp counts as advertising and what an admin said to that; whether one waits for an answer."""
    found = [state for state in approved_words.states(tx) if state.category == approved_words.ADVERTISING]
    return [advertising_line(state) for state in found], any(not state.answer for state in found)


def advertising_line(state: State) -> str:
    said = (
        f"an admin said {state.answer}, {state.answered_at:%Y-%m-%d}" if state.answer else "no admin has answered yet"
    )
    return f"whatsapp {' ' if state.answer else '!'} template {state.name} ({state.language}) is advertising: {said}"


def parked_line(row: Row) -> str:
    return f"  {row['parked_at']} {row['channel']} item {row['id']}: {row['fault']}"


async def telegram(settings: Settings, office: Office) -> str:
    """Whether Telegram knows us."""
    from telegram import Bot
    from telegram.error import InvalidToken, TelegramError

    bot = Bot(settings.telegram_token.get_secret_value(), base_url=f"{settings.telegram_api_url}/bot")
    try:
        async with bot:
            return f"telegram   ok, @{bot.username} for {office.name}"
    except InvalidToken:
        return "telegram   TELEGRAM_TOKEN is not accepted: get a new one from @BotFather"
    except TelegramError as fault:
        return f"telegram   not reached ({type(fault).__name__}): is TELEGRAM_API_URL right, is there a network?"
