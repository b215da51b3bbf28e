"""In a group, where most of what is said is not for us: what is, and how a group is written to.

Source: WhatsApp Business Platform, group messaging (group_id, recipient_type).
"""

import re
from typing import Final

from bot.channels.channel import Unreadable
from bot.channels.whatsapp.people import Json, digits

PREFIX: Final = "group:"
"""Before the id of a group in an address: people's names have no colon."""
GROUP: Final = re.compile(r"[A-Za-z0-9+/=_.@-]{1,200}")
NO_DIGITS: Final = re.compile(r"[^0-9]")


def group_address(group: object) -> str:
    """Raises Unreadable for what is no id of a group."""
    if not isinstance(group, str) or not GROUP.fullmatch(group):
        raise Unreadable("a group without a usable id")
    return PREFIX + group


def our_number(piece: Json) -> str:
    """The digits of the number this came in on."""
    about = piece.get("metadata")
    shown = about.get("display_phone_number") if isinstance(about, dict) else None
    return digits(NO_DIGITS.sub("", shown)) if isinstance(shown, str) else ""


def meant(text: str, context: Json, us: str) -> bool:
    """A command, our number mentioned, or an answer to what we said."""
    if text.startswith("/"):
        return True
    return bool(us) and (f"@{us}" in text or digits(context.get("from")) == us)
