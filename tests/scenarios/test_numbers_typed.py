"""A typed number is a line of the list, unless the list has that number in its own words: then it is asked."""

import pytest

from tests.chat import Chat
from tests.world import World, at

ASKED = "bisa berarti beberapa hal"


@pytest.fixture
async def days(world: World, leader: Chat) -> Chat:
    """A list of days on which the 3rd of December stands, but not in third place."""
    world.now = at(27, 7)
    await leader.joins()
    await leader.says("/audiensi", "audiensi", "Bidang Organisasi Kemasyarakatan", "Program kerja")
    leader.sees("Hari apa?")
    return leader


async def test_a_number_that_is_a_day_of_the_list_too_is_asked(days: Chat) -> None:
    await days.says("3")
    days.sees("Angka 3", ASKED, "Kamis, 3 Desember 2026")
    await days.says("3")
    days.sees("Dicatat: Kamis, 3 Desember 2026", "Jam berapa?")


async def test_each_meaning_can_be_pressed(days: Chat) -> None:
    await days.says("3")
    await days.taps("Kamis, 3 Desember 2026")
    days.sees("Dicatat: Kamis, 3 Desember 2026", "Jam berapa?")


async def test_a_number_that_is_no_day_of_the_list_is_its_line_and_said_back(world: World, leader: Chat) -> None:
    await leader.joins()
    await leader.says("/audiensi", "audiensi", "kepala", "Program kerja", "5")
    leader.sees("Dicatat: Senin, 30 November 2026")


@pytest.mark.parametrize("said", ["3 Des", "tgl 3", "tanggal 3", "03/12", "3 desember"])
async def test_a_date_is_a_date(days: Chat, said: str) -> None:
    await days.says(said)
    days.sees("Dicatat: Kamis, 3 Desember 2026")


async def test_nine_under_a_list_of_hours_is_nine_o_clock(days: Chat) -> None:
    await days.says("3 Des", "9")
    days.sees("pukul 09.00 WIB")


@pytest.mark.parametrize("said", ["3 atau 4 orang", "2 bapak 3 ibu", "bukan 3 tapi 4"])
async def test_one_of_several_numbers_of_people_is_not_taken_by_chance(days: Chat, said: str) -> None:
    await days.says("3 Des", "9", "Siti", said)
    days.sees("lebih dari satu angka")
    await days.says("4 orang")
    days.sees("surat permohonan")


async def test_the_number_of_a_request_on_a_list_is_no_line(leader: Chat) -> None:
    await leader.joins()
    for day in ("selasa", "rabu", "kamis"):
        await leader.requests(day=day)
    await leader.says("/status", "1")
    leader.sees("Angka 1", ASKED, "AUD-0003", "AUD-0001")
    await leader.taps("AUD-0001")
    leader.sees("AUD-0001:", "Riwayat:")
    await leader.says("/status", "2")
    leader.sees("AUD-0002:", "Riwayat:")
