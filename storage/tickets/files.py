"""Files of tickets: handed over by whoever sent them, so that nothing here leads back to a person."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.database.database import NotFound, Row, Transaction
from storage.database.moment import stamp
from storage.mail import attachments
from storage.mail.attachments import Attachment
from storage.tickets import tickets
from storage.tickets.tickets import ANONYMOUS, IDS


@dataclass(frozen=True, slots=True)
class TicketFile:
    """One file of a ticket. `number` counts within the ticket; `place` is the name of the question it answers.

    `waiting` until it is fetched and judged; then it has a `sha256`, or a `reason` why it cannot be used.
    """

    id: int
    ticket_id: int
    event_id: int | None
    number: int
    place: str
    name: str
    type: str
    size: int | None
    seconds: int | None
    sha256: str | None
    preview: str | None
    note: str
    reason: str | None
    again: bool
    """Whether an officer asked for it once more."""

    @property
    def waiting(self) -> bool:
        return self.sha256 is None and self.reason is None


def read(row: Row) -> TicketFile:
    return TicketFile(
        row["id"],
        row["ticket_id"],
        row["event_id"],
        row["number"],
        row["place"],
        row["name"],
        row["type"],
        row["size"],
        row["seconds"],
        row["sha256"],
        row["preview"],
        row["note"],
        row["reason"],
        row["again_at"] is not None,
    )


def attach(
    tx: Transaction,
    ticket_id: int,
    attachment_ids: Sequence[int],
    place: str,
    now: datetime,
    event_id: int | None = None,
) -> list[str]:
    """Give files somebody sent to a ticket; what is fetched already is handed over at once, the rest when it is.

    A file of an anonymous ticket gets a name of ours and no time. Hashes that nobody needs any more, to be deleted from
    disk: of a report without a name, the files as they were sent.
    """
    freed: list[str] = []
    anonymous = tickets.get(tx, ticket_id).privacy == ANONYMOUS
    for attachment_id in attachment_ids:
        file = attachments.get(tx, attachment_id)
        number = next_number(tx, ticket_id)
        tx.run(
            """INSERT INTO ticket_files (id, ticket_id, event_id, number, place, attachment_id, name, type, size,
              seconds, note, at)
            VALUES (:id, :ticket, :event, :number, :place, :attachment, :name, :type, :size, :seconds, :note, :now)""",
            id=secrets.randbelow(IDS - 1) + 1,
            ticket=ticket_id,
            event=event_id,
            number=number,
            place=place,
            attachment=attachment_id,
            name=neutral(file.type, number) if anonymous else file.name,
            type=file.type,
            size=file.size,
            seconds=file.seconds,
            note=file.note,
            now=None if anonymous else stamp(now),
        )
        hand_over(tx, attachment_id)
        freed += [one for one in (file.sha256, file.preview) if one and not attachments.shared(tx, one)]
    return freed


def next_number(tx: Transaction, ticket_id: int) -> int:
    row = tx.one("SELECT coalesce(max(number), 0) AS last FROM ticket_files WHERE ticket_id = :t", t=ticket_id)
    assert row is not None
    return int(row["last"]) + 1


def neutral(type: str, number: int) -> str:
    """A name that tells nothing of whoever chose the first one; its ending follows once the content is judged."""
    family = type.partition("/")[0]
    return f"{ {'image': 'foto', 'audio': 'suara', 'video': 'video'}.get(family, 'berkas') }-{number}"


def hand_over(tx: Transaction, attachment_id: int) -> TicketFile | None:
    """A file was stored or refused: what is known of it goes to its ticket, and the sender's row goes.

    None for a file that is no ticket's, or not ready. Of an anonymous ticket's file only what tells nothing of place,
    time, camera and author is kept, where there is such a copy; of any other the copy is not needed.
    """
    row = tx.one("SELECT * FROM ticket_files WHERE attachment_id = :id", id=attachment_id)
    file = attachments.get(tx, attachment_id) if row is not None else None
    if row is None or file is None or not (file.stored or file.refused):
        return None
    kept = file
    anonymous = tickets.get(tx, row["ticket_id"]).privacy == ANONYMOUS
    moved = tx.one(
        """UPDATE ticket_files SET attachment_id = NULL, name = :name, type = :type, size = :size, sha256 = :sha256,
          preview = :preview, reason = :reason WHERE id = :id RETURNING *""",
        id=row["id"],
        **(bare(kept, row["number"]) if anonymous else own(kept)),
        preview=file.preview if file.pictured else None,
        reason=file.reason,
    )
    attachments.remove(tx, attachment_id)
    assert moved is not None
    return read(moved)


def own(file: Attachment) -> dict[str, str | int | None]:
    return {"name": file.name, "type": file.type, "size": file.size, "sha256": file.sha256}


ROUND = 1024 * 1024
"""Bytes: enough to know whether a messenger takes it."""


def bare(file: Attachment, number: int) -> dict[str, str | int | None]:
    """Nothing by which the sender's own copy of the file could be recognised."""
    if file.preview is None:
        return own(file) | {"name": neutral(file.type, number)}
    kind, size = ("image/jpeg", None) if file.pictured else (file.type, -(-(file.size or 0) // ROUND) * ROUND)
    return {"name": neutral(file.type, number), "type": kind, "size": size, "sha256": file.preview}


def of_attachment(tx: Transaction, attachment_id: int) -> TicketFile | None:
    """The file of a ticket that is still to come from there."""
    row = tx.one("SELECT * FROM ticket_files WHERE attachment_id = :id", id=attachment_id)
    return None if row is None else read(row)


def of_ticket(tx: Transaction, ticket_id: int) -> list[TicketFile]:
    """In the order they were sent."""
    rows = tx.all("SELECT * FROM ticket_files WHERE ticket_id = :ticket ORDER BY number", ticket=ticket_id)
    return [read(row) for row in rows]


def get(tx: Transaction, file_id: int) -> TicketFile:
    """Raises NotFound when there is none."""
    row = tx.one("SELECT * FROM ticket_files WHERE id = :id", id=file_id)
    if row is None:
        raise NotFound("no such file")
    return read(row)


def missing(tx: Transaction, file_id: int, now: datetime) -> bool:
    """An officer asks for it once more (it cannot be read, say). True for whoever was first."""
    sql = "UPDATE ticket_files SET again_at = :now WHERE id = :id AND again_at IS NULL"
    return tx.run(sql, id=file_id, now=stamp(now)) == 1


def orphaned(tx: Transaction, person_id: int) -> None:
    """The person is erased while files of theirs were still to come: nothing of them will."""
    tx.run(
        """UPDATE ticket_files SET attachment_id = NULL, reason = 'erased'
        WHERE attachment_id IN (SELECT id FROM attachments WHERE person_id = :person)""",
        person=person_id,
    )


def forget(tx: Transaction, ticket_id: int) -> list[str]:
    """Take the files out of a ticket; the hashes nobody else's file shares, to be deleted from disk."""
    files = of_ticket(tx, ticket_id)
    for row in tx.all("SELECT attachment_id AS id FROM ticket_files WHERE ticket_id = :ticket", ticket=ticket_id):
        if row["id"] is not None:
            attachments.remove(tx, row["id"])
    tx.run("DELETE FROM ticket_files WHERE ticket_id = :ticket", ticket=ticket_id)
    mine = {sha256 for file in files for sha256 in (file.sha256, file.preview) if sha256}
    return [sha256 for sha256 in sorted(mine) if not attachments.shared(tx, sha256)]
