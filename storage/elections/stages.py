"""The stages of an election: name, days, legal source, who announced them. Shipped empty; nothing here is guessed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from storage.database.database import NotFound, Row, Transaction
from storage.database.moment import day, stamp

FACTS = ("name", "kind", "starts_on", "ends_on", "source", "announced_by")


@dataclass(frozen=True, slots=True)
class Stage:
    """`facts` by the names in `FACTS`, as text: days are ISO, empty is not set. `version` counts changes from 1."""

    id: int
    version: int
    facts: Mapping[str, str]

    @property
    def name(self) -> str:
        return self.facts["name"]

    @property
    def kind(self) -> str:
        return self.facts["kind"]

    @property
    def source(self) -> str:
        return self.facts["source"]

    @property
    def starts_on(self) -> date | None:
        return day(self.facts["starts_on"]) if self.facts["starts_on"] else None

    @property
    def ends_on(self) -> date | None:
        """The last day; the first, if only that is known."""
        return day(self.facts["ends_on"]) if self.facts["ends_on"] else self.starts_on


def read(row: Row) -> Stage:
    return Stage(row["id"], row["version"], {fact: row[fact] for fact in FACTS})


def get(tx: Transaction, stage_id: int) -> Stage:
    """Raises NotFound when there is none, or it was removed."""
    row = tx.one("SELECT * FROM stages WHERE id = :id AND removed_at IS NULL", id=stage_id)
    if row is None:
        raise NotFound("no such stage")
    return read(row)


def find(tx: Transaction, stage_id: int) -> Stage | None:
    """None when there is none, or it was removed."""
    try:
        return get(tx, stage_id)
    except NotFound:
        return None


def everyone(tx: Transaction) -> list[Stage]:
    """All of them in the order of their days; those without a day last."""
    rows = tx.all(
        """SELECT * FROM stages WHERE removed_at IS NULL
        ORDER BY CASE WHEN starts_on = '' THEN 1 ELSE 0 END, starts_on, ends_on, id"""
    )
    return [read(row) for row in rows]


def running(tx: Transaction, kind: str, today: date) -> Stage | None:
    """A stage of this kind that today is a day of."""
    row = tx.one(
        """SELECT * FROM stages WHERE removed_at IS NULL AND kind = :kind AND starts_on <> '' AND starts_on <= :today
        AND CASE WHEN ends_on = '' THEN starts_on ELSE ends_on END >= :today ORDER BY id LIMIT 1""",
        kind=kind,
        today=today.isoformat(),
    )
    return None if row is None else read(row)


def add(tx: Transaction, facts: Mapping[str, str]) -> int:
    """A new stage; its id."""
    names = ", ".join(FACTS)
    row = tx.one(
        f"INSERT INTO stages ({names}) VALUES ({', '.join(f':{fact}' for fact in FACTS)}) RETURNING id",
        **{fact: facts.get(fact, "") for fact in FACTS},
    )
    assert row is not None
    return int(row["id"])


def change(tx: Transaction, stage_id: int, version: int, facts: Mapping[str, str]) -> bool:
    """Write these facts over the version somebody saw; False when it was changed or removed since."""
    changes = ", ".join(f"{fact} = :{fact}" for fact in FACTS if fact in facts)
    return (
        tx.run(
            f"""UPDATE stages SET {changes}, version = version + 1
            WHERE id = :id AND version = :version AND removed_at IS NULL""",
            id=stage_id,
            version=version,
            **{fact: facts[fact] for fact in FACTS if fact in facts},
        )
        == 1
    )


def remove(tx: Transaction, stage_id: int, now: datetime) -> bool:
    """True for the one officer who was first."""
    sql = "UPDATE stages SET removed_at = :now WHERE id = :id AND removed_at IS NULL"
    return tx.run(sql, id=stage_id, now=stamp(now)) == 1
