"""What people send in each messenger, whole and damaged in every place: who sent it always stays readable."""

import copy
from collections.abc import Iterator
from typing import Any

from handlers.conversation.message import Kind
from tests.channels.test_telegram_parse import IN_PRIVATE
from tests.channels.test_whatsapp_parse import SAID

Json = dict[str, Any]
REMOVED = object()
ODD: tuple[Any, ...] = (REMOVED, None, "", [], {}, 5, True, "x", ["x"], {"x": None})
"""In place of whatever stood there."""
UNANSWERED = {Kind.SILENT, Kind.GROUP}
WHOLE = {
    "whatsapp": [content for content, did in SAID.values() if did.kind not in UNANSWERED],
    "telegram": [content for content, did in IN_PRIVATE.values() if did.kind not in UNANSWERED],
}
"""Of each messenger, what nobody is left without an answer to."""


def damaged(channel: str) -> Iterator[Json]:
    """Everything people send, as it is and with one place of it damaged."""
    for content in WHOLE[channel]:
        yield content
        for path in paths(content):
            yield from (changed(content, path, odd) for odd in ODD)


def paths(thing: Any) -> Iterator[tuple[Any, ...]]:
    """Every place in a JSON."""
    keys = list(thing) if isinstance(thing, dict) else range(len(thing)) if isinstance(thing, list) else ()
    for key in keys:
        yield (key,)
        yield from ((key, *rest) for rest in paths(thing[key]))


def changed(content: Json, path: tuple[Any, ...], odd: Any) -> Json:
    """A copy with something else in one place."""
    other = copy.deepcopy(content)
    holder: Any = other
    for key in path[:-1]:
        holder = holder[key]
    if odd is REMOVED:
        del holder[path[-1]]
    else:
        holder[path[-1]] = odd
    return other
