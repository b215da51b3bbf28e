"""What was said by people who never agreed is not kept; what was said by those who did, is."""

from datetime import UTC, datetime, timedelta
from functools import partial

from handlers.conversation.message import Message
from storage.database.database import Transaction
from storage.mail import transcript
from storage.people import people
from storage.people.people import Chat

from .office import KEY, Office


async def forget_strangers(office: Office, after: timedelta) -> None:
    """Time passes, and the clock tidies."""
    before = datetime.now(UTC) + after - timedelta(hours=1)
    await office.database.transact(partial(transcript.forget_strangers, before=before))


def agree(tx: Transaction) -> None:
    people.agree(tx, Chat("web", "budi"), "2026-12", "id", datetime.now(UTC))


async def test_a_stranger_in_practice_is_forgotten_after_an_hour_and_a_person_who_agreed_is_not(office: Office) -> None:
    await office.database.transact(agree)
    for place, who in enumerate(("ani", "budi")):
        await office.post(f"/chat/{who}", {"id": KEY, "text": "halo"})
        await office.say(who, Message("Apakah Bapak/Ibu setuju?"), place)
    await forget_strangers(office, timedelta(minutes=59))
    assert len(await office.lines("ani")) == 2
    await forget_strangers(office, timedelta(minutes=61))
    assert await office.lines("ani") == []
    assert len(await office.lines("budi")) == 2


async def test_a_visitor_with_a_cookie_who_never_agrees_is_forgotten(public: Office) -> None:
    await public.client.get("/")
    await public.post("/chat/saya", {"id": KEY, "text": "halo"})
    assert len(await public.lines("saya")) == 1
    await forget_strangers(public, timedelta(minutes=61))
    assert await public.lines("saya") == []


async def test_an_open_page_shows_no_more_of_a_stranger_than_is_kept(office: Office) -> None:
    await office.say("ani", Message("Monggo"), 1)
    async with office.open_page("ani") as page:
        assert len((await page.event())[1]) == 1
        await forget_strangers(office, timedelta(minutes=61))
        await office.say("ani", Message("Selamat datang kembali"), 2)
        name, lines = await page.event()
        assert (name, [line["text"] for line in lines]) == ("history", ["Selamat datang kembali"])
