"""The key of the page's cookies, and wrong codes of a chat."""

from datetime import timedelta
from functools import partial

from storage.database.database import Database
from storage.people import chat_guesses, web_keys

from .office import HOUR, NOW


async def test_the_key_is_made_once(database: Database) -> None:
    first = await database.transact(lambda tx: web_keys.cookie_key(tx, NOW))
    again = await database.transact(lambda tx: web_keys.cookie_key(tx, NOW + HOUR))
    assert first == again
    assert len(first) == 32


async def test_wrong_codes_count_for_their_chat_alone_and_for_an_hour(database: Database) -> None:
    """Only the full hour is kept of each: NOW is one, so the first two are of it and over with it."""
    for minutes in (0, 30, 59):
        at = NOW + timedelta(minutes=minutes)
        await database.transact(partial(chat_guesses.guess, channel="web", address="a", now=at, since=at - HOUR))
    since = NOW - timedelta(minutes=1)
    assert await database.transact(lambda tx: chat_guesses.guesses(tx, "web", "a", since)) == 3
    assert await database.transact(lambda tx: chat_guesses.guesses(tx, "telegram", "a", since)) == 0
    at = NOW + timedelta(minutes=61)
    await database.transact(partial(chat_guesses.guess, channel="web", address="a", now=at, since=at - HOUR))
    assert len(await database.transact(lambda tx: tx.all("SELECT at FROM chat_guesses"))) == 1, "the others are over"
