"""From the bytes of an update to what the person did, and from anything at all to a polite refusal."""

import json
import traceback
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.channel import Unreadable
from bot.channels.telegram.groups import Me
from bot.channels.telegram.updates import arrival, parse
from handlers.conversation.message import Incoming, Kind, Place, Upload

ME = Me(7000000001, "rumah_kedua_bot")
SARI = {"id": 42, "is_bot": False, "first_name": "Sari"}
BOT = {"id": 7000000001, "is_bot": True, "first_name": "Rumah Kedua", "username": "rumah_kedua_bot"}
OTHER_BOT = {"id": 9, "is_bot": True, "first_name": "Lain"}
PRIVATE = {"id": 42, "type": "private"}
GROUP = {"id": -100123, "type": "supergroup", "title": "Grup"}
Json = dict[str, Any]


def understood(update: object, me: Me = ME) -> Incoming:
    return parse(json.dumps(update).encode(), me)


def message(content: Json, chat: Json = PRIVATE, sender: Json | None = SARI) -> Json:
    who = {"from": sender} if sender else {}
    return {"update_id": 5, "message": {"message_id": 1, "date": 1, "chat": chat} | who | content}


def did(kind: Kind, **more: Any) -> Incoming:
    return Incoming("telegram", more.pop("address", "42"), kind, **more)


def pdf(**more: Any) -> Json:
    return {"file_id": "BQAC", "file_unique_id": "u", **more}


PHOTO = [
    {"file_id": "kecil", "width": 90, "height": 60, "file_size": 900},
    {"file_id": "besar", "width": 1280, "height": 853, "file_size": 90000},
    {"file_id": "sedang", "width": 320, "height": 213, "file_size": 9000},
]
ORIGIN = {"type": "hidden_user", "sender_user_name": "x", "date": 1}
MEGABYTE = 1024 * 1024

IN_PRIVATE: dict[str, tuple[Json, Incoming]] = {
    "text": ({"text": "halo"}, did(Kind.TEXT, text="halo")),
    "command": ({"text": "/menu"}, did(Kind.TEXT, text="/menu")),
    "command with our name": ({"text": "/cek@rumah_kedua_bot A"}, did(Kind.TEXT, text="/cek@rumah_kedua_bot A")),
    "half a surrogate pair": ({"text": "a\ud800b\0"}, did(Kind.TEXT, text="a�b�")),
    "emoji": ({"text": "🙏🏽"}, did(Kind.TEXT, text="🙏🏽")),
    "forwarded": ({"text": "halo", "forward_origin": ORIGIN}, did(Kind.TEXT, text="halo", forwarded=True)),
    "forwarded, as once written": ({"text": "halo", "forward_date": 1}, did(Kind.TEXT, text="halo", forwarded=True)),
    "via another bot": ({"text": "halo", "via_bot": OTHER_BOT}, did(Kind.TEXT, text="halo")),
    "a reply": ({"text": "ya", "reply_to_message": {"x": 1}}, did(Kind.TEXT, text="ya")),
    "document": (
        {"document": pdf(file_name="surat.pdf", mime_type="application/pdf", file_size=1000), "caption": "ini"},
        did(Kind.FILE, text="ini", upload=Upload("BQAC", "surat.pdf", "application/pdf", 1000)),
    ),
    "document that says nothing of itself": (
        {"document": pdf()},
        did(Kind.FILE, upload=Upload("BQAC", "berkas", "application/octet-stream", None)),
    ),
    "document of 25 MB": (
        {"document": pdf(file_name="a", mime_type="b/c", file_size=25 * MEGABYTE)},
        did(Kind.FILE, upload=Upload("BQAC", "a", "b/c", 25 * MEGABYTE)),
    ),
    "document of an impossible size": (
        {"document": pdf(file_name="a" * 300, mime_type="b/c", file_size=2**60)},
        did(Kind.FILE, upload=Upload("BQAC", "a" * 255, "b/c", None)),
    ),
    "photo": ({"photo": PHOTO}, did(Kind.FILE, upload=Upload("photo:besar", "foto.jpg", "image/jpeg", 90000))),
    "animation, which is a document too": ({"animation": pdf(), "document": pdf()}, did(Kind.OTHER)),
    "voice": (
        {"voice": pdf(duration=42, mime_type="audio/ogg", file_size=900)},
        did(Kind.VOICE, upload=Upload("BQAC", "suara.ogg", "audio/ogg", 900, 42)),
    ),
    "voice of an impossible length": (
        {"voice": pdf(duration=2**70)},
        did(Kind.VOICE, upload=Upload("BQAC", "suara.ogg", "audio/ogg", None)),
    ),
    "audio": (
        {"audio": pdf(file_name="rapat.m4a", mime_type="audio/mp4", duration=3)},
        did(Kind.VOICE, upload=Upload("BQAC", "rapat.m4a", "audio/mp4", None, 3)),
    ),
    "video": (
        {"video": pdf(duration=9), "caption": "ini"},
        did(Kind.FILE, text="ini", upload=Upload("BQAC", "video.mp4", "video/mp4", None, 9)),
    ),
    "video note": ({"video_note": pdf()}, did(Kind.FILE, upload=Upload("BQAC", "video.mp4", "video/mp4", None))),
    "photo of an album": (
        {"photo": PHOTO, "media_group_id": "13"},
        did(Kind.FILE, upload=Upload("photo:besar", "foto.jpg", "image/jpeg", 90000), album="13"),
    ),
    "sticker": ({"sticker": pdf()}, did(Kind.STICKER)),
    "location": (
        {"location": {"latitude": -7, "longitude": 109.5}},
        did(Kind.LOCATION, place=Place(-7.0, 109.5)),
    ),
    "location on no globe": ({"location": {"latitude": 91, "longitude": 10**400}}, did(Kind.LOCATION)),
    "venue": (
        {"venue": {"location": {"latitude": -7, "longitude": 109}, "title": "Pasar Kajen"}, "location": {}},
        did(Kind.LOCATION, place=Place(-7.0, 109.0, "Pasar Kajen")),
    ),
    "venue that says nothing of itself": ({"venue": {}, "location": {}}, did(Kind.LOCATION)),
    "contact": ({"contact": {"phone_number": "+620000000000"}}, did(Kind.CONTACT)),
    "poll": ({"poll": {"id": "1"}}, did(Kind.POLL)),
    "dice": ({"dice": {"emoji": "🎲", "value": 3}}, did(Kind.OTHER)),
    "something of next year": ({"hologram": {}}, did(Kind.OTHER)),
    "a text that is none": ({"text": None}, did(Kind.OTHER)),
    "a file that is a text": ({"document": "x"}, did(Kind.OTHER)),
    "a file without id": ({"voice": {"duration": 3}}, did(Kind.OTHER)),
    "a photo without sizes": ({"photo": [], "caption": "ini"}, did(Kind.OTHER)),
    "a photo of texts": ({"photo": ["x"]}, did(Kind.OTHER)),
    "a caption that is none": (
        {"photo": PHOTO, "caption": 5},
        did(Kind.FILE, upload=Upload("photo:besar", "foto.jpg", "image/jpeg", 90000)),
    ),
    "a name that is none": (
        {"document": pdf(file_name=5, mime_type=None)},
        did(Kind.FILE, upload=Upload("BQAC", "berkas", "application/octet-stream", None)),
    ),
    "pinned": ({"pinned_message": {}}, did(Kind.SILENT)),
    "auto-delete timer": ({"message_auto_delete_timer_changed": {}}, did(Kind.SILENT)),
}


@pytest.mark.parametrize("case", IN_PRIVATE)
def test_what_is_said_in_private_is_understood(case: str) -> None:
    content, expected = IN_PRIVATE[case]
    assert understood(message(content)) == expected


def pressed(**more: Any) -> Json:
    return {"update_id": 5, "callback_query": {"id": "77", "from": SARI, "data": "f.1.ya"} | more}


def member(status: object, chat: Json = PRIVATE) -> Json:
    change = {"chat": chat, "from": SARI, "new_chat_member": {"status": status, "user": BOT}}
    return {"update_id": 5, "my_chat_member": change}


def edited(content: Json, chat: Json = PRIVATE) -> Json:
    return {"update_id": 5, "edited_message": {"message_id": 1, "chat": chat, "from": SARI} | content}


PRESS = did(Kind.PRESS, token="f.1.ya", query="77")
PRESS_IN_GROUP = did(Kind.GROUP, address="-100123", token="f.1.ya", query="77")
OTHERS: dict[str, tuple[Json, Incoming]] = {
    "press": (pressed(message={"message_id": 1, "date": 9, "chat": PRIVATE}), PRESS),
    "press on a deleted message": (pressed(message={"message_id": 1, "date": 0, "chat": {"id": 42}}), PRESS),
    "press without a message": (pressed(inline_message_id="x"), PRESS),
    "press without id": (pressed(id=None, message={"chat": PRIVATE}), did(Kind.PRESS, token="f.1.ya")),
    "press that is none": (pressed(data=5, message={"chat": PRIVATE}), did(Kind.PRESS, query="77")),
    "press without data": (pressed(data="", message={"chat": PRIVATE}), did(Kind.PRESS, query="77")),
    "press in a group": (pressed(message={"chat": GROUP}), PRESS_IN_GROUP),
    "press in a topic": (
        pressed(message={"chat": GROUP, "message_thread_id": 7, "is_topic_message": True}),
        did(Kind.GROUP, address="-100123:7", token="f.1.ya", query="77"),
    ),
    "press on a deleted message of a group": (pressed(message={"chat": {"id": -100123}}), PRESS_IN_GROUP),
    "edited": (edited({"text": "ralat"}), did(Kind.EDITED)),
    "edited in a group": (edited({"text": "ralat"}, GROUP), did(Kind.SILENT, address="-100123")),
    "a live location moves": (edited({"location": {}}), did(Kind.SILENT)),
    "blocked": (member("kicked"), did(Kind.BLOCKED)),
    "unblocked": (member("member"), did(Kind.UNBLOCKED)),
    "something else": (member("restricted"), did(Kind.SILENT)),
    "an odd status": (member(["kicked"]), did(Kind.SILENT)),
    "taken into a group": (member("member", GROUP), did(Kind.SILENT, address="-100123")),
    "thrown out of a group": (member("kicked", GROUP), did(Kind.SILENT, address="-100123")),
    "another bot": (message({"text": "halo"}, sender=OTHER_BOT), did(Kind.SILENT)),
    "nobody": (message({"text": "halo"}, sender=None), did(Kind.SILENT)),
    "channel": ({"update_id": 5, "channel_post": {"text": "x"}}, did(Kind.SILENT, address="")),
    "inline": ({"update_id": 5, "inline_query": {"query": "x"}}, did(Kind.SILENT, address="")),
}


@pytest.mark.parametrize("case", OTHERS)
def test_what_is_no_message_is_understood(case: str) -> None:
    update, expected = OTHERS[case]
    assert understood(update) == expected


SECRET = "kata-rahasia-sari"
UNREADABLE: dict[str, object] = {
    "a list": [SECRET],
    "a text": SECRET,
    "nothing known": {"update_id": 5, "hologram": SECRET},
    "only an id": {"update_id": 5},
    "a message that is a text": {"message": SECRET},
    "no chat": {"message": {"from": SARI, "text": SECRET}},
    "a chat without id": message({"text": SECRET}, {"type": "private", "title": SECRET}),
    "a chat whose id is a text": message({"text": "x"}, {"id": SECRET, "type": "private"}),
    "a chat whose id is true": message({"text": SECRET}, {"id": True, "type": "private"}),
    "a chat beyond 52 bits": message({"text": SECRET}, {"id": 2**52, "type": "private"}),
    "a press of nobody": {"callback_query": {"id": "7", "data": SECRET}},
    "a membership without status": {"my_chat_member": {"chat": PRIVATE, "old": SECRET}},
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_what_cannot_be_read_says_so_without_anybodys_words(case: str) -> None:
    with pytest.raises(Unreadable) as fault:
        understood(UNREADABLE[case])
    assert SECRET not in "".join(traceback.format_exception_only(fault.value))


NO_JSON = [b"", b"{", b"\xff\xfe\x00", b"[" * 100_000, b'{"update_id":' + b"9" * 5000 + b"}"]


@pytest.mark.parametrize("raw", NO_JSON, ids=range(len(NO_JSON)))
def test_what_is_no_json_is_unreadable(raw: bytes) -> None:
    with pytest.raises(Unreadable, match="not JSON"):
        parse(raw, ME)


def test_the_key_is_the_number_of_the_update() -> None:
    assert arrival(b"raw", {"update_id": 5}).key == "5"


@pytest.mark.parametrize("update", [{}, [], None, {"update_id": "5"}, {"update_id": True}, {"update_id": 5.0}])
def test_without_a_number_the_key_is_the_hash_of_the_bytes(update: object) -> None:
    first, again, other = arrival(b"raw", update), arrival(b"raw", update), arrival(b"war", update)
    assert first.key.startswith("odd-")
    assert (first.key == again.key, first.key == other.key) == (True, False)


FIELDS = [
    *("message", "edited_message", "callback_query", "my_chat_member", "chat", "from", "text", "caption", "photo"),
    *("document", "entities", "id", "type", "data", "file_id", "file_size", "status", "new_chat_member", "offset"),
    *("length", "user", "reply_to_message", "is_bot", "location", "update_id", "width", "height", "file_name"),
    *("voice", "video", "venue", "latitude", "longitude", "duration", "title", "media_group_id"),
]
NAMES = st.sampled_from(["private", "supergroup", "mention", "bot_command", "text_mention", "kicked", "\ud800", "\0"])
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | NAMES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=8),
    max_leaves=30,
)
CHATS = st.sampled_from([PRIVATE, GROUP, {"id": 42}, {"type": "private"}]) | ANY
CONTENT = st.dictionaries(st.sampled_from(FIELDS), ANY, max_size=8)
MESSAGES = st.builds(lambda content, chat, sender: {"chat": chat, "from": sender} | content, CONTENT, CHATS, CHATS)
ASKED = st.sampled_from(["message", "edited_message", "callback_query", "my_chat_member"])
UPDATES = st.dictionaries(ASKED, MESSAGES | ANY, min_size=1)


@given(ANY | UPDATES)
def test_any_json_is_understood_or_unreadable(update: object) -> None:
    """And what is understood can be written to any database."""
    try:
        incoming = understood(update)
    except Unreadable:
        return
    assert isinstance(incoming.kind, Kind)
    assert b"\0" not in (incoming.text + incoming.token + incoming.query).encode()


@given(st.binary())
def test_any_bytes_are_unreadable(raw: bytes) -> None:
    with pytest.raises(Unreadable):
        parse(raw, ME)
