"""The neutrality gate measured: sentences written before its rules, every second of them unread until the rules stood.

Each line of election_sentences.tsv: whether the gate must stop it or let it pass, its kind, the sentence. Lines with an
odd number were there to work with; those with an even number are the measure (docs/decisions/0018-a-second-person.md).
"""

import re
import sys
from pathlib import Path

import pytest

from handlers.neutrality import examine
from handlers.neutrality.phrases import PHRASES
from handlers.neutrality.words import ROLES

NAMES = [
    *("Partai Melati", "Si Putih", "🌼"),
    *("Pasangan Kenanga", "KEN-MEL", "Rangga Wisesa", "Mbah Wongso"),
]
LINES = Path(__file__).with_name("election_sentences.tsv").read_text(encoding="utf-8").splitlines()


def sentences(must: str, first: int) -> list[str]:
    """Those that must be stopped or pass, of every second line from `first` (counted from 1) on."""
    parted = [line.split("\t") for line in LINES[first - 1 :: 2]]
    return [hidden_signs(sentence) for wanted, _, sentence in parted if wanted == must]


def hidden_signs(written: str) -> str:
    """Signs nobody would see in the file are written there by their number."""
    return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), written)


def stopped(sentence: str) -> bool:
    return bool(examine("Undangan", f"Selamat pagi.\n{sentence}", "umum", NAMES))


def test_there_are_enough_of_every_kind() -> None:
    kinds = [line.split("\t")[:2] for line in LINES]
    assert sum(must == "stop" for must, _ in kinds) >= 120
    assert sum(must == "pass" for must, _ in kinds) >= 80
    wanted = {"ajak", "tolak", "golput", "doa", "slogan", "tagar", "samar", "nama", "uang", "cela", "jabatan"}
    assert {kind for must, kind in kinds if must == "stop"} == wanted


@pytest.mark.parametrize("first", [1, 2])
def test_what_speaks_for_or_against_somebody_is_stopped(first: int) -> None:
    assert [sentence for sentence in sentences("stop", first) if not stopped(sentence)] == []


@pytest.mark.parametrize("first", [1, 2])
def test_what_an_office_says_in_an_election_year_passes(first: int) -> None:
    assert [sentence for sentence in sentences("pass", first) if stopped(sentence)] == []


def test_every_word_is_of_use_and_every_phrase_has_its_words() -> None:
    asked = {role for phrase in PHRASES for roles in (*phrase.roles, phrase.unless) for role in roles}
    read = {"numbered", "zero", "hand", "person"}  # made of several words by reading.py
    assert asked - read <= set(ROLES)
    assert set(ROLES) - asked <= {"number", "or", "pierce"}  # what the others are made of, and what a name may follow


def test_a_sentence_tells_of_itself_alone() -> None:
    """What makes one harmless does not excuse the next, and a call does not reach over a full stop."""
    assert examine("", "Kampanye di tempat ibadah dilarang. Dukung petahana!", "umum")
    assert examine("", "Jangan golput. Golput saja!", "umum")
    assert not examine("", "Petugas mengantar surat. Nomor dua sudah selesai.", "umum")


def test_a_line_that_was_only_full_goes_on() -> None:
    assert examine("", "Besok mari kita coblos\nnomor dua.", "umum")


NAMED = [
    "P. A. R. T. A. I. Melati",
    "partaimelatijaya",
    "#melatiku #partaimelatijaya",
    "PARTAI—MELATI",
    "Partai\n  Melati",
    "Part\u0430i M\u0435lati",
    "🅟🅐🅡🅣🅐🅘 melati",
    "siputihnya",
    "Pesta 🌼🌼",
    "s\u00ad1 p u t 1 h",
]


@pytest.mark.parametrize("sentence", NAMED)
def test_a_name_is_known_in_disguise(sentence: str) -> None:
    assert {finding.kind for finding in examine("", sentence, "umum", NAMES)} == {"nama"}


@pytest.mark.parametrize(
    "sentence", ["Partai lain", "Melati mekar di halaman", "Baju putih", "Partisipasi melatih diri"]
)
def test_half_a_name_is_none(sentence: str) -> None:
    assert examine("", sentence, "umum", NAMES) == []


@pytest.mark.parametrize(
    "piece",
    ["coblos nomor ", "c ", "c.", "#", "#coblosnomor2 ", "jangan pilih ", "a\u0301\u0301", "pilihnomor", "co-", "☝"],
)
def test_work_grows_as_the_text_does(piece: str) -> None:
    """Counted, not timed: eight times the text takes no more than about eight times the calls."""
    assert calls(piece * 1600) < 12 * calls(piece * 200) + 20_000


def calls(text: str) -> int:
    count = 0

    def seen(*_: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(seen)
    try:
        examine("", text, "umum", NAMES)
    finally:
        sys.setprofile(None)
    return count
