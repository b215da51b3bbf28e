"""In a group: what is meant for us, who may have meant it, and where they are answered."""

from typing import Any

import pytest

from bot.channels.telegram.groups import Me
from handlers.conversation.message import Kind
from tests.channels.test_telegram_parse import BOT, GROUP, OTHER_BOT, PHOTO, SARI, Json, did, message, understood

NOBODY = Me(7000000001)


def entity(kind: str, length: int, offset: int = 0, **more: Any) -> Json:
    return {"type": kind, "offset": offset, "length": length, **more}


IN_GROUP: dict[str, tuple[Json, Kind]] = {
    "talk among people": ({"text": "halo semua"}, Kind.SILENT),
    "a command": ({"text": "/menu", "entities": [entity("bot_command", 5)]}, Kind.GROUP),
    "a command for us": ({"text": "/menu@Rumah_Kedua_Bot", "entities": [entity("bot_command", 21)]}, Kind.GROUP),
    "a command for another": ({"text": "/menu@lain_bot", "entities": [entity("bot_command", 14)]}, Kind.SILENT),
    "our name": ({"text": "🙏 @rumah_kedua_bot", "entities": [entity("mention", 16, 3)]}, Kind.GROUP),
    "another name": ({"text": "@rumah_tetangga_b", "entities": [entity("mention", 17)]}, Kind.SILENT),
    "our name in a caption": (
        {"photo": PHOTO, "caption": "@rumah_kedua_bot", "caption_entities": [entity("mention", 16)]},
        Kind.GROUP,
    ),
    "us by link": ({"text": "Rumah", "entities": [entity("text_mention", 5, user=BOT)]}, Kind.GROUP),
    "another by link": ({"text": "Sari", "entities": [entity("text_mention", 4, user=SARI)]}, Kind.SILENT),
    "an answer to us": ({"text": "ya", "reply_to_message": {"from": BOT}}, Kind.GROUP),
    "an answer to another": ({"text": "ya", "reply_to_message": {"from": SARI}}, Kind.SILENT),
    "an answer to nobody": ({"text": "ya", "reply_to_message": {"from": None}}, Kind.SILENT),
    "a photo": ({"photo": PHOTO}, Kind.SILENT),
    "somebody joins": ({"new_chat_members": [SARI]}, Kind.SILENT),
    "the group moves": ({"migrate_to_chat_id": -100123}, Kind.SILENT),
    "odd entities": ({"text": "x", "entities": [None, {"type": []}, entity("mention", -1)]}, Kind.SILENT),
}


@pytest.mark.parametrize("case", IN_GROUP)
def test_in_a_group_only_what_is_meant_for_us_is_heard(case: str) -> None:
    content, kind = IN_GROUP[case]
    assert understood(message(content, GROUP)) == did(kind, address="-100123")


COMMAND: Json = {"text": "/menu", "entities": [entity("bot_command", 5)]}
IN_TOPIC: Json = {"message_thread_id": 7, "is_topic_message": True}
ANONYMOUS_ADMIN = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
WHERE: dict[str, tuple[Json, Json | None, Kind, str]] = {
    "an anonymous administrator": (COMMAND | {"sender_chat": GROUP}, ANONYMOUS_ADMIN, Kind.GROUP, "-100123"),
    "their talk": ({"text": "halo", "sender_chat": GROUP}, ANONYMOUS_ADMIN, Kind.SILENT, "-100123"),
    "in a topic": (COMMAND | IN_TOPIC, SARI, Kind.GROUP, "-100123:7"),
    "an anonymous administrator in a topic": (
        COMMAND | IN_TOPIC | {"sender_chat": GROUP},
        ANONYMOUS_ADMIN,
        Kind.GROUP,
        "-100123:7",
    ),
    "a thread that is no topic": (COMMAND | {"message_thread_id": 7}, SARI, Kind.GROUP, "-100123"),
    "an odd topic": (COMMAND | IN_TOPIC | {"message_thread_id": "7"}, SARI, Kind.GROUP, "-100123"),
    "as a channel": (COMMAND | {"sender_chat": {"id": -1009}}, OTHER_BOT, Kind.GROUP, "-100123"),
    "without a name": (COMMAND | {"sender_chat": GROUP}, None, Kind.GROUP, "-100123"),
    "passed on from the channel of the group": (
        COMMAND | {"sender_chat": {"id": -1009}, "is_automatic_forward": True},
        {"id": 777000, "is_bot": False},
        Kind.SILENT,
        "-100123",
    ),
    "another bot": (COMMAND, OTHER_BOT, Kind.SILENT, "-100123"),
}


@pytest.mark.parametrize("case", WHERE)
def test_whoever_asks_in_a_group_is_heard_where_they_ask(case: str) -> None:
    content, sender, kind, address = WHERE[case]
    assert understood(message(content, GROUP, sender)) == did(kind, address=address)


def test_before_our_name_is_known_a_command_may_be_for_us_and_a_mention_is_not() -> None:
    command = message({"text": "/menu@lain_bot", "entities": [entity("bot_command", 14)]}, GROUP)
    mention = message({"text": "@lain_bot", "entities": [entity("mention", 9)]}, GROUP)
    assert (understood(command, NOBODY).kind, understood(mention, NOBODY).kind) == (Kind.GROUP, Kind.SILENT)
