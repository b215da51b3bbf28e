"""Who wrote: by the name WhatsApp gives a person towards one business (BSUID) first, by phone number second."""

import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from bot.channels.channel import Unreadable

PHONE: Final = re.compile(r"[0-9]{1,20}")
"""Digits alone; E.164 has at most 15, test numbers of WhatsApp a few more."""
USER: Final = re.compile(r"(?=[^A-Za-z]*[A-Za-z])[!-~]{1,160}")
"""A BSUID: a country, a dot and at most 128 letters and digits today (`ID.1349…`, `ID.ENT.1349…`). It has a letter,
so it is never taken for a phone number, nor the other way round."""

Json = Mapping[str, Any]


class Person(NamedTuple):
    """Both names of one person; either may be empty, not both."""

    user: str
    phone: str

    @property
    def address(self) -> str:
        return self.user or self.phone

    @property
    def also(self) -> str:
        """The other name of the same person."""
        return self.phone if self.user else ""


def person(piece: Json, user: object, phone: object) -> Person:
    """Whoever an item names, completed from the contact that goes with it. Raises Unreadable when that is nobody."""
    named = Person(user_id(user), digits(phone))
    contact = contact_of(piece.get("contacts"), named)
    found = Person(named.user or user_id(contact.get("user_id")), named.phone or digits(contact.get("wa_id")))
    if not found.address:
        raise Unreadable("nobody sent it")
    return found


def contact_of(contacts: object, named: Person) -> Json:
    """The contact of a sender; a single one that does not say otherwise is the sender's (numbers can be written in
    two ways)."""
    known = [contact for contact in contacts if isinstance(contact, dict)] if isinstance(contacts, list) else []
    for contact in known:
        if named.user and user_id(contact.get("user_id")) == named.user:
            return contact
        if named.phone and digits(contact.get("wa_id")) == named.phone:
            return contact
    single = known[0] if len(known) == 1 else {}
    return {} if named.user and user_id(single.get("user_id")) else single


def user_id(value: object) -> str:
    return value if isinstance(value, str) and USER.fullmatch(value) else ""


def digits(value: object) -> str:
    """A phone number without its plus sign; empty for what is none."""
    bare = value.removeprefix("+") if isinstance(value, str) else ""
    return bare if PHONE.fullmatch(bare) else ""
