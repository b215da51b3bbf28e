"""`python -m bot.work.draw picture|table FROM TO`: slow and hungry work, in a process of its own that can be ended."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

BEHIND = 10
"""How far we step back behind the process that answers people (nice)."""


def picture(source: Path, to: Path) -> None:
    from bot.work.picture import draw

    draw(json.loads(source.read_text(encoding="utf-8")), to)


def table(source: Path, to: Path) -> None:
    """The first line of `source` tells the sheets, each further one is a row: never all of them in memory."""
    from bot.work import sheet

    with source.open(encoding="utf-8") as lines:
        told = json.loads(next(lines))
        remarks, headings, days = told["remarks"], told["headings"], set(told["days"])
        sheet.write(to, {told["title"]: (headings, rows(lines, days)), told["about"]: (remarks[0], remarks[1:])})


def rows(lines: Iterator[str], days: set[int]) -> Iterator[list[Any]]:
    for line in lines:
        cells = ((place, None if cell == "" else cell) for place, cell in enumerate(json.loads(line)))
        yield [date.fromisoformat(cell) if cell and place in days else cell for place, cell in cells]


def main() -> None:
    what, source, to = sys.argv[1:]
    os.umask(0o077)
    with suppress(AttributeError, OSError):
        os.nice(BEHIND)
    {"picture": picture, "table": table}[what](Path(source), Path(to))


if __name__ == "__main__":
    main()
