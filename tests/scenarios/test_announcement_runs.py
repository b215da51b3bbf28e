"""While an announcement goes out: what fails, what is in doubt, what expires, what was changed, and how it is shown."""

import pytest

from bot.channels.channel import Outcome, SendFailed
from handlers.announcement.running import feed, plan
from storage.broadcasts import broadcasts
from storage.database.database import Transaction
from tests.chat import Chat
from tests.scenarios.announcing import corrected, goes_out, writes
from tests.world import World, at

BLOCKED = SendFailed(Outcome.REFUSED, "Forbidden: bot was blocked by the user", gone=True)
LOST = SendFailed(Outcome.UNKNOWN, "TimedOut")


@pytest.fixture
async def many(world: World, verified: Chat, officer: Chat) -> list[Chat]:
    """Thirty leaders beside the first."""

    async def join() -> str:
        for number in range(30):
            await world.phone(f"Pengurus {number}").agrees()
        async with world.awake() as room:
            await room.database.transact(
                lambda tx: tx.run(
                    """INSERT INTO memberships (person_id, organisation_id, position, added_at, verified_at)
                    SELECT p.id, 1, 'Anggota', p.created_at, p.created_at FROM people p
                    WHERE p.id NOT IN (SELECT person_id FROM memberships UNION SELECT person_id FROM roles)"""
                )
            )
        return "30"

    await world.once("many", join)
    return [world.phone(f"Pengurus {number}") for number in range(30)]


async def test_it_stops_by_itself_when_too_much_fails_and_a_person_lets_it_go_on(
    world: World, officer: Chat, approver: Chat, many: list[Chat], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "MOST", 22)
    await goes_out_failing(world, officer, approver, dict.fromkeys((chat.address for chat in many[:26]), BLOCKED))
    await world.sends_again(seconds=6)
    officer.sees("dijeda: terlalu banyak yang gagal", "21 gagal", "Lanjut")
    await approver.says("lanjut UMU-0001")
    approver.sees("sedang dikirim")
    (row,) = await world.rows("SELECT count(*) AS n FROM recipients WHERE outcome = 'failed'")
    assert row["n"] == 21
    await world.passes(minutes=1)
    officer.sees("selesai dikirim")
    (row,) = await world.rows("SELECT count(*) AS n FROM recipients WHERE outcome IS NULL")
    assert row["n"] == 0


async def goes_out_failing(world: World, officer: Chat, approver: Chat, failures: dict[str, SendFailed]) -> None:
    """It goes out the next morning; then the network is as bad as told."""
    await goes_out(officer, approver, starts="besok jam 9")
    world.paper.failing_at = failures
    await world.ticks_at(at(24, 9))
    world.paper.failing_at = {}


async def test_whoever_may_or_may_not_have_got_it_is_counted_and_named_and_not_asked_twice(
    world: World, officer: Chat, approver: Chat, verified: Chat
) -> None:
    await goes_out_failing(world, officer, approver, {verified.address: LOST})
    officer.sees("selesai dikirim", "1 tidak pasti")
    await world.passes(hours=1)
    verified.sees_no("Rapat ormas")
    await officer.says("siapa UMU-0001")
    officer.sees("Siti Aminah", "tidak pasti")


async def test_progress_is_one_message_where_it_can_be_changed(
    world: World, officer: Chat, approver: Chat, verified: Chat
) -> None:
    await goes_out(officer, approver)
    officer.sees("UMU-0001: Rapat ormas", "selesai dikirim", "[####################] 100%", "1 terkirim")
    kinds = await world.rows("SELECT kind, count(*) AS n FROM outbox WHERE subject LIKE 'progress:%' GROUP BY kind")
    told = {row["kind"]: row["n"] for row in kinds}
    assert told["notice"] == 2 if getattr(world.paper, "edits") else told["notice"] <= 6  # noqa: B009


async def test_after_its_end_nothing_goes_out_any_more(
    world: World, officer: Chat, approver: Chat, verified: Chat
) -> None:
    await goes_out(officer, approver, starts="besok jam 9", ends="besok jam 10")
    await officer.says("jeda UMU-0001")
    officer.sees("dijeda petugas")
    await world.ticks_at(at(24, 9, 30))
    await world.ticks_at(at(24, 11))
    await officer.says("lanjut UMU-0001")
    await world.ticks_at(at(24, 11, 1))
    verified.sees_no("Rapat ormas")
    await officer.says("UMU-0001")
    officer.sees("berakhir sebelum sempat dikirim")


async def test_what_is_not_what_was_approved_stays_where_it_is(
    world: World, officer: Chat, approver: Chat, verified: Chat
) -> None:
    """Whoever can write in the database cannot put words into the office's mouth."""
    await goes_out(officer, approver, starts="besok jam 9")
    async with world.awake() as room:
        await room.database.transact(lambda tx: tx.run("UPDATE broadcasts SET body = 'Pilih nomor satu!'"))
    await world.ticks_at(at(24, 9))
    verified.sees_no("Pilih nomor satu")
    officer.sees("dijeda: isinya tidak sama lagi dengan yang disetujui")


async def test_a_plan_for_very_many_is_counted_beside_the_turns(
    world: World, officer: Chat, verified: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan, "SLICES_AT_ONCE", 0)
    await writes(officer)
    officer.sees("Penerima masih dihitung")
    officer.sees("Penerima UMU-0001 sudah dihitung.", "1 pengurus.", "Semua pengurus itu dapat dihubungi.")


async def test_late_readers_of_the_old_one_see_that_it_was_replaced(
    world: World, officer: Chat, approver: Chat, verified: Chat
) -> None:
    """Where words can be changed, in place; where only a template came, when its words are asked for."""
    await goes_out(officer, approver, starts="lusa jam 11")
    world.now = at(25, 11)
    async with world.awake() as room:
        await world.deliver(room)
        await room.database.transact(lambda tx: corrected(tx, world))
        await world.deliver(room)
    await world.read_news()
    seen = verified.screen
    assert ("SUDAH DIGANTI" in seen) == (world.channel != "plain")
    assert "RALAT. Ini menggantikan pengumuman UMU-0001" in seen
    assert "Selasa di pendapa." in seen


async def test_one_that_fails_in_us_stands_still_and_holds_up_nobody(
    world: World, officer: Chat, approver: Chat, verified: Chat
) -> None:
    await goes_out(officer, approver, title="Rusak", starts="besok jam 9")
    await goes_out(officer, approver, title="Baik", starts="besok jam 9")
    broken = "UPDATE broadcasts SET segment = '{}' WHERE title = 'Rusak'"
    async with world.awake() as room:
        await room.database.transact(lambda tx: tx.run(broken))
        await room.database.transact(lambda tx: tx.run("UPDATE broadcasts SET hash = :h WHERE id = 1", h=digest(tx)))
    await world.ticks_at(at(24, 9))
    verified.sees("Baik")
    states = await world.rows("SELECT paused_why, finished_at IS NOT NULL AS over FROM broadcasts ORDER BY id")
    assert [(row["paused_why"], bool(row["over"])) for row in states] == [("fault", False), (None, True)]


def digest(tx: Transaction) -> str:
    return broadcasts.fresh_digest(tx, broadcasts.get(tx, 1))
