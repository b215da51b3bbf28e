"""What officers do to announce something, in one go."""

import re
from dataclasses import replace

from storage.broadcasts import approvals, broadcasts
from storage.database.database import Transaction
from tests.chat import Chat
from tests.world import World


async def writes(
    officer: Chat,
    topic: str = "Umum",
    title: str = "Rapat ormas",
    body: str = "Senin di pendapa.",
    question: str = "Sudah saya baca",
    whom: tuple[str, ...] = ("Semua pengurus",),
    starts: str = "Sekarang",
    ends: str = "Lewati",
    repeat: str = "Sekali saja",
) -> None:
    """The whole form; only up to the question about recipients when there are none yet."""
    await officer.says("/umumkan")
    await officer.taps("Tulis pengumuman")
    await officer.taps(topic)
    await officer.says(title, body, "tidak ada")
    await officer.taps(question)
    for label in whom:
        await officer.taps(label)
    if not whom:
        return
    await officer.taps(repeat)
    await officer.taps("Sekarang") if starts == "Sekarang" else await officer.says(starts)
    await officer.taps("Lewati") if ends == "Lewati" else await officer.says(ends)
    await officer.taps("Kirim")


async def hands_in(officer: Chat, **said: str) -> None:
    await writes(officer, **said)  # type: ignore[arg-type]
    await officer.taps("Ajukan")


async def goes_out(officer: Chat, approver: Chat, **said: str) -> None:
    """Written, handed in and agreed to; it goes out at its time."""
    await hands_in(officer, **said)
    code = officer.screen.split(" diajukan")[0].split()[-1]
    await approver.says(f"periksa {code}")
    await approver.taps("Setujui")


async def second_agrees(author: Chat) -> Chat:
    """Somebody else looks at the public word that was just proposed, and lets it count."""
    second = author.world.phone("Penyetuju Kantor")
    if not second.all:
        await second.becomes_officer("approver")
    found = re.search(r"USL-\d{4}", author.screen)
    assert found, author.screen
    await second.says(f"periksa {found[0]}")
    await second.taps("Setujui")
    return second


async def states(world: World) -> list[str | None]:
    """What was decided about each announcement, as far as times tell."""
    rows = await world.rows("SELECT * FROM broadcasts ORDER BY id")
    times = ("cancelled_at", "rejected_at", "approved_at", "returned_at", "submitted_at")
    return [next((name.removesuffix("_at") for name in times if row[name]), None) for row in rows]


async def check_code(world: World, number: int = 1) -> str:
    rows = await world.rows("SELECT check_code FROM broadcasts ORDER BY id")
    return str(rows[number - 1]["check_code"])


def claimed(tx: Transaction) -> list[int]:
    """The parcels of announcements, in the hands of the sender from now on."""
    rows = tx.all("UPDATE outbox SET claimed_at = due_at, attempts = 1 WHERE kind = 'broadcast' RETURNING id")
    return [row["id"] for row in rows]


def corrected(tx: Transaction, world: World) -> None:
    """The first one, with another day: written by one, approved by the other."""
    old = broadcasts.get(tx, 1)
    content = replace(old.content, body="Selasa di pendapa.", starts_at=None, repeat={})
    new = broadcasts.draft(tx, old.written_by, content, "ZZZZ-ZZZZ", world.now, replaces=old.id)
    seen = approvals.submit(tx, new.id, world.now)
    assert seen is not None
    assert approvals.approve(tx, new.id, old.approved_by or 0, seen, world.now)
