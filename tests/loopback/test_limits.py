"""Every published limit: what just fits is sent, what just does not is refused and noted."""

import io

import pytest
from aiohttp import ClientSession, FormData

from .bot_api import BotApi
from .calls import Call, Json, Refused, Upload
from .crowd import Phone
from .formatting import as_seen
from .limits import MEGABYTE, Breach, check


def button(**fields: str) -> Json:
    return {"text": "Halo", "reply_markup": {"inline_keyboard": [[fields]]}}


def command(name: str, description: str = "Minta waktu bertemu") -> Json:
    return {"commands": [{"command": name, "description": description}]}


def link(payload: str) -> Json:
    return button(text="Buka", url=f"https://t.me/rumah_kedua_bot?start={payload}")


# the method, what fits, what does not, what the note says
LIMITS: dict[str, tuple[str, Json, Json, str]] = {
    "text": ("sendMessage", {"text": "x" * 4096}, {"text": "x" * 4097}, "4097 characters"),
    "empty text": ("sendMessage", {"text": "."}, {"text": " \n"}, "the text is empty"),
    "formatted text": (
        "sendMessage",
        {"text": "<b>" + "x" * 4096 + "</b>", "parse_mode": "HTML"},
        {"text": "<b>" + "x" * 4097 + "</b>", "parse_mode": "HTML"},
        "4097 characters",
    ),
    "edited text": ("editMessageText", {"text": "x"}, {"text": "x" * 4097}, "4097 characters"),
    "caption": ("sendDocument", {"caption": "x" * 1024}, {"caption": "x" * 1025}, "1025 characters"),
    "callback data in bytes": (
        "sendMessage",
        button(text="Ya", callback_data="é" * 32),
        button(text="Ya", callback_data="é" * 33),
        "66 bytes",
    ),
    "no callback data": (
        "sendMessage",
        button(text="Ya", callback_data="y"),
        button(text="Ya", callback_data=""),
        "0 bytes",
    ),
    "label": (
        "sendMessage",
        button(text="Ya", callback_data="y"),
        button(text="", callback_data="y"),
        "has no text",
    ),
    "idle button": ("sendMessage", button(text="Ya", callback_data="y"), button(text="Ya"), "does nothing"),
    "start payload": ("sendMessage", link("A-z_9" * 12), link("a" * 65), "start payload"),
    "start payload's letters": ("sendMessage", link("gabung"), link("gabung.1"), "start payload"),
    "keyboard": (
        "sendMessage",
        {"text": "Halo", "reply_markup": {"remove_keyboard": True}},
        {"text": "Halo", "reply_markup": "{inline"},
        "not the JSON of a keyboard",
    ),
    "rows": (
        "sendMessage",
        {"text": "Halo", "reply_markup": {"inline_keyboard": []}},
        {"text": "Halo", "reply_markup": {"inline_keyboard": [{"text": "Ya"}]}},
        "not a list of rows",
    ),
    "answer to a tap": ("answerCallbackQuery", {"text": "x" * 200}, {"text": "x" * 201}, "201 characters"),
    "command": ("setMyCommands", command("a" * 32), command("a" * 33), "1 to 32"),
    "command's letters": ("setMyCommands", command("minta_waktu1"), command("Audiensi"), "1 to 32"),
    "description": ("setMyCommands", command("a", "x" * 256), command("a", "x" * 257), "257 characters"),
    "number of commands": (
        "setMyCommands",
        {"commands": command("a")["commands"] * 100},
        {"commands": command("a")["commands"] * 101},
        "101 commands",
    ),
    "chat action": ("sendChatAction", {"action": "typing"}, {"action": "singing"}, "not a chat action"),
    "webhook secret": (
        "setWebhook",
        {"secret_token": "a" * 256},
        {"secret_token": "rahasia!"},
        "secret of the webhook",
    ),
}


@pytest.mark.parametrize("limit", LIMITS)
def test_what_just_fits_passes_and_what_just_does_not_is_noted(limit: str) -> None:
    method, fits, breaks, sentence = LIMITS[limit]
    check(Call(method, {"chat_id": 42} | fits))
    with pytest.raises(Breach) as caught:
        check(Call(method, {"chat_id": 42} | breaks))
    assert caught.value.sentence.startswith(f"{method} to 42: ")
    assert sentence in caught.value.sentence


@pytest.mark.parametrize(
    "text", ["a < b", "<script>x</script>", "<b>tebal", "<b><i>silang</b></i>", "selesai</b>", "<br>"]
)
def test_formatting_telegram_cannot_parse_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="can't parse entities"):
        as_seen(text, "HTML")


def test_a_text_without_formatting_is_seen_as_it_is() -> None:
    assert as_seen("a < b & <b>", None) == "a < b & <b>"
    assert as_seen('<a href="https://x.id">tautan</a> &lt;3', "HTML") == "tautan <3"


@pytest.mark.parametrize(("method", "most"), [("sendDocument", 50), ("sendPhoto", 10)])
def test_an_upload_has_a_largest_size(method: str, most: int) -> None:
    check(Call(method, {"chat_id": 42}, {"file": Upload("surat.pdf", "application/pdf", most * MEGABYTE, b"")}))
    with pytest.raises(Breach, match="Entity Too Large") as caught:
        check(Call(method, {}, {"file": Upload("surat.pdf", "application/pdf", most * MEGABYTE + 1, b"")}))
    assert caught.value.code == 413
    assert f"at most {most * MEGABYTE} are allowed" in caught.value.sentence


async def test_a_large_upload_is_measured_but_not_kept(api: BotApi, sari: Phone) -> None:
    form = FormData({"chat_id": "42"})
    form.add_field("document", io.BytesIO(bytes(3 * MEGABYTE)), filename="surat.pdf")
    async with ClientSession() as session:
        await session.post(f"{api.url}/bot{api.token}/sendDocument", data=form)
    (screen,) = sari.screens
    assert screen.file is not None
    assert (screen.file.size, screen.file.content) == (3 * MEGABYTE, b"")


async def test_a_breach_is_answered_as_telegram_would(api: BotApi, sari: Phone) -> None:
    said = {"chat_id": 42, "text": "x" * 4097}
    async with (
        ClientSession() as session,
        session.post(f"{api.url}/bot{api.token}/sendMessage", json=said) as answer,
    ):
        told = await answer.json()
    assert told == {"ok": False, "error_code": 400, "description": "Bad Request: message is too long"}
    assert (sari.screens, api.calls[0].outcome) == ([], "Bad Request: message is too long")
    assert api.violations == ["sendMessage to 42: the text has 4097 characters, at most 4096 are allowed"]
