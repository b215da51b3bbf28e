"""Whether choices can be pressed where a messenger limits that: as buttons, as a list, or only by what is typed.

One place for what is sent and for what is foretold. Source: WhatsApp Cloud API, interactive reply buttons messages and
interactive list messages.
"""

from enum import StrEnum

from handlers.conversation.message import Message

BODY = 1024
"""Characters of the words above them."""
BUTTONS, BUTTON_TITLE, BUTTON_ID = 3, 20, 256
ROWS, ROW_TITLE, ROW_ID = 10, 24, 200


class Way(StrEnum):
    """How a choice is made."""

    NONE = "none"
    BUTTONS = "buttons"
    LIST = "list"
    TYPED = "typed"


def way(message: Message) -> Way:
    """Buttons if they fit, else a list, else what is typed."""
    if not (message.choices or message.words):
        return Way.NONE
    if can_be_pressed(message, BUTTONS, BUTTON_TITLE, BUTTON_ID):
        return Way.BUTTONS
    return Way.LIST if can_be_pressed(message, ROWS, ROW_TITLE, ROW_ID) else Way.TYPED


def can_be_pressed(message: Message, most: int, title: int, token: int) -> bool:
    """Whether all choices fit as they are: nothing is cut, and no two look or mean the same."""
    choices = (*message.choices, *message.words)
    return (
        0 < len(choices) <= most
        and units(message.text) <= BODY
        and all(0 < units(choice.label) <= title and one_line(choice.label) for choice in choices)
        and all(0 < len(choice.token) <= token for choice in choices)
        and len({choice.label for choice in choices}) == len({choice.token for choice in choices}) == len(choices)
    )


def units(text: str) -> int:
    """Its length, counted as strictly as it can be: an emoji is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def one_line(label: str) -> bool:
    return label.strip() == label and label.isprintable()
