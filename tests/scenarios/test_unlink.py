"""Linked messengers are shown and parted again: what came goes back, what was made since stays, erasing takes all."""

import re

from tests.chat import Chat
from tests.scenarios.test_link import links, taken_along, types_code
from tests.world import World


async def test_what_is_linked_is_shown_and_can_be_let_go(world: World, meeting: str, leader: Chat, there: Chat) -> None:
    await links(leader, there)
    await leader.says("/hubungkan")
    leader.sees("Obrolan Bapak/Ibu yang terhubung", "(obrolan ini)", "Lepaskan ", "Hubungkan lagi")
    await leader.says("/lepaskan")
    leader.sees("dari akun ini?", "kembali ke sana", "tetap di akun S… A…", "Ya, lepaskan", "Tidak jadi")
    await leader.taps("Tidak jadi")
    leader.sees("tetap terhubung")
    await leader.says("/lepaskan")
    there.looks_up()
    await leader.taps("Ya, lepaskan")
    leader.sees("sudah dipisahkan")
    there.sees("Obrolan ini sudah dipisahkan")
    await there.says("/status")
    there.sees("belum mengirim apa pun")
    await leader.says("/status")
    leader.sees(meeting)
    await leader.says("/lepaskan")
    leader.sees("Tidak ada obrolan yang terhubung")
    told = await world.rows("SELECT what, subject FROM audit WHERE what IN ('merged', 'separated') ORDER BY id")
    assert [row["what"] for row in told] == ["merged", "merged", "separated", "separated"]
    assert len({row["subject"] for row in told}) == 2


async def test_what_it_brought_goes_back_and_what_came_since_stays(
    world: World, meeting: str, leader: Chat, there: Chat
) -> None:
    await there.joins("Karang Taruna Mawar", name="Siti di rumah")
    own = await there.requests(hour="jam 10")
    await types_code(leader, there)
    await there.taps("Ya, hubungkan")
    await leader.taps("Ya, itu saya")
    await leader.says("/status")
    leader.sees(own, meeting)
    await there.says("/audiensi")
    await there.taps("Karang Taruna Mawar")
    await there.says("audiensi", "kepala", "Taman baca", "kamis 09.30", "Siti", "1", "lewati", "tidak ada", "kirim")
    there.sees(since := "AUD-0003", "sudah kami terima")
    await there.says("/lepaskan")
    leader.looks_up()
    await there.taps("Ya, lepaskan")
    leader.sees("sudah dipisahkan")
    await there.says("/status")
    there.sees(own)
    there.sees_no(meeting, since)
    await there.says("/profil")
    there.sees("Nama: Siti di rumah", "Karang Taruna Mawar")
    there.sees_no("Melati")
    await leader.says("/status")
    leader.sees(since, meeting)
    leader.sees_no(own)


async def test_linked_again_after_parting(leader: Chat, there: Chat) -> None:
    await leader.joins()
    await links(leader, there)
    await there.says("/lepaskan")
    await there.taps("Ya, lepaskan")
    await types_code(there, leader)
    await leader.taps("Ya, hubungkan")
    await there.taps("Ya, itu saya")
    there.sees("sekarang terhubung")
    await there.says("/profil")
    there.sees("Nama: Siti Aminah")


async def test_a_third_messenger_joins_the_two(world: World, leader: Chat, there: Chat) -> None:
    await leader.joins()
    await links(leader, there)
    third = world.beside(world.elsewhere, "Siti di kantor")
    await third.agrees()
    await leader.says("/hubungkan")
    await leader.taps("Hubungkan lagi")
    code = re.search(r"/hubungkan (\S+)", leader.screen)
    assert code
    await third.says(f"/hubungkan {code[1]}")
    await third.taps("Ya, hubungkan")
    await leader.says("itu saya TAU-0002")
    leader.sees("sekarang terhubung")
    await third.says("/lepaskan")
    third.sees("Obrolan Bapak/Ibu yang terhubung", "Lepaskan")
    assert len(await world.rows("SELECT DISTINCT person_id FROM chats")) == 1


async def test_everything_of_both_can_be_taken_along_and_erased(
    world: World, meeting: str, leader: Chat, there: Chat
) -> None:
    await there.joins("Karang Taruna Mawar", name="Siti di rumah")
    own = await there.requests(hour="jam 10")
    await types_code(leader, there)
    await there.taps("Ya, hubungkan")
    await leader.taps("Ya, itu saya")
    data = await taken_along(leader)
    assert {row["code"] for row in data["permintaan"]} == {meeting, own}
    assert len(data["saluran"]) == 2
    assert data["penggabungan"][0]["nama_sebelumnya"] == "Siti di rumah"
    await there.says("/hapus")
    await there.taps("Ya, hapus data saya")
    there.sees("sudah dihapus")
    await world.passes(hours=2)
    await world.tidies()
    everything = await world.everything()
    for secret in ("Siti Aminah", "Siti di rumah", "Program kerja", leader.address, there.address):
        assert [name for name, rows in everything.items() if secret in rows] == [], secret
    await leader.says("/status")
    leader.sees("selamat datang")
