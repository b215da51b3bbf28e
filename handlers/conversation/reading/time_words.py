"""Turns a loosely typed Indonesian, Javanese or English phrase about time into one plain spelling."""

import re
import unicodedata
from collections.abc import Iterable

MOST_CHARACTERS = 200

WEEKDAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "ahad")
MONTHS = (
    "januari", "februari", "maret", "april", "mei", "juni",
    "juli", "agustus", "september", "oktober", "november", "desember",
)  # fmt: skip

# Each plain word, then the other ways people type it. An empty plain word means: says nothing about time.
SPELLINGS = {
    "": "wib pon wage kliwon legi pahing paing yang yg pada pd di on of the tepat",
    "senin": "senen sen snin monday mon",
    "selasa": "slasa slaso seloso selosa sel tuesday tue tues",
    "rabu": "rebo rabo rab wednesday wed",
    "kamis": "kemis kam thursday thu thur thurs",
    "jumat": "jumaat jemuah jemuwah jumuah jemah jum friday fri",
    "sabtu": "setu saptu sebtu sab saturday sat",
    "ahad": "akad ngahad sunday sun",
    "minggu": "mgg mnggu mingu",
    "1 minggu": "seminggu smgg semgg",
    "januari": "jan january",
    "februari": "feb peb pebruari february",
    "maret": "mar mrt march",
    "april": "apr",
    "mei": "may",
    "juni": "jun june",
    "juli": "jul july",
    "agustus": "agt ags agu agus aug august",
    "september": "sep sept",
    "oktober": "okt oct october",
    "november": "nov nop nopember",
    "desember": "des dec december",
    "hari": "hr hri dina dino dinten day days",
    "1 hari": "sehari",
    "pekan": "week weeks",
    "1 pekan": "sepekan",
    "akhir pekan": "weekend",
    "bulan": "bln wulan month months",
    "1 bulan": "sebulan",
    "tahun": "thn year",
    "tanggal": "tgl tggl tg tanggl date",
    "jam": "jm pk pkl pukul pkul at",
    "hari ini": "sekarang skrg skrang saiki sakniki sapunika today now",
    "hari ini malam": "tonight",
    "besok": "bsk bsok besuk esok suk sesuk sesok benjang mbenjang benjing mbenjing ngenjing tomorrow tmrw",
    "lusa": "emben",
    "kemarin": "kmrn kmarin wingi kalawingi yesterday",
    "kemarin malam": "semalam",
    "nanti": "nnti ntar mengko mangke",
    "tadi": "td",
    "depan": "dpn ngarep ngajeng",
    "lalu": "kepungkur ago",
    "ini": "iki menika niki",
    "lagi": "lg lgi",
    "atau": "ato atw utawa utawi or",
    "pagi": "pgi esuk isuk enjing enjang morning",
    "siang": "siyang awan noon afternoon",
    "sore": "sonten",
    "malam": "malem mlm bengi wengi dalu ndalu evening night",
    "lewat": "lwt liwat lebih luwih langkung",
    "kurang": "krg kirang",
    "setengah": "stengah stgh setgh half",
    "dzuhur": "dhuhur dluhur duhur zuhur zhuhur luhur lohor dhuhr",
    "ashar": "asar asyar ngasar",
    "maghrib": "magrib mahgrib",
    "isya": "isyak",
    "subuh": "shubuh",
    "jumatan": "jumaatan jemuahan",
    "1": "satu siji setunggal one",
    "2": "dua loro kalih two",
    "3": "tiga telu three",
    "4": "empat papat sekawan four",
    "5": "lima gangsal five",
    "6": "enam enem six",
    "7": "tujuh pitu seven",
    "8": "delapan wolu eight",
    "9": "sembilan sanga songo nine",
    "10": "sepuluh sedasa ten",
    "11": "sebelas sewelas eleven",
    "12": "duabelas rolas kalihwelas twelve",
    "15": "seperempat seprapat prapat quarter",
    "20": "twenty",
    "30": "thirty",
    "45": "fortyfive",
}
PLAIN_WORD = {typed: plain for plain, ways in SPELLINGS.items() for typed in ways.split()}

DAY_PARTS = "pagi|siang|sore|malam"
WEEKDAY = "|".join(WEEKDAYS)
MONTH = "|".join(MONTHS)

# Applied in this order on plain words: each step may rely on the ones above it.
REWRITES: tuple[tuple[str, str], ...] = (
    (r"\b([2-9]) belas\b", r"1\1"),
    (r"\b([2-9]) puluh ([1-9])\b", r"\1\2"),
    (r"\b([2-9]) puluh\b", r"\g<1>0"),
    # A greeting is not a wish: "selamat pagi, besok jam 2" is about the afternoon.
    (rf"\b(?:selamat|slmt|met|sugeng|good) (?:{DAY_PARTS})\b", ""),
    (rf"^(?:{DAY_PARTS}) (?:pak|bapak|bpk|bu|ibu|kak|mas|mbak|min|admin)\b(?= )", ""),
    (r"\bhari after besok\b|\bbesok lusa\b", "lusa"),
    (r"\btadi malam\b", "kemarin malam"),
    (r"\btengah hari\b", "siang"),
    (r"\b(?:sholat|shalat|solat|salat) jumat\b", "jumatan"),
    (r"\ban? (hari|pekan)\b", r"1 \1"),
    (r"\b(?:dari|from) hari ini\b", "lagi"),
    (r"\bin (\d{1,3} (?:hari|pekan|bulan))\b(?! lagi)", r"\1 lagi"),
    (rf"\bin (?={DAY_PARTS})", ""),
    (r"\bnext ([a-z]+)", r"\1 depan"),
    (r"\bthis ([a-z]+)", r"\1 ini"),
    (r"\blast ([a-z]+)", r"\1 lalu"),
    (r"\bakan datang\b", "mendatang"),
    # English counts the half after the hour, Indonesian the half before the next one.
    (r"\bsetengah past (\d{1,2})\b", r"\1 lewat 30"),
    (r"\b(\d{1,2}) past (\d{1,2})\b", r"\2 lewat \1"),
    (r"\b15 to (\d{1,2})\b", r"\1 kurang 15"),
    (r"\b(\d{1,2}) oclock\b", r"jam \1"),
    (r"\bjam 1/2 (?=\d)", "jam setengah "),
    (r"\b(\d{1,2}) (?:st|nd|rd|th)\b", r"tanggal \1"),
    # "minggu" is Sunday or a week: these tell the two apart, and what is left over is a week.
    (r"\b(hari|malam) minggu\b", r"\1 ahad"),
    (
        r"(?<!\d )(?<!beberapa )(?<!awal )(?<!akhir )(?<!tengah )(?<!pertengahan )"
        r"\bminggu\b(?! (?:depan|ini|lagi|lalu|kemarin|mendatang|ke|pertama|terakhir)\b)",
        "ahad",
    ),
    (r"\bminggu\b", "pekan"),
    (rf"\bhari (?={WEEKDAY})", ""),
)
COMPILED = tuple((re.compile(pattern, re.ASCII), plain) for pattern, plain in REWRITES)

CUT_WORD = re.compile(r"\S+$")
APOSTROPHES = re.compile("['`\u2018\u2019\u02bc\u02bb\u00b4]")
MERIDIEM = re.compile(r"\b([ap])\.m\b")
NOT_TIME = re.compile(r"[^a-z0-9.:/-]")
LONE_SEPARATOR = re.compile(r"(?<![0-9])[.:/-]|[.:/-](?![0-9])")
LETTER_MEETS_DIGIT = re.compile(r"(?<=[0-9])(?=[a-z])|(?<=[a-z])(?=[0-9])")


def plain(said: str) -> str:
    """The phrase in plain words with single spaces; only its first 200 characters are looked at."""
    text = _spaced(_folded(_beginning(said)))
    text = _joined(PLAIN_WORD.get(word, word) for word in text.split())
    for pattern, replacement in COMPILED:
        text = _joined(pattern.sub(replacement, text).split())
    return text


def replaced(found: re.Match[str], word: str) -> str:
    """The text with a word in place of what was found, so that its neighbours do not meet."""
    text = found.string
    return _joined([text[: found.start()].strip(), word, text[found.end() :].strip()])


def _beginning(said: str) -> str:
    # A word cut in two could read as another hour ("jam 1" from "jam 13"), so it goes altogether.
    return said if len(said) <= MOST_CHARACTERS else CUT_WORD.sub("", said[:MOST_CHARACTERS])


def _folded(said: str) -> str:
    """Small letters and ASCII digits, without control, format and combining characters."""
    whole = unicodedata.normalize("NFKC", said.replace("½", " setengah ")).casefold()
    return "".join(_folded_character(character) for character in whole)[: 2 * MOST_CHARACTERS]


def _folded_character(character: str) -> str:
    if character.isspace():
        return " "
    if character.isdecimal():
        return str(int(character))
    return "" if unicodedata.category(character)[0] in "CM" else character


def _spaced(text: str) -> str:
    """Letters, numbers and the separators inside numbers; all else becomes a space."""
    text = MERIDIEM.sub(r"\1m", APOSTROPHES.sub("", text))
    text = LONE_SEPARATOR.sub(" ", NOT_TIME.sub(" ", text))
    return LETTER_MEETS_DIGIT.sub(" ", text)


def _joined(words: Iterable[str]) -> str:
    return " ".join(word for word in words if word)
