"""WhatsApp names a person anew where a record stands already: the same person, or one whose number it was before."""

import json
from typing import Any

import pytest

from tests.chat import Chat
from tests.scenarios.test_link import links, taken_along
from tests.world import World

pytestmark = pytest.mark.parametrize("world", [("whatsapp", "sqlite"), ("whatsapp", "postgresql")], indirect=True)

NUMBER, BSUID = "6281999000111", "ID.1349777000000001"
TOGETHER = "yang baru sekarang kami satukan"


def item(world: World, old: str, **content: Any) -> bytes:
    sender = {"from": old} if old.isdecimal() else {"from_user_id": old}
    message = {"id": f"wamid.{old}{content}", "timestamp": str(int(world.now.timestamp()))} | sender
    return json.dumps({"metadata": {}, "contacts": [], "message": message | content}).encode()


def notice(world: World, old: str, new: str) -> bytes:
    """What WhatsApp tells when somebody changes their number at this moment."""
    system = {"type": "user_changed_number", "body": f"User A changed from {old} to {new}"}
    return item(world, old, type="system", system=system | {"wa_id" if new.isdecimal() else "user_id": new})


def with_both_names(world: World, number: str, user: str, said: str = "/status") -> bytes:
    return item(world, number, from_user_id=user, type="text", text={"body": said})


async def moves(world: World, old: Chat, new: str) -> Chat:
    """Nothing stands in the way."""
    await world.arrives(notice(world, old.address, new))
    return Chat(world, old.name, new)


async def begins_anew(world: World, new: str) -> Chat:
    """Somebody is the leader of another ormas and asks for a meeting, AUD-0002."""
    world.now = world.now.replace(minute=world.now.minute + 5)
    anew = Chat(world, "Siti A.", new)
    await anew.joins("Karang Taruna Mawar")
    assert await anew.requests(hour="jam 10") == "AUD-0002"
    return anew


@pytest.mark.parametrize("new", [NUMBER, BSUID])
async def test_who_began_anew_before_we_were_told_is_one_person_again(
    world: World, meeting: str, leader: Chat, new: str
) -> None:
    told = notice(world, leader.address, new)
    anew = await begins_anew(world, new)
    rows = await world.rows("SELECT (SELECT count(*) FROM meetings) AS m, (SELECT count(*) FROM consents) AS c")
    anew.looks_up()
    await world.arrives(told)
    anew.sees(TOGETHER, "tidak dapat dipisahkan lagi dengan /lepaskan", "petugas di kantor", "/dataku")
    await anew.says("/status")
    anew.sees(meeting, "AUD-0002")
    anew.sees_no(TOGETHER)
    await anew.says("/profil")
    anew.sees("Nama: Siti Aminah", "Forum Melati", "Karang Taruna Mawar")
    data = await taken_along(anew)
    assert [row["nama_sebelumnya"] for row in data["penggabungan"]] == ["Siti A."]
    assert len(data["persetujuan"]) == 2
    assert rows == await world.rows("SELECT (SELECT count(*) FROM meetings) AS m, (SELECT count(*) FROM consents) AS c")
    await anew.says("/lepaskan")
    anew.sees("Tidak ada obrolan yang terhubung")
    audited = await world.rows("SELECT what, why FROM audit WHERE what IN ('merged', 'moved') ORDER BY id")
    assert [row["what"] for row in audited] == ["merged", "merged", "moved"]


async def test_told_twice_it_happens_once_and_the_old_number_opens_nothing(
    world: World, meeting: str, leader: Chat
) -> None:
    told = notice(world, leader.address, NUMBER)
    anew = await begins_anew(world, NUMBER)
    anew.looks_up()
    await world.arrives(told)
    await world.arrives(notice(world, leader.address, NUMBER), notice(world, leader.address, BSUID))
    assert anew.screen.count(TOGETHER) == 1
    assert len(await world.rows("SELECT id FROM merges")) == 1
    await leader.says("/status")
    leader.sees("Apakah Bapak/Ibu setuju?")
    leader.sees_no(meeting)


async def test_news_that_waited_for_the_old_number_comes_to_the_new_one(
    world: World, meeting: str, leader: Chat, officer: Chat
) -> None:
    told = notice(world, leader.address, NUMBER)
    anew = await begins_anew(world, NUMBER)
    await world.arrives(told)
    anew.looks_up()
    await officer.says(f"setujui {meeting}")
    anew.sees("Kabar baik", meeting)


async def test_what_was_verified_under_the_newer_name_is_asked_again(
    world: World, meeting: str, leader: Chat, officer: Chat
) -> None:
    told = notice(world, leader.address, NUMBER)
    await begins_anew(world, NUMBER)
    await officer.says("verifikasi ANG-1", "verifikasi ANG-2")
    officer.looks_up()
    await world.arrives(told)
    officer.sees("mohon diperiksa", "Nama: Siti Aminah", "Ormas: Karang Taruna Mawar")
    verified = await world.rows("SELECT id FROM memberships WHERE verified_at IS NOT NULL")
    assert verified == [{"id": 1}]


async def test_a_record_that_was_there_before_may_be_somebody_elses(
    world: World, meeting: str, leader: Chat, officer: Chat
) -> None:
    """The number was given to a new person: theirs comes along, the earlier one opens no more and is not lost."""
    before = await begins_anew(world, NUMBER)
    beside = world.beside(world.elsewhere, "Pemilik lama")
    await links(before, beside)
    world.now = world.now.replace(minute=30)
    officer.looks_up()
    beside.looks_up()
    mover = await moves(world, leader, NUMBER)
    officer.sees("atas nama Siti A. (ANG-0002) sekarang dipakai Siti Aminah (ANG-0001)", "tidak kami satukan")
    officer.sees("Catatan Siti A. (ANG-0002) tetap tersimpan", "dipastikan langsung")
    beside.sees("sekarang dipakai akun lain", "/hubungkan")
    await mover.says("/status")
    mover.sees(meeting)
    mover.sees_no("AUD-0002", TOGETHER)
    mover.looks_up()
    await officer.says("setujui AUD-0002")
    mover.sees_nothing()
    beside.sees("Kabar baik", "AUD-0002")
    assert await world.rows("SELECT id FROM merges WHERE reason = 'moved'") == []
    assert [row["what"] for row in await world.rows("SELECT what FROM audit WHERE what IN ('set-aside', 'moved')")] == [
        "set-aside",
        "moved",
    ]


async def test_who_lost_the_number_can_be_erased_whole(world: World, meeting: str, leader: Chat, officer: Chat) -> None:
    before = await begins_anew(world, NUMBER)
    beside = world.beside(world.elsewhere, "Pemilik lama")
    await links(before, beside)
    world.now = world.now.replace(minute=30)
    await moves(world, leader, NUMBER)
    await beside.says("/hapus")
    await beside.taps("Ya, hapus data saya")
    await world.passes(hours=2)
    await world.tidies()
    for name, rows in (await world.everything()).items():
        assert "Siti A." not in rows, name
        assert f"{NUMBER} until" not in rows, name


async def test_an_officers_role_is_not_gained_with_their_old_number(
    world: World, meeting: str, leader: Chat, officer: Chat
) -> None:
    """Not even where it was given after the change: a role is a matter of an invitation, never of a number."""
    told = notice(world, leader.address, NUMBER)
    world.now = world.now.replace(minute=5)
    other = Chat(world, "Petugas Lain", NUMBER)
    await other.becomes_officer()
    officer.looks_up()
    await world.arrives(told)
    officer.sees("atas nama Petugas Lain sekarang dipakai Siti Aminah")
    mover = Chat(world, leader.name, NUMBER)
    await mover.says("/antrean")
    mover.sees("hanya untuk petugas")
    await mover.says("/status")
    mover.sees(meeting)
    assert await world.rows("SELECT id FROM merges") == []
    assert len(await world.rows("SELECT role FROM roles")) == 2


async def test_an_officer_who_changes_the_number_does_so_before_everybodys_eyes(
    world: World, meeting: str, officer: Chat
) -> None:
    other = world.phone("Petugas Lain")
    await other.becomes_officer()
    other.looks_up()
    mover = await moves(world, officer, NUMBER)
    other.sees("WhatsApp memberi tahu bahwa akun petugas Petugas Kantor berganti nomor", "beri tahu admin")
    await mover.says("/antrean")
    mover.sees(meeting)
    await officer.says("/antrean")
    officer.sees("Apakah Bapak/Ibu setuju?")


async def test_a_number_that_becomes_known_later_brings_its_record_along(
    world: World, meeting: str, leader: Chat
) -> None:
    """Somebody without a number began anew; then a message names them by both."""
    anew = await begins_anew(world, BSUID)
    anew.looks_up()
    await world.arrives(with_both_names(world, leader.address, BSUID))
    anew.sees(meeting, "AUD-0002", TOGETHER)
    await world.arrives(with_both_names(world, leader.address, BSUID, "/profil"))
    assert anew.screen.count(TOGETHER) == 1
    anew.sees("Nama: Siti A.", "Forum Melati", "Karang Taruna Mawar")
    assert len(await world.rows("SELECT id FROM merges")) == 1


async def test_an_officers_number_brings_no_role_along(world: World, meeting: str, officer: Chat) -> None:
    other = world.phone("Petugas Lain")
    await other.becomes_officer()
    anew = await begins_anew(world, BSUID)
    other.looks_up()
    await world.arrives(with_both_names(world, officer.address, BSUID, "/antrean"))
    await world.arrives(with_both_names(world, officer.address, BSUID, "/antrean "))
    anew.sees("hanya untuk petugas")
    other.sees("atas nama Petugas Kantor sekarang dipakai Siti A. (ANG-0002)")
    assert other.screen.count("Petugas Kantor sekarang dipakai") == 1
    assert await world.rows("SELECT id FROM merges") == []


async def test_nobody_moves_by_a_number_we_do_not_know_or_by_saying_so(
    world: World, meeting: str, leader: Chat
) -> None:
    stranger = world.phone("Orang Asing")
    await stranger.agrees()
    world.now = world.now.replace(minute=5)
    unknown, system = "6281999000222", {"type": "user_changed_number", "wa_id": stranger.address}
    await world.arrives(notice(world, unknown, stranger.address), notice(world, unknown, NUMBER))
    await world.arrives(notice(world, leader.address, leader.address))
    await world.arrives(item(world, leader.address, type="text", text={"body": "halo"}, system=system))
    await world.arrives(item(world, leader.address, type="system", system=system | {"type": "customer_says_so"}))
    await stranger.says(f"User A changed from {leader.address} to {stranger.address}", "/status")
    stranger.sees("belum mengirim apa pun")
    await leader.says("/status")
    leader.sees(meeting)
    assert await world.rows("SELECT id FROM audit WHERE what IN ('merged', 'moved', 'set-aside')") == []


async def test_what_was_linked_can_still_be_parted_after_two_records_became_one(
    world: World, meeting: str, leader: Chat
) -> None:
    told = notice(world, leader.address, NUMBER)
    anew = await begins_anew(world, NUMBER)
    beside = world.beside(world.elsewhere, "Siti di rumah")
    await links(anew, beside)
    await world.arrives(told)
    again = await moves(world, anew, BSUID)
    await again.says("/lepaskan")
    await again.taps("Ya, lepaskan")
    again.sees("sudah dipisahkan")
    await beside.says("/status")
    beside.sees("belum mengirim apa pun")
    await again.says("/status")
    again.sees(meeting, "AUD-0002")


async def test_of_two_linked_chats_that_become_one_account_one_is_left(
    world: World, meeting: str, leader: Chat
) -> None:
    second = Chat(world, "Siti di kantor", NUMBER)
    await links(leader, second)
    await moves(world, leader, NUMBER)
    assert await world.rows("SELECT address FROM chats WHERE address = :old", old=leader.address) == []
    await second.says("/status")
    second.sees(meeting)
