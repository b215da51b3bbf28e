"""The page, its protection, and who one is on it."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp.test_utils import make_mocked_request

from bot.channels.webchat import WebChat
from bot.channels.webchat.cookies import address_of
from bot.channels.webchat.visitors import Refused
from handlers.conversation.message import Message
from storage.database.database import Database
from storage.people import people
from storage.people.people import Chat

from .office import KEY, Cabinet, Office, served

PUBLIC = "https://chat.example.id"


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
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert re.fullmatch(r"[0-9a-f]{32}\.[0-9a-f]{64}", cookie.value)
    assert "Mode latihan" not in await response.text()
    assert (await public.post("/chat/saya", {"id": KEY, "text": "halo"})).status == 202
    (letter,) = await public.letters()
    assert len(letter.address) == 64
    assert cookie.value[:32] not in letter.address
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
    async with served(database, tmp_path, practice=False, public_url=PUBLIC) as office:
        cookie = (await office.client.get("/", headers={"Host": "chat.example.id"})).cookies["__Host-rumah_kedua"]
        assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")


@pytest.mark.parametrize("forged", ["a" * 32, "a" * 32 + "." + "b" * 64, "a" * 32 + ".", ".", "\xff", "a" * 4000])
async def test_an_invented_cookie_is_nobody(public: Office, forged: str) -> None:
    mine = {"Cookie": f"rumah_kedua={forged}"}
    assert (await public.client.get("/chat/saya/messages", headers=mine)).status == 401
    assert (await public.post("/chat/saya", {"id": KEY, "text": "halo"}, **mine)).status == 401
    given = (await public.client.get("/", headers=mine)).cookies["rumah_kedua"].value
    assert given.partition(".")[0] != forged.partition(".")[0]


async def test_who_was_here_before_cookies_were_signed_is_known_again(public: Office, database: Database) -> None:
    secret = "0123456789abcdef" * 2
    address = address_of(secret)
    chat = Chat("web", address)
    await database.transact(lambda tx: people.agree(tx, chat, "1", "id", datetime.now(UTC)))
    await public.say(address, Message("Monggo"))
    cookie = (await public.client.get("/", headers={"Cookie": f"rumah_kedua={secret}"})).cookies["rumah_kedua"]
    assert cookie.value.startswith(secret + ".")
    assert [line["text"] for line in await public.lines("saya")] == ["Monggo"]


async def test_a_visitor_stays_known_when_the_page_moves_to_https(database: Database, tmp_path: Path) -> None:
    async with served(database, tmp_path, practice=False) as office:
        before = (await office.client.get("/")).cookies["rumah_kedua"].value
    async with served(database, tmp_path, practice=False, public_url=PUBLIC) as office:
        headers = {"Host": "chat.example.id", "Cookie": f"rumah_kedua={before}"}
        after = (await office.client.get("/", headers=headers)).cookies
        assert after["__Host-rumah_kedua"].value == before
        assert after["rumah_kedua"].value == ""


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8080", "jahat.example", "chat.example.id:8443", "chat"])
async def test_outside_practice_only_the_public_name_is_served(database: Database, tmp_path: Path, host: str) -> None:
    async with served(database, tmp_path, practice=False, public_url=PUBLIC) as office:
        assert (await office.client.get("/", headers={"Host": host})).status == 403
        assert (await office.client.get("/", headers={"Host": "chat.example.id:443"})).status == 200


@pytest.mark.parametrize("origin", ["http://chat.example.id", "https://chat.example.id:8443", "https://jahat.example"])
async def test_only_the_public_scheme_and_host_may_write(database: Database, tmp_path: Path, origin: str) -> None:
    async with served(database, tmp_path, practice=False, public_url=PUBLIC) as office:
        given = (await office.client.get("/", headers={"Host": "chat.example.id"})).cookies["__Host-rumah_kedua"]
        me = {"Host": "chat.example.id", "Cookie": f"__Host-rumah_kedua={given.value}"}
        said = {"id": KEY, "text": "halo"}
        assert (await office.post("/chat/saya", said, **me, Origin=origin)).status == 403
        assert (await office.post("/chat/saya", said, **me, Origin=PUBLIC)).status == 202


@pytest.mark.parametrize("sign", ["X-Forwarded-For", "Forwarded", "Via"])
async def test_practice_behind_a_proxy_is_not_opened_by_a_forged_host(office: Office, sign: str) -> None:
    for host in ("localhost", "127.0.0.1:8080"):
        answer = await office.client.get("/", headers={"Host": host, sign: "203.0.113.7"})
        assert answer.status == 403


async def test_practice_that_listens_to_everybody_is_not_opened_by_a_forged_host(
    database: Database, tmp_path: Path
) -> None:
    async with served(database, tmp_path) as office:
        request = make_mocked_request("GET", "/", headers={"Host": "localhost"})
        request = request.clone(remote="203.0.113.7")
        visitors = office.chat._visitors
        with pytest.raises(Refused):
            visitors.check(request)
        visitors.check(request.clone(remote="::1"))
