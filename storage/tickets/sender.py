"""The sender of tickets asks to be forgotten: their words and files go; number, times and the office's answers stay."""

from storage.database.database import Transaction
from storage.tickets import files


def forget(tx: Transaction, person_id: int) -> list[str]:
    """Hashes of files to delete from disk."""
    tickets = [row["id"] for row in tx.all("SELECT id FROM tickets WHERE person_id = :person", person=person_id)]
    tx.run(
        """UPDATE ticket_events SET words = NULL WHERE officer_id IS NULL AND words IS NOT NULL
        AND ticket_id IN (SELECT id FROM tickets WHERE person_id = :person)""",
        person=person_id,
    )
    tx.run("UPDATE tickets SET title = '', facts = '{}' WHERE person_id = :person", person=person_id)
    tx.run("UPDATE mutes SET why = '' WHERE person_id = :person", person=person_id)
    tx.run("DELETE FROM talks WHERE person_id = :person", person=person_id)
    return [sha256 for ticket_id in tickets for sha256 in files.forget(tx, ticket_id)]
