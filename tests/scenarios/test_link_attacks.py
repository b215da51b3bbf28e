"""Linking as somebody would who means harm: guessing, replaying, forging, pressing what is not theirs."""

from datetime import timedelta

import pytest

from storage.people import chat_guesses
from tests.chat import Chat
from tests.scenarios.test_link import code_of, links, types_code
from tests.world import World


async def merged(world: World) -> bool:
    return bool(await world.rows("SELECT id FROM merges WHERE undone_at IS NULL"))


async def presses(chat: Chat, token: str) -> None:
    if chat.paper is chat.world.paper and chat.world.channel == "plain":
        pytest.skip("there is nothing to press in a terminal")
    await chat.does(chat.paper.press(chat.address, token))


@pytest.fixture
async def stranger(world: World) -> Chat:
    stranger = world.phone("Orang Asing")
    await stranger.agrees()
    return stranger


@pytest.fixture
async def wished(world: World, leader: Chat, there: Chat) -> Chat:
    """The other messenger has said yes; the leader has not."""
    await leader.joins()
    await there.agrees()
    await types_code(leader, there)
    await there.taps("Ya, hubungkan")
    return there


async def test_guessing_is_stopped_for_an_hour(world: World, leader: Chat, stranger: Chat) -> None:
    await leader.joins()
    code = await code_of(leader)
    for guess in range(5):
        await stranger.says(f"/hubungkan AAAA-AAA{guess + 2}")
        stranger.sees("Kode itu tidak berlaku")
    await stranger.says(f"/hubungkan {code}")
    stranger.sees("Terlalu banyak percobaan")
    await world.passes(minutes=61)
    await stranger.says(f"/hubungkan {await code_of(leader)}")
    stranger.sees("Kode dikenali")


async def test_strangers_do_not_close_it_for_all(world: World, leader: Chat, there: Chat) -> None:
    await leader.joins()
    await there.agrees()
    for number in range(13):
        stranger = world.phone(f"Orang Asing {number}")
        await stranger.agrees()
        await stranger.says(*(f"/hubungkan AAAA-AAA{guess + 2}" for guess in range(5)))
        await stranger.says(f"/hubungkan {await code_of(leader)}")
        stranger.sees("Terlalu banyak percobaan")
    await there.says(f"/hubungkan {await code_of(leader)}")
    there.sees("Kode dikenali")


@pytest.mark.parametrize("command", ["hubungkan", "gabung"])
async def test_erasing_oneself_does_not_make_room_for_more(world: World, stranger: Chat, command: str) -> None:
    await stranger.says(*(f"/{command} AAAA-AAA{guess + 2}" for guess in range(5)))
    await stranger.says("/hapus")
    await stranger.taps("Ya, hapus data saya")
    await stranger.agrees()
    await stranger.says(f"/{command} AAAA-AAA9")
    stranger.sees("Terlalu banyak percobaan")
    (guess,) = await world.rows("SELECT DISTINCT chat FROM chat_guesses")
    assert guess["chat"] == chat_guesses.hashed(world.channel, stranger.address)
    await world.passes(minutes=61)
    await stranger.says(f"/{command} AAAA-AAA9")
    stranger.sees("Kode itu tidak berlaku")


async def test_a_code_is_for_the_first_who_types_it(
    world: World,
    leader: Chat,
    there: Chat,
    stranger: Chat,
) -> None:
    await leader.joins()
    await there.agrees()
    code = await code_of(leader)
    await there.says(f"/hubungkan {code}")
    await stranger.says(f"/hubungkan {code}")
    stranger.sees("Kode itu tidak berlaku", "sudah dipakai")
    await presses(stranger, "a.hubungkan-ya.1")
    stranger.sees("tidak kami temukan")
    leader.looks_up()
    await there.says(f"/hubungkan {code}")
    await there.taps("Ya, hubungkan")
    leader.sees("ingin menghubungkan")


async def test_a_used_code_is_used(world: World, leader: Chat, there: Chat, stranger: Chat) -> None:
    await leader.joins()
    await there.agrees()
    code = await code_of(leader)
    await there.says(f"/hubungkan {code}")
    await there.taps("Ya, hubungkan")
    await leader.taps("Ya, itu saya")
    for again in (stranger, there):
        await again.says(f"/hubungkan {code}")
        again.sees("Kode itu tidak berlaku")
    await leader.says("itu saya TAU-0001")
    leader.sees("Kode itu sudah tidak berlaku")
    assert len(await world.rows("SELECT id FROM merges")) == 1


async def test_a_newer_code_takes_the_place_of_the_older(leader: Chat, there: Chat) -> None:
    await leader.joins()
    await there.agrees()
    old = await code_of(leader)
    await code_of(leader)
    await there.says(f"/hubungkan {old}")
    there.sees("Kode itu tidak berlaku")


async def test_a_code_lasts_a_quarter_of_an_hour(world: World, leader: Chat, there: Chat) -> None:
    await leader.joins()
    await there.agrees()
    code = await code_of(leader)
    world.now += timedelta(minutes=15)
    await there.says(f"/hubungkan {code}")
    there.sees("Kode itu tidak berlaku", "kedaluwarsa")


async def test_both_answers_must_come_in_time(world: World, leader: Chat, there: Chat) -> None:
    await leader.joins()
    await there.agrees()
    await types_code(leader, there)
    world.now += timedelta(minutes=16)
    leader.looks_up()
    await there.taps("Ya, hubungkan")
    there.sees("Kode itu sudah tidak berlaku")
    leader.sees_nothing()
    await types_code(leader, there)
    await there.taps("Ya, hubungkan")
    world.now += timedelta(minutes=16)
    await leader.taps("Ya, itu saya")
    leader.sees("Kode itu sudah tidak berlaku")
    assert not await merged(world)


async def test_ones_own_code_links_nobody(world: World, leader: Chat, there: Chat) -> None:
    await leader.joins()
    await leader.says(f"/hubungkan {await code_of(leader)}")
    leader.sees("Itu kode Bapak/Ibu sendiri")
    await links(leader, there)
    await leader.says("/hubungkan")
    await leader.taps("Hubungkan lagi")
    code = leader.screen.split("/hubungkan ")[1][:9]
    await there.says(f"/hubungkan {code}")
    there.sees("Itu kode Bapak/Ibu sendiri")
    assert await world.rows("SELECT at FROM guesses") == []


async def test_one_yes_is_not_enough(world: World, meeting: str, wished: Chat) -> None:
    assert not await merged(world)
    await wished.says("/status")
    wished.sees("belum mengirim apa pun")
    await presses(wished, "a.itu-saya.1")
    wished.sees("tidak kami temukan")
    await wished.says("itu saya TAU-0001")
    wished.sees("tidak kami temukan")
    assert not await merged(world)


async def test_nobody_else_answers_for_the_maker(world: World, leader: Chat, wished: Chat, stranger: Chat) -> None:
    for said in ("itu saya TAU-0001", "bukan saya TAU-0001"):
        await stranger.says(said)
        stranger.sees("tidak kami temukan")
    assert not await merged(world)
    await leader.taps("Ya, itu saya")
    assert await merged(world)


async def test_the_maker_cannot_say_yes_for_both(world: World, leader: Chat, stranger: Chat) -> None:
    """Who made a code cannot draw somebody in who only typed it."""
    await leader.joins()
    await types_code(leader, stranger)
    await leader.says("itu saya TAU-0001")
    leader.sees("Kode itu sudah tidak berlaku")
    await leader.says("bukan saya TAU-0001")
    assert not await merged(world)


@pytest.mark.parametrize(
    "token",
    [
        *(f"a.{name}.{record}" for name in ("hubungkan-ya", "hubungkan-tidak", "itu-saya", "bukan-saya")
          for record in (1, 5)),
        *(f"a.{name}.{record}" for name in ("lepaskan", "ya-lepaskan") for record in (1, 5)),
        "a.itu-saya.x", "a.ya-lepaskan.", "a.itu-saya.999999999999999",
    ],
)  # fmt: skip
async def test_a_forged_button_does_nothing(
    world: World,
    leader: Chat,
    there: Chat,
    stranger: Chat,
    token: str,
) -> None:
    await leader.joins()
    await links(leader, there)
    before = await world.rows("SELECT id, kept_id, undone_at FROM merges")
    await presses(stranger, token)
    stranger.sees("tidak kami temukan")
    assert await world.rows("SELECT id, kept_id, undone_at FROM merges") == before
    assert len(await world.rows("SELECT DISTINCT person_id FROM chats")) == 2


async def test_parting_twice_parts_once(world: World, leader: Chat, there: Chat) -> None:
    await leader.joins()
    await links(leader, there)
    for chat in (leader, there):
        await chat.says("/lepaskan")
    for chat in (leader, there):
        await chat.taps("Ya, lepaskan")
    there.sees("tidak kami temukan")
    assert len(await world.rows("SELECT id FROM audit WHERE what = 'separated'")) == 2


async def test_a_code_of_somebody_who_was_erased_is_nothing(world: World, leader: Chat, wished: Chat) -> None:
    await leader.says("/hapus")
    await leader.taps("Ya, hapus data saya")
    await wished.says("ya, hubungkan")
    await leader.agrees()
    await leader.says("itu saya TAU-0001")
    leader.sees("tidak kami temukan")
    assert not await merged(world)


async def test_who_wished_and_was_erased_is_linked_to_nobody(world: World, leader: Chat, wished: Chat) -> None:
    await wished.says("/hapus")
    await wished.taps("Ya, hapus data saya")
    await leader.says("itu saya TAU-0001")
    leader.sees("tidak kami temukan")
    assert not await merged(world)
    assert await world.rows("SELECT * FROM link_codes") == []


async def test_a_third_comes_between(world: World, leader: Chat, wished: Chat, stranger: Chat) -> None:
    """The one who wished is linked elsewhere meanwhile: the first wish is void."""
    await types_code(stranger, wished)
    await wished.taps("Ya, hubungkan")
    await stranger.taps("Ya, itu saya")
    assert await merged(world)
    await leader.says("itu saya TAU-0001")
    leader.sees("Kode itu sudah tidak berlaku")
    assert len(await world.rows("SELECT id FROM merges")) == 1
