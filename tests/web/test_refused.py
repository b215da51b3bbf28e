"""What is not taken: broken, endless, foreign or too fast."""

from pathlib import Path
from typing import Any

import pytest
from aiohttp import FormData

from bot.channels.channel import Unreadable
from storage.database.database import Database

from .office import KEY, Office, broken, served


@pytest.mark.parametrize(
    "said",
    [
        [],
        None,
        {},
        {"id": KEY},
        {"text": "tanpa kunci"},
        {"id": "x", "text": "kunci pendek"},
        {"id": "../../../etc", "text": "kunci aneh"},
        {"id": KEY, "text": 7},
        {"id": KEY, "text": " \n "},
        {"id": KEY, "pressed": ""},
        {"id": KEY, "pressed": "a" * 300, "label": "a"},
        {"id": KEY, "pressed": "a", "label": "a" * 600},
    ],
)
async def test_what_no_page_sends_is_refused(office: Office, said: Any) -> None:
    response = await office.post("/chat/ani", said)
    assert response.status == 400
    assert "ohon" in await response.text()
    assert await office.letters() == []


@pytest.mark.parametrize("body", ["{", "[" * 100_000, "\xff"])
async def test_broken_json_is_refused(office: Office, body: str) -> None:
    headers = {"Origin": office.origin, "Content-Type": "application/json"}
    response = await office.client.post("/chat/ani", data=body.encode("latin-1"), headers=headers)
    assert response.status == 400


async def test_a_form_is_no_json(office: Office) -> None:
    response = await office.client.post("/chat/ani", data={"id": KEY, "text": "a"}, headers={"Origin": office.origin})
    assert response.status == 415


async def test_a_broken_upload_is_refused(office: Office) -> None:
    headers = {"Origin": office.origin, "Content-Type": "multipart/form-data; boundary=x"}
    for body in (b"", b"--x--\r\n", b'--x\r\nContent-Disposition: form-data; name="lain"\r\n\r\na\r\n--x--\r\n'):
        assert (await office.client.post("/chat/ani/files", data=body, headers=headers)).status == 400


@pytest.mark.parametrize("text", ["a" * 16_001, "a" * 300_000, "a" * 1_200_000], ids=len)
async def test_endless_text_is_refused(office: Office, text: str) -> None:
    assert (await office.post("/chat/ani", {"id": KEY, "text": text})).status == 413


@pytest.mark.parametrize("origin", ["http://jahat.example", "null", "", "http://127.0.0.1"])
async def test_another_site_cannot_speak_for_a_person(office: Office, origin: str) -> None:
    assert (await office.post("/chat/ani", {"id": KEY, "text": "a"}, Origin=origin)).status == 403
    form = FormData({"id": KEY, "file": "x"})
    response = await office.client.post("/chat/ani/files", data=form, headers={"Origin": origin})
    assert response.status == 403
    assert await office.letters() == []


@pytest.mark.parametrize("path", ["/", "/chat/people", "/chat/ani/messages", "/chat/ani/events", "/web/page.js"])
async def test_a_foreign_name_pointed_at_us_sees_nothing_of_practice(office: Office, path: str) -> None:
    assert (await office.client.get(path, headers={"Host": "jahat.example"})).status == 403


@pytest.mark.parametrize("host", ["localhost", "localhost:8080", "127.0.0.1:9", "[::1]:8080", "chat.example.id:8443"])
async def test_practice_is_served_here_and_at_the_public_url(database: Database, tmp_path: Path, host: str) -> None:
    async with served(database, tmp_path, public_url="https://chat.example.id:8443/") as office:
        assert (await office.client.get("/", headers={"Host": host})).status == 200
        said = {"id": KEY, "text": "a"}
        assert (await office.post("/chat/ani", said, Host=host, Origin=f"https://{host}")).status == 202


async def test_too_many_messages_have_to_wait(office: Office) -> None:
    statuses = [(await office.post("/chat/ani", {"id": f"kunci-{n:04}", "text": "a"})).status for n in range(31)]
    assert statuses == [202] * 30 + [429]
    assert (await office.post("/chat/budi", {"id": KEY, "text": "a"})).status == 202


async def test_what_cannot_be_kept_is_to_be_sent_again(database: Database, tmp_path: Path) -> None:
    async with served(database, tmp_path, receive=broken) as office:
        response = await office.post("/chat/ani", {"id": KEY, "text": "halo"})
        assert (response.status, "lagi" in await response.text()) == (503, True)
        assert (await office.upload("/chat/ani/files", b"x")).status == 503
        assert not any((tmp_path / "up").glob("*"))
    async with served(database, tmp_path) as office:
        assert (await office.post("/chat/ani", {"id": KEY, "text": "halo"})).status == 202
        assert [letter.text for letter in await office.letters()] == ["halo"]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"[]",
        b"7",
        b'"a"',
        b"{}",
        b'{"address": "ani"}',
        b'{"address": 1, "text": "a"}',
        b"[" * 100_000,
        b'{"address": "ani", "text": 1}',
        b'{"address": "ani", "file": {}}',
        b'{"address": "ani", "pressed": null}',
        b"\xff",
    ],
)
async def test_what_the_door_never_wrote_is_unreadable(office: Office, raw: bytes) -> None:
    with pytest.raises(Unreadable):
        office.chat.parse(raw)
