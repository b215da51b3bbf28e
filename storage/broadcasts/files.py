"""Files of an announcement, on the shelf by their hash: they come at a press; what goes to many is one message."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.database.database import Transaction

AT_MOST = 5


@dataclass(frozen=True, slots=True)
class File:
    """A stored file; `size` in bytes."""

    name: str
    type: str
    size: int
    sha256: str


def put(tx: Transaction, broadcast_id: int, files: Sequence[File]) -> None:
    """These and no others. Raises ValueError for more than an announcement carries."""
    if len(files) > AT_MOST:
        raise ValueError(f"an announcement carries at most {AT_MOST} files")
    tx.run("DELETE FROM broadcast_files WHERE broadcast_id = :id", id=broadcast_id)
    for place, file in enumerate(files, 1):
        tx.run(
            """INSERT INTO broadcast_files (broadcast_id, place, name, type, size, sha256)
            VALUES (:id, :place, :name, :type, :size, :sha256)""",
            id=broadcast_id,
            place=place,
            name=file.name,
            type=file.type,
            size=file.size,
            sha256=file.sha256,
        )


def of(tx: Transaction, broadcast_id: int) -> list[File]:
    """In their order."""
    rows = tx.all("SELECT * FROM broadcast_files WHERE broadcast_id = :id ORDER BY place", id=broadcast_id)
    return [File(row["name"], row["type"], row["size"], row["sha256"]) for row in rows]
