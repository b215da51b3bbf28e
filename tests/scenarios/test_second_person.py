"""The second person: agrees to what was seen, returns or rejects; the neutrality gate; the urgent path."""

import pytest

from tests.chat import Chat
from tests.scenarios.announcing import hands_in, states, writes
from tests.scenarios.test_officer import audited
from tests.world import World


async def test_the_second_person_sees_the_same_and_agrees(world: World, officer: Chat, approver: Chat) -> None:
    approver.looks_up()
    await writes(officer)
    await officer.taps("Ajukan")
    officer.sees("UMU-0001 diajukan", "terkunci")
    approver.sees("Pengumuman menunggu persetujuan", "UMU-0001", "Sidik isi")
    await approver.taps("Periksa")
    approver.sees("Begini pengumuman ini terbaca", "Senin di pendapa.", "[Sudah saya baca]", "pengurus", "Setujui")
    officer.looks_up()
    await approver.taps("Setujui")
    approver.sees("UMU-0001 disetujui")
    officer.sees("disetujui oleh Penyetuju Kantor")
    assert await states(world) == ["approved"]
    (digest,) = await audited(world, "broadcast-approved")
    assert await world.rows("SELECT hash FROM broadcasts") == [{"hash": digest}]


async def test_the_author_never_decides_whatever_their_role(world: World, approver: Chat) -> None:
    await hands_in(approver)
    for typed in (
        "setujui UMU-0001",
        "tolak UMU-0001",
        "kembalikan UMU-0001",
        "periksa UMU-0001",
        "kecualikan UMU-0001",
    ):
        await approver.says(typed)
        approver.sees("penyetujunya harus orang lain")
        approver.sees_no("Apa alasannya?", "Apa yang perlu diubah?")
    assert await states(world) == ["submitted"]


@pytest.mark.parametrize("role", ["officer", "duty"])
async def test_only_an_approver_decides(world: World, officer: Chat, role: str) -> None:
    await hands_in(officer)
    other = world.phone("Petugas Lain")
    await other.becomes_officer(role)
    for typed in ("setujui UMU-0001", "tolak UMU-0001", "kembalikan UMU-0001", "kecualikan UMU-0001"):
        await other.says(typed)
        other.sees_no("disetujui.", "Apa alasannya?", "Apa yang perlu diubah?", "Mengapa temuan")
    assert await states(world) == ["submitted"]


async def test_a_leader_can_do_nothing_of_all_this(world: World, officer: Chat, verified: Chat) -> None:
    await hands_in(officer)
    for typed in ("/umumkan", "/arsip", "/izin", "/netral"):
        await verified.says(typed)
        verified.sees("hanya untuk ")
    for typed in (
        "setujui UMU-0001",
        "UMU-0001",
        "lihat UMU-0001",
        "siapa UMU-0001",
        "ajukan UMU-0001",
        "tarik UMU-0001",
    ):
        await verified.says(typed)
        verified.sees_no("Senin di pendapa", "Rapat ormas")
    assert await states(world) == ["submitted"]


TOKENS = (
    *("a.setujui-umum.1.{hash}", "a.setujui-umum.1", "a.periksa-umum.1", "a.kecualikan.1"),
    *("a.tolak-umum.1", "a.ajukan.1", "a.kembalikan-umum.1", "a.konsep-umum.1"),
    *("a.coba-umum.1", "a.buang-umum.1", "a.segera-umum.1", "a.tinjau-umum.1"),
    *("a.beri-izin.1", "a.cabut-izin.1", "a.umum.1", "a.siapa-umum.1"),
    *("a.telepon-umum.1.0", "a.hubungi-belum.1", "a.tabel-umum.1", "a.ubah-umum.1"),
    *("a.perbaiki-umum.1", "a.tarik-umum.1", "a.aman-umum.1", "a.tulis-umum.0"),
    *("a.arsip-umum.0", "a.konsep-tahapan.1"),
)


async def test_a_button_made_up_by_a_leader_does_nothing(world: World, officer: Chat, verified: Chat) -> None:
    if world.channel == "plain":
        pytest.skip("there is nothing to press in a terminal")
    await hands_in(officer)
    (row,) = await world.rows("SELECT hash FROM broadcasts")
    for token in TOKENS:
        await verified.does(world.paper.press(verified.address, token.format(hash=row["hash"][:12])))
        verified.sees("hanya untuk ")
        verified.sees_no("Senin di pendapa")
    assert await states(world) == ["submitted"]


async def test_a_button_with_a_wrong_number_is_no_button(world: World, officer: Chat, approver: Chat) -> None:
    if world.channel == "plain":
        pytest.skip("there is nothing to press in a terminal")
    for number in ("0", "99", "x", "9" * 30, "", "1.1.1", "²"):
        for action in ("setujui-umum", "siapa-umum", "telepon-umum", "umum", "tabel-umum"):
            await approver.does(world.paper.press(approver.address, f"a.{action}.{number}"))
            approver.sees("tidak kami temukan")


async def test_only_what_was_seen_is_agreed_to(world: World, officer: Chat, approver: Chat) -> None:
    await hands_in(officer)
    await approver.says("batal", "setujui UMU-0001")
    approver.sees("Mohon dibaca dahulu", "Senin di pendapa.")
    assert await states(world) == ["submitted"]
    await world.rows("UPDATE broadcasts SET body = 'Lain' RETURNING id")
    await approver.taps("Setujui")
    assert await states(world) == ["submitted"]


async def test_of_two_approvers_one_decides(world: World, officer: Chat, approver: Chat) -> None:
    second = world.phone("Penyetuju Kedua")
    await second.becomes_officer("approver")
    await hands_in(officer)
    await approver.says("periksa UMU-0001")
    await second.says("periksa UMU-0001")
    await approver.taps("Setujui")
    await second.taps("Setujui")
    second.sees("diputuskan oleh Penyetuju Kantor", "Tidak ada yang diubah")
    await second.says("tolak UMU-0001")
    second.sees("diputuskan oleh Penyetuju Kantor")
    assert await states(world) == ["approved"]


async def test_what_is_returned_is_changed_and_handed_in_again(world: World, officer: Chat, approver: Chat) -> None:
    await hands_in(officer)
    officer.looks_up()
    await approver.says("kembalikan UMU-0001", "Sebutkan tempatnya", "kirim")
    approver.sees("dikembalikan kepada penulisnya")
    officer.sees("mengembalikan pengumuman Bapak/Ibu: Sebutkan tempatnya", "Ubah")
    await officer.says("ubah UMU-0001")
    officer.sees("Jawaban mana yang ingin diubah?")
    await officer.taps("Isi")
    await officer.says("Senin di aula Kajen.")
    await officer.taps("Kirim")
    officer.sees("Senin di aula Kajen.", "Catatan penyetuju: Sebutkan tempatnya")
    await officer.taps("Ajukan")
    await approver.taps("Periksa")
    approver.sees("UMU-0001 (versi 2)", "Berubah sejak dikembalikan: Isi.", "Isi sebelumnya: “Senin di pendapa.”")
    await approver.taps("Setujui")
    approver.sees("UMU-0001 disetujui")
    assert await states(world) == ["approved"]


async def test_what_is_rejected_stays_so(world: World, officer: Chat, approver: Chat) -> None:
    await hands_in(officer)
    officer.looks_up()
    await approver.says("tolak UMU-0001", "Bukan tugas kantor ini", "kirim")
    officer.sees("menolak pengumuman Bapak/Ibu: Bukan tugas kantor ini")
    for typed in ("ajukan UMU-0001", "ubah UMU-0001", "buang UMU-0001"):
        await officer.says(typed)
        officer.sees("tidak (lagi) di tangan Bapak/Ibu")
    assert await states(world) == ["rejected"]


async def test_a_frozen_text_cannot_be_touched_by_its_author(world: World, officer: Chat, approver: Chat) -> None:
    await writes(officer)
    await officer.says("ubah UMU-0001")
    await officer.taps("Isi")
    await officer.says("Lain sekali.", "ajukan UMU-0001", "lanjutkan")
    officer.sees("tidak bisa diubah (lagi)")
    (row,) = await world.rows("SELECT body FROM broadcasts")
    assert row["body"] == "Senin di pendapa."


async def test_what_speaks_for_a_candidate_is_stopped_and_only_an_approver_lets_it_through(
    world: World, officer: Chat, approver: Chat
) -> None:
    await writes(officer, body="Coblos nomor 2!")
    officer.sees("Gerbang netralitas menahan", "Ajakan memilih atau mendukung: “Coblos nomor 2” (baris 1)")
    await officer.says("ajukan UMU-0001")
    officer.sees("Gerbang netralitas menahan", "Minta pengecualian")
    assert await states(world) == [None]
    await officer.taps("Minta pengecualian")
    officer.sees("UMU-0001 diajukan")
    await approver.says("periksa UMU-0001")
    approver.sees("Gerbang netralitas menahan", "Kecualikan temuan", "Kembalikan")
    approver.sees_no("[Setujui]", "1. Setujui")
    await approver.says("setujui UMU-0001")
    assert await states(world) == ["submitted"]
    await approver.says("kecualikan UMU-0001", "Kutipan untuk klarifikasi hoaks", "kirim")
    approver.sees("Temuan dikecualikan oleh Penyetuju Kantor: Kutipan untuk klarifikasi hoaks")
    await approver.taps("Setujui")
    approver.sees("disetujui")
    await officer.says("/arsip")
    officer.sees("Dikecualikan dari gerbang netralitas: Kutipan untuk klarifikasi hoaks")
    assert await audited(world, "broadcast-excepted") == ["ajak: Kutipan untuk klarifikasi hoaks"]


async def test_in_masa_tenang_only_some_topics_go_out(world: World, officer: Chat, approver: Chat) -> None:
    await world.rows(
        """INSERT INTO stages (name, kind, starts_on, ends_on) VALUES ('Masa tenang', 'tenang', '2026-11-23',
        '2026-11-25') RETURNING id"""
    )
    await writes(officer)
    officer.sees("Masa tenang", "tidak boleh keluar")
    await officer.says("ajukan UMU-0001")
    officer.sees("tidak boleh keluar")
    assert await states(world) == [None]
    await writes(officer, topic="Darurat", title="Banjir", body="Hindari jalan pantura.")
    officer.sees_no("tidak boleh keluar")


async def test_an_exception_holds_for_the_words_it_was_made_for(world: World, officer: Chat, approver: Chat) -> None:
    await writes(officer, body="Coblos nomor 2!")
    await officer.taps("Minta pengecualian")
    await approver.says("kecualikan UMU-0001", "Kutipan", "kirim")
    await approver.says("kembalikan UMU-0001", "Perjelas", "kirim")
    await officer.says("ubah UMU-0001")
    await officer.taps("Isi")
    await officer.says("Coblos nomor 3!")
    await officer.taps("Kirim")
    await officer.taps("Minta pengecualian")
    await approver.says("periksa UMU-0001")
    approver.sees("Coblos nomor 3", "Kecualikan temuan")
    approver.sees_no("Temuan dikecualikan")
    await approver.says("setujui UMU-0001")
    assert await states(world) == ["submitted"]


async def test_an_alarm_goes_out_at_once_with_a_right_and_a_reason_and_is_reviewed(
    world: World, officer: Chat, approver: Chat
) -> None:
    admin = world.phone("Admin Kantor")
    await admin.becomes_officer("admin")
    await writes(officer, topic="Darurat", title="Banjir", body="Hindari jalan pantura.")
    officer.sees_no("Kirim darurat")
    await officer.says("segera UMU-0001")
    officer.sees("diberikan oleh admin")
    await admin.says("/izin")
    admin.sees("Petugas Kantor: tidak")
    await admin.taps("Beri Petugas Kantor")
    admin.sees("Petugas Kantor: ya")
    officer.sees("hak mengirim peringatan darurat")
    await officer.says("konsep UMU-0001")
    approver.looks_up()
    await officer.taps("Kirim darurat")
    await officer.says("Air naik cepat")
    await officer.taps("Kirim")
    officer.sees("UMU-0001 dikirim sekarang")
    approver.sees("tanpa penyetuju", "Alasan: Air naik cepat", "Hindari jalan pantura.", "Tinjau")
    await officer.says("tinjau UMU-0001")
    officer.sees("hanya untuk")
    await approver.taps("Tinjau")
    await approver.says("Tepat, perlu cepat")
    await approver.taps("Kirim")
    approver.sees("Tinjauan UMU-0001 tercatat")
    await admin.says("tinjau UMU-0001")
    admin.sees("tidak (lagi) menunggu tinjauan")
    assert await audited(world, "broadcast-urgent") == ["Air naik cepat"]
    await admin.says("/izin")
    await admin.taps("Cabut Petugas Kantor")
    admin.sees("Petugas Kantor: tidak")


async def test_what_is_not_an_alarm_never_takes_the_urgent_path(world: World, officer: Chat) -> None:
    await world.rows(
        "INSERT INTO roles SELECT id, 'urgent', '2026' FROM people WHERE name = 'Petugas Kantor' RETURNING 1"
    )
    await writes(officer)
    officer.sees_no("Kirim darurat")
    await officer.says("segera UMU-0001")
    officer.sees("Hanya pengumuman dengan topik darurat")
    await writes(officer, topic="Darurat", title="Darurat", body="Coblos nomor 2!")
    await officer.says("segera UMU-0002")
    officer.sees("Gerbang netralitas menahan")
    assert await states(world) == [None, None]
