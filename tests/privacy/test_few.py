"""Point 15: fewer than five reports without a name are told by no place, neither in a list nor in what sums leave."""

import json
from collections import Counter

import pytest

from handlers.situation.digest import PLACELESS, by_place
from storage.tickets.queue import FEW
from tests.chat import Chat
from tests.scenarios.test_recap import told
from tests.scenarios.test_situation import reports
from tests.scenarios.test_suggest import suggests
from tests.world import World, at


@pytest.mark.parametrize("number", [1, FEW - 1, FEW])
async def test_a_filter_by_place_finds_none_of_few(world: World, leader: Chat, duty: Chat, number: int) -> None:
    await leader.joins()
    named = await reports(leader)
    codes = [await reports(leader, "Tanpa nama") for _ in range(number)]
    for place in ("bojong", "kajen"):
        await duty.says(f"/antrean {place}")
        duty.sees("tidak disaring menurut tempat")  # said whether there are some or not
        if number < FEW or place == "kajen":
            duty.sees_no(*codes)
    await duty.says("/antrean bojong")
    duty.sees(f"Kiriman terbuka: {1 + number if number >= FEW else 1}", named)
    await duty.says("/antrean situasi")
    assert all(code in duty.screen for code in codes)


async def test_danger_is_found_by_its_place(world: World, leader: Chat, duty: Chat) -> None:
    await leader.joins()
    code = await reports(leader, "Tanpa nama", level="Bahaya bagi orang")
    await duty.says("/antrean bojong")
    duty.sees(code)


@pytest.mark.parametrize(
    ("unnamed", "expected"),
    [
        ({"Bojong": 1}, {"Kajen": 3, "Bojong": 1, PLACELESS: 1}),
        ({"Bojong": 4, "Doro": 1}, {"Kajen": 3, "Bojong": 1, PLACELESS: 5}),
        ({"Bojong": 5}, {"Bojong": 6, "Kajen": 3}),
        ({}, {"Kajen": 3, "Bojong": 1}),
    ],
)
def test_sums_by_place_leave_out_few(unnamed: dict[str, int], expected: dict[str, int]) -> None:
    assert by_place(Counter({"Kajen": 3, "Bojong": 1}), Counter(unnamed)) == expected


async def test_the_digest_tells_no_place_of_few(world: World, leader: Chat, duty: Chat, chief: Chat) -> None:
    await leader.joins()
    named, unnamed = await reports(leader), await reports(leader, "Tanpa nama")
    world.now = at(29, 9)
    await world.tidies()
    chief.looks_up()
    await world.ticks_at(at(30, 8))
    chief.sees("Menurut kecamatan: Bojong 1, tanpa nama (tempat tidak dirinci) 1.")
    chief.sees(f"{named}: Serius, perlu tindakan, Bojong")
    chief.sees(f"{unnamed}: Serius, perlu tindakan (")


async def test_a_recap_and_its_table_make_no_group_of_them(world: World, leader: Chat, officer: Chat) -> None:
    await leader.joins()
    await suggests(leader)
    code = await suggests(leader, "Tanpa nama")
    await officer.says("/rekap bulan ini")
    officer.sees("Masukan: 2 masuk", "Kajen 1, tidak diketahui 1", "Disabilitas 1, tidak diketahui 1")
    await world.draws()
    _, *rows = [json.loads(line) for line in told(world, officer, ".xlsx").splitlines()]
    (unnamed,) = [row for row in rows if row[0] == code]
    assert (unnamed[3], unnamed[4], unnamed[7], unnamed[8]) == ("", "", "", "")
