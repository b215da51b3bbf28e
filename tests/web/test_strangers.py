"""What somebody without a name may take from everybody else: a little, and never a file nobody asked for."""

import asyncio
import codecs
import json
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from aiohttp import ClientError, StreamReader

from bot.channels import body
from bot.channels.callers import Callers
from bot.channels.webchat import live, shelf, upload
from storage.database.database import Database

from .office import KEY, Office, served

PROXY = Callers(["127.0.0.1"])


@pytest.fixture
async def street(database: Database, tmp_path: Path) -> AsyncIterator[Office]:
    """A public page behind a proxy that says where callers come from."""
    async with served(database, tmp_path, practice=False, callers=PROXY) as office:
        yield office


async def comes(office: Office, address: str) -> int:
    """A newcomer, without the cookies of whoever came before."""
    office.client.session.cookie_jar.clear()
    return (await office.client.get("/", headers={"X-Forwarded-For": address})).status


async def chunks(*pieces: bytes) -> AsyncIterator[bytes]:
    """A body that does not say how long it is."""
    for piece in pieces:
        yield piece


@pytest.mark.parametrize("codec", ["punycode", "idna", "utf-7", "unicode_escape", "hex", "zlib"])
async def test_a_caller_never_chooses_a_codec(office: Office, codec: str, monkeypatch: pytest.MonkeyPatch) -> None:
    lookup = Mock(side_effect=codecs.lookup)
    monkeypatch.setattr(codecs, "lookup", lookup)
    kind = {"Content-Type": f"application/json; charset={codec}", "Origin": office.origin}
    said = json.dumps({"id": KEY, "text": "halo"}).encode()
    assert (await office.client.post("/chat/ani", data=chunks(said), headers=kind)).status == 202
    assert codec not in [call.args[0] for call in lookup.mock_calls]
    assert [letter.text for letter in await office.letters()] == ["halo"]


async def test_json_in_another_encoding_is_refused(office: Office) -> None:
    kind = {"Content-Type": "application/json; charset=utf-16", "Origin": office.origin}
    said = json.dumps({"id": KEY, "text": "halo"}).encode("utf-16")
    assert (await office.client.post("/chat/ani", data=BytesIO(said), headers=kind)).status == 400


async def test_a_body_without_a_length_is_read_up_to_the_limit(office: Office) -> None:
    given = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal given
        while given < 100 * 1024 * 1024:
            given += 64 * 1024
            yield b" " * 64 * 1024

    kind = {"Content-Type": "application/json", "Origin": office.origin}
    try:
        answer = await office.client.post("/chat/ani", data=endless(), headers=kind)
    except (ClientError, ConnectionError):
        answer = None  # told to go while still talking
    assert answer is None or answer.status == 413
    assert given < 32 * 1024 * 1024


@pytest.mark.parametrize("digits", [4000, 5000, 100_000])
async def test_a_number_without_end_is_no_message(office: Office, digits: int) -> None:
    said = f'{{"id": "{KEY}", "text": {"9" * digits}}}'.encode()
    kind = {"Content-Type": "application/json", "Origin": office.origin}
    assert (await office.client.post("/chat/ani", data=BytesIO(said), headers=kind)).status == 400


@pytest.mark.parametrize("path", ["/chat/ani", "/chat/ani/files", "/"])
@pytest.mark.parametrize("packing", ["gzip", "deflate", "GZIP"])
async def test_nothing_packed_comes_in(office: Office, path: str, packing: str) -> None:
    kind = {"Content-Encoding": packing, "Content-Type": "application/json", "Origin": office.origin}
    assert (await office.client.post(path, data=b"\x1f\x8b", headers=kind)).status == 415


async def test_a_body_that_does_not_come_is_not_waited_for(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "PATIENCE", 0.05)
    monkeypatch.setattr(upload, "PATIENCE", 0.05)
    for path, kind in (("/chat/ani", "application/json"), ("/chat/ani/files", "multipart/form-data; boundary=x")):
        reader, writer = await asyncio.open_connection("127.0.0.1", office.client.port)
        head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://127.0.0.1\r\nContent-Type: {kind}\r\n"
        writer.write(f"{head}Content-Length: 500\r\n\r\n".encode() + b'{"id"')
        async with asyncio.timeout(20):
            assert b" 408 " in await reader.readline()
        writer.close()


@pytest.mark.parametrize(
    "form",
    [
        b"\r\n" * 200_000,
        b"--x\r\n" + b"A: b\r\n" * 200_000,
        b'--x\r\nContent-Disposition: form-data; name="id"\r\n\r\n' + b"\r\n--y" * 200_000,
    ],
    ids=["lines before the first part", "headers of a part", "nearly ends of a part"],
)
async def test_a_form_is_counted_in_lines(office: Office, form: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[upload.Counted] = []

    class Watched(upload.Counted):
        def __init__(self, stream: StreamReader) -> None:
            super().__init__(stream)
            read.append(self)

    monkeypatch.setattr(upload, "Counted", Watched)
    headers = {"Origin": office.origin, "Content-Type": "multipart/form-data; boundary=x"}
    answer = await office.client.post("/chat/ani/files", data=BytesIO(form), headers=headers)
    assert answer.status in (400, 413)
    assert read[0].lines <= upload.LINES + 1


async def test_a_type_with_a_thousand_parameters_is_not_read(office: Office) -> None:
    for path, kind in (("/chat/ani", "application/json"), ("/chat/ani/files", "multipart/form-data; boundary=x")):
        headers = {"Origin": office.origin, "Content-Type": f"{kind}; " + "a=b; " * 1000}
        assert (await office.client.post(path, data=b"{}", headers=headers)).status == 415


async def test_newcomers_have_a_budget_for_each_address_and_one_for_all(street: Office) -> None:
    statuses = [await comes(street, "203.0.113.7") for _ in range(31)]
    assert statuses == [200] * 30 + [429]
    assert await comes(street, "198.51.100.9, 203.0.113.7") == 429, "what a stranger wrote before counts nothing"
    assert await comes(street, "203.0.113.8") == 200
    for number in range(1, 20):
        for _ in range(30):
            await comes(street, f"192.0.2.{number}")
    assert await comes(street, "203.0.113.9") == 429


async def test_who_is_known_comes_in_whatever_strangers_do(street: Office) -> None:
    known = (await street.client.get("/", headers={"X-Forwarded-For": "203.0.113.7"})).cookies["rumah_kedua"].value
    while await comes(street, "203.0.113.7") == 200:
        pass
    mine = {"Cookie": f"rumah_kedua={known}", "X-Forwarded-For": "203.0.113.7"}
    assert (await street.client.get("/", headers=mine)).status == 200
    assert (await street.post("/chat/saya", {"id": KEY, "text": "halo"}, **mine)).status == 202


async def test_a_network_of_ipv6_is_one_address(street: Office) -> None:
    statuses = [await comes(street, f"2001:db8:1:2::{number:x}") for number in range(31)]
    assert statuses[-1] == 429
    assert await comes(street, "2001:db8:1:3::1") == 200


async def test_strangers_write_within_a_budget_whatever_cookies_they_get(street: Office) -> None:
    statuses = []
    for number in range(61):
        if number % 25 == 0:
            assert await comes(street, "203.0.113.7") == 200
        said = {"id": f"kunci-{number:04}", "text": "halo"}
        statuses.append((await street.post("/chat/saya", said, **{"X-Forwarded-For": "203.0.113.7"})).status)
    assert statuses == [202] * 60 + [429]


async def test_pages_of_one_address_do_not_close_the_page_for_others(database: Database, tmp_path: Path) -> None:
    async with served(database, tmp_path, practice=False, callers=PROXY, pages=8) as office:
        await comes(office, "203.0.113.7")
        one, other = {"X-Forwarded-For": "203.0.113.7"}, {"X-Forwarded-For": "203.0.113.8"}
        async with office.open_page("saya", **one), office.open_page("saya", **one):
            assert (await office.client.get("/chat/saya/events", headers=one)).status == 429
            async with office.open_page("saya", **other) as page:
                assert page.response.status == 200
    bells = live.Bells(2)
    with bells.hung("a", "x"), bells.hung("b", "y"):
        assert bells.crowded("c", "z")
    assert not bells.crowded("c", "z")


async def uploads(office: Office, content: bytes = b"%PDF-1.7 isi") -> tuple[int, list[Any]]:
    answer = await office.upload("/chat/ani/files", content)
    return answer.status, list(office.folder.glob("up/*"))


async def test_what_nobody_asked_for_is_not_kept(database: Database, tmp_path: Path) -> None:
    async with served(database, tmp_path, asks=lambda tx, incoming: False) as office:
        assert await uploads(office) == (202, [])
        (letter,) = await office.letters()
        assert letter.upload is not None
        assert (letter.upload.remote, letter.upload.size) == ("", 12)


async def test_a_file_waits_for_what_was_said_before_it(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = iter([False, False, True])
    async with served(database, tmp_path, asks=lambda tx, incoming: next(asked)) as office:
        await office.post("/chat/ani", {"id": "kunci-lama", "text": "/audiensi"})
        status, lying = await uploads(office)
        assert (status, len(lying)) == (202, 1)


async def test_nobody_fills_the_shelf_for_everybody(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "SHARE", 4200)
    statuses = [(await office.upload("/chat/ani/files", b"a" * 1000, key=f"kunci-{n:04}")).status for n in range(5)]
    assert statuses == [202, 202, 202, 507, 507], "the form around a file is reserved with it"


async def test_bytes_are_reserved_while_they_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "FULL", 150)
    place = shelf.Shelf(tmp_path)
    ended = asyncio.Event()
    first = asyncio.create_task(place.keep(Slow(ended), frozenset({"a"}), 200))  # type: ignore[arg-type]
    await asyncio.sleep(0.1)
    with pytest.raises(shelf.Full):
        await place.keep(Slow(ended), frozenset({"b"}), 200)  # type: ignore[arg-type]
    ended.set()
    name, size = await first
    assert (size, place.path(name) is not None) == (3, True)


async def test_only_so_many_files_come_in_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "AT_ONCE_EACH", 1)
    place, ended = shelf.Shelf(tmp_path), asyncio.Event()
    first = asyncio.create_task(place.keep(Slow(ended), frozenset({"a"}), 10))  # type: ignore[arg-type]
    await asyncio.sleep(0.1)
    with pytest.raises(shelf.Busy):
        await place.keep(Slow(ended), frozenset({"a"}), 10)  # type: ignore[arg-type]
    ended.set()
    await asyncio.gather(first, place.keep(Slow(ended), frozenset({"b"}), 10))  # type: ignore[arg-type]


class Slow:
    """A file whose bytes come when they come."""

    def __init__(self, ended: asyncio.Event) -> None:
        self._ended, self._said = ended, False

    async def read_chunk(self, _: int) -> bytes:
        await self._ended.wait()
        said, self._said = self._said, True
        return b"" if said else b"abc"
