"""In a group: what is meant for us, and that the group is answered, not a person."""

import pytest

from bot.channels.channel import Unreadable
from handlers.conversation.message import Kind
from tests.channels.test_whatsapp_parse import METADATA, Json, did, media, message, pressed, said, understood

US = METADATA["display_phone_number"]
IN_GROUP: dict[str, tuple[Json, Kind]] = {
    "talk among people": (said("halo semua"), Kind.SILENT),
    "a command": (said("/menu"), Kind.GROUP),
    "our number": (said(f"tolong @{US} bantu"), Kind.GROUP),
    "another number": (said("tolong @628111 bantu"), Kind.SILENT),
    "an answer to us": (said("ya") | {"context": {"from": US, "id": "wamid.x"}}, Kind.GROUP),
    "an answer to another": (said("ya") | {"context": {"from": "628111", "id": "wamid.x"}}, Kind.SILENT),
    "a photo": (media("image"), Kind.SILENT),
    "a photo with our number": (media("image", caption=f"@{US}"), Kind.GROUP),
    "a press": (pressed("button_reply", id="f.1.ya", title="Ya"), Kind.GROUP),
    "a reaction": ({"type": "reaction"}, Kind.SILENT),
    "what is damaged": ({"type": "text", "text": None}, Kind.SILENT),
}


@pytest.mark.parametrize("case", IN_GROUP)
def test_in_a_group_only_what_is_meant_for_us_is_heard(case: str) -> None:
    content, kind = IN_GROUP[case]
    assert understood(message(content | {"group_id": "Y2Fw"})) == did(kind, address="group:Y2Fw")


def test_a_group_may_stand_in_the_context_only() -> None:
    found = understood(message(said("/menu") | {"context": {"group_id": "Y2Fw"}}))
    assert found == did(Kind.GROUP, address="group:Y2Fw")


def test_a_group_that_is_none_is_unreadable() -> None:
    with pytest.raises(Unreadable):
        understood(message(said("/menu") | {"group_id": 5}))
