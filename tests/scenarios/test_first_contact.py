"""First contact: greeting, privacy notice, consent, profile."""

from tests.chat import Chat, World


async def test_a_newcomer_is_greeted_and_asked_for_consent_before_anything_else(leader: Chat) -> None:
    await leader.says("/audiensi")
    leader.sees("selamat datang", "versi 2026-11", "Apakah Bapak/Ibu setuju?", "Setuju")
    leader.sees_no("Siapa nama")


async def test_agreeing_by_word_is_as_good_as_a_tap(leader: Chat) -> None:
    await leader.says("halo", "setuju")
    leader.sees("sudah kami catat", "Ada yang bisa kami bantu?")


async def test_a_profile_is_asked_once_and_the_request_goes_on(leader: Chat) -> None:
    await leader.agrees()
    await leader.says("/audiensi")
    leader.sees("berkenalan", "Siapa nama")
    await leader.says("Siti Aminah", "Forum Melati")
    await leader.taps("Belum ada di daftar: tambahkan “Forum Melati”")
    for label in ("Belum tercatat", "Disabilitas", "Kajen", "Ketua", "Kirim"):
        await leader.taps(label)
    leader.sees("Terima kasih, Siti Aminah", "Apa keperluannya?")


async def test_a_leader_asks_and_an_officer_approves(leader: Chat, officer: Chat, world: World) -> None:
    await leader.joins()
    code = await leader.requests()
    leader.sees(code, "Selasa, 24 November 2026 pukul 09.00 WIB", "belum diverifikasi")
    officer.sees(code, "Siti Aminah, Ketua Forum Melati (belum diverifikasi)", "Program kerja 2027")
    leader.looks_up()
    await officer.taps("Setujui")
    officer.sees("disetujui")
    leader.sees("Kabar baik", code, "Selasa, 24 November 2026 pukul 09.00 WIB", "Jalan Sindoro")
    document = leader.new[-1].document
    assert document is not None
    assert "SEQUENCE:0" in document.content
