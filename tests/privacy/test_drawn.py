"""Point 14: when the office hears of what came without a name is drawn by lot, unless it may be dangerous."""

from datetime import datetime, timedelta

import pytest

from handlers.tickets import drawn
from storage.database.moment import moment
from tests.chat import Chat
from tests.scenarios.test_situation import reports
from tests.scenarios.test_suggest import suggests
from tests.world import World, at

NEW = "Kiriman baru tanpa nama"
BELL = "LAPORAN SITUASI BARU"


async def told_at(world: World, kind: str) -> list[datetime]:
    rows = await world.rows("SELECT due_at FROM reminders WHERE kind = :kind ORDER BY id", kind=kind)
    return [moment(row["due_at"]) for row in rows]


async def test_a_notice_comes_some_minutes_later_once(world: World, leader: Chat, officer: Chat) -> None:
    await leader.agrees()
    officer.looks_up()
    code = await suggests(leader, "Tanpa nama")
    officer.sees_nothing()
    await world.ticks_at(at(23, 10, 11))  # a fifth of an hour is the least
    officer.sees_nothing()
    await world.ticks_at(at(23, 11, 0))
    officer.sees(NEW, code, "Lihat")
    officer.looks_up()
    await world.passes(hours=2)
    officer.sees_nothing()


async def test_no_two_wait_alike(world: World, leader: Chat, officer: Chat) -> None:
    """Drawn to the second: of twelve in the same minute hardly two come together, and none tells when it was sent."""
    await leader.agrees()
    for _ in range(12):
        await suggests(leader, "Tanpa nama")
    waits = [due - world.now for due in await told_at(world, drawn.NOTICE)]
    assert len(set(waits)) > 8
    assert all(drawn.WITHIN / 5 <= wait <= drawn.WITHIN for wait in waits)


async def test_what_comes_at_night_is_told_in_the_morning(world: World, leader: Chat, officer: Chat) -> None:
    await leader.agrees()
    officer.looks_up()
    world.now = at(23, 23, 40)
    code = await suggests(leader, "Tanpa nama")
    (due,) = await told_at(world, drawn.NOTICE)
    opens = world.office.working_time(world.now.tzinfo).opens_at(world.now)
    assert opens < due <= opens + drawn.WITHIN
    await world.ticks_at(opens)
    officer.sees_no(NEW)
    await world.ticks_at(opens + drawn.WITHIN)
    officer.sees(NEW, code)


async def test_shortly_before_closing_it_waits_for_the_next_morning(
    world: World, leader: Chat, officer: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawn, "drawn", lambda longest: timedelta(minutes=50))
    await leader.agrees()
    clock = world.office.working_time(world.now.tzinfo)
    world.now = next(
        moment
        for m in range(24 * 60)
        if clock.is_open(moment := at(23, 12) + timedelta(minutes=m))
        and not clock.is_open(moment + timedelta(minutes=30))
    )
    await suggests(leader, "Tanpa nama")
    (due,) = await told_at(world, drawn.NOTICE)
    assert (due.astimezone(world.now.tzinfo).date(), clock.is_open(due)) == (at(24, 8).date(), True)


async def test_who_found_it_before_is_not_told_of_it(world: World, leader: Chat, officer: Chat) -> None:
    await leader.agrees()
    code = await suggests(leader, "Tanpa nama")
    await officer.says(f"terima {code}")
    officer.looks_up()
    await world.passes(hours=1)
    officer.sees_no(NEW)


async def test_with_a_name_it_comes_at_once(world: World, leader: Chat, officer: Chat) -> None:
    await leader.joins()
    officer.looks_up()
    code = await suggests(leader)
    officer.sees("Kiriman baru:", code)


@pytest.mark.parametrize("level", ["Bahaya bagi orang", "Serius, perlu tindakan"])
async def test_danger_rings_at_once(world: World, leader: Chat, duty: Chat, level: str) -> None:
    await leader.agrees()
    duty.looks_up()
    world.now = at(23, 23, 40)
    code = await reports(leader, "Tanpa nama", level=level)
    duty.sees(level.upper(), BELL, code)


@pytest.mark.parametrize("level", ["Perlu dipantau", "Waspada, bisa memburuk"])
async def test_what_may_wait_rings_minutes_later_also_at_night(
    world: World, leader: Chat, duty: Chat, chief: Chat, level: str
) -> None:
    await leader.agrees()
    world.now = at(23, 23, 40)
    for chat in (duty, chief):
        chat.looks_up()
    code = await reports(leader, "Tanpa nama", level=level)
    await world.ticks_at(at(23, 23, 43))
    duty.sees_nothing()
    await world.ticks_at(at(24, 0, 1))
    duty.sees(level.upper(), BELL, code)
    chief.sees_nothing()
    await world.ticks_at(at(24, 0, 12))
    chief.sees("BELUM ADA YANG MENANGANI", code)
