"""`/situasi`: rings who watches over the region, is seen by nobody else, and can come from somebody unknown."""

import re
from datetime import UTC

from tests.chat import Chat
from tests.scenarios.test_suggest import number
from tests.world import World, at

SECRET = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")


async def reports(
    chat: Chat, privacy: str = "Dengan nama saya", words: str = "Ada tawuran", level: str = "Serius, perlu tindakan"
) -> str:
    await chat.says("/situasi")
    chat.sees("BUKAN polisi", "110", "112", "unjuk rasa")
    await chat.taps(privacy)
    await chat.says(words)
    await chat.says("Bojong", "Dekat pasar")
    await chat.taps("Sedang terjadi")
    await chat.taps(level)
    await chat.taps("Lewati")
    await chat.taps("Kirim")
    return number(chat, "SIT")


async def test_it_rings_until_somebody_takes_it_also_at_night(
    world: World, leader: Chat, officer: Chat, duty: Chat, chief: Chat
) -> None:
    await leader.joins()
    for chat in (officer, duty, chief):
        chat.looks_up()
    world.now = at(23, 23, 30)
    code = await reports(leader)
    duty.sees("SERIUS, PERLU TINDAKAN. LAPORAN SITUASI BARU", "BELUM DIVERIFIKASI", code, "Ada tawuran", "Siti Aminah")
    chief.sees_nothing()
    await world.ticks_at(at(23, 23, 39))
    chief.sees_nothing()
    await world.ticks_at(at(23, 23, 41))
    chief.sees("BELUM ADA YANG MENANGANI", code)
    await chief.says(f"terima {code}")
    duty.looks_up()
    await world.ticks_at(at(24, 0, 30))
    duty.sees_nothing()
    officer.sees_nothing()


async def test_who_takes_it_in_time_is_the_last_to_be_rung(world: World, leader: Chat, duty: Chat, chief: Chat) -> None:
    await leader.joins()
    code = await reports(leader)
    await duty.says(f"terima {code}")
    chief.looks_up()
    await world.passes(minutes=30)
    chief.sees_nothing()
    await duty.says(code)
    duty.sees("(BELUM DIVERIFIKASI)", "Verifikasi")
    await duty.says(f"verifikasi {code}", "belum terbukti")
    duty.sees("tetap belum diverifikasi", "Verifikasi")
    await duty.says(f"verifikasi {code}", "benar")
    await duty.says(code)
    duty.sees(code, "Ada tawuran (terverifikasi)", "Diverifikasi petugas")
    duty.sees_no("BELUM DIVERIFIKASI")


async def test_nobody_else_sees_it(world: World, leader: Chat, officer: Chat, duty: Chat) -> None:
    admin = world.phone("Admin Kantor")
    await admin.becomes_officer("admin")
    await leader.joins()
    for chat in (officer, admin):
        chat.looks_up()
    code = await reports(leader)
    for chat in (officer, admin):
        chat.sees_nothing()
        for said in ("/antrean", code, f"terima {code}", f"jawab {code}", f"berkas {code}", "/antrean situasi"):
            await chat.says(said)
            chat.sees_no("tawuran", "Bojong")
    await duty.says("/antrean")
    duty.sees(code)


async def test_two_reports_of_one_thing_become_one(world: World, leader: Chat, duty: Chat) -> None:
    await leader.joins()
    first = await reports(leader)
    other = world.phone("Budi Santoso")
    await other.joins("Forum Mawar")
    second = await reports(other, words="Tawuran di pasar")
    await duty.says(f"gabungkan {second}")
    await duty.taps(f"{first}: Ada tawuran (BELUM DIVERIFIKASI)")
    await duty.taps("Kirim")
    duty.sees(f"{second} digabung ke {first}")
    other.sees("Digabung dengan laporan lain")
    await duty.says(first)
    duty.sees(f"Laporan serupa: {second}")


async def test_without_a_name_nothing_leads_to_the_sender(world: World, leader: Chat, duty: Chat, chief: Chat) -> None:
    await leader.agrees()
    await leader.says("/bahasa")
    world.now = at(23, 10, 17)
    code = await reports(leader, "Tanpa nama", "Ada senjata di gudang")
    leader.sees("tanpa nama", "Kode rahasia:", "Mohon dicatat sekarang")
    secret = SECRET.search(leader.screen)
    assert secret
    duty.sees(code, "Dari: tanpa nama", "Ada senjata di gudang")
    (row,) = await world.rows("SELECT * FROM tickets")
    assert row["person_id"] is None
    assert row["opened_at"] == at(23, 10).astimezone(UTC).isoformat(timespec="microseconds")
    world.now = at(23, 10, 30)
    await world.tidies()
    assert not [table for table, held in (await world.everything()).items() if secret[0] in held]
    since = {"a": leader.address, "since": minute(17)}
    assert not await world.rows("SELECT id FROM inbox WHERE address = :a AND received_at >= :since", **since)
    assert not await world.rows("SELECT id FROM outbox WHERE address = :a AND written_at >= :since", **since)
    assert not await world.rows("SELECT id FROM drafts")
    assert not await world.rows(
        "SELECT at FROM audit WHERE at >= :since AND subject = :code", since=minute(17), code=code
    )
    for sql in ("SELECT raw AS said FROM inbox", "SELECT body AS said FROM outbox WHERE address = :a"):
        assert not [row for row in await world.rows(sql, **since) if "gudang" in bytes_or_text(row["said"])]
    await leader.says("/dataku")
    leader.sees_no(code, "gudang")


async def test_the_code_leads_back_once_and_gives_the_next(world: World, leader: Chat, duty: Chat) -> None:
    await leader.agrees()
    code = await reports(leader, "Tanpa nama")
    secret = SECRET.search(leader.screen)
    assert secret
    await duty.says(f"tanya {code}", "Berapa orang?", "kirim")
    duty.sees("Pengirim tidak menyebut nama")
    friend = world.phone("Seorang Teman")
    await friend.agrees()
    await friend.says(f"/cek {secret[0]}")
    friend.sees(code, "menunggu jawaban Bapak/Ibu", "Berapa orang?", "Kode berikutnya:")
    fresh = SECRET.search(friend.screen)
    assert fresh
    await leader.says(f"/cek {secret[0]}")
    leader.sees("Kode itu tidak berlaku")
    await friend.says(f"/cek {fresh[0].lower()} sekitar dua puluh orang")
    friend.sees("Balasan Bapak/Ibu sudah kami teruskan", "Kode berikutnya:")
    duty.sees("Balasan dari pengirim", "sekitar dua puluh orang")
    last = SECRET.search(friend.screen)
    assert last
    await duty.says(f"selesaikan {code}", "Sudah ditangani.", "kirim")
    await friend.says(f"/cek {last[0]} ada lagi")
    friend.sees("selesai", "Sudah ditangani.", "sudah ditutup, jadi balasan Bapak/Ibu tidak diteruskan")
    assert not await world.rows("SELECT 1 FROM inbox WHERE CAST(raw AS TEXT) LIKE '%dua puluh%'")


async def test_guessing_codes_is_stopped(leader: Chat) -> None:
    await leader.agrees()
    for guess in range(5):
        await leader.says(f"/cek AAAA-BBBB-CCC{guess + 2}")
        leader.sees("Kode itu tidak berlaku")
    await leader.says("/cek AAAA-BBBB-CCCC")
    leader.sees("Terlalu banyak percobaan")


def bytes_or_text(said: object) -> str:
    return bytes(said).decode() if isinstance(said, bytes | memoryview) else str(said)


def minute(number: int) -> str:
    """Ten o'clock and so many minutes, as it is stored."""
    return at(23, 10, number).astimezone(UTC).isoformat(timespec="microseconds")


async def test_a_report_nobody_took_rings_again_when_the_office_opens(
    world: World, leader: Chat, duty: Chat, chief: Chat
) -> None:
    await leader.joins()
    world.now = at(23, 23, 30)
    code = await reports(leader)
    await world.ticks_at(at(23, 23, 41))
    await world.ticks_at(at(23, 23, 52))
    duty.looks_up()
    await world.ticks_at(at(24, 8, 31))
    duty.sees("LAPORAN SITUASI", code)
    await duty.says(f"terima {code}")
    duty.looks_up()
    await world.ticks_at(at(25, 8, 31))
    duty.sees_nothing()


async def test_a_report_nobody_can_hear_is_told_to_an_admin_without_its_words(world: World, leader: Chat) -> None:
    admin = world.phone("Admin Kantor")
    await admin.becomes_officer("admin")
    await leader.joins()
    admin.looks_up()
    code = await reports(leader)
    for minute in (1, 2, 3):
        await world.ticks_at(at(23, 10, minute))
    admin.sees("laporan situasi yang tidak sampai kepada siapa pun")
    admin.sees_no(code, "tawuran", "Siti")


async def test_both_senders_of_one_thing_get_its_end(world: World, leader: Chat, duty: Chat) -> None:
    await leader.joins()
    first = await reports(leader)
    other = world.phone("Budi Santoso")
    await other.joins("Forum Mawar")
    later = await reports(other, words="Tawuran di pasar")
    await duty.says(f"gabungkan {later}")
    await duty.taps(f"{first}: Ada tawuran (BELUM DIVERIFIKASI)")
    await duty.taps("Kirim")
    other.looks_up()
    await duty.says(f"selesaikan {first}", "Sudah ditangani.", "kirim")
    leader.sees(f"{first} sudah selesai", "Sudah ditangani.")
    other.sees(later, "Sudah ditangani.")
    await other.says(f"/status {later}")
    other.sees("Sudah ditangani.")


async def test_a_report_is_owed_an_answer_when_the_one_it_was_put_to_ends_without(
    world: World, leader: Chat, duty: Chat
) -> None:
    await leader.joins()
    first = await reports(leader)
    other = world.phone("Budi Santoso")
    await other.joins("Forum Mawar")
    later = await reports(other, words="Tawuran di pasar")
    await duty.says(f"gabungkan {later}")
    await duty.taps(f"{first}: Ada tawuran (BELUM DIVERIFIKASI)")
    await duty.taps("Kirim")
    await leader.says(f"/status {first}")
    await leader.taps("Tidak perlu lagi")
    duty.sees(f"Dibuka lagi, karena {first} ditutup tanpa jawaban", later)
    await duty.says(f"selesaikan {later}", "Sudah ditangani.", "kirim")
    other.sees(f"{later} sudah selesai", "Sudah ditangani.")
