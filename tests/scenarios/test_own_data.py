"""`/dataku` and `/hapus`: a person sees, takes along and erases what is stored about them."""

import json
import re
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from storage.meetings import history
from tests.chat import Chat
from tests.made import PDF
from tests.world import World

SECRETS = ("Siti Aminah", "Program kerja 2027", "permohonan-siti.pdf", "Waktunya berbenturan")


@pytest.fixture
async def lived(world: World, leader: Chat, officer: Chat) -> Chat:
    """A leader with a letter, a move, an approval and a form half filled in."""

    async def live() -> str:
        await leader.joins()
        await leader.says("/audiensi", "audiensi", "kepala", "Program kerja 2027", "besok 08.30", "Siti Aminah", "1")
        await leader.sends_file("permohonan-siti.pdf", "application/pdf", len(PDF), PDF)
        await world.fetches()
        await leader.says("1", "selesai", "kirim")
        await officer.says("lihat surat aud 1", "setujui aud 1")
        await leader.says("ubah aud 1", "kamis 09.30", "Waktunya berbenturan", "kirim")
        await officer.says("/antrean", "setujui aud 1", "/gabung salah")
        await leader.says("/gabung salah", "/audiensi", "silaturahmi")
        return ""

    await world.once("lived", live)
    leader.looks_up()
    return leader


async def taken_along(person: Chat) -> dict[str, Any]:
    await person.says("/dataku")
    document = person.new[-1].document
    assert document is not None
    assert (document.name, document.type) == ("dataku.json", "application/json")
    found: dict[str, Any] = json.loads(document.content)
    return found


async def test_everything_stored_is_shown_and_can_be_taken_along(world: World, lived: Chat) -> None:
    data = await taken_along(lived)
    lived.sees("Nama: Siti Aminah", "Permintaan: 1", "Ketua Forum Melati", "AUD-0001: Program kerja 2027", "JSON")
    assert data["diri"]["name"] == "Siti Aminah"
    assert data["persetujuan"][0]["version"] == "2026-12"
    assert data["saluran"][0]["address"] == lived.address
    assert data["keanggotaan"][0]["name"] == "Forum Melati"
    assert data["permintaan"][0]["topic"] == "Program kerja 2027"
    assert "Waktunya berbenturan" in [row["why"] for row in data["riwayat"]]
    assert data["berkas"][0]["name"] == "permohonan-siti.pdf"
    assert data["isian_belum_selesai"][0]["form"] == "audiensi"
    assert data["ormas_ditambahkan"][0]["name"] == "Forum Melati"
    assert len(data["percobaan_kode"]) == 1
    assert data["pesan_masuk"]
    assert data["pesan_keluar"]
    assert bool(data["obrolan_di_halaman"]) is (world.channel == "web")


async def test_every_table_that_knows_a_person_has_its_part_in_the_data(world: World, lived: Chat) -> None:
    data = json.dumps(await taken_along(lived))
    knowing = [
        name
        for name, rows in (await world.everything()).items()
        if any(secret in rows for secret in (*SECRETS, lived.address)) and name not in ("outbox", "transcript")
    ]
    assert set(knowing) <= {"people", "chats", "inbox", "meetings", "attachments", "history", "drafts"}, knowing
    assert all(secret in data for secret in (*SECRETS, lived.address))


async def test_an_officer_takes_their_deeds_along(lived: Chat, officer: Chat) -> None:
    assert lived.address
    data = await taken_along(officer)
    assert data["peran"][0]["role"] == "officer"
    assert [row["what"] for row in data["tindakan_sebagai_petugas"]] == [
        "joined",
        "read-letter",
        "approved",
        "approved",
    ]


async def test_erasing_is_asked_first_and_can_be_left(world: World, lived: Chat) -> None:
    await lived.says("/hapus")
    lived.sees(
        "Yang dihapus",
        "Yang tetap, tanpa nama",
        "wajib",
        "tidak bisa kami tarik kembali",
        "Ini tidak bisa dikembalikan",
    )
    await lived.taps("Tidak jadi")
    lived.sees("tidak ada yang dihapus")
    assert (await world.rows("SELECT name FROM people WHERE name = 'Siti Aminah'")) != []


async def test_after_erasing_no_table_knows_the_person(world: World, lived: Chat, officer: Chat) -> None:
    (before,) = await world.rows("SELECT count(*) AS n FROM audit")
    await lived.says("/hapus")
    await lived.taps("Ya, hapus data saya")
    lived.sees("sudah dihapus", "kirim halo")
    await world.passes(hours=2)
    await world.tidies()
    told = await world.everything()
    for secret in (*SECRETS, lived.address):
        assert [name for name, rows in told.items() if secret in rows] == [], secret
    officer.sees("AUD-0001 dibatalkan: pemohon meminta datanya dihapus")
    assert await world.rows("SELECT * FROM slots") == []
    (after,) = await world.rows("SELECT count(*) AS n FROM audit")
    assert after == before
    assert [path for path in (world.folder / "files").rglob("*") if path.is_file()] == []


async def test_what_stays_of_an_erased_request_has_no_name(lived: Chat, officer: Chat) -> None:
    await lived.says("/hapus")
    await lived.taps("Ya, hapus data saya")
    await officer.says("AUD-0001")
    officer.sees("AUD-0001", "sudah dibatalkan", "pemohon sudah menghapus datanya", "Riwayat:", "Disetujui")
    officer.sees_no("Siti", "Program kerja", "Topik")


async def test_who_was_erased_is_a_newcomer_again(world: World, lived: Chat) -> None:
    await lived.says("/hapus")
    await lived.taps("Ya, hapus data saya")
    await lived.says("/status")
    lived.sees("selamat datang", "Apakah Bapak/Ibu setuju?")
    await lived.says("setuju", "/status")
    lived.sees("belum mengirim apa pun")
    withdrawn = await world.rows("SELECT version, channel, given_at FROM consents WHERE withdrawn_at IS NOT NULL")
    assert [consent["version"] for consent in withdrawn] == ["2026-12"]


async def test_the_slot_of_an_erased_person_is_free_in_the_next_message(world: World, lived: Chat) -> None:
    await lived.says("/hapus")
    await lived.taps("Ya, hapus data saya")
    rival = world.phone("Budi Santoso")
    await rival.joins("Karang Taruna Mawar")
    await rival.says("/audiensi", "audiensi", "kepala", "Kerja bakti", "kamis 09.30")
    rival.sees("Dicatat: Kamis, 26 November 2026 pukul 09.30 WIB")


async def test_an_officer_halfway_through_refusing_someone_who_leaves_is_told(lived: Chat, officer: Chat) -> None:
    await officer.says("tolak ang 1")
    officer.sees("Apa alasannya?")
    await lived.says("/hapus")
    await lived.taps("Ya, hapus data saya")
    await officer.says("Tidak dikenal")
    officer.sees("Kepengurusan itu sudah tidak ada")
    await officer.says("/antrean")
    officer.sees("Antrean kosong")


async def test_an_old_button_erases_nothing(world: World, lived: Chat) -> None:
    if world.channel == "plain":
        pytest.skip("there is nothing to press in a terminal")
    await lived.says("/hapus")
    old = lived.new[-1].buttons["Ya, hapus data saya"]
    world.now += timedelta(minutes=61)
    for pressed in (old, "a.hapus-data.0", "a.hapus-data.999999999999999"):
        await lived.does(world.paper.press(lived.address, pressed))
        lived.sees("Bapak/Ibu ingin data dihapus?", "Ini tidak bisa dikembalikan")
    assert await world.rows("SELECT name FROM people WHERE name = 'Siti Aminah'")
    await lived.taps("Ya, hapus data saya")
    lived.sees("sudah dihapus")


@pytest.mark.parametrize("answer", ["tap", "Ya, hapus data saya", "1"])
async def test_a_newer_notice_does_not_stand_in_the_way_of_erasing(world: World, lived: Chat, answer: str) -> None:
    newer = world.office.privacy.model_copy(update={"version": "2027-01"})
    world.office = world.office.model_copy(update={"privacy": newer})
    await lived.says("/hapus")
    await (lived.taps("Ya, hapus data saya") if answer == "tap" else lived.says(answer))
    lived.sees("sudah dihapus")


async def test_data_taken_along_does_not_hold_what_was_taken_along_before(lived: Chat) -> None:
    sizes = [len(json.dumps(await taken_along(lived))) for _ in range(12)]
    assert sizes[-1] < 3 * sizes[0], sizes


async def test_an_officers_note_to_another_is_not_the_leaders_to_read(world: World, meeting: str, leader: Chat) -> None:
    (own,) = await world.rows("SELECT id, person_id FROM meetings")
    (officer,) = await world.rows("SELECT person_id FROM roles")
    async with world.awake() as room:
        for who in (own["person_id"], officer["person_id"]):
            note = partial(history.add, meeting_id=own["id"], person_id=who, what="forwarded", why=f"catatan {who}")
            await room.database.transact(partial(note, now=world.now))
    told = json.dumps((await taken_along(leader))["riwayat"])
    assert re.findall(r"catatan (\d+)", told) == [str(own["person_id"])]


async def test_erasing_a_short_name_leaves_the_cards_of_others(world: World, meeting: str) -> None:
    short = world.phone("a")
    await short.joins("Karang Taruna Mawar")
    before = await world.rows("SELECT count(*) AS n FROM outbox WHERE body LIKE '%AUD-0001%'")
    lines = await world.rows("SELECT count(*) AS n FROM transcript WHERE body LIKE '%AUD-0001%'")
    await short.says("/hapus")
    await short.taps("Ya, hapus data saya")
    assert await world.rows("SELECT count(*) AS n FROM outbox WHERE body LIKE '%AUD-0001%'") == before
    assert await world.rows("SELECT count(*) AS n FROM transcript WHERE body LIKE '%AUD-0001%'") == lines
    assert await world.rows("SELECT id FROM outbox WHERE body LIKE '%verifikasi ANG-0002%'") == []
    assert await world.rows("SELECT id FROM outbox WHERE body LIKE '%verifikasi ANG-0001%'") != []
