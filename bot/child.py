"""Starts a process beside the office's own for work that may be slow, hungry or broken, and ends it in time."""

import asyncio
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
KNOWN = ("PATH", "PYTHONPATH", "LANG", "SYSTEMROOT")
"""Variables a child needs: no token is among them."""


@dataclass(frozen=True)
class Ended:
    """How a child ended: its status (negative: the signal), and what it wrote."""

    status: int
    said: bytes
    complained: bytes


async def run(program: Sequence[str], limit: float, more: Mapping[str, str] = {}) -> Ended:
    """Wait for a child, at most `limit` seconds. Raises TimeoutError; it never goes on running."""
    child = await asyncio.create_subprocess_exec(
        *program,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=ROOT,
        env={name: os.environ[name] for name in KNOWN if name in os.environ} | dict(more),
    )
    try:
        async with asyncio.timeout(limit):
            said, complained = await child.communicate()
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    return Ended(child.returncode or 0, said, complained)


def absolute(*files: Path) -> list[str]:
    """A child starts in another folder."""
    return [str(file.resolve()) for file in files]
