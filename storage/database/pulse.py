"""The proof that something can be kept: a row as large as a letter, written and read back."""

from storage.database.database import Transaction


def beat(tx: Transaction, proof: bytes) -> bool:
    """Whether what was written is what is read. It takes room before it gives any back: a full disk is no room."""
    row = tx.one("INSERT INTO pulse (proof) VALUES (:proof) RETURNING id", proof=proof)
    assert row is not None
    kept = tx.one("SELECT proof FROM pulse WHERE id = :id", id=row["id"])
    tx.run("DELETE FROM pulse WHERE id < :id", id=row["id"])
    return kept is not None and bytes(kept["proof"]) == proof
