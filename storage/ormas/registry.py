"""The register of ormas: everything the office keeps about each, as text by the name of the fact."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from storage.database.database import NotFound, Row, Transaction
from storage.database.moment import day
from storage.ormas import organisations

COLUMNS = (
    "name",
    "kind",
    "number",
    "expires_on",
    "kecamatan",
    "chair",
    "secretary",
    "treasurer",
    "term_from",
    "term_until",
    "address",
    "phone",
    "email",
)
BOARD = ("chair", "secretary", "treasurer")


@dataclass(frozen=True, slots=True)
class Record:
    """`facts` are the columns and `fields`: keys with commas between, the main field first. Days are ISO text.

    What is not known is empty.
    """

    id: int
    facts: Mapping[str, str]

    @property
    def name(self) -> str:
        return self.facts["name"]

    @property
    def code(self) -> str:
        return organisations.code(self.id)

    @property
    def fields(self) -> list[str]:
        return [field for field in self.facts["fields"].split(",") if field]

    def day(self, fact: str) -> date | None:
        return day(self.facts[fact]) if self.facts[fact] else None


SELECT = f"SELECT id, field, {', '.join(COLUMNS)} FROM organisations"


def read(row: Row, tags: list[str]) -> Record:
    facts = {column: row[column] for column in COLUMNS}
    return Record(row["id"], facts | {"fields": ",".join(filter(None, (row["field"], *tags)))})


def get(tx: Transaction, organisation_id: int) -> Record:
    """Raises NotFound when there is none."""
    row = tx.one(f"{SELECT} WHERE id = :id", id=organisation_id)
    if row is None:
        raise NotFound("no such organisation")
    tags = tx.all("SELECT field FROM organisation_tags WHERE organisation_id = :id ORDER BY place", id=organisation_id)
    return read(row, [tag["field"] for tag in tags])


def everyone(tx: Transaction) -> list[Record]:
    """The whole register by name, for a table: tens of thousands of texts, so never within a chat."""
    tags: dict[int, list[str]] = {}
    for row in tx.all("SELECT organisation_id, field FROM organisation_tags ORDER BY organisation_id, place"):
        tags.setdefault(row["organisation_id"], []).append(row["field"])
    return [read(row, tags.get(row["id"], [])) for row in tx.all(f"{SELECT} ORDER BY name, id")]


def numbered(tx: Transaction, number: str) -> list[int]:
    """Ormas with this registration number."""
    rows = tx.all("SELECT id FROM organisations WHERE number = :number AND number <> '' ORDER BY id", number=number)
    return [row["id"] for row in rows]


def ending(tx: Transaction, since: date, until: date, at_most: int) -> list[Record]:
    """Ormas whose registration ends within these days, the first to end first."""
    rows = tx.all(
        f"{SELECT} WHERE expires_on <> '' AND expires_on BETWEEN :since AND :until ORDER BY expires_on, id LIMIT :most",
        since=since.isoformat(),
        until=until.isoformat(),
        most=at_most,
    )
    return [read(row, []) for row in rows]


def add(tx: Transaction, facts: Mapping[str, str], now: datetime) -> int:
    """A new ormas of the office's own list; its id."""
    main = facts.get("fields", "").split(",")[0]
    made = organisations.add(tx, facts["name"], facts["kind"], main, facts["kecamatan"], None, now)
    change(tx, made, facts)
    return made


def change(tx: Transaction, organisation_id: int, facts: Mapping[str, str]) -> None:
    """Write these facts; what is not among them stays."""
    columns = {name: facts[name] for name in COLUMNS if name in facts}
    if "fields" in facts:
        main, *tags = facts["fields"].split(",")
        columns["field"] = main
        retag(tx, organisation_id, tags)
    if columns:
        changes = ", ".join(f"{name} = :{name}" for name in columns)
        tx.run(f"UPDATE organisations SET {changes} WHERE id = :id", id=organisation_id, **columns)


def retag(tx: Transaction, organisation_id: int, tags: list[str]) -> None:
    tx.run("DELETE FROM organisation_tags WHERE organisation_id = :id", id=organisation_id)
    for place, field in enumerate(tags):
        tx.run(
            "INSERT INTO organisation_tags (organisation_id, place, field) VALUES (:id, :place, :field)",
            id=organisation_id,
            place=place,
            field=field,
        )


def forget(tx: Transaction, person_id: int) -> None:
    """The person was erased: where they stood on the board of their own ormas, no name stands any more."""
    for column in BOARD:
        tx.run(
            f"""UPDATE organisations SET {column} = '' WHERE {column} <> ''
            AND lower({column}) = (SELECT lower(name) FROM people WHERE id = :person)
            AND id IN (SELECT organisation_id FROM memberships WHERE person_id = :person)""",
            person=person_id,
        )
