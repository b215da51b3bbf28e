"""What a person sees of a text that was sent with HTML formatting."""

import html
import re

from .calls import Refused

TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)[^<>]*>")
PLAIN_TAGS = {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "blockquote"}
TAGS = PLAIN_TAGS | {"a", "span", "tg-spoiler", "tg-emoji", "tg-time"}


def as_seen(text: str, mode: object) -> str:
    """Strip the formatting, refusing what Telegram cannot parse; other modes are shown as they are."""
    if not isinstance(mode, str) or mode.upper() != "HTML":
        return text
    _refuse_bad_tags(text)
    bare = TAG.sub("", text)
    if "<" in bare:
        raise Refused('Bad Request: can\'t parse entities: Unsupported start tag "" ')
    return html.unescape(bare)


def _refuse_bad_tags(text: str) -> None:
    open_tags: list[str] = []
    for tag in TAG.finditer(text):
        closing, name = tag[1], tag[2].lower()
        if name not in TAGS:
            raise Refused(f'Bad Request: can\'t parse entities: Unsupported start tag "{name}"')
        if not closing:
            open_tags.append(name)
        elif not open_tags or open_tags.pop() != name:
            raise Refused(f'Bad Request: can\'t parse entities: Unmatched end tag "{name}"')
    if open_tags:
        raise Refused(f"Bad Request: can't parse entities: Can't find end tag for \"{open_tags[-1]}\"")
