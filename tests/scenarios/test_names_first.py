"""Names before the season: nicknames and symbols on the list, and who is told while nobody is on it."""

from datetime import UTC, datetime

import pytest

from bot.commands.admin import listed_names
from tests.chat import Chat
from tests.scenarios.announcing import hands_in, writes
from tests.scenarios.test_election import enters
from tests.world import World

EMPTY = "Daftar nama partai dan calon masih kosong"


async def lists(world: World, *names: str) -> Chat:
    admin = world.phone("Admin Kantor")
    await admin.becomes_officer("admin")
    await admin.says("/netral")
    await admin.taps("Tambah nama")
    await admin.says(", ".join(names))
    await admin.taps("Kirim")
    return admin


async def test_a_name_is_listed_with_what_else_it_is_called(world: World) -> None:
    admin = await lists(world, "Partai Melati = Si Putih = 🌼", "Pasangan Kenanga")
    admin.sees("4 nama ditambahkan", "- Partai Melati (juga: Si Putih, 🌼)", "- Pasangan Kenanga")
    await admin.says("/netral hapus partai melati")
    admin.sees("“Partai Melati” dikeluarkan")
    await admin.says("/netral")
    admin.sees("menahan pengumuman: 1")
    admin.sees_no("Si Putih")


async def test_a_picture_is_a_name_and_mere_punctuation_is_none(world: World) -> None:
    admin = world.phone("Admin Kantor")
    await admin.becomes_officer("admin")
    await admin.says("/netral")
    await admin.taps("Tambah nama")
    await admin.says("🌼, ...")
    admin.sees("tanpa huruf atau gambar")
    await admin.says("🌼")
    await admin.taps("Kirim")
    admin.sees("1 nama ditambahkan", "- 🌼")


@pytest.mark.parametrize(
    ("said", "found"), [("Bersama s i  p u t i h kita bisa.", "s i p u t i h"), ("Hadir dengan 🌼 di dada.", "🌼")]
)
async def test_nicknames_and_symbols_stop_an_announcement(
    world: World, officer: Chat, verified: Chat, said: str, found: str
) -> None:
    await lists(world, "Partai Melati = Si Putih = 🌼")
    await writes(officer, body=said)
    officer.sees("menahan pengumuman ini", f"Nama partai atau calon: “{found}” (baris 1)", "UU 7/2017 Pasal 282")
    officer.sees_no("Ajukan")


async def test_an_approver_is_told_that_no_names_are_known(
    world: World, officer: Chat, approver: Chat, verified: Chat
) -> None:
    await hands_in(officer)
    await approver.says("periksa UMU-0001")
    approver.sees(EMPTY, "/netral")
    await lists(world, "Partai Melati")
    await approver.says("periksa UMU-0001")
    approver.sees_no(EMPTY)


async def test_a_stage_that_is_close_asks_admins_for_names_once(world: World, officer: Chat) -> None:
    admin = world.phone("Admin Kantor")
    await admin.becomes_officer("admin")
    admin.looks_up()
    await enters(officer, "Masa kampanye", "Masa kampanye", "14 Desember 2029", "16 Desember 2029")
    admin.sees_no(EMPTY)
    await enters(officer, "Masa kampanye", "Masa kampanye", "14 Desember 2026", "16 Desember 2026")
    admin.sees("Masa kampanye mulai Senin, 14 Desember 2026.", EMPTY, "/netral")
    admin.looks_up()
    await enters(officer, "Masa tenang", "Masa tenang", "17 Desember 2026", "19 Desember 2026")
    admin.sees_no(EMPTY)
    await admin.says("/pemilu")
    admin.sees(EMPTY)
    await officer.says("/pemilu")
    officer.sees_no(EMPTY)


async def test_a_stage_that_comes_near_asks_again(world: World, officer: Chat) -> None:
    admin = world.phone("Admin Kantor")
    await admin.becomes_officer("admin")
    await enters(officer, "Masa kampanye", "Masa kampanye", "14 Desember 2026", "16 Desember 2026")
    admin.looks_up()
    await world.passes(days=20)
    admin.sees(EMPTY)


async def test_nobody_is_asked_while_names_are_listed(world: World, officer: Chat) -> None:
    admin = await lists(world, "Partai Melati")
    admin.looks_up()
    await enters(officer, "Masa kampanye", "Masa kampanye", "14 Desember 2026", "16 Desember 2026")
    admin.sees_no(EMPTY)


async def test_the_doctor_says_whether_anybody_is_listed(world: World, officer: Chat) -> None:
    today = datetime(2026, 11, 23, tzinfo=UTC)

    async def doctor() -> tuple[str, bool]:
        async with world.awake() as room:
            return await room.database.transact(lambda tx: listed_names(tx, today))

    line, needs_somebody = await doctor()
    assert "none on the list yet" in line
    assert not needs_somebody
    await enters(officer, "Masa kampanye", "Masa kampanye", "14 Desember 2026", "16 Desember 2026")
    line, needs_somebody = await doctor()
    assert "a stage of the election is close" in line
    assert needs_somebody
    await lists(world, "Partai Melati = Si Putih")
    assert await doctor() == ("names      2 of parties and candidates on the list of the neutrality gate", False)
