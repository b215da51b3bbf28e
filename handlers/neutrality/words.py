"""The words of words.toml, found by their letters: what each may do in a sentence."""

import tomllib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from handlers.neutrality.letters import key

Several = dict[str, list[tuple[tuple[str, ...], frozenset[str]]]]
"""Words that mean one thing together, by the first of them, the longest first; each with what they may do."""
DATA = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
ROLES: dict[str, dict[str, str]] = DATA["role"]
HAND_SIGNS: str = DATA["list"]["hand_signs"]
NONE: frozenset[str] = frozenset()


def listed(name: str) -> frozenset[str]:
    return frozenset(map(key, DATA["list"][name].split()))


TITLES, APPLICANTS, ON_THE_BALLOT, GOOD = map(listed, ("titles", "applicants", "on_the_ballot", "good"))
ENDINGS = tuple(map(key, DATA["list"]["endings"].split()))


def written() -> Iterator[tuple[tuple[str, ...], str]]:
    """Every entry as keys, with its role; "don't" is two words for whoever reads letters only."""
    for role, languages in ROLES.items():
        for entry in " ".join(languages.values()).replace("'", "_").split():
            yield tuple(map(key, entry.split("_"))), role


def gathered(entries: Iterable[tuple[tuple[str, ...], str]]) -> tuple[dict[str, frozenset[str]], Several]:
    found: dict[tuple[str, ...], set[str]] = {}
    for keys, role in entries:
        found.setdefault(keys, set()).add(role)
    single = {keys[0]: frozenset(roles) for keys, roles in found.items() if len(keys) == 1}
    several: Several = {}
    for keys in sorted((keys for keys in found if len(keys) > 1), key=len, reverse=True):
        several.setdefault(keys[0], []).append((keys, frozenset(found[keys])))
    return single, several


SINGLE, SEVERAL = gathered(written())
PARTS = frozenset(part for found in SEVERAL.values() for keys, _ in found for part in keys)


def known(found: str) -> bool:
    """Whether this is the key of a word of ours, or of a part of several."""
    return found in SINGLE or found in PARTS


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """The key of a word of ours, without its ending; a word that is none of ours as it is."""
    found = key(word)
    if known(found):
        return found
    if "*" in word:
        return next((one for vowel in "aiueo" if known(one := key(word.replace("*", vowel)))), found)
    for ending in ENDINGS:
        if found.endswith(ending) and len(found) - len(ending) > 2 and known(found[: -len(ending)]):
            return found[: -len(ending)]
    return found
