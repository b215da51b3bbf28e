"""Corrections, withdrawals, the all-clear; and whether something is genuine."""

from tests.chat import Chat
from tests.scenarios.announcing import check_code, goes_out, hands_in
from tests.world import World


async def test_a_correction_reaches_exactly_the_same_and_names_what_it_replaces(
    world: World, sent: str, officer: Chat, approver: Chat, verified: Chat, budi: Chat
) -> None:
    late = world.phone("Pengurus Baru")
    await late.joins("Forum Baru")
    await officer.says("verifikasi ANG-0003")
    old_code = await check_code(world)
    for chat in (late, verified, budi):
        chat.looks_up()
    await officer.says(f"perbaiki {sent}")
    officer.sees("Jawaban mana yang ingin diubah?")
    await officer.taps("Isi")
    await officer.says("Selasa di pendapa.")
    officer.sees_no("Untuk siapa?", "Penerima:")
    await officer.taps("Kirim")
    officer.sees("RALAT", sent, "UMU-0002 (versi 2)", "Memperbaiki UMU-0001", "tepat penerima UMU-0001", "2 pengurus")
    await officer.taps("Ajukan")
    await approver.says("periksa UMU-0002")
    await approver.taps("Setujui")
    for chat in (verified, budi):
        chat.sees("RALAT", sent, "Selasa di pendapa.")
    late.sees_nothing()
    await budi.says(f"ikut ya {sent}")
    budi.sees("sudah diganti dengan UMU-0002")
    await late.says(f"/cek {old_code}")
    late.sees("SUDAH DIGANTI", "yang berlaku UMU-0002", "Selasa di pendapa.")
    await budi.says(sent)
    budi.sees("SUDAH DIGANTI", "Selasa di pendapa.")
    await officer.says("UMU-0002")
    officer.sees("Rangkaian: UMU-0001 (versi 1)", "UMU-0002 (versi 2)")


async def test_a_withdrawal_says_why(
    world: World, sent: str, officer: Chat, approver: Chat, verified: Chat, budi: Chat
) -> None:
    old_code = await check_code(world)
    verified.looks_up()
    await officer.says(f"tarik {sent}")
    officer.sees("Apa isinya?")
    await officer.says("Rapat dibatalkan karena banjir.")
    await officer.taps("Kirim")
    officer.sees("DITARIK", "Menarik UMU-0001")
    await officer.taps("Ajukan")
    await approver.says("periksa UMU-0002")
    await approver.taps("Setujui")
    verified.sees("DITARIK", sent, "Rapat dibatalkan karena banjir.")
    await verified.says(f"/cek {old_code}")
    verified.sees("SUDAH DITARIK", "Rapat dibatalkan karena banjir.")


async def test_an_all_clear_reaches_exactly_those_who_got_the_alarm(
    world: World, officer: Chat, approver: Chat, verified: Chat, budi: Chat
) -> None:
    await budi.says("BERHENTI")
    await goes_out(officer, approver, topic="Darurat", title="Banjir", body="Hindari jalan pantura.")
    verified.sees("Hindari jalan pantura.")
    await budi.says("MULAI")
    late = world.phone("Pengurus Baru")
    await late.joins("Forum Baru")
    await officer.says("verifikasi ANG-0003")
    for chat in (verified, budi, late):
        chat.looks_up()
    await officer.says("aman UMU-0001")
    officer.sees("Apa isinya?")
    await officer.says("Jalan pantura sudah bisa dilewati.")
    officer.sees("Judul: Sudah aman: Banjir", "Penerima: penerima UMU-0001")
    await officer.taps("Kirim")
    officer.sees("1 pengurus")
    await officer.taps("Ajukan")
    await approver.says("periksa UMU-0002")
    await approver.taps("Setujui")
    verified.sees("Sudah aman: Banjir", "Jalan pantura sudah bisa dilewati.")
    budi.sees_nothing()
    late.sees_nothing()


async def test_what_never_went_out_is_not_corrected(officer: Chat) -> None:
    await hands_in(officer)
    for typed in ("perbaiki UMU-0001", "tarik UMU-0001"):
        await officer.says(typed)
        officer.sees("belum pernah dikirim")
    await officer.says("hubungi UMU-0001")
    officer.sees("tidak (lagi) menunggu jawaban")


async def test_a_code_proves_an_announcement_and_shows_its_words(world: World, sent: str) -> None:
    code = await check_code(world)
    anybody = world.phone("Warga")
    await anybody.agrees()
    await anybody.says(f"/cek {code.lower()}")
    anybody.sees("ASLI", "UMU-0001", "Dikirim: Senin, 23 November 2026", "Rapat ormas", "Senin di pendapa.")
    await anybody.says("/cek", f"apakah {code} asli?")
    anybody.sees("ASLI")


async def test_a_forwarded_announcement_is_known_by_its_words(world: World, sent: str, verified: Chat) -> None:
    text = next(shown.text for shown in reversed(verified.all) if "Senin di pendapa." in shown.text)
    text = text.partition("\n1. ")[0].partition("\n- Ya")[0]
    anybody = world.phone("Warga")
    await anybody.agrees()
    await anybody.says("/cek", text)
    anybody.sees("ASLI", "Senin di pendapa.")
    await anybody.says("/cek", "RAPAT ormas — senin di *pendapa*!")
    anybody.sees("ASLI", "Senin di pendapa.")


async def test_a_changed_announcement_is_shown_with_what_differs_even_with_a_real_code(
    world: World, sent: str, verified: Chat
) -> None:
    code = await check_code(world)
    text = next(shown.text for shown in reversed(verified.all) if "Senin di pendapa." in shown.text)
    anybody = world.phone("Warga")
    await anybody.agrees()
    await anybody.says("/cek", text.replace("pendapa", "stadion"))
    anybody.sees("BERBEDA dari aslinya", "aslinya “pendapa”, di pesan itu “stadion”", "Senin di pendapa.")
    await anybody.says("/cek", f"Rapat ormas. Bawa uang seratus ribu ke rumah saya malam ini. Kode {code}")
    anybody.sees("BERBEDA dari aslinya")
    anybody.sees_no("ASLI.")


async def test_what_is_not_ours_is_said_not_to_be_and_can_be_handed_in(world: World, sent: str) -> None:
    anybody = world.phone("Warga")
    await anybody.agrees()
    await anybody.says("/cek", "Semua ormas wajib menyetor uang ke rekening ini sebelum hari Jumat besok.")
    anybody.sees("TIDAK kami kenali", "Minta klarifikasi")


async def test_a_draft_that_never_went_out_is_not_genuine(world: World, officer: Chat) -> None:
    await hands_in(officer)
    code = await check_code(world)
    anybody = world.phone("Warga")
    await anybody.agrees()
    await anybody.says(f"/cek {code}")
    anybody.sees("TIDAK kami kenali")
    anybody.sees_no("Senin di pendapa.")
