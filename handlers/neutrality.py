"""The neutrality gate: what in an announcement speaks for or against a party or candidate, and where it stands.

Pure, and on the safe side: it cannot know what is meant, so an approver may let something through, with a reason.
Sources: UU 7/2017 Art. 280 and the joint decree of five bodies on the neutrality of civil servants (SKB 2/2022).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from handlers.conversation.words import Text, say

ELECTION = "pemilu"
"""The topic whose announcements must name their legal source."""
ALIKE = str.maketrans("аеорсухіјѕԁвкмнт", "aeopcyxijsdbkmht")
"""Cyrillic letters that look like ours."""
AS_DIGIT = {"a": "a4@", "b": "b8", "e": "e3", "g": "g9", "i": "i1!", "l": "l1", "o": "o0", "s": "s5$", "t": "t7"}
"""Signs that stand for a letter when somebody hides a word."""
BREAK = r"[.\-_*·,'\s]{1,3}"
"""What may stand between the letters of a word that is spelled out: p.d.i, P D I."""
EDGE, END = r"(?<![a-z0-9])", r"(?![a-z0-9])"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that stops an announcement. `kind` is a word for tables, `words` say what and where."""

    kind: str
    words: Text


@dataclass(frozen=True, slots=True)
class Folded:
    """A text without case, accents and invisible signs; `places` lead back to what was written."""

    text: str
    places: tuple[int, ...]
    original: str

    def excerpt(self, found: re.Match[str]) -> str:
        start, end = self.places[found.start()], self.places[found.end() - 1] + 1
        return " ".join(self.original[start:end].split())

    def line(self, found: re.Match[str]) -> int:
        return self.original.count("\n", 0, self.places[found.start()]) + 1

    def capital(self, at: int) -> bool:
        return self.original[self.places[at]].isupper()


def fold(original: str) -> Folded:
    """Full-width and accented letters as plain ones, look-alikes as ours, no joiners; spaces as they are."""
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(original):
        for plain in unicodedata.normalize("NFKD", sign).casefold().translate(ALIKE):
            if not unicodedata.combining(plain) and unicodedata.category(plain) != "Cf":
                signs.append(plain)
                places.append(place)
    return Folded("".join(signs), tuple(places), original)


def sign(letter: str) -> str:
    return f"[{re.escape(AS_DIGIT[letter])}]" if letter in AS_DIGIT else re.escape(letter)


def spelled(word: str) -> str:
    """A pattern for a whole word: written as usual, with digits for letters, or with something between all letters."""
    letters = [sign(letter) for letter in word]
    usual = "".join(letters)
    return f"(?:{usual}|{BREAK.join(letters)})" if 1 < len(letters) < 20 else usual


def any_of(*words: str) -> str:
    """One of these words; a blank in them is any gap."""
    return "(?:" + "|".join(r"\s+".join(map(spelled, word.split())) for word in words) + ")"


compiled = cache(re.compile)
"""Only when the first announcement is examined: these patterns take long to build, and the start need not wait."""


def name_pattern(name: str) -> re.Pattern[str]:
    """A name as a whole, its words together or with a gap: "Partai Melati", "partaimelati", "P4rtai-Mel4ti"."""
    words = re.findall(r"[a-z0-9]+", fold(name).text)
    return re.compile(EDGE + r"[\W_]{0,3}".join(map(spelled, words)) + END) if words else re.compile(r"(?!)")


NUMBER = r"(?:\d{1,2}|satu|dua|tiga|empat|lima|siji|loro|telu|papat|setunggal|kalih)"
NUMBERED = rf"(?:{any_of('nomor', 'nomer', 'no', 'nmr', 'nmer')}\.?\s*(?:urut\s*)?{NUMBER}|0[1-9]){END}"
CANDIDATES = any_of("paslon", "pasangan calon", "kandidat", "caleg", "capres", "cawapres", "cabup", "cawabup", "cagub",
    "partai", "petahana", "incumbent")  # fmt: skip
APPLICANT = (
    r"(?:peserta|pengurus|pemilih|jemaah|penerima|siswa|ketua|mitra|haji|pegawai|anggota(?!\s+(?:dpr|legis|dewan)))"
)
CANDIDATE = rf"(?:{CANDIDATES}|{spelled('calon')}(?!\s+{APPLICANT}))"
"""Who stands for election; a "calon peserta" of a training does not."""
OFFICE = r"(?:wakil\s+)?(?:bupati|gubernur|presiden|wali\s*kota|dpr|dprd|dpd|caleg|anggota dewan)"
TITLE = r"(?:bapak|pak|ibu|bu|haji|hj?\.|gus|mas|mbak|kang|cak|kyai|kiai|ustaz|ustadz|dr\.|drs\.|ir\.)"
FOR = any_of("pilih", "pilihlah", "memilih", "milih", "pilihen", "coblos", "cobloslah", "coblosen", "nyoblos",
    "mencoblos", "dukung", "dukunglah", "mendukung", "dhukung", "dukungen", "dhukungen", "menangkan", "menangke",
    "menangno", "menangna")  # fmt: skip
VOTE = any_of(
    "coblos", "cobloslah", "coblosen", "nyoblos", "mencoblos", "menangkan", "menangke", "menangno", "menangna"
)
NOT = any_of("jangan", "aja", "ojo", "ampun", "tidak usah", "ora usah")
AGAINST = f"(?:{NOT}\\s+(?:ada\\s+yang\\s+)?{FOR}|{any_of('tolak', 'lawan', 'tumbangkan', 'kalahkan', 'tenggelamkan')})"
FEW = r"(?:\W+(?!dan\b|atau\b|untuk\b)\w+){0,3}?\W+"
"""Up to three words between the call and whom it is for, within a sentence."""
NEAR = FEW.replace(r"\W+", r"[^\w.!?\n]+")
IN_A_LIST = r"(?!\s+(?:pada|di|dari|dalam)\s+(?:menu|daftar|formulir|pilihan|jawaban|bawah|atas))"
GOOD = "damai|cerdas|jujur|adil|bersih|aman|sehat|pemilu|politikuang|golput|hoaks|hoax|sara|kekerasan|korupsi|narkoba"

CALL_FOR = tuple(
    EDGE + pattern
    for pattern in (
        rf"{FOR}{NEAR}(?:{CANDIDATE}{END}|{NUMBERED}{IN_A_LIST})",
        rf"{FOR}\s+(?:{NUMBERED}{IN_A_LIST})",
        rf"{FOR}{NEAR}(?:jadi|menjadi|sebagai|dadi|untuk)\s+{OFFICE}{END}",
        rf"{any_of('ganti', 'lanjutkan')}\s+{OFFICE}{END}",
    )
)
CALL_AGAINST = tuple(
    EDGE + pattern
    for pattern in (
        rf"{AGAINST}(?:{NEAR}|\s+)(?:{CANDIDATE}|{NUMBERED}|dia|mereka){END}",
        rf"{any_of('ayo', 'mari', 'pilih', 'mending', 'lebih baik')}\s+golput{END}",
        rf"{NOT}\s+(?:datang|pergi|ke|teka|mangkat)\s+(?:ke\s+|menyang\s+)?tps{END}",
    )
)
SLOGAN = (
    r"#\d{4}ganti\w*|#(?:20\d\d)?(?:ganti|lanjutkan|tetap)\w*(?:bupati|gubernur|presiden)\w*",
    rf"#(?:ayo|mari|jangan|ojo|kita)*(?:pilih|coblos|dukung|menangkan|tolak|lawan|kalahkan)(?!\w*(?:{GOOD}))\w+",
    rf"#(?:salam\w*jari|nomor\d\w*|0\d{END}|\d{END})\w*",
    rf"{EDGE}salam\s+{NUMBER}(?:\s+jari)?{END}|{EDGE}salam\s+jari{END}",
    rf"{EDGE}{NUMBER}\s+periode{END}",
)
ORDER = rf"{EDGE}{CANDIDATE}(?:\s+\w+){{0,3}}?\s+{NUMBERED}|{EDGE}{any_of('nomor urut')}\s+{NUMBER}{END}"
PERSON = rf"{EDGE}{FOR}\s+(?:{TITLE}\s+)+(?![\W])(\w+)"
NAKED = rf"{EDGE}{VOTE}\s+(\w+)"
ON_THE_BALLOT = {
    *("tps", "surat", "suara", "kertas", "di", "pada", "sesuai", "dengan", "satu", "sekali", "hak", "pemilu", "tepat"),
    *("lomba", "hadiah", "juara", "undian", "gambar", "kolom", "jangan", "lalu", "setelah", "sebelum"),
}
"""What may follow "coblos" or "menangkan" with a capital letter."""
LAW = re.compile(
    rf"{EDGE}(?:uu|undang-undang|pkpu|peraturan|perbawaslu|perppu|perpu|pp|perpres|permendagri|perda|perbup|putusan"
    r"|keputusan|surat edaran|se|skb)\b[^\n]{0,60}?\d|dasar hukum\s*:\s*\w"
)


def examine(
    title: str, body: str, topic: str, names: Iterable[str] = (), *, options: Iterable[str] = (), source: str = ""
) -> list[Finding]:
    """Everything in an announcement that stops it; empty when nothing does. Each place is named once."""
    known = list(names)
    parts = [(say("judul"), title), (None, body), *((say("pilihan jawaban"), option) for option in options)]
    found = [finding for where, text in parts for finding in examine_text(fold(text), where, known)]
    if topic == ELECTION and not source and not any(LAW.search(fold(text).text) for _, text in parts):
        words = say("Topik pemilu: sebutkan dasar hukumnya, misalnya peraturan KPU dan nomornya.")
        found.append(Finding("sumber", words))
    return found


def examine_text(text: Folded, where: Text | None, names: list[str]) -> Iterator[Finding]:
    taken: list[tuple[int, int]] = []
    for kind, found in occurrences(text, names):
        if any(start < found.end() and found.start() < end for start, end in taken):
            continue  # said already
        taken.append(found.span())
        place = where if where is not None else say("baris {number}", number=text.line(found))
        yield Finding(kind, say("{what}: “{found}” ({place})", what=WHAT[kind], found=text.excerpt(found), place=place))


def occurrences(text: Folded, names: list[str]) -> Iterator[tuple[str, re.Match[str]]]:
    """The clearest first: what stands in a call to vote is not named once more as a name."""
    for kind, patterns in (("tolak", CALL_AGAINST), ("ajak", CALL_FOR), ("slogan", SLOGAN)):
        for pattern in patterns:
            yield from ((kind, found) for found in compiled(pattern).finditer(text.text))
    yield from (("ajak", found) for found in compiled(PERSON).finditer(text.text) if text.capital(found.start(1)))
    yield from (("ajak", found) for found in compiled(NAKED).finditer(text.text) if names_somebody(text, found))
    yield from (("urut", found) for found in compiled(ORDER).finditer(text.text))
    for name in names:
        yield from (("nama", found) for found in name_pattern(name).finditer(text.text))


def names_somebody(text: Folded, found: re.Match[str]) -> bool:
    return text.capital(found.start(1)) and found[1] not in ON_THE_BALLOT and not found[1].isdecimal()


WHAT: dict[str, Text] = {
    "nama": say("Nama partai atau calon"),
    "ajak": say("Ajakan memilih atau mendukung"),
    "tolak": say("Ajakan menolak atau tidak memilih"),
    "urut": say("Nomor urut calon"),
    "slogan": say("Salam atau tagar kampanye"),
}
