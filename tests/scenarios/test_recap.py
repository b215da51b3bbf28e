"""`/rekap`: the numbers at once, a picture and a table a moment later; never more than somebody may take out."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from handlers.conversation.words import in_language
from handlers.recap import ask
from handlers.recap.table import HEADINGS, plain
from handlers.recap.words import at_least_a_tenth
from storage.database.database import Transaction
from storage.tickets import events, tickets
from storage.tickets.tickets import ANONYMOUS, HIDDEN, NAMED, NewTicket
from tests.chat import Chat
from tests.world import WIB, World, at

MONTH = datetime(2026, 11, 2, 8, 0, tzinfo=WIB)


async def live(world: World, year: Any) -> None:
    """Things happen in the office, all in one go."""
    world.past = None
    async with world.awake() as room:
        await room.database.transact(year)


def sent(tx: Transaction, kind: str, opened: datetime, **known: Any) -> int:
    """A ticket as some form wrote it, to be answered within a day and done within ten."""
    about = {"privacy": NAMED, "kecamatan": "Kajen", "field": "disabilitas"} | known
    new = NewTicket(kind, kind[:3].upper(), about.pop("title", "Lampu jalan mati"), {}, at(3, 8), at(13, 8), **about)
    return tickets.open_ticket(tx, new, opened).id


def november(tx: Transaction) -> None:
    """Six tickets of three kinds, one of them a situation report; one is answered in time, one late."""
    siti = tx.one("SELECT id FROM people WHERE name = 'Siti Aminah'")
    forum = tx.one("SELECT id FROM organisations")
    assert siti is not None
    assert forum is not None
    named = {"person_id": siti["id"], "organisation_id": forum["id"]}
    quick = sent(tx, "masukan", MONTH, title="=HYPERLINK(1)", **named)
    tickets.respond(tx, quick, at(2, 16))
    tickets.close(tx, quick, None, "done", at(3, 16))
    tickets.rate(tx, quick, 4)
    slow = sent(tx, "masukan", MONTH, privacy=HIDDEN, kecamatan="Doro", **named)
    tickets.respond(tx, slow, at(4, 16))
    sent(tx, "masukan", MONTH, privacy=ANONYMOUS, **named)
    sent(tx, "laporan", at(20, 9), period="2026-2", **named)
    sent(tx, "laporan", at(20, 9, month=10), period="2026-1", **named)
    sent(tx, "situasi", MONTH, level="bahaya", title="Bentrok", **named)
    events.add(tx, quick, "answered", at(2, 16), officer_id=None, words="ya")


@pytest.fixture
async def month(world: World, leader: Chat, officer: Chat) -> Chat:
    """An officer, after a month of work for one ormas."""

    async def joined() -> str:
        await leader.joins()
        return ""

    await world.once("a leader", joined)
    await live(world, november)
    return officer


def on_shelf(world: World, sha256: str) -> Path:
    return world.folder / "files" / sha256[:2] / sha256


def told(world: World, chat: Chat, ending: str) -> str:
    """What a file that came is made of: the pictures of these tests are what should be on them."""
    (document,) = [shown.document for shown in chat.new if shown.document and shown.document.name.endswith(ending)]
    return on_shelf(world, document.sha256).read_text()


async def test_a_recap_answers_at_once_and_its_picture_and_table_follow(world: World, month: Chat) -> None:
    await month.says("/rekap")
    month.sees("Rekap untuk masa yang mana?", "Bulan ini", "Semester lalu")
    await month.taps("Bulan ini")
    month.sees(
        "Rekap November 2026",
        "Kiriman: 4 masuk, 1 selesai, 3 masih terbuka, 3 terlambat.",
        "Laporan kegiatan: 1 masuk",
        "Masukan: 3 masuk, 1 selesai, 2 masih terbuka",
        "Masukan: jawaban separuhnya dalam 0,9, sembilan dari sepuluh dalam 2,9; selesai separuhnya dalam 1,9",
        "rata-rata 4,0 dari 4 (1 penilaian)",
        "Kajen 3, Doro 1",
        "Disabilitas 2, tidak diketahui 2",
        "Laporan kegiatan Juli sampai Desember 2026 (paling lambat Minggu, 31 Januari 2027): 1 dari 1 ormas (100 %)",
        "sebentar lagi",
    )
    month.sees("Laporan situasi tidak dihitung di sini.")
    month.sees_no("Laporan situasi:", "Bentrok")
    await world.draws()
    month.sees("Rekap November 2026", "Tabel November 2026")
    drawn = json.loads(told(world, month, ".png"))
    assert drawn["figures"] == [["4", "masuk"], ["1", "selesai"], ["3", "terbuka"], ["3", "terlambat"]]
    assert [panel["title"] for panel in drawn["panels"]][:2] == [
        "Kiriman menurut jenis",
        "Hari kerja sampai jawaban pertama",
    ]
    (picture,) = [shown.document for shown in month.new if shown.document and shown.document.alt]
    assert picture is not None
    assert picture.alt == "Gambar rekap November 2026; angkanya ada di pesan sebelumnya."
    (asked,) = await world.rows("SELECT what, subject FROM audit WHERE what = 'recap'")
    assert asked["subject"] == "2026-11"


async def test_the_table_names_nobody_who_did_not_want_to_be_named(world: World, month: Chat) -> None:
    await month.says("/rekap november 2026")
    await world.draws()
    head, *rows = [json.loads(line) for line in told(world, month, ".xlsx").splitlines()]
    assert head["headings"] == [plain(heading) for heading in HEADINGS]
    people = {(row[1], row[2]): (row[3], row[4], row[8]) for row in rows}
    assert people == {
        ("Masukan", "Dengan nama"): ("Siti Aminah", "Forum Melati", "Disabilitas"),
        ("Masukan", "Nama dirahasiakan"): ("", "", ""),
        ("Masukan", "Tanpa nama"): ("", "", ""),
        ("Laporan kegiatan", "Dengan nama"): ("Siti Aminah", "Forum Melati", "Disabilitas"),
    }
    (report,) = [row for row in rows if row[1] == "Laporan kegiatan"]
    assert report[6] == "Juli sampai Desember 2026"
    assert report[9:12] == ["2026-11-20", None, None]
    (quick,) = [row for row in rows if row[5] == "=HYPERLINK(1)"]
    assert quick[12:] == ["selesai", 0.9, 1.9, "", None, "Sangat puas"]
    assert "SIT-" not in str(rows)


async def test_a_recap_is_for_officers(world: World, month: Chat, leader: Chat) -> None:
    leader.looks_up()
    await leader.says("/rekap 2026")
    leader.sees("hanya untuk petugas")
    watch = world.phone("Petugas Piket")
    code = await world.code("duty")
    await watch.agrees()
    await watch.says(f"/gabung {code}", "/rekap 2026")
    watch.sees("hanya untuk petugas")
    await month.says("/rekap tahun 2026")
    await live(world, lambda tx: tx.run("DELETE FROM roles"))
    month.looks_up()
    await world.draws()
    month.sees_nothing()
    assert [job["outcome"] for job in await world.rows("SELECT outcome FROM jobs")] == ["void"]


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("februari 2024", "Rekap Februari 2024"),
        ("semester lalu", "Rekap Semester 1 tahun 2026"),
        ("01/2025", "Rekap Januari 2025"),
        ("desember", "Rekap Desember 2025"),
    ],
)
async def test_a_period_can_be_typed_and_one_without_anything_says_so(
    world: World, officer: Chat, said: str, heard: str
) -> None:
    await officer.says("/rekap", said)
    officer.sees(heard, "belum ada kiriman dan audiensi")
    officer.sees_no("sebentar lagi")
    assert await world.rows("SELECT id FROM jobs") == []


async def test_a_period_that_is_none_or_has_not_begun_is_asked_again(world: World, officer: Chat) -> None:
    await officer.says("/rekap", "entah")
    officer.sees("belum kami pahami", "Januari 2026")
    await officer.says("desember 2026")
    officer.sees("Desember 2026 belum mulai")
    await officer.says("batal")
    officer.sees("ditutup")


async def test_what_takes_long_to_count_comes_with_its_picture(
    world: World, month: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ask, "AT_ONCE", 3)
    await month.says("/rekap bulan ini")
    month.sees("Kirimannya banyak. Rekap November 2026 kami hitung dahulu")
    month.sees_no("masuk")
    await world.draws()
    month.sees("Rekap November 2026", "Kiriman: 4 masuk", "sembilan dari sepuluh dalam 2,9", "Tabel November 2026")


async def test_who_asks_twice_gets_one_picture(world: World, month: Chat) -> None:
    await month.says("/rekap 2026", "/rekap 2026")
    assert len(await world.rows("SELECT id FROM jobs")) == 1
    await world.draws()
    assert len([shown for shown in month.new if shown.document]) == 2
    await month.says("/rekap 2026")
    assert len(await world.rows("SELECT id FROM jobs")) == 2


@pytest.mark.parametrize("program", [("false",), ("sh", "-c", "true"), ("sh", "-c", "kill -9 $$")])
async def test_a_picture_that_cannot_be_drawn_is_tried_three_times_and_then_said(
    world: World, month: Chat, program: tuple[str, ...]
) -> None:
    world.draws_with = program
    await month.says("/rekap bulan ini")
    month.looks_up()
    for minutes in (0, 1):
        world.now = at(23, 11, minutes)
        await world.draws()
        month.sees_nothing()
    world.now = at(23, 11, 2)
    await world.draws()
    month.sees("gambar dan tabel rekap November 2026 tidak berhasil kami buat", "/rekap")
    assert not [path for path in (world.folder / "files").iterdir() if path.name.startswith("tmp")]
    await world.draws()
    assert len(month.new) == 1


async def test_a_job_that_died_with_its_process_is_done_by_the_next_and_not_for_ever(world: World, month: Chat) -> None:
    await month.says("/rekap bulan ini")
    month.looks_up()
    begun = "UPDATE jobs SET attempts = :attempts, due_at = '2026-11-23T03:15:00.000000+00:00'"
    await live(world, lambda tx: tx.run(begun, attempts=1))
    await world.draws()
    month.sees_nothing()
    world.now = at(23, 10, 16)
    await live(world, lambda tx: tx.run(begun, attempts=3))
    await world.draws()
    month.sees("tidak berhasil")


async def test_what_was_made_is_kept_until_it_is_sent_and_a_day_longer(world: World, month: Chat) -> None:
    await month.says("/rekap bulan ini")
    await world.draws()
    kept = "SELECT sha256 FROM made_files"
    assert len(await world.rows(kept)) == 2
    await live(world, lambda tx: tx.run("UPDATE outbox SET settled_at = NULL WHERE subject = 'job:1'"))
    world.now = at(25, 10)
    await world.tidies()
    assert len(await world.rows(kept)) == 2, "it is still on its way"
    await live(world, lambda tx: tx.run("UPDATE outbox SET settled_at = written_at WHERE subject = 'job:1'"))
    world.now = at(26, 9)
    await world.tidies()
    assert len(await world.rows(kept)) == 2
    world.now = at(26, 11)
    await world.tidies()
    assert await world.rows(kept) == []


async def test_an_officer_who_is_erased_takes_their_tables_along(world: World, month: Chat) -> None:
    await month.says("/rekap bulan ini")
    await world.draws()
    await month.says("/dataku")
    month.sees("Rekap yang diminta: 1")
    await month.says("/hapus")
    await month.taps("Ya, hapus data saya")
    assert await world.rows("SELECT id FROM jobs") == await world.rows("SELECT sha256 FROM made_files") == []


def test_an_answer_within_minutes_is_not_said_to_take_no_time() -> None:
    assert [in_language(at_least_a_tenth(days), "id") for days in (0.0, 0.04, 0.06, 2.0)] == [
        "kurang dari 0,1",
        "kurang dari 0,1",
        "0,1",
        "2,0",
    ]
