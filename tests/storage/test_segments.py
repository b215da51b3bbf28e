"""Segments: an expression in SQL means what a slow and obvious reading of it means, on both databases."""

from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.broadcasts import recipients, segments
from storage.broadcasts.segments import Expression
from storage.database.database import Database, Transaction
from storage.ormas import organisations, registry
from tests.storage.district import ALL, District, fed, settle, told
from tests.storage.office import NOW, newcomer

FIELDS, KECAMATAN, KINDS, POSITIONS = ("agama", "seni"), ("Kajen", "Doro"), ("skt", "belum"), ("Ketua", "Sekretaris")


@dataclass(frozen=True)
class Place:
    """A verified place in an ormas, as a person would tell it."""

    organisation: int
    kind: str
    kecamatan: str
    fields: tuple[str, ...]
    position: str


@dataclass
class Someone:
    """One person, and what is known of them."""

    places: list[Place] = field(default_factory=list)
    reached: set[int] = field(default_factory=set)
    silent: set[int] = field(default_factory=set)


LEAVES = st.one_of(
    st.just({"all": True}),
    st.sampled_from([{"field": one} for one in (*FIELDS, "tidak ada")]),
    st.sampled_from([{"kecamatan": one} for one in KECAMATAN]),
    st.sampled_from([{"kind": one} for one in KINDS]),
    st.sampled_from([{"position": one} for one in ("ketua", " SEKRETARIS ", "bendahara")]),
    st.integers(1, 5).map(lambda number: {"organisation": number}),
    st.sampled_from([{"reached": 1}, {"silent": 1}]),
)
EXPRESSIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"and": parts}),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"or": parts}),
        inner.map(lambda part: {"not": part}),
    ),
    max_leaves=6,
)


def holds(expression: Expression, place: Place | None, who: Someone) -> bool:
    """Whether it is true of one place of one person, read word by word."""
    ((word, about),) = expression.items()
    readings: dict[str, Any] = {
        "all": lambda: True,
        "and": lambda: all(holds(part, place, who) for part in about),
        "or": lambda: any(holds(part, place, who) for part in about),
        "not": lambda: not holds(about, place, who),
        "field": lambda: place is not None and about in place.fields,
        "kecamatan": lambda: place is not None and place.kecamatan == about,
        "kind": lambda: place is not None and place.kind == about,
        "position": lambda: place is not None and place.position.lower() == about.strip().lower(),
        "organisation": lambda: place is not None and place.organisation == about,
        "reached": lambda: about in who.reached,
        "silent": lambda: about in who.silent,
    }
    return bool(readings[word]())


def meant(expression: Expression, who: Someone) -> bool:
    if next(iter(expression)) in ("reached", "silent"):
        return holds(expression, None, who)
    return any(holds(expression, place, who) for place in who.places)


def peopled(tx: Transaction) -> dict[int, Someone]:
    """Twelve people in five ormas, in every way one can be in them; some got an announcement, some answered."""
    here = settle(tx)
    everybody: dict[int, Someone] = {one: Someone([MELATI]) for one in here.leaders}
    everybody |= {one: Someone() for one in (*here.crowd.leaders, *here.crowd.officers)}
    made = here.listed(tx, ALL)
    for place, parcel in enumerate(fed(tx, made, 6)):
        tx.run("UPDATE recipients SET outcome = 'sent' WHERE parcel_id = :id", id=parcel)
        everybody[here.leaders[place]].reached.add(made.id)
    for one in here.leaders:
        everybody[one].silent.add(made.id)
    recipients.answer(tx, made.id, here.leaders[0], "ya", NOW)
    everybody[here.leaders[0]].silent.discard(made.id)
    for number in range(12):
        everybody[enter(tx, here, number)] = Someone()
    for row in tx.all("SELECT * FROM memberships WHERE verified_at IS NOT NULL AND organisation_id > 1"):
        if row["refused_at"] is None and row["ended_at"] is None:
            everybody[row["person_id"]].places.append(as_told(tx, row["organisation_id"], row["position"]))
    return everybody


MELATI = Place(1, "skt", "Kajen", ("disability",), "Ketua")


def enter(tx: Transaction, here: District, number: int) -> int:
    """In one ormas or two; verified, not verified, refused or no more."""
    person = newcomer(tx, f"somebody {number}")
    while len(organisations.names(tx)) < 5:
        added = len(organisations.names(tx)) + 1
        main, tag = FIELDS[added % 2], FIELDS[(added // 2) % 2]
        made = organisations.add(tx, f"Ormas {added}", KINDS[added % 2], main, KECAMATAN[added // 2 % 2], None, NOW)
        if tag != main:
            registry.retag(tx, made, [tag])
    for step in range(1 + number % 2):
        member = organisations.join(tx, person, 2 + (number + step) % 4, POSITIONS[(number + step) % 2], NOW)
        if number % 5:
            organisations.verify(tx, member, here.crowd.rina, NOW)
        if number % 6 == 3:
            tx.run("UPDATE memberships SET ended_at = 'now' WHERE id = :id", id=member)
    return person


def as_told(tx: Transaction, organisation_id: int, position: str) -> Place:
    record = registry.get(tx, organisation_id)
    facts = record.facts
    return Place(organisation_id, facts["kind"], facts["kecamatan"], tuple(record.fields), position)


def asked(tx: Transaction, expression: Expression) -> set[int]:
    condition = segments.condition(expression)
    rows = tx.all(f"SELECT p.id FROM people p WHERE {condition.sql}", **condition.values)
    return {row["id"] for row in rows}


async def test_sql_means_what_the_words_mean(database: Database) -> None:
    everybody = await database.transact(peopled)
    found: dict[str, Expression] = {}

    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    @given(EXPRESSIONS)
    def gather(expression: Expression) -> None:
        with suppress(ValueError):  # deeper than anybody can read
            segments.check(expression)
            found[str(expression)] = expression

    gather()
    assert len(found) > 50
    for expression in found.values():
        expected = {person for person, who in everybody.items() if meant(expression, who)}
        assert await database.transact(partial(asked, expression=expression)) == expected, expression


@told
def test_a_segment_is_kept_under_its_name(tx: Transaction, here: District) -> None:
    first = segments.save(tx, "Kajen", {"kecamatan": "Kajen"}, here.crowd.rina, NOW)
    second = segments.save(tx, "Kajen", {"not": {"kecamatan": "Doro"}}, here.crowd.joko, NOW)
    assert [one.expression for one in segments.named(tx)] == [{"not": {"kecamatan": "Doro"}}]
    assert segments.get(tx, first.id).name == "Kajen"
    assert segments.remove(tx, second.id, NOW)
    assert not segments.remove(tx, second.id, NOW)
    assert segments.named(tx) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"all": True, "kind": "skt"},
        {"and": []},
        {"or": {"all": True}},
        {"name": "Siti"},
        {"organisation": "1"},
        {"organisation": True},
        {"kecamatan": 4},
        {"not": "all"},
        {"not": {"not": {"not": {"not": {"not": {"not": {"all": True}}}}}}},
        {"and": [{"kind": "skt"}] * 61},
    ],
)
def test_what_is_no_expression_is_refused(wrong: Expression) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever it says
        segments.check(wrong)
