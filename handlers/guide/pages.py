"""The pages of the handbooks as they lie beside this file: what each is called, what finds it, what it says."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rapidfuzz import fuzz

from handlers.conversation.reading.closest import CLOSE_ENOUGH
from handlers.conversation.words import folded

PLACE = Path(__file__).parent
OFFICER, LEADER = "petugas", "pengurus"
"""For whom a page is written, and the folder it lies in."""
SHORTEST = 3
"""Letters of a word that can find a page: "di" and "ke" stand everywhere."""
LITTLE = frozenset(
    (
        *("apa", "apakah", "atau", "bagaimana", "bisa", "cara", "dan", "dapat", "dengan", "kalau", "kepada"),
        *("mau", "sampai", "saya", "tidak", "tolong", "untuk", "yang"),
    )
)
"""Words that say nothing about a task."""
READABLE = 600
"""Characters of one message, so that a page fits on the screen of a phone; parted between its headings only."""


@dataclass(frozen=True, slots=True)
class Page:
    """`marked` is the whole page as it is printed (Markdown); `name` tells it from every other page."""

    reader: str
    name: str
    title: str
    words: frozenset[str]
    marked: str

    def messages(self) -> list[str]:
        """The page to be read in a chat: no marks, buttons in quotes, few enough messages."""
        told, *sections = plain(self.marked).split("\n\n")
        parts = [told]
        for section in sections:
            if len(parts[-1]) + len(section) < READABLE:
                parts[-1] += f"\n\n{section}"
            else:
                parts.append(section)
        return parts


@cache
def pages(*readers: str) -> Sequence[Page]:
    """The pages for these readers, in the order in which somebody learns the work."""
    return [read(reader, path) for reader in readers for path in sorted((PLACE / reader).glob("*.md"))]


def read(reader: str, path: Path) -> Page:
    marked = path.read_text(encoding="utf-8")
    title = marked.partition("\n")[0].removeprefix("# ")
    told = re.search(r"<!-- kata: (.*?) -->", marked)
    words = f"{title} {told[1] if told else ''}".split()
    return Page(reader, path.stem.partition("-")[2], title, frozenset(telling(words)), marked)


def telling(words: Iterable[str]) -> list[str]:
    """Those of the words that say what somebody wants to do."""
    return [word for word in map(folded, words) if len(word) >= SHORTEST and word not in LITTLE]


def plain(marked: str) -> str:
    """Without the marks of Markdown: a bold label becomes a quoted one, a link its words, a picture nothing."""
    told = re.sub(r"^(?:<!--.*-->|!\[.*?\]\(.*?\)\n)\n", "", marked, flags=re.MULTILINE)
    told = re.sub(r"^#+ (.*)$", r"\1", told, flags=re.MULTILINE)
    told = re.sub(r"\*\*(.+?)\*\*", r"“\1”", told)
    return re.sub(r"\[(.+?)\]\(.*?\)", r"\1", told).replace("`", "").strip()


def find(said: str, readers: Sequence[str]) -> Page | None:
    """The page that fits best: by its name, else by the words it shares, a rare one counting more; None for none."""
    among = pages(*readers)
    asked = telling(said.split())
    named = next((page for page in among if page.name == folded(said)), None)
    best = max(among, key=lambda page: score(page, asked, among))
    return named or (best if score(best, asked, among) else None)


def score(page: Page, asked: Sequence[str], among: Sequence[Page]) -> float:
    return sum(1 / sum(holds(one, word) for one in among) for word in asked if holds(page, word))


def holds(page: Page, word: str) -> bool:
    """Whether it is found by this word; one slip of the thumb is forgiven."""
    return word in page.words or any(fuzz.ratio(word, known) >= CLOSE_ENOUGH for known in page.words)
