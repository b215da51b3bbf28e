"""Names of the admin's list in a text: glued, spelled out, in digits, with repeated letters; symbols as they are."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from unicodedata import category

from handlers.neutrality.letters import Folded, either, exact, fits, fold
from handlers.neutrality.pieces import Word
from handlers.neutrality.words import ENDINGS

LONG = 8
"""Letters from which on a name is found inside a longer word, too: "partaimelatijaya"."""
WORD = re.compile(r"[a-z0-9@$€|!]+")


def named(text: Folded, words: list[Word], names: list[str]) -> Iterator[tuple[int, int]]:
    """Where they stand in the folded text, from one place up to another."""
    letters = [exact(word.written) for word in words] if names else []
    ends = list(accumulate(map(len, letters)))
    stream = "".join(letters)
    alike = either(stream)
    for name in names:
        wanted = letters_of(name)
        if not wanted:
            yield from symbols(text, name)
            continue
        for start in places(alike, either(wanted)):
            end = start + len(wanted)
            first, last = bisect_right(ends, start), bisect_left(ends, end)
            rest = stream[end : ends[last]]
            begins = start == ends[first] - len(letters[first])
            whole = begins and (not rest or either(rest) in ENDINGS)
            inside = len(wanted) >= LONG and (begins or words[first].tag)
            if (whole or inside) and fits(stream[start:end], wanted):
                yield words[first].start, words[last].end


@lru_cache(maxsize=512)
def letters_of(name: str) -> str:
    return "".join(map(exact, WORD.findall(fold(name).text)))


def places(stream: str, wanted: str) -> Iterator[int]:
    at = stream.find(wanted)
    while at >= 0:
        yield at
        at = stream.find(wanted, at + 1)


def symbols(text: Folded, name: str) -> Iterator[tuple[int, int]]:
    """A name without letters: a picture, found as it is."""
    wanted = fold(name).text.strip()
    for start in places(text.text, wanted) if pictured(wanted) else ():
        yield start, start + len(wanted)


def pictured(sign: str) -> bool:
    """Whether it shows anything but punctuation."""
    return any(category(one) == "So" for one in sign)


def recognisable(name: str) -> bool:
    """Whether the gate can find this name at all: by its letters or by its picture."""
    return bool(letters_of(name)) or pictured(fold(name).text)
