"""Reading one field of what a messenger sends: of the type it should have, or not at all."""

from collections.abc import Mapping
from typing import Any

from bot.channels.channel import Unreadable

Json = Mapping[str, Any]


def thing(value: object, what: str) -> Json:
    if not isinstance(value, dict):
        raise Unreadable(f"{what} is not an object")
    return value


def words(value: object) -> str:
    """A text that every database takes: half a surrogate pair and NUL become the sign for an unreadable letter."""
    if not isinstance(value, str):
        raise Unreadable("a text is not a text")
    if value.isascii() and "\0" not in value:
        return value
    return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\0", "�")


def claimed(value: object) -> str:
    """A text that need not be there."""
    return words(value) if isinstance(value, str) else ""


def whole(value: object) -> int | None:
    """A whole number; JSON's true is a number to Python."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None
