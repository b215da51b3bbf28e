"""What a leader types about a day or an hour, on Monday 23 November 2026 at ten."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from handlers.conversation.reading.dates import When, read_when

WIB = ZoneInfo("Asia/Jakarta")
MONDAY = datetime(2026, 11, 23, 10, tzinfo=WIB)
TODAY = MONDAY.date()
NOTHING = When()
ASK_DAY = When(ask="day")


def nov(day: int, hour: str | None = None) -> When:
    return When(date(2026, 11, day), time.fromisoformat(hour) if hour else None)


def dec(day: int, hour: str | None = None) -> When:
    return When(date(2026, 12, day), time.fromisoformat(hour) if hour else None)


def at(hour: str) -> When:
    return When(hour=time.fromisoformat(hour))


def part(name: str, day: date | None = None) -> When:
    return When(day=day, ask="hour", part=name)


RELATIVE_DAYS = {
    "bsk jam 9": nov(24, "09:00"),
    "bsok jm 9": nov(24, "09:00"),
    "besok pukul 13.30 WIB": nov(24, "13:30"),
    "besok 9.30": nov(24, "09:30"),
    "besok 9 pagi": nov(24, "09:00"),
    "jam 9 besok": nov(24, "09:00"),
    "lusa pagi": part("pagi", date(2026, 11, 25)),
    "besok lusa": nov(25),
    "hri ini jam 2": nov(23, "14:00"),
    "skrg": nov(23),
    "nanti sore": part("sore", TODAY),
    "nanti jam 3": nov(23, "15:00"),
    "pagi ini": part("pagi", TODAY),
    "kemarin jam 8": nov(22, "08:00"),
    "tadi malam": part("malam", date(2026, 11, 22)),
    "3 hari lagi": nov(26),
    "dua hari lagi jam sembilan": nov(25, "09:00"),
    "seminggu lagi": nov(30),
    "2 minggu lagi": dec(7),
    "3 hari yang lalu": nov(20),
}

WEEKDAY_NAMES = {
    "Senin": nov(30),
    "Senin ini": nov(23),
    "Senin depan jam 10": nov(30, "10:00"),
    "Senin lalu": nov(16),
    "Kamis": nov(26),
    "Kamis depan": dec(3),
    "Kamis mendatang": nov(26),
    "Kamis minggu depan": dec(3),
    "minggu depan hari Kamis": dec(3),
    "Rabu minggu ini": nov(25),
    "hari Minggu jam 9": nov(29, "09:00"),
    "Minggu": nov(29),
    "Ahad": nov(29),
    "malam Minggu": part("malam", date(2026, 11, 28)),
    "malam Minggu jam 7": nov(28, "19:00"),
    "malem Jumat Kliwon": part("malam", date(2026, 11, 26)),
    "Senin Pon": nov(30),
    "Rebo Legi jam sanga": nov(25, "09:00"),
    "Kamis jam setengah 10": nov(26, "09:30"),
    "besok Senin": nov(30),
    "Jum'at": nov(27),
    "hari ini Senin": nov(23),
}

WRITTEN_DATES = {
    "tgl 17": dec(17),
    "tgl 23": nov(23),
    "tgl 31": dec(31),
    "tgl 5 bln depan jam 9": dec(5, "09:00"),
    "bulan depan tanggal 5": dec(5),
    "tgl 2 bulan ini": nov(2),
    "tanggal 5 bulan 12": dec(5),
    "tanggal 17 Desember": dec(17),
    "tanggal dua puluh lima Desember": dec(25),
    "2 des": dec(2),
    "23 November": nov(23),
    "5 Januari": When(date(2027, 1, 5)),
    "29 Februari": When(date(2028, 2, 29)),
    "17 Desember tahun depan": When(date(2027, 12, 17)),
    "24 Desember 2026 jam 9": dec(24, "09:00"),
    "2 Desember 26": dec(2),
    "2 Desember 10 pagi": dec(2, "10:00"),
    "2 Desember 2020": When(date(2020, 12, 2)),
    "Senin 30 November 2026 pukul 10.00": nov(30, "10:00"),
    "Jum\u2019at, 4-Des-2026 pkl 13.30": dec(4, "13:30"),
    "17-12-2026 jam 10.00": dec(17, "10:00"),
    "jam 10 17 12 2026": dec(17, "10:00"),
    "2/12/26": dec(2),
    "2/12": dec(2),
    "2.12.2026": dec(2),
    "2 12 2026": dec(2),
    "tgl 2.12": dec(2),
    "tgl 2 12 jam 9": dec(2, "09:00"),
    "tgl 5, 2 orang": dec(5),
    "2026-12-02": dec(2),
    "2026-12-02T10:00:00+07:00": dec(2, "10:00"),
    "24/12/2026 13.00": dec(24, "13:00"),
    "jam 9 2 Desember": dec(2, "09:00"),
    "jm9 tgl17": dec(17, "09:00"),
    "２ Ｄｅｓ ２０２６ jam ９": dec(2, "09:00"),
    "be\u200bsok\u2060 jam\u00a09": nov(24, "09:00"),
}

HOURS = {
    "jam 9": at("09:00"),
    "pukul 09.00": at("09:00"),
    "09:30": at("09:30"),
    "0930": at("09:30"),
    "jam 1330": at("13:30"),
    "9": at("09:00"),
    "9.30": at("09:30"),
    "sembilan": at("09:00"),
    "jam sembilan tiga puluh": at("09:30"),
    "setengah 10": at("09:30"),
    "setengah sepuluh": at("09:30"),
    "jam setengah 10 malam": at("21:30"),
    "jam 1/2 10": at("09:30"),
    "½ 10": at("09:30"),
    "setengah 1": at("12:30"),
    "jam 4 setengah": at("16:30"),
    "4 setengah pagi": at("04:30"),
    "jam 10 kurang seperempat": at("09:45"),
    "jam 10 kurang 5": at("09:55"),
    "jam 10 lewat 10": at("10:10"),
    "pukul 9 lebih 15 menit": at("09:15"),
    "jam 2": at("14:00"),
    "jam 6": at("18:00"),
    "jam 12": at("12:00"),
    "02.00": at("02:00"),
    "04:30": at("04:30"),
    "jam 1 siang": at("13:00"),
    "jam 12 siang": at("12:00"),
    "jam 4 sore": at("16:00"),
    "sore jam 4": at("16:00"),
    "jam 7 malam": at("19:00"),
    "jam 12 malam": at("00:00"),
    "jam 5 pagi": at("05:00"),
    "pukul 02.00 siang": at("14:00"),
    "jam 9-11": at("09:00"),
    "jam 1 habis dzuhur": at("13:00"),
    "selamat pagi pak, jam 2": at("14:00"),
}

JAVANESE = {
    "sesuk jam 9": nov(24, "09:00"),
    "sesok": nov(24),
    "sesuk esuk": part("pagi", date(2026, 11, 24)),
    "mbenjang": nov(24),
    "ngenjing": nov(24),
    "mbenjing enjing": part("pagi", date(2026, 11, 24)),
    "benjang Senin": nov(30),
    "suk Senen": nov(30),
    "Slasa": nov(24),
    "Rebo": nov(25),
    "Kemis": nov(26),
    "Jemuah": nov(27),
    "Setu enjing jam wolu": nov(28, "08:00"),
    "dinten Rebo jam sedasa": nov(25, "10:00"),
    "wingi": nov(22),
    "jam 4 sonten": at("16:00"),
    "dalu": part("malam"),
}

ENGLISH = {
    "today": nov(23),
    "tomorrow at 9": nov(24, "09:00"),
    "tomorrow morning": part("pagi", date(2026, 11, 24)),
    "day after tomorrow": nov(25),
    "monday": nov(30),
    "next monday 9 am": nov(30, "09:00"),
    "this friday": nov(27),
    "sunday": nov(29),
    "in 3 days": nov(26),
    "a week from now": nov(30),
    "2 December": dec(2),
    "December 2, 2026 at 10:30": dec(2, "10:30"),
    "9 o'clock on the 2nd of December": dec(2, "09:00"),
    "1 pm": at("13:00"),
    "1 p.m.": at("13:00"),
    "half past nine": at("09:30"),
    "quarter to ten": at("09:45"),
    "ten past nine": at("09:10"),
    "next week": ASK_DAY,
}

VAGUE = {
    "minggu depan": ASK_DAY,
    "minggu ngarep": ASK_DAY,
    "minggu ini": ASK_DAY,
    "mgg dpn jam 9": When(hour=time(9), ask="day"),
    "minggu depan pagi": When(ask="day", part="pagi"),
    "akhir bulan": ASK_DAY,
    "awal bulan": ASK_DAY,
    "akhir pekan": ASK_DAY,
    "Desember": ASK_DAY,
    "2-3 hari lagi": ASK_DAY,
    "besok atau lusa": ASK_DAY,
    "tgl 17 atau 18": ASK_DAY,
    "pagi": part("pagi"),
    "abis dzuhur besok": part("siang", date(2026, 11, 24)),
    "Jumat habis jumatan": part("siang", date(2026, 11, 27)),
    "habis jumatan": part("siang", date(2026, 11, 27)),
    "bar luhur": part("siang"),
    "ba'da ashar": part("sore"),
    "habis maghrib": part("malam"),
    "kami 5 orang, besok pagi": part("pagi", date(2026, 11, 24)),
}

IMPOSSIBLE = {
    "31 Februari": NOTHING,
    "2/13/2026": NOTHING,
    "30/2/2027": NOTHING,
    "tgl 32": NOTHING,
    "tgl 31 bulan ini": NOTHING,
    "0/0/0000": NOTHING,
    "jam 25": NOTHING,
    "09.75": NOTHING,
    "24.00": NOTHING,
    "besok jam 25": nov(24),
    "31 Februari jam 9": at("09:00"),
}

NOT_ABOUT_TIME = {
    "": NOTHING,
    "kapan saja pak": NOTHING,
    "selamat siang bu": NOTHING,
    "proposal 9.30": NOTHING,
    "081234567890": NOTHING,
    "Rp 1.000.000": NOTHING,
    "2 minggu": NOTHING,
    "Pak Agus": NOTHING,
}


def cases(table: dict[str, When]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("said", "meant"), table.items(), ids=[said or "nothing" for said in table])


@cases(RELATIVE_DAYS)
def test_a_leader_counts_days_from_today(said: str, meant: When) -> None:
    assert read_when(said, MONDAY) == meant


@cases(WEEKDAY_NAMES)
def test_a_leader_names_a_weekday(said: str, meant: When) -> None:
    assert read_when(said, MONDAY) == meant


@cases(WRITTEN_DATES)
def test_a_leader_writes_a_date(said: str, meant: When) -> None:
    assert read_when(said, MONDAY) == meant


@cases(HOURS)
def test_a_leader_says_an_hour(said: str, meant: When) -> None:
    assert read_when(said, MONDAY) == meant


@cases(JAVANESE)
def test_an_elder_speaks_javanese(said: str, meant: When) -> None:
    assert read_when(said, MONDAY) == meant


@cases(ENGLISH)
def test_a_guest_speaks_english(said: str, meant: When) -> None:
    assert read_when(said, MONDAY) == meant


@cases(VAGUE)
def test_a_leader_who_is_vague_is_asked_rather_than_guessed_at(said: str, meant: When) -> None:
    assert read_when(said, MONDAY) == meant


@cases(IMPOSSIBLE)
def test_nobody_is_given_a_day_or_an_hour_that_does_not_exist(said: str, meant: When) -> None:
    assert read_when(said, MONDAY) == meant


@cases(NOT_ABOUT_TIME)
def test_a_leader_who_says_no_time_is_given_none(said: str, meant: When) -> None:
    assert read_when(said, MONDAY) == meant
