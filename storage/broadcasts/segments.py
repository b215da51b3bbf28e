"""Whom to write to, as a readable expression: saved under a name, and put into SQL."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.database.database import NotFound, Row, Transaction
from storage.database.moment import stamp

Expression = Mapping[str, Any]
"""One word and what it is about: {"kecamatan": "Kajen"}, {"and": [..., {"not": {"position": "ketua"}}]}.

It is asked of each verified place somebody has in an ormas; a person is meant when it is true of one of them.
"""
PLACES = {
    "field": """(o.field = {value} OR EXISTS (SELECT 1 FROM organisation_tags t
      WHERE t.organisation_id = o.id AND t.field = {value}))""",
    "kecamatan": "o.kecamatan = {value}",
    "kind": "o.kind = {value}",
    "position": "lower(trim(m.position)) = lower({value})",
    "organisation": "o.id = {value}",
}
"""What can be asked of a place (a membership m in an ormas o)."""
ROUNDS = """WITH RECURSIVE rounds(id) AS (SELECT id FROM broadcasts WHERE id = {value}
  UNION ALL SELECT b.id FROM broadcasts b JOIN rounds ON b.follows_id = rounds.id) SELECT id FROM rounds"""
"""An announcement and those that asked the silent of it again, with the same words."""
GOT = f"""EXISTS (SELECT 1 FROM recipients g WHERE g.person_id = p.id AND g.broadcast_id IN ({ROUNDS})
  AND g.outcome IN ('sent', 'unknown'))"""
SILENT = """EXISTS (SELECT 1 FROM recipients g WHERE g.person_id = p.id AND g.broadcast_id = {value}
  AND g.answer IS NULL)"""
LEDGERS = {"reached": GOT, "silent": SILENT}
"""What can be asked of a person p about an earlier announcement: that it may have arrived, that no answer came."""
VERIFIED = """EXISTS (SELECT 1 FROM memberships m JOIN organisations o ON o.id = m.organisation_id
  WHERE m.person_id = p.id AND m.verified_at IS NOT NULL AND m.refused_at IS NULL AND m.ended_at IS NULL AND {place})"""
NUMBERS = {"organisation", *LEDGERS}
DEEPEST, LONGEST = 6, 60
"""Levels and words of an expression: more than anybody can read."""


@dataclass(frozen=True, slots=True)
class Condition:
    """SQL that is true of a person `p`, and its values."""

    sql: str
    values: Mapping[str, Any]


def condition(expression: Expression) -> Condition:
    """The expression in SQL. Raises ValueError for what is none.

    Alone, {"reached": n} and {"silent": n} are exactly those in that ledger, whatever they lead today.
    """
    values: dict[str, Any] = {}
    sql = translated(expression, values, 1)
    alone = next(iter(expression)) in LEDGERS
    return Condition(sql if alone else VERIFIED.format(place=sql), values)


def of_organisations(expression: Expression) -> Condition | None:
    """The same, true of an ormas `o`; None where it asks about people."""
    values: dict[str, Any] = {}
    sql = translated(expression, values, 1)
    return None if " m." in f" {sql.replace('(', ' ')}" or " p." in sql else Condition(sql, values)


def check(expression: Expression) -> None:
    """Raises ValueError for what is no expression."""
    condition(expression)


def translated(expression: Any, values: dict[str, Any], depth: int) -> str:
    if not isinstance(expression, Mapping) or len(expression) != 1 or depth > DEEPEST or len(values) >= LONGEST:
        raise ValueError("an expression is one word and what it is about, not too deep and not too long")
    ((word, about),) = expression.items()
    if word in ("and", "or"):
        return joined(word, about, values, depth)
    if word == "not":
        return f"NOT ({translated(about, values, depth + 1)})"
    if word == "all":
        return "1 = 1"
    if word not in PLACES and word not in LEDGERS:
        raise ValueError(f"nobody can be chosen by {word!r}")
    if isinstance(about, bool) or not isinstance(about, int if word in NUMBERS else str):
        raise ValueError(f"{word} is about something else")
    name = f"s{len(values)}"
    values[name] = about.strip() if isinstance(about, str) else about
    return (PLACES | LEDGERS)[word].format(value=f":{name}")


def joined(word: str, parts: Any, values: dict[str, Any], depth: int) -> str:
    if not isinstance(parts, list) or not parts:
        raise ValueError(f"{word} joins a list of expressions")
    told = [translated(part, values, depth + 1) for part in parts]
    return "(" + f" {word.upper()} ".join(told) + ")"


@dataclass(frozen=True, slots=True)
class Segment:
    """An expression under the name somebody gave it."""

    id: int
    name: str
    expression: Expression


def read(row: Row) -> Segment:
    return Segment(row["id"], row["name"], json.loads(row["expression"]))


def save(tx: Transaction, name: str, expression: Expression, person_id: int, now: datetime) -> Segment:
    """Under this name from now on; what had the name before makes way. Raises ValueError for no expression."""
    check(expression)
    tx.run("UPDATE segments SET removed_at = :now WHERE name = :name AND removed_at IS NULL", name=name, now=stamp(now))
    row = tx.one(
        """INSERT INTO segments (name, expression, written_by, written_at)
        VALUES (:name, :expression, :person, :now) RETURNING *""",
        name=name,
        expression=json.dumps(expression, ensure_ascii=False),
        person=person_id,
        now=stamp(now),
    )
    assert row is not None
    return read(row)


def named(tx: Transaction) -> list[Segment]:
    """All that have a name, by name."""
    return [read(row) for row in tx.all("SELECT * FROM segments WHERE removed_at IS NULL ORDER BY name, id")]


def get(tx: Transaction, segment_id: int) -> Segment:
    """Raises NotFound when there is none."""
    row = tx.one("SELECT * FROM segments WHERE id = :id", id=segment_id)
    if row is None:
        raise NotFound("no such segment")
    return read(row)


def remove(tx: Transaction, segment_id: int, now: datetime) -> bool:
    """The name is free again."""
    sql = "UPDATE segments SET removed_at = :now WHERE id = :id AND removed_at IS NULL"
    return tx.run(sql, id=segment_id, now=stamp(now)) == 1
