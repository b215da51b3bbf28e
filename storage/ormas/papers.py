"""Papers a leader has ready for their ormas, out of a checklist of the office profile."""

from collections.abc import Iterable
from datetime import datetime

from storage.database.database import Transaction
from storage.database.moment import stamp


def of_person(tx: Transaction, person_id: int, organisation_id: int, checklist: str) -> set[str]:
    """Keys of the papers."""
    rows = tx.all(
        """SELECT paper FROM ready_papers
        WHERE person_id = :person AND organisation_id = :organisation AND checklist = :checklist""",
        person=person_id,
        organisation=organisation_id,
        checklist=checklist,
    )
    return {row["paper"] for row in rows}


def put(
    tx: Transaction, person_id: int, organisation_id: int, checklist: str, papers: Iterable[str], now: datetime
) -> None:
    """These are ready now, and no others."""
    values = {"person": person_id, "organisation": organisation_id, "checklist": checklist}
    tx.run(
        """DELETE FROM ready_papers
        WHERE person_id = :person AND organisation_id = :organisation AND checklist = :checklist""",
        **values,
    )
    for paper in papers:
        tx.run(
            """INSERT INTO ready_papers (person_id, organisation_id, checklist, paper, at)
            VALUES (:person, :organisation, :checklist, :paper, :now)""",
            paper=paper,
            now=stamp(now),
            **values,
        )


def forget(tx: Transaction, person_id: int) -> None:
    tx.run("DELETE FROM ready_papers WHERE person_id = :person", person=person_id)
