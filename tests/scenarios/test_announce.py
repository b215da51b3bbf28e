"""An announcement is written: one question at a time, recipients step by step, a preview and a test beforehand."""

from handlers.telling.rights import RIGHTS
from tests.chat import Chat
from tests.made import PDF
from tests.scenarios.announcing import states, writes
from tests.world import World


async def test_a_form_becomes_a_draft_with_its_preview_and_its_reach(
    world: World, officer: Chat, verified: Chat
) -> None:
    verified.looks_up()
    await writes(officer, title="Rapat ormas", body="Senin di pendapa.")
    officer.sees(
        "Begini pengumuman ini terbaca",
        "Rapat ormas",
        "Senin di pendapa.",
        "/cek",
        "[Sudah saya baca]",
        "UMU-0001 (versi 1): Rapat ormas",
        "Penerima: semua pengurus terverifikasi",
        "Dikirim: segera setelah disetujui",
        "1 pengurus",
        "Ini konsep; belum ada yang dikirim",
    )
    verified.sees_nothing()
    assert await states(world) == [None]


async def test_who_is_not_reached_is_named_before_anything_is_sent(officer: Chat, verified: Chat) -> None:
    await verified.says("BERHENTI")
    await writes(officer)
    officer.sees("1 tidak dapat dihubungi", "Siti Aminah (berhenti menerima kabar)")


async def test_every_question_is_asked_one_at_a_time_and_checked(world: World, officer: Chat) -> None:
    await officer.says("/umumkan")
    await officer.taps("Tulis pengumuman")
    officer.sees("Topiknya apa?")
    await officer.taps("Kegiatan")
    await officer.says("x" * 81)
    officer.sees("paling panjang 80")
    await officer.says("Pelatihan", "Mohon memilih hari.")
    await officer.says("tidak ada")
    await officer.taps("Pilih satu")
    await officer.says("Pilihan yang namanya terlalu panjang sekali")
    officer.sees("lebih dari 20 huruf")
    await officer.says("Senin, Selasa")
    officer.sees("Untuk siapa?")
    await officer.taps("Semua pengurus")
    await officer.taps("Sekali saja")
    await officer.says("kemarin jam 9")
    officer.sees("sudah lewat")
    await officer.says("besok jam 23")
    officer.sees("kami tidak mengirim pengumuman, kecuali darurat")
    await officer.says("besok")
    officer.sees("hari dan jamnya")
    await officer.says("besok jam 9")
    officer.sees("Dicatat: Selasa, 24 November 2026 pukul 09.00")
    await officer.says("hari ini")
    officer.sees("sebelum pengumuman dikirim")
    await officer.says("27 November")
    officer.sees("Jumat, 27 November 2026 pukul 23.59", "Pilihan jawaban: Senin, Selasa")
    await officer.taps("Kirim")
    officer.sees("[Senin]", "[Selasa]", "Dikirim: Selasa, 24 November 2026 pukul 09.00", "Berlaku sampai: Jumat")


async def test_recipients_are_chosen_step_by_step_and_saved_under_a_name(world: World, officer: Chat) -> None:
    await writes(officer, whom=())
    officer.sees("Untuk siapa?", "Semua pengurus", "Menurut bidang", "Menurut kecamatan")
    await officer.taps("Menurut bidang")
    await officer.says("disabilitas")
    officer.sees("Sejauh ini: bidang Disabilitas", "Selesai", "Dan juga", "Atau", "Kecuali")
    await officer.taps("Atau")
    await officer.taps("Menurut kecamatan")
    await officer.says("Kajen")
    await officer.taps("Kecuali")
    await officer.taps("Menurut jabatan")
    await officer.taps("Ketua")
    officer.sees("Sejauh ini: (bidang Disabilitas atau kecamatan Kajen) kecuali jabatan Ketua")
    await officer.taps("Selesai")
    await officer.says("Kajen tanpa ketua")
    officer.sees("Dikirim berapa kali?")
    await officer.taps("Sekali saja")
    await officer.taps("Sekarang")
    await officer.taps("Lewati")
    officer.sees("Penerima: (bidang Disabilitas atau kecamatan Kajen) kecuali jabatan Ketua")
    await officer.taps("Kirim")
    await writes(officer, whom=())
    await officer.taps("Kajen tanpa ketua")
    await officer.taps("Selesai")
    officer.sees("Dikirim berapa kali?")
    await officer.says("/umumkan")
    await officer.taps("Pilihan penerima")
    officer.sees("- Kajen tanpa ketua: (bidang Disabilitas atau kecamatan Kajen) kecuali jabatan Ketua")
    await officer.taps("Hapus Kajen tanpa ketua")
    officer.sees("“Kajen tanpa ketua” dihapus", "yang disimpan: 0")
    (row,) = await world.rows("SELECT segment FROM broadcasts")
    assert row["segment"].replace(" ", "") == (
        '{"and":[{"or":[{"field":"disabilitas"},{"kecamatan":"Kajen"}]},{"not":{"position":"Ketua"}}]}'
    )


async def test_one_ormas_is_found_by_what_is_typed(officer: Chat, verified: Chat) -> None:
    await writes(officer, whom=())
    await officer.taps("Satu ormas")
    await officer.says("tidak ada yang seperti ini")
    officer.sees("tidak ada di daftar ormas")
    await officer.says("melati")
    await officer.taps("Forum Melati")
    officer.sees("Sejauh ini: ormas Forum Melati")
    await officer.taps("Selesai")
    officer.sees("Dikirim berapa kali?")


async def test_the_author_tries_it_out_alone(world: World, officer: Chat, verified: Chat) -> None:
    verified.looks_up()
    await writes(officer)
    await officer.taps("Coba ke saya")
    officer.sees("Senin di pendapa.")
    officer.sees("Contoh kirim ke Bapak/Ibu saja")
    verified.sees_nothing()
    assert await world.rows("SELECT id FROM recipients") == []


async def test_files_come_with_a_press(world: World, officer: Chat, approver: Chat, verified: Chat) -> None:
    await officer.says("/umumkan")
    await officer.taps("Tulis pengumuman")
    await officer.taps("Umum")
    await officer.says("Undangan", "Terlampir.")
    await officer.sends_file("undangan.pdf", "application/pdf", content=PDF)
    officer.sees("Berkas 1 dari 5")
    await officer.taps("Selesai")
    await officer.taps("Tanpa pertanyaan")
    await officer.taps("Semua pengurus")
    await officer.taps("Sekali saja")
    await officer.taps("Sekarang")
    await officer.taps("Lewati")
    await officer.taps("Kirim")
    officer.sees("masih kami periksa")
    await world.fetches()
    await officer.taps("Kirim")
    officer.sees("[Berkas (1)]", "Berkas: undangan.pdf")
    await officer.taps("Ubah")
    officer.sees("Jawaban mana yang ingin diubah?")
    await officer.taps("Judul")
    await officer.says("Undangan rapat")
    officer.sees("1. undangan.pdf")
    await officer.taps("Kirim")
    await officer.taps("Ajukan")
    await approver.says("periksa UMU-0001")
    await approver.taps("Setujui")
    verified.sees("Undangan rapat")
    await verified.says("berkas UMU-0001")
    (file,) = [shown.document for shown in verified.new if shown.document]
    assert file is not None
    assert file.name == "undangan.pdf"


async def test_a_draft_is_thrown_away(world: World, officer: Chat) -> None:
    await writes(officer)
    await officer.taps("Buang konsep")
    officer.sees("Konsep dibuang")
    await officer.says("ajukan UMU-0001")
    officer.sees("tidak (lagi) di tangan")
    assert await states(world) == ["cancelled"]


async def test_an_announcement_about_the_election_needs_a_source_and_an_end(officer: Chat) -> None:
    await officer.says("/umumkan")
    await officer.taps("Tulis pengumuman")
    await officer.taps("Pemilu")
    await officer.says("Pendaftaran", "Pendaftaran pemilih dibuka.", "tidak ada")
    officer.sees("Apa dasar hukumnya?")
    await officer.taps("Lewati")
    await officer.taps("Tanpa pertanyaan")
    await officer.taps("Semua pengurus")
    await officer.taps("Sekali saja")
    await officer.taps("Sekarang")
    officer.sees("harus berakhir")
    await officer.says("lewati")
    officer.sees("tidak bisa dilewati")
    await officer.says("besok")
    await officer.taps("Kirim")
    officer.sees("Gerbang netralitas menahan", "sebutkan dasar hukumnya")
    await officer.taps("Ubah")
    await officer.taps("Dasar hukum")
    await officer.says("PKPU 3/2028")
    await officer.taps("Kirim")
    officer.sees("Dasar: PKPU 3/2028", "Ajukan")
    officer.sees_no("Gerbang netralitas")


async def test_a_rumour_that_was_cleared_up_becomes_a_draft_and_a_situation_report_never(
    world: World, officer: Chat, leader: Chat
) -> None:
    await leader.agrees()
    await leader.says("/cek", "Kabarnya semua ormas wajib setor uang ke rekening ini besok pagi.")
    await leader.taps("Minta klarifikasi")
    await leader.says("lewati", "lewati")
    (row,) = await world.rows("SELECT code FROM tickets")
    code = row["code"]
    await officer.says(f"terima {code}", f"jawab {code}", "Itu hoaks; kantor tidak pernah memungut uang.", "kirim")
    await officer.says(f"siarkan {code}")
    officer.sees("Apa yang ditanyakan")
    await officer.taps("Tanpa pertanyaan")
    await officer.taps("Lewati")
    officer.sees("Klarifikasi", "Itu hoaks; kantor tidak pernah memungut uang.")
    officer.sees_no("wajib setor uang")
    assert RIGHTS["situasi"]["announce"] == frozenset()
    await leader.says(f"siarkan {code}")
    leader.sees_no("Apa yang ditanyakan", "Topiknya apa?")
