"""A no fits who reads it and says what to do instead; an officer's own words in a talk stay in the office."""

import pytest

from tests.chat import Chat
from tests.scenarios.announcing import hands_in, writes
from tests.scenarios.test_suggest import number
from tests.world import World


async def test_an_author_is_told_why_they_do_not_agree_to_it_and_who_can(officer: Chat, approver: Chat) -> None:
    await hands_in(officer)
    for verb in ("setujui", "tolak", "kembalikan", "kecualikan", "periksa"):
        await officer.says(f"{verb} UMU-0001")
        officer.sees("Bapak/Ibu yang menulisnya; penyetujunya harus orang lain.", "Penyetuju Kantor")


async def test_another_officer_is_told_who_decides(world: World, officer: Chat, approver: Chat) -> None:
    await hands_in(officer)
    other = world.phone("Petugas Lain")
    await other.becomes_officer()
    await other.says("setujui UMU-0001")
    other.sees("hanya untuk penyetuju atau admin", "minta bantuan")


async def test_a_leader_who_types_an_officers_verb_is_understood(approved: str, leader: Chat) -> None:
    await leader.says(f"batalkan {approved}")
    leader.sees("Apa alasannya?")
    await leader.says("Hujan deras", "kirim")
    leader.sees(f"{approved} sudah dibatalkan")


async def test_a_leader_is_told_what_they_can_do_instead(meeting: str, leader: Chat) -> None:
    await leader.says(f"setujui {meeting}")
    leader.sees("hanya untuk petugas", "/menu", "/petugas")
    await leader.says("/rekap")
    leader.sees("hanya untuk petugas", "/menu")


@pytest.fixture
async def talking(world: World, leader: Chat, officer: Chat) -> str:
    async def live() -> str:
        await leader.joins()
        await leader.says("/petugas", "Bagaimana cara mengajukan rekomendasi?")
        code = number(leader, "TNY")
        await officer.says(f"bicara {code}")
        return code

    return await world.once("a talk with both in it", live)


@pytest.mark.parametrize("said", ["catat: orangnya sulit", "Catatan: orangnya sulit", "catat - orangnya sulit"])
async def test_a_note_in_a_talk_stays_in_the_office(
    world: World, talking: str, leader: Chat, officer: Chat, said: str
) -> None:
    leader.looks_up()
    await officer.says(said)
    officer.sees("Dicatat untuk petugas saja, tidak dikirim ke pengirim: “orangnya sulit”")
    leader.sees_nothing()
    await leader.says(f"/status {talking}")
    leader.sees_no("orangnya sulit")


@pytest.mark.parametrize("said", ["catat orangnya sulit", "selesaikan", "disposisi: Petugas Kedua", "catat"])
async def test_an_officers_verb_in_a_talk_is_asked_about(
    world: World, talking: str, leader: Chat, officer: Chat, said: str
) -> None:
    leader.looks_up()
    await officer.says(said)
    officer.sees("belum dikirim ke pengirim", "catat:")
    leader.sees_nothing()


@pytest.mark.parametrize(
    "said", ["Terima kasih, Bu.", "Terima-kasih", "Jawabannya besok, Bu.", "Tanya saja di loket, Bu: buka jam 8."]
)
async def test_what_is_said_to_the_sender_still_arrives(talking: str, leader: Chat, officer: Chat, said: str) -> None:
    await officer.says(said)
    leader.sees(said)


async def test_reach_counts_ormas_as_well_as_people(world: World, officer: Chat, verified: Chat) -> None:
    await world.rows(
        """INSERT INTO organisations (name, kind, field, kecamatan, added_at)
        SELECT 'Ormas Tanpa Obrolan', kind, field, kecamatan, added_at FROM organisations RETURNING id"""
    )
    await writes(officer)
    officer.sees("1 pengurus.", "Semua pengurus itu dapat dihubungi.", "1 dari 2 ormas dapat dihubungi.")
    officer.sees("Ormas tanpa pengurus yang dapat dihubungi: Ormas Tanpa Obrolan.")
