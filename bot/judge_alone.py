"""`python -m bot.judge_alone FILE`: what judges one document in a process of its own, with little memory and time."""

import os
import sys
from contextlib import suppress
from pathlib import Path

from bot.judge import judge
from bot.refused import Refused

MEMORY = 1024 * 1024 * 1024
"""Bytes of addresses a child may use; a hundred megabytes of scanned paper are mapped, not read."""
SECONDS = 20
"""Of computing, for one file: a report of a thousand pages takes three."""
BEHIND = 10
"""How far it steps back behind the process that answers people (nice)."""


def keep_within_limits() -> None:
    """Where the system knows such limits: not on Windows, where only the clock counts."""
    with suppress(ImportError, AttributeError, OSError, ValueError):
        import resource

        os.nice(BEHIND)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def main() -> None:
    keep_within_limits()
    try:
        print("type", judge(Path(sys.argv[1])))
    except Refused as refused:
        print("refused", refused.reason)
    except MemoryError:
        print("refused", "bomb")


if __name__ == "__main__":
    main()
