"""What the office says comes once, live, to its person only; documents as downloads."""

import asyncio
import time
from functools import partial
from urllib.parse import quote

import pytest

from bot.channels.channel import Outcome, SendFailed
from bot.channels.webchat import live
from bot.channels.webchat.cookies import address_of
from handlers.conversation.message import Button, Document, Message
from storage.database.database import Transaction
from storage.mail import transcript

from .office import KEY, Office, Page


async def test_a_message_is_shown_once_per_parcel(office: Office) -> None:
    message = Message("Pilih:", (Button("f.1.a", "Audiensi"),), (Button("c.batal", "Batal", "batal"),))
    receipt = await office.say("ani", message, parcel_id=7)
    await office.say("ani", message, parcel_id=7)
    (line,) = await office.lines("ani")
    assert receipt == str(line["id"])
    assert line["choices"] == [{"token": "f.1.a", "label": "Audiensi"}]
    assert line["words"] == [{"token": "c.batal", "label": "Batal", "typed": "batal"}]
    assert (line["mine"], line["numbered"]) == (False, True)


async def test_choices_of_a_notice_have_no_numbers(office: Office) -> None:
    await office.say("ani", Message("Ada permintaan", (Button("a.setuju.1", "Setujui"),)), kind="notice")
    assert "numbered" not in (await office.lines("ani"))[0]


async def test_what_a_page_has_no_use_for_leaves_no_line(office: Office) -> None:
    assert await office.say("ani", Message("Sudah", query="q1"), 1, "query") == "-"
    assert await office.say("ani", Message(menu=(("menu", "Menu"),)), 2, "menu") == "-"
    assert await office.lines("ani") == []


async def test_a_line_that_cannot_be_kept_is_tried_again(office: Office) -> None:
    await office.database.transact(drop_transcript)
    with pytest.raises(SendFailed) as failed:
        await office.say("ani", Message("halo"))
    assert failed.value.outcome is Outcome.RETRY


def drop_transcript(tx: Transaction) -> None:
    tx.run("DROP TABLE transcript")


async def test_a_line_gets_other_words_where_it_stands(office: Office) -> None:
    async with office.open_page("ani") as page:
        assert await page.event() == ("history", [])
        receipt = await office.say("ani", Message("Terkirim 1", (Button("a.jeda.1", "Jeda", "jeda"),)), 1, "notice")
        assert (await page.event())[0] == "line"
        assert await office.say("ani", Message("Terkirim 2", edits=receipt), 2, "edit") == receipt
        name, line = await page.event()
        assert (name, line["id"], line["text"], "choices" in line) == ("change", int(receipt), "Terkirim 2", False)
    assert [line["text"] for line in await office.lines("ani")] == ["Terkirim 2"]


@pytest.mark.parametrize("receipt", ["-", "999"])
async def test_what_is_not_there_cannot_be_changed(office: Office, receipt: str) -> None:
    with pytest.raises(SendFailed) as failed:
        await office.say("ani", Message("Terkirim 2", edits=receipt), 2, "edit")
    assert failed.value.outcome is Outcome.REFUSED


async def test_lines_arrive_live_and_only_at_their_person(office: Office) -> None:
    async with office.open_page("ani") as ani, office.open_page("budi") as budi:
        assert await ani.event() == await budi.event() == ("history", [])
        await office.say("ani", Message("untuk Ani"), 1)
        await office.say("budi", Message("untuk Budi"), 2)
        assert [(await page.event())[1]["text"] for page in (ani, budi)] == ["untuk Ani", "untuk Budi"]


async def test_what_a_person_says_is_seen_in_their_other_window(office: Office) -> None:
    async with office.open_page("ani") as other:
        await other.event()
        await office.post("/chat/ani", {"id": KEY, "text": "halo"})
        assert (await other.event())[1]["key"] == KEY


async def test_a_page_that_comes_back_gets_what_it_missed(office: Office) -> None:
    await office.say("ani", Message("a"), 1)
    async with office.open_page("ani") as page:
        await page.event()
    for number, text in enumerate("bc", 2):
        await office.say("ani", Message(text), number)
    async with office.open_page("ani", **{"Last-Event-ID": page.known}) as page:
        assert [(await page.event())[1]["text"] for _ in range(2)] == ["b", "c"]


@pytest.mark.parametrize("known", ["", "out-77", "17", "\x00", "\ud83d", "kunci orang lain"])
async def test_a_page_that_knows_nothing_of_ours_starts_anew(office: Office, known: str) -> None:
    await office.say("ani", Message("a"), 1)
    async with office.client.get(f"/chat/ani/events?after={quote(known, errors='surrogatepass')}") as response:
        name, lines = await Page(response).event()
        assert (name, len(lines)) == ("history", 1)


async def test_what_was_forgotten_leaves_the_page(office: Office) -> None:
    for n in range(3):
        await office.say("ani", Message(str(n)), n)
    async with office.open_page("ani") as page:
        assert len((await page.event())[1]) == 3
        await office.database.transact(partial(transcript.forget, address="ani"))
        await office.say("ani", Message("Sudah kami hapus."), 9)
        name, lines = await page.event()
        assert (name, [line["text"] for line in lines]) == ("history", ["Sudah kami hapus."])


async def test_a_heartbeat_comes_while_nothing_is_said(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "HEARTBEAT_SECONDS", 0.05)
    async with office.open_page("ani") as page:
        await page.event()
        async with asyncio.timeout(3):
            while not (await page.response.content.readline()).startswith(b":"):
                pass


async def test_closing_ends_open_pages_at_once(office: Office) -> None:
    async with office.open_page("ani") as page:
        await page.event()
        started = time.monotonic()
        await office.chat.close()
        await page.response.read()
        assert time.monotonic() - started < 1


async def test_one_person_cannot_open_endless_pages(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "PAGES_AT_MOST", 1)
    async with office.open_page("ani") as first:
        await first.event()
        assert (await office.client.get("/chat/ani/events")).status == 429
        assert (await office.client.get("/chat/budi/messages")).status == 200


async def test_a_document_is_a_download_of_its_person_only(office: Office) -> None:
    document = Document('undangan "A"\r\n.ics', "text/calendar", content="BEGIN:VCALENDAR")
    receipt = await office.say("ani", Message("Jadwal", document=document))
    assert (await office.lines("ani"))[0]["document"] == {"name": document.name, "type": "text/calendar"}
    response = await office.client.get(f"/chat/ani/files/{receipt}")
    assert await response.text() == "BEGIN:VCALENDAR"
    assert response.headers["Content-Disposition"] == "attachment; filename*=UTF-8''undangan%20%22A%22.ics"
    assert response.headers["Content-Security-Policy"].startswith("sandbox")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.content_type == "text/calendar"
    assert (await office.client.get(f"/chat/budi/files/{receipt}")).status == 404


async def test_stored_and_uploaded_documents_are_served(office: Office) -> None:
    (office.folder / "files" / "abc").write_bytes(b"disimpan")
    await office.upload("/chat/budi/files", b"diunggah")
    (letter,) = await office.letters()
    assert letter.upload is not None
    stored = await office.say("ani", Message(document=Document("a.pdf", "application/pdf", sha256="abc")), 1)
    sent = await office.say("ani", Message(document=Document("b", "bukan jenis", remote=letter.upload.remote)), 2)
    answers = [await office.client.get(f"/chat/ani/files/{line}") for line in (stored, sent)]
    assert [await answer.read() for answer in answers] == [b"disimpan", b"diunggah"]
    assert [answer.content_type for answer in answers] == ["application/pdf", "application/octet-stream"]


async def known(public: Office) -> str:
    """The cookie of somebody who comes for the first time."""
    public.client.session.cookie_jar.clear()
    cookie = (await public.client.get("/")).cookies["rumah_kedua"].value
    public.client.session.cookie_jar.clear()
    return cookie


async def test_a_picture_is_served_to_its_person_alone(public: Office) -> None:
    """Not to a stranger, not to somebody else who is known here, and not to whoever guesses its hash."""
    mine, other, sha256 = await known(public), await known(public), "c" * 64
    (public.folder / "files" / sha256).write_bytes(b"foto")
    address = address_of(mine.partition(".")[0])
    picture = Document("foto.jpg", "image/jpeg", sha256=sha256, alt="jembatan retak")
    line = await public.say(address, Message("Foto", document=picture))

    async def asks(cookie: str, path: str) -> tuple[int, bytes]:
        headers = {"Cookie": f"rumah_kedua={cookie}"} if cookie else {}
        async with public.client.get(path, headers=headers) as answer:
            return answer.status, await answer.read() if answer.status == 200 else b""

    assert await asks(mine, f"/chat/saya/files/{line}") == (200, b"foto")
    assert (await asks(other, f"/chat/saya/files/{line}"))[0] == 404
    assert (await asks("", f"/chat/saya/files/{line}"))[0] == 401
    for guess in (f"/chat/saya/files/{sha256}", f"/chat/{address}/files/{line}", f"/files/cc/{sha256}", f"/{sha256}"):
        assert (await asks(other, guess))[0] == 404, guess
    async with public.client.get("/chat/saya/messages", headers={"Cookie": f"rumah_kedua={mine}"}) as answer:
        (told,) = (await answer.json())["lines"]
    assert told["document"] == {"name": "foto.jpg", "type": "image/jpeg", "alt": "jembatan retak"}


async def test_a_document_that_is_gone_says_so(office: Office) -> None:
    gone = await office.say("ani", Message(document=Document("a.pdf", "application/pdf", sha256="tiada")), 1)
    plain = await office.say("ani", Message("tanpa berkas"), 2)
    for line in (gone, plain, "99", "x", "²"):
        assert (await office.client.get(f"/chat/ani/files/{line}")).status in (400, 404)
