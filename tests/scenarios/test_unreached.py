"""An officer who decided hears when it does not reach whom it is for, once, and what to do now."""

import pytest

from bot.channels.channel import Outcome, SendFailed
from tests.chat import Chat
from tests.scenarios.test_whatsapp import last, status
from tests.world import World

BLOCKED = SendFailed(Outcome.REFUSED, "Forbidden: bot was blocked by the user", gone=True)


async def test_a_decision_that_does_not_arrive_comes_back_to_who_took_it(
    world: World, meeting: str, leader: Chat, officer: Chat
) -> None:
    world.paper.failing_at = {leader.address: BLOCKED}
    await officer.says(f"setujui {meeting}")
    officer.sees("sedang dikirim", "Bila tidak sampai")
    officer.looks_up()
    await world.passes(seconds=5)
    officer.sees(meeting, "tidak sampai", "bot diblokir", "telepon")
    officer.looks_up()
    await world.passes(seconds=5)
    officer.sees_nothing()


async def test_what_arrives_is_not_spoken_of(world: World, meeting: str, leader: Chat, officer: Chat) -> None:
    await officer.says(f"setujui {meeting}")
    leader.sees("Kabar baik")
    officer.looks_up()
    for _ in range(3):
        await world.passes(minutes=5)
    officer.sees_no("tidak sampai")


@pytest.mark.parametrize("said", [("usulkan {}", "kamis jam 10", "Kepala ada rapat", "kirim"), ("setujui {}",)])
async def test_each_decision_is_answered_for(
    world: World, meeting: str, leader: Chat, officer: Chat, said: tuple[str, ...]
) -> None:
    world.paper.failing_at = {leader.address: BLOCKED}
    for words in said:
        await officer.says(words.format(meeting))
    officer.looks_up()
    await world.passes(seconds=5)
    officer.sees(meeting, "tidak sampai")


async def test_what_has_no_code_is_named_by_its_words(world: World, leader: Chat, officer: Chat) -> None:
    await leader.joins()
    officer.looks_up()
    world.paper.failing_at = {leader.address: BLOCKED}
    await officer.says("/antrean")
    await officer.taps("Verifikasi")
    officer.sees("sedang dikirim")
    officer.looks_up()
    await world.passes(seconds=5)
    officer.sees("kabar tentang “", "tidak sampai", "bot diblokir")


@pytest.mark.parametrize("world", [("whatsapp", "sqlite"), ("whatsapp", "postgresql")], indirect=True)
@pytest.mark.parametrize(("code", "words"), [(131026, "tidak dapat menerima"), (131050, "berhenti menerima kabar")])
async def test_a_failure_told_later_comes_back_too(
    world: World, meeting: str, officer: Chat, code: int, words: str
) -> None:
    await officer.says(f"setujui {meeting}")
    await world.arrives(status(await last(world), "failed", code))
    officer.looks_up()
    await world.passes(seconds=5)
    officer.sees(meeting, "tidak sampai", words)
    officer.looks_up()
    await world.passes(seconds=5)
    officer.sees_nothing()
    await officer.says(f"kartu {meeting}")
    officer.sees("Kabar terakhir tidak sampai")


@pytest.mark.parametrize("world", [("whatsapp", "sqlite"), ("whatsapp", "postgresql")], indirect=True)
async def test_what_is_held_back_for_a_day_is_told_and_stands_on_the_card(
    world: World, meeting: str, leader: Chat, officer: Chat
) -> None:
    await officer.says(f"setujui {meeting}")
    await world.arrives(status(await last(world), "failed", 131049))
    officer.looks_up()
    for _ in range(2):
        await world.passes(seconds=5)
    officer.sees(meeting, "belum sampai", "WhatsApp sedang menahan", "telepon")
    assert officer.screen.count("belum sampai") == 1
    await officer.says(f"kartu {meeting}")
    officer.sees("Kabar terakhir belum sampai: WhatsApp sedang menahan")


UNHEARD = SendFailed(Outcome.UNKNOWN, "the process died while sending")


async def test_a_card_to_the_office_may_come_twice_but_never_not_at_all(
    world: World, leader: Chat, officer: Chat
) -> None:
    await leader.joins()
    officer.looks_up()
    world.paper.failing_at = {officer.address: UNHEARD}
    await leader.requests()
    for _ in range(4):
        await world.sends_again(minutes=10)
    officer.sees_nothing()
    world.paper.failing_at = {}
    await world.sends_again(minutes=10)
    officer.sees("AUD-0001")
    assert await world.rows("SELECT * FROM outbox WHERE outcome = 'unknown'") == []
