"""Whatever is damaged in what somebody sent: as long as it says who sent it, it is something to be answered."""

import json
from collections.abc import Callable

import pytest

from bot.channels.channel import Delivery
from bot.channels.webchat import read
from bot.channels.webchat.said import said
from bot.channels.webchat.visitors import Refused
from handlers.conversation.message import Incoming
from tests.channels import test_telegram_parse as telegram
from tests.channels import test_whatsapp_parse as whatsapp
from tests.channels.odd_content import ODD, UNANSWERED, Json, changed, damaged, paths

TAKEN: dict[str, Callable[[Json], Incoming | Delivery]] = {
    "whatsapp": lambda content: whatsapp.understood(whatsapp.message(content)),
    "telegram": lambda content: telegram.understood(telegram.message(content)),
}


@pytest.mark.parametrize("channel", TAKEN)
def test_damaged_content_of_somebody_is_something_to_answer(channel: str) -> None:
    for content in damaged(channel):
        found = TAKEN[channel](content)
        assert not isinstance(found, Delivery), content
        assert found.address, content
        assert found.kind not in UNANSWERED, content


POSTS: list[Json] = [
    {"id": "page-00000001", "text": "halo"},
    {"id": "page-00000001", "pressed": "f.1.ya", "label": "Ya"},
    {"id": "page-00000001", "place": {"latitude": -7.0, "longitude": 109.5}},
]


@pytest.mark.parametrize("post", POSTS, ids=lambda post: list(post)[1])
def test_a_damaged_post_of_the_page_is_refused_in_words_or_something_to_answer(post: Json) -> None:
    for odd in (changed(post, path, odd) for path in paths(post) for odd in ODD):
        try:
            kept = said(odd).raw("ani")
        except Refused:
            continue  # in a sentence, which the page shows
        assert read(json.loads(kept)).kind not in UNANSWERED
