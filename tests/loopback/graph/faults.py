"""What goes wrong on purpose between us and the Graph API: the plan of the sister server, in Meta's words."""

from collections.abc import Collection, Mapping

from tests.loopback.calls import Call
from tests.loopback.faults import (
    DROPPED_AFTER,
    DROPPED_BEFORE,
    HALF,
    HTML_PAGE,
    HUNG,
    HUNG_AFTER,
    Ending,
    Fault,
    Faults,
    slow,
)

from .errors import GraphError

__all__ = [
    "ACCOUNT_THROTTLED",
    "BAD_JSON",
    "DROPPED_AFTER",
    "DROPPED_BEFORE",
    "HALF",
    "HUNG",
    "HUNG_AFTER",
    "LOCKED",
    "PAIR_THROTTLED",
    "THROTTLED",
    "UNPAID",
    "WRONG_SHAPE",
    "WRONG_TOKEN",
    "Ending",
    "Fault",
    "GraphFaults",
    "broken",
    "refused",
    "slow",
]


def refused(error: int, *, status: int | None = None, hold: float = 0.0, whole_number: bool = False) -> Fault:
    """This error instead of an effect; with `hold` it stays for that person, or for the whole number, so long."""
    answer = GraphError(error, status=status)
    return Fault(str(error), status=answer.code, body=answer.body(), hold=hold, whole_bot=whole_number)


def broken(status: int, *, html: bool = False, effect: bool = False) -> Fault:
    """500, 502, 503 and the like; mostly before the effect, sometimes after it."""
    body = HTML_PAGE if html else GraphError(1, status=status, message="An unknown error has occurred.").body()
    return Fault(f"{status}{' HTML' if html else ''}", effect, status, body, html)


THROTTLED, PAIR_THROTTLED, ACCOUNT_THROTTLED = refused(130429), refused(131056), refused(80007)
WRONG_TOKEN, LOCKED, UNPAID = refused(190), refused(131031), refused(131042)
BAD_JSON = Fault("bad JSON", effect=True, body=b'{"messaging_product": "whatsapp", "messages": [{')
WRONG_SHAPE = Fault(
    "wrong shape", effect=True, body=b'{"messaging_product": "whatsapp", "messages": {"unexpected": 1}}'
)


class GraphFaults(Faults):
    """Like its parent; who does not wait while a hold lasts meets the limit again and is remembered in `hasty`."""

    def __init__(
        self, seed: int = 0, chances: Mapping[Fault, float] | None = None, methods: Collection[str] = ("messages",)
    ) -> None:
        super().__init__(seed, chances, methods)

    def _held(self, call: Call) -> Fault | None:
        if super()._held(call) is None:
            return None
        return PAIR_THROTTLED if call.chat in self._holds else THROTTLED
