"""What the office keeps about an ormas: what each fact is called, how it is read, how it is said back."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from handlers.conversation.questions.question import Answer, TextQuestion, Unfit
from handlers.conversation.reading.closest import closest
from handlers.conversation.reading.dates import read_when
from handlers.conversation.words import Lines, Text, day_in_full, folded, say
from handlers.office.kecamatan import alone, by_other_name
from handlers.office.profile import Office

Reader = Callable[[str, Office, datetime], str]
Writer = Callable[[str, Office], Text]

YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)", re.ASCII)
"""A day of the register is never guessed: its year is written out."""
ROUNDED = re.compile(r"\d([.,]\d+)?e\+\d+", re.ASCII | re.IGNORECASE)
"""What a spreadsheet makes of a long number."""
MAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]{2,}")
SHORTEST = 3
"""Characters that are enough to mean one of several."""


@dataclass(frozen=True, slots=True)
class Fact:
    """`read` makes the text that is stored, or raises Unfit with the reason; `headings` are its names in a table."""

    key: str
    label: Text
    read: Reader
    write: Writer
    hint: Text
    headings: tuple[str, ...]
    needed: bool = False
    """Whether it can never be empty."""
    is_day: bool = False


def chosen(said: str, labels: Mapping[str, str]) -> str | None:
    """The key that was written, or whose label is (nearly) what was written."""
    word = folded(said)
    exact = next((key for key, label in labels.items() if word in (folded(key), folded(label))), None)
    return exact or (closest(word, labels) if len(word) >= SHORTEST else None)


def words(at_most: int) -> Reader:
    question = TextQuestion("", "", at_most=at_most)
    return lambda said, office, now: question.read(Answer(text=said), cast(Any, None))


def read_number(said: str, office: Office, now: datetime) -> str:
    if ROUNDED.fullmatch(said.strip()):
        raise Unfit(say("Nomor “{said}” sudah dibulatkan. Mohon simpan selnya sebagai teks.", said=said))
    return words(80)(said, office, now)


def read_day(said: str, office: Office, now: datetime) -> str:  # noqa: ARG001
    found = read_when(said, now).day if YEAR.search(said) else None
    if found is None:
        raise Unfit(
            say("“{said}” belum kami pahami. Tulis lengkap, misalnya 2 Desember 2031 atau 02/12/2031.", said=said[:60])
        )
    return found.isoformat()


def read_kind(said: str, office: Office, now: datetime) -> str:  # noqa: ARG001
    return one_of(said, office.kinds)


def read_kecamatan(said: str, office: Office, now: datetime) -> str:  # noqa: ARG001
    word = alone(said)
    return by_other_name(word, office) or one_of(word, {name: name for name in office.kecamatan})


def read_fields(said: str, office: Office, now: datetime) -> str:  # noqa: ARG001
    """Several with semicolons between; commas too, where no field has one in its own name. The first is the main."""
    keys: list[str] = []
    for part in filter(str.strip, re.split(r"[;\n]", said)):
        whole = chosen(part, office.fields)
        keys += [whole] if whole else [one_of(one, office.fields) for one in part.split(",") if one.strip()]
    if not keys:
        raise Unfit(say("Mohon tulis paling sedikit satu bidang."))
    return ",".join(dict.fromkeys(keys))


def one_of(said: str, labels: Mapping[str, str]) -> str:
    key = chosen(said, labels)
    if key is None:
        raise Unfit(say("“{said}” tidak ada di daftar kami.", said=said.strip()[:60]))
    return key


def read_phone(said: str, office: Office, now: datetime) -> str:  # noqa: ARG001
    """As people dial it here: 0812…; a spreadsheet likes to eat the zero."""
    number = re.sub(r"[\s().-]", "", said)
    number = re.sub(r"^(\+?62|(?=8))", "0", number)
    if not re.fullmatch(r"\d{7,15}", number, re.ASCII):
        raise Unfit(say("“{said}” bukan nomor telepon. Contoh: 081234567890.", said=said[:60]))
    return number


def read_mail(said: str, office: Office, now: datetime) -> str:  # noqa: ARG001
    if len(said) > 100 or not MAIL.fullmatch(said.strip()):
        raise Unfit(say("“{said}” bukan alamat email. Contoh: forum@contoh.id.", said=said[:60]))
    return said.strip()


def as_it_is(value: str, office: Office) -> Text:  # noqa: ARG001
    return value


def in_full(value: str, office: Office) -> Text:  # noqa: ARG001
    return day_in_full(date.fromisoformat(value))


def kind_label(value: str, office: Office) -> Text:
    return office.kinds.get(value, value)


def field_labels(value: str, office: Office) -> Text:
    return Lines(tuple(office.fields.get(key, key) for key in value.split(",")), "; ")


A_DAY = say("tanggal lengkap, misalnya 02/12/2031")
A_NAME = say("nama lengkap")
FACTS = (
    Fact("name", say("Nama ormas"), words(100), as_it_is, say("nama resmi"),
         ("nama", "nama organisasi", "nama lsm", "ormas", "organisasi", "nama ormas/lsm"), needed=True),
    Fact("kind", say("Bentuk"), read_kind, kind_label, say("salah satu dari daftar"),
         ("bentuk ormas", "jenis", "status hukum", "legalitas", "bentuk hukum", "pencatatan"), needed=True),
    Fact("number", say("Nomor SKT/SK"), read_number, as_it_is, say("nomor SKT atau keputusan badan hukum"),
         ("nomor skt", "no skt", "nomor sk", "no sk", "nomor ahu", "no ahu", "nomor registrasi", "no registrasi")),
    Fact("expires_on", say("Berlaku sampai"), read_day, in_full, A_DAY,
         ("masa berlaku", "berlaku hingga", "berlaku s/d", "tanggal berakhir", "masa berlaku skt", "kedaluwarsa"),
         is_day=True),
    Fact("fields", say("Bidang"), read_fields, field_labels,
         say("boleh beberapa, dengan titik koma; yang utama di depan"),
         ("bidang kegiatan", "bidang ormas", "bidang organisasi"), needed=True),
    Fact("kecamatan", say("Kecamatan"), read_kecamatan, as_it_is, say("kecamatan sekretariat"),
         ("kec", "kecamatan sekretariat"), needed=True),
    Fact("chair", say("Ketua"), words(80), as_it_is, A_NAME, ("nama ketua", "ketua umum")),
    Fact("secretary", say("Sekretaris"), words(80), as_it_is, A_NAME, ("nama sekretaris", "sekretaris umum")),
    Fact("treasurer", say("Bendahara"), words(80), as_it_is, A_NAME, ("nama bendahara", "bendahara umum")),
    Fact("term_from", say("Masa bakti mulai"), read_day, in_full, A_DAY,
         ("periode mulai", "awal masa bakti", "mulai masa bakti"), is_day=True),
    Fact("term_until", say("Masa bakti sampai"), read_day, in_full, A_DAY,
         ("periode sampai", "akhir masa bakti", "masa bakti hingga", "periode hingga"), is_day=True),
    Fact("address", say("Alamat"), words(200), as_it_is, say("alamat sekretariat"),
         ("alamat sekretariat", "alamat kantor", "sekretariat")),
    Fact("phone", say("Telepon"), read_phone, as_it_is, say("nomor yang dapat dihubungi"),
         ("no telepon", "nomor telepon", "telp", "no telp", "hp", "no hp", "nomor hp", "whatsapp", "no wa", "kontak")),
    Fact("email", say("Email"), read_mail, as_it_is, say("alamat email"), ("surel", "alamat email", "e-mail")),
)  # fmt: skip
"""In the order of the columns of a table."""
BY_KEY = {fact.key: fact for fact in FACTS}


def check(facts: Mapping[str, str], office: Office, today: date) -> None:
    """What no fact shows alone. Raises Unfit, which names the fact."""
    kind, end = facts["kind"], facts["expires_on"]
    years = office.registry.valid_years.get(kind)
    if end and years is None:
        label = kind_label(kind, office)
        raise Unfit(say("Ormas dengan bentuk “{kind}” tidak punya masa berlaku.", kind=label), "expires_on")
    if end and years and date.fromisoformat(end).year > today.year + years:
        raise Unfit(say("Masa berlakunya paling lama {years} tahun.", years=years), "expires_on")
    if facts["term_from"] and facts["term_until"] and facts["term_until"] <= facts["term_from"]:
        raise Unfit(say("Masa bakti berakhir sebelum dimulai."), "term_until")


def with_changes(facts: Mapping[str, str], changes: Mapping[str, str], office: Office) -> dict[str, str]:
    """What would stand there; an ormas that becomes one without an end loses the end it had."""
    changed = {**facts, **changes}
    if "kind" in changes and "expires_on" not in changes and changes["kind"] not in office.registry.valid_years:
        changed["expires_on"] = ""
    return changed


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in after.items() if before.get(key) != value}
