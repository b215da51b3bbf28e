"""From one item of a webhook to what the person did or what became of a message, in old shapes and new ones."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.channels.channel import Delivery, Outcome, SendFailed, Unreadable
from bot.channels.whatsapp.split import Split, split
from bot.channels.whatsapp.updates import parse
from handlers.conversation.message import Incoming, Kind, Place, Upload

Json = dict[str, Any]
NUMBER, PHONE, BSUID = "106540352242922", "6281234567890", "ID.13491208655302741918"
METADATA = {"display_phone_number": "15550783881", "phone_number_id": NUMBER}
OLD_CONTACT: Json = {"profile": {"name": "Sari"}, "wa_id": PHONE}
CONTACT: Json = OLD_CONTACT | {"user_id": BSUID}
NAMELESS: Json = {"profile": {"name": "Sari", "username": "sari"}, "user_id": BSUID}
AT = datetime(2025, 6, 8, 20, 59, 43, tzinfo=UTC)
WAMID = "wamid.HBgLMTY0NjcwNDM1OTUVAgASGBQzQTdCNUJENDMzOTRCM0JGOEQ1NQA="


def body(value: Json, field: str = "messages") -> Json:
    change = {"field": field, "value": {"messaging_product": "whatsapp", "metadata": METADATA} | value}
    return {"object": "whatsapp_business_account", "entry": [{"id": "1029", "changes": [change]}]}


def message(content: Json, contact: Json | None = OLD_CONTACT) -> Json:
    """A message as it came until 2025: its sender is a phone number."""
    said = {"from": PHONE, "id": WAMID, "timestamp": "1749416383"} | content
    return body({"messages": [said]} | ({"contacts": [contact]} if contact else {}))


def halves(whole: Json) -> Split:
    return split(json.dumps(whole).encode(), NUMBER)


def understood(whole: Json) -> Incoming | Delivery:
    (arrival,) = halves(whole).arrivals
    return parse(arrival.raw)


def did(kind: Kind, **more: Any) -> Incoming:
    return Incoming("whatsapp", more.pop("address", PHONE), kind, **more)


def moved(also: str, **more: Any) -> Incoming:
    return did(Kind.MOVED, also=also, at=more.pop("at", AT), **more)


def said(text: str) -> Json:
    return {"type": "text", "text": {"body": text}}


def pressed(kind: str, **chosen: str) -> Json:
    return {"type": "interactive", "interactive": {"type": kind, kind: chosen}, "context": {"id": "wamid.x"}}


def media(kind: str, **more: str) -> Json:
    return {"type": kind, kind: {"id": "24230", "sha256": "x", "mime_type": "image/jpeg"} | more}


def sent(name: str, mime: str, *, kind: Kind = Kind.FILE, text: str = "") -> Incoming:
    return did(kind, text=text, upload=Upload("24230", name, mime, None))


UNSUPPORTED: Json = {"type": "unsupported", "errors": [{"code": 131051, "title": "Unsupported message type"}]}
FORWARDED = {"context": {"forwarded": True}}
OFTEN = {"context": {"frequently_forwarded": True}}
PDF = {"filename": "surat.pdf", "mime_type": "application/pdf", "caption": "ini"}

BARE = {"type": "document", "document": {"id": "24230"}}
SAID: dict[str, tuple[Json, Incoming]] = {
    "text": (said("halo"), did(Kind.TEXT, text="halo")),
    "half a surrogate pair": (said("a\ud800b\0"), did(Kind.TEXT, text="a�b�")),
    "emoji": (said("🙏🏽"), did(Kind.TEXT, text="🙏🏽")),
    "a reply": (said("ya") | {"context": {"from": "1", "id": "wamid.x"}}, did(Kind.TEXT, text="ya")),
    "an odd context": (said("ya") | {"context": [1]}, did(Kind.TEXT, text="ya")),
    "forwarded": (said("halo") | FORWARDED, did(Kind.TEXT, text="halo", forwarded=True)),
    "often forwarded": (said("halo") | OFTEN, did(Kind.TEXT, text="halo", forwarded=True)),
    "from an advertisement": (said("halo") | {"referral": {"source_id": "1"}}, did(Kind.TEXT, text="halo")),
    "a button": (pressed("button_reply", id="f.1.ya", title="Ya"), did(Kind.PRESS, token="f.1.ya")),
    "a row": (pressed("list_reply", id="f.1.a", title="A", description="b"), did(Kind.PRESS, token="f.1.a")),
    "a button without id": (pressed("button_reply", id="", title="Ya"), did(Kind.OTHER)),
    "a flow": (pressed("nfm_reply", response_json="{}"), did(Kind.OTHER)),
    "a button of a template": (
        {"type": "button", "button": {"payload": "f.1.ya", "text": "Ya"}},
        did(Kind.PRESS, token="f.1.ya"),
    ),
    "a button of a template without payload": ({"type": "button", "button": {"text": "Ya"}}, did(Kind.OTHER)),
    "document": (media("document", **PDF), sent("surat.pdf", "application/pdf", text="ini")),
    "document that says nothing of itself": (BARE, sent("berkas", "application/octet-stream")),
    "document with a long name": (media("document", filename="a" * 300), sent("a" * 255, "image/jpeg")),
    "image": (media("image"), sent("foto.jpg", "image/jpeg")),
    "image of another kind": (media("image", mime_type="image/png"), sent("foto.png", "image/png")),
    "voice": (
        media("audio", mime_type="audio/ogg; codecs=opus", voice="true"),
        sent("suara.ogg", "audio/ogg; codecs=opus", kind=Kind.VOICE),
    ),
    "voice of old": (media("voice", mime_type="audio/amr"), sent("suara.amr", "audio/amr", kind=Kind.VOICE)),
    "video": (media("video", mime_type="video/mp4", caption="ini"), sent("video.mp4", "video/mp4", text="ini")),
    "sticker": (media("sticker"), did(Kind.STICKER)),
    "location": (
        {"type": "location", "location": {"latitude": -7, "longitude": 109.5, "name": "Pasar Kajen"}},
        did(Kind.LOCATION, place=Place(-7.0, 109.5, "Pasar Kajen")),
    ),
    "half a location": ({"type": "location", "location": {"latitude": -7}}, did(Kind.LOCATION)),
    "contacts": ({"type": "contacts", "contacts": [{}]}, did(Kind.CONTACT)),
    "reaction": ({"type": "reaction", "reaction": {"emoji": "👍"}}, did(Kind.SILENT)),
    "revoked": ({"type": "revoke", "revoke": {"original_message_id": "wamid.x"}}, did(Kind.DELETED)),
    "edited": ({"type": "edit", "edit": {"original_message_id": "wamid.x"}}, did(Kind.EDITED)),
    "an interactive of errors": ({"type": "interactive", "errors": [{"code": 131051}]}, did(Kind.OTHER)),
    "a text that is none": ({"type": "text", "text": 5}, did(Kind.OTHER)),
    "a body that is none": ({"type": "text", "text": {"body": 5}}, did(Kind.OTHER)),
    "a file without id": ({"type": "image", "image": {}}, did(Kind.OTHER)),
    "a button that is none": ({"type": "button"}, did(Kind.OTHER)),
    "order": ({"type": "order", "order": {}}, did(Kind.OTHER)),
    "unsupported": (UNSUPPORTED, did(Kind.OTHER)),
    "something of next year": ({"type": "hologram"}, did(Kind.OTHER)),
    "no type at all": ({}, did(Kind.OTHER)),
    "an odd type": ({"type": ["text"]}, did(Kind.OTHER)),
    "opens the chat": ({"type": "request_welcome"}, did(Kind.OPENED)),
    "not handed on: edited": (UNSUPPORTED | {"unsupported": {"type": "edit"}}, did(Kind.EDITED)),
    "not handed on: pinned": (UNSUPPORTED | {"unsupported": {"type": "pin"}}, did(Kind.SILENT)),
    "not handed on: a poll": (UNSUPPORTED | {"unsupported": {"type": "poll_creation"}}, did(Kind.POLL)),
    "not handed on, and odd": (UNSUPPORTED | {"unsupported": {"type": ["pin"]}}, did(Kind.OTHER)),
    "a disappearing message": ({"type": "ephemeral", "errors": [{"code": 131051}]}, did(Kind.OTHER)),
}


@pytest.mark.parametrize("case", SAID)
def test_what_is_said_is_understood(case: str) -> None:
    content, expected = SAID[case]
    assert understood(message(content)) == replace(expected, at=AT)


def test_what_was_written_at_no_time_is_understood_all_the_same() -> None:
    assert understood(message(said("halo") | {"timestamp": "kemarin"})) == did(Kind.TEXT, text="halo")


OTHER_CONTACT = {"wa_id": "62899", "user_id": "ID.2"}
WHO: dict[str, tuple[Json, Json | None, tuple[str, str]]] = {
    "as of old": ({}, OLD_CONTACT, (PHONE, "")),
    "without contacts": ({}, None, (PHONE, "")),
    "with a plus sign": ({"from": f"+{PHONE}"}, None, (PHONE, "")),
    "BSUID in the message": ({"from_user_id": BSUID}, None, (BSUID, PHONE)),
    "BSUID in the contact": ({}, CONTACT, (BSUID, PHONE)),
    "BSUID and no number": ({"from_user_id": BSUID, "from": None}, NAMELESS, (BSUID, "")),
    "BSUID in the contact and no number": ({"from": None}, NAMELESS, (BSUID, "")),
    "a number only in the contact": ({"from": None, "from_user_id": BSUID}, CONTACT, (BSUID, PHONE)),
    "a contact alone": ({"from": None}, OLD_CONTACT, (PHONE, "")),
    "a number written in two ways": ({"from": "5219991"}, {"wa_id": "529991", "user_id": BSUID}, (BSUID, "5219991")),
    "somebody else's contact": ({"from_user_id": BSUID}, OTHER_CONTACT, (BSUID, PHONE)),
    "a BSUID that is none": ({"from_user_id": "12345"}, None, (PHONE, "")),
    "a BSUID of a wrong type": ({"from_user_id": 5}, None, (PHONE, "")),
}


@pytest.mark.parametrize("case", WHO)
def test_a_person_is_named_by_bsuid_first_and_phone_second(case: str) -> None:
    content, contact, (address, also) = WHO[case]
    assert understood(message(said("halo") | content, contact)) == did(
        Kind.TEXT, address=address, also=also, text="halo", at=AT
    )


def system(kind: str, more: Json | None = None, **system: str) -> Json:
    return message({"type": "system", "system": {"type": kind} | system} | (more or {}), None)


def preference(**more: Any) -> Json:
    item = {"wa_id": PHONE, "detail": "x", "category": "marketing_messages", "value": "stop", "timestamp": 1731705721}
    return body({"contacts": [OLD_CONTACT], "user_preferences": [item | more]}, "user_preferences")


def renamed(previous: str, current: str) -> Json:
    names = {"previous": previous, "current": current}
    return body({"user_id_update": [{"user_id": names, "timestamp": "1749416383"}]}, "user_id_update")


RENAMED = f"User Sari changed from {BSUID} to ID.2"
QUIET = did(Kind.SILENT, address="")
OTHERS: dict[str, tuple[Json, Incoming]] = {
    "a new number, as of old": (
        system("customer_changed_number", new_wa_id="62899"),
        moved("62899"),
    ),
    "a new number": (system("user_changed_number", wa_id="62899"), moved("62899")),
    "a new number and BSUID": (
        system("user_changed_number", wa_id="62899", user_id="ID.2"),
        moved("ID.2"),
    ),
    "a new BSUID for an old one": (
        system("user_changed_number", {"from_user_id": BSUID}, wa_id="62899", user_id="ID.2"),
        moved("ID.2", address=BSUID),
    ),
    "the new BSUID as the sender": (
        system("user_changed_number", {"from_user_id": "ID.2"}, wa_id="62899", user_id="ID.2"),
        moved("ID.2"),
    ),
    "a BSUID that changed": (
        system("user_changed_user_id", {"from": None}, user_id="ID.2", body=RENAMED),
        moved("ID.2", address=BSUID),
    ),
    "a new number at no time": (
        system("user_changed_number", {"timestamp": "yesterday"}, wa_id="62899"),
        moved("62899", at=None),
    ),
    "a new number nobody tells": (system("user_changed_number"), QUIET),
    "a system message about nothing": (message({"type": "system"}, None), QUIET),
    "another system message": (system("customer_identity_changed", body="x"), QUIET),
    "BSUIDs before and now": (renamed(BSUID, "ID.2"), moved("ID.2", address=BSUID)),
    "BSUIDs that are the same": (renamed(BSUID, BSUID), QUIET),
    "stop": (preference(), did(Kind.OPTED_OUT, text="stop")),
    "stop by BSUID": (preference(user_id=BSUID), did(Kind.OPTED_OUT, address=BSUID, text="stop", also=PHONE)),
    "resume": (preference(value="resume"), did(Kind.OPTED_IN, text="resume")),
    "an odd wish": (preference(value=["stop"]), did(Kind.SILENT)),
    "another preference": (preference(category="calls"), did(Kind.SILENT)),
    "an empty change": (body({}), QUIET),
}


@pytest.mark.parametrize("case", OTHERS)
def test_everything_else_is_understood(case: str) -> None:
    update, expected = OTHERS[case]
    assert understood(update) == expected


def status(state: str, **more: Any) -> Json:
    told = {"id": WAMID, "status": state, "timestamp": "1749416383", "recipient_id": PHONE} | more
    return body({"statuses": [told]})


CLOSED = SendFailed(Outcome.REFUSED, "131047: the window is closed", window_closed=True)
OLD_ERROR = {"code": 131047, "title": "Re-engagement message", "href": "https://developers.facebook.com/"}
DELIVERIES: dict[str, tuple[Json, Delivery]] = {
    "sent": (status("sent", conversation={"id": "x"}), Delivery("whatsapp", WAMID, None, "sent", AT, None, (PHONE,))),
    "delivered": (
        status("delivered", biz_opaque_callback_data="rk-17", recipient_user_id=BSUID),
        Delivery("whatsapp", WAMID, 17, "delivered", AT, None, (PHONE, BSUID)),
    ),
    "read": (status("read", timestamp=1749416383), Delivery("whatsapp", WAMID, None, "read", AT, None, (PHONE,))),
    "failed": (
        status("failed", errors=[OLD_ERROR], biz_opaque_callback_data="rk-17"),
        Delivery("whatsapp", WAMID, 17, "failed", AT, CLOSED, (PHONE,)),
    ),
    "failed without a reason": (
        status("failed"),
        Delivery("whatsapp", WAMID, None, "failed", AT, SendFailed(Outcome.REFUSED, "failed without a code"), (PHONE,)),
    ),
    "somebody else's number": (
        status("sent", biz_opaque_callback_data="rk-1x"),
        Delivery("whatsapp", WAMID, None, "sent", AT, None, (PHONE,)),
    ),
    "a number too long to be ours": (
        status("sent", biz_opaque_callback_data=f"rk-{'1' * 19}"),
        Delivery("whatsapp", WAMID, None, "sent", AT, None, (PHONE,)),
    ),
}


@pytest.mark.parametrize("case", DELIVERIES)
def test_a_status_tells_what_became_of_a_message(case: str) -> None:
    update, expected = DELIVERIES[case]
    assert understood(update) == expected


@pytest.mark.parametrize("state", ["deleted", "warning", "played"])
def test_nobody_waits_for_other_states(state: str) -> None:
    assert understood(status(state)) == QUIET


UNREADABLE: dict[str, Json] = {
    "nobody": message(said("halo") | {"from": None}, None),
    "a message that is none": body({"messages": [5]}),
    "messages that are none": body({"messages": 5}),
    "a status without message": status("sent", id=None),
    "a status without state": status("sent", status=5),
    "a status of no time": status("sent", timestamp=None),
    "a status of an impossible time": status("sent", timestamp="99999999999999"),
    "a status after the calendar": status("sent", timestamp=253_402_300_800),
    "a status before time": status("sent", timestamp=-1),
    "a status of an endless time": status("sent", timestamp=float("inf")),
    "a preference of nobody": body({"user_preferences": [{"value": "stop"}]}, "user_preferences"),
    "an entry that is none": {"entry": [5]},
    "a change that is none": {"entry": [{"changes": [5]}]},
    "no entry at all": {},
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_what_nothing_can_be_made_of_is_unreadable(case: str) -> None:
    with pytest.raises(Unreadable):
        understood(UNREADABLE[case])
