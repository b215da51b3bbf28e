"""Tickets under attack: what a curious officer, a copied database, a colleague who left or bad luck could spoil."""

from dataclasses import replace

import pytest

from handlers import CATALOGUE
from handlers.conversation.catalogue import Command
from storage import people
from tests.chat import Chat
from tests.made import picture
from tests.scenarios.test_report import sends
from tests.scenarios.test_situation import SECRET, bytes_or_text, reports
from tests.scenarios.test_suggest import number, suggests
from tests.scenarios.test_when_we_fail import stumble
from tests.world import World, at

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
async def duty(world: World) -> Chat:
    """Somebody on duty."""
    duty = world.phone("Petugas Piket")
    await world.once("on duty", lambda: duty.becomes_officer("duty"))
    return duty


@pytest.fixture
async def chief(world: World, duty: Chat) -> Chat:  # noqa: ARG001
    """An approver."""
    chief = world.phone("Kepala Kantor")
    await world.once("approver", lambda: chief.becomes_officer("approver"))
    return chief


@pytest.fixture
async def sent(world: World, leader: Chat, officer: Chat) -> str:  # noqa: ARG001
    """The number of a complaint that waits."""

    async def live() -> str:
        await leader.joins()
        return await suggests(leader)

    return await world.once("a complaint", live)


@pytest.fixture
async def talking(world: World, leader: Chat, officer: Chat) -> str:  # noqa: ARG001
    """A leader has asked for somebody."""

    async def live() -> str:
        await leader.joins()
        await leader.says("/petugas", "Bagaimana cara mengajukan rekomendasi?")
        return number(leader, "TNY")

    return await world.once("a talk", live)


@pytest.fixture
async def second(world: World, officer: Chat) -> Chat:
    second = world.phone("Petugas Kedua")
    await second.becomes_officer()
    return second


async def loses_roles(world: World, name: str) -> None:
    """The office takes somebody's roles away."""
    (row,) = await world.rows("SELECT id FROM people WHERE name = :name", name=name)
    async with world.awake() as room:
        for role in ("officer", "duty", "approver", "admin"):
            await room.database.transact(lambda tx, role=role: people.revoke(tx, row["id"], role))


def secret_of(chat: Chat) -> str:
    found = SECRET.search(chat.screen)
    assert found, chat.screen
    return found[0]


async def holds(world: World, words: str) -> list[str]:
    """The tables in which these words stand."""
    held = [table for table, rows in (await world.everything()).items() if words in rows]
    raws = [bytes_or_text(row["raw"]) for row in await world.rows("SELECT raw FROM inbox")]
    return held + ["inbox"] * any(words in raw for raw in raws)


async def test_the_place_of_their_ormas_tells_nothing_of_whoever_gives_no_name(
    world: World, leader: Chat, officer: Chat
) -> None:
    await leader.joins()
    code = await suggests(leader, "Tanpa nama")
    (row,) = await world.rows("SELECT * FROM tickets WHERE code = :code", code=code)
    assert (row["person_id"], row["organisation_id"], row["field"], row["kecamatan"]) == (None, None, "", "")


async def test_what_failed_in_us_on_the_way_is_taken_out_too(world: World, leader: Chat, duty: Chat) -> None:
    world.catalogue = replace(CATALOGUE, commands=CATALOGUE.commands | {"rusak": Command("rusak", "Rusak", stumble)})
    await leader.agrees()
    await leader.says("/situasi")
    await leader.taps("Tanpa nama")
    await leader.says("/rusak ada senjata di gudang")
    leader.sees("gangguan")
    world.now = at(23, 10, 17)
    await reports(leader, "Tanpa nama", "Ada senjata di gudang")
    assert not await world.rows("SELECT id FROM inbox WHERE address = :a AND parked_at IS NOT NULL", a=leader.address)
    assert not await holds(world, "senjata di gudang\"}")
    assert "inbox" not in await holds(world, "/rusak")


async def test_a_file_that_was_taken_out_again_names_nobody(world: World, leader: Chat, duty: Chat) -> None:
    await leader.agrees()
    await leader.says("/laporan")  # waits with its own name and files
    await leader.says("/situasi")
    await leader.taps("Tanpa nama")
    await leader.sends_file("gudang.pdf", "application/pdf", len(PDF), PDF)
    await leader.says("Ada senjata", "Bojong", "Dekat pasar")
    await leader.taps("Sedang terjadi")
    await leader.taps("Serius, perlu tindakan")
    await leader.says("hapus 1")
    await leader.taps("Lewati")
    await leader.taps("Kirim")
    number(leader, "SIT")
    assert not await world.rows("SELECT id FROM attachments")
    assert not await holds(world, "gudang.pdf")


async def test_a_file_of_another_form_survives_a_report_without_a_name(world: World, leader: Chat, officer: Chat) -> None:
    await leader.joins()
    await leader.says("/masukan")
    await leader.taps("Tanpa nama")
    await leader.says("/laporan")
    await leader.taps("Juli sampai Desember 2026")
    await leader.sends_photo(picture())
    await suggests_on(leader)
    assert len(await world.rows("SELECT id FROM attachments")) == 1
    await leader.says("/laporan")
    leader.sees("Apa nama kegiatannya?")


async def suggests_on(chat: Chat) -> None:
    await chat.says("/masukan")
    await chat.taps("Keluhan")
    await chat.says("Lampu jalan mati")
    await chat.taps("Lewati")
    await chat.taps("Kirim")


async def test_an_officer_who_reports_without_a_name_keeps_the_cards_on_their_page(
    world: World, leader: Chat, officer: Chat
) -> None:
    if world.channel != "web":
        pytest.skip("only our own page keeps lines")
    await leader.joins()
    await officer.says("/masukan")
    await officer.taps("Tanpa nama")
    code = await suggests(leader)
    officer.sees(code)
    await suggests_on(officer)
    assert "transcript" in await holds(world, "Lampu jalan mati")
    lines = await world.rows("SELECT body FROM transcript WHERE address = :a AND mine = 0", a=officer.address)
    assert [line for line in lines if code in line["body"]]


@pytest.mark.parametrize("typed", ["as it is", "asked for first", "with blanks"])
async def test_a_code_may_be_typed_in_every_way_and_is_never_kept(
    world: World, leader: Chat, duty: Chat, typed: str
) -> None:
    await leader.agrees()
    code = await reports(leader, "Tanpa nama")
    secret = secret_of(leader)
    await world.passes(minutes=11)
    if typed == "asked for first":
        await leader.says("/cek", secret)
    elif typed == "with blanks":
        await leader.says(f"/cek {secret.lower().replace('-', ' ')}")
    else:
        await leader.says(f"/cek {secret.replace('-', '–')}")
    leader.sees(code, "Kode berikutnya:")
    assert not await holds(world, secret)
    assert not await world.rows("SELECT id FROM drafts")


async def test_a_code_that_was_mistyped_is_not_kept_either(world: World, leader: Chat, duty: Chat) -> None:
    await leader.agrees()
    await leader.says("/cek AAAA-BBBB-CCC2")
    leader.sees("Kode itu tidak berlaku")
    await world.passes(minutes=11)
    await world.tidies()
    assert not await holds(world, "AAAA-BBBB-CCC2")


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
    await officer.says(f"tahan {row['code']}", "1 hari", "Terlalu sering")
    await leader.says(f"/cek {row['check_code']}")
    leader.sees("ASLI")
    await leader.says("/cek Ada kabar aneh di grup")
    await leader.taps("Minta klarifikasi")
    leader.sees("kami tahan dahulu atas keputusan petugas")
    assert len(await world.rows("SELECT id FROM tickets")) == 1


async def test_whether_there_is_such_a_number_is_not_told(world: World, leader: Chat, officer: Chat, duty: Chat) -> None:
    await leader.joins()
    code = await reports(leader)
    nobodys = "SIT-100000" if code != "SIT-100000" else "SIT-100001"
    for word in ("", "terima ", "jawab ", "berkas ", "verifikasi ", "balas "):
        for chat in (officer, leader) if not word or word != "balas " else (officer,):
            if chat is leader and word == "":
                continue
            await chat.says(f"{word}{nobodys}")
            unknown = chat.screen
            await chat.says(f"{word}{code}")
            assert chat.screen == unknown


async def test_a_colleague_who_left_gets_no_word_any_more_and_others_can_take_over(
    world: World, sent: str, leader: Chat, officer: Chat, second: Chat
) -> None:
    await officer.says(f"terima {sent}")
    await loses_roles(world, "Petugas Kantor")
    officer.looks_up()
    second.looks_up()
    await leader.says(f"balas {sent}", "Nomor saya tersambung ke tetangga")
    await leader.taps("Lewati")
    officer.sees_nothing()
    second.sees("Balasan dari pengirim", "tersambung ke tetangga")
    await second.says(f"terima {sent}")
    second.sees("sekarang di tangan Bapak/Ibu")


async def test_a_talk_goes_on_with_somebody_else_when_its_officer_left(
    world: World, talking: str, leader: Chat, officer: Chat, second: Chat
) -> None:
    await officer.says(f"bicara {talking}")
    await loses_roles(world, "Petugas Kantor")
    officer.looks_up()
    second.looks_up()
    await leader.says("Masih ada orang?")
    officer.sees_nothing()
    second.sees(talking, "Masih ada orang?")
    await second.says(f"bicara {talking}", "Ada, Bu.")
    leader.sees("Petugas Kedua: Ada, Bu.")
    await officer.says("rahasia saya")
    leader.sees_no("rahasia")


async def test_an_alarm_nobody_would_hear_goes_to_everybody_who_could_act(
    world: World, sent: str, officer: Chat, second: Chat
) -> None:
    await officer.says(f"terima {sent}", "BERHENTI")
    second.looks_up()
    await world.ticks_at(at(25, 12))
    second.sees(f"batas waktu {sent} hampir habis")
    second.looks_up()
    await world.ticks_at(at(26, 12))
    second.sees(f"{sent} LEWAT BATAS WAKTU")


async def test_a_reply_reaches_somebody_when_its_officer_said_stop(
    world: World, sent: str, leader: Chat, officer: Chat, second: Chat
) -> None:
    await officer.says(f"terima {sent}", "BERHENTI")
    second.looks_up()
    await leader.says(f"balas {sent}", "Masih mati")
    await leader.taps("Lewati")
    second.sees("Balasan dari pengirim", "Masih mati")


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


async def test_a_prepared_reply_that_goes_while_it_is_chosen_is_asked_for_anew(
    world: World, sent: str, leader: Chat, officer: Chat, second: Chat
) -> None:
    chief = world.phone("Admin Kantor")
    await chief.becomes_officer("admin")
    await chief.says("/balasan")
    await chief.taps("Tulis baru")
    await chief.taps("Masukan")
    await chief.taps("Jawaban")
    await chief.says("Diteruskan", "Sudah kami teruskan.")
    await chief.taps("Kirim")
    await officer.says(f"jawab {sent}")
    await second.says(f"jawab {sent}")
    await second.taps("Tulis sendiri")
    await second.says("Sedang dicek.")
    await officer.taps("Diteruskan")
    officer.sees("Tetap dikirim?")
    await chief.says("/balasan")
    await chief.taps("Hapus Diteruskan")
    await officer.taps("Tetap kirim")
    officer.sees("Apa jawabannya?")
    leader.looks_up()
    await officer.says("Besok diganti.")
    leader.sees("Besok diganti.")


async def test_a_disposition_takes_the_talk_along(
    world: World, talking: str, leader: Chat, officer: Chat, second: Chat
) -> None:
    await officer.says(f"bicara {talking}", "Sebentar, Bu.")
    await officer.says(f"disposisi {talking}", "Petugas Kedua", "Mohon dilanjutkan")
    await officer.taps("Lewati")
    leader.looks_up()
    await officer.says("halo")
    leader.sees_nothing()
    await second.says(f"bicara {talking}", "Saya lanjutkan, Bu.")
    leader.sees("Petugas Kedua: Saya lanjutkan, Bu.")
    await second.says("/selesai")
    second.sees("Apa hasilnya?")
    await second.says("Sudah dijelaskan.")
    leader.sees(f"{talking} sudah selesai")


async def test_a_file_that_cannot_be_taken_is_not_announced_in_a_talk(
    world: World, talking: str, leader: Chat, officer: Chat
) -> None:
    await officer.says(f"bicara {talking}")
    await leader.sends_file("gambar.svg", "image/svg+xml", 100, b"<svg/>")
    leader.sees("tidak bisa kami terima")
    officer.sees_nothing()


async def test_long_words_in_a_talk_arrive_whole(talking: str, leader: Chat, officer: Chat) -> None:
    await officer.says(f"bicara {talking}")
    await leader.says("panjang sekali " * 260 + "sampai akhir")
    officer.sees("sampai akhir")


async def test_who_said_stop_is_told_that_no_answer_can_reach_them(
    talking: str, leader: Chat, officer: Chat
) -> None:
    await leader.says("BERHENTI")
    await leader.says("Masih ada orang?")
    leader.sees("sedang berhenti menerima kabar", "MULAI")


async def test_both_senders_of_one_thing_get_its_end(world: World, leader: Chat, duty: Chat) -> None:
    await leader.joins()
    first = await reports(leader)
    other = world.phone("Budi Santoso")
    await other.joins("Forum Mawar")
    later = await reports(other, words="Tawuran di pasar")
    await duty.says(f"gabungkan {later}")
    await duty.taps(f"{first}: Ada tawuran (BELUM DIVERIFIKASI)")
    other.looks_up()
    await duty.says(f"selesaikan {first}", "Sudah ditangani.")
    leader.sees(f"{first} sudah selesai", "Sudah ditangani.")
    other.sees(later, "Sudah ditangani.")
    await other.says(f"/status {later}")
    other.sees("Sudah ditangani.")


async def test_a_second_question_has_its_own_ten_days(world: World, sent: str, leader: Chat, officer: Chat) -> None:
    await officer.says(f"tanya {sent}", "Di jalan mana?")
    world.now = at(3, 10, month=12)
    await officer.says(f"tanya {sent}", "Atau di desa mana?")
    leader.looks_up()
    await world.ticks_at(at(7, 12, month=12))
    leader.sees_no("kami tutup dahulu")
    await world.ticks_at(at(17, 12, month=12))
    leader.sees_no("kami tutup dahulu")
    await world.ticks_at(at(18, 12, month=12))
    leader.sees("kami tutup dahulu")


async def test_a_part_pressed_twice_is_asked_for_once(world: World, sent: str, leader: Chat, officer: Chat) -> None:
    await officer.says(f"minta kirim ulang {sent}")
    await officer.taps("Isi")
    leader.sees("mohon dikirim ulang: Isi")
    leader.looks_up()
    await officer.taps("Isi")
    leader.sees_nothing()
