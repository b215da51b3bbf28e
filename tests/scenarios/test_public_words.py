"""Public words that are no announcement: proposed by one, seen in full by another, stopped by the gate."""

import pytest

from tests.chat import Chat
from tests.scenarios.test_officer import audited
from tests.scenarios.test_suggest import number
from tests.world import World

STAGE = ("tahapan", "14 Desember 2026", "lewati", "PKPU 3/2028", "lewati", "kirim")
REPLY = ("masukan", "jawaban", "Diteruskan", "Sudah kami teruskan.", "kirim")


async def proposes_a_stage(officer: Chat, name: str) -> None:
    await officer.says("/pemilu")
    await officer.taps("Tambah tahapan")
    await officer.says(name, *STAGE)


async def test_a_stage_is_public_when_a_second_person_agreed(
    world: World, officer: Chat, approver: Chat, leader: Chat
) -> None:
    approver.looks_up()
    await proposes_a_stage(officer, "Pendaftaran pemilih")
    officer.sees(
        "USL-0001: Tahapan pemilu", "Pendaftaran pemilih", "Belum tampil. Menunggu orang kedua: Penyetuju Kantor"
    )
    approver.sees("Menunggu persetujuan orang kedua", "USL-0001")
    await leader.agrees()
    await leader.says("/pemilu")
    leader.sees("belum ditetapkan")
    await approver.says("setujui USL-0001")
    approver.sees(
        "Pendaftaran pemilih: Senin, 14 Desember 2026", "PKPU 3/2028", "Diusulkan oleh: Petugas Kantor", "Setujui"
    )
    assert await world.rows("SELECT id FROM stages") == []
    await approver.taps("Setujui")
    officer.sees("USL-0001 disetujui oleh Penyetuju Kantor")
    await leader.says("/pemilu")
    leader.sees("Pendaftaran pemilih")
    await approver.says("setujui USL-0001")
    approver.sees("sudah disetujui oleh Penyetuju Kantor. Tidak ada yang diubah.")
    assert await audited(world, "proposal-approved") == [None]


async def test_nobody_agrees_to_their_own_words_and_an_officer_is_told_who_can(
    world: World, officer: Chat, approver: Chat
) -> None:
    await proposes_a_stage(approver, "Pendaftaran pemilih")
    approver.sees("belum ada penyetuju lain di kantor ini")
    await approver.says("setujui USL-0001")
    approver.sees("Usulan Bapak/Ibu sendiri perlu orang kedua")
    if world.channel != "plain":
        await approver.does(world.paper.press(approver.address, "a.setujui-usul.1.seen"))
        approver.sees("perlu orang kedua")
    await officer.says("setujui USL-0001")
    officer.sees("hanya untuk penyetuju atau admin. Mohon minta bantuan mereka.")
    assert await world.rows("SELECT id FROM stages") == []


async def test_the_gate_stops_a_stage_and_a_second_person_lets_it_through_with_a_reason(
    world: World, officer: Chat, approver: Chat
) -> None:
    await proposes_a_stage(officer, "Coblos nomor 1")
    officer.sees("Gerbang netralitas menahan kata-kata ini", "Coblos nomor 1")
    await approver.says("/antrean")
    approver.sees("Menunggu persetujuan Bapak/Ibu: 1")
    await approver.taps("Periksa USL-0001")
    approver.sees("Gerbang netralitas", "Kecualikan temuan", "Kembalikan")
    approver.sees_no("[Setujui]", "1. Setujui")
    if world.channel != "plain":
        await approver.does(world.paper.press(approver.address, "a.setujui-usul.1.seen"))
    assert await world.rows("SELECT id FROM stages") == []
    await approver.says("kecualikan USL-0001", "Kutipan resmi", "kirim")
    assert len(await world.rows("SELECT id FROM stages")) == 1
    assert await audited(world, "proposal-approved") == ["Kutipan resmi"]


async def test_what_is_returned_is_public_for_nobody(world: World, officer: Chat, approver: Chat) -> None:
    await proposes_a_stage(officer, "Pendaftaran pemilih")
    officer.looks_up()
    await approver.says("kembalikan USL-0001", "Sebutkan pengumumnya", "kirim")
    officer.sees("USL-0001 dikembalikan oleh Penyetuju Kantor: Sebutkan pengumumnya")
    await approver.says("setujui USL-0001")
    approver.sees("sudah dikembalikan")
    assert await world.rows("SELECT id FROM stages") == []


@pytest.mark.parametrize("verdict", ["benar", "salah", "belum jelas"])
async def test_a_verdict_has_a_source_and_two_people(
    world: World, officer: Chat, approver: Chat, leader: Chat, verdict: str
) -> None:
    await leader.joins()
    await leader.says("/cek SEBARKAN! Besok semua ormas wajib bayar.", "minta klarifikasi", "Grup desa", "lewati")
    code = number(leader, "KLA")
    await officer.says(f"selesaikan {code}")
    officer.sees("Bagaimana kabar ini?", "Benar", "Salah", "Belum jelas")
    await officer.says(verdict, "lewati")
    officer.sees("tidak bisa dilewati")
    await officer.says("Surat edaran 5", "Kantor tidak memungut biaya.")
    officer.sees("Akan dibaca oleh: penyetuju, lalu pengirim dan siapa pun")
    leader.looks_up()
    await officer.taps("Kirim")
    leader.sees_nothing()
    assert (await world.rows("SELECT closed_at FROM tickets"))[0]["closed_at"] is None
    await officer.says(f"selesaikan {code}")
    officer.sees("USL-0001 sudah menunggu orang kedua")
    await approver.says("periksa USL-0001")
    approver.sees("SEBARKAN!", f"{verdict.capitalize()}. Kantor tidak memungut biaya.", "Sumber: Surat edaran 5")
    await approver.taps("Setujui")
    leader.sees(f"{code} sudah selesai", f"{verdict.capitalize()}. Kantor tidak memungut biaya.", "Surat edaran 5")


async def test_who_sent_a_rumour_does_not_agree_to_what_is_said_of_it(
    world: World, officer: Chat, approver: Chat
) -> None:
    await approver.says("/cek SEBARKAN! Besok semua ormas wajib bayar.", "minta klarifikasi", "Grup desa", "lewati")
    code = number(approver, "KLA")
    await officer.says(f"selesaikan {code}", "salah", "Surat edaran 5", "Tidak ada biaya.", "kirim")
    await approver.says("periksa USL-0001", "setujui USL-0001")
    approver.sees("Ini urusan Bapak/Ibu sendiri")
    assert (await world.rows("SELECT closed_at FROM tickets"))[0]["closed_at"] is None


async def test_a_prepared_reply_waits_too(world: World, approver: Chat) -> None:
    admin = world.phone("Admin Kantor")
    await admin.becomes_officer("admin")
    await admin.says("/balasan")
    await admin.taps("Tulis baru")
    await admin.says(*REPLY)
    assert await world.rows("SELECT id FROM canned_replies") == []
    await approver.says("periksa USL-0001")
    approver.sees("Diteruskan (Masukan, Jawaban): Sudah kami teruskan.")
    await approver.taps("Setujui")
    assert len(await world.rows("SELECT id FROM canned_replies WHERE removed_at IS NULL")) == 1
