"""How fast we may speak: nobody is starved, and what a provider asks for is kept to its scope."""

import pytest

from bot.pace import TELEGRAM, Limits, Pace

SOMEBODY = Limits(per_second=24, per_chat=1, chat_burst=2, per_group=20 / 60, group_burst=5)


def sent(pace: Pace, address: str, bulk: bool, now: float) -> bool:
    """Send if it may go now, as the sender does: a wait that is too long takes nothing."""
    if pace.wait(address, bulk, now) > 0:
        return False
    pace.take(address, bulk)
    return True


def test_four_hundred_notices_to_four_hundred_people_all_go_out() -> None:
    """Looking at a full bucket must not fill it further, or nobody would ever be served."""
    pace, left, now = Pace(SOMEBODY), {str(number) for number in range(400)}, 0.0
    while left and now < 60:
        left = {address for address in left if not sent(pace, address, True, now)}
        now += 0.5
    assert not left
    assert now == pytest.approx(400 / 24 - 1, abs=2)


def test_a_reply_does_not_stand_behind_notices() -> None:
    pace = Pace(SOMEBODY)
    while sent(pace, "notices", True, 0.0) or sent(pace, f"n{len(pace._chats)}", True, 0.0):
        pass
    assert pace.wait("somebody", False, 0.0) == 0


def test_one_chat_gets_a_short_burst_and_then_one_a_second() -> None:
    pace = Pace(SOMEBODY)
    assert [sent(pace, "a", False, 0.0) for _ in range(3)] == [True, True, False]
    assert pace.wait("a", False, 0.0) == pytest.approx(1)


def test_a_group_is_written_to_twenty_times_a_minute() -> None:
    pace = Pace(TELEGRAM)
    assert sum(sent(pace, "-100", False, second / 10) for second in range(600)) <= 25


def test_a_wait_asked_of_one_chat_holds_that_chat_alone() -> None:
    pace = Pace(SOMEBODY)
    pace.hold("a", 10_000.0)
    pace.hold("b", 3.0)
    assert pace.wait("a", False, 0.0) == 10_000
    assert pace.wait("b", False, 0.0) == 3
    assert pace.wait("c", False, 0.0) == 0


def test_two_chats_told_to_wait_for_as_long_are_one_flood() -> None:
    pace = Pace(SOMEBODY)
    pace.hold("a", 5.0)
    pace.hold("b", 5.2)
    assert pace.wait("c", False, 0.0) == pytest.approx(5.2)
