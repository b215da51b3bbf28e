"""What a person does on the page reaches the inbox whole and once, or is kindly refused."""

import asyncio
import tracemalloc
from pathlib import Path
from typing import IO

import pytest
from aiohttp import FormData

from bot.channels.channel import Outcome, SendFailed
from bot.channels.webchat import shelf
from bot.channels.webchat.door import FILE_TOO_LARGE
from bot.channels.webchat.said import Said
from handlers.conversation.message import Incoming, Kind, Place, Upload

from .office import KEY, Office, broken

MEGABYTE = 1024 * 1024


async def test_a_text_is_kept_and_shown(office: Office) -> None:
    assert (await office.post("/chat/ani", {"id": KEY, "text": "halo"})).status == 202
    assert await office.letters() == [Incoming("web", "ani", Kind.TEXT, text="halo")]
    (line,) = await office.lines("ani")
    assert (line["text"], line["mine"], line["key"]) == ("halo", True, KEY)
    assert await office.lines("budi") == []


async def test_a_press_carries_its_token_and_shows_its_label(office: Office) -> None:
    await office.post("/chat/ani", {"id": KEY, "pressed": "f.1.audiensi", "label": "Audiensi"})
    assert await office.letters() == [Incoming("web", "ani", Kind.PRESS, token="f.1.audiensi")]
    assert (await office.lines("ani"))[0]["text"] == "Audiensi"


async def test_twice_is_once(office: Office) -> None:
    for _ in range(3):
        assert (await office.post("/chat/ani", {"id": KEY, "text": "halo"})).status == 202
    assert len(await office.letters()) == len(await office.lines("ani")) == 1


async def test_the_same_key_of_two_persons_is_two_messages(office: Office) -> None:
    for who in ("ani", "budi"):
        await office.post(f"/chat/{who}", {"id": KEY, "text": who})
    assert [letter.address for letter in await office.letters()] == ["ani", "budi"]


@pytest.mark.parametrize(
    "text", ["a" * 4097, "\U0001f600" * 16_000, "‮terbalik", "nul \0 nul", "<b>tebal</b>"], ids=lambda text: text[:9]
)
async def test_any_text_arrives_whole(office: Office, text: str) -> None:
    assert (await office.post("/chat/ani", {"id": KEY, "text": text})).status == 202
    assert [letter.text for letter in await office.letters()] == [text]
    assert (await office.lines("ani"))[0]["text"] == text


async def test_half_a_character_does_no_harm(office: Office) -> None:
    headers = {"Origin": office.origin, "Content-Type": "application/json"}
    body = f'{{"id": "{KEY}", "text": "a\\ud83d"}}'
    assert (await office.client.post("/chat/ani", data=body, headers=headers)).status == 202
    assert [letter.text for letter in await office.letters()] == ["a\ufffd"]


async def test_a_file_is_kept_until_it_is_fetched(office: Office) -> None:
    assert (await office.upload("/chat/ani/files", b"%PDF-1.7", name="a/b/surat izin.pdf")).status == 202
    (letter,) = await office.letters()
    assert letter.upload is not None
    assert letter.upload == Upload(letter.upload.remote, "surat izin.pdf", "application/pdf", 8)
    assert b"".join([piece async for piece in office.chat.fetch(letter.upload.remote)]) == b"%PDF-1.7"
    assert (await office.lines("ani"))[0]["file"] == {"name": "surat izin.pdf", "type": "application/pdf", "size": 8}


async def test_words_that_go_with_a_file_are_its_caption(office: Office) -> None:
    await office.upload("/chat/ani/files", b"%PDF-1.7", note=" jembatan retak ")
    assert [letter.text for letter in await office.letters()] == ["jembatan retak"]
    assert (await office.lines("ani"))[0]["text"] == "jembatan retak"
    assert (await office.upload("/chat/ani/files", b"%PDF-1.7", "other-key", note="a" * 5000)).status == 413


async def test_a_recording_is_a_voice_and_a_place_is_a_place(office: Office) -> None:
    form = {"remote": "0" * 32, "name": "suara.m4a", "type": "audio/mp4", "size": 9, "note": ""}
    assert office.chat.parse(Said(KEY, {"file": form}).raw("ani")).kind is Kind.VOICE
    await office.post("/chat/ani", {"id": KEY, "place": {"latitude": -7, "longitude": 109.5}})
    assert await office.letters() == [Incoming("web", "ani", Kind.LOCATION, place=Place(-7.0, 109.5))]
    assert (await office.lines("ani"))[0]["place"] == {"latitude": -7.0, "longitude": 109.5}


@pytest.mark.parametrize("place", [None, {}, {"latitude": "-7", "longitude": 1}, {"latitude": 91, "longitude": 1}])
async def test_a_place_on_no_globe_is_refused(office: Office, place: object) -> None:
    assert (await office.post("/chat/ani", {"id": KEY, "place": place})).status == 400


async def test_a_file_over_the_limit_is_refused_kindly_and_not_kept(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "LARGEST_FILE", MEGABYTE)
    response = await office.upload("/chat/ani/files", bytes(MEGABYTE + 1))
    assert (response.status, await response.text()) == (413, FILE_TOO_LARGE)
    assert await office.letters() == []
    assert not any((office.folder / "up").glob("*"))


async def test_a_file_of_100_mb_is_streamed_to_disk_and_a_larger_one_refused_unread(office: Office) -> None:
    for size, status in ((100 * MEGABYTE, 202), (101 * MEGABYTE, 413)):
        form = FormData({"id": KEY, "note": ""})
        form.add_field("file", sparse(office.folder / "large", size), filename="a.mp4", content_type="video/mp4")
        tracemalloc.start()
        answer = await office.client.post("/chat/ani/files", data=form, headers={"Origin": office.origin})
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert (answer.status, most < 8 * MEGABYTE) == (status, True)


def sparse(path: Path, size: int) -> IO[bytes]:
    with path.open("wb") as made:
        made.truncate(size)
    return path.open("rb")


async def test_old_uploads_are_thrown_away(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    await office.upload("/chat/ani/files", b"x")
    shelf.Shelf(office.folder / "up").sweep()
    assert len(list((office.folder / "up").glob("*"))) == 1
    monkeypatch.setattr(shelf, "KEPT_SECONDS", -1)
    listening = asyncio.create_task(office.chat.listen(receive=broken))
    async with asyncio.timeout(3):
        while any((office.folder / "up").glob("*")):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    listening.cancel()


async def test_a_full_shelf_takes_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "FULL", 3)
    assert (await office.upload("/chat/ani/files", b"xxxx")).status == 202
    assert (await office.upload("/chat/ani/files", b"xxxx", key="second-key")).status == 507


@pytest.mark.parametrize("remote", ["../chat.db", "0" * 32, "", "A" * 32])
async def test_only_our_own_uploads_are_fetched(office: Office, remote: str) -> None:
    with pytest.raises(SendFailed) as failed:
        _ = [piece async for piece in office.chat.fetch(remote)]
    assert failed.value.outcome is Outcome.REFUSED
