"""The season of an election: the calendar officers keep, what everybody may read in it, nothing without a source."""

import pytest

from tests.chat import Chat
from tests.scenarios.announcing import second_agrees
from tests.scenarios.test_officer import audited
from tests.world import World

NAME = "Masa kampanye"
SOURCE = "PKPU 3/2028"


async def enters(officer: Chat, name: str, kind: str, *days: str, source: str = SOURCE) -> None:
    """The form of a stage, up to the end; a day that is missing is skipped."""
    await officer.says("/pemilu")
    await officer.taps("Tambah tahapan")
    await officer.says(name)
    await officer.taps(kind)
    for day in days:
        await officer.says(day) if day else await officer.taps("Lewati")
    await officer.says(source) if source else await officer.taps("Lewati")
    await officer.says("KPU RI, Juli 2028")
    await officer.taps("Kirim")
    await second_agrees(officer)


@pytest.fixture
async def campaign(world: World, officer: Chat) -> str:
    """A stage in the calendar: three days from 14 December 2026."""

    async def enter() -> str:
        await enters(officer, NAME, "Masa kampanye", "14 Desember 2026", "16 Desember 2026")
        return NAME

    return await world.once("campaign", enter)


async def test_nothing_is_guessed_while_no_stage_is_known(leader: Chat) -> None:
    await leader.agrees()
    await leader.says("/pemilu")
    leader.sees("Kalender pemilu: belum ditetapkan", "Putusan MK 135/PUU-XXII/2024", "KPU", "Lapor pelanggaran")
    leader.sees_no("hari lagi", "Tambah tahapan", ".ics")
    await leader.taps("Lapor pelanggaran")
    leader.sees("Bawaslu", "Situs: pekalongankab.bawaslu.go.id", "Telepon: belum kami ketahui", "/cek")
    await leader.says("/pemilu")
    await leader.taps("Larangan bagi ormas")
    leader.sees("Mengumpulkan dana untuk partai politik. (UU 17/2013 Pasal 59", "UU 7/2017 Pasal 280")
    await leader.says("/pemilu")
    await leader.taps("Cek kabar")
    leader.sees("Apa yang ingin diperiksa?")


async def test_a_stage_with_a_source_is_shown_counted_and_handed_out_as_a_calendar(
    world: World, campaign: str, officer: Chat, leader: Chat
) -> None:
    await leader.agrees()
    await leader.says("/pemilu")
    leader.sees(
        f"{campaign}: Senin, 14 Desember 2026 sampai Rabu, 16 Desember 2026",
        f"Dasar hukum: {SOURCE}",
        "Diumumkan oleh: KPU RI, Juli 2028",
        "21 hari lagi",
    )
    (file,) = [shown.document for shown in leader.new if shown.document]
    assert file is not None
    for line in ("DTSTART;VALUE=DATE:20261214", "DTEND;VALUE=DATE:20261217", "SUMMARY:Masa kampanye", SOURCE):
        assert line in file.content
    await world.passes(days=22)
    await leader.says("/pemilu")
    leader.sees("Sedang berlangsung")
    await world.passes(days=3)
    await leader.says("/pemilu")
    leader.sees("Sudah selesai")
    assert await audited(world, "stage-added") == [SOURCE]


async def test_no_days_are_counted_without_a_source(officer: Chat, leader: Chat) -> None:
    await enters(officer, "Masa tenang", "Masa tenang", "11 Februari 2029", "13 Februari 2029", source="")
    await enters(officer, "Pemungutan suara", "Pemungutan suara", "")
    await leader.agrees()
    await leader.says("/pemilu")
    leader.sees("Masa tenang: Minggu, 11 Februari 2029", "Dasar hukum: belum dicatat")
    leader.sees("Pemungutan suara: belum ditetapkan")
    leader.sees_no("hari lagi")


async def test_a_stage_is_checked_as_it_is_typed(officer: Chat) -> None:
    await officer.says("/pemilu")
    await officer.taps("Tambah tahapan")
    await officer.says("Masa kampanye")
    await officer.taps("Masa kampanye")
    await officer.says("kapan saja")
    officer.sees("belum kami pahami", "Kapan mulainya?")
    await officer.says("2 Februari 2060")
    officer.sees("terlalu jauh")
    await officer.says("2 Februari 2029", "1 Februari 2029")
    officer.sees("sebelum hari pertamanya", "hari terakhirnya")
    await officer.taps("Kembali")
    await officer.taps("Lewati")
    officer.sees("Apa dasar hukumnya?")


async def test_a_stage_is_changed_with_a_reason_and_by_one_officer_at_a_time(
    world: World, campaign: str, officer: Chat, leader: Chat
) -> None:
    second = world.phone("Petugas Kedua")
    await second.becomes_officer()
    for one in (officer, second):
        await one.says("/pemilu")
        await one.taps("Ubah tahapan")
        await one.taps(campaign)
        await one.taps("Ubah")
        one.sees("Apa alasan perubahannya?")
        await one.says("Jadwal KPU berubah")
        one.sees("Jawaban mana yang ingin diubah?")
        await one.taps("Selesai")
        await one.says("18 Desember 2026")
    await officer.taps("Kirim")
    officer.sees("Sekarang:", "16 Desember", "Menjadi:", "sampai Jumat, 18 Desember 2026", "Alasan: Jadwal KPU berubah")
    await second.taps("Kirim")
    await second_agrees(officer)
    await second_agrees(second)
    second.sees("sudah diubah atau dihapus petugas lain")
    assert await audited(world, "stage-changed") == ["ends_on: Jadwal KPU berubah"]
    await leader.agrees()
    await leader.says("/pemilu")
    leader.sees("18 Desember 2026")


async def test_a_change_of_nothing_is_none(world: World, campaign: str, officer: Chat) -> None:
    await officer.says("/pemilu")
    await officer.taps("Ubah tahapan")
    await officer.taps(campaign)
    await officer.taps("Ubah")
    await officer.says("Memeriksa saja")
    await officer.taps("Kembali")
    await officer.taps("Kirim")
    officer.sees("Tidak ada yang berubah")
    assert await audited(world, "stage-changed") == []


async def test_a_stage_is_removed_with_a_reason_once(world: World, campaign: str, officer: Chat, leader: Chat) -> None:
    await officer.says("/pemilu")
    await officer.taps("Ubah tahapan")
    await officer.taps(campaign)
    await officer.taps("Hapus")
    await officer.says("Dibatalkan KPU")
    await officer.taps("Kirim")
    officer.sees("Penghapusan tahapan", campaign, "Belum tampil")
    await second_agrees(officer)
    officer.sees("disetujui oleh Penyetuju Kantor")
    assert await audited(world, "stage-removed") == ["Dibatalkan KPU"]
    if world.channel != "plain":
        await officer.does(world.paper.press(officer.address, "a.ubah-tahapan.1"))
        officer.sees("tidak kami temukan")
    await leader.agrees()
    await leader.says("/pemilu")
    leader.sees("belum ditetapkan")
    leader.sees_no(campaign)


@pytest.mark.parametrize("token", ["a.tambah-tahapan.0", "a.tahapan.1", "a.kelola-tahapan.0", "a.hapus-tahapan.1"])
async def test_only_officers_keep_the_calendar(world: World, campaign: str, leader: Chat, token: str) -> None:
    if world.channel == "plain":
        pytest.skip("there is nothing to press in a terminal")
    await leader.agrees()
    await leader.does(world.paper.press(leader.address, token))
    leader.sees("hanya untuk petugas")
    (stage,) = await world.rows("SELECT version, removed_at FROM stages")
    assert stage == {"version": 1, "removed_at": None}


async def test_an_admin_keeps_the_list_of_names(world: World) -> None:
    admin, officer = world.phone("Admin Kantor"), world.phone("Petugas Kantor")
    await admin.becomes_officer("admin")
    await admin.says("/netral")
    admin.sees("Nama yang menahan pengumuman: 0")
    await admin.taps("Tambah nama")
    await admin.says("Partai Melati, Budi Santoso")
    await admin.taps("Kirim")
    admin.sees("2 nama ditambahkan", "- Budi Santoso", "- Partai Melati")
    await admin.taps("Tambah nama")
    await admin.says("partai melati")
    await admin.taps("Kirim")
    admin.sees("0 nama ditambahkan")
    await admin.says("/netral hapus partai melati")
    admin.sees("“Partai Melati” dikeluarkan")
    await admin.says("/netral hapus partai melati")
    admin.sees("tidak ada di daftar")
    await officer.becomes_officer("approver")
    await officer.says("/netral")
    officer.sees("hanya untuk admin")
    if world.channel != "plain":
        await officer.does(world.paper.press(officer.address, "a.tambah-netral.0"))
        officer.sees("hanya untuk admin")
    assert await audited(world, "neutral-added") == ["Partai Melati", "Budi Santoso"]
    assert await audited(world, "neutral-removed") == ["Partai Melati"]


async def test_a_leader_chooses_topics(world: World, leader: Chat) -> None:
    await leader.agrees()
    await leader.says("/langganan")
    leader.sees("Umum: diterima", "Darurat: diterima", "malam hari", "BERHENTI menghentikan semuanya")
    await leader.taps("Hentikan Hibah")
    leader.sees("pengumuman Hibah tidak kami kirim lagi", "Hibah: tidak diterima", "Terima Hibah")
    await leader.taps("Hentikan Darurat")
    leader.sees("Tetap dihentikan?")
    await leader.taps("Tetap terima")
    leader.sees("Darurat: diterima")
    await leader.taps("Hentikan Darurat")
    await leader.taps("Ya, hentikan")
    leader.sees("Peringatan bahaya tidak kami kirim lagi", "Darurat: tidak diterima")
    await leader.taps("Terima Darurat")
    leader.sees("pengumuman Darurat kami kirim lagi", "Darurat: diterima")
    await leader.says("BERHENTI", "/langganan")
    leader.sees("semua kabar berhenti", "MULAI")
    await leader.says("MULAI", "/langganan")
    leader.sees("Hibah: tidak diterima")
    leader.sees_no("semua kabar berhenti")
    rows = await world.rows("SELECT topic, wanted FROM preferences WHERE topic IN ('hibah', 'darurat') ORDER BY id")
    assert [tuple(row.values()) for row in rows] == [("hibah", 0), ("darurat", 0), ("darurat", 1)]
    if world.channel != "plain":
        await leader.does(world.paper.press(leader.address, "a.langganan.semua.0"))
        leader.sees("tidak kami temukan")
