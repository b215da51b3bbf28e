"""The register of ormas in the chat: an officer looks and writes, a leader proposes, the first decision counts."""

import json

import pytest

from tests.chat import Chat
from tests.world import World, at


@pytest.fixture
async def verified(world: World, leader: Chat, officer: Chat) -> Chat:
    """The leader of Forum Melati, whom an officer verified."""

    async def live() -> str:
        await leader.joins()
        await officer.says("verifikasi ang 1")
        return ""

    await world.once("verified", live)
    leader.looks_up()
    officer.looks_up()
    return leader


async def propose(leader: Chat, fact: str, value: str) -> None:
    await leader.says("usulkan orm 1", fact, value, "kirim")


async def facts(world: World) -> dict[str, str]:
    (row,) = await world.rows("SELECT * FROM organisations WHERE id = 1")
    return row


async def test_an_officer_searches_and_sees_everything(verified: Chat, officer: Chat, world: World) -> None:
    other = world.phone("Budi Santoso")
    await other.joins("Forum Melati Timur")
    await officer.says("/ormas")
    officer.sees("Tidak ada usulan perbaikan", "/ormas melati")
    await officer.says("/ormas forum melatih")
    officer.sees("Yang mana", "ORM-0001: Forum Melati, Kajen", "ORM-0002: Forum Melati Timur")
    await officer.taps("Lihat ORM-0001")
    officer.sees("ORM-0001", "Nama ormas: Forum Melati", "Bentuk: Terdaftar dengan SKT", "Bidang: Disabilitas")
    officer.sees("Belum diketahui:", "Nomor SKT/SK", "Pengurus terverifikasi:", "ANG-0001: Siti Aminah, Ketua")
    await officer.says("/ormas Forum Melati")
    officer.sees("ORM-0001", "Kecamatan: Kajen")
    await officer.says("/ormas entah apa namanya")
    officer.sees("tidak ada di daftar ormas")
    await verified.says("/ormas melati")
    verified.sees("hanya untuk petugas")
    await other.says("lihat orm 1")
    other.sees("tidak ada di daftar Bapak/Ibu")
    other.sees_no("Siti", "Kajen")


async def test_an_officer_writes_a_fact_and_the_timers_follow(verified: Chat, officer: Chat, world: World) -> None:
    await officer.says("/ormas Forum Melati")
    await officer.taps("Ubah data")
    officer.sees("Bagian mana", "Nomor SKT/SK", "Berlaku sampai")
    await officer.taps("Berlaku sampai")
    officer.sees("Berlaku sampai sekarang: tidak ada", "02/12/2031")
    await officer.says("Desember depan")
    officer.sees("belum kami pahami", "Berlaku sampai sekarang")
    await officer.says("2 Desember 2041")
    officer.sees("paling lama 5 tahun")
    await officer.says("2 Juni 2027")
    officer.sees("Sekarang: tidak ada", "Menjadi: Rabu, 2 Juni 2027")
    await officer.taps("Kirim")
    officer.sees("Data Forum Melati sudah diperbarui")
    verified.sees_nothing()
    (deed,) = await world.rows("SELECT * FROM audit WHERE what = 'change-ormas'")
    assert (deed["subject"], deed["why"]) == ("organisation:1", "expires_on")
    await officer.taps("Lihat ORM-0001")
    officer.sees("Berlaku sampai: Rabu, 2 Juni 2027", "Pengingat kepada pengurus:")
    officer.sees("Kamis, 4 Maret 2027: SKT berakhir 90 hari lagi", "26 Mei 2027: SKT berakhir 7 hari lagi")
    await officer.says("ubah orm 1", "bentuk", "Berbadan hukum", "kirim", "orm 1")
    officer.sees("Bentuk: Berbadan hukum")
    officer.sees_no("Berlaku sampai:", "Pengingat kepada")
    await officer.says("ubah orm 1", "bidang", "Disabilitas, Kesehatan", "kirim", "orm 1")
    officer.sees("Bidang: Disabilitas; Kesehatan")
    await officer.says("ubah orm 1", "alamat", "Jalan Mawar 1, Kajen", "kirim", "ubah orm 1", "alamat")
    await officer.taps("Kosongkan")
    officer.sees("Sekarang: Jalan Mawar 1, Kajen", "Menjadi: tidak ada")
    await officer.taps("Kirim")
    assert (await facts(world))["address"] == ""


async def test_a_leader_proposes_and_an_officer_accepts(verified: Chat, officer: Chat, world: World) -> None:
    await verified.says("/profil")
    verified.sees("ORM-0001: Ketua Forum Melati (terverifikasi)")
    await verified.taps("Data ORM-0001")
    verified.sees("Nama ormas: Forum Melati", "Usulkan perbaikannya")
    await verified.taps("Usulkan perbaikan")
    await verified.taps("Ketua")
    verified.sees("Ketua sekarang: tidak ada")
    await verified.says("Siti Aminah")
    verified.sees("Ormas: ORM-0001 Forum Melati", "Bagian: Ketua", "Menjadi: Siti Aminah")
    await verified.taps("Kirim")
    verified.sees("Usulan KOR-0001 sudah kami terima")
    officer.sees("Usulan perbaikan KOR-0001", "Dari: Siti Aminah", "Bagian: Ketua", "Menjadi: Siti Aminah")
    assert (await facts(world))["chair"] == ""
    second = world.phone("Petugas Kedua")
    await second.becomes_officer()
    await second.says("/ormas")
    second.sees("KOR-0001: Forum Melati, Ketua")
    verified.looks_up()
    await officer.taps("Terima")
    officer.sees("KOR-0001 diterima", "kami beri tahu")
    verified.sees("usulan KOR-0001 diterima: Ketua Forum Melati")
    await second.says("terima kor 1")
    second.sees("KOR-0001 sudah diterima oleh Petugas Kantor", "Tidak ada yang diubah")
    await second.says("tolak KOR-0001")
    second.sees("KOR-0001 sudah diterima oleh Petugas Kantor")
    assert (await facts(world))["chair"] == "Siti Aminah"
    deeds = await world.rows("SELECT * FROM audit WHERE subject = 'correction:1'")
    assert [(deed["what"], deed["why"]) for deed in deeds] == [("accept-correction", "chair")]


async def test_a_refusal_needs_a_reason_which_the_leader_reads(verified: Chat, officer: Chat, world: World) -> None:
    await propose(verified, "alamat", "Jalan Mawar 1, Kajen")
    verified.looks_up()
    await officer.taps("Tolak")
    officer.sees("Apa alasannya?")
    await officer.says("Belum ada surat domisili", "kirim")
    officer.sees("KOR-0001 ditolak", "kami beri tahu")
    verified.sees("usulan KOR-0001 belum dapat kami terima", "Belum ada surat domisili", "/profil")
    await officer.says("periksa kor 1")
    officer.sees("sudah ditolak oleh Petugas Kantor")
    assert (await facts(world))["address"] == ""


async def test_a_button_about_what_has_changed_since_decides_nothing(
    verified: Chat, officer: Chat, world: World
) -> None:
    await propose(verified, "ketua", "Siti Aminah")
    second = world.phone("Petugas Kedua")
    await second.becomes_officer()
    await second.says("ubah orm 1", "ketua", "Budi Santoso", "kirim")
    await officer.taps("Terima")
    officer.sees("Datanya sudah berubah", "Sekarang: Budi Santoso", "Menjadi: Siti Aminah")
    assert (await facts(world))["chair"] == "Budi Santoso"
    await officer.taps("Terima")
    officer.sees("KOR-0001 diterima")
    assert (await facts(world))["chair"] == "Siti Aminah"


async def test_who_is_not_verified_sees_little_and_proposes_nothing(leader: Chat, officer: Chat, world: World) -> None:
    await leader.joins()
    await officer.says("ubah orm 1", "telepon", "0812 3456 7890", "kirim")
    await leader.says("/profil")
    await leader.taps("Data ORM-0001")
    leader.sees("Kecamatan: Kajen", "setelah petugas memeriksa")
    leader.sees_no("081234567890", "Usulkan perbaikan")
    await leader.says("usulkan orm 1")
    leader.sees("Hanya pengurus yang sudah terverifikasi")
    await leader.says("terima kor 1")
    leader.sees("hanya untuk petugas")
    await leader.says("ubah orm 1")
    leader.sees("hanya untuk petugas")
    await leader.says("usulkan orm 99")
    leader.sees("tidak ada")
    assert await world.rows("SELECT * FROM corrections") == []


async def test_what_would_contradict_itself_is_not_taken(verified: Chat, world: World) -> None:
    other = world.phone("Budi Santoso")
    await other.joins("Forum Mawar")
    await verified.says("usulkan orm 1", "nama ormas", "forum mawar")
    verified.sees("sudah ada ormas dengan nama yang sama")
    await verified.says("batal", "usulkan orm 1", "telepon", "nomor lama")
    verified.sees("bukan nomor telepon")
    await verified.says("batal", "usulkan orm 1", "kecamatan", "Kajen")
    verified.sees("Itu yang sudah tertulis")
    await verified.says("batal")
    for number in range(5):
        await propose(verified, "alamat", f"Jalan Mawar {number}")
    await verified.says("usulkan orm 1")
    verified.sees("masih menunggu petugas")


async def test_the_own_part_of_the_register_is_taken_along_and_erased(
    verified: Chat, officer: Chat, world: World
) -> None:
    await propose(verified, "ketua", "Siti Aminah")
    await officer.says("terima kor 1", "/ormas Forum Melati")
    await propose(verified, "sekretaris", "Siti Aminah")
    await verified.says("/dataku")
    document = verified.new[-1].document
    assert document is not None
    own = json.loads(document.content)
    assert own["nama_di_susunan_pengurus"] == [{"name": "Forum Melati", "jabatan": "ketua"}]
    assert [row["value"] for row in own["usulan_perbaikan"]] == ["Siti Aminah", "Siti Aminah"]
    await verified.says("/hapus")
    await verified.taps("Ya, hapus data saya")
    await world.passes(hours=2)
    await world.tidies()
    told = await world.everything()
    assert [name for name, rows in told.items() if "Siti Aminah" in rows] == []
    assert [row["value"] for row in await world.rows("SELECT value FROM corrections")] == [""]
    await officer.says("terima kor 2")
    officer.sees("tidak kami temukan")


@pytest.fixture
async def ending(verified: Chat, officer: Chat, world: World) -> Chat:
    """An SKT that ends on 2 June 2027, known since November."""

    async def live() -> str:
        await officer.says("ubah orm 1", "berlaku sampai", "2 Juni 2027", "kirim")
        return ""

    await world.once("ending", live)
    verified.looks_up()
    officer.looks_up()
    return verified


def in_2027(month: int, day: int, hour: int = 9) -> dict[str, float]:
    """From the Monday everything begins on."""
    passed = at(23, 10).replace(year=2027, month=month, day=day, hour=hour) - at(23, 10)
    return {"seconds": passed.total_seconds()}


async def test_an_end_is_told_90_30_and_7_days_before(ending: Chat, officer: Chat, world: World) -> None:
    start = world.now
    for month, day, left in ((3, 4, 90), (5, 3, 30), (5, 26, 7)):
        world.now = start
        await world.passes(**in_2027(month, day, hour=8))
        ending.sees_nothing()
        world.now = start
        await world.passes(**in_2027(month, day))
        ending.sees(f"SKT Forum Melati berlaku sampai Rabu, 2 Juni 2027 ({left} hari lagi)", "kementerian", "/skt")
        officer.sees(f"ORM-0001: SKT Forum Melati berlaku sampai Rabu, 2 Juni 2027 ({left} hari lagi)", "1 dari 1")
        ending.looks_up()
        officer.looks_up()
    await officer.says("lihat orm 1")
    officer.sees("Nama ormas: Forum Melati")
    officer.sees_no("Pengingat kepada")


async def test_nobody_is_told_of_an_end_that_is_no_longer_so(ending: Chat, officer: Chat, world: World) -> None:
    await officer.says("ubah orm 1", "berlaku sampai", "2 Juni 2029", "kirim")
    await officer.says("ubah orm 1", "masa bakti sampai", "3 Juni 2027", "kirim")
    officer.looks_up()
    await world.passes(**in_2027(6, 1))
    ending.sees("Masa bakti pengurus Forum Melati sampai Kamis, 3 Juni 2027 (2 hari lagi)", "susunan pengurus")
    assert len(ending.new) == 1, "of several that were slept over, the last one is told"
    ending.sees_no("SKT")


async def test_a_legal_entity_is_not_reminded(ending: Chat, officer: Chat, world: World) -> None:
    await officer.says("ubah orm 1", "masa bakti sampai", "2 Juni 2027", "kirim")
    await officer.says("ubah orm 1", "bentuk", "Berbadan hukum", "kirim")
    officer.looks_up()
    await world.passes(**in_2027(3, 5))
    ending.sees_nothing()
    officer.sees_nothing()
