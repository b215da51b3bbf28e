"""The neutrality gate: what in an announcement speaks for or against a party or candidate, and where it stands.

Pure, and on the safe side: it cannot know what is meant, so an approver may let something through, with a reason.
Sources: UU 7/2017 Art. 280 and the joint decree of five bodies on the neutrality of civil servants (SKB 2/2022).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from handlers.conversation.words import Text, say
from handlers.neutrality.letters import Folded, fold
from handlers.neutrality.names import named
from handlers.neutrality.phrases import BY_ANCHOR, HARMLESS, PHRASES, TAGGED, Phrase
from handlers.neutrality.reading import Sentence, Unit, read
from handlers.neutrality.words import GOOD, ON_THE_BALLOT

ELECTION = "pemilu"
"""The topic whose announcements must name their legal source."""
LAW = re.compile(
    r"(?<![a-z0-9])(?:uu|undang-undang|pkpu|peraturan|perbawaslu|perppu|perpu|pp|perpres|permendagri|perda|perbup|putusan"
    r"|keputusan|surat edaran|se|skb)\b[^\n]{0,60}?\d|dasar hukum\s*:\s*\w"
)
Found = tuple[str, int, int]
"""A kind, and from where to where in the folded text."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that stops an announcement. `kind` is a word for tables, `words` say what and where."""

    kind: str
    words: Text


def examine(
    title: str, body: str, topic: str, names: Iterable[str] = (), *, options: Iterable[str] = (), source: str = ""
) -> list[Finding]:
    """Everything in an announcement that stops it; empty when nothing does. Each place is named once."""
    known = list(names)
    parts = [(say("judul"), title), (None, body), *((say("pilihan jawaban"), option) for option in options)]
    folded = [(where, fold(text)) for where, text in parts if text]
    found = [finding for where, text in folded for finding in examine_text(text, where, known)]
    if topic == ELECTION and not source and not any(LAW.search(text.text) for _, text in folded):
        words = say("Topik pemilu: sebutkan dasar hukumnya, misalnya peraturan KPU dan nomornya.")
        found.append(Finding("sumber", words))
    return found


def examine_text(text: Folded, where: Text | None, names: list[str]) -> list[Finding]:
    """In the order of the text."""
    said: bytearray = bytearray(len(text.text))
    taken: list[tuple[int, str, int]] = []
    for kind, start, end in occurrences(text, names):
        if not any(said[start:end]):
            said[start:end] = b"\1" * (end - start)
            taken.append((start, kind, end))
    return [in_words(text, where, kind, start, end) for start, kind, end in sorted(taken) if kind != HARMLESS]


def in_words(text: Folded, where: Text | None, kind: str, start: int, end: int) -> Finding:
    place = where if where is not None else say("baris {number}", number=text.line(start))
    return Finding(
        kind, say("{what}: “{found}” ({place})", what=WHAT[kind], found=text.excerpt(start, end), place=place)
    )


def occurrences(text: Folded, names: list[str]) -> Iterator[Found]:
    """The names of the list first: nothing is clearer."""
    words, sentences = read(text)
    yield from (("nama", start, end) for start, end in named(text, words, names))
    for sentence in sentences:
        yield from slogans(sentence) if sentence.tag else spoken(text, sentence)


def spoken(text: Folded, sentence: Sentence) -> Iterator[Found]:
    """What the phrases find, the clearest first."""
    for rank in sorted({rank for role in sentence.where for rank in BY_ANCHOR.get(role, ())}):
        phrase = PHRASES[rank]
        if all(sentence.has(roles) for roles in phrase.roles) and not sentence.has(phrase.unless):
            yield from (place(phrase.kind, sentence.units[first : last + 1]) for first, last in meets(phrase, sentence))
    yield from called(text, sentence)
    if sentence.has(SHOUT) and all(unit.roles & SHOUTED for unit in sentence.units):
        yield place("slogan", sentence.units)


SHOUT = frozenset({"keep", "golput", "all-in"})
SHOUTED = SHOUT | {"again", "push", "us", "remind"}
"""A sentence of nothing else is a slogan: "Lanjutkan!", "Golput aja"."""


def meets(phrase: Phrase, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Where its words stand together: from one unit to another."""
    first, *others = phrase.roles
    for anchor in sorted({at for role in first for at in sentence.where.get(role, ())}):
        places = [anchor]
        for roles in others:
            at = nearest(sentence, roles, places, phrase)
            if at is None:
                break
            places.append(at)
        else:
            yield min(places), max(places)


def nearest(sentence: Sentence, roles: frozenset[str], taken: list[int], phrase: Phrase) -> int | None:
    """The next unit with one of these roles: after the last one, or, where order does not matter, around the first."""
    for step in range(1, phrase.within + 2):
        for at in (taken[-1] + step,) if phrase.ordered else (taken[0] + step, taken[0] - step):
            if 0 <= at < len(sentence.units) and at not in taken and sentence.units[at].roles & roles:
                return at
    return None


def called(text: Folded, sentence: Sentence) -> Iterator[Found]:
    """A call to vote with a name behind it, or with what somebody is known by: "Coblos Budiman", "coblos kumisnya"."""
    for at in sentence.where.get("pierce", ()):
        behind = sentence.units[at + 1 : at + 2]
        if behind and somebody(text, behind[0]):
            yield place("ajak", sentence.units[at : at + 2])


def somebody(text: Folded, unit: Unit) -> bool:
    """A name, or what a person is known by; a word of ours is neither."""
    word = unit.words[0]
    if unit.roles or unit.keys[0] in ON_THE_BALLOT:
        return False
    return text.capital(word.start) or (word.written.endswith(("nya", "e")) and len(word.written) > KNOWN_BY)


KNOWN_BY = 5
"""Letters that "kumise" has at least: a shorter word is no part of anybody."""


def slogans(tag: Sentence) -> Iterator[Found]:
    """A hashtag with a word of campaigns, and nothing in it that is good for everybody."""
    keys = {key for unit in tag.units for key in unit.keys}
    good = bool(keys & GOOD) or (tag.has(ABSTAINING) and tag.has(REFUSING))
    if tag.has(TAGGED) and not good and (len(tag.units) > 1 or tag.has(ALONE)):
        yield place("slogan", tag.units)


ABSTAINING, REFUSING = frozenset({"golput"}), frozenset({"refuse", "cheer", "against"})
ALONE = frozenset({"golput", "numbered", "zero"})
"""A hashtag of nothing else is one as well: #02."""


def place(kind: str, units: list[Unit]) -> Found:
    return kind, units[0].words[0].start, units[-1].words[-1].end


WHY = say("Kata-kata kantor tidak menguntungkan atau merugikan peserta pemilu mana pun (UU 7/2017 Pasal 282).")
"""What whoever wrote reads below the findings."""
WHAT: dict[str, Text] = {
    "nama": say("Nama partai atau calon"),
    "ajak": say("Ajakan memilih atau mendukung"),
    "tolak": say("Ajakan menolak atau tidak memilih"),
    "urut": say("Nomor urut calon"),
    "slogan": say("Salam atau tagar kampanye"),
    "doa": say("Doa atau restu untuk pencalonan"),
    "uang": say("Tawaran uang atau barang untuk suara"),
    "cela": say("Celaan terhadap calon atau partai"),
    "jabatan": say("Dukungan atas nama jabatan"),
}
