"""The page, its protection, and who one is on it."""

from pathlib import Path

import pytest

from bot.channels.webchat import WebChat
from handlers.conversation.message import Message
from storage.database import Database

from .office import KEY, Cabinet, Office, served


async def test_the_page_says_that_it_is_practice_and_who_one_is(office: Office) -> None:
    page = await (await office.client.get("/", params={"siapa": "budi"})).text()
    assert "Mode latihan" in page
    assert 'data-who="budi"' in page
    assert page.count("aria-current") == 1
    assert "ketua &lt;Forum&gt;" in page
    assert "Kantor &lt;A&gt;" in page
    assert 'data-who="ani"' in await (await office.client.get("/", params={"siapa": "tiada"})).text()


async def test_people_of_practice_are_listed(office: Office) -> None:
    people = await (await office.client.get("/chat/people")).json()
    assert people[1] == {"address": "budi", "name": "Budi", "about": "petugas"}


async def test_every_answer_keeps_foreign_code_and_frames_out(office: Office) -> None:
    for path in ("/", "/web/page.js", "/web/page.css", "/chat/ani/messages", "/web/tiada", "/chat/tiada/messages"):
        headers = (await office.client.get(path)).headers
        assert "script-src 'self'" in headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
    async with office.open_page("ani") as page:
        assert "frame-ancestors 'none'" in page.response.headers["Content-Security-Policy"]


async def test_the_office_may_allow_its_own_site_to_frame_the_page(database: Database, tmp_path: Path) -> None:
    async with served(database, tmp_path, frame_ancestors="https://kantor.example.id") as office:
        policy = (await office.client.get("/")).headers["Content-Security-Policy"]
        assert policy.endswith("frame-ancestors https://kantor.example.id")


async def test_practice_without_persons_is_a_mistake(database: Database, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="practice"):
        WebChat(database, Cabinet(tmp_path), [], True, "Kantor", tmp_path)


async def test_outside_practice_a_visitor_is_known_by_a_secret_cookie(public: Office) -> None:
    assert (await public.client.get("/chat/saya/messages")).status == 401
    response = await public.client.get("/")
    cookie = response.cookies["rumah_kedua"]
    assert (cookie["httponly"], cookie["samesite"], len(cookie.value)) == (True, "Lax", 32)
    assert "Mode latihan" not in await response.text()
    assert (await public.post("/chat/saya", {"id": KEY, "text": "halo"})).status == 202
    (letter,) = await public.letters()
    assert len(letter.address) == 64
    assert cookie.value not in letter.address
    await public.say(letter.address, Message("Monggo"))
    assert [line["text"] for line in await public.lines("saya")] == ["halo", "Monggo"]
    assert "rumah_kedua" not in (await public.client.get("/")).cookies


async def test_outside_practice_nobody_is_somebody_else(public: Office) -> None:
    await public.client.get("/")
    await public.post("/chat/saya", {"id": KEY, "text": "rahasia"})
    (letter,) = await public.letters()
    for who in ("ani", letter.address):
        assert (await public.client.get(f"/chat/{who}/messages")).status == 404
        assert (await public.post(f"/chat/{who}", {"id": KEY, "text": "a"})).status == 404
    public.client.session.cookie_jar.clear()
    await public.client.get("/")
    assert await public.lines("saya") == []


async def test_the_cookie_travels_only_encrypted_where_the_page_does(database: Database, tmp_path: Path) -> None:
    async with served(database, tmp_path, practice=False, public_url="https://chat.example.id") as office:
        assert (await office.client.get("/")).cookies["rumah_kedua"]["secure"] is True
