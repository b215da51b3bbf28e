"""A table of ormas becomes the register: first a plan that changes nothing, then all of it or none."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from rapidfuzz import fuzz

from handlers.conversation.questions.question import Unfit
from handlers.conversation.words import Text, clean, folded, in_language, listed, say
from handlers.office.profile import Office
from handlers.register.ends import set_reminders
from handlers.register.facts import BY_KEY, FACTS, Fact, check, differences, with_changes
from storage.database.database import Transaction
from storage.ormas import registry
from storage.ormas.registry import Record

Cell = str | date
Rows = Iterable[tuple[int, Sequence[Cell]]]
"""Rows of a table with their numbers, as a spreadsheet counts them."""
Bar = Callable[[list["Change"]], Iterable["Change"]]
"""Goes through the changes and may show how far it is."""

ALIKE = 88
"""Of 100: how near a heading must be to a name we know (rapidfuzz `ratio`)."""
HEADING_WITHIN = 20
"""Rows in which the headings are looked for: lists often begin with a title."""
EMPTIES = {"-", "–", "tidak ada", "seumur hidup", "selamanya"}
"""In a cell: there is none. An empty cell changes nothing."""


class BadTable(Exception):
    """Nothing of this table can be used; `words` say why."""

    def __init__(self, words: Text) -> None:
        super().__init__(in_language(words, "id"))
        self.words = words


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds which fact, by place; and the headings nobody knows."""

    facts: Mapping[int, Fact]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bad:
    """One thing that is wrong with a row, in the column it stands in."""

    row: int
    column: Text
    reason: Text


@dataclass(frozen=True, slots=True)
class Guess:
    """A value that is only like one of the list, and what it was read as."""

    row: int
    column: Text
    said: str
    read: Text


@dataclass(frozen=True, slots=True)
class Change:
    """What a row would do: `record` is the ormas it changes, None for a new one; `facts` only what is different."""

    row: int
    record: Record | None
    facts: Mapping[str, str]
    name: str


@dataclass
class Plan:
    """What an import would do."""

    new: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0
    bad: list[Bad] = field(default_factory=list)
    guesses: list[Guess] = field(default_factory=list)

    @property
    def bad_rows(self) -> int:
        return len({bad.row for bad in self.bad})

    @property
    def rows(self) -> int:
        return len(self.new) + len(self.changed) + self.unchanged + self.bad_rows


def plain(heading: str) -> str:
    return re.sub(r"[^a-z0-9]", "", heading.casefold())


NAMES = {plain(name): f for f in FACTS for name in (in_language(f.label, "id"), *f.headings)}


def meant(heading: str) -> Fact | None:
    """The fact a heading names, exactly or nearly; None when it is none or could be two."""
    word = plain(heading)
    if word in NAMES or not word:
        return NAMES.get(word)
    near = {f.key for name, f in NAMES.items() if fuzz.ratio(word, name) >= ALIKE}
    return BY_KEY[near.pop()] if len(near) == 1 else None


def columns(row: Sequence[Cell]) -> Columns | None:
    """The headings, if this row holds them. Raises BadTable when two columns say they are the same."""
    found: dict[int, Fact] = {}
    unknown: list[str] = []
    for place, cell in enumerate(row):
        heading = str(cell).strip()
        if fact := meant(heading):
            found[place] = fact
        elif heading:
            unknown.append(heading)
    keys = [fact.key for fact in found.values()]
    if "name" not in keys or len(set(keys)) < 2:
        return None
    twice = next((fact for fact in found.values() if keys.count(fact.key) > 1), None)
    if twice is not None:
        raise BadTable(say("Ada dua kolom untuk “{column}”. Mohon hapus salah satunya.", column=twice.label))
    return Columns(found, tuple(unknown))


def split(rows: Rows) -> tuple[Columns, Rows]:
    """The headings and what stands below them. Raises BadTable when there are none."""
    rest = iter(rows)
    for _, (_, row) in zip(range(HEADING_WITHIN), rest, strict=False):
        if (found := columns(row)) is not None:
            return found, rest
    raise BadTable(
        say("Judul kolom tidak ditemukan. Paling sedikit “{name}” dan satu kolom lain.", name=BY_KEY["name"].label)
    )


@dataclass
class Register:
    """The ormas we have, found by number or by name and kecamatan; and the rows that were taken for them."""

    by_number: dict[str, list[Record]] = field(default_factory=dict)
    by_name: dict[tuple[str, str], list[Record]] = field(default_factory=dict)
    taken: dict[object, int] = field(default_factory=dict)

    @classmethod
    def of(cls, records: Iterable[Record]) -> "Register":
        register = cls()
        for record in records:
            if number := plain(record.facts["number"]):
                register.by_number.setdefault(number, []).append(record)
            register.by_name.setdefault(place(record.facts), []).append(record)
        return register

    def find(self, facts: Mapping[str, str]) -> Record | None:
        """By number, else by name and kecamatan. Raises Unfit when it could be two."""
        numbered = self.by_number.get(plain(facts.get("number", "")), [])
        named = self.by_name.get(place(facts), [])
        if numbered and named and numbered[0] not in named:
            raise Unfit(say("Nomor itu tercatat untuk {name}.", name=numbered[0].name), "number")
        key, found = ("number", numbered) if numbered else ("name", named)
        if len(found) > 1:
            raise Unfit(say("Cocok dengan {count} ormas yang sudah ada.", count=len(found)), key)
        return found[0] if found else None

    def take(self, row: int, record: Record | None, facts: Mapping[str, str]) -> None:
        """A row stands for this ormas, and no later row may. Raises Unfit when one did before."""
        claims: dict[str, object] = {"name": record.id if record else place(facts)}
        if number := plain(facts.get("number", "")):
            claims["number"] = "number " + number
        for key, claim in claims.items():
            if claim in self.taken:
                raise Unfit(say("Sama dengan baris {row}.", row=self.taken[claim]), key)
        self.taken |= dict.fromkeys(claims.values(), row)


def place(facts: Mapping[str, str]) -> tuple[str, str]:
    return folded(facts.get("name", "")), facts.get("kecamatan", "")


def read_cell(fact: Fact, cell: Cell, office: Office, now: datetime) -> str | None:
    """The text to store; None for an empty cell. Raises Unfit."""
    if isinstance(cell, date):
        if not fact.is_day:
            raise Unfit(say("Sel ini terbaca sebagai tanggal. Mohon simpan selnya sebagai teks."))
        return cell.isoformat()
    said = clean(cell)
    if not said:
        return None
    if not fact.needed and said.casefold() in EMPTIES:
        return ""
    return fact.read(said, office, now)


def read_row(
    row: Sequence[Cell], known: Columns, office: Office, now: datetime
) -> tuple[dict[str, str], list[tuple[Text, Text]]]:
    """The facts of a row that can be read; and each column that cannot, with the reason."""
    facts: dict[str, str] = {}
    bad: list[tuple[Text, Text]] = []
    for at, fact in known.facts.items():
        try:
            said = read_cell(fact, row[at] if at < len(row) else "", office, now)
        except Unfit as unfit:
            bad.append((fact.label, unfit.words))
            continue
        if said is not None:
            facts[fact.key] = said
    return facts, bad


LISTED = ("kind", "fields", "kecamatan")
"""Facts whose values come from a list of the office."""


def guesses_in(
    number: int, row: Sequence[Cell], known: Columns, facts: Mapping[str, str], office: Office
) -> list[Guess]:
    """The values of a row that were understood by likeness alone, so that a person looks at them."""
    cells = [(fact, str(row[at])) for at, fact in known.facts.items() if fact.key in LISTED and facts.get(fact.key)]
    return [
        Guess(number, fact.label, clean(said), fact.write(facts[fact.key], office))
        for fact, said in cells
        if not says(said, fact, facts[fact.key], office)
    ]


def says(said: str, fact: Fact, value: str, office: Office) -> bool:
    """Whether every part of it stands in a name, a key or another name of what it was read as ("kec. Kajen" too)."""
    names = [
        folded(name)
        for key in value.split(",")
        for name in (key, in_language(fact.write(key, office), "id"), *office.kecamatan.get(key, ()))
    ]
    parts = map(folded, re.split(r"[;,\n]", said))
    return all(any(part in name or part.endswith(f" {name}") for name in names) for part in parts)


EMPTY = {fact.key: "" for fact in FACTS}


def change_of(row: int, facts: dict[str, str], register: Register, office: Office, now: datetime) -> Change:
    """What the facts of one row would do. Raises Unfit."""
    record = register.find(facts)
    before = record.facts if record else EMPTY
    after = with_changes(before, facts, office)
    missing = [fact.label for fact in FACTS if fact.needed and not after[fact.key]]
    if missing:
        raise Unfit(say("Belum diisi: {columns}.", columns=listed(missing)), "name")
    check(after, office, now.date())
    register.take(row, record, after)
    return Change(row, record, differences(before, after), after["name"])


def make_plan(tx: Transaction, rows: Rows, known: Columns, office: Office, now: datetime) -> Plan:
    """Compare a table with the register. Changes nothing."""
    plan, register = Plan(), Register.of(registry.everyone(tx))
    for number, row in rows:
        facts, wrong = read_row(row, known, office, now)
        plan.bad += [Bad(number, column, reason) for column, reason in wrong]
        if wrong or not facts:
            continue
        try:
            change = change_of(number, facts, register, office, now)
        except Unfit as unfit:
            plan.bad.append(Bad(number, BY_KEY[unfit.question].label, unfit.words))
            continue
        plan.guesses += guesses_in(number, row, known, facts, office)
        if change.record is None:
            plan.new.append(change)
        elif change.facts:
            plan.changed.append(change)
        else:
            plan.unchanged += 1
    return plan


def apply(tx: Transaction, plan: Plan, office: Office, now: datetime, bar: Bar = iter) -> None:
    """Write what was planned, in the transaction it was planned in."""
    for change in bar([*plan.new, *plan.changed]):
        number = change.record.id if change.record else registry.add(tx, {**EMPTY, **change.facts}, now)
        if change.record:
            registry.change(tx, number, change.facts)
        set_reminders(tx, office, registry.get(tx, number), now)
