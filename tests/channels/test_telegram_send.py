"""What became of a send: every row of the error table, and what arrives when all goes well."""

import logging
from datetime import timedelta

import pytest

from bot.channels.channel import SendFailed
from bot.channels.telegram import Telegram
from handlers.conversation.message import Button, Document, Message
from tests.channels.conftest import Folder
from tests.channels.telegram_table import (
    EMPTY,
    HALO,
    REFUSED,
    RETRY,
    TABLE,
    UNKNOWN,
    WORDS,
    bad_request,
    fails,
    html,
    parcel,
)
from tests.loopback.bot_api import TOKEN, BotApi
from tests.loopback.crowd import Phone
from tests.loopback.faults import BAD_JSON, DROPPED_AFTER, WRONG_SHAPE, WRONG_TOKEN, Fault, too_many

LIST = Fault("a list", status=500, body=b"[]")
NO_RESULT = Fault("no result", effect=True, body=b'{"ok": true}')


@pytest.mark.usefixtures("sari")
@pytest.mark.parametrize("case", TABLE)
async def test_every_row_of_the_table_has_its_outcome(api: BotApi, telegram: Telegram, case: str) -> None:
    row = TABLE[case]
    api.faults.next("sendMessage", row.fault)
    failed = await fails(telegram)
    assert failed == SendFailed(row.outcome, failed.reason, **row.more)
    assert TOKEN not in failed.reason
    assert WORDS not in failed.reason


@pytest.mark.usefixtures("sari")
@pytest.mark.parametrize("fault", [WRONG_SHAPE, LIST, NO_RESULT, EMPTY], ids=lambda fault: fault.name)
async def test_an_answer_of_an_odd_shape_may_mean_it_was_sent(api: BotApi, telegram: Telegram, fault: Fault) -> None:
    api.faults.next("sendMessage", fault)
    assert (await fails(telegram)).outcome is UNKNOWN


async def test_a_receipt_is_the_number_of_the_message(api: BotApi, telegram: Telegram, sari: Phone) -> None:
    message = Message("Pilih", (Button("f.1.ya", "Ya"),), (Button("f.1.batal", "Batal"),))
    assert await telegram.send(parcel(), message) == str(sari.screen.message_id)
    assert str(sari.screen) == "Pilih\n[Ya]\n[Batal]"
    assert api.violations == []


async def test_a_wait_asked_of_one_press_concerns_that_chat_alone(api: BotApi, telegram: Telegram) -> None:
    api.faults.next("answerCallbackQuery", too_many(7))
    failed = await fails(telegram, Message("Ya", query="1"))
    assert (failed.outcome, failed.after, failed.whole_channel) == (RETRY, timedelta(seconds=7), False)


async def test_an_old_press_is_refused_quietly(api: BotApi, telegram: Telegram) -> None:
    too_old = bad_request("query is too old and response timeout expired or query ID is invalid")
    api.faults.next("answerCallbackQuery", too_old)
    failed = await fails(telegram, Message("Ya", query="1"))
    assert failed == SendFailed(REFUSED, failed.reason)


@pytest.mark.usefixtures("sari")
async def test_what_is_as_it_should_be_already_is_success(api: BotApi, telegram: Telegram) -> None:
    api.faults.next("sendMessage", bad_request("message is not modified: specified new message content"))
    assert await telegram.send(parcel(), HALO) == ""


async def test_a_press_is_answered_and_a_menu_set(api: BotApi, telegram: Telegram, sari: Phone) -> None:
    await telegram.send(parcel(), Message("Pilih", (Button("f.1.ya", "Ya"),)))
    tap = await sari.taps("Ya")
    assert await telegram.send(parcel(), Message("Tersimpan", query=tap.id)) == ""
    assert await tap.answer() == "Tersimpan"
    assert await telegram.send(parcel(), Message(menu=(("antrean", "Antrean"),))) == ""
    (call,) = api.calls_of("setMyCommands")
    assert call.params["scope"] == {"type": "chat", "chat_id": 42}


@pytest.mark.parametrize("name", ["undangan rapat.ics", "Undangan – Pak “Budi”.ics", "a'b.ics", "🙏.ics"])
async def test_a_file_arrives_with_its_name_type_and_bytes(telegram: Telegram, sari: Phone, name: str) -> None:
    document = Document(name, "text/calendar", content="BEGIN:VCALENDAR\r\n🙏")
    assert await telegram.send(parcel(), Message("Undangan", document=document)) == str(sari.screen.message_id)
    upload = sari.screen.file
    assert upload is not None
    assert (upload.name, upload.mime, upload.content.decode()) == (name, "text/calendar", document.content)
    assert sari.screen.text == "Undangan"


async def test_a_stored_file_arrives(telegram: Telegram, sari: Phone, files: Folder) -> None:
    content = bytes(range(256)) * 8192
    files.path("ab12").write_bytes(content)
    await telegram.send(parcel(), Message(document=Document("surat.pdf", "application/pdf\r\nX: y", sha256="ab12")))
    upload = sari.screen.file
    assert upload is not None
    assert (upload.mime, upload.size) == ("application/pdf", len(content))


async def test_a_picture_to_be_seen_goes_as_a_photo(telegram: Telegram, sari: Phone, files: Folder) -> None:
    files.path("ab12").write_bytes(b"foto")
    picture = Document("foto-1.jpg", "image/jpeg", sha256="ab12", alt="jembatan retak")
    await telegram.send(parcel(), Message("Berkas 1", document=picture))
    assert sari.screen.file is not None
    assert (sari.screen.method, sari.screen.text, sari.screen.file.size) == ("sendPhoto", "Berkas 1", 4)


@pytest.mark.usefixtures("sari")
@pytest.mark.parametrize(("sha256", "reason"), [("hilang", "missing"), ("besar", "larger"), ("a\0b", "cannot")])
async def test_a_stored_file_that_cannot_go_is_refused(
    telegram: Telegram, files: Folder, sha256: str, reason: str
) -> None:
    with files.path("besar").open("wb") as large:
        large.truncate(50 * 1024 * 1024 + 1)
    failed = await fails(telegram, Message(document=Document("a", "b/c", sha256=sha256)))
    assert failed.outcome is REFUSED
    assert reason in failed.reason


async def test_a_file_telegram_has_is_sent_again_as_what_it_is(api: BotApi, telegram: Telegram, sari: Phone) -> None:
    await sari.sends_photo()
    await sari.sends_document("surat.pdf")
    for raw in [update.body for update in api.updates.pending]:
        upload = telegram.parse(raw).upload
        assert upload is not None
        document = Document(upload.name, upload.type, remote=upload.remote)
        await telegram.send(parcel(), Message("Surat", document=document))
    assert [screen.method for screen in sari.screens] == ["sendPhoto", "sendDocument"]


@pytest.mark.parametrize("message", [Message(), Message("a", (Button("\ud800", "Ya"),)), Message("a" * 5000)])
async def test_what_cannot_be_rendered_is_never_sent(api: BotApi, telegram: Telegram, message: Message) -> None:
    assert (await fails(telegram, message)).outcome is REFUSED
    assert not api.calls


async def test_nothing_of_token_address_or_words_is_logged(
    api: BotApi, telegram: Telegram, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for fault in (BAD_JSON, html(502), html(403), DROPPED_AFTER, WRONG_TOKEN):
        api.faults.next("sendMessage", fault)
        await fails(telegram)
    logged = " ".join(record.getMessage() for record in caplog.records)
    assert TOKEN not in logged
    assert WORDS not in logged
