"""What waits, in the order in which each person wrote it: a provider may hand it over in another."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.channels.channel import Channel
from handlers.conversation.message import Incoming
from storage.mail.inbox import Letter


def in_order(letters: Sequence[Letter], channels: Mapping[str, Channel]) -> list[Letter]:
    """Stable: what says nothing of its time, or the same second, keeps its place, and so does everybody's turn."""
    chats: dict[tuple[str, str], list[tuple[datetime, int]]] = defaultdict(list)
    for place, letter in enumerate(letters):
        if (told := whose(letter, channels[letter.channel])) is not None:
            address, at = told
            chats[letter.channel, address].append((at, place))
    ordered = list(letters)
    for written in chats.values():
        for (_, place), (_, taken) in zip(written, sorted(written), strict=True):
            ordered[place] = letters[taken]
    return ordered


def whose(letter: Letter, channel: Channel) -> tuple[str, datetime] | None:
    """The chat it came from and when it was written; None where that is not told."""
    try:
        incoming = channel.parse(letter.raw)
    except Exception:
        return None  # set aside when its turn comes
    if not isinstance(incoming, Incoming) or not incoming.address or incoming.at is None:
        return None
    return incoming.address, incoming.at
