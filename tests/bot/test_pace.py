"""How fast we may speak: nobody is starved, and what a provider asks for is kept to its scope."""

from collections import deque

import pytest

from bot.outbound.pace import TELEGRAM, WHATSAPP, Limits, Pace

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
        now += 0.05
    assert not left
    assert now == pytest.approx(400 / 24, abs=1)


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


class Provider:
    """Counts as providers do, over the last second; whoever goes over it waits, and so does everybody else."""

    def __init__(self, limit: int, retry_after: float = 3.0) -> None:
        self.limit, self.retry_after = limit, retry_after
        self.taken: deque[float] = deque()
        self.refused: list[float] = []
        self.closed_until = 0.0

    def takes(self, now: float) -> bool:
        while self.taken and self.taken[0] <= now - 1:
            self.taken.popleft()
        if now < self.closed_until or len(self.taken) >= self.limit:
            self.closed_until = max(self.closed_until, now + self.retry_after)
            self.refused.append(now)
            return False
        self.taken.append(now)
        return True


def blast(pace: Pace, provider: Provider, start: float, seconds: float, step: float = 0.05) -> int:
    """Send to as many as may be, as the sender does: in ticks, each as much as there is room; how many were taken."""
    sent_now, now = 0, start
    while now < start + seconds:
        for number in range(pace.room(now)):
            chat = f"{now}-{number}"
            if pace.wait(chat, True, now) > 0:
                break  # the one before it was refused
            pace.take(chat, True)
            if provider.takes(now):
                sent_now += 1
            else:
                pace.hold(None, provider.closed_until)
        now += step
    return sent_now


@pytest.mark.parametrize(("limits", "allowed"), [(TELEGRAM, 30), (WHATSAPP, 80)])
@pytest.mark.parametrize("step", [0.01, 0.05, 0.12])
def test_at_a_steady_limit_the_whole_share_is_used_and_nothing_is_refused(
    limits: Limits, allowed: int, step: float
) -> None:
    provider = Provider(allowed)
    taken = blast(Pace(limits), provider, 0.0, 120.0, step)
    assert provider.refused == []
    assert taken >= 0.98 * limits.per_second * 120


def test_what_goes_to_many_leaves_a_fifth_of_the_rate_to_replies() -> None:
    assert TELEGRAM.per_second <= 0.8 * 30
    assert WHATSAPP.per_second <= 0.8 * 80
    provider, pace, now = Provider(30), Pace(TELEGRAM), 0.0
    for second in range(60):
        blast(pace, provider, float(second), 1.0)
        for reply in range(2):
            now = second + 0.999
            assert pace.wait(f"r{reply}", False, now) == 0, "no reply waits for what goes to many"
            pace.take(f"r{reply}", False)
            assert provider.takes(now)
    assert provider.refused == []


def test_a_wait_is_obeyed_to_the_second_and_nothing_is_sent_in_it() -> None:
    pace = Pace(TELEGRAM)
    pace.hold(None, 30.0)
    assert pace.room(29.99) == 0
    assert pace.wait("anybody", False, 29.0) == pytest.approx(1.0)
    assert pace.wait("anybody", False, 30.0) == 0
    assert pace.room(30.0) == 0, "it begins without a burst"
    assert pace.room(30.2) > 0


def test_when_the_limit_is_lowered_the_rate_comes_down_and_finds_its_way_back() -> None:
    pace, provider = Pace(TELEGRAM), Provider(30)
    blast(pace, provider, 0.0, 20.0)
    provider.limit = 10
    low = blast(pace, provider, 20.0, 300.0)
    assert low >= 0.6 * 10 * 300, "most of what is allowed is used"
    assert len(provider.refused) <= 20, "and it is not asked for more all the time"
    provider.limit = 30
    refused = len(provider.refused)
    blast(pace, provider, 320.0, 300.0)
    high = blast(pace, provider, 620.0, 60.0)
    assert len(provider.refused) == refused
    assert high >= 0.98 * 24 * 60


def test_one_flood_slows_us_once_however_many_messages_were_refused_in_it() -> None:
    pace = Pace(TELEGRAM)
    for message in range(8):
        pace.hold(None, 5.0 + message / 10)
    before = pace.room(6.0)
    assert pace.room(7.0) - before <= 24 * 0.7 + 1
    assert blast(pace, Provider(1000), 8.0, 10.0) == pytest.approx(10 * 24 * 0.75, rel=0.1)


@pytest.mark.parametrize("step", [0.001, 0.05, 0.3])
def test_a_backlog_of_answers_to_many_chats_stays_within_what_a_second_may_hold(step: float) -> None:
    pace, provider, now, left = Pace(TELEGRAM), Provider(30), 0.0, list(range(108))
    while left:
        while left and pace.wait(f"{left[0]}", False, now) == 0:
            pace.take(f"{left.pop(0)}", False)
            assert provider.takes(now)
        now += step
    assert provider.refused == []
    assert now > 3
