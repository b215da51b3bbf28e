"""Live lines for open pages, as Server-Sent Events read from the transcript whenever a bell rings."""

import asyncio
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

from aiohttp import web

from storage.database.database import Database, Transaction
from storage.mail import transcript
from storage.mail.transcript import Line

HEARTBEAT_SECONDS = 15.0
"""A sign of life for proxies; also how soon a line written by another process is seen."""
PAGES_AT_MOST = 20
"""Open pages of one person: more than anybody looks at."""
PAGES_OF_ALL = 200
"""Open pages of everybody, where nobody says how many connections there may be."""
AGAIN_MILLISECONDS = 2000


class Bell(asyncio.Event):
    """Rung for an open page; `changed` are lines it shows that have other words now."""

    def __init__(self) -> None:
        super().__init__()
        self.changed: set[int] = set()


class Bells:
    """One bell per open page. It only says "look": lines are read from the transcript, so nothing piles up."""

    def __init__(self, of_all: int = PAGES_OF_ALL) -> None:
        """`of_all` pages may be open; a quarter of them from one caller's address."""
        self._hung: dict[str, set[Bell]] = defaultdict(set)
        self._callers: Counter[str] = Counter()
        self._of_all = of_all
        self.closed = False

    @contextmanager
    def hung(self, address: str, caller: str = "") -> Iterator[Bell]:
        """A bell for as long as a page is open."""
        bell = Bell()
        self._hung[address].add(bell)
        self._callers[caller] += 1
        try:
            yield bell
        finally:
            self._callers[caller] -= 1
            self._callers += Counter()  # who has none any more is forgotten
            self._hung[address].discard(bell)
            if not self._hung[address]:
                del self._hung[address]

    def crowded(self, address: str, caller: str = "") -> bool:
        """Whether a page more would be too many: of this person, of this caller, or of all."""
        own, theirs = len(self._hung.get(address, ())), self._callers[caller]
        return own >= PAGES_AT_MOST or theirs >= max(1, self._of_all // 4) or self._callers.total() >= self._of_all

    def ring(self, address: str, changed: int | None = None) -> None:
        for bell in self._hung.get(address, ()):
            bell.changed |= set() if changed is None else {changed}
            bell.set()

    def close(self) -> None:
        """Ring everybody out, for good."""
        self.closed = True
        for address in self._hung:
            self.ring(address)


NOTHING = "-"
"""The key of the last line of a page that shows none."""


def since(tx: Transaction, address: str, seen: str) -> tuple[bool, list[Line]]:
    """What a page lacks that knows everything up to the line with the key `seen`; True when it must start anew.

    Anew: it has nothing yet, or what it shows was forgotten on the person's wish, or it was away too long.
    """
    place = 0 if seen == NOTHING else transcript.number(tx, address, seen)
    lines = transcript.after(tx, address, place or 0)
    return place is None or len(lines) == transcript.NEWEST, lines


async def stream(
    database: Database, bells: Bells, bell: Bell, address: str, seen: str, out: web.StreamResponse
) -> None:
    """Write events until the page leaves or the bells close."""
    await out.write(f"retry: {AGAIN_MILLISECONDS}\n\n".encode())
    while not bells.closed:
        bell.clear()
        anew, lines = await database.transact(partial(since, address=address, seen=seen))
        if anew or lines:
            seen = lines[-1].key if lines else NOTHING
        await out.write(events(anew, lines) or b": masih di sini\n\n")
        while bell.changed:
            line = await database.transact(partial(transcript.get, address=address, line_id=bell.changed.pop()))
            if line is not None:
                await out.write(event("change", seen, shown(line)))
        await rung(bell)


async def rung(bell: Bell) -> None:
    """Return when the bell rings, or after a heartbeat's time."""
    with suppress(TimeoutError):
        async with asyncio.timeout(HEARTBEAT_SECONDS):
            await bell.wait()


def events(anew: bool, lines: Sequence[Line]) -> bytes:
    """`history` replaces everything on the page, `line` adds to it."""
    if anew:
        return event("history", lines[-1].key if lines else NOTHING, [shown(line) for line in lines])
    return b"".join(event("line", line.key, shown(line)) for line in lines)


def event(name: str, key: str, data: Any) -> bytes:
    return f"event: {name}\nid: {key}\ndata: {json.dumps(data)}\n\n".encode()


def shown(line: Line) -> dict[str, Any]:
    """A line as a page gets it: a document by name and type only, never where it is kept."""
    body = dict(line.body)
    if document := body.get("document"):
        body["document"] = {name: document[name] for name in ("name", "type", "alt") if name in document}
    return {"id": line.id, "mine": line.mine, "at": line.at, **body}
