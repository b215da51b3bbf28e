"""`/cek`: is it from the office? And what becomes of a rumour."""

from tests.chat import Chat
from tests.scenarios.announcing import second_agrees
from tests.scenarios.test_report import sends
from tests.scenarios.test_suggest import number
from tests.world import World

RUMOUR = "SEBARKAN! Besok semua ormas wajib mendaftar ulang, bayar 500 ribu ke rekening ini."


async def test_a_rumour_is_handed_in_and_the_answer_comes_back(world: World, leader: Chat, officer: Chat) -> None:
    await leader.agrees()
    await leader.says("/cek")
    leader.sees("Apa yang ingin diperiksa?")
    await leader.says(RUMOUR)
    leader.sees("TIDAK kami kenali", "jangan disebarkan dahulu", "Minta klarifikasi", "Tidak perlu")
    await leader.taps("Minta klarifikasi")
    leader.sees("Dari mana pesan itu didapat?")
    await leader.says("Grup WhatsApp desa")
    await leader.taps("Lewati")
    code = number(leader, "KLA")
    officer.sees("Kiriman baru:", code, RUMOUR, "Asal: Grup WhatsApp desa")
    await officer.says(f"jawab {code}", "Tidak benar. Kantor tidak pernah menarik biaya.", "kirim")
    leader.sees(f"Jawaban untuk {code}:", "Tidak benar")


async def test_a_forwarded_message_can_be_checked(world: World, leader: Chat) -> None:
    await leader.agrees()
    await leader.says("/cek")
    if world.channel == "telegram":
        origin = {"type": "hidden_user", "sender_user_name": "X", "date": 1}
        await leader.does(world.paper.message(leader.address, text=RUMOUR, forward_origin=origin))
    elif world.channel == "whatsapp":
        await leader.does(
            world.paper.message(leader.address, type="text", text={"body": RUMOUR}, context={"forwarded": True})
        )
    else:
        await leader.says(RUMOUR)
    leader.sees("TIDAK kami kenali")
    await leader.taps("Tidak perlu")
    leader.sees("Bila ragu, jangan disebarkan dahulu")
    assert not await world.rows("SELECT id FROM tickets")


async def test_a_code_that_is_nobodys_is_no_proof(leader: Chat) -> None:
    await leader.agrees()
    for code in ("AAAA-AAAA", "2345-6789"):
        await leader.says(f"/cek {code}", "tidak perlu")
    for guess in range(3):
        await leader.says(f"/cek BBBB-BBB{guess + 2}", "tidak perlu")
    await leader.says("/cek CCCC-CCCC")
    leader.sees("Terlalu banyak percobaan")


async def test_a_message_that_holds_something_like_a_code_can_be_handed_in(leader: Chat, officer: Chat) -> None:
    await leader.agrees()
    await leader.says("/cek", "Daftar ulang lewat nomor 8223-4567 segera!")
    await leader.taps("Minta klarifikasi")
    await leader.says("Grup desa")
    await leader.taps("Lewati")
    code = number(leader, "KLA")
    officer.sees(code, "8223-4567")


async def test_a_receipt_read_aloud_is_known(world: World, leader: Chat, officer: Chat) -> None:
    await leader.joins()
    await sends(leader)
    (row,) = await world.rows("SELECT check_code FROM tickets")
    for said in (row["check_code"].replace("-", " ").lower(), row["check_code"].replace("-", ""), row["check_code"]):
        await leader.says(f"/cek {said}")
        leader.sees("ASLI")


async def test_who_has_to_wait_can_still_check_what_is_genuine(world: World, leader: Chat, officer: Chat) -> None:
    await leader.joins()
    await sends(leader)
    (row,) = await world.rows("SELECT code, check_code FROM tickets")
    await officer.says(f"tahan {row['code']}", "1 hari", "Terlalu sering", "kirim")
    await leader.says(f"/cek {row['check_code']}")
    leader.sees("ASLI")
    await leader.says("/cek Ada kabar aneh di grup")
    await leader.taps("Minta klarifikasi")
    leader.sees("kami tahan dahulu atas keputusan petugas")
    assert len(await world.rows("SELECT id FROM tickets")) == 1


async def test_a_rumour_that_was_judged_is_known_and_nobody_learns_who_asked(
    world: World, leader: Chat, officer: Chat
) -> None:
    await leader.agrees()
    await leader.says(f"/cek {RUMOUR}", "minta klarifikasi", "Grup desa", "lewati")
    code = number(leader, "KLA")
    other = world.phone("Budi Santoso")
    await other.agrees()
    await other.says(f"/cek {RUMOUR}")
    other.sees("TIDAK kami kenali")
    await other.says("tidak perlu")
    await officer.says(f"selesaikan {code}", "salah", "Surat edaran kantor", "Tidak ada pendaftaran ulang.", "kirim")
    officer.sees("Belum tampil")
    await other.says(f"/cek {RUMOUR}")
    other.sees("TIDAK kami kenali")
    await other.says("tidak perlu")
    await second_agrees(officer)
    leader.sees(f"{code} sudah selesai", "Salah. Tidak ada pendaftaran ulang.", "Sumber: Surat edaran kantor")
    await other.says(f"/cek {RUMOUR.lower()}")
    other.sees(f"Sudah kami periksa ({code}, ", "WIB): Salah. Tidak ada pendaftaran ulang.", "/petugas")
    other.sees_no("Siti", "TIDAK kami kenali", "tidak persis sama")
    await other.says(f"/cek {RUMOUR.replace('500', '600')}")
    other.sees("Salah.", "mirip, tetapi tidak persis sama")
    await other.says("/cek SEBARKAN! Besok semua ormas libur.")
    other.sees("TIDAK kami kenali")


async def test_a_judgement_that_names_who_asked_is_told_to_nobody_else(
    world: World, leader: Chat, officer: Chat
) -> None:
    await leader.joins()
    await leader.says(f"/cek {RUMOUR}", "minta klarifikasi", "Grup desa", "lewati")
    code = number(leader, "KLA")
    await officer.says(f"selesaikan {code}", "salah", "Surat edaran kantor", "Bu Siti, itu hoaks.", "kirim")
    await second_agrees(officer)
    other = world.phone("Budi Santoso")
    await other.agrees()
    await other.says(f"/cek {RUMOUR}")
    other.sees("TIDAK kami kenali")
