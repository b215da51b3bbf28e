"""Two blue ticks and "typing": a sign to whoever wrote that they are heard, as far as there is time for it."""

import asyncio
import logging
from collections.abc import Iterable
from typing import Final

from bot.channels.whatsapp.graph import Graph

log = logging.getLogger(__name__)

MOST: Final = 32
"""At once (our choice); beyond that people see nothing until their answer comes."""
PATIENCE: Final = 10.0
"""Seconds after which it is of no use."""


class Nods:
    """Nothing depends on a nod: what cannot be sent now is not sent at all."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._tasks: set[asyncio.Task[None]] = set()

    def give(self, messages: Iterable[str]) -> None:
        """Start one for each message, as long as there is room."""
        for message_id in messages:
            if len(self._tasks) >= MOST:
                return
            task = asyncio.create_task(self._nod(message_id))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Stop those under way."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _nod(self, message_id: str) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                await self._graph.post(nod(message_id))
        except Exception as error:
            log.debug("A message could not be marked as read (%s)", type(error).__name__)


def nod(message_id: str) -> dict[str, object]:
    return {
        "messaging_product": "whatsapp",
        "status": "read",
        "message_id": message_id,
        "typing_indicator": {"type": "text"},
    }
