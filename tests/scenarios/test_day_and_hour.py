"""Days and hours: what is typed is understood and said back in full, what is offered is real."""

import pytest

from tests.chat import Chat
from tests.world import World, at


async def to_day(leader: Chat, host: str = "Bidang Organisasi Kemasyarakatan") -> None:
    """Up to the question for the day."""
    await leader.says("/audiensi", "audiensi", host, "Program kerja")
    leader.sees("Hari apa?")


@pytest.fixture
async def asked(world: World, leader: Chat) -> Chat:
    """A leader who is asked for the day."""

    async def live() -> str:
        await leader.joins()
        await to_day(leader)
        return ""

    await world.once("asked for the day", live)
    return leader


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("besok", "Selasa, 24 November 2026"),
        ("lusa", "Rabu, 25 November 2026"),
        ("bsk", "Selasa, 24 November 2026"),
        ("kamis", "Kamis, 26 November 2026"),
        ("Senin depan", "Senin, 30 November 2026"),
        ("2 Desember", "Rabu, 2 Desember 2026"),
        ("2/12/2026", "Rabu, 2 Desember 2026"),
        ("tgl 27", "Jumat, 27 November 2026"),
        ("27", "Jumat, 27 November 2026"),
        ("5", "Senin, 30 November 2026"),  # the third day on the screen
    ],
)
async def test_a_typed_day_is_understood_and_said_back_in_full(asked: Chat, typed: str, day: str) -> None:
    await asked.says(typed)
    asked.sees(f"Dicatat: {day}.", "Jam berapa?")


@pytest.mark.parametrize(
    ("typed", "hour"),
    [("jam 9", "09.00"), ("09.30", "09.30"), ("9", "09.00"), ("pukul 13.30", "13.30"), ("jam 1", "13.00")],
)
async def test_a_typed_hour_is_understood_and_said_back_in_full(asked: Chat, typed: str, hour: str) -> None:
    await asked.says("besok", typed)
    asked.sees(f"Dicatat: Selasa, 24 November 2026 pukul {hour} WIB.", "Siapa saja yang akan hadir?")


async def test_a_day_and_an_hour_in_one_breath_answer_both_questions(asked: Chat) -> None:
    await asked.says("besok jam 9")
    asked.sees("Dicatat: Selasa, 24 November 2026 pukul 09.00 WIB.", "Siapa saja yang akan hadir?")


async def test_an_hour_said_along_that_is_not_free_is_not_passed_over(asked: Chat) -> None:
    await asked.says("besok jam 12")
    asked.sees("Jam 12.00 tidak tersedia pada Selasa, 24 November 2026", "Yang terdekat: 11.00, 13.00", "Jam berapa?")


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("kemarin", "sudah lewat"),
        ("20 November 2026", "sudah lewat"),
        ("hari ini", "terlalu dekat; paling cepat Selasa, 24 November 2026"),
        ("Sabtu", "Sabtu, 28 November 2026 kantor tutup"),
        ("Minggu ini", ""),
        ("1 Januari 2030", "masih terlalu jauh; paling jauh Senin, 14 Desember 2026"),
        ("minggu depan", "Hari apa tepatnya?"),
        ("kapan-kapan", "harinya belum kami pahami"),
        ("31 Februari", "harinya belum kami pahami"),
    ],
)
async def test_a_day_that_does_not_suit_is_refused_with_the_reason_and_asked_again(
    asked: Chat, typed: str, why: str
) -> None:
    await asked.says(typed)
    asked.sees(why, "Hari apa?")


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("24 Desember", "cuti bersama, kantor tutup"),
        ("25 Desember", "hari libur (Natal), kantor tutup"),
        ("26 Desember", "kantor tutup"),
    ],
)
async def test_the_office_is_closed_at_christmas(world: World, leader: Chat, typed: str, why: str) -> None:
    await leader.joins()
    world.now = at(14, 10, month=12)
    await to_day(leader)
    leader.sees_no("24 Desember", "25 Desember", "26 Desember")
    await leader.says(typed)
    leader.sees(why, "Hari apa?")


async def test_the_horizon_counts_working_days_over_the_holidays(world: World, leader: Chat) -> None:
    await leader.joins()
    world.now = at(14, 10, month=12)
    await to_day(leader)
    await leader.says("8 Januari 2027")
    leader.sees("Jam berapa?")
    await leader.says("kembali", "11 Januari 2027")
    leader.sees("masih terlalu jauh; paling jauh Jumat, 8 Januari 2027", "Hari apa?")


@pytest.mark.parametrize(
    ("typed", "why"),
    [("1 Januari", "hari libur (Tahun Baru Masehi), kantor tutup"), ("5 Januari", "hari libur (Isra Mikraj)")],
)
async def test_nobody_is_received_on_the_holidays_of_the_new_year(
    world: World, leader: Chat, typed: str, why: str
) -> None:
    await leader.joins()
    world.now = at(22, 10, month=12)
    await to_day(leader)
    leader.sees("Senin, 4 Januari 2027")
    leader.sees_no("1 Januari", "5 Januari")
    await leader.says(typed)
    leader.sees(why, "Hari apa?")


async def test_on_friday_the_door_closes_early(asked: Chat) -> None:
    await asked.says("Jumat")
    asked.sees("08.30", "09.00", "09.30", "10.00")
    asked.sees_no("10.30", "13.00")
    await asked.says("jam 1 siang")
    asked.sees("Jam 13.00 tidak tersedia", "Yang terdekat: 09.30, 10.00")


async def test_on_friday_afternoon_the_next_day_is_monday(world: World, leader: Chat) -> None:
    await leader.joins()
    world.now = at(27, 14)
    await to_day(leader)
    leader.sees("Senin, 30 November 2026")
    leader.sees_no("28 November", "29 November")


async def test_an_hour_of_another_day_says_which_day_is_being_asked_about(asked: Chat) -> None:
    await asked.says("besok", "lusa jam 9")
    asked.sees("Harinya Selasa, 24 November 2026", "kembali", "Jam berapa?")
    await asked.says("pagi saja")
    asked.sees("Jam berapa tepatnya?", "Jam berapa?")


async def test_the_secretary_has_time_to_breathe_between_two_guests(world: World, leader: Chat) -> None:
    await leader.joins()
    await leader.says("/audiensi", "audiensi", "sekretaris", "Program kerja", "besok")
    leader.sees("08.30", "09.30", "10.30", "13.00")
    leader.sees_no("09.15", "14.00")
    await leader.says("09.30", "Siti", "1", "lewati", "tidak ada", "kirim")
    rival = world.phone("Budi Santoso")
    await rival.joins("Karang Taruna Mawar")
    await rival.says("/audiensi", "audiensi", "sekretaris", "Kerja bakti", "besok")
    rival.sees("08.30", "10.30", "13.00")
    rival.sees_no("09.30")


async def test_a_host_receives_so_many_a_day_and_then_the_day_is_full(world: World, leader: Chat) -> None:
    await leader.joins()
    for hour in ("08.30", "10.30"):
        await leader.says("/audiensi", "audiensi", "kepala", "Program kerja", f"besok {hour}", "Siti", "1", "lewati")
        await leader.says("tidak ada", "kirim")
        leader.sees("sudah kami terima")
    await to_day(leader, "kepala")
    leader.sees_no("24 November")
    await leader.says("besok")
    leader.sees("Selasa, 24 November 2026 sudah penuh", "Hari apa?")
    await leader.says("batal")
    await to_day(leader, "sekretaris")
    leader.sees("Selasa, 24 November 2026")


async def test_the_whole_office_receives_so_many_a_day(world: World, leader: Chat) -> None:
    rules = world.office.meeting.model_copy(update={"per_day": 1})
    world.office = world.office.model_copy(update={"meeting": rules})
    await leader.asks()
    await to_day(leader, "kepala")
    await leader.says("besok")
    leader.sees("Selasa, 24 November 2026 sudah penuh")


async def test_when_nothing_is_free_another_host_can_be_chosen(world: World, leader: Chat) -> None:
    await leader.joins()
    rules = world.office.meeting.model_copy(update={"horizon_days": 1})
    world.office = world.office.model_copy(update={"meeting": rules})
    for hour in ("08.30", "10.30"):
        await leader.says("/audiensi", "audiensi", "kepala", "Program kerja", f"besok {hour}", "Siti", "1", "lewati")
        await leader.says("tidak ada", "kirim")
    await leader.says("/audiensi", "audiensi", "kepala", "Program kerja")
    leader.sees("Belum ada jadwal kosong di Kepala Badan sampai Selasa, 24 November 2026", "kembali")
    await leader.says("kembali", "kembali", "sekretaris")
    leader.sees("Hari apa?", "Selasa, 24 November 2026")


async def test_a_slot_taken_meanwhile_is_asked_again_and_the_rest_is_kept(world: World, leader: Chat) -> None:
    await leader.joins()
    await leader.fills_request(topic="Program kerja 2027")
    rival = world.phone("Budi Santoso")
    await rival.joins("Karang Taruna Mawar")
    await rival.requests()
    await leader.taps("Kirim")
    leader.sees("Jam 09.00 tidak tersedia pada Selasa, 24 November 2026", "Jam berapa?", "09.30")
    await leader.taps("09.30")
    leader.sees("Topik: Program kerja 2027", "pukul 09.30 WIB", "Yang hadir: Siti Aminah, Budi", "Sudah benar?")
    await leader.taps("Kirim")
    leader.sees("AUD-0002")


async def test_two_leaders_press_send_at_the_same_moment_and_one_gets_the_slot(world: World, leader: Chat) -> None:
    await leader.joins()
    await leader.fills_request()
    rival = world.phone("Budi Santoso")
    await rival.joins("Karang Taruna Mawar")
    await rival.fills_request()
    leader.looks_up()
    rival.looks_up()
    paper = world.paper
    await world.arrives(paper.text(leader.address, "kirim"), paper.text(rival.address, "kirim"))
    leader.sees("AUD-0001", "sudah kami terima")
    rival.sees("Jam 09.00 tidak tersedia", "Jam berapa?")
    assert len(await world.rows("SELECT * FROM slots")) == 1


async def test_an_hour_that_does_not_exist_on_the_new_day_is_asked_again(asked: Chat) -> None:
    await asked.says("besok jam 13.30", "Siti", "1", "lewati", "tidak ada")
    asked.sees("pukul 13.30 WIB", "Sudah benar?")
    await asked.says("ubah hari", "Jumat")
    asked.sees("Jam 13.30 tidak tersedia pada Jumat, 27 November 2026", "Jam berapa?")
    await asked.says("jam 10")
    asked.sees("Jumat, 27 November 2026 pukul 10.00 WIB", "Yang hadir: Siti", "Sudah benar?")


async def test_a_host_with_other_hours_asks_for_the_hour_again(asked: Chat) -> None:
    await asked.says("besok jam 9", "Siti", "1", "lewati", "tidak ada", "ubah tujuan", "kepala badan")
    asked.sees("Jam 09.00 tidak tersedia", "08.30", "09.30")
    await asked.says("09.30")
    asked.sees("Tujuan: Kepala Badan", "Topik: Program kerja", "pukul 09.30 WIB")
