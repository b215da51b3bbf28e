"""`/audiensi`: a leader asks for a meeting, question by question, and can change any answer."""

from tests.chat import ROAD, Chat
from tests.world import World, at


async def test_a_leader_asks_and_an_officer_approves(leader: Chat, officer: Chat, world: World) -> None:
    code = await world.once("meeting", leader.asks)
    leader.sees(
        code, "Selasa, 24 November 2026 pukul 09.00 WIB", "Jam itu kami simpan", "/status", "belum diverifikasi"
    )
    officer.sees(
        code, "Siti Aminah, Ketua Forum Melati (belum diverifikasi)", "Program kerja 2027", "Siti Aminah, Budi"
    )
    leader.looks_up()
    await officer.taps("Setujui")
    officer.sees("disetujui", "Bila tidak sampai, Bapak/Ibu kami beri tahu")
    leader.sees("Kabar baik", code, "Selasa, 24 November 2026 pukul 09.00 WIB", "Jalan Sindoro")


async def test_every_question_comes_one_at_a_time_and_the_review_shows_every_answer(leader: Chat) -> None:
    await leader.joins()
    await leader.says("/audiensi")
    leader.sees("kembali atau batal kapan saja", "Apa keperluannya?", "Silaturahmi", "Audiensi", "Konsultasi")
    await leader.says("konsultasi")
    leader.sees("Ingin bertemu siapa?", "Kepala Badan", "Sekretaris", "Bidang Organisasi Kemasyarakatan")
    await leader.says("kepala")
    leader.sees("Apa yang ingin dibicarakan?")
    await leader.says("Rencana jalan sehat")
    leader.sees("Hari apa?", "Selasa, 24 November 2026")
    await leader.taps("Rabu, 25 November 2026")
    leader.sees("Dicatat: Rabu, 25 November 2026", "Jam berapa?", "08.30", "09.30")
    await leader.taps("09.30")
    leader.sees("Dicatat: Rabu, 25 November 2026 pukul 09.30 WIB", "Siapa saja yang akan hadir?")
    await leader.says("Siti Aminah; Budi\nWati")
    leader.sees("Berapa orang seluruhnya?", "3", "4", "5")
    await leader.taps("4")
    leader.sees("Ada surat permohonan?", "lewati")
    await leader.says("tidak ada")
    leader.sees("Apakah ada yang memerlukan bantuan", "Jalan landai atau kursi roda", "Tidak ada")
    await leader.taps("Tidak ada")
    leader.sees(
        "Mohon diperiksa sekali lagi", "Keperluan: Konsultasi", "Tujuan: Kepala Badan", "Topik: Rencana jalan sehat"
    )
    leader.sees("Hari: Rabu, 25 November 2026", "Jam: Rabu, 25 November 2026 pukul 09.30 WIB")
    leader.sees("Yang hadir: Siti Aminah, Budi, Wati", "Jumlah: 4", "Surat: tidak ada", "Kebutuhan akses: tidak ada")
    leader.sees("Sudah benar?", "Kirim")


async def test_access_needs_are_ticked_one_after_the_other(leader: Chat, officer: Chat) -> None:
    await leader.joins()
    await to_access(leader)
    await leader.taps("Juru bahasa isyarat")
    leader.sees("Juru bahasa isyarat (dipilih)", "Selesai")
    await leader.taps("Membawa pendamping")
    await leader.taps("Juru bahasa isyarat (dipilih)")
    leader.sees("Membawa pendamping (dipilih)", "Selesai")
    await leader.taps("Selesai")
    leader.sees("Kebutuhan akses: Membawa pendamping")
    await leader.taps("Kirim")
    officer.sees("Kebutuhan akses: Membawa pendamping")


async def to_access(leader: Chat) -> None:
    await leader.says("/audiensi", "audiensi", "kepala", "Program kerja", "besok jam 08.30", "Siti", "1", "lewati")
    leader.sees("Apakah ada yang memerlukan bantuan")


async def test_access_needs_are_typed_in_one_go(leader: Chat) -> None:
    await leader.joins()
    await to_access(leader)
    await leader.says("5, 9")
    leader.sees("Mohon pilih dari daftar")
    await leader.says("1, 3")
    leader.sees("Kebutuhan akses: Jalan landai atau kursi roda, Membawa pendamping")
    await leader.says("ubah kebutuhan akses", "juru bahasa isyarat dan kursi roda")
    leader.sees("Juru bahasa isyarat, Jalan landai atau kursi roda")


async def test_any_answer_is_changed_from_the_review_page_and_the_rest_is_kept(leader: Chat) -> None:
    await leader.joins()
    await leader.fills_request()
    await leader.taps("Ubah")
    leader.sees("Jawaban mana yang ingin diubah?", "Keperluan", "Tujuan", "Topik", "Hari", "Jam", "Kebutuhan akses")
    await leader.taps("Topik")
    leader.sees("Apa yang ingin dibicarakan?")
    await leader.says("Dana kegiatan")
    leader.sees("Topik: Dana kegiatan", "Jam: Selasa, 24 November 2026 pukul 09.00 WIB", "Sudah benar?")
    await leader.says("ubah yang hadir", "Siti, Budi, Wati")
    leader.sees("Mohon angka dari 3 sampai 50", "Berapa orang")
    await leader.says("3 orang")
    leader.sees("Yang hadir: Siti, Budi, Wati", "Jumlah: 3", "Sudah benar?")
    await leader.says("salah")
    leader.sees("Jawaban mana yang ingin diubah?")
    await leader.says("kembali", "benar")
    leader.sees("Permintaan AUD-0001 sudah kami terima")


async def test_going_back_is_possible_at_every_question(leader: Chat) -> None:
    await leader.joins()
    await leader.says("/audiensi", "kembali")
    leader.sees("Ini pertanyaan pertama", "Apa keperluannya?")
    for question, answer in ROAD[:-1]:
        leader.sees(question)
        await leader.says(answer)
        await leader.says("kembali")
        leader.sees(question)
        await leader.says(answer)
    await leader.says("tidak ada", "kembali")
    leader.sees("Apakah ada yang memerlukan bantuan")
    await leader.says("kembali")
    leader.sees("Topik: Program kerja", "pukul 08.30 WIB", "Sudah benar?")


async def test_a_change_that_was_a_mistake_is_left_by_going_back(leader: Chat) -> None:
    await leader.joins()
    await leader.fills_request()
    await leader.says("ubah topik", "kembali")
    leader.sees("Topik: Program kerja 2027", "Sudah benar?")


async def test_cancelling_sends_nothing_and_leaves_the_slot_free(leader: Chat, officer: Chat, world: World) -> None:
    await leader.joins()
    officer.looks_up()
    for place in range(3):
        await leader.says("/audiensi", *["audiensi", "kepala", "Program kerja"][:place])
        await leader.taps("Batal") if world.channel != "plain" else await leader.says("batal")
        leader.sees("isian ini ditutup", "Tidak ada yang dikirim")
    await leader.fills_request()
    await leader.taps("Batal")
    leader.sees("Tidak ada yang dikirim")
    officer.sees_nothing()
    assert await world.rows("SELECT * FROM slots") == []
    await leader.says("batal")
    leader.sees("Tidak ada isian yang sedang terbuka")


async def test_a_form_is_gone_on_with_days_later(leader: Chat, world: World) -> None:
    await leader.joins()
    await leader.says("/audiensi", "audiensi", "kepala", "Program kerja")
    await world.passes(days=3)
    await leader.says("besok jam 08.30")
    leader.sees("Dicatat: Jumat, 27 November 2026 pukul 08.30 WIB", "Siapa saja")


async def test_another_command_comes_first_and_the_form_waits(leader: Chat) -> None:
    await leader.joins()
    await leader.says("/audiensi", "audiensi", "kepala", "/profil")
    leader.sees("Nama: Siti Aminah", "Permintaan audiensi masih menunggu", "Lanjutkan")
    await leader.taps("Lanjutkan")
    leader.sees("Apa yang ingin dibicarakan?")
    await leader.says("/status", "lanjutkan")
    leader.sees("Apa yang ingin dibicarakan?")
    await leader.says("/status", "tutup")
    leader.sees("sudah kami tutup")
    await leader.says("/status")
    leader.sees_no("masih menunggu")


async def test_a_day_that_has_passed_while_the_form_waited_is_asked_again(leader: Chat, world: World) -> None:
    await leader.joins()
    await leader.fills_request()
    await world.passes(days=2)
    await leader.taps("Kirim")
    leader.sees("Selasa, 24 November 2026 sudah lewat", "Hari apa?")
    await leader.says("Senin depan", "09.00")
    leader.sees("Topik: Program kerja 2027", "Senin, 30 November 2026 pukul 09.00 WIB", "Sudah benar?")


async def test_a_wish_is_understood_without_a_command(leader: Chat) -> None:
    await leader.joins()
    for said in ("Halo, kami mau ketemu", "minta audiensi", "nyuwun sowan nggih", "Minta audiensi"):
        await leader.says(said)
        leader.sees("Apa keperluannya?")
        await leader.says("batal")
    await leader.says("besok hujan tidak?")
    leader.sees("belum paham", "Minta audiensi", "Pantau permintaan")
    await leader.says("hapus data saya")
    leader.sees("ingin data dihapus?")


async def test_nobody_holds_more_than_a_few_slots_at_once(world: World, meeting: str, leader: Chat) -> None:
    rules = world.office.meeting.model_copy(update={"open_per_person": 2})
    world.office = world.office.model_copy(update={"meeting": rules})
    await leader.requests(hour="jam 10")
    await leader.says("/audiensi")
    leader.sees("2 permintaan", "/status")
    assert len(await world.rows("SELECT * FROM meetings")) == 2
    assert await world.rows("SELECT * FROM drafts") == []
    await leader.says(f"batal {meeting}", "Rapat", "kirim", "/audiensi")
    leader.sees("Apa keperluannya?")


async def test_requests_whose_time_is_over_are_no_open_requests(world: World, meeting: str, leader: Chat) -> None:
    rules = world.office.meeting.model_copy(update={"open_per_person": 1})
    world.office = world.office.model_copy(update={"meeting": rules})
    world.now = at(25, 9)
    await leader.says("/audiensi")
    leader.sees("Apa keperluannya?")
