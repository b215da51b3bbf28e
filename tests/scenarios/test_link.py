"""One person in two messengers: both are asked, and both become one."""

import json
import re
from typing import Any

import pytest

from tests.chat import Chat
from tests.world import World

BOTH = "Sesudah itu semua permintaan, isian, dan hak di obrolan ini juga terbuka di akun itu"


async def code_of(person: Chat) -> str:
    await person.says("/hubungkan")
    found = re.search(r"ketik: /hubungkan ([2-9A-Z]{4}-[2-9A-Z]{4})", person.screen)
    assert found, person.screen
    return found[1]


async def types_code(here: Chat, there: Chat) -> None:
    """A code made here is typed there, by somebody who agreed already."""
    code = await code_of(here)
    await there.says(f"/hubungkan {code}")


async def links(here: Chat, there: Chat) -> None:
    await there.agrees()
    await types_code(here, there)
    await there.taps("Ya, hubungkan")
    await here.taps("Ya, itu saya")


async def taken_along(person: Chat) -> dict[str, Any]:
    await person.says("/dataku")
    document = person.new[-1].document
    assert document is not None
    found: dict[str, Any] = json.loads(document.content)
    return found


async def test_two_messengers_become_one(world: World, meeting: str, leader: Chat, there: Chat) -> None:
    code = await code_of(leader)
    leader.sees("Di WhatsApp, Telegram, atau halaman web", code, "15 menit", "jangan diberikan kepada siapa pun")
    await there.says(f"/hubungkan {code.lower()}")
    there.sees("Apakah Bapak/Ibu setuju?")
    await there.taps("Setuju")
    there.sees("Kode dikenali", "akun S… A… di", BOTH, "petugas tidak pernah meminta", "Ya, hubungkan", "Tidak")
    there.sees_no("Siti", "Aminah")
    leader.looks_up()
    await there.taps("Ya, hubungkan")
    there.sees("Sekarang mohon tekan “Ya, itu saya”")
    leader.sees("Seseorang di", "ingin menghubungkan obrolannya", "Ya, itu saya", "Bukan saya")
    there.looks_up()
    await leader.taps("Ya, itu saya")
    leader.sees("sekarang terhubung dengan akun ini", "/lepaskan")
    there.sees("Obrolan ini sekarang terhubung dengan akun Bapak/Ibu di")
    await there.says("/status")
    there.sees(meeting)
    await there.says("/profil")
    there.sees("Nama: Siti Aminah", "Forum Melati")


async def test_only_the_hash_of_a_code_is_kept(world: World, leader: Chat) -> None:
    await leader.agrees()
    code = await code_of(leader)
    rows = str(await world.rows("SELECT * FROM link_codes"))
    assert code not in rows
    assert code.replace("-", "") not in rows


async def test_a_form_begun_here_is_finished_there(world: World, leader: Chat, there: Chat) -> None:
    await leader.joins()
    await there.agrees()
    await leader.says("/audiensi", "audiensi", "kepala", "Jalan setapak")
    await types_code(leader, there)
    leader.sees("Permintaan audiensi masih menunggu")
    await there.taps("Ya, hubungkan")
    await leader.taps("Ya, itu saya")
    await there.says("/menu")
    there.sees("Permintaan audiensi masih menunggu", "Lanjutkan")
    await there.taps("Lanjutkan")
    there.sees("Hari apa?")
    await there.says("besok 08.30", "Siti", "1", "lewati", "tidak ada", "kirim")
    there.sees("Permintaan AUD-0001 sudah kami terima")
    await leader.says("/status")
    leader.sees("AUD-0001", "menunggu jawaban kantor")


async def test_a_form_begun_there_goes_on_here(leader: Chat, there: Chat) -> None:
    await leader.joins()
    await there.agrees()
    await there.says("/bahasa", "/profil", "Siti A.", "Forum Anggrek")
    await types_code(leader, there)
    await there.taps("Ya, hubungkan")
    await leader.taps("Ya, itu saya")
    leader.sees("terhubung", "Perkenalan masih menunggu")
    await leader.taps("Lanjutkan")
    leader.sees("“Forum Anggrek”")


async def test_news_comes_where_the_person_wrote_last(meeting: str, leader: Chat, there: Chat, officer: Chat) -> None:
    await links(leader, there)
    leader.looks_up()
    await there.world.passes(minutes=1)
    await there.says("/status")
    there.looks_up()
    await officer.says(f"setujui {meeting}")
    there.sees("Kabar baik")
    leader.sees_nothing()


@pytest.mark.parametrize("typed", ["itu saya TAU-0001", "Ya, itu saya", "ya, itu saya tau 1"])
async def test_the_answer_can_be_typed(world: World, leader: Chat, there: Chat, typed: str) -> None:
    await leader.joins()
    await there.agrees()
    await types_code(leader, there)
    await there.says("ya, hubungkan")
    await leader.says(typed)
    leader.sees("sekarang terhubung dengan akun ini")


async def test_the_answer_does_not_disturb_a_form(leader: Chat, there: Chat) -> None:
    await leader.joins()
    await there.agrees()
    await types_code(leader, there)
    await leader.says("/audiensi", "audiensi")
    await there.taps("Ya, hubungkan")
    await leader.says("itu saya TAU-0001")
    leader.sees("sekarang terhubung", "Permintaan audiensi masih menunggu")


async def test_either_may_think_better_of_it(world: World, leader: Chat, there: Chat) -> None:
    await leader.joins()
    await there.agrees()
    await types_code(leader, there)
    await there.taps("Tidak")
    there.sees("tidak ada yang dihubungkan")
    await types_code(leader, there)
    await there.taps("Ya, hubungkan")
    there.looks_up()
    await leader.says("bukan saya TAU-0002")
    leader.sees("tidak ada yang dihubungkan", "sudah berhati-hati")
    there.sees("pemilik akun", "tidak menyetujuinya")
    assert await world.rows("SELECT * FROM merges") == []
    (refused,) = await world.rows("SELECT subject, why FROM audit WHERE what = 'link-refused'")
    assert refused["subject"].startswith("person:")
    await leader.says("itu saya TAU-0002")
    leader.sees("Kode itu sudah tidak berlaku")
    assert await world.rows("SELECT * FROM merges") == []


async def test_who_stopped_is_asked_only_after_coming_back(leader: Chat, there: Chat) -> None:
    await leader.joins()
    await there.agrees()
    code = await code_of(leader)
    await leader.says("BERHENTI")
    await there.says(f"/hubungkan {code}")
    leader.looks_up()
    await there.taps("Ya, hubungkan")
    there.sees("tidak menerima pesan", "ketik MULAI di sana", "Ya, hubungkan")
    leader.sees_nothing()
    await leader.says("MULAI")
    await there.taps("Ya, hubungkan")
    leader.sees("ingin menghubungkan obrolannya")
    await leader.taps("Ya, itu saya")
    leader.sees("sekarang terhubung")


async def test_stopping_in_one_holds_for_both(world: World, meeting: str, leader: Chat, there: Chat) -> None:
    await there.agrees()
    await there.says("BERHENTI")
    await types_code(leader, there)
    await there.taps("Ya, hubungkan")
    await leader.taps("Ya, itu saya")
    leader.sees("sekarang terhubung", "Kabar dari kantor tetap berhenti", "MULAI")
    leader.looks_up()
    await world.passes(hours=22)
    leader.sees_nothing()


async def test_two_officers_records_become_one_only_after_the_makers_yes(
    world: World, meeting: str, officer: Chat
) -> None:
    there = world.beside(world.elsewhere, "Petugas di rumah")
    await there.agrees()
    await types_code(officer, there)
    await there.taps("Ya, hubungkan")
    await there.says("/antrean")
    there.sees("hanya untuk petugas")
    await officer.taps("Ya, itu saya")
    await there.says(f"setujui {meeting}")
    there.sees(f"{meeting} disetujui")


async def test_rights_that_come_along_stand_in_the_audit(world: World, leader: Chat, officer: Chat) -> None:
    there = world.beside(world.elsewhere, "Petugas di rumah")
    await there.agrees()
    await types_code(there, officer)
    await officer.taps("Ya, hubungkan")
    await there.taps("Ya, itu saya")
    there.sees("Antrean petugas")
    told = await world.rows("SELECT why FROM audit WHERE what = 'merged'")
    assert all(row["why"].endswith("linked officer") for row in told)
    data = await taken_along(there)
    assert [row["what"] for row in data["tindakan_sebagai_petugas"]] == ["merged", "merged", "joined"]
    assert data["penggabungan"][0]["nama_sebelumnya"] == "Petugas Kantor"
    await there.says("/lepaskan")
    await there.taps("Ya, lepaskan")
    await there.says("/antrean")
    there.sees("hanya untuk petugas")
    await officer.says("/antrean")
    officer.sees("Antrean kosong")


async def test_what_was_verified_under_another_name_is_verified_again(
    world: World, leader: Chat, officer: Chat
) -> None:
    await leader.joins()
    await officer.says("verifikasi ANG-1")
    mighty = world.beside(world.elsewhere, "Bupati Pekalongan")
    await mighty.joins("Karang Taruna Mawar", name="Bupati Pekalongan")
    officer.looks_up()
    await types_code(mighty, leader)
    await leader.taps("Ya, hubungkan")
    await mighty.taps("Ya, itu saya")
    officer.sees("mohon diperiksa", "Nama: Bupati Pekalongan", "Ormas: Forum Melati")
    await mighty.says("/profil")
    mighty.sees("Forum Melati (belum diverifikasi)")
    await mighty.says("/lepaskan")
    await mighty.taps("Ya, lepaskan")
    await leader.says("/profil")
    leader.sees("Forum Melati (terverifikasi)")


async def test_in_english(leader: Chat, there: Chat) -> None:
    await leader.agrees()
    await leader.says("/bahasa en", "/hubungkan")
    leader.sees("In your other WhatsApp, Telegram or web page, type: /hubungkan")
