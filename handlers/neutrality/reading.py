"""A text as the neutrality gate reads it: sentences of words, each with what it may do there and where it stands."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from handlers.neutrality.letters import Folded
from handlers.neutrality.pieces import Word, parted, together, tokens
from handlers.neutrality.words import APPLICANTS, HAND_SIGNS, NONE, SEVERAL, SINGLE, TITLES, stem

STOPS = frozenset(".!?;:…•\n")
SHORT = frozenset({"no", "nmr", "dr", "drs", "ir", "h", "hj", "st", "s", "sdr", "jl", "tgl"})
"""After these a full stop ends no sentence."""


class Unit(NamedTuple):
    """One word, or a few that mean one thing ("nomor urut dua"), with what it may do in a sentence."""

    roles: frozenset[str]
    words: Sequence[Word]
    keys: Sequence[str]


@dataclass(slots=True)
class Sentence:
    """What is read together. `where` leads from a role to the units that have it, in order."""

    units: list[Unit]
    tag: bool
    where: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for at, unit in enumerate(self.units):
            for role in unit.roles:
                self.where.setdefault(role, []).append(at)

    def has(self, roles: frozenset[str]) -> bool:
        """Whether one of these stands in it."""
        return not roles.isdisjoint(self.where)


def read(text: Folded) -> tuple[list[Word], list[Sentence]]:
    """The words as they are put together again, and the sentences they make."""
    words = list(together(text, list(tokens(text))))
    return words, list(sentences(text, parted(words)))


def sentences(text: Folded, words: Iterable[Word]) -> Iterator[Sentence]:
    """Every sentence, and every hashtag as one of its own."""
    begun: list[Word] = []
    for word in words:
        if begun and (word.tag != begun[-1].tag or parts(text, begun[-1], word)):
            yield Sentence(list(units(text, begun)), bool(begun[-1].tag))
            begun = []
        begun.append(word)
    if begun:
        yield Sentence(list(units(text, begun)), bool(begun[-1].tag))


def parts(text: Folded, before: Word, word: Word) -> bool:
    """Whether a sentence ends between the two. A line that was only full goes on in small letters."""
    gap = text.text[before.end : word.start]
    if not STOPS & set(gap):
        return False
    if gap.strip(" \t\r") == "\n":
        return text.capital(word.start) or not word.written[0].isalpha()
    if gap.strip() == ":":
        return False
    return any(sign.isspace() for sign in gap) and not (gap.strip() == "." and stem(before.written) in SHORT)


def units(text: Folded, words: list[Word]) -> Iterator[Unit]:
    """Several words that mean one thing as one."""
    keys = [stem(word.written) for word in words]
    at = 0
    while at < len(words):
        roles, length = meant(text, words, keys, at)
        yield Unit(roles, words[at : at + length], keys[at : at + length])
        at += length


def meant(text: Folded, words: list[Word], keys: list[str], at: int) -> tuple[frozenset[str], int]:
    """What stands here, and how many words it takes."""
    if keys[at] not in OURS:
        return stranger(words[at].written), 1
    for several, roles in SEVERAL.get(keys[at], ()):
        if tuple(keys[at : at + len(several)]) == several and "number" not in roles:
            return roles, len(several)
    roles = SINGLE.get(keys[at], NONE)
    if "number" in roles and (length := numbered(words, keys, at)):
        return frozenset({"numbered"}), length
    if keys[at] in TITLES and (length := titled(text, words, keys, at)):
        return frozenset({"person"}), length
    if "stand" in roles and at + 1 < len(keys) and keys[at + 1] in APPLICANTS:
        return NONE, 1
    return roles, 1


def stranger(written: str) -> frozenset[str]:
    """What a word may do that is none of ours."""
    if written.isdecimal() and len(written) <= 2:
        return BALLOT_NUMBER if written[0] == "0" and len(written) == 2 else DIGIT
    return HAND if written in HAND_SIGNS else NONE


OURS = frozenset({*SINGLE, *SEVERAL, *TITLES})
DIGIT, BALLOT_NUMBER, HAND = frozenset({"digit"}), frozenset({"digit", "zero"}), frozenset({"hand"})


def numbered(words: list[Word], keys: list[str], at: int) -> int:
    """Words of "nomor urut dua"; 0 for none, and for a choice ("nomor 1 atau 2", "nomor 1 sampai 5")."""
    last = at
    while last + 1 < len(words) and "number" in SINGLE.get(keys[last + 1], NONE) and last - at < 2:
        last += 1
    if last + 1 >= len(words) or not is_digit(words[last + 1], keys[last + 1]):
        return 0
    more = last + 3 < len(words) and is_digit(words[last + 3], keys[last + 3])
    return 0 if more and "or" in SINGLE.get(keys[last + 2], NONE) else last + 2 - at


def is_digit(word: Word, key: str) -> bool:
    return (word.written.isdecimal() and len(word.written) <= 2) or "digit" in SINGLE.get(key, NONE)


def titled(text: Folded, words: list[Word], keys: list[str], at: int) -> int:
    """Titles and the name behind them; 0 when no name follows."""
    last = at
    while last + 1 < len(words) and keys[last] in TITLES and last - at < 4:
        last += 1
    named = keys[last] not in TITLES and not SINGLE.get(keys[last]) and text.capital(words[last].start)
    return last - at + 1 if named else 0
