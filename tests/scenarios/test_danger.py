"""People in danger come first: in the queue, in time, and past every limit that others share."""

import pytest

from tests.chat import Chat
from tests.scenarios.test_situation import reports
from tests.scenarios.test_suggest import number, suggests
from tests.world import World, at

DANGER = "Bahaya bagi orang"


async def test_danger_is_on_top_of_everything_with_its_level(
    world: World, leader: Chat, officer: Chat, duty: Chat, chief: Chat
) -> None:
    await leader.joins()
    await leader.requests()
    await suggests(leader)
    calm = await reports(leader, words="Ramai saja", level="Perlu dipantau")
    danger = await reports(leader, words="Rumah terbakar", level=DANGER)
    for said in ("/antrean", "/antrean bojong", "/antrean situasi", "/antrean baru"):
        await chief.says(said)
        chief.sees(f"BAHAYA BAGI ORANG. {danger}", "Rumah terbakar", f"Perlu dipantau. {calm}")
        screen = chief.screen
        assert screen.index(danger) < screen.index(calm), said
        assert "AUD-0001" not in screen or screen.index(danger) < screen.index("AUD-0001"), said
    await duty.says(danger)
    duty.sees("BAHAYA BAGI ORANG", "Jawaban pertama paling lambat", "10.10")


async def test_the_first_answer_to_danger_is_due_at_once_at_night_too(
    world: World, leader: Chat, duty: Chat, chief: Chat
) -> None:
    await leader.joins()
    world.now = at(28, 23, 30)
    danger = await reports(leader, level=DANGER)
    await duty.says(danger)
    duty.sees("28 November 2026", "23.40")
    duty.looks_up()
    await world.ticks_at(at(28, 23, 41))
    await world.ticks_at(at(29, 0, 45))
    duty.sees("BAHAYA BAGI ORANG", "LAPORAN SITUASI", danger)


async def test_without_a_name_the_time_owed_tells_no_minute(world: World, leader: Chat, duty: Chat) -> None:
    await leader.agrees()
    world.now = at(23, 10, 17)
    danger = await reports(leader, "Tanpa nama", level=DANGER)
    await duty.says(danger)
    duty.sees("BAHAYA BAGI ORANG", "11.10")


async def test_no_flood_of_anything_else_closes_the_way_to_a_person(world: World, leader: Chat, duty: Chat) -> None:
    await leader.joins()
    for _ in range(6):
        await suggests(leader)
    await leader.says("/masukan")
    leader.sees("sudah mengirim 6 kiriman dalam 1 jam terakhir", "110", "112")
    danger = await reports(leader, level=DANGER)
    duty.sees("BAHAYA BAGI ORANG", danger)
    await leader.says("/petugas", "Tolong, kami terjebak")
    leader.sees("sudah kami teruskan ke petugas", number(leader, "TNY"))


async def test_a_flood_of_reports_is_bounded_and_names_the_numbers(
    world: World, leader: Chat, duty: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(world.office.situation.__dict__, "per_hour", 2)
    await leader.joins()
    for _ in range(2):
        await reports(leader)
    await leader.says("/situasi")
    leader.sees("sudah mengirim 2 kiriman dalam 1 jam terakhir", "110", "112")


async def test_who_was_asked_to_wait_still_reports_danger(
    world: World, leader: Chat, officer: Chat, duty: Chat
) -> None:
    await leader.joins()
    await suggests(leader)
    sent = number(leader, "MAS")
    await officer.says(f"tahan {sent}", "1 hari", "Terlalu sering", "kirim")
    await leader.says("/masukan")
    leader.sees("kami tahan dahulu", "110")
    duty.looks_up()
    danger = await reports(leader, level=DANGER)
    duty.sees("BAHAYA BAGI ORANG", danger)
    await reports(leader)
    await leader.says("/situasi")
    leader.sees("sudah mengirim 2 kiriman", "110")
