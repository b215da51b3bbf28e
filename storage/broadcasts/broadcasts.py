"""Announcements: what is said to many, and who decided it. Facts with their times; the state is derived from them."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from storage.broadcasts import files as broadcast_files
from storage.broadcasts.files import File
from storage.database.database import NotFound, Row, Transaction
from storage.database.moment import maybe, moment, stamp

TOPICS = ("umum", "kegiatan", "hibah", "pemilu", "darurat")
URGENT = "darurat"
"""The one topic that goes out at night, and may go out before a second person has seen it."""
READ, YES_NO, PICK = "read", "yes-no", "pick"
QUESTIONS = ("", READ, YES_NO, PICK)
OPTIONS = 10
"""Most answers to pick one from: what a list of WhatsApp holds."""
WORDS = ("topic", "title", "body", "question", "source")
JSON = ("options", "segment", "repeat")
SAME: tuple[str, ...] = (
    "id",
    "code",
    "check_code",
    "version",
    "written_by",
    "hash",
    "override_by",
    "override_why",
    "approved_by",
)
SAME += ("decided_by", "note", "urgent_why", "reviewed_by", "review", "listed_upto", "listed", "paused_why")
SAME += ("cancelled_why",)
"""Columns read as they are."""


@dataclass(frozen=True, slots=True)
class Content:
    """What an author writes. `segment` says to whom (storage/broadcasts/segments.py), `repeat` how it comes again.

    `options` are the labels to pick one from; `source` is where it is published, for what needs one.
    """

    topic: str
    title: str
    body: str
    question: str = ""
    options: tuple[str, ...] = ()
    segment: Mapping[str, Any] = field(default_factory=dict)
    starts_at: datetime | None = None
    expires_at: datetime | None = None
    repeat: Mapping[str, Any] = field(default_factory=dict)
    source: str = ""

    def columns(self) -> dict[str, str | None]:
        """As they are stored. Raises ValueError for what no announcement can be."""
        if self.topic not in TOPICS or self.question not in QUESTIONS:
            raise ValueError("no such topic or question")
        if (self.question == PICK) != bool(self.options) or len(self.options) > OPTIONS:
            raise ValueError(f"a question to pick from has 1 to {OPTIONS} options, no other has any")
        told: dict[str, str | None] = {name: getattr(self, name) for name in WORDS}
        told |= {name: json.dumps(getattr(self, name), ensure_ascii=False, sort_keys=True) for name in JSON}
        told["starts_at"] = stamp(self.starts_at) if self.starts_at else None
        told["expires_at"] = stamp(self.expires_at) if self.expires_at else None
        return told


@dataclass(frozen=True, slots=True)
class Broadcast:
    """One announcement. `replaces` is what it corrects, `repeats` the first of a series, `follows` what it asks again.

    `excused`: a person said that it may go out although its time is long past.
    """

    id: int
    code: str
    check_code: str
    version: int
    replaces: int | None
    repeats: int | None
    follows: int | None
    withdraws: bool
    content: Content
    written_by: int
    written_at: datetime
    submitted_at: datetime | None
    hash: str | None
    override_by: int | None
    override_why: str | None
    approved_at: datetime | None
    approved_by: int | None
    returned_at: datetime | None
    rejected_at: datetime | None
    decided_by: int | None
    note: str | None
    urgent_why: str | None
    reviewed_at: datetime | None
    reviewed_by: int | None
    review: str | None
    plan: Mapping[str, Any]
    planning: bool
    started_at: datetime | None
    listed_upto: int
    listed: int
    listed_at: datetime | None
    paused_at: datetime | None
    paused_why: str | None
    excused: bool
    cancelled_at: datetime | None
    cancelled_why: str | None
    finished_at: datetime | None
    progress: Mapping[str, Any]

    @property
    def subject(self) -> str:
        return subject(self.id)

    @property
    def urgent(self) -> bool:
        return self.content.topic == URGENT

    @property
    def going(self) -> bool:
        """Whether it is decided and not over."""
        return self.approved_at is not None and self.finished_at is None and self.cancelled_at is None

    @property
    def state(self) -> str:
        """The newest fact that says something."""
        told = (
            ("cancelled", self.cancelled_at),
            ("finished", self.finished_at),
            ("paused", self.paused_at),
            ("running", self.started_at),
            ("approved", self.approved_at),
            ("rejected", self.rejected_at),
            ("submitted", self.submitted_at),
            ("returned", self.returned_at),
        )
        return next((name for name, at in told if at is not None), "draft")


def subject(broadcast_id: int) -> str:
    """What its parcels are about, so that they can be taken back."""
    return f"broadcast:{broadcast_id}"


def read(row: Row) -> Broadcast:
    content = Content(
        options=tuple(json.loads(row["options"])),
        segment=json.loads(row["segment"]),
        starts_at=maybe(row["starts_at"]),
        expires_at=maybe(row["expires_at"]),
        repeat=json.loads(row["repeat"]),
        **{name: row[name] for name in WORDS},
    )
    times = ("submitted", "approved", "returned", "rejected", "reviewed", "started", "listed", "paused", "cancelled")
    told: dict[str, Any] = {f"{name}_at": maybe(row[f"{name}_at"]) for name in (*times, "finished")}
    return Broadcast(
        replaces=row["replaces_id"],
        repeats=row["repeats_id"],
        follows=row["follows_id"],
        withdraws=bool(row["withdraws"]),
        content=content,
        written_at=moment(row["written_at"]),
        plan=json.loads(row["plan"]),
        planning=row["planned_upto"] is not None,
        excused=bool(row["excused"]),
        progress=json.loads(row["progress"]),
        **{name: row[name] for name in SAME},
        **told,
    )


def get(tx: Transaction, broadcast_id: int) -> Broadcast:
    """Raises NotFound when there is none."""
    row = tx.one("SELECT * FROM broadcasts WHERE id = :id", id=broadcast_id)
    if row is None:
        raise NotFound("no such announcement")
    return read(row)


def by_number(tx: Transaction, number: int) -> int:
    """The id behind UMU-0012; 0 when there is none."""
    row = tx.one("SELECT id FROM broadcasts WHERE code = :code", code=f"UMU-{number:04d}")
    return int(row["id"]) if row else 0


def by_check_code(tx: Transaction, check_code: str) -> Broadcast | None:
    row = tx.one("SELECT * FROM broadcasts WHERE check_code = :code", code=check_code)
    return None if row is None else read(row)


def next_code(tx: Transaction) -> str:
    """`UMU-0012`: one more than the last, never used again."""
    row = tx.one(
        """INSERT INTO counters VALUES ('UMU', 1)
        ON CONFLICT (name) DO UPDATE SET last = counters.last + 1 RETURNING last"""
    )
    assert row is not None
    return f"UMU-{row['last']:04d}"


def draft(
    tx: Transaction,
    author_id: int,
    content: Content,
    check_code: str,
    now: datetime,
    *,
    replaces: int | None = None,
    withdraws: bool = False,
    follows: int | None = None,
    repeats: int | None = None,
) -> Broadcast:
    """Begin one. A correction goes to exactly those who got what it `replaces`, a second round to the silent of what
    it `follows`: there the segment is not asked."""
    version = 1 if replaces is None else get(tx, replaces).version + 1
    columns = content.columns() | {"code": next_code(tx), "check_code": check_code}
    numbers = {"version": version, "replaces_id": replaces, "withdraws": int(withdraws), "follows_id": follows}
    values = columns | numbers | {"repeats_id": repeats, "written_by": author_id, "written_at": stamp(now)}
    row = tx.one(
        f"""INSERT INTO broadcasts ({", ".join(values)}) VALUES ({", ".join(f":{name}" for name in values)})
        RETURNING *""",
        **values,
    )
    assert row is not None
    return read(row)


def change(tx: Transaction, broadcast_id: int, content: Content, now: datetime) -> bool:
    """Write it anew, which only an author does with what nobody is deciding about. False when it is too late."""
    columns = content.columns()
    changes = ", ".join(f"{name} = :{name}" for name in columns)
    return (
        tx.run(
            f"""UPDATE broadcasts SET {changes}, written_at = :now, plan = '{{}}', planned_upto = NULL
            WHERE id = :id AND submitted_at IS NULL AND rejected_at IS NULL AND cancelled_at IS NULL""",
            id=broadcast_id,
            now=stamp(now),
            **columns,
        )
        == 1
    )


def digest(broadcast: Broadcast, files: Sequence[File]) -> str:
    """SHA-256 of everything a reader or a second person sees: one letter more, and it is another announcement."""
    told = broadcast.content.columns() | {
        "code": broadcast.code,
        "check_code": broadcast.check_code,
        "version": broadcast.version,
        "replaces": broadcast.replaces,
        "withdraws": broadcast.withdraws,
        "follows": broadcast.follows,
        "files": [(file.name, file.type, file.sha256) for file in files],
    }
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def fresh_digest(tx: Transaction, broadcast: Broadcast) -> str:
    """The hash of what stands there now."""
    return digest(broadcast, broadcast_files.of(tx, broadcast.id))
