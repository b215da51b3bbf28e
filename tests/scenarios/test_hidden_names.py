"""A hidden name: nothing that is known of its owner finds, counts or sums what they sent."""

import json

from tests.chat import Chat
from tests.scenarios.test_recap import told
from tests.scenarios.test_suggest import suggests
from tests.world import World


async def test_nothing_known_of_their_ormas_finds_what_they_sent(world: World, leader: Chat, officer: Chat) -> None:
    await leader.joins()
    hidden, named = await suggests(leader, "Nama dirahasiakan"), await suggests(leader)
    for word in ("kajen", "disabilitas", "forum melati", "skt"):
        await officer.says(f"/antrean {word}")
        officer.sees_no(hidden)
    await officer.says("/antrean kajen")
    officer.sees(named)
    await officer.says("/antrean masukan")
    officer.sees(hidden)
    (row,) = await world.rows("SELECT kecamatan, field FROM tickets WHERE code = :code", code=hidden)
    assert (row["kecamatan"], row["field"]) == ("", "")


async def test_sums_and_tables_tell_no_more_of_them_than_lists(world: World, leader: Chat, officer: Chat) -> None:
    await leader.joins()
    await suggests(leader)
    code = await suggests(leader, "Nama dirahasiakan")
    await officer.says("/rekap bulan ini")
    officer.sees("Masukan: 2 masuk", "Kajen 1, tidak diketahui 1", "Disabilitas 1, tidak diketahui 1")
    await world.draws()
    _, *rows = [json.loads(line) for line in told(world, officer, ".xlsx").splitlines()]
    (hidden,) = [row for row in rows if row[0] == code]
    assert (hidden[3], hidden[4], hidden[7], hidden[8]) == ("", "", "", "")


async def test_the_place_they_wrote_down_themselves_is_told(world: World, leader: Chat, duty: Chat) -> None:
    await leader.joins()
    await leader.says("/situasi")
    await leader.taps("Nama dirahasiakan")
    await leader.says("Ada tawuran", "Bojong", "Dekat pasar")
    await leader.taps("Sedang terjadi")
    await leader.taps("Serius, perlu tindakan")
    await leader.taps("Lewati")
    await leader.taps("Kirim")
    (row,) = await world.rows("SELECT code, kecamatan, field FROM tickets")
    assert (row["kecamatan"], row["field"]) == ("Bojong", "")
    await duty.says("/antrean bojong")
    duty.sees(row["code"])


async def test_who_may_not_know_the_name_cannot_hold_its_owner_back(
    world: World, leader: Chat, officer: Chat, chief: Chat
) -> None:
    """It would show at everything else they sent."""
    await leader.joins()
    hidden = await suggests(leader, "Nama dirahasiakan")
    await officer.says(f"tahan {hidden}")
    officer.sees("Nama pengirim dirahasiakan, jadi hanya penyetuju atau petugas piket")
    assert not await world.rows("SELECT id FROM mutes")
    await chief.says(f"tahan {hidden}", "1 hari", "Berulang", "kirim")
    chief.sees("ditahan sampai")
