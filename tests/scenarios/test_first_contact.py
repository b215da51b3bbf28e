"""First contact: greeting, privacy notice, consent. Nothing is stored of someone who has not agreed."""

import pytest
from pydantic import ValidationError

from handlers.office.profile import Privacy
from tests.chat import Chat
from tests.world import World


async def test_a_newcomer_is_greeted_and_asked_for_consent_before_anything_else(leader: Chat) -> None:
    await leader.says("/audiensi")
    leader.sees(
        "selamat datang", "versi 2026-12", "/dataku", "/hapus", "BERHENTI", "Apakah Bapak/Ibu setuju?", "Setuju"
    )
    leader.sees_no("Siapa nama")


@pytest.mark.parametrize("word", ["setuju", "SETUJU.", "Saya setuju"])
async def test_agreeing_by_word_is_as_good_as_a_tap(leader: Chat, word: str) -> None:
    await leader.says("halo", word)
    leader.sees("sudah kami catat", "Ada yang bisa kami bantu?", "Minta audiensi")


@pytest.mark.parametrize("word", ["ya", "1", "nggih", "yes"])
async def test_a_word_that_could_mean_anything_is_no_consent(world: World, leader: Chat, word: str) -> None:
    """Nobody knows whether the notice was seen: before consent nothing is stored."""
    await leader.says(word)
    leader.sees("Apakah Bapak/Ibu setuju?")
    assert not await world.rows("SELECT * FROM consents")


async def test_consent_is_recorded_with_its_version_its_time_and_its_channel(world: World, leader: Chat) -> None:
    await leader.agrees()
    (consent,) = await world.rows("SELECT * FROM consents")
    assert consent["version"] == "2026-12"
    assert consent["channel"] == world.channel
    assert consent["given_at"] == "2026-11-23T03:00:00.000000+00:00"


@pytest.mark.parametrize("refusal", ["Tidak setuju", "tidak", "mboten"])
async def test_refusing_is_respected_and_can_be_taken_back(world: World, leader: Chat, refusal: str) -> None:
    await leader.says("halo")
    await (leader.taps(refusal) if refusal == "Tidak setuju" else leader.says(refusal))
    leader.sees("Tidak ada yang kami simpan", "kirim halo")
    await nobody_is_remembered(world, leader)
    await leader.says("halo")
    leader.sees("Apakah Bapak/Ibu setuju?")


async def test_nothing_is_stored_of_someone_who_only_looked(world: World, leader: Chat) -> None:
    await leader.says("Nama saya Siti Aminah, mau ketemu Pak Kepala")
    await leader.says("/audiensi", "halo?")
    await nobody_is_remembered(world, leader)
    await world.passes(hours=2)
    await world.tidies()
    told = await world.everything()
    assert not [name for name, rows in told.items() if "Siti" in rows or "Kepala" in rows or leader.address in rows]


async def nobody_is_remembered(world: World, person: Chat) -> None:
    for table in ("people", "chats", "consents", "drafts"):
        assert await world.rows(f"SELECT * FROM {table}") == []
    inbox = await world.rows("SELECT raw, address, done_at FROM inbox")
    assert all(row["raw"] == b"" and row["address"] is None and row["done_at"] for row in inbox)
    outbox = await world.rows("SELECT body, address, settled_at FROM outbox")
    assert all((row["body"], row["address"]) == ("", "") and row["settled_at"] for row in outbox)


async def test_what_the_newcomer_came_for_goes_on_after_consent(world: World, leader: Chat) -> None:
    await leader.says("/audiensi")
    await leader.taps("Setuju")
    if world.channel == "plain":  # a typed "1" carries nothing, and nothing was stored
        leader.sees("sudah kami catat", "Minta audiensi")
        return
    leader.sees("sudah kami catat", "berkenalan", "Siapa nama Bapak/Ibu?")


async def test_an_english_speaker_finds_the_way_and_is_remembered_as_one(world: World, leader: Chat) -> None:
    await leader.says("halo")
    await leader.taps("English")
    leader.sees("2026-12", "Bahasa Indonesia")
    await leader.says("agree")
    assert (await world.rows("SELECT language FROM people")) == [{"language": "en"}]


async def test_english_can_be_asked_for_by_typing_it(leader: Chat) -> None:
    await leader.says("english")
    leader.sees("Bahasa Indonesia")
    await leader.says("bahasa indonesia")
    leader.sees("Apakah Bapak/Ibu setuju?", "English")


async def test_a_new_version_of_the_notice_is_asked_about_again(world: World, leader: Chat) -> None:
    await leader.joins()
    world.office = world.office.model_copy(
        update={"privacy": world.office.privacy.model_copy(update={"version": "2027-01"})}
    )
    await leader.says("/status")
    leader.sees("versi 2027-01", "Apakah Bapak/Ibu setuju?")
    await leader.taps("Setuju")
    leader.sees("sudah kami catat")
    await leader.says("/status")
    leader.sees("belum mengirim apa pun")
    assert [row["version"] for row in await world.rows("SELECT version FROM consents ORDER BY id")] == [
        "2026-12",
        "2027-01",
    ]


async def test_a_new_notice_takes_nobody_their_rights(world: World, leader: Chat) -> None:
    await leader.joins()
    world.office = world.office.model_copy(
        update={"privacy": world.office.privacy.model_copy(update={"version": "2027-01"})}
    )
    await leader.says("tidak")
    leader.sees("Data Bapak/Ibu yang lama tetap", "/dataku", "/hapus")
    await leader.says("/dataku")
    leader.sees("Nama: Siti Aminah")
    await leader.says("BERHENTI")
    leader.sees("tidak akan mengirim apa pun")
    await leader.says("/hapus")
    leader.sees("Ini tidak bisa dikembalikan", "Ya, hapus data saya")


async def test_an_old_consent_button_does_not_agree_to_a_notice_nobody_showed(world: World, leader: Chat) -> None:
    await leader.says("halo")
    world.office = world.office.model_copy(
        update={"privacy": world.office.privacy.model_copy(update={"version": "2027-01"})}
    )
    await leader.taps("Setuju")
    if world.channel == "plain":
        return
    leader.sees("versi 2027-01", "Apakah Bapak/Ibu setuju?")
    assert await world.rows("SELECT * FROM people") == []


@pytest.mark.parametrize("version", ["2026.11", "", "2026-11-23-final", "dua satu"])
def test_a_version_that_would_break_the_consent_button_is_no_version(version: str) -> None:
    with pytest.raises(ValidationError):
        Privacy(version=version, contact="petugas")
