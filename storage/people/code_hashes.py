"""Every column that keeps the hash of a code, and how hashes of an older kind are replaced, all in one go."""

from collections.abc import Callable

from storage.database.database import Transaction

COLUMNS = (("join_codes", "hash"), ("link_codes", "hash"), ("tickets", "secret_hash"))


def any_begins(tx: Transaction, mark: str) -> bool:
    """Whether a hash with this mark is kept."""
    kept = (
        f"SELECT 1 AS one FROM {table} WHERE substr({one}, 1, {len(mark)}) = :mark LIMIT 1" for table, one in COLUMNS
    )
    return any(tx.one(sql, mark=mark) is not None for sql in kept)


def replace(tx: Transaction, marked: str, new: Callable[[str], str]) -> int:
    """Give every hash that does not begin with the mark its new form; how many those were."""
    replaced = 0
    for table, column in COLUMNS:
        older = f"{column} IS NOT NULL AND substr({column}, 1, {len(marked)}) <> :mark"
        for row in tx.all(f"SELECT {column} AS hash FROM {table} WHERE {older}", mark=marked):
            sql = f"UPDATE {table} SET {column} = :new WHERE {column} = :old"
            replaced += tx.run(sql, new=new(row["hash"]), old=row["hash"])
    return replaced
