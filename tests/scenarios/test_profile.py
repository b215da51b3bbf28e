"""Who someone is: name, ormas, position, and an officer who verifies it."""

import pytest

from tests.chat import Chat
from tests.world import World


async def test_a_profile_is_asked_once_and_the_request_goes_on(leader: Chat) -> None:
    await leader.agrees()
    await leader.says("/audiensi")
    leader.sees("berkenalan", "Siapa nama")
    await leader.says("Siti Aminah")
    leader.sees("Dari ormas apa?")
    await leader.says("Forum Melati")
    leader.sees("“Forum Melati” belum ada di daftar kami")
    for label in ("Belum ada di daftar: tambahkan “Forum Melati”", "Belum tercatat", "Disabilitas", "Kajen", "Ketua"):
        await leader.taps(label)
    leader.sees("Nama: Siti Aminah", "Ormas: Forum Melati", "Bentuk: Belum tercatat", "Bidang: Disabilitas", "Kajen")
    await leader.taps("Kirim")
    leader.sees("Terima kasih, Siti Aminah", "Petugas akan memeriksanya", "Apa keperluannya?")
    await leader.says("batal", "/audiensi")
    leader.sees("Apa keperluannya?")
    leader.sees_no("Siapa nama")


@pytest.mark.parametrize(
    "typed", ["persatuan wartawan indonesia", "Persatuan Wartawn Indonesa", "PWI", "wartawan indonesia pekalongan"]
)
async def test_a_known_ormas_is_found_by_its_name_a_slip_or_its_initials(
    world: World, leader: Chat, typed: str
) -> None:
    await leader.joins("Persatuan Wartawan Indonesia")
    other = world.phone("Budi Santoso")
    await other.agrees()
    await other.says("/profil", "Budi Santoso", typed)
    if typed != "persatuan wartawan indonesia":
        other.sees("Yang mana", typed, "Persatuan Wartawan Indonesia", "Belum ada di daftar")
        await other.taps("Persatuan Wartawan Indonesia")
    other.sees("Apa jabatan")
    await other.says("Humas")
    await other.taps("Kirim")
    other.sees("Humas Persatuan Wartawan Indonesia sudah kami catat")
    assert len(await world.rows("SELECT * FROM organisations")) == 1


async def test_someone_who_meant_another_ormas_just_types_it_again(world: World, leader: Chat) -> None:
    await leader.joins("Forum Melati")
    other = world.phone("Budi Santoso")
    await other.agrees()
    await other.says("/profil", "Budi Santoso", "Forum Melatih")
    other.sees("Yang mana", "Forum Melati")
    await other.says("Karang Taruna Mawar")
    other.sees("“Karang Taruna Mawar” belum ada di daftar kami")


async def test_the_answers_of_a_profile_can_be_typed_too(leader: Chat) -> None:
    await leader.agrees()
    await leader.says("/profil", "Siti Aminah", "Forum Melati", "1", "skt", "disabilitas", "kajen", "wakil ketua")
    leader.sees("Terdaftar dengan SKT", "Disabilitas", "Kajen", "Wakil Ketua")
    await leader.says("ubah jabatan", "Sekretaris", "kirim")
    leader.sees("Sekretaris Forum Melati sudah kami catat")


async def test_who_leads_two_ormas_is_asked_once_for_which_one(leader: Chat, officer: Chat) -> None:
    await leader.joins("Forum Melati")
    await leader.says("/profil")
    leader.sees("Nama: Siti Aminah", "Ketua Forum Melati (belum diverifikasi)")
    await leader.taps("Tambah ormas")
    leader.sees_no("Siapa nama")
    await leader.says("Karang Taruna Mawar", "1", "belum tercatat", "kepemudaan", "doro", "bendahara", "kirim")
    await leader.says("/audiensi")
    leader.sees("Atas nama ormas mana?", "Forum Melati", "Karang Taruna Mawar")
    await leader.taps("Karang Taruna Mawar")
    leader.sees("Apa keperluannya?")
    await leader.says("audiensi", "organisasi kemasyarakatan", "Kerja bakti", "besok jam 9", "Siti", "1")
    await leader.says("lewati", "tidak ada")
    leader.sees("Atas nama: Karang Taruna Mawar")
    await leader.taps("Kirim")
    officer.sees("Bendahara Karang Taruna Mawar (belum diverifikasi)")


async def test_an_officer_verifies_with_one_tap_and_the_mark_is_gone(leader: Chat, officer: Chat, world: World) -> None:
    await leader.joins()
    officer.sees("Pengurus baru", "Nama: Siti Aminah", "Ormas: Forum Melati", "Ketua", "Disabilitas", "Kajen")
    leader.looks_up()
    await officer.taps("Verifikasi")
    officer.sees("Siti Aminah tercatat sebagai pengurus terverifikasi")
    leader.sees("Kabar baik", "terverifikasi", "Forum Melati")
    await leader.requests()
    leader.sees_no("belum diverifikasi")
    officer.sees("Ketua Forum Melati (terverifikasi)")
    (deed,) = await world.rows("SELECT * FROM audit WHERE what = 'verify-membership'")
    assert deed["subject"] == "membership:1"


async def test_the_second_officer_is_told_that_it_is_done(leader: Chat, officer: Chat, world: World) -> None:
    second = world.phone("Petugas Kedua")
    await second.becomes_officer()
    await leader.joins()
    await officer.taps("Verifikasi")
    leader.looks_up()
    await second.taps("Verifikasi")
    second.sees("Sudah diverifikasi sebelumnya")
    leader.sees_nothing()
    await second.says("tolak ang-1")
    second.sees("Sudah diverifikasi sebelumnya")


async def test_a_refusal_needs_a_reason_and_tells_how_to_mend_it(leader: Chat, officer: Chat, world: World) -> None:
    await leader.joins()
    leader.looks_up()
    await officer.taps("Tolak")
    officer.sees("Apa alasannya?")
    leader.sees_nothing()
    await officer.says("🙏")
    officer.sees("Mohon ditulis dengan kata-kata", "Apa alasannya?")
    await officer.says("Nama belum ada di susunan pengurus", "kirim")
    officer.sees("sudah dicatat", "kami beri tahu")
    leader.sees("Forum Melati", "Nama belum ada di susunan pengurus", "/profil")
    (deed,) = await world.rows("SELECT * FROM audit WHERE what = 'refuse-membership'")
    assert deed["why"] == "Nama belum ada di susunan pengurus"
    await leader.says("/profil")
    leader.sees("Dari ormas apa?")


async def test_a_new_position_is_to_be_verified_again(leader: Chat, officer: Chat) -> None:
    await leader.joins()
    await officer.taps("Verifikasi")
    await leader.says("/profil")
    await leader.taps("Tambah ormas")
    await leader.says("Forum Melati", "Bendahara", "kirim")
    leader.sees("Bendahara Forum Melati sudah kami catat", "Petugas akan memeriksanya")
    officer.sees("Pengurus baru", "Jabatan: Bendahara", "Verifikasi")


async def test_a_member_waiting_to_be_checked_stands_in_the_queue(leader: Chat, officer: Chat) -> None:
    await leader.joins()
    await officer.says("/antrean")
    officer.sees("Pengurus menunggu diperiksa", "ANG-0001: Siti Aminah, Ketua Forum Melati")
    await officer.taps("Periksa ANG-0001")
    officer.sees("Nama: Siti Aminah", "Verifikasi", "Tolak")
    await officer.says("verifikasi ang 1")
    officer.sees("tercatat sebagai pengurus terverifikasi")


async def test_a_name_is_corrected(leader: Chat) -> None:
    await leader.joins(name="Siti Aminh")
    await leader.says("/profil")
    await leader.taps("Ubah nama")
    await leader.says("Siti Aminah", "kirim")
    leader.sees("Terima kasih, Siti Aminah")
    await leader.says("/profil")
    leader.sees("Nama: Siti Aminah")


async def test_a_language_is_chosen_and_kept(world: World, leader: Chat) -> None:
    await leader.joins()
    await leader.says("/bahasa")
    leader.sees("Bahasa apa", "Bahasa Indonesia", "English")
    await leader.taps("English")
    leader.sees("English")
    assert (await world.rows("SELECT language FROM people")) == [{"language": "en"}]
    await leader.says("/bahasa id")
    leader.sees("mulai sekarang kami memakai Bahasa Indonesia", "Ada yang bisa kami bantu?")


async def test_another_name_is_to_be_verified_again(world: World, leader: Chat, officer: Chat) -> None:
    await leader.joins()
    await officer.taps("Verifikasi")
    officer.looks_up()
    await leader.says("/profil")
    await leader.taps("Ubah nama")
    await leader.says("siti aminah", "kirim")
    leader.sees("Nama sudah kami perbaiki")
    leader.sees_no("memeriksa")
    officer.sees_nothing()
    await leader.says("/profil")
    leader.sees("(terverifikasi)")
    await leader.taps("Ubah nama")
    await leader.says("Bupati Pekalongan", "kirim")
    leader.sees("Terima kasih, Bupati Pekalongan", "Petugas akan memeriksa")
    officer.sees("mohon diperiksa", "Nama: Bupati Pekalongan", "Ormas: Forum Melati", "Verifikasi")
    (member,) = await world.rows("SELECT verified_at, verified_by FROM memberships")
    assert (member["verified_at"], member["verified_by"]) == (None, None)
    await officer.taps("Verifikasi")
    officer.sees("Bupati Pekalongan tercatat sebagai pengurus terverifikasi")
