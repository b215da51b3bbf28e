"""What a slip costs: going back after a half answer, leaving a form that is nearly done, another name of a place."""

import pytest

from tests.chat import Chat
from tests.world import World


async def test_going_back_from_which_ormas_asks_for_the_ormas_again_and_renames_nobody(
    world: World, officer: Chat, verified: Chat
) -> None:
    await verified.says("/profil")
    await verified.taps("Tambah ormas")
    await verified.says("Melati")
    verified.sees("Yang mana yang Bapak/Ibu maksud")
    await verified.says("kembali")
    verified.sees("Dari ormas apa?")
    new = world.phone("Budi Santoso")
    await new.agrees()
    await new.says("/profil", "Budi Santoso", "Melati", "kembali")
    new.sees("Dari ormas apa?")
    await new.says("Forum Melati", "Ketua")
    new.sees("Nama: Budi Santoso", "Ormas: Forum Melati")


@pytest.mark.parametrize(
    ("said", "meant"), [("Kdw", "Kedungwuni"), ("Kedung Wuni", "Kedungwuni"), ("kec. kajen", "Kajen")]
)
async def test_another_name_of_a_kecamatan_is_taken_in_the_profile(leader: Chat, said: str, meant: str) -> None:
    await leader.agrees()
    await leader.says("/profil", "Siti Aminah", "Forum Melati")
    await leader.taps("Belum ada di daftar: tambahkan “Forum Melati”")
    await leader.says("skt", "disabilitas", said, "Ketua")
    leader.sees(f"Kecamatan: {meant}")


async def test_another_name_of_a_kecamatan_is_taken_in_the_queue(officer: Chat) -> None:
    await officer.says("/antrean kdw")
    officer.sees("Antrean: Kedungwuni")


async def test_leaving_a_form_that_is_nearly_done_asks_and_keeps_it(leader: Chat) -> None:
    await leader.joins()
    await leader.fills_request()
    await leader.says("batal")
    leader.sees("Tidak ada yang dikirim", "dibuang, atau disimpan dulu?", "7 hari", "Ya, buang", "Simpan dulu")
    await leader.taps("Simpan dulu")
    leader.sees("kami simpan 7 hari", "Permintaan audiensi masih menunggu")
    await leader.says("lanjutkan")
    leader.sees("Mohon diperiksa sekali lagi", "Topik: Program kerja 2027")


async def test_throwing_it_away_is_one_more_word(world: World, leader: Chat) -> None:
    await leader.joins()
    await leader.fills_request()
    await leader.says("batal", "ya")
    leader.sees("sudah kami tutup", "Tidak ada yang dikirim")
    assert await world.rows("SELECT * FROM drafts") == []
    await leader.says("/audiensi")
    leader.sees("Apa keperluannya?")


async def test_what_was_begun_without_a_name_is_gone_at_once(world: World, leader: Chat) -> None:
    await leader.joins()
    await leader.says("/situasi")
    await leader.taps("Tanpa nama")
    await leader.says("Ada perkelahian di pasar", "Pasar Kajen", "sekarang", "kajen", "batal")
    leader.sees("isian ini ditutup")
    assert await world.rows("SELECT * FROM drafts") == []


async def test_degrees_are_no_people_and_people_over_words_are_two(leader: Chat, officer: Chat) -> None:
    await leader.joins()
    await leader.says("/audiensi", "audiensi", "Bidang Organisasi Kemasyarakatan", "Program", "besok", "jam 9")
    await leader.says("3 orang")
    leader.sees("Mohon tulis namanya")
    await leader.says("Drs. H. Ahmad Contoh, M.Si., Siti Contoh, S.Pd. dan saya sendiri", "1")
    leader.sees("angka dari 3")
    await leader.says("3", "lewati", "tidak ada")
    leader.sees("Yang hadir: Drs. H. Ahmad Contoh, M.Si.; Siti Contoh, S.Pd.; Siti Aminah")
    await leader.taps("Kirim")
    officer.sees("Hadir: Drs. H. Ahmad Contoh, M.Si.; Siti Contoh, S.Pd.; Siti Aminah (3 orang)")
