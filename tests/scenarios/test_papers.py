"""`/skt`: papers are ticked off as they get ready, over days; the office issues nothing."""

from tests.chat import Chat
from tests.world import World


async def test_papers_are_ticked_and_what_is_missing_is_read(leader: Chat, officer: Chat, world: World) -> None:
    await leader.joins()
    await leader.says("/skt")
    leader.sees("bukan menerbitkan SKT", "Berkas untuk apa?", "Permohonan SKT", "Laporan keberadaan")
    await leader.taps("Permohonan SKT")
    leader.sees("0 dari 15 berkas siap", "Surat permohonan", "Pas foto 4x6")
    leader.sees_no("Rekomendasi agama")
    await leader.taps("AD/ART")
    leader.sees("1 dari 15 berkas siap", "AD/ART (dipilih)")
    await leader.taps("NPWP ormas")
    await leader.taps("Selesai")
    leader.sees("Permohonan SKT untuk Forum Melati", "Sudah siap:", "1. AD/ART: nama dan lambang", "2. NPWP")
    leader.sees("Masih kurang:", "1. Surat permohonan", "Hanya bila ada:", "bila ada pejabat atau tokoh")
    leader.sees("15 hari kerja menurut aturan", "SKT diterbitkan oleh Menteri Dalam Negeri")
    await world.passes(days=20)
    await leader.taps("Centang lagi")
    await leader.taps("Permohonan SKT")
    leader.sees("2 dari 15 berkas siap", "NPWP ormas (dipilih)")
    await leader.taps("AD/ART (dipilih)")
    leader.sees("1 dari 15 berkas siap")
    await leader.taps("NPWP ormas (dipilih)")
    leader.sees("0 dari 15 berkas siap")
    await leader.says(", ".join(map(str, range(1, 15))))
    leader.sees("Semua berkas yang diwajibkan sudah siap")
    leader.sees_no("Masih kurang")
    await leader.says("/dataku")
    leader.sees("Berkas yang dicentang siap: 14")


async def test_some_papers_are_asked_only_of_those_they_concern(leader: Chat, officer: Chat) -> None:
    await leader.joins()
    await officer.says("ubah orm 1", "bidang", "Keagamaan; Kesehatan", "kirim")
    await leader.says("siapkan berkas skt", "keberadaan", "tidak ada")
    leader.sees("Laporan keberadaan untuk Forum Melati", "Masih kurang:", "Rekomendasi perangkat daerah", "dipastikan")
    leader.sees_no("hari kerja")
    await leader.says("/skt", "permohonan skt", "rekomendasi agama", "selesai")
    leader.sees("Rekomendasi kementerian bidang agama", "Masih kurang")


async def test_who_has_no_ormas_says_first_which(leader: Chat, world: World) -> None:
    await leader.agrees()
    await leader.says("/skt")
    leader.sees("Siapa nama")
    await leader.says("Siti Aminah", "Forum Melati", "1", "skt", "disabilitas", "kajen", "ketua", "kirim")
    leader.sees("sudah kami catat", "Berkas untuk apa?")
    await leader.says("batal", "/profil")
    await leader.taps("Tambah ormas")
    await leader.says("Forum Mawar", "1", "belum", "kesehatan", "doro", "ketua", "kirim", "/skt")
    leader.sees("Untuk ormas yang mana?", "Forum Melati", "Forum Mawar")
    await leader.says("Forum Mawar", "1", "1, 2")
    leader.sees("Permohonan SKT untuk Forum Mawar")
    assert {row["organisation_id"] for row in await world.rows("SELECT * FROM ready_papers")} == {2}
    await leader.says("/hapus")
    await leader.taps("Ya, hapus data saya")
    assert await world.rows("SELECT * FROM ready_papers") == []
