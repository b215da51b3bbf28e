"""Which ormas has reported on which period: every ormas on record owes one report, and a withdrawn one is none."""

from dataclasses import dataclass

from storage.database.database import Transaction

SENT = """EXISTS (SELECT 1 FROM tickets t WHERE t.organisation_id = o.id AND t.kind = 'laporan' AND t.period = :period
  AND coalesce(t.result, '') <> 'withdrawn')"""
LED = """EXISTS (SELECT 1 FROM memberships m WHERE m.organisation_id = o.id AND m.verified_at IS NOT NULL
  AND m.refused_at IS NULL AND m.ended_at IS NULL)"""
"""Whether anybody can be reminded: somebody of whom an officer said that they lead it."""


@dataclass(frozen=True, slots=True)
class Group:
    """Ormas of one kind in one kecamatan: how many owe, how many of them sent, how many of the others nobody leads."""

    kind: str
    kecamatan: str
    owing: int
    sent: int
    unled: int


def groups(tx: Transaction, period: str, kind: str = "", kecamatan: str = "") -> list[Group]:
    """Everybody, or only a kind or a kecamatan, in one walk over the ormas."""
    rows = tx.all(
        f"""SELECT o.kind, o.kecamatan, count(*) AS owing, sum(CASE WHEN {SENT} THEN 1 ELSE 0 END) AS sent,
          sum(CASE WHEN {SENT} OR {LED} THEN 0 ELSE 1 END) AS unled
        FROM organisations o WHERE (:kind = '' OR o.kind = :kind) AND (:kecamatan = '' OR o.kecamatan = :kecamatan)
        GROUP BY o.kind, o.kecamatan ORDER BY o.kind, o.kecamatan""",
        period=period,
        kind=kind,
        kecamatan=kecamatan,
    )
    return [
        Group(row["kind"], row["kecamatan"], int(row["owing"]), int(row["sent"]), int(row["unled"])) for row in rows
    ]


def owing(tx: Transaction, period: str, kind: str, kecamatan: str, at_most: int) -> list[str]:
    """The first names of those who have not reported."""
    rows = tx.all(
        f"""SELECT o.name FROM organisations o WHERE NOT {SENT} AND (:kind = '' OR o.kind = :kind)
        AND (:kecamatan = '' OR o.kecamatan = :kecamatan) ORDER BY o.name, o.id LIMIT :at_most""",
        period=period,
        kind=kind,
        kecamatan=kecamatan,
        at_most=at_most,
    )
    return [str(row["name"]) for row in rows]


def to_remind(tx: Transaction, period: str, after_id: int, at_most: int) -> list[int]:
    """Ormas that have not reported and that somebody leads, some at a time in the order of their ids."""
    rows = tx.all(
        f"""SELECT o.id FROM organisations o WHERE o.id > :after AND NOT {SENT} AND {LED}
        ORDER BY o.id LIMIT :at_most""",
        period=period,
        after=after_id,
        at_most=at_most,
    )
    return [int(row["id"]) for row in rows]


def subject(organisation_id: int, period: str) -> str:
    """How the outbox calls a reminder, so that it is taken back when the report comes."""
    return f"report:{organisation_id}:{period}"
