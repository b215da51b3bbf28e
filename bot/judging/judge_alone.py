"""`python -m bot.judging.judge_alone FILE [BARE]`: judges one document, in a process with little memory and time.

Into BARE goes the same without what it tells of its author (bare.py); it stays empty where there is no such copy.
"""

import os
import sys
from contextlib import suppress
from pathlib import Path

from bot.judging.bare import make_bare
from bot.judging.judge import judge
from bot.judging.refused import Refused

MEMORY = 1024 * 1024 * 1024
"""Bytes of addresses a child may use; a hundred megabytes of scanned paper are mapped, not read."""
SECONDS = 20
"""Of computing, for one file: a report of a thousand pages takes three."""
LARGEST = 256 * 1024 * 1024
"""Bytes of a copy; without one, a child writes nothing at all."""
BEHIND = 10
"""How far it steps back behind the process that answers people (nice)."""


def keep_within_limits(written: int = 0) -> None:
    """Where the system knows such limits: not on Windows, where only the clock counts. `written`: bytes of a file."""
    with suppress(ImportError, AttributeError, OSError, ValueError):
        import resource

        os.nice(BEHIND)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_FSIZE, (written, written))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def main() -> None:
    document, *bare = map(Path, sys.argv[1:])
    keep_within_limits(LARGEST if bare else 0)
    try:
        kind = judge(document)
        for copy in bare:
            make_bare(document, kind, copy)
        print("type", kind)
    except Refused as refused:
        print("refused", refused.reason)
    except MemoryError:
        print("refused", "bomb")


if __name__ == "__main__":
    main()
