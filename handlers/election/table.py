"""A calendar from outside becomes stages: first a plan that changes nothing, then all of it or none."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from handlers.conversation.reading.dates import read_when
from handlers.conversation.turn import Turn, Work
from handlers.conversation.words import Text, clean, folded, in_language, say
from handlers.election.stage import CHANGED, KINDS, LABELS, QUIET, stage_lines
from handlers.election.timers import set_timers
from handlers.public_word import proposing
from handlers.public_word.proposing import PublicWord
from storage.broadcasts.proposals import Proposal
from storage.database.database import Transaction
from storage.elections import stages
from storage.elections.stages import Stage

Cell = str | date
Line = tuple[int, Sequence[Cell]]
Facts = dict[str, str]

HEADINGS = {folded(in_language(label, "id")): fact for fact, label in LABELS.items()} | {
    "tahapan": "name",
    "nama tahapan": "name",
    "tanggal mulai": "starts_on",
    "tanggal selesai": "ends_on",
    "sampai": "ends_on",
    "sumber": "source",
}
LONGEST = 200


class BadCalendar(Exception):
    """Nothing of this file can be used; `words` say why."""

    def __init__(self, words: Text) -> None:
        super().__init__(in_language(words, "id"))
        self.words = words


@dataclass(frozen=True, slots=True)
class Entry:
    """One stage of the file, and the row or place it stands in."""

    row: int
    facts: Facts


@dataclass
class Plan:
    """What an import would do; `changed` holds what is there and what would be different."""

    new: list[Entry] = field(default_factory=list)
    changed: list[tuple[Stage, Facts]] = field(default_factory=list)
    unchanged: int = 0
    bad: list[tuple[int, Text]] = field(default_factory=list)

    @property
    def bad_rows(self) -> int:
        return len({row for row, _ in self.bad})


def rows(table: Iterable[Line], now: datetime) -> Iterator[Entry | tuple[int, Text]]:
    """The stages of a table, or a row and what is wrong with it. Raises BadCalendar without headings."""
    lines = iter(table)
    _, first = next(lines, (0, ()))
    columns = {place: HEADINGS[word] for place, cell in enumerate(first) if (word := folded(str(cell))) in HEADINGS}
    if "name" not in columns.values() or "starts_on" not in columns.values():
        raise BadCalendar(say("Baris pertama harus memuat judul kolom, paling sedikit “Nama” dan “Mulai”."))
    for number, row in lines:
        told = {fact: row[place] for place, fact in columns.items() if place < len(row)}
        try:
            yield Entry(number, entry(told, now))
        except BadCalendar as bad:
            yield number, bad.words


def events(content: bytes, now: datetime) -> Iterator[Entry | tuple[int, Text]]:
    """The stages of an iCalendar file (RFC 5545). Raises BadCalendar when it is none."""
    from icalendar import Calendar

    try:
        found: list[Any] = list(Calendar.from_ical(content.decode("utf-8")).walk("VEVENT"))
    except (ValueError, IndexError, KeyError) as fault:
        raise BadCalendar(say("Berkas ini bukan kalender .ics yang bisa dibaca.")) from fault
    for number, event in enumerate(found, 1):
        try:
            yield Entry(number, entry(facts_of(event), now))
        except BadCalendar as bad:
            yield number, bad.words


def facts_of(event: Any) -> dict[str, Cell]:
    """An event's own fields, and the labelled lines of its description. Raises BadCalendar."""
    told: dict[str, Cell] = {"name": str(event.get("summary", ""))}
    for line in str(event.get("description", "")).splitlines():
        label, _, said = line.partition(":")
        if (fact := HEADINGS.get(folded(label))) in ("source", "announced_by"):
            told[fact] = said
    try:
        first = event.decoded("dtstart")
        last = event.decoded("dtend") if "dtend" in event else None
    except (KeyError, ValueError):
        raise BadCalendar(say("Tanggalnya tidak bisa dibaca.")) from None
    told["starts_on"] = first.date() if isinstance(first, datetime) else first
    if last is not None:
        told["ends_on"] = last.date() if isinstance(last, datetime) else last - timedelta(days=1)
    return told


def entry(told: Mapping[str, Cell], now: datetime) -> Facts:
    """The facts of one stage as they are stored. Raises BadCalendar."""
    facts = {fact: clean(str(told.get(fact, ""))) for fact in ("name", "source", "announced_by")}
    if not facts["name"]:
        raise BadCalendar(say("Nama tahapan belum diisi."))
    if any(len(said) > LONGEST for said in facts.values()):
        raise BadCalendar(say("Ada isi yang lebih dari {limit} huruf.", limit=LONGEST))
    facts |= {fact: day_of(told.get(fact, ""), now) for fact in ("starts_on", "ends_on")}
    if facts["ends_on"] and facts["ends_on"] < (facts["starts_on"] or "9"):
        raise BadCalendar(say("Hari terakhir sebelum hari pertama."))
    return facts | {"kind": kind_of(str(told.get("kind", "")), facts["name"])}


def day_of(cell: Cell, now: datetime) -> str:
    """ISO text; empty when there is none. Raises BadCalendar."""
    if isinstance(cell, date):
        return cell.isoformat()
    said = clean(cell)
    if not said or folded(said) in ("-", "belum ditetapkan"):
        return ""
    day = read_when(said, now).day
    if day is None or str(day.year) not in said:
        raise BadCalendar(say("Tanggal “{said}” tidak bisa dibaca; tulis lengkap dengan tahunnya.", said=said))
    return day.isoformat()


def kind_of(said: str, name: str) -> str:
    """As written, else by its name: masa tenang limits what goes out, so it is never overlooked. Raises BadCalendar."""
    named = {folded(in_language(label, "id")): key for key, label in KINDS.items()} | {key: key for key in KINDS}
    if folded(said):
        if folded(said) not in named:
            raise BadCalendar(say("Jenis “{said}” tidak dikenal.", said=said))
        return named[folded(said)]
    word = folded(name)
    if "masa tenang" in word or "hari tenang" in word:
        return QUIET
    return "kampanye" if "kampanye" in word else "suara" if "pemungutan" in word else "tahapan"


def make_plan(tx: Transaction, found: Iterable[Entry | tuple[int, Text]]) -> Plan:
    """Compare with what is there, by name. Changes nothing."""
    plan, known = Plan(), {folded(stage.name): stage for stage in stages.everyone(tx)}
    taken: dict[str, int] = {}
    for one in found:
        if not isinstance(one, Entry):
            plan.bad.append(one)
            continue
        name = folded(one.facts["name"])
        if name in taken:
            plan.bad.append((one.row, say("Sama dengan baris {row}.", row=taken[name])))
        elif name not in known:
            plan.new.append(one)
        elif different := {f: said for f, said in one.facts.items() if f != "name" and said != known[name].facts[f]}:
            plan.changed.append((known[name], different))
        else:
            plan.unchanged += 1
        taken.setdefault(name, one.row)
    return plan


def hand_in(work: Work, plan: Plan) -> Proposal:
    """All of it waits, as one, for somebody who may approve it."""
    facts = {
        "new": [one.facts for one in plan.new],
        "changed": [{"id": stage.id, "version": stage.version, "facts": facts} for stage, facts in plan.changed],
    }
    return proposing.hand_in(work, IMPORTED, 0, facts, None)


def shown(work: Work, proposal: Proposal) -> Sequence[Text]:
    """Every stage as it would be read."""
    today = work.now.date()
    return [
        *(stage_lines(Stage(0, 1, facts), today) for facts in proposal.facts["new"]),
        *(stage_lines(after(work, told), today) for told in proposal.facts["changed"]),
    ]


def after(work: Work, told: Mapping[str, Any]) -> Stage:
    before = stages.find(work.tx, told["id"])
    known = dict(before.facts) if before else dict.fromkeys(stages.FACTS, "")
    return Stage(told["id"], told["version"], known | told["facts"])


def publish(turn: Turn, proposal: Proposal) -> Text | None:
    """All or nothing: a stage that was changed since makes the whole file a thing of yesterday."""
    changes = proposal.facts["changed"]
    seen = [(stages.find(turn.tx, told["id"]), told["version"]) for told in changes]
    if any(stage is None or stage.version != version for stage, version in seen):
        return CHANGED
    for told in changes:
        stages.change(turn.tx, told["id"], told["version"], told["facts"])
    numbers = [stages.add(turn.tx, facts) for facts in proposal.facts["new"]] + [told["id"] for told in changes]
    for number in numbers:
        set_timers(turn, stages.get(turn.tx, number))
    return None


IMPORTED = PublicWord("stages", say("Impor kalender pemilu"), shown, publish)
