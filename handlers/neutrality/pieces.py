"""Words as they were meant: spelled out, cut in pieces, or written together, they are whole words again."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from handlers.neutrality.letters import Folded, key
from handlers.neutrality.words import HAND_SIGNS, SINGLE, known, stem

TOKEN = re.compile(rf"#\w+|[a-z0-9@$€|!*]+|[{HAND_SIGNS}]")
ENDS = "!|*@$€"
"""Signs that stand for letters inside a word only."""
HUMPS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
"""The words of a hashtag: #LanjutDua2Periode."""
LETTERS_THEN_DIGITS = re.compile(r"([a-z][a-z0-9]*?)([0-9]{1,2})")
JOINED = 5
"""Letters of the shortest word that is put together from pieces."""
LONGEST = 16
"""Letters of the longest word that is looked for in what was written together."""
STRONG = frozenset({"vote", "choose", "candidate", "golput", "number", "support", "win"})
HEADING = STRONG | {"digit", "keep", "change", "term", "round", "reform"}
HEADS = tuple(one for one, roles in SINGLE.items() if len(one) > 2 and roles & HEADING)
"""What words written together begin with: "pilihnomordua"."""
WHOLE = frozenset(one for one, roles in SINGLE.items() if roles & STRONG)
BEGINNINGS = frozenset(one[:end] for one in WHOLE for end in range(1, len(one)))


class Word(NamedTuple):
    """From `start` up to `end` in the folded text. `tag` is the number of the hashtag it stands in, 0 for none."""

    start: int
    end: int
    written: str
    tag: int = 0


def tokens(text: Folded) -> Iterator[Word]:
    """What is written between gaps; a hashtag by its humps."""
    for tag, found in enumerate(TOKEN.finditer(text.text), 1):
        written, start = found[0], found.start()
        if written[0] == "#":
            yield from humps(text, start + 1, found.end(), tag)
            continue
        bare = written.strip(ENDS)
        if bare:
            start += written.index(bare)
            yield Word(start, start + len(bare), bare)


def humps(text: Folded, start: int, end: int, tag: int) -> Iterator[Word]:
    places = text.places[start:end]
    written = "".join(text.original[place] for place in places)
    plain = written if written.isascii() else text.text[start:end]
    for found in HUMPS.finditer(plain):
        yield Word(start + found.start(), start + found.end(), found[0].lower(), tag)


def together(text: Folded, words: list[Word]) -> Iterator[Word]:
    """Words that were spelled out ("c o b l o s", "p.d.i") or cut ("cob-los") in one piece again."""
    at = 0
    while at < len(words):
        run = (len(words[at].written) == 1 and spelled(text, words, at)) or cut(text, words, at) or 1
        first, last = words[at], words[at + run - 1]
        yield first if run == 1 else Word(first.start, last.end, "".join(one.written for one in words[at : at + run]))
        at += run


def spelled(text: Folded, words: list[Word], at: int) -> int:
    """How many single letters follow one another with the same gap; 0 when fewer than three."""
    if words[at].written.isdecimal() or at + 2 >= len(words):
        return 0
    gap = text.text[words[at].end : words[at + 1].start]
    last = at
    while last + 1 < len(words) and len(words[last + 1].written) == 1 and len(gap) <= 3:
        if text.text[words[last].end : words[last + 1].start] != gap:
            break
        last += 1
    return last - at + 1 if last - at >= 2 else 0


def cut(text: Folded, words: list[Word], at: int) -> int:
    """How many pieces of one word of ours stand here, of which one is none; 0 when they make no word."""
    put = words[at].written
    if not begins(put):
        return 0
    strange = not known(key(put))
    for last in range(at + 1, min(at + 4, len(words))):
        gap = text.text[words[last - 1].end : words[last].start]
        if len(gap) != 1 or gap == "\n" or words[last].tag:
            return 0
        put += words[last].written
        strange = strange or not known(key(words[last].written))
        if strange and len(put) >= JOINED and key(put) in WHOLE:
            return last - at + 1
    return 0


@lru_cache(maxsize=8192)
def begins(written: str) -> bool:
    """Whether it may be the first piece of a word that matters."""
    return key(written) in BEGINNINGS


def parted(words: Iterable[Word]) -> Iterator[Word]:
    """Words that were written together ("coblosnomor2") one by one; all keep the place of the whole."""
    for word in words:
        pieces = apart(word.written) or (headed(word.written) if word.tag else ())
        yield from (Word(word.start, word.end, piece, word.tag) for piece in pieces) if pieces else (word,)


@lru_cache(maxsize=8192)
def apart(written: str) -> tuple[str, ...]:
    """The words of ours this is put together from; none when it is one word, or not only of ours."""
    if len(written) < 3 or known(stem(written)):
        return ()
    found = LETTERS_THEN_DIGITS.fullmatch(written)
    if found and known(stem(found[1])):
        return found[1], found[2]
    whole = key(written)
    return pieces_of(whole) if len(whole) > 6 and whole.startswith(HEADS) else ()


def headed(written: str) -> tuple[str, ...]:
    """A word of ours and what a hashtag has behind it: "lanjutkanpakx"."""
    whole = key(written)
    if known(stem(written)) or not whole.startswith(HEADS):
        return ()
    end = next(end for end in range(len(whole), 2, -1) if known(stem(whole[:end])))
    return whole[:end], whole[end:]


def pieces_of(whole: str) -> tuple[str, ...]:
    """The longest word first, and no way back: a word in disguise is short of letters, not of time."""
    pieces: list[str] = []
    while whole:
        piece = next((whole[:end] for end in range(min(len(whole), LONGEST), 1, -1) if known(whole[:end])), "")
        piece = piece or (whole if whole.isdecimal() else "")
        if not piece:
            return ()
        pieces.append(piece)
        whole = whole[len(piece) :]
    return tuple(pieces)
