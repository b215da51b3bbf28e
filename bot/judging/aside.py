"""Judges documents beside the office: in a process that may burst or never end, and costs nobody else anything.

A document is read by large libraries that strangers' files have broken before. The child knows nothing of ours and has
little memory and time (`judge_alone.py`); whatever becomes of it, the office goes on and the file is refused.
"""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

from bot import child
from bot.judging.refused import Refused

READ = (sys.executable, "-m", "bot.judging.judge_alone")
LIMIT = 90.0
"""Seconds on the clock: a busy machine is no fault of the file's, so this is tried again."""
AT_ONCE = 2


class Aside:
    """Lets children judge, two at once: one that hangs does not hold up the next."""

    def __init__(self, program: Sequence[str] = READ, limit: float = LIMIT) -> None:
        self._program, self._limit = program, limit
        self._places = asyncio.Semaphore(AT_ONCE)

    async def judge(self, path: Path, *bare: Path) -> str:
        """The type of a document; `bare` is where a copy goes that tells nothing of its author.

        Raises Refused; OSError or TimeoutError where the fault is ours.
        """
        async with self._places:
            ended = await child.run([*self._program, *child.absolute(path, *bare)], self._limit)
        if ended.status < 0:
            raise Refused("broken")  # it burst, or computed for too long
        verdict, _, told = ended.said.decode(errors="replace").strip().partition(" ")
        if verdict == "refused":
            raise Refused(told)
        if ended.status or verdict != "type":
            raise OSError(f"a reader ended with {ended.status}")
        return told
