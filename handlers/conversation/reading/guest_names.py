"""The people in a list of names as it is typed: separators, numbering, titles, degrees, positions and company."""

import re

from handlers.conversation.words import bare, folded


def words(told: str) -> frozenset[str]:
    return frozenset(told.split())


DEGREES = words(
    """
    amd amdkeb amdkep amdkom amk ama amapd apt ak aks ap ba bsc bba ca cpa dea drph dipl spdi spdsd spdaud spd
    sag sei sh shi shum se sesy st stp stt sthi sst ssttp sstp strkeb strkep strkom ssos ssosi sp spt spi ssi
    ssn ss ssy spsi skom skep skm sked skh sfarm sfil sgz sip sikom skpm sptk skg lc ns mpd mpdi mag msi msc mh
    mhi mhum ma mm mt mp map mars mak mba me mei mec mesy mfil mfarm mip mikom mkes mkep mkeb mkn mkom mkm mpsi
    msos msn mth mtri mphil mstat llb llm phd psikolog psi ipm ipu kons cht finasim qia spog spogk spa spak spb
    spbk span sppd sppdk spm spthtkl spkj sprad spkk spjp sps spu spot spp spok spmk sppk spkg
    """
)
"""Behind a name, without dots and spaces, in small letters: never a person of their own."""
TITLES = words(
    """
    prof dr drs dra drg drh ir h hj kh kyai nyai gus ning r rr ra rm tgk teuku ust ustadz ustaz ustadzah usth bp
    bpk bapak pak ibu bu bunda sdr sdri saudara saudari mas mbak kang yth tn ny nn
    """
)
POSITIONS = re.compile(
    r"(?:(?:wakil|plt|mantan) )?(?:ketua(?: umum| harian| bidang [\w ]+)?|sekretaris(?: umum)?|bendahara(?: umum)?|"
    r"pembina|penasihat|pengawas|koordinator(?: [\w ]+)?|humas|anggota(?: pengurus)?|kepala [\w ]+|staf|pendamping)"
    r"(?: (?:i|ii|iii|1|2|3))?"
)
COMPANY = words(
    """
    orang wong tiyang anggota pengurus teman teman-teman kawan kawan-kawan rekan rekan-rekan rombongan tim staf
    dkk dll dst lain lainnya lain-lain yang lagi beberapa para semua seluruh keluarga istri suami anak sekitar
    kurang lebih kira-kira kami people others friends some se satu dua tiga empat lima enam tujuh delapan
    sembilan sepuluh belas puluh setunggal kalih tigo sekawan gangsal belum tahu ada tidak masih nanti menyusul
    """
)
"""Words that tell of people without naming them."""
MYSELF = re.compile(
    r"(?:(?:hanya|cuma|just|only) )?(?:saya|aku|kula|kulo|me|myself)(?: (?:sendiri|sendirian|piyambak|saja))*"
)
OPENING = re.compile(
    r"^\s*(?:yang (?:akan )?hadir|peserta(?:nya)?|daftar hadir|nama(?:nya)?)\b\s*:?"
    r"\s*(?:(?:adalah|yaitu|ialah)\b)?[\s:]*",
    re.IGNORECASE,
)
NUMBERED = re.compile(r"(?:^|(?<=[\s,;]))(?:\(\d{1,2}\)|\d{1,2}[.)])\s*(?=[^\W\d])")
LISTED = re.compile(r"^\s*(?:[-–•*·]|[a-g][.)])\s+", re.MULTILINE)
BETWEEN = re.compile(
    r"[;\n]|,|\s[&+/]\s|\s(?:dan|serta|beserta|bersama|dengan|sama|lan|kaliyan|and)(?=\s)"
    r"|\s(?=(?:dkk|dll|dst|\d{1,3} (?:orang|anggota|pengurus|teman|rekan))\b)",
    re.IGNORECASE,
)
CALLED = re.compile(r"[A-Z][a-z]+ \d+")
BRACKETED = re.compile(r"\([^()]*\)")


def read_names(said: str, me: str = "") -> tuple[str, ...]:
    """The people named in `said`, each with their titles, degrees and position; empty when nobody is named.

    `me` is who is meant by "saya sendiri". Whoever comes along without a name ("dan kawan-kawan") is no name.
    """
    named: list[str] = []
    title = ""
    for part in parts(LISTED.sub("\n", NUMBERED.sub("\n", OPENING.sub("", said)))):
        if belongs_to_the_one_before(part):
            named[-1:] = [f"{named[-1]}, {part}"] if named else []
        elif not any(c.isalpha() for c in part) or is_company(part):
            continue
        elif MYSELF.fullmatch(bare(part)):
            named += [me] if me else []
        elif all(letters(word) in TITLES for word in part.split()):
            title = f"{title}{part}, "
        else:
            named.append(title + part)
            title = ""
    return tuple(one for place, one in enumerate(named) if one != me or me not in named[:place])


def told_apart(names: tuple[str, ...]) -> str:
    """With commas between, or semicolons where a name has commas of its own."""
    return ("; " if any("," in name for name in names) else ", ").join(names)


def parts(said: str) -> list[str]:
    """Cut at separators, but not within brackets."""
    kept = BRACKETED.sub(lambda found: "\0" * len(found[0]), f" {said} ")
    cuts = [0, *(place for found in BETWEEN.finditer(kept) for place in found.span()), len(kept)]
    whole = f" {said} "
    pieces = (whole[start:end] for start, end in zip(cuts[::2], cuts[1::2], strict=True))
    return [" ".join(piece.split()).strip(" ,") for piece in pieces if piece.strip(" ,.-")]


def belongs_to_the_one_before(part: str) -> bool:
    """Degrees and positions stand behind a name and are none: "M.Si.", "(Kons)", "wakil ketua"."""
    return is_degrees(re.sub(r"[()]", " ", part).split()) or POSITIONS.fullmatch(folded(part)) is not None


def is_degrees(words: list[str]) -> bool:
    """Whether these words are degrees and nothing else, also with spaces in them ("S. Pd. M. Pd.")."""
    if not words:
        return False
    ends = [size for size in range(1, min(4, len(words)) + 1) if letters("".join(words[:size])) in DEGREES]
    return any(size == len(words) or is_degrees(words[size:]) for size in ends)


def letters(word: str) -> str:
    return "".join(c for c in word.casefold() if c.isalpha())


def is_company(part: str) -> bool:
    """People without a name: "3 orang", "beberapa pengurus lainnya". "Pengurus 5" is how somebody is called."""
    return not CALLED.fullmatch(part) and all(
        word.isdecimal() or word in COMPANY for word in re.sub(r"[^\w\s-]", " ", folded(part)).split()
    )
