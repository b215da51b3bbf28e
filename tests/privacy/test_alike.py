"""Who sent something without a name looks like everybody else in what is kept."""

import json
import os
import re
import time
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.channels.webchat.shelf import Shelf as Uploads
from bot.metrics import REGISTRY
from handlers.telling.may_send import window_left
from storage.database.database import Transaction
from storage.database.moment import moment, stamp
from storage.people import coarser, people
from tests.chat import Chat
from tests.made import picture
from tests.scenarios.test_situation import SECRET, reports
from tests.scenarios.test_suggest import suggests
from tests.scenarios.test_whatsapp import status
from tests.world import World, at

WHOLE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:00:00\.000000\+00:00")
COARSE = {
    "chats": ("seen_at",),
    "consents": ("given_at",),
    "people": ("created_at",),
    "guesses": ("at",),
    "chat_guesses": ("at",),
    "outbox": ("state_at", "retold_at"),
}
"""Times of people, which are kept to the hour."""


async def minutes(world: World) -> list[tuple[str, str, str]]:
    """Every such time that tells more. On WhatsApp, where a number changes hands, a record keeps when it was begun."""
    found = []
    for table, columns in COARSE.items():
        if (table, world.channel) == ("people", "whatsapp"):
            continue
        for row in await world.rows(f"SELECT * FROM {table}"):
            found += [(table, one, row[one]) for one in columns if row[one] and not WHOLE.fullmatch(row[one])]
    return found


async def test_times_are_coarse_for_everybody_after_every_turn(
    world: World, leader: Chat, officer: Chat, duty: Chat
) -> None:
    world.now = at(23, 10, 7)
    for chat in (leader, world.phone("Budi Santoso")):
        await chat.agrees()
        world.now = at(23, 10, 17)
        await chat.says("/menu", "/gabung AAAA-BBBB-CCCC", "/cek AAAA-BBBB-CCC2")
        assert not await minutes(world)
    await reports(leader, "Tanpa nama")
    await officer.says("/antrean")
    assert len(await world.rows("SELECT at FROM guesses")) == 4
    assert not await minutes(world)


async def test_no_hour_is_left_in_which_only_the_sender_wrote(world: World, leader: Chat, duty: Chat) -> None:
    """Of everybody who was there in an hour a message is kept: the sender was there when theirs was."""
    await leader.agrees()
    world.now = at(24, 9, 5)
    await leader.says("/menu")
    world.now = at(25, 14, 17)
    await reports(leader, "Tanpa nama")
    for chat in await world.rows("SELECT * FROM chats"):
        known = "SELECT max(received_at) AS at FROM inbox WHERE address = :a"
        (newest,) = await world.rows(known, a=chat["address"])
        assert chat["seen_at"][:13] == newest["at"][:13]


async def test_a_newcomer_was_last_there_when_they_agreed(world: World, leader: Chat, duty: Chat) -> None:
    await leader.agrees()
    world.now = at(23, 12, 40)
    await reports(leader, "Tanpa nama")
    (chat,) = await world.rows(
        "SELECT c.seen_at, p.created_at FROM chats c JOIN people p ON p.id = c.person_id WHERE c.address = :a",
        a=leader.address,
    )
    assert chat["seen_at"][:13] == chat["created_at"][:13]
    assert WHOLE.fullmatch(chat["seen_at"])


async def test_a_window_of_a_day_closes_early_for_everybody_and_never_late(world: World, leader: Chat) -> None:
    world.now = at(23, 10, 59)
    await leader.agrees()
    (chat,) = await world.rows("SELECT seen_at FROM chats")
    for then, left in ((at(24, 9, 30), timedelta(minutes=30)), (at(24, 10, 58), timedelta(0))):
        assert window_left("whatsapp", moment(chat["seen_at"]), then) == left


async def test_the_screen_is_that_of_whoever_gave_a_name(world: World, leader: Chat, officer: Chat) -> None:
    budi = world.phone("Budi Santoso")
    for chat in (leader, budi):
        await chat.joins(f"Forum {chat.name}")
    await suggests(leader, "Tanpa nama")
    await suggests(budi)
    assert await screen(world, leader) == await screen(world, budi)


async def screen(world: World, chat: Chat) -> dict[str, Any]:
    (row,) = await world.rows("SELECT screen FROM chats WHERE address = :a", a=chat.address)
    return dict(json.loads(row["screen"]))


async def test_two_reports_cannot_be_put_in_order(world: World, leader: Chat, duty: Chat) -> None:
    """Point 6: of twelve reports neither numbers nor rows nor ids stand in the order they came."""
    await leader.agrees()
    codes = []
    for minute in range(4):
        world.now = at(23, 10, minute)
        codes.append(await reports(leader, "Tanpa nama", f"Kejadian {minute}"))
    rows = await world.rows("SELECT id, code, opened_at FROM tickets")
    assert {row["code"] for row in rows} == set(codes)
    assert len({row["opened_at"] for row in rows}) == 1
    assert max(row["id"] for row in rows) > 10**9  # drawn by lot, not counted
    assert len({row["code"][:8] for row in rows}) > 1


async def test_nothing_counts_reports_without_a_name_apart(world: World, leader: Chat, duty: Chat) -> None:
    """Point 13: what is measured tells channel and end, and no more."""
    await leader.agrees()
    await reports(leader, "Tanpa nama")
    labels = {name for family in REGISTRY.collect() for sample in family.samples for name in sample.labels}
    assert labels <= {"channel", "end", "outcome", "box", "le"}
    ends = {
        sample.labels["end"] for family in REGISTRY.collect() for sample in family.samples if "end" in sample.labels
    }
    assert ends <= {"done", "parked", "failed"}


async def test_a_wrong_a_used_and_an_old_code_are_answered_alike(world: World, leader: Chat, duty: Chat) -> None:
    """Point 16: whoever tries codes learns nothing of whether one was ever good."""
    await leader.agrees()
    await reports(leader, "Tanpa nama")
    used = SECRET.search(leader.screen)
    assert used
    await leader.says(f"/cek {used[0]}")
    answers = set()
    for code in (used[0], "AAAA-BBBB-CCC2", "2222-3333-444A"):
        await leader.says(f"/cek {code}")
        answers.add(leader.screen)
    assert len(answers) == 1


@pytest.mark.parametrize("moment", ["begun", "review"])
async def test_a_form_that_is_left_goes_with_its_files(world: World, leader: Chat, moment: str) -> None:
    """Point 4: nothing of a form that was not sent is older than what the office says (seven days)."""
    await leader.agrees()
    await leader.says("/masukan")
    await leader.taps("Tanpa nama")
    if moment == "review":
        await leader.taps("Keluhan")
        await leader.says("Lampu jalan mati")
        await leader.taps("Lewati")
    await world.ticks_at(at(1, 12, month=12))
    await world.tidies()
    assert not await world.rows("SELECT id FROM drafts")


@pytest.mark.parametrize("left", ["forgotten", "cancelled"])
async def test_files_of_a_form_that_is_left_go_too(world: World, leader: Chat, left: str) -> None:
    """Point 4: forgotten, they go with the form; cancelled, a day later. No row tells that there was something."""
    await leader.agrees()
    await leader.says("/masukan")
    await leader.taps("Tanpa nama")
    await leader.taps("Keluhan")
    await leader.says("Lampu jalan mati")
    await leader.sends_photo(picture())
    await world.fetches()
    assert len(lying(world)) == 2  # as it was sent, and to be read
    if left == "cancelled":
        await leader.says("batal")
        await world.ticks_at(at(24, 11))
    else:
        await world.ticks_at(at(30, 9))
        await sweeps(world)
        assert len(lying(world)) == 2
        await world.ticks_at(at(1, 12, month=12))
    await sweeps(world)
    assert lying(world) == []
    assert await world.rows("SELECT id FROM attachments") == []


async def test_what_a_process_that_died_left_goes_at_the_next_start(world: World, leader: Chat) -> None:
    """Half a download, and a photo as it was sent whose ticket keeps another one."""
    await leader.agrees()
    shelf = world.folder / "files"
    for left in (shelf / "tmpabc", shelf / "ab" / f"ab{'0' * 62}"):
        left.parent.mkdir(parents=True, exist_ok=True)
        left.write_bytes(b"x")
    async with world.awake() as room:
        await room.fetcher.tidy_up()
        assert len(lying(world)) == 2  # somebody else may be writing them
        room.fetcher.alone = True
        await room.fetcher.tidy_up()
    assert lying(world) == []


async def test_an_upload_to_the_page_goes_after_a_day(world: World) -> None:
    folder = world.folder / "files" / "uploads"
    folder.mkdir(parents=True, exist_ok=True)
    for name, hours in (("old", 25), ("new", 1)):
        kept = folder / name
        kept.write_bytes(b"x")
        os.utime(kept, (time.time() - hours * 3600,) * 2)
    Uploads(folder).sweep()
    assert [path.name for path in lying(world)] == ["new"]


def lying(world: World) -> list[Path]:
    return [path for path in (world.folder / "files").rglob("*") if path.is_file()]


async def sweeps(world: World) -> None:
    """Hours later by the clock of the file system, which no test can move."""
    for path in lying(world):
        os.utime(path, (time.time() - 3 * 3600,) * 2)
    async with world.awake() as room:
        await room.fetcher.sweep()


async def test_what_a_messenger_tells_later_of_a_whispered_answer_is_not_kept(
    world: World, leader: Chat, duty: Chat
) -> None:
    """Point 20: neither its name for the answer, which may hold a number, nor the minute in which it was read."""
    if world.channel != "whatsapp":
        pytest.skip("only WhatsApp tells")
    await leader.agrees()
    await reports(leader, "Tanpa nama")
    whispered = await world.rows("SELECT id, receipt FROM outbox WHERE kind = 'whisper'")
    assert whispered
    for row in whispered:
        await world.arrives(status({"id": row["id"], "receipt": "wamid.x", "address": leader.address}, "read"))
    kept = await world.rows("SELECT receipt, address, body, state_at FROM outbox WHERE kind = 'whisper'")
    assert {(row["receipt"], row["address"], row["body"]) for row in kept} == {(None, "", "")}
    assert not await minutes(world)
    assert not await world.rows("SELECT id FROM early_statuses")


async def test_a_day_later_no_hour_is_left_of_anybody(world: World, leader: Chat, officer: Chat) -> None:
    """Point 22: an hour in which one person alone was there becomes a day, as that of everybody else does."""
    world.now = at(23, 14, 7)
    for chat in (leader, world.phone("Budi Santoso")):
        await chat.agrees()
    for now, wide in ((at(24, 13), False), (at(24, 15), True), (at(24, 15), True)):
        world.now = now
        await world.tidies()
        assert await of_day(world, ("seen_at", "given_at")) is wide
        assert await of_day(world, ("created_at",)) is (wide and world.channel != "whatsapp")
    world.now = at(2, 15, month=12)  # its messenger tells no more that a number changed hands on that day
    await world.tidies()
    assert await of_day(world, ("created_at",))


async def of_day(world: World, columns: Iterable[str]) -> bool:
    sql = "SELECT * FROM people p JOIN chats c ON c.person_id = p.id JOIN consents a ON a.person_id = p.id"
    rows = [row for row in await world.rows(sql) if not row["created_at"].startswith("2026-11-22")]
    assert rows
    return all(row[one] == "2026-11-23T00:00:00.000000+00:00" for row in rows for one in columns)


async def test_the_chat_used_last_is_known_when_only_the_day_is(world: World, leader: Chat) -> None:
    """Where the hours are gone, what the office says by itself still goes to where somebody was last."""
    await leader.agrees()
    async with world.awake() as room:

        def used(tx: Transaction) -> list[str]:
            person = people.chat_of(tx, world.channel, leader.address).person_id
            assert person is not None
            for address in ("first", "second"):
                sql = "INSERT INTO chats (channel, address, person_id, seen_at) VALUES ('web', :a, :p, :at)"
                tx.run(sql, a=address, p=person, at=stamp(world.now))
            for hour, address in ((11, "second"), (12, "first"), (13, "second")):
                people.seen(tx, people.chat_of(tx, "web", address), {}, at(23, hour))
            coarser.widen(tx, at(25, 13))
            return [chat.address for chat in people.chats(tx, person)]

        assert (await room.database.transact(used))[:2] == ["second", "first"]


async def test_neither_receipt_nor_way_back_depends_on_where_it_was_sent(
    world: World, leader: Chat, duty: Chat
) -> None:
    """Point 17: on the page, another cookie; elsewhere, another chat. The code is all there is."""
    await leader.agrees()
    code = await reports(leader, "Tanpa nama")
    secret = SECRET.search(leader.screen)
    assert secret
    await duty.says(f"selesaikan {code}", "Sudah ditangani.", "kirim")
    elsewhere = world.phone("Peramban Lain")
    await elsewhere.agrees()
    await elsewhere.says(f"/cek {secret[0]}")
    elsewhere.sees(code, "Sudah ditangani.", "Kode berikutnya:")
