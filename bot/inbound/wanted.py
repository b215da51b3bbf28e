"""Whether a file is asked for, before a byte of it is kept: what nobody asked for is not ours to have."""

from collections.abc import Callable
from datetime import datetime

from handlers import wants
from handlers.conversation.catalogue import Catalogue
from handlers.conversation.message import Incoming
from handlers.conversation.turn import Turn
from handlers.office.profile import Office
from storage.database.database import Transaction
from storage.people import people

Asks = Callable[[Transaction, Incoming], bool]


def asks(office: Office, catalogue: Catalogue, now: Callable[[], datetime]) -> Asks:
    """For a channel that takes files in itself. What it is given only reads."""

    def asked(tx: Transaction, incoming: Incoming) -> bool:
        chat = people.chat_of(tx, incoming.channel, incoming.address)
        person = people.get(tx, chat.person_id) if chat.person_id else None
        return wants(Turn(tx, office, catalogue, now(), incoming, chat, person))

    return asked
