"""Letters as people read them: whatever hides a word, it becomes the plain word again, with its place."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

ALIKE = str.maketrans(
    "аеорсухіјѕԁвкмнтӏոսցһοαινκρτυεβηζµꓲɑɡıᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ",
    "aeopcyxijsdbkmhtlnughoaivkptuebnzulagiabcdefghijklmnoprstuvwyz",
)
"""Cyrillic, Armenian, Greek and small-capital letters that look like ours."""
BOXED = tuple(range(first, first + 26) for first in (0x1F150, 0x1F170, 0x1F1E6))
"""Letters in a filled circle, in a filled square, and as halves of a flag: A to Z in each."""
BLANKS = "\u115f\u1160\u3164\uffa0\u2800"
"""Letters by their class that show nothing."""
HIDDEN = frozenset({"Mn", "Me", "Mc", "Cf", "Sk"})
"""Marks, joiners, variation selectors and skin tones, by their Unicode category."""
UNSURE = "1"
"""Stands for i or l: in p1l1h it is the one, in cob1os the other."""
AS_LETTERS = str.maketrans("013457896|!@$€£z", "o1eastbgg11ase1s")
REPEATED = re.compile(r"(.)\1+", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Folded:
    """A text without case, accents and invisible signs; `places` lead back to what was written."""

    text: str
    places: Sequence[int]
    original: str

    def excerpt(self, start: int, end: int) -> str:
        """What was written there, on one line."""
        return " ".join(self.original[self.places[start] : self.places[end - 1] + 1].split())

    def line(self, at: int) -> int:
        """Counted from 1."""
        return self.original.count("\n", 0, self.places[at]) + 1

    def capital(self, at: int) -> bool:
        return self.original[self.places[at]].isupper()


def fold(original: str) -> Folded:
    """Sign by sign, so that the longest text takes no more than its length; spaces and line breaks stay."""
    if original.isascii():
        return Folded(original.lower(), range(len(original)), original)
    signs = [plain(sign) for sign in original]
    places = [place for place, found in enumerate(signs) for _ in found]
    return Folded("".join(signs), places, original)


@lru_cache(maxsize=4096)
def plain(sign: str) -> str:
    """A sign in small letters of ours; nothing for marks, joiners, variation selectors and skin tones."""
    for letters in BOXED:
        if ord(sign) in letters:
            return chr(ord("a") + ord(sign) - letters.start)
    found = unicodedata.normalize("NFKD", sign).casefold().translate(ALIKE)
    return "".join(one for one in found if one not in BLANKS and unicodedata.category(one) not in HIDDEN)


def exact(word: str) -> str:
    """A word with letters for digits and no letter twice in a row; i and l that may be either are `UNSURE`."""
    return word if word.isdecimal() else REPEATED.sub(r"\1", word.translate(AS_LETTERS))


@lru_cache(maxsize=8192)
def key(word: str) -> str:
    """The same for i and l: what words are found by. "Pi|ihhh", "p1l1h" and "pilih" have one; a key is its own key."""
    return word if word.isdecimal() else REPEATED.sub(r"\1", either(exact(word)))


def either(word: str) -> str:
    """As long as what is given."""
    return word if word.isdecimal() else word.replace("l", "i").replace(UNSURE, "i")


def fits(found: str, wanted: str) -> bool:
    """Whether it is this word and no other with i for l; both of one length."""
    return all(one in (other, UNSURE) for one, other in zip(found, wanted, strict=True))
