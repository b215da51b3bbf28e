"""From one signed body to arrivals: every message, status, preference and change is kept as an item of its own."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from itertools import islice, repeat
from typing import Any, Final, NamedTuple

from storage.mail.inbox import Arrival

NAME: Final = "whatsapp"
MOST_ITEMS: Final = 10_000
"""In one body (our choice; Meta gathers at most 1,000). What holds more is kept whole, for an admin."""
SMALL: Final = 1024
"""Bytes of a contact or of the metadata that go along with every item (our choice): one body stays one body."""
FEW: Final = 8
"""So many contacts go along when none of them is plainly the sender."""
ITEMS: Final = {
    "messages": "message",
    "statuses": "status",
    "user_preferences": "preference",
    "user_id_update": "moved",
}
"""Lists in the value of a change, and what one item of them is called in an arrival."""
FIELDS: Final = frozenset({"messages", "user_preferences", "user_id_update", None})
"""Changes that hold such lists (WhatsApp Business Platform: webhook fields)."""
UNANSWERED: Final = frozenset({"reaction", "revoke", "edit", "edited", "system"})
"""Messages that show no sign that we are reading: nobody wrote them just now."""
NOT_WRITTEN: Final = frozenset({"pin", "reaction"})
"""And of what the Cloud API does not hand on, by its own type."""
SECONDS: Final = re.compile(r"[0-9]{1,12}")
LAST_SECOND: Final = 253_402_300_799
"""The end of the year 9999, where Python's calendar ends."""
PLAIN: Final = re.compile(r"[!-~]{1,512}")
"""What may be the name of a message or of a state."""

Json = Mapping[str, Any]


class Split(NamedTuple):
    """What a body held: `foreign` counts what was for another number, `seen` names the messages people wrote."""

    arrivals: tuple[Arrival, ...]
    foreign: int = 0
    seen: tuple[str, ...] = ()


def split(body: bytes, phone_number_id: str) -> Split:
    """All of it, whatever it is; what cannot be split is kept as the bytes that came."""
    try:
        found = list(islice(pieces(json.loads(body), phone_number_id), MOST_ITEMS + 1))
        if not 0 < len(found) <= MOST_ITEMS:
            return whole(body)
        ours = in_order([piece for piece in found if piece is not None])
        arrivals = tuple(arrival(piece) for piece in ours)
    except (ValueError, RecursionError):
        return whole(body)
    seen = tuple(name for piece in ours if (name := waits(piece)))
    return Split(arrivals, len(found) - len(ours), seen)


def whole(body: bytes) -> Split:
    return Split((Arrival(NAME, hashlib.sha256(body).hexdigest(), body),))


def in_order(found: list[Json]) -> list[Json]:
    """Messages as they were written, which is not always as they stand in a body; everything else keeps its place."""
    written = [(place, at) for place, piece in enumerate(found) if (at := written_at(piece)) is not None]
    ordered = list(found)
    for (place, _), (taken, _) in zip(written, sorted(written, key=lambda one: one[1]), strict=True):
        ordered[place] = found[taken]
    return ordered


def written_at(piece: Json) -> int | None:
    message = piece.get("message")
    return seconds(message.get("timestamp")) if isinstance(message, dict) else None


def pieces(body: object, phone_number_id: str) -> Iterator[Json | None]:
    """Every item of a body; None for one that is for another number."""
    entries = body.get("entry") if isinstance(body, dict) else None
    for entry in entries if isinstance(entries, list) else ():
        changes = entry.get("changes") if isinstance(entry, dict) else None
        if not isinstance(changes, list):
            yield {"odd": entry}
            continue
        for change in changes:
            yield from of_change(change, phone_number_id, entry.get("time"))


def of_change(change: object, phone_number_id: str, at: object) -> Iterator[Json | None]:
    """`at` tells one event of the account from the same another day."""
    value = change.get("value") if isinstance(change, dict) else None
    if not isinstance(change, dict) or not isinstance(value, dict):
        yield {"odd": change}
        return
    field, metadata = change.get("field"), value.get("metadata")
    has_items = field is None or (isinstance(field, str) and field in FIELDS)
    items = list(islice(listed(value), MOST_ITEMS + 1)) if has_items else []
    if another(metadata, phone_number_id):
        yield from repeat(None, max(1, len(items)))
    elif not items:
        yield {"change": {"field": field, "value": value} | ({"time": at} if seconds(at) is not None else {})}
    else:
        people, about = Contacts(value.get("contacts")), metadata if small(metadata) else {}
        for name, item in items:
            context = {} if name == "status" else {"metadata": about, "contacts": people.of(item)}
            yield {**context, name: item}


def listed(value: Json) -> Iterator[tuple[str, object]]:
    """The items of a change, each with what it is; what should be a list and is none counts as one item."""
    for key, name in ITEMS.items():
        items = value.get(key)
        if items is not None:
            yield from ((name, item) for item in (items if isinstance(items, list) else [items]))


def another(metadata: object, phone_number_id: str) -> bool:
    """Whether it says that it is for another number."""
    number = metadata.get("phone_number_id") if isinstance(metadata, dict) else None
    return number is not None and str(number) != phone_number_id


class Contacts:
    """The people of one change, found by either of their names; sought once, not for every item again."""

    def __init__(self, contacts: object) -> None:
        given = contacts if isinstance(contacts, list) else []
        known: list[Json] = [contact for contact in given if isinstance(contact, dict) and small(contact)]
        self._few = known if len(known) <= FEW else []
        self._named: dict[str, Json] = {}
        for contact in known:
            for name in ("wa_id", "user_id"):
                if isinstance(contact.get(name), str):
                    self._named.setdefault(contact[name], contact)

    def of(self, item: object) -> list[Json]:
        """Whoever an item names, else all of them if they are few."""
        if not isinstance(item, dict):
            return []
        for name in ("from_user_id", "user_id", "from", "wa_id"):
            if isinstance(item.get(name), str) and item[name] in self._named:
                return [self._named[item[name]]]
        return self._few


def small(value: object) -> bool:
    return isinstance(value, dict) and len(json.dumps(value)) <= SMALL


def arrival(piece: Json) -> Arrival:
    raw = json.dumps(piece, separators=(",", ":")).encode()
    return Arrival(NAME, key(piece) or hashlib.sha256(raw).hexdigest(), raw)


def key(piece: Json) -> str:
    """The provider's own name for an item, where it has one: a status is one of several of its message."""
    message, status = piece.get("message"), piece.get("status")
    if isinstance(message, dict):
        return plain(message.get("id"))
    if isinstance(status, dict):
        name, state = plain(status.get("id")), plain(status.get("status"))
        return f"status:{name}:{state}" if name and state else ""
    return ""


def waits(piece: Json) -> str:
    """The name of a message whose sender waits for an answer."""
    message = piece.get("message")
    if not isinstance(message, dict) or message.get("group_id"):
        return ""
    kind = message.get("type")
    silent = not isinstance(kind, str) or kind in UNANSWERED or unsupported_kind(message) in NOT_WRITTEN
    return "" if silent else plain(message.get("id"))


def unsupported_kind(message: Json) -> str:
    """What a message was that the Cloud API does not hand on, where it tells."""
    unsupported = message.get("unsupported")
    return plain(unsupported.get("type")) if isinstance(unsupported, dict) else ""


def seconds(value: object) -> int | None:
    """Since 1970, as WhatsApp writes them: in quotation marks. None for what is no moment of Python's calendar."""
    number = int(value) if isinstance(value, str) and SECONDS.fullmatch(value) else value
    whole = isinstance(number, int) and not isinstance(number, bool)
    return number if whole and isinstance(number, int) and 0 <= number <= LAST_SECOND else None


def plain(value: object) -> str:
    """A name that fits into a key and an address; empty for anything else."""
    return value if isinstance(value, str) and PLAIN.fullmatch(value) else ""
